"""The ledger's model: pages read on demand, sorted by the store, never waiting for a long one."""

from array import array
from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipfinance.db import reach
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow, Sort, select
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind, State
from ipfinance.ui.desk import Desk
from ipfinance.ui.models import paged
from ipfinance.ui.models.enterprise_model import EnterpriseModel
from ipfinance.ui.models.ledger_model import LedgerModel
from ipfinance.ui.roles import Role, Tone
from tests import make

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paged, "PAGE", 4)
    monkeypatch.setattr(paged, "KEPT", 2)


def twelve(store: Store) -> None:
    make.stored(
        store,
        make.pledge(reg_no=None, secured_amount_fen=None, term_end=None),
        make.pledge(kind=Kind.TRADEMARK, pledgors=(make.pledgor(county=None),)),
        *(
            make.pledge(registered_on=date(2019, month, 1), secured_amount_fen=month * WAN)
            for month in range(1, 11)
        ),
    )


def column(model: QAbstractItemModel, key: str) -> int:
    horizontal = Qt.Orientation.Horizontal
    keys = [model.headerData(at, horizontal, Role.KEY) for at in range(model.columnCount())]
    return keys.index(key)


def texts(model: QAbstractItemModel, key: str) -> list[str]:
    at = column(model, key)
    return [model.index(row, at).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("kind", [LedgerModel, EnterpriseModel])
def test_that_qt_finds_no_fault_in_the_models(
    store: Store,
    desk: Desk,
    qtmodeltester: ModelTester,
    kind: type[LedgerModel | EnterpriseModel],
    filled: bool,
) -> None:
    if filled:
        twelve(store)
    model = kind(desk)
    model.show(Filter()) if isinstance(model, LedgerModel) else model.show("")
    assert bool(model.rowCount()) is filled
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)
    for row in range(model.rowCount()):
        for at in range(model.columnCount()):
            assert isinstance(model.index(row, at).data(), str)


def test_that_a_line_reads_as_it_is_printed(store: Store, desk: Desk) -> None:
    make.stored(
        store,
        make.pledge(
            reg_no="Y2019330000001",
            pledgors=(make.pledgor("甲公司"), make.pledgor("乙公司")),
            secured_amount_fen=123456 * WAN,
            term_end=date(2026, 12, 31),
        ),
    )
    model = LedgerModel(desk)
    model.show(Filter())
    assert [model.index(0, at).data() for at in range(model.columnCount())] == [
        *("Y2019330000001", "专利", "甲公司；乙公司", "示例银行股份有限公司杭州分行"),
        *("杭州市", "滨江区", "123,456.00", "1", "2019-03-05", "2026-12-31", "即将到期"),
        "—",
    ]
    assert model.index(0, column(model, "state")).data(Role.PILL) == Tone.WARNING
    assert model.index(0, column(model, "secured_amount")).data(Role.SORT) == 123456 * WAN
    row = model.index(0, 0).data(Role.ROW)
    assert isinstance(row, LedgerRow)
    assert row.state is State.DUE_SOON


