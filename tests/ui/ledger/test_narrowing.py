"""The ledger page: what is listed, by filter, search and order."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db import history, reach
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort, select
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, Pledge, State
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.ledger import LedgerPage
from tests import make
from tests.ui.clicking import click
from tests.ui.ledger.hands import choose, combo, figure, footer, header_click, numbers, type_into


def test_that_all_is_listed_at_first_newest_above(page: LedgerPage, pledges: list[Pledge]) -> None:
    assert len(numbers(page)) == len(pledges)
    assert numbers(page)[0] == pledges[5].id
    assert "全部日期 · 浙江省" in [one.text() for one in page.findChildren(QLabel)]


def test_that_typing_narrows_the_list(qtbot: QtBot, page: LedgerPage) -> None:
    search = page.bar.search
    QTest.keyClicks(search, "slyhgy")
    qtbot.waitUntil(lambda: len(numbers(page)) == 1)
    search.clear()
    qtbot.waitUntil(lambda: len(numbers(page)) == 7)


@pytest.mark.parametrize(
    ("name", "words", "wanted"),
    [
        ("kind", "商标", Filter(kinds=(Kind.TRADEMARK,))),
        ("city", "宁波市", Filter(city=make.NINGBO)),
        ("state", "不予登记", Filter(state=State.REFUSED)),
        ("state", "即将到期", Filter(state=State.DUE_SOON)),
        ("state", "金额待补", Filter(amount_missing=True)),
    ],
)
def test_that_each_choice_narrows_the_list_and_the_footer_agrees(
    page: LedgerPage, store: Store, name: str, words: str, wanted: Filter
) -> None:
    choose(page, name, words)
    listing = select(store, wanted, make.TODAY)
    assert numbers(page) == list(listing.ids)
    assert 0 < len(listing) < 7
    assert f"共 {len(listing)} 条" in footer(page)
    assert f"{wan(listing.secured_amount_fen)} 万元" in footer(page)
    assert ("金额待补" in footer(page)) is bool(listing.amount_missing)
    click(page, "filter_reset")
    assert len(numbers(page)) == 7
    assert combo(page, name).currentIndex() == 0


def test_that_days_narrow_the_list_as_soon_as_they_are_whole(page: LedgerPage) -> None:
    type_into(page, "start", "2019-02-01")
    assert len(numbers(page)) == 4
    type_into(page, "end", "20190301")
    assert len(numbers(page)) == 2
    assert page.bar.end.text() == "2019-03-01"
    assert "2019年2月1日 – 2019年3月1日 · 浙江省" in [w.text() for w in page.findChildren(QLabel)]


def test_that_a_day_that_is_none_is_told_and_changes_nothing(page: LedgerPage) -> None:
    type_into(page, "start", "2019-02-01")
    type_into(page, "start", "2019-02-30")
    assert len(numbers(page)) == 4
    assert "没有 30 日" in page.banner.text
    assert page.bar.start.property("state") == "fault"
    type_into(page, "start", "2019-02-01")
    assert page.banner.isHidden()
    assert page.bar.start.property("state") == ""


def test_that_days_in_the_wrong_order_are_told_and_change_nothing(page: LedgerPage) -> None:
    type_into(page, "start", "2019-02-01")
    type_into(page, "end", "2018-12-31")
    assert "早于起始登记日" in page.banner.text
    assert len(numbers(page)) == 4
    click(page, "filter_reset")
    assert page.banner.isHidden()
    assert len(numbers(page)) == 7


def test_that_a_period_can_be_picked(qtbot: QtBot, page: LedgerPage) -> None:
    click(page, "filter_period")
    panel = page.bar._panel
    assert panel is not None
    qtbot.waitUntil(panel.isVisible)
    panel.chosen.emit(Period.half(2019, 1))
    panel.hide()
    assert (page.bar.filter().start, page.bar.filter().end) == (date(2019, 1, 1), date(2019, 6, 30))
    assert len(numbers(page)) == 4


def test_that_a_click_on_a_header_sorts_in_the_store(page: LedgerPage, store: Store) -> None:
    header_click(page, "secured_amount")
    ascending = select(store, Filter(), make.TODAY, Sort.SECURED_AMOUNT, descending=False)
    assert numbers(page) == list(ascending.ids)
    assert page.card.table.header.words(page.card.model.column_of("secured_amount")).endswith("↑")
    header_click(page, "secured_amount")
    assert numbers(page)[0] == ascending.ids[-2]  # the one without an amount stays below
    header_click(page, "state")
    by_state = select(store, Filter(), make.TODAY, Sort.STATE, descending=False)
    assert numbers(page) == list(by_state.ids)


def test_that_down_leads_from_the_search_into_the_table(qtbot: QtBot, page: LedgerPage) -> None:
    page.focus_search()
    qtbot.waitUntil(page.bar.search.hasFocus)
    QTest.keyClick(page.bar.search, Qt.Key.Key_Down)
    qtbot.waitUntil(page.card.table.hasFocus)
    assert page.card.table.chosen_rows() == [0]


def test_that_the_filter_from_elsewhere_can_be_left_again(page: LedgerPage, store: Store) -> None:
    wanted = Filter(
        kinds=(Kind.PATENT, Kind.TRADEMARK),
        start=date(2019, 1, 1),
        end=date(2019, 12, 31),
        counted_only=True,
        pledgor_city=make.NINGBO,
        with_enterprise=True,
    )
    page.show_filter(wanted)
    assert numbers(page) == list(select(store, wanted, make.TODAY).ids)
    assert page.card.model.wanted == wanted
    assert page.scope.text == "只列出有企业在宁波市、计入统计的登记。"
    page.scope.linkActivated.emit("all")
    assert page.scope.isHidden()
    assert len(numbers(page)) == 5
    page.show_filter(Filter(enterprise=1))
    assert "「示例甲精密机械有限公司」出质" in page.scope.text
    click(page, "filter_reset")
    assert page.card.model.wanted == Filter()


def test_that_a_long_store_answers_later(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LONG", 0)
    choose(page, "city", "宁波市")
    choose(page, "kind", "商标")
    assert desk.jobs.wait_idle()
    assert numbers(page) == []
    assert figure(page, "registrations")[0] == "登记件数 0 件"


def test_that_a_long_ledger_is_searched_in_memory_and_follows_what_is_written(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LONG", 0)
    page.refresh()
    assert desk.jobs.wait_idle()
    assert desk.ledger.memory is not None
    assert desk.ledger.memory.is_whole
    make.stored(desk.store, make.pledge(pledgors=(make.pledgor("示例新来的有限公司"),)))
    page.bar.show_filter(Filter(text="新来的"))
    assert desk.jobs.wait_idle()
    assert page.card.model.rowCount() == 1
    assert figure(page, "registrations")[0] == "登记件数 1 件"
    history.undo(desk.store)
    desk.changes.tell(PLEDGES)
    assert desk.jobs.wait_idle()
    assert page.card.model.rowCount() == 0


def test_that_nothing_found_offers_to_clear_the_filter(page: LedgerPage) -> None:
    type_into(page, "search", "没有这个词")
    assert not page.card.table.isVisible()
    click(page, "ledger_clear")
    assert page.card.table.isVisible()
    assert len(numbers(page)) == 7


def test_that_tab_goes_through_the_filter_into_the_table(page: LedgerPage) -> None:
    order: list[str] = []
    one: QWidget | None = page.bar.search
    while one is not None and one != page.card.table:
        order.append(one.objectName())
        one = one.nextInFocusChain()
    named = [name for name in order if name.startswith(("filter_", "columns"))]
    assert named == [
        *(f"filter_{name}" for name in ("search", "kind", "city", "state", "start", "end")),
        *("filter_period", "filter_reset", "columns"),
    ]
