"""In the import's window a clerk says which column is which field, and it is remembered."""

from pathlib import Path

from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QCheckBox

from ipfinance.db import history
from ipfinance.db.columns import kept_columns
from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import Unit
from ipfinance.intake.choices import By
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.import_columns import ColumnLine, ColumnsChooser
from ipfinance.ui.dialogs.import_foot import Step
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.widgets.combo import ComboBox
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.importing.hands import Opener, step

_COLUMNS = 2


def _write(path: Path, labels: dict[str, str], numbers: tuple[int, ...] = (1, 2, 3)) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([labels.get(key, key) for key in ledgers.KEYS])
    for number in numbers:
        sheet.append([ledgers.row(number)[key] for key in ledgers.KEYS])
    book.save(path)
    return path


def _labels(**changes: str) -> dict[str, str]:
    return {**{key: BY_KEY[key].label for key in ledgers.KEYS}, **changes}


def _line(chooser: ColumnsChooser, key: str) -> ColumnLine:
    return chooser.lines[ledgers.KEYS.index(key)]


def _choose(combo: ComboBox, value: object) -> None:
    assert combo.set_value(value)
    combo.activated.emit(combo.currentIndex())


def _columns(dialog: ImportDialog) -> ColumnsChooser:
    dialog.preview.tabs.setCurrentIndex(_COLUMNS)
    return dialog.preview.columns


def test_that_each_column_says_how_it_was_told(opened: Opener, tmp_path: Path) -> None:
    labels = _labels(uscc="某码", pledgor="企业名称", note="其他", secured_amount="金额（万元）")
    lines = _columns(opened(_write(tmp_path / "台账.xlsx", labels))).lines
    told = {line.shown.label: (line.shown.by, line.key) for line in lines}
    assert told["登记号"] == (By.LABEL, "reg_no")
    assert told["企业名称"] == (By.ALIAS, "pledgor")
    assert told["某码"] == (By.CONTENT, "uscc")
    assert told["其他"] == (None, None)
    assert next(line.shown.how for line in lines if line.key == "uscc") == "内容 3/3"


def test_that_a_unit_is_asked_for_only_where_none_is_written(
    opened: Opener, tmp_path: Path
) -> None:
    written = _columns(opened(_write(tmp_path / "一.xlsx", _labels(secured_amount="金额（元）"))))
    assert _line(written, "secured_amount").units.isHidden()
    bare = _columns(opened(_write(tmp_path / "二.xlsx", _labels(secured_amount="金额"))))
    assert not _line(bare, "secured_amount").units.isHidden()
    assert _line(bare, "note").units.isHidden()
    _choose(_line(bare, "note").fields, "subsidy")
    assert not _line(bare, "note").units.isHidden()


def test_that_a_field_has_one_column(opened: Opener, tmp_path: Path) -> None:
    chooser = _columns(opened(_write(tmp_path / "台账.xlsx", _labels(note="登记时间"))))
    assert not chooser.again.isEnabled()
    _choose(_line(chooser, "note").fields, "registered_on")
    assert _line(chooser, "registered_on").key is None
    assert chooser.again.isEnabled()


def test_that_what_was_chosen_is_read_remembered_and_forgotten(
    desk: Desk, opened: Opener, store: Store, tmp_path: Path
) -> None:
    labels = _labels(secured_amount="合同数额")
    dialog = opened(_write(tmp_path / "一月.xlsx", labels))
    chooser = _columns(dialog)
    _choose(_line(chooser, "secured_amount").fields, "secured_amount")
    _choose(_line(chooser, "secured_amount").units, Unit.QIAN)
    click(chooser, "read_columns")
    assert desk.jobs.wait_idle()
    assert "记住" in dialog.preview.banner.text
    assert dialog.plan is not None
    assert dialog.plan.secured_amount_fen == 600 * Unit.QIAN.fen
    assert _line(chooser, "secured_amount").shown.by is By.HAND
    assert count(store) == 0
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 3
    dialog.accept()

    later = opened(_write(tmp_path / "二月.xlsx", labels, (4, 5)))
    assert later.plan is not None
    assert later.plan.secured_amount_fen == 900 * Unit.QIAN.fen
    chooser = _columns(later)
    assert _line(chooser, "secured_amount").shown.by is By.REMEMBERED
    click(chooser, "forget_columns")
    assert desk.jobs.wait_idle()
    assert kept_columns(store) == {}
    assert later.plan.secured_amount_fen == 0
    act = history.undo(store)
    assert act.words == "不再记住列的对应：二月.xlsx"
    assert len(kept_columns(store)) == 1


