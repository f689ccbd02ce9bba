"""The preview of an import: counted, filtered, looked into, written and told."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.domain.money import WAN, Unit
from ipfinance.intake.comparing import Status
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.models.import_model import DOUBTFUL, EntryRow
from ipfinance.ui.roles import Role
from ipfinance.ui.theme import Choice, Theme
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.importing.hands import (
    Opener,
    choose,
    chosen,
    counts,
    in_store,
    is_shown,
    number,
    shown,
    words_of,
)


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
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 400
    assert told == [PLEDGES]
    assert (number(dialog, "read"), number(dialog, "new")) == ("400", "400")
    assert {number(dialog, key) for key in ("changed", "same", "rejected")} == {"0"}
    click(dialog, "done")
    assert not dialog.isVisible()


def test_that_the_same_file_again_has_nothing_to_import(
    desk: Desk, opened: Opener, store: Store
) -> None:
    first = opened(ledgers.LEDGERS / "city_report.xlsx")
    click(first, "do_import")
    assert desk.jobs.wait_idle()
    click(first, "done")
    before = make.dump(store)
    again = opened(ledgers.LEDGERS / "city_report.xlsx")
    assert counts(again) == {Status.SAME: len(shown(again))}
    assert "都已在台账中" in again.preview.banner.text
    assert not is_shown(again, "do_import")
    assert words_of(again, "cancel") == "关闭"
    click(again, "cancel")
    assert make.dump(store) == before


def test_that_a_file_imported_before_is_recognised(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    click(dialog, "done")
    again = opened(faulty)
    assert "测试员 导入过" in again.preview.banner.text
    assert counts(again) == {Status.SAME: 2, Status.REJECTED: 2}
    assert not is_shown(again, "do_import")
    assert is_shown(again, "export_rejects")


def test_that_cards_and_search_filter(opened: Opener, faulty: Path) -> None:
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


def test_that_a_check_box_leaves_only_rows_that_are_warned_of(
    opened: Opener, tmp_path: Path
) -> None:
    rows = [ledgers.row(1), ledgers.row(2, secured_amount=None), ledgers.row(3)]
    dialog = opened(ledgers.write(tmp_path / "待补.xlsx", rows))
    warned = dialog.findChild(QCheckBox, "only_warned")
    assert isinstance(warned, QCheckBox)
    warned.click()
    assert [row.reg_no for row in shown(dialog)] == ["Y2019980000002"]
    warned.click()
    assert len(shown(dialog)) == 3


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
    click(first, "do_import")
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
    click(dialog, "do_import")
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
    found = {line.shown.label: (line.key, line.shown.unit) for line in lines}
    assert found["企业名称"] == ("pledgor", None)
    assert found["质押金额"] == ("secured_amount", Unit.WAN)
    assert found["序号"] == (None, None)


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


def test_that_rows_speak_the_roles_of_a_table(opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    index = dialog.preview.model.index(0, 0)
    assert isinstance(index.data(Role.ROW), EntryRow)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "退回"
