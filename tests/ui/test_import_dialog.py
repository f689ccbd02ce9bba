"""The import's window: read, look, mend in place, write, receipt; and every way out of it."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance import language
from ipfinance.db.connection import Store
from ipfinance.db.pledges import count, with_reg_no
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.pledge import Kind
from ipfinance.domain.reading import Setting
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs import import_jobs, import_outputs
from ipfinance.ui.dialogs.import_cards import FilterCard
from ipfinance.ui.dialogs.import_foot import Step
from ipfinance.ui.dialogs.import_ledgers import FILTERS, ImportDialog
from ipfinance.ui.dialogs.import_paper import facts_of, paper, print_on
from ipfinance.ui.models.import_model import DOUBTFUL, EntryRow, Shown
from ipfinance.ui.roles import Role
from ipfinance.ui.theme import Choice, Theme
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.desks import AskedTalk

Opener = Callable[..., ImportDialog]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Opener:
    """Opens the window on files, and waits until they are read unless told otherwise."""

    window = QWidget()
    qtbot.addWidget(window)

    def open_on(*files: Path, wait: bool = True) -> ImportDialog:
        dialog = ImportDialog(desk, files, window)
        with qtbot.waitExposed(dialog):
            dialog.open()
        if wait:
            assert desk.jobs.wait_idle()
        return dialog

    return open_on


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two good rows, one with a day that does not exist, one with two faults."""
    return ledgers.write(
        tmp_path / "有错.xlsx",
        [
            ledgers.row(1),
            ledgers.row(2, registered_on="2019-02-30"),
            ledgers.row(3),
            ledgers.row(4, secured_amount="五百", city="杭洲市"),
        ],
    )


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)


def is_shown(dialog: QWidget, name: str) -> bool:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button.isVisible()


def words_of(dialog: QWidget, name: str) -> str:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button.text()


def choose(dialog: ImportDialog, status: Shown) -> FilterCard:
    card = dialog.preview.cards.card(status)
    QTest.mouseClick(card, LEFT)
    return card


def chosen(dialog: ImportDialog) -> Shown:
    return dialog.preview.cards.status


def shown(dialog: ImportDialog) -> list[EntryRow]:
    return list(dialog.preview.model.rows)


def counts(dialog: ImportDialog) -> dict[Status, int]:
    assert dialog.plan is not None
    return {status: number for status, number in dialog.plan.counts.items() if number}


def editor(dialog: ImportDialog, key: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, f"mend_{key}")
    assert isinstance(found, QLineEdit)
    return found


def mend(dialog: ImportDialog, desk: Desk, key: str, text: str) -> None:
    """Type over a cell and press Enter."""
    field = editor(dialog, key)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.jobs.wait_idle()


def number(dialog: ImportDialog, key: str) -> str:
    label = dialog.findChild(QLabel, f"receipt_{key}")
    assert isinstance(label, QLabel)
    return label.text()


def step(dialog: ImportDialog) -> Step:
    return dialog._tags.step


def in_store(store: Store, reg_no: str) -> int | None:
    return with_reg_no(store, Kind.PATENT, reg_no)


# -- reading and looking ---------------------------------------------------------------------


def test_that_a_ledger_is_read_shown_written_and_told(
    desk: Desk, opened: Opener, store: Store
) -> None:
    told: list[str] = []
    desk.changes.written.connect(told.append)
    dialog = opened(ledgers.LEDGERS / "standard.xlsx")
    assert counts(dialog) == {Status.NEW: 400}
    assert len(shown(dialog)) == 400
    assert words_of(dialog, "do_import") == "导入 400 笔"
    assert count(store) == 0
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 400
    assert told == [PLEDGES]
    assert (number(dialog, "read"), number(dialog, "new")) == ("400", "400")
    assert {number(dialog, key) for key in ("changed", "same", "rejected")} == {"0"}
    press(dialog, "done")
    assert not dialog.isVisible()


def test_that_the_same_file_again_has_nothing_to_import(
    desk: Desk, opened: Opener, store: Store
) -> None:
    first = opened(ledgers.LEDGERS / "city_report.xlsx")
    press(first, "do_import")
    assert desk.jobs.wait_idle()
    press(first, "done")
    before = make.dump(store)
    again = opened(ledgers.LEDGERS / "city_report.xlsx")
    assert counts(again) == {Status.SAME: len(shown(again))}
    assert "都已在台账中" in again.preview.banner.text
    assert not is_shown(again, "do_import")
    assert words_of(again, "cancel") == "关闭"
    press(again, "cancel")
    assert make.dump(store) == before