def test_that_it_may_hold_for_this_time_only(
    desk: Desk, opened: Opener, store: Store, tmp_path: Path
) -> None:
    dialog = opened(_write(tmp_path / "台账.xlsx", _labels(secured_amount="合同数额（万元）")))
    chooser = _columns(dialog)
    keep = chooser.findChild(QCheckBox, "keep_columns")
    assert isinstance(keep, QCheckBox)
    keep.setChecked(False)
    _choose(_line(chooser, "secured_amount").fields, "secured_amount")
    click(chooser, "read_columns")
    assert desk.jobs.wait_idle()
    assert "只用于这一次" in dialog.preview.banner.text
    assert kept_columns(store) == {}
    assert dialog.plan is not None
    assert dialog.plan.secured_amount_fen == 600 * Unit.WAN.fen


def test_that_a_file_without_a_known_header_is_read_once_its_columns_are_named(
    desk: Desk, opened: Opener, store: Store, tmp_path: Path
) -> None:
    labels = {key: f"栏{at}" for at, key in enumerate(ledgers.KEYS)}
    dialog = opened(_write(tmp_path / "台账.xlsx", labels))
    assert step(dialog) is Step.FAILED
    assert dialog.naming.isVisible()
    chooser = dialog.naming.columns
    for key in ("registered_on", "pledgor", "secured_amount"):
        _choose(_line(chooser, key).fields, key)
    _choose(_line(chooser, "secured_amount").units, Unit.WAN)
    click(chooser, "read_columns")
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.PREVIEW
    assert dialog.plan is not None
    assert dialog.plan.errors == ()
    assert dialog.plan.secured_amount_fen == 600 * Unit.WAN.fen
    told = {line.key: line.shown.by for line in _columns(dialog).lines}
    assert told["pledgor"] is By.HAND
    assert told["uscc"] is By.HAND  # told by its contents, seen, and let stand


def test_that_what_is_unclear_is_said_at_once(opened: Opener, tmp_path: Path) -> None:
    dialog = opened(_write(tmp_path / "台账.xlsx", _labels(secured_amount="合同数额")))
    assert "没有认出担保债权额的列；第 9 列「合同数额」是数字" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("columns")
    assert dialog.preview.tabs.currentIndex() == _COLUMNS


def test_that_a_sheet_that_was_left_out_can_be_looked_at(
    desk: Desk, opened: Opener, tmp_path: Path
) -> None:
    path = _write(tmp_path / "台账.xlsx", _labels())
    book = load_workbook(path)
    sheet = book.create_sheet("县区")
    labels = _labels(pledgor="甲方", registered_on="日子", reg_no="编")
    sheet.append([labels[key] for key in ledgers.KEYS])
    for number in (4, 5):
        row = ledgers.row(number, pledgor="某某", reg_no="无")
        sheet.append([row[key] for key in ledgers.KEYS])
    book.save(path)
    chooser = _columns(opened(path))
    assert chooser.which.itemText(1) == "县区，表头在第 1 行（未读取）"
    chooser.which.setCurrentIndex(1)
    chooser.which.activated.emit(1)
    assert _line(chooser, "uscc").key == "uscc"
    assert _line(chooser, "pledgor").key is None
