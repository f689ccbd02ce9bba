"""What imports leave behind, remembered columns too, is taken back act by act and done again."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ipfinance.db.batches import all_batches
from ipfinance.db.columns import kept_columns
from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import Unit
from ipfinance.intake.comparing import Status
from ipfinance.intake.receipts import receipt_of
from ipfinance.ui.dialogs.batches import BatchesDialog
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.dialogs.merge import MergeDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.pages.enterprises import EnterprisesPage
from ipfinance.ui.theme import Theme
from ipfinance.ui.widgets.combo import ComboBox
from tests import make
from tests.journeys.windows import FilesTalk, settled, window_over
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click

D = TypeVar("D", bound=QDialog)
# Acts and their history grow by every undo; the numbers given out never come again.
GROWING = ("act", "current_act", "history", "sqlite_sequence")
OLD, NEW = "杭州示例精密机械科技有限公司", "杭州示例精密机械有限公司"
ANOTHER = "示例银行杭州分行"  # beside 示例银行股份有限公司杭州分行
_AMOUNT = ledgers.KEYS.index("secured_amount")


def written(path: Path, *rows: dict[str, object]) -> Path:
    """A workbook whose amounts stand under a word that says neither what they are nor in what
    unit."""
    book = Workbook()
    sheet = book.worksheets[0]
    labels = {**{key: BY_KEY[key].label for key in ledgers.KEYS}, "secured_amount": "合同数额"}
    sheet.append([labels[key] for key in ledgers.KEYS])
    for row in rows:
        sheet.append([row[key] for key in ledgers.KEYS])
    book.save(path)
    return path


class Clerk:
    """Imports, sorts out who is who, and takes imports back; waits after each act."""

    def __init__(
        self, window: MainWindow, talk: FilesTalk, qtbot: QtBot, jobs: Jobs, files: tuple[Path, ...]
    ) -> None:
        self.window, self.talk = window, talk
        self._qtbot, self._jobs, self._files = qtbot, jobs, files

    def says_which_column(self) -> None:
        dialog = self._opens_import(self._files[0])
        dialog.preview.tabs.setCurrentIndex(2)
        line = dialog.preview.columns.lines[_AMOUNT]
        for combo, value in ((line.fields, "secured_amount"), (line.units, Unit.QIAN)):
            assert isinstance(combo, ComboBox)
            assert combo.set_value(value)
            combo.activated.emit(combo.currentIndex())
        click(dialog.preview.columns, "read_columns")
        self.settle()

    def imports_without_what_is_double(self) -> None:
        dialog = self.window.findChildren(ImportDialog)[-1]
        preview = dialog.preview
        preview.cards.card("doubtful").clicked.emit()
        preview.table.selectAll()
        click(dialog, "button_leave_out")
        self.settle()
        assert dialog.plan is not None
        assert [dialog.plan.counts[status] for status in Status] == [3, 0, 0, 1, 1]
        self._writes(dialog)

    def imports_another_as_remembered(self) -> None:
        dialog = self._opens_import(self._files[1])
        assert dialog.plan is not None
        assert dialog.plan.secured_amount_fen == 1100 * Unit.QIAN.fen
        self._writes(dialog)

    def merges(self) -> None:
        page = self._enterprises(0)
        [row] = [row for row, match in enumerate(page.near.model.rows) if match.one.name != NEW]
        page.near.table.selectRow(row)
        click(page, "near_merge")
        self.settle()
        dialog = self._open(MergeDialog)
        click(dialog, "save")
        self.settle()

    def says_not_the_same(self) -> None:
        page = self._enterprises(1)
        page.near.table.selectAll()
        click(page, "not_same")

    def takes_back(self, row: int, answer: int = 0) -> None:
        self.window.actions_by_id["batches"].trigger()
        dialog = self._open(BatchesDialog)
        self.talk.chosen = answer
        dialog.table.selectRow(row)
        click(dialog, "withdraw")
        self.settle()
        dialog.close()

    def forgets_the_columns(self) -> None:
        dialog = self._opens_import(self._files[1])
        dialog.preview.tabs.setCurrentIndex(2)
        click(dialog.preview.columns, "forget_columns")
        self.settle()
        dialog.close()

    def settle(self) -> None:
        settled(self._qtbot, self._jobs)

    def _opens_import(self, file: Path) -> ImportDialog:
        self.talk.files = [file]
        self.window.actions_by_id["import"].trigger()
        self.settle()
        return self._open(ImportDialog)

    def _writes(self, dialog: ImportDialog) -> None:
        click(dialog, "do_import")
        self.settle()
        click(dialog, "done")

    def _enterprises(self, party: int) -> EnterprisesPage:
        self.window.show_page("enterprises")
        page = self.window.page("enterprises")
        assert isinstance(page, EnterprisesPage)
        page.tabs.setCurrentIndex(2)
        page.near.party.setCurrentIndex(party)
        page.near.party.activated.emit(party)
        self.settle()
        return page

    def _open(self, kind: type[D]) -> D:
        [dialog] = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return dialog


@pytest.fixture
def clerk(qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path) -> Clerk:
    first = written(
        tmp_path / "一月.xlsx",
        ledgers.row(1, pledgor=OLD, uscc=""),
        ledgers.row(2, pledgor=NEW),
        ledgers.row(3, pledgee=ANOTHER),
        ledgers.row(3, pledgee=ANOTHER, reg_no="Y2019980099999"),
        ledgers.row(4, registered_on="2019-02-30"),
    )
    second = written(tmp_path / "二月.xlsx", ledgers.row(5), ledgers.row(6))
    window, talk = window_over(store, jobs, theme, qtbot, [])
    return Clerk(window, talk, qtbot, jobs, (first, second))


def test_that_imports_with_remembered_columns_are_taken_back_and_done_again(
    clerk: Clerk, store: Store
) -> None:
    acts: tuple[tuple[Callable[[], None], str], ...] = (
        (clerk.says_which_column, "记住列的对应：一月.xlsx"),
        (clerk.imports_without_what_is_double, "导入 一月.xlsx"),
        (clerk.imports_another_as_remembered, "导入 二月.xlsx"),
        (clerk.merges, f"合并企业 {OLD} → {NEW}"),
        (clerk.says_not_the_same, "质权人：不是同一家"),
        (lambda: clerk.takes_back(0), "撤回导入 二月.xlsx"),
        (clerk.forgets_the_columns, "不再记住列的对应：二月.xlsx"),
        (lambda: clerk.takes_back(0, answer=2), "撤回导入 一月.xlsx"),
    )
    actions = clerk.window.actions_by_id
    states = [make.dump(store, leaving_out=GROWING)]
    words = []
    for act, said in acts:
        act()
        clerk.settle()
        undo = actions["undo"].text()
        assert undo.startswith(f"撤销(&U)：{said}"), (undo, clerk.talk.said)
        words.append(undo.removeprefix("撤销(&U)："))
        states.append(make.dump(store, leaving_out=GROWING))
        assert states[-1] != states[-2], said
        if said == "导入 一月.xlsx":
            receipt = receipt_of(store, all_batches(store)[0])
    # The merger touched the first import, and its registrations were to stay.
    assert any("后来又改动过" in said for said in clerk.talk.said)
    for before, said in zip(reversed(states[:-1]), reversed(words), strict=True):
        assert actions["undo"].text() == f"撤销(&U)：{said}"
        actions["undo"].trigger()
        clerk.settle()
        assert make.dump(store, leaving_out=GROWING) == before, said
    assert not actions["undo"].isEnabled()
    assert (count(store), kept_columns(store)) == (0, {})
    for after, said in zip(states[1:], words, strict=True):
        assert actions["redo"].text() == f"重做(&R)：{said}"
        actions["redo"].trigger()
        clerk.settle()
        assert make.dump(store, leaving_out=GROWING) == after, said
        if said == "导入 一月.xlsx":
            assert receipt_of(store, all_batches(store)[0]) == receipt
            assert (receipt.left_out, len(receipt.faults)) == (1, 1)
    clerk.window.hide()