def test_that_a_number_in_doubt_has_a_column_of_its_own_and_a_tip(store: Store, desk: Desk) -> None:
    make.stored(store, make.pledge(reg_no=None, reg_no_in_doubt="Y2019330000001"))
    model = LedgerModel(desk)
    model.show(Filter(text="330000001"))
    assert texts(model, "reg_no") == ["—"]
    assert texts(model, "reg_no_in_doubt") == ["Y2019330000001"]
    tip = model.index(0, column(model, "reg_no")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "待核登记号：Y2019330000001"


def test_that_what_is_missing_is_told_and_not_zero(store: Store, desk: Desk) -> None:
    twelve(store)
    model = LedgerModel(desk)
    model.show(Filter(amount_missing=True))
    amount = model.index(0, column(model, "secured_amount"))
    assert (amount.data(), amount.data(Role.FAULT)) == ("待补", Tone.WARNING)
    assert texts(model, "reg_no") == ["—"]
    assert texts(model, "term_end") == ["—"]


def test_that_the_name_of_an_area_is_that_of_the_day(store: Store, desk: Desk) -> None:
    old = make.pledgor(county="330104")  # 江干区, abolished in 2021
    make.stored(store, make.pledge(pledgors=(old,)))
    model = LedgerModel(desk)
    model.show(Filter())
    assert texts(model, "county") == ["江干区"]


def test_that_it_sorts_in_the_store_and_tells_by_what(store: Store, desk: Desk) -> None:
    twelve(store)
    model = LedgerModel(desk)
    model.show(Filter(kinds=(Kind.PATENT,)))
    assert model.sorting == (Sort.REGISTERED_ON, True)
    model.sort(column(model, "secured_amount"), Qt.SortOrder.AscendingOrder)
    assert texts(model, "secured_amount") == [*(f"{n}.00" for n in range(1, 11)), "待补"]
    model.sort(column(model, "secured_amount"), Qt.SortOrder.DescendingOrder)
    assert texts(model, "secured_amount")[0] == "10.00"


def test_that_every_column_sorts_by_what_it_shows(store: Store, desk: Desk) -> None:
    twelve(store)
    model = LedgerModel(desk)
    model.show(Filter())
    for at in range(model.columnCount()):
        model.sort(at, Qt.SortOrder.AscendingOrder)
        key = model.headerData(at, Qt.Orientation.Horizontal, Role.KEY)
        wanted = Sort.CITY if key == "county" else Sort(key)
        assert list(model.ids) == list(select(store, Filter(), make.TODAY, wanted, False).ids), key


def test_that_pages_are_read_when_seen_and_only_some_are_kept(
    store: Store, desk: Desk, small_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve(store)
    model = LedgerModel(desk)
    read: list[int] = []
    fetch = model.fetch

    def counting(ids: Sequence[int]) -> list[LedgerRow]:
        read.append(len(ids))
        return fetch(ids)

    monkeypatch.setattr(model, "fetch", counting)
    model.show(Filter())
    assert read == []
    model.index(0, 0).data()
    model.index(3, 5).data()
    assert read == [4]
    model.index(11, 0).data()
    model.index(5, 0).data()
    model.index(0, 0).data()  # the first page has gone meanwhile
    assert read == [4, 4, 4, 4]
    model.index(6, 0).data(Qt.ItemDataRole.TextAlignmentRole)
    model.index(11, 0).data(Role.SOFT)
    assert len(read) == 4


def test_that_a_row_that_has_gone_is_blank(store: Store, desk: Desk) -> None:
    model = LedgerModel(desk)
    model.set_ids(array("q", [404]))
    assert model.index(0, 0).data() == ""
    assert model.index(0, 0).data(Role.ROW) is None
    assert model.index(0, column(model, "state")).data(Role.PILL) is None


def test_that_a_long_store_answers_later_and_the_last_question_wins(
    qtbot: QtBot, store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve(store)
    monkeypatch.setattr(reach, "LONG", 0)
    model = LedgerModel(desk)
    spy = QSignalSpy(model.listed)
    model.show(Filter())
    model.show(Filter(kinds=(Kind.TRADEMARK,)))
    model.sort(column(model, "reg_no"))
    assert model.rowCount() == 0
    assert desk.jobs.wait_idle()
    assert spy.count() == 1
    assert texts(model, "kind") == ["商标"]
    assert model.listing is not None
    assert model.listing.secured_amount_fen == 500 * WAN


def test_that_the_list_stays_until_the_new_one_is_there(
    store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve(store)
    model = LedgerModel(desk)
    model.show(Filter())
    monkeypatch.setattr(reach, "LONG", 0)
    model.show(Filter(text="没有"))
    assert model.rowCount() == 12
    assert desk.jobs.wait_idle()
    assert model.rowCount() == 0


def test_that_headers_explain_themselves(desk: Desk) -> None:
    for model in (LedgerModel(desk), EnterpriseModel(desk)):
        horizontal = Qt.Orientation.Horizontal
        tips = [
            model.headerData(at, horizontal, Qt.ItemDataRole.ToolTipRole)
            for at in range(model.columnCount())
        ]
        assert any(tips)
        titles = [model.headerData(at, horizontal) for at in range(model.columnCount())]
        assert len(set(titles)) == len(titles)
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.index(0, 0) == QModelIndex()


def test_that_an_enterprise_reads_as_it_is_printed(store: Store, desk: Desk) -> None:
    [pledge] = make.stored(store, make.pledge())
    model = EnterpriseModel(desk)
    model.show("")
    assert texts(model, "secured_amount") == ["500.00"]
    assert [model.index(0, at).data() for at in range(model.columnCount())] == [
        *("示例甲精密机械有限公司", str(pledge.pledgors[0].uscc), "杭州市", "滨江区"),
        *("1", "500.00", "1", "1", "2019-03-05", "2019-03-05"),
    ]
