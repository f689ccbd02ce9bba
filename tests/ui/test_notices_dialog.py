"""Pasting notices: recognised in place, carried out as one act, waiting ones applied later."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.orphans import waiting
from ipfinance.db.pledges import count, get, with_reg_no
from ipfinance.domain.pledge import Kind
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.outcomes import Outcome
from ipfinance.intake.notices.planning import plan_notices
from ipfinance.intake.notices.reading import read_notices
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.notices import NoticesDialog
from ipfinance.ui.models.notice_model import columns
from ipfinance.ui.models.rows import RowsModel
from tests import make
from tests.intake.notices_made import cancelled, changed, established, written
from tests.ui.desks import AskedTalk


@pytest.fixture
def known(store: Store) -> None:
    """The enterprise of the notices has pledged before."""
    make.stored(store, make.pledge(pledgors=(make.pledgor("杭州示例甲科技有限公司"),)))


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, window: QWidget) -> NoticesDialog:
    made = NoticesDialog(desk, window)
    with qtbot.waitExposed(made):
        made.open()
    qtbot.waitUntil(lambda: made.plan is not None)
    return made


def paste(qtbot: QtBot, dialog: NoticesDialog, text: str) -> None:
    """Paste a text as from the clipboard and wait for what was recognised."""
    data = QMimeData()
    data.setText(text)
    dialog.edit.selectAll()
    dialog.edit.insertFromMimeData(data)
    assert dialog.plan is None
    qtbot.waitUntil(lambda: dialog.plan is not None)


def pressed(dialog: NoticesDialog, name: str) -> QPushButton:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button


def carry_out(qtbot: QtBot, desk: Desk, dialog: NoticesDialog) -> None:
    with qtbot.waitSignal(desk.changes.written):
        QTest.mouseClick(pressed(dialog, "do_notices"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.plan is not None and not dialog.plan.changes_anything)


def outcomes(dialog: NoticesDialog) -> list[str]:
    return [item.outcome.label for item in dialog.list.model.rows]


def test_that_pasted_notices_are_carried_out_as_one_act(
    qtbot: QtBot, desk: Desk, store: Store, known: None, dialog: NoticesDialog
) -> None:
    told: list[str] = []
    desk.changes.written.connect(told.append)
    paste(qtbot, dialog, "\n".join(map(written, (established(), changed(), cancelled()))))
    assert outcomes(dialog) == ["新增", "变更", "注销"]
    assert pressed(dialog, "do_notices").text() == "执行 3 项"
    assert count(store) == 1
    carry_out(qtbot, desk, dialog)
    assert told == [PLEDGES]
    assert outcomes(dialog) == ["已有"] * 3
    assert dialog.banner.text.startswith("已执行：新增 1 项、变更 1 项、注销 1 项")
    assert not pressed(dialog, "do_notices").isVisible()
    assert pressed(dialog, "cancel").text() == "关闭"
    number = with_reg_no(store, Kind.PATENT, "Y2019330000123")
    assert number is not None
    assert get(store, number).county == make.BINJIANG
    history.undo(store)
    assert count(store) == 1


def test_that_what_was_recognised_is_marked_in_the_text(
    qtbot: QtBot, known: None, dialog: NoticesDialog
) -> None:
    # A character that Qt counts as two stands before everything.
    text = f"𠮷公告\n{written(established())}"
    paste(qtbot, dialog, text)
    marked = [mark.cursor.selectedText() for mark in dialog.edit.extraSelections()]
    assert "专利权质押合同登记的生效" in marked
    assert "Y2019330000123" in marked
    assert "杭州示例甲科技有限公司" in marked
    assert marked[-1] == "𠮷公告"
    dialog.list.details.anchorClicked.emit(
        QUrl(f"place:{text.index('Y2019')}-{text.index('Y2019') + 14}")
    )
    assert dialog.edit.textCursor().selectedText() == "Y2019330000123"


def test_that_a_field_in_words_leads_to_its_place(
    qtbot: QtBot, known: None, dialog: NoticesDialog
) -> None:
    paste(qtbot, dialog, written(established()))
    html = dialog.list.details.toHtml()
    start = written(established()).index("20191108")
    assert f"place:{start}-{start + 8}" in html


def test_that_the_cursor_in_a_notice_chooses_its_event(
    qtbot: QtBot, known: None, dialog: NoticesDialog
) -> None:
    first, second = written(established()), written(cancelled())
    paste(qtbot, dialog, f"{first}\n\n{second}")
    dialog.edit.setFocus()
    dialog.edit.show_span(len(first) + 20, len(first) + 20)
    assert dialog.list.table.chosen_rows() == [1]


def test_that_unread_text_can_be_gone_to(qtbot: QtBot, known: None, dialog: NoticesDialog) -> None:
    paste(qtbot, dialog, f"第一批\n{written(established())}\n来源：官网")
    button = pressed(dialog, "go_unread")
    assert button.text() == "没有识别的文字 2 处"
    for said in ("第一批", "来源：官网", "第一批"):
        button.click()
        assert dialog.edit.textCursor().selectedText() == said


def test_that_an_unknown_place_waits_until_a_person_gives_it(
    qtbot: QtBot, desk: Desk, store: Store, dialog: NoticesDialog
) -> None:
    paste(qtbot, dialog, written(established()))
    assert outcomes(dialog) == ["待办"]
    assert pressed(dialog, "do_notices").text() == "列入待办 1 项"
    place = dialog.pane.place
    assert place.city.set_value(make.HANGZHOU)
    place.city.activated.emit(place.city.currentIndex())
    assert place.county.set_value("滨江区")
    place.county.activated.emit(place.county.currentIndex())
    qtbot.waitUntil(lambda: outcomes(dialog) == ["新增"])
    carry_out(qtbot, desk, dialog)
    number = with_reg_no(store, Kind.PATENT, "Y2019330000123")
    assert number is not None
    assert get(store, number).county == make.BINJIANG


def test_that_the_work_list_is_shown_while_nothing_is_pasted(
    qtbot: QtBot, desk: Desk, store: Store, known: None, dialog: NoticesDialog
) -> None:
    paste(qtbot, dialog, written(cancelled()))
    carry_out(qtbot, desk, dialog)
    assert len(waiting(store)) == 1
    dialog.edit.clear()
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert outcomes(dialog) == ["待办"]
    assert "公告原文" in dialog.list.details.toPlainText()
    with qtbot.waitSignal(desk.changes.written):
        make.stored(store, make.pledge(reg_no="Y2019330000123"))
        desk.changes.tell(PLEDGES)
    qtbot.waitUntil(lambda: outcomes(dialog) == ["注销"])
    carry_out(qtbot, desk, dialog)
    assert waiting(store) == []
    assert dialog.list.model.rows == ()


def test_that_a_file_is_read_into_the_field(
    qtbot: QtBot, dialog: NoticesDialog, tmp_path: Path
) -> None:
    file = tmp_path / "公告.txt"
    file.write_text(written(cancelled()), encoding="gb18030")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert dialog.edit.canInsertFromMimeData(data)
    dialog.edit.insertFromMimeData(data)
    qtbot.waitUntil(lambda: outcomes(dialog) == ["待办"])
    file.write_bytes(b"\xff\x00\x81\x00\x00")
    dialog.edit.insertFromMimeData(data)
    assert "不是文本文件" in dialog.banner.text


def test_that_a_write_meanwhile_is_told_and_nothing_is_written(
    qtbot: QtBot, store: Store, known: None, dialog: NoticesDialog
) -> None:
    paste(qtbot, dialog, written(established()))
    make.stored(store, make.pledge())
    QTest.mouseClick(pressed(dialog, "do_notices"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "预览之后" in dialog.banner.text)
    assert with_reg_no(store, Kind.PATENT, "Y2019330000123") is None


def test_that_text_without_a_notice_says_how_one_looks(qtbot: QtBot, dialog: NoticesDialog) -> None:
    paste(qtbot, dialog, "今天天气很好")
    assert outcomes(dialog) == []
    assert not pressed(dialog, "do_notices").isVisible()


def test_that_the_model_holds_to_the_rules_of_qt(
    qtmodeltester: ModelTester, store: Store, desk: Desk
) -> None:
    setting = Setting(desk.divisions, make.TODAY)
    text = "\n".join(map(written, (established(), cancelled())))
    model = RowsModel(columns())
    model.set_rows(plan_notices(read_notices(text), store, setting).items)
    assert [model.index(row, 0).data() for row in range(2)] == [Outcome.ORPHAN.label] * 2
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)


def test_that_the_dialog_is_freed_on_close(
    qtbot: QtBot, dialog: NoticesDialog, window: QWidget
) -> None:
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_that_a_paste_is_not_thrown_away_unasked(
    qtbot: QtBot, desk: Desk, known: None, dialog: NoticesDialog, talk: AskedTalk
) -> None:
    paste(qtbot, dialog, written(established()))
    talk.answer = False
    dialog.reject()
    assert talk.said == ["关闭而不执行这些公告？"]
    assert dialog.isVisible()
    carry_out(qtbot, desk, dialog)
    dialog.reject()
    assert len(talk.said) == 1  # what was carried out is not lost
    assert not dialog.isVisible()
