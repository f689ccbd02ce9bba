"""The ledger page: narrowed, sorted, added up, opened, cancelled, deleted, exported."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from ipfinance.db import history, listings
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort, select
from ipfinance.db.pledges import get
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Kind, Pledge, State
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.cancel import CancelDialog, Cancellation
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.key_figure import KeyFigure
from tests import make
from tests.ui.desks import AskedTalk, refreshed_by_changes


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    """Two years, both registers, two cities, one without an amount, one that does not count."""
    ningbo = make.pledgor("示例乙化工有限公司", city=make.NINGBO, county=make.HAISHU)
    return make.stored(
        store,
        make.pledge(registered_on=date(2018, 5, 1), secured_amount_fen=400 * WAN, term_end=None),
        make.pledge(registered_on=date(2018, 6, 1), term_end=make.TODAY + timedelta(days=30)),
        make.pledge(registered_on=date(2019, 1, 1), secured_amount_fen=1200 * WAN),
        make.pledge(registered_on=date(2019, 2, 1), pledgors=(ningbo,)),
        make.pledge(registered_on=date(2019, 3, 1), secured_amount_fen=None),
        make.pledge(
            registered_on=date(2019, 12, 31),
            kind=Kind.TRADEMARK,
            pledgees=(make.pledgee("示例乙银行"),),
            secured_amount_fen=300 * WAN,
        ),
        make.pledge(registered_on=date(2019, 6, 1), events=(make.event(EventKind.REFUSAL),)),
    )


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, pledges: list[Pledge]) -> LedgerPage:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> LedgerPage:
    made = LedgerPage(desk)
    qtbot.addWidget(made)
    refreshed_by_changes(desk, made)
    made.resize(1180, 740)
    made.show()
    made.refresh()
    return made


def combo(page: LedgerPage, name: str) -> ComboBox:
    found = page.findChild(ComboBox, f"filter_{name}")
    assert isinstance(found, ComboBox)
    return found


def choose(page: LedgerPage, name: str, words: str) -> None:
    one = combo(page, name)
    one.setCurrentIndex(one.findText(words))


def type_into(page: LedgerPage, name: str, text: str) -> None:
    field = page.findChild(QLineEdit, f"filter_{name}")
    assert isinstance(field, QLineEdit)
    field.clear()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        words = QInputMethodEvent()
        words.setCommitString(text)
        QApplication.sendEvent(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def press(page: LedgerPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def numbers(page: LedgerPage) -> list[int]:
    return list(page.card.model.ids)


def footer(page: LedgerPage) -> str:
    return " ".join(
        one.text() for one in page.card.footer.findChildren(QLabel) if not one.isHidden()
    )


def figure(page: LedgerPage, name: str) -> tuple[str, str]:
    card = page.findChild(KeyFigure, f"figure_{name}")
    assert isinstance(card, KeyFigure)
    return card.accessibleName(), card.accessibleDescription()


def header_click(page: LedgerPage, key: str) -> None:
    header = page.card.table.header
    at = page.card.model.column_of(key)
    place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def double_click(page: LedgerPage, row: int) -> None:
    rect = page.card.table.visualRect(page.card.model.index(row, 0))
    viewport = page.card.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())


def act(page: LedgerPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction)
    assert action.isEnabled()
    action.trigger()


# -- what is listed ------------------------------------------------------------------------


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
    press(page, "filter_reset")
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
    press(page, "filter_reset")
    assert page.banner.isHidden()
    assert len(numbers(page)) == 7


def test_that_a_period_can_be_picked(qtbot: QtBot, page: LedgerPage) -> None:
    press(page, "filter_period")
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
    press(page, "filter_reset")
    assert page.card.model.wanted == Filter()


# -- figures -------------------------------------------------------------------------------


def test_that_the_figures_of_a_year_are_those_of_the_statistics(
    page: LedgerPage, store: Store
) -> None:
    type_into(page, "start", "2019-01-01")
    type_into(page, "end", "2019-12-31")
    whole = table(store, Period.year(2019), KindChoice.ALL, Group.NONE, make.TODAY).total
    assert figure(page, "registrations") == (
        f"登记件数 {whole.values['registrations']} 件",
        "同比 ▲ 100.0%",
    )
    amount = wan(whole.values["secured_amount"])
    assert figure(page, "amount") == (f"担保债权额 {amount} 万元", "同比 ▲ 122.2% · 另有 1 件待补")
    assert figure(page, "enterprises")[0] == f"登记企业数 {whole.values['enterprises']} 家"
    assert figure(page, "rights") == ("专利 / 商标 3 / 1 件", "同比 ▲ 50.0% / —")
    assert "其中 1 条不计入统计" in footer(page)


def test_that_a_growth_without_a_base_is_a_dash_with_the_reason(page: LedgerPage) -> None:
    type_into(page, "start", "2018-01-01")
    type_into(page, "end", "2018-12-31")
    assert figure(page, "registrations")[1] == "同比 —"
    assert "上年同期（2017年）没有，无法比较" in page.figures.registrations.toolTip()


def test_that_nothing_is_compared_that_cannot_be(page: LedgerPage) -> None:
    type_into(page, "start", "2026-01-01")
    type_into(page, "end", "2026-12-31")
    assert "2026-12-31 才结束" in page.figures.amount.toolTip()
    press(page, "filter_reset")
    assert figure(page, "registrations")[1] == "即将到期 1 件"
    type_into(page, "start", "2018-01-01")
    type_into(page, "end", "2018-12-31")
    choose(page, "state", "即将到期")
    assert "按现在的状态筛选" in page.figures.amount.toolTip()


def test_that_an_amount_that_nobody_knows_is_no_zero(page: LedgerPage) -> None:
    choose(page, "state", "金额待补")
    assert figure(page, "amount") == ("担保债权额 — ", "另有 1 件待补")


def test_that_one_register_has_one_figure_of_rights(page: LedgerPage) -> None:
    choose(page, "kind", "商标")
    assert figure(page, "rights")[0] == "所涉商标 1 件"


def test_that_a_long_store_answers_later(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "LONG", 0)
    choose(page, "city", "宁波市")
    choose(page, "kind", "商标")
    assert desk.jobs.wait_idle()
    assert numbers(page) == []
    assert figure(page, "registrations")[0] == "登记件数 0 件"


def test_that_a_long_ledger_is_searched_in_memory_and_follows_what_is_written(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "LONG", 0)
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


# -- what is chosen ------------------------------------------------------------------------


def test_that_the_chosen_rows_are_added_up(page: LedgerPage) -> None:
    table_view = page.card.table
    table_view.selectRow(0)
    assert "已选 1 条，担保债权额 300.00 万元" in footer(page)
    assert "共 7 条、3,400.00 万元" in footer(page)
    table_view.selectAll()
    assert "已选 7 条，担保债权额 3,400.00 万元 其中 1 件金额待补" in footer(page)
    table_view.clearSelection()
    assert "已选" not in footer(page)
    assert "担保债权额合计 3,400.00 万元 另有 1 件金额待补" in footer(page)


def test_that_a_double_click_and_enter_open_the_registration(
    page: LedgerPage, pledges: list[Pledge]
) -> None:
    spy = QSignalSpy(page.life_asked)
    double_click(page, 0)
    QTest.keyClick(page.card.table, Qt.Key.Key_Return)
    assert [spy.at(0), spy.at(1)] == [[pledges[5].id], [pledges[5].id]]
    act(page, "act_open")
    assert spy.count() == 3
    form = QSignalSpy(page.edit_asked)
    QTest.keyClick(page.card.table, Qt.Key.Key_F2)
    assert form.at(0) == [pledges[5].id]


def test_that_the_menu_says_how_many(qtbot: QtBot, page: LedgerPage) -> None:
    page.card.table.selectAll()
    page.card.table.customContextMenuRequested.emit(QPoint(10, 10))
    menu = page.card.table.findChild(QMenu)
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    words = [one.text().split("\t")[0] for one in menu.actions() if one.text()]
    assert words == ["打开", "更正", "注销 7 笔…", "删除 7 笔", "复制", "复制（含表头）"]
    menu.hide()
    act(page, "act_copy_headers")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 8
    assert copied[0].startswith("登记号\t类型\t出质人")


def test_that_deleting_asks_and_can_be_undone(
    page: LedgerPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    before = make.dump(store, leaving_out=("act", "history", "sqlite_sequence"))
    page.card.table.selectRow(0)
    page.card.table.setFocus()
    QTest.keyClick(page.card.table, Qt.Key.Key_Delete)
    assert desk.jobs.wait_idle()
    assert talk.said[0].startswith("删除登记 商质2019")
    assert len(numbers(page)) == 6
    assert page.banner.text == "已删除 1 笔登记，放入回收站。"
    spy = QSignalSpy(page.undo_asked)
    page.banner.linkActivated.emit("undo")
    assert spy.count() == 1
    history.undo(store)
    desk.changes.tell(PLEDGES)
    assert make.dump(store, leaving_out=("act", "history", "sqlite_sequence")) == before
    assert len(numbers(page)) == 7


def test_that_no_keeps_what_was_to_be_deleted(
    page: LedgerPage, desk: Desk, talk: AskedTalk
) -> None:
    talk.answer = False
    page.card.table.selectAll()
    act(page, "act_delete")
    assert talk.said == ["删除选中的 7 笔登记？"]
    assert not desk.jobs.busy
    assert len(numbers(page)) == 7


def test_that_undo_is_not_offered_for_another_act(
    page: LedgerPage, store: Store, desk: Desk
) -> None:
    page.card.table.selectRow(0)
    act(page, "act_delete")
    assert desk.jobs.wait_idle()
    assert not page.banner.isHidden()
    make.stored(store, make.pledge())
    desk.changes.tell(PLEDGES)
    assert page.banner.isHidden()


def test_that_leaving_the_page_takes_the_offer_away(page: LedgerPage, desk: Desk) -> None:
    page.card.table.selectRow(0)
    act(page, "act_delete")
    assert desk.jobs.wait_idle()
    page.hide()
    assert page.banner.isHidden()


def test_that_many_are_cancelled_in_one_act(
    page: LedgerPage,
    store: Store,
    desk: Desk,
    pledges: list[Pledge],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def answer(rows: list[object], *_: object) -> Cancellation:
        asked.append(len(rows))
        return Cancellation(date(2026, 11, 1), "清偿")

    monkeypatch.setattr(CancelDialog, "ask", answer)
    page.card.table.selectAll()
    act(page, "act_cancel")
    assert desk.jobs.wait_idle()
    assert asked == [7]
    assert page.banner.text == "已注销 6 笔登记。"  # one had been refused
    assert pledges[0].id is not None
    ending = get(store, pledges[0].id).ending
    assert ending is not None
    assert (ending.happened_on, ending.note) == (date(2026, 11, 1), "清偿")
    done = history.undoable(store)
    assert done is not None
    assert done.words.endswith("等 6 笔")
    choose(page, "state", "已注销")
    assert len(numbers(page)) == 6


def test_that_what_has_ended_is_not_cancelled_again(
    page: LedgerPage, desk: Desk, talk: AskedTalk
) -> None:
    choose(page, "state", "不予登记")
    page.card.table.selectAll()
    act(page, "act_cancel")
    assert talk.said == ["选中的登记都已经结束"]
    assert not desk.jobs.busy


def test_that_a_write_elsewhere_leaves_place_and_choice(
    page: LedgerPage, store: Store, desk: Desk, pledges: list[Pledge]
) -> None:
    page.card.table.selectRow(2)
    chosen = page.card.chosen_numbers()
    make.stored(store, make.pledge(registered_on=date(2020, 1, 1)))
    desk.changes.tell(PLEDGES)
    assert page.card.chosen_numbers() == chosen
    assert page.card.table.currentIndex().row() == 3
    assert "已选 1 条" in footer(page)


# -- the rest ------------------------------------------------------------------------------


def test_that_an_empty_store_says_how_to_begin(qtbot: QtBot, desk: Desk, store: Store) -> None:
    page = shown(qtbot, desk)
    assert page.card.isHidden()
    assert page.figures.isHidden()
    assert not page.beginning.isHidden()
    for name, signal in (
        ("ledger_demo", page.demo_asked),
        ("ledger_first_import", page.import_asked),
        ("ledger_first", page.new_asked),
    ):
        spy = QSignalSpy(signal)
        press(page, name)
        assert spy.count() == 1
    make.stored(store, make.pledge())
    page.refresh()
    assert page.beginning.isHidden()
    assert len(numbers(page)) == 1


def test_that_nothing_found_offers_to_clear_the_filter(page: LedgerPage) -> None:
    type_into(page, "search", "没有这个词")
    assert not page.card.table.isVisible()
    press(page, "ledger_clear")
    assert page.card.table.isVisible()
    assert len(numbers(page)) == 7


def test_that_the_buttons_of_the_head_ask_for_what_they_say(page: LedgerPage) -> None:
    for name, signal in (("ledger_import", page.import_asked), ("ledger_new", page.new_asked)):
        spy = QSignalSpy(signal)
        press(page, name)
        assert spy.count() == 1


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_that_exactly_what_is_listed_is_exported(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path, suffix: str
) -> None:
    type_into(page, "start", "2019-01-01")
    type_into(page, "end", "2019-12-31")
    choose(page, "city", "杭州市")
    header_click(page, "secured_amount")
    talk.target = tmp_path / f"台账{suffix}"
    press(page, "ledger_export")
    assert desk.jobs.wait_idle()
    assert talk.said == ["登记台账_2019年_杭州市.xlsx"]
    assert page.banner.text == f"已导出 4 条：{talk.target}。"
    rows = read_table(talk.target)
    shown = [page.card.model.row(at) for at in range(page.card.model.rowCount())]
    at = rows[0].index("登记号")
    assert [row[at] for row in rows[1:]] == [row.reg_no for row in shown if row]


def test_that_an_export_that_fails_is_told_and_one_given_up_writes_nothing(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path
) -> None:
    press(page, "ledger_export")
    assert not desk.jobs.busy
    talk.target = tmp_path / "none" / "台账.xlsx"
    press(page, "ledger_export")
    assert desk.jobs.wait_idle()
    assert "文件夹不存在" in talk.said[-1]
    assert page.banner.isHidden()


def read_table(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


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
