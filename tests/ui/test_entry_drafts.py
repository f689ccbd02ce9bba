"""Drafts, pins, the day alone and pasted rows, through the real entry page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db import history, pledges
from ipfinance.db.connection import Store, connect
from ipfinance.db.drafts import drafts
from ipfinance.db.registrar import cancel, register
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.drafts import DraftsDialog, summary
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.overview import OverviewPage
from tests import make
from tests.ui.desks import AskedTalk
from tests.ui.typing_in import Key, chinese, compose, cursor, keys, paste, press

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEPT_AS_DRAFT = 2


def opened(desk: Desk, qtbot: QtBot) -> EntryPage:
    made = EntryPage(desk)
    made.resize(1180, 740)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start_new()
    qtbot.waitUntil(lambda: made.form.single.kind.hasFocus())
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[EntryPage]:
    made = opened(desk, qtbot)
    yield made
    made.hide()
    assert desk.jobs.wait_idle()


def field(page: QWidget, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def go_to(page: EntryPage, name: str) -> None:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    found.setFocus(Qt.FocusReason.TabFocusReason)


def press_button(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def message(page: EntryPage, name: str) -> str:
    found = page.findChild(QWidget, f"field_{name}")
    assert found is not None
    return str(found.message.text())  # type: ignore[attr-defined]


# -- drafts ----------------------------------------------------------------------------------


def test_that_what_is_typed_is_kept_at_a_pause_and_is_no_act(
    page: EntryPage, store: Store, qtbot: QtBot
) -> None:
    go_to(page, "reg_no")
    keys("Y2019")
    qtbot.waitUntil(lambda: len(drafts(store)) == 1)
    go_to(page, "pledgor")
    chinese("示例甲公司")
    qtbot.waitUntil(lambda: "示例甲公司" in summary(drafts(store)[0]))
    assert summary(drafts(store)[0]) == "Y2019　示例甲公司"
    assert history.undoable(store) is None


def test_that_a_draft_is_forgotten_once_it_is_saved_or_given_up(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    press(Key.Key_S, CTRL)  # while the draft is still on its way
    assert desk.jobs.wait_idle()
    assert (pledges.count(store), drafts(store)) == (1, [])
    page.start_new()
    page.form.fill(make.pledge(reg_no="乙"))
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert len(drafts(store)) == 1
    press(Key.Key_Escape)
    assert talk.said == ["表单里的内容还没有保存"]
    assert drafts(store) == []
    # Emptied again by hand: there is nothing to keep.
    page.start_new()
    page.form.fill(make.pledge(reg_no="丙"))
    page.drafts.keep_soon()
    page.form.blank()
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert drafts(store) == []


def test_that_several_drafts_are_listed_and_gone_on_with(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk, qtbot: QtBot
) -> None:
    number = register(store, make.pledge(reg_no="旧"))
    talk.chosen = KEPT_AS_DRAFT
    rights = (make.right(), make.right())
    new = make.pledge(reg_no="新", secured_amount_fen=700 * WAN, rights=rights)
    page.form.fill(new)
    page.edit(number)
    assert page.number == number
    field(page, "secured_amount").setText("900")
    page.start_new()
    assert not page.has_unsaved
    found = page.findChild(QPushButton, "drafts")
    assert found is not None
    assert found.text() == "草稿 2"
    assert "有 2 份没有保存完的草稿" in page.banner.accessibleName()

    def listed() -> DraftsDialog:
        page.banner.linkActivated.emit("drafts")
        made = page.window().findChild(DraftsDialog)
        assert made is not None
        return made

    dialog = listed()
    kinds = [(summary(one), one.pledge) for one in dialog.model.rows]
    same = "示例甲精密机械有限公司　2019-03-05"
    assert set(kinds) == {(f"新　{same}", None), (f"旧　{same}", number)}
    at = [one.pledge for one in dialog.model.rows].index(None)
    dialog.table.selectRow(at)
    press_button(dialog, "go_on")
    assert field(page, "reg_no").text() == "新"
    press(Key.Key_S, CTRL)
    stored = pledges.find(store, [page.number or 0])[0]
    assert replace(stored, id=None, uid="") == new
    assert found.text() == "草稿 1"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)

    dialog = listed()
    QTest.keyClick(dialog.table, Key.Key_Return)
    assert page.number == number
    press(Key.Key_S, CTRL)
    assert pledges.get(store, number).secured_amount_fen == 900 * WAN
    assert drafts(store) == []
    assert found.isHidden()


def test_that_a_draft_does_not_take_back_what_was_recorded_since(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    number = register(store, make.pledge())
    talk.chosen = KEPT_AS_DRAFT
    page.edit(number)
    field(page, "secured_amount").setText("900")
    page.start_new()
    cancel(store, [number], date(2026, 1, 1))
    [draft] = drafts(store)
    page.open_draft(draft)
    press(Key.Key_S, CTRL)
    stored = pledges.get(store, number)
    assert (stored.secured_amount_fen, stored.cancelled_on) == (900 * WAN, date(2026, 1, 1))


def test_that_a_draft_of_a_cancellation_stays_one(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    number = register(store, make.pledge())
    talk.chosen = KEPT_AS_DRAFT
    page.edit(number)
    field(page, "cancelled_on").setText("2026-02-02")
    page.start_new()
    page.open_draft(drafts(store)[0])
    press(Key.Key_S, CTRL)
    assert pledges.get(store, number).cancelled_on == date(2026, 2, 2)


def test_that_what_cannot_be_kept_stays_in_the_form(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    talk.chosen = KEPT_AS_DRAFT
    page.form.fill(make.pledge(reg_no="甲"))
    store.connection.execute("PRAGMA busy_timeout = 50")
    other = connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    page.start_new()
    other.execute("ROLLBACK")
    other.close()
    assert "正被其他程序占用" in talk.said[-1]
    assert field(page, "reg_no").text() == "甲"
    assert drafts(store) == []


def test_that_giving_up_drafts_asks_with_the_count(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    talk.chosen = KEPT_AS_DRAFT
    for reg_no in "甲乙":
        page.form.fill(make.pledge(reg_no=reg_no))
        page.start_new()
    page.show_drafts()
    dialog = page.window().findChild(DraftsDialog)
    assert dialog is not None
    dialog.table.selectAll()
    talk.answer = False
    press_button(dialog, "discard")
    assert len(drafts(store)) == 2
    talk.answer = True
    press_button(dialog, "discard")
    assert talk.said[-1] == "丢弃选中的 2 份草稿？"
    assert drafts(store) == []
    assert page.banner.isHidden()


def test_that_the_first_page_offers_what_was_left_when_the_program_ended(
    page: EntryPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    overview = OverviewPage(desk)
    qtbot.addWidget(overview)
    overview.refresh()
    assert "上次有 1 份登记没有保存，草稿还在" in overview.banner.accessibleName()
    asked: list[str] = []
    overview.page_asked.connect(asked.append)
    overview.banner.linkActivated.emit("drafts")
    assert asked == ["entry"]


def test_that_a_draft_that_cannot_be_kept_is_told(
    page: EntryPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    other = connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    qtbot.waitUntil(lambda: "草稿没有存下" in page.banner.text, timeout=10_000)
    other.execute("ROLLBACK")
    other.close()
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert len(drafts(store)) == 1


# -- what is kept for the next one -------------------------------------------------------------


@pytest.mark.parametrize("loose", ["registered_on", "city", "pledgee"])
def test_that_what_is_not_pinned_is_not_kept_and_that_is_remembered(
    page: EntryPage, desk: Desk, qtbot: QtBot, loose: str
) -> None:
    go_to(page, loose)
    press(Key.Key_P, ALT)
    pin = page.findChild(QPushButton, f"pin_{loose}")
    assert pin is not None
    assert not pin.isChecked()
    assert "不保留" in pin.accessibleName()
    assert pin.focusPolicy() is Qt.FocusPolicy.NoFocus
    again = EntryPage(desk)  # the next time the program is started
    qtbot.addWidget(again)
    again.form.keep(make.pledge())
    cells = again.form.cells()
    kept = {
        "registered_on": cells.single["registered_on"],
        "city": cells.rows["city"][0],
        "pledgee": cells.rows["pledgee"][0],
    }
    whole = {"registered_on": "2019-03-05", "city": "杭州市", "pledgee": make.pledgee().name}
    assert kept == {**whole, loose: ""}
    assert cells.single["kind"] == "专利"


def test_that_the_day_alone_is_one_of_the_last_month_and_never_after_today(
    page: EntryPage, store: Store
) -> None:
    # Today is 2026-11-23.
    assert message(page, "registered_on") == "可只填日，按 2026 年 11 月补全，不晚于今天"
    go_to(page, "registered_on")
    keys("5")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2026-11-05"
    assert message(page, "registered_on") == "只填了日，按 11 月补全"
    go_to(page, "registered_on")
    field(page, "registered_on").selectAll()
    keys("28")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2026-10-28"
    assert message(page, "registered_on") == "11 月 28 日晚于今天，按上个月补全"
    # After one of March 2019 was saved, days are those of March 2019, pinned or not.
    page.form.pins.turn("registered_on")
    page.form.fill(make.pledge(registered_on=date(2019, 3, 5)))
    press(Key.Key_Return, CTRL)
    go_to(page, "registered_on")
    keys("31")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2019-03-31"


# -- pasted rows -------------------------------------------------------------------------------

HEAD = "登记号\t登记日期\t出质人\t统一社会信用代码\t县区\t质权人\t担保债权额（元）\t专利号\t经办人"
LINE = "甲\t2019/3/5\t示例甲公司；示例乙公司\t\t滨江区\t示例银行\t5000000\t{}；{}\t王某"


def test_that_a_pasted_row_fills_the_fields_it_knows(page: EntryPage, store: Store) -> None:
    one, other = make.patent_number(1), make.patent_number(2)
    page.form.single.kind.set_value(Kind.PATENT)
    go_to(page, "rights_1")
    paste(f"{HEAD}\n{LINE.format(one, other)}\n")
    cells = page.form.cells()
    assert cells.single["kind"] == "专利"
    assert cells.single["reg_no"] == "甲"
    assert cells.single["secured_amount"] == "500"
    assert list(cells.rows["pledgor"]) == ["示例甲公司", "示例乙公司"]
    assert list(cells.rows["county"]) == ["滨江区", "滨江区"]
    assert [number for number in cells.rows["rights"] if number] == [one, other]
    assert "已填入 7 项；没有用上的列：经办人" in page.banner.text
    press(Key.Key_S, CTRL)
    [stored] = pledges.find(store, [page.number or 0])
    assert (stored.reg_no, stored.secured_amount_fen) == ("甲", 500 * WAN)
    assert [one.county for one in stored.pledgors] == [make.BINJIANG] * 2


def test_that_what_the_form_has_no_field_for_is_told(page: EntryPage) -> None:
    label = BY_KEY["events"].label
    head = f"登记号\t登记日期\t出质人\t{label}"
    go_to(page, "reg_no")
    paste(f"{head}\n甲\t2019-03-05\t示例甲公司\t2020-05-06 变更")
    assert page.banner.text == f"已填入 3 项；没有用上的列：{label}，请核对后保存。"


def test_that_several_rows_are_entered_one_after_another(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    lines = [
        f"专利\tY201933000000{at}\t2019-03-0{at}\t示例甲公司\t\t杭州市\t滨江区" for at in (1, 2, 3)
    ]
    go_to(page, "reg_no")
    paste("\n".join(lines))
    assert talk.said == ["粘贴了 3 行登记"]
    for left in (2, 1, 0):
        assert (f"还有 {left} 行" in page._subtitle.text()) == bool(left)
        assert page.form.cells().single["reg_no"] == f"Y201933000000{3 - left}"
        press(Key.Key_Return, CTRL)
    assert pledges.count(store) == 3
    assert page.form.cells().single["reg_no"] == ""


def test_that_several_rows_can_go_to_the_import(
    page: EntryPage, desk: Desk, talk: AskedTalk
) -> None:
    talk.chosen = 2
    lines = [f"专利\t{at}号\t2019-03-05\t示例甲公司\t\t杭州市\t滨江区" for at in range(3)]
    go_to(page, "reg_no")
    paste("\n".join(lines))
    dialog = page.window().findChild(ImportDialog)
    assert dialog is not None
    assert desk.jobs.wait_idle()
    assert dialog.plan is not None
    assert len(dialog.plan.entries) == 3
    assert not page.has_unsaved
    dialog.close()


def test_that_a_block_of_which_nothing_is_known_is_told_and_left_out(page: EntryPage) -> None:
    go_to(page, "reg_no")
    paste("甲\t乙\t丙")
    assert field(page, "reg_no").text() == ""
    assert "认不出各是哪一项" in page.banner.text
    go_to(page, "rights_1")
    number = make.patent_number(3)
    paste(f"{number}\t一种示例装置")
    assert page.form.rights.pairs() == [(number, "一种示例装置")]


# -- input methods in every kind of editor -----------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("reg_no", "registered_on", "pledgor", "uscc", "city", "county", "pledgee"),
        *("secured_amount", "term_end", "rights_1", "right_names_1", "rights_count"),
        *("cancelled_on", "subsidy", "note"),
    ],
)
def test_that_enter_takes_the_word_and_does_nothing_else(page: EntryPage, name: str) -> None:
    go_to(page, name)
    editor = cursor()
    compose("shi'li")
    press(Key.Key_Return)
    assert cursor() is editor
    assert text_of(editor) == ""
    assert page.number is None
    chinese("示例")
    assert text_of(editor) == "示例"
    assert cursor() is editor
    press(Key.Key_Return)  # now Enter is the form's again; in the note it is a new line
    assert (cursor() is editor) == isinstance(editor, QPlainTextEdit)


def text_of(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_that_the_search_waits_for_the_word(qtbot: QtBot, desk: Desk, store: Store) -> None:
    make.stored(store, make.pledge())
    ledger = LedgerPage(desk)
    qtbot.addWidget(ledger)
    with qtbot.waitExposed(ledger):
        ledger.show()
    ledger.activateWindow()
    ledger.refresh()
    ledger.focus_search()
    qtbot.waitUntil(ledger.bar.search.hasFocus)
    searched: list[str] = []
    ledger.bar.search.searched.connect(searched.append)
    compose("shi'li")
    press(Key.Key_Return)
    assert searched == []
    chinese("示例")
    press(Key.Key_Return)
    assert searched == ["示例"]
    assert QApplication.focusWidget() is ledger.bar.search