def test_that_a_file_imported_before_is_recognised(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    press(dialog, "done")
    again = opened(faulty)
    assert "测试员 导入过" in again.preview.banner.text
    assert counts(again) == {Status.SAME: 2, Status.REJECTED: 2}
    assert not is_shown(again, "do_import")
    assert is_shown(again, "export_rejects")


def test_that_cards_search_and_check_box_filter(
    qtbot: QtBot, opened: Opener, faulty: Path, tmp_path: Path
) -> None:
    dialog = opened(faulty)
    assert chosen(dialog) is Status.REJECTED
    assert [row.where for row in shown(dialog)] == ["第 3 行", "第 5 行"]
    choose(dialog, Status.NEW)
    assert [row.reg_no for row in shown(dialog)] == ["Y2019980000001", "Y2019980000003"]
    choose(dialog, Status.NEW)  # pressed again it lets go
    assert chosen(dialog) is None
    assert len(shown(dialog)) == 4
    search = dialog.findChild(QLineEdit, "import_search")
    assert isinstance(search, QLineEdit)
    search.setText("杭洲")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert [row.where for row in shown(dialog)] == ["第 5 行"]
    search.setText("没有的词")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert shown(dialog) == []
    assert not dialog.preview.table.isVisible()
    assert dialog.preview.entry.row is None
    warned = dialog.findChild(QCheckBox, "only_warned")
    assert isinstance(warned, QCheckBox)
    search.clear()
    QTest.keyClick(search, Qt.Key.Key_Return)
    if warned.isEnabled():
        QTest.mouseClick(warned, LEFT)
        assert all(row.entry.warnings for row in shown(dialog))


def test_that_what_may_be_there_already_is_a_class_of_its_own(
    opened: Opener, tmp_path: Path
) -> None:
    once_more = ledgers.row(1, reg_no="Y2019980099999")
    rows = [ledgers.row(1), ledgers.row(2), once_more]
    dialog = opened(ledgers.write(tmp_path / "重复.xlsx", rows))
    assert counts(dialog) == {Status.NEW: 3}
    assert choose(dialog, DOUBTFUL).is_down
    assert [(row.label, row.reg_no) for row in shown(dialog)] == [("疑似重复", "Y2019980099999")]
    assert "号码" in shown(dialog)[0].remark
    choose(dialog, Status.NEW)
    assert len(shown(dialog)) == 3


def test_that_a_card_works_by_keys_and_tells_that_it_is_down(opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    card = dialog.preview.cards.card(Status.NEW)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert card.is_down
    assert card.accessibleDescription() == "已筛选"
    assert "新增 2 笔" in card.accessibleName()


def test_that_a_change_is_shown_from_old_to_new(
    desk: Desk, opened: Opener, store: Store, tmp_path: Path
) -> None:
    first = opened(ledgers.write(tmp_path / "a.xlsx", [ledgers.row(1), ledgers.row(2)]))
    press(first, "do_import")
    assert desk.jobs.wait_idle()
    changed = [ledgers.row(1, secured_amount=250), ledgers.row(2)]
    dialog = opened(ledgers.write(tmp_path / "b.xlsx", changed))
    assert counts(dialog) == {Status.CHANGED: 1, Status.SAME: 1}
    choose(dialog, Status.CHANGED)
    [row] = shown(dialog)
    assert row.remark == "担保债权额 100 万元 → 250 万元"
    details = dialog.preview.entry.details.toPlainText()
    assert "现有" in details
    assert "100 万元" in details
    assert "250 万元" in details
    cities = {line.name: line for line in dialog.preview.cities.model.rows}
    assert cities["杭州市"].fen_before == 300 * WAN
    assert cities["杭州市"].fen_after == 450 * WAN
    assert cities["合计"].fen_after == 450 * WAN
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    stored = in_store(store, "Y2019980000001")
    assert stored is not None
    assert number(dialog, "changed") == "1"


def test_that_cells_stand_beside_how_they_were_read(opened: Opener) -> None:
    dialog = opened(ledgers.LEDGERS / "city_report.xlsx")
    details = dialog.preview.entry.details.toPlainText().split("\n")
    at = details.index("登记日")
    assert details[at + 1 : at + 3] == ["2019年5月11日", "2019-05-11"]


def test_that_headers_are_shown_with_what_they_were_taken_for(opened: Opener) -> None:
    dialog = opened(ledgers.LEDGERS / "city_report.xlsx")
    dialog.preview.tabs.setCurrentIndex(2)
    lines = dialog.preview.columns.lines
    found = {line.shown.label: line.shown.meaning for line in lines}
    assert found["企业名称"] == "出质人"
    assert found["质押金额"] == "担保债权额（万元）"
    assert found["序号"] == "未采用"


def test_that_every_table_of_a_file_can_be_looked_at(opened: Opener) -> None:
    dialog = opened(ledgers.LEDGERS / "city_sheets.xlsx")
    which = dialog.preview.columns.which
    assert which.count() > 1
    dialog.preview.tabs.setCurrentIndex(2)
    first = [line.shown for line in dialog.preview.columns.lines]
    which.setCurrentIndex(which.count() - 1)
    which.activated.emit(which.currentIndex())
    assert [line.shown for line in dialog.preview.columns.lines] != first


def test_that_remarks_about_sheets_are_listed(opened: Opener, tmp_path: Path, faulty: Path) -> None:
    copy = tmp_path / "同样的.xlsx"
    copy.write_bytes(faulty.read_bytes())
    dialog = opened(faulty, copy)
    assert dialog.preview.tabs.tabText(3) == "提示 1"
    assert "内容完全相同" in dialog.preview.remarks.text.toPlainText()


# -- mending ---------------------------------------------------------------------------------


def test_that_a_rejected_row_is_mended_in_place_and_imported(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    assert words_of(dialog, "do_import") == "导入 2 笔"
    assert editor(dialog, "registered_on").text() == "2019-02-30"
    assert "2019-02-30" in editor(dialog, "registered_on").accessibleDescription()
    mend(dialog, desk, "registered_on", "2019-02-28")
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}
    assert words_of(dialog, "do_import") == "导入 3 笔"
    row = dialog.preview.entry.row  # the next that needs a hand
    assert row is not None
    assert row.where == "第 5 行"
    assert editor(dialog, "city").text() == "杭洲市"
    assert editor(dialog, "secured_amount").text() == "五百"
    editor(dialog, "city").setText("杭州市")
    mend(dialog, desk, "secured_amount", "500")
    assert counts(dialog) == {Status.NEW: 4}
    assert not is_shown(dialog, "export_rejects")
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 4
    assert in_store(store, "Y2019980000004") is not None
    assert number(dialog, "rejected") == "0"


def test_that_what_is_still_wrong_stays_with_its_sentence(
    desk: Desk, opened: Opener, faulty: Path
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-13-01")
    assert counts(dialog)[Status.REJECTED] == 2
    row = dialog.preview.entry.row
    assert row is not None
    assert row.where == "第 3 行"
    assert "2019-13-01" in editor(dialog, "registered_on").accessibleDescription()


def test_that_checking_without_a_change_says_so(desk: Desk, opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    press(dialog, "mend_check")
    assert not desk.jobs.busy
    labels = [label.text() for label in dialog.preview.entry.mending.findChildren(QLabel)]
    assert "还没有改动" in labels


def test_that_any_other_field_can_be_mended_too(desk: Desk, opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    choose(dialog, Status.NEW)
    press(dialog, "mend_this")
    menu = dialog.preview.entry.mending._more.menu()
    menu.aboutToShow.emit()
    action = next(one for one in menu.actions() if one.text() == "备注")
    action.trigger()
    mend(dialog, desk, "note", "abc")
    row = dialog.preview.entry.row
    assert row is not None
    assert row.entry.after is not None
    assert row.entry.after.note == "abc"
    assert "（已改）" in dialog.preview.entry.details.toPlainText()


def test_that_enter_in_the_table_goes_to_the_faulty_cell(
    qtbot: QtBot, opened: Opener, faulty: Path
) -> None:
    dialog = opened(faulty)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    table = dialog.preview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert editor(dialog, "secured_amount").hasFocus() or editor(dialog, "city").hasFocus()
    assert dialog.isVisible()


def test_that_typed_text_is_not_forgotten_by_importing(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    editor(dialog, "registered_on").setText("2019-02-28")
    press(dialog, "do_import")
    assert not desk.jobs.busy
    assert count(store) == 0
    assert "重新检查" in dialog.preview.banner.text


# -- all or nothing --------------------------------------------------------------------------


def test_that_all_or_nothing_writes_nothing_while_a_row_is_wrong(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    choice = dialog.findChild(QRadioButton, "all_or_nothing")
    assert isinstance(choice, QRadioButton)
    QTest.mouseClick(choice, LEFT, pos=choice.rect().center() - choice.rect().center() / 2)
    choice.setChecked(True)
    choose(dialog, Status.NEW)
    press(dialog, "do_import")
    assert not desk.jobs.busy
    assert count(store) == 0
    assert "还有 2 笔退回" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("rejected")
    assert dialog.preview.cards.status is Status.REJECTED
    dialog.preview.banner.linkActivated.emit("good_only")
    assert not choice.isChecked()
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 2


# -- ways out --------------------------------------------------------------------------------


def held(gate: Event, work: Callable[..., Any]) -> Callable[..., Any]:
    """The work, begun only once the gate is open, so that a test comes before it."""

    def waits(*given: Any, **named: Any) -> Any:
        assert gate.wait(10)
        return work(*given, **named)

    return waits


def test_that_cancelling_leaves_nothing(
    desk: Desk, opened: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make.dump(store)
    gate = Event()
    monkeypatch.setattr(import_jobs, "read_files", held(gate, read_files))
    dialog = opened(ledgers.LEDGERS / "standard.xlsx", wait=False)
    assert words_of(dialog, "cancel") == "停止"
    press(dialog, "cancel")
    assert not dialog.isVisible()
    gate.set()
    assert desk.jobs.wait_idle()
    dialog = opened(ledgers.LEDGERS / "standard.xlsx")
    press(dialog, "cancel")
    assert not dialog.isVisible()
    assert make.dump(store) == before


def test_that_stopping_while_writing_leaves_nothing_and_stays(
    desk: Desk, opened: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    monkeypatch.setattr(import_jobs, "carry_out", held(gate, carry_out))
    dialog = opened(ledgers.LEDGERS / "standard.xlsx")
    before = make.dump(store)
    press(dialog, "do_import")
    assert step(dialog) is Step.WRITING
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    gate.set()
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.PREVIEW
    assert "什么也没有写入" in dialog.preview.banner.text
    assert make.dump(store) == before


def test_that_mended_rows_are_not_thrown_away_unasked(
    desk: Desk, opened: Opener, faulty: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-02-28")
    talk.answer = False
    press(dialog, "cancel")
    assert talk.said == ["放弃已改正的 1 笔？"]
    assert dialog.isVisible()
    talk.answer = True
    press(dialog, "cancel")
    assert not dialog.isVisible()


def test_that_a_file_that_is_no_ledger_says_what_to_do(
    desk: Desk, opened: Opener, tmp_path: Path, talk: AskedTalk, faulty: Path
) -> None:
    wrong = tmp_path / "甲.xlsx"
    wrong.write_bytes(b"nothing at all")
    dialog = opened(wrong)
    assert step(dialog) is Step.FAILED
    assert "甲.xlsx" in dialog.work.accessibleName()
    assert dialog.work.accessibleDescription()
    talk.open_files = lambda *_args, **_more: [faulty]  # type: ignore[method-assign]
    press(dialog, "other_files")
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.PREVIEW
    assert len(FILTERS) == 2


def test_that_a_store_written_meanwhile_asks_to_read_again(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-02-28")
    make.stored(store, make.pledge())
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert "又有改动" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("read_again")
    assert desk.jobs.wait_idle()
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}  # what was mended stays so
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 4


def test_that_rejected_rows_go_out_and_come_back_mended(
    desk: Desk,
    opened: Opener,
    store: Store,
    faulty: Path,
    tmp_path: Path,
    talk: AskedTalk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(faulty)
    target = tmp_path / "out.xlsx"
    talk.target = target
    press(dialog, "export_rejects")
    assert desk.jobs.wait_idle()
    assert talk.said == ["有错_退回.xlsx"]
    assert "已导出 2 笔" in dialog.preview.banner.text
    shown_files: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown_files.append(url.toLocalFile())
    )
    dialog.preview.banner.linkActivated.emit("file")
    dialog.preview.banner.linkActivated.emit("folder")
    assert shown_files == [str(target), str(tmp_path)]
    plan = read_files([target], store, Setting(desk.divisions, desk.today()), Progress())
    assert plan.counts[Status.REJECTED] == 2


def test_that_the_receipt_is_saved_as_a_pdf(
    desk: Desk, opened: Opener, faulty: Path, tmp_path: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert "杭洲市" in dialog.receipt._told.toPlainText()
    target = tmp_path / "receipt.pdf"
    talk.target = target
    press(dialog, "save_receipt")
    assert target.read_bytes().startswith(b"%PDF")
    assert "回执已保存" in dialog.receipt.banner.text
    talk.target = tmp_path / "missing" / "receipt.pdf"
    press(dialog, "save_receipt")
    assert "文件夹不存在" in dialog.receipt.banner.text


def test_that_the_receipt_is_printed_with_counts_and_reasons(
    desk: Desk, opened: Opener, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def print_document(document: QTextDocument, _window: QWidget) -> bool:
        printed.append(document.toPlainText())
        return True

    monkeypatch.setattr(import_outputs, "print_document", print_document)
    dialog = opened(faulty)
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    press(dialog, "print_receipt")
    [text] = printed
    assert "读入 4 笔 = 新增 2 + 更正 0 + 相同 0 + 退回 2" in text
    assert "有错.xlsx" in text
    assert "杭洲市" in text


def test_that_a_printer_prints_it_whole(desk: Desk, store: Store, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    plan = read_files(
        [ledgers.LEDGERS / "standard.xlsx"],
        store,
        Setting(desk.divisions, desk.today()),
        Progress(),
    )
    receipt = carry_out(plan, store, Progress())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "回执.pdf"))
    document = paper(receipt, facts_of(receipt, "测试员", "2020-01-02 10:11", store.path))
    text = document.toPlainText()
    for words in ("读入 400 笔 = 新增 400", receipt.files[0][1], "测试员", "2020-01-02", "丽水市"):
        assert words in text
    before, after = (
        sum(getattr(c, f"fen_{when}") for c in receipt.cities) for when in ("before", "after")
    )
    assert (before, after) == (0, receipt.secured_amount_fen)
    assert wan(after) in text
    print_on(printer, document)
    printed = (tmp_path / "回执.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert re.search(rb"/Count 1\b", printed)  # one page
    assert b"/FontFile" in printed  # with its Chinese font inside


def test_that_the_paper_stays_chinese_in_an_english_window(
    desk: Desk, store: Store, faulty: Path
) -> None:
    language.choose(language.Language.ENGLISH)
    try:
        plan = read_files([faulty], store, Setting(desk.divisions, desk.today()), Progress())
        receipt = carry_out(plan, store, Progress())
        text = paper(receipt, facts_of(receipt, "测试员", "2020-01-02", store.path)).toPlainText()
    finally:
        language.choose(language.Language.CHINESE)
    assert "There is no day" in receipt.faults[0].text  # as the window says it
    for words in ("读入 4 笔", "新增债权额（万元）", "没有「2019-02-30」这一天", "合计"):
        assert words in text
    assert "Rejected" not in text
    assert "Row" not in text
    assert "day" not in text


def test_that_it_follows_the_theme(
    opened: Opener, faulty: Path, theme: Theme, qtbot: QtBot
) -> None:
    dialog = opened(faulty)
    light = dialog.preview.entry.details.toHtml()
    theme.choose(Choice.DARK)
    try:
        dialog.grab()
        assert dialog.preview.entry.details.toHtml() != light
    finally:
        theme.choose(Choice.LIGHT)


def test_that_it_is_freed_when_it_is_closed(qtbot: QtBot, desk: Desk, faulty: Path) -> None:
    dialog = ImportDialog(desk, [faulty])
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert desk.jobs.wait_idle()
    mend(dialog, desk, "registered_on", "2019-02-28")
    press(dialog, "do_import")
    assert desk.jobs.wait_idle()
    press(dialog, "done")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_that_rows_speak_the_roles_of_a_table(opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    index = dialog.preview.model.index(0, 0)
    assert isinstance(index.data(Role.ROW), EntryRow)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "退回"
