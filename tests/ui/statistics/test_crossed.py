"""统计报表: two groups crossed, and rows by party or kind; each cell opens what it counts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.statistics.crossing import crossed
from ipfinance.statistics.presenting_crossed import crossed_text
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.models import crossed_values
from ipfinance.ui.models.figure_words import room_for
from ipfinance.ui.pages import statistics_tables
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.combo import ComboBox
from tests import make
from tests.ui.figures_data import Heard, child, found
from tests.ui.statistics.hands import (
    AMOUNT,
    CASES,
    GROWN,
    STOCK,
    choose,
    cross,
    model,
    name_it,
    pick,
    press,
    stand_on,
    text,
    trigger,
    values,
    view,
    words,
)


@pytest.mark.parametrize(
    ("by", "columns", "measure"),
    [
        ("city", "month", "registrations"),
        ("enterprise", "quarter", "secured_amount"),
        ("pledgee", "half", "enterprises"),
        ("pledgee_kind", "right_kind", "inclusive_rate"),
        ("head_bank", "size", "rights"),
        ("industry", "county", "outstanding_amount"),
    ],
)
def test_that_a_crossed_table_shows_what_was_counted(
    page: StatisticsPage, store: Store, by: str, columns: str, measure: str
) -> None:
    cross(page, by, columns, measure)
    expected = crossed(
        store, measure, KindChoice.PATENT, Period.year(2019), Group(by), Group(columns), make.TODAY
    )
    made = values(page)
    heads = [
        str(made.headerData(at, Qt.Orientation.Horizontal)) for at in range(made.columnCount())
    ]
    assert heads[1:] == [*(one.name for one in expected.columns), "合计"]
    rows = [*((one.name, one.key) for one in expected.rows), ("合计", None)]
    assert [line.name for line in made.rows] == [name for name, _ in rows]
    for at, (_, row) in enumerate(rows):
        for place, column in enumerate([*(one.key for one in expected.columns), None], 1):
            shown_words = made.index(at, place).data()
            assert shown_words == crossed_text(expected, row, column)


def test_that_cells_and_totals_of_a_crossed_table_open_their_registrations(
    page: StatisticsPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    cross(page, "city", "month", "registrations")
    made = values(page)
    for row in range(made.rowCount()):
        for column in range(1, made.columnCount()):
            view(page).opened.emit(made.index(row, column))
            wanted, _title = heard.last
            assert isinstance(wanted, Filter)
            assert str(found(store, wanted)[0]) == made.index(row, column).data()
    assert heard.last[1] == "浙江省 2019年 专利权 登记件数 7"
    stand_on(page, "杭州市", "2019-08")
    assert words(page, "facts").startswith("杭州市 × 2019年8月 · 2019年 · 1 件")
    assert words(page, "behind") == "背后 1 件登记，按 Enter 打开"
    assert "各自单独计算" in words(page, "rule")


def test_that_a_crossed_table_is_a_sound_model_and_copies_whole(
    page: StatisticsPage, qtmodeltester: ModelTester
) -> None:
    cross(page, "city", "pledgee_kind", "secured_amount")
    qtmodeltester.check(values(page))
    qtmodeltester.check(values(page), force_py=True)
    press(page, "copy")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "2019年浙江省各设区市、分质权人类型专利权质押担保债权额"
    assert lines[1] == "计量单位：万元"
    assert lines[2] == "设区市\t银行\t合计"
    assert lines[3] == "杭州市\t3,996.00\t3,996.00"


def test_that_no_group_is_crossed_with_itself(page: StatisticsPage) -> None:
    combo = child(page, "cross")
    assert isinstance(combo, ComboBox)
    for by in ("city", "month"):
        choose(page, "by", by)
        assert by not in [combo.itemData(at) for at in range(combo.count())]
    choose(page, "by", "none")
    assert not combo.isVisible()


def test_that_a_crossed_view_is_kept_and_opened(
    page: StatisticsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cross(page, "city", "month", "registrations")
    name_it(monkeypatch, "逐月")
    trigger(page, "保存当前视图…")
    choose(page, "cross", "none")
    assert model(page).rows
    trigger(page, "逐月")
    assert text(page, "杭州市", "2019-08") == "1"


def test_that_a_crossed_table_of_an_empty_period_says_so(page: StatisticsPage) -> None:
    cross(page, "city", "month", "registrations")
    page.show_period(Period.year(2012))
    assert page.desk.jobs.wait_idle()
    assert page.table is None
    assert child(page, "elsewhere").isVisible()


@pytest.mark.parametrize("by", ["enterprise", "pledgee", "pledgee_kind", "right_kind", "size"])
def test_that_rows_by_party_or_kind_open_what_they_count(
    page: StatisticsPage, store: Store, by: str
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    choose(page, "by", by)
    made = model(page)
    at = [one.key for one in made._columns].index("registrations")
    for row, line in enumerate(made.rows):
        view(page).opened.emit(made.index(row, at))
        wanted = heard.last[0]
        assert isinstance(wanted, Filter)
        assert found(store, wanted)[0] == line.values["registrations"]


def test_that_chosen_columns_stand_by_enterprise_too(page: StatisticsPage, store: Store) -> None:
    pick(page, AMOUNT, GROWN, CASES, STOCK)
    choose(page, "by", "enterprise")
    assert text(page, "合计", CASES) == "7"
    first = values(page).rows[0]
    assert first.name == make.pledgor().name  # the largest comes first
    assert "没有列出" not in words(page, "notes")
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    keys = [one.key for one in values(page)._columns]
    view(page).opened.emit(values(page).index(0, keys.index(STOCK.key)))
    wanted = heard.last[0]
    assert isinstance(wanted, Filter)
    assert str(found(store, wanted)[0]) == text(page, first.name, STOCK)


def test_that_the_first_enterprises_stand_with_their_own_total(
    page: StatisticsPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    choose(page, "by", "enterprise")
    assert child(page, "top").isVisible()
    before = len(model(page).rows)
    top = child(page, "top")
    assert isinstance(top, ComboBox)
    top.set_value(5)
    top.activated.emit(top.currentIndex())
    assert page.desk.jobs.wait_idle()
    names = [line.name for line in model(page).rows]
    assert names[-2:] == [f"前{len(names) - 2}位小计", "合计"]
    assert len(names) <= before + 1
    made = model(page)
    at = [one.key for one in made._columns].index("registrations")
    view(page).opened.emit(made.index(len(names) - 2, at))
    wanted = heard.last[0]
    assert isinstance(wanted, Filter)
    assert found(store, wanted)[0] == made.rows[-2].values["registrations"]
    pick(page, CASES, STOCK)
    assert [line.name for line in values(page).rows][-2] == names[-2]
    keys = [one.key for one in values(page)._columns]
    row = len(values(page).rows) - 2
    view(page).opened.emit(values(page).index(row, keys.index(CASES.key)))
    wanted = heard.last[0]
    assert isinstance(wanted, Filter)
    assert str(found(store, wanted)[0]) == text(page, names[-2], CASES)
    choose(page, "by", "city")  # of which all are shown at first
    assert top.value() == 0
    assert [line.name for line in values(page).rows][-2] == "丽水市"
    choose(page, "by", "month")
    assert not top.isVisible()


@pytest.mark.parametrize(("by", "largest"), [("city", 10), ("county", 50)])
def test_that_the_first_areas_stand_with_their_own_total(
    page: StatisticsPage, store: Store, by: str, largest: int
) -> None:
    choose(page, "by", by)
    top = child(page, "top")
    assert isinstance(top, ComboBox)
    assert top.isVisible()
    assert top.itemData(top.count() - 1) == largest
    top.set_value(5)
    top.activated.emit(top.currentIndex())
    assert page.desk.jobs.wait_idle()
    made = model(page)
    assert made.rows[-2].name == f"前{len(made.rows) - 2}位小计"
    assert made.headerData(0, Qt.Orientation.Horizontal, Role.WIDTH) >= room_for(made.rows[-2].name)
    assert made.rows[0].values["secured_amount"] == max(
        line.values["secured_amount"] for line in made.rows[:-2]
    )
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    keys = [one.key for one in made._columns]
    for key in ("registrations", "enterprises"):
        view(page).opened.emit(made.index(len(made.rows) - 2, keys.index(key)))
        wanted = heard.last[0]
        assert isinstance(wanted, Filter)
        counted, _ = found(store, wanted)
        assert counted >= made.rows[-2].values[key] > 0
        if key == "registrations":
            assert counted == made.rows[-2].values[key]


def test_that_a_long_list_of_enterprises_is_cut_and_says_so(
    page: StatisticsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (statistics_tables, crossed_values):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    choose(page, "by", "enterprise")
    assert [line.name for line in model(page).rows][-1] == "合计"
    assert len(model(page).rows) == 3
    assert "只列前 2 行；合计是全部的" in words(page, "notes")
    choose(page, "cross", "month")
    assert len(values(page).rows) == 3
    assert "只列前 2 行" in words(page, "notes")
