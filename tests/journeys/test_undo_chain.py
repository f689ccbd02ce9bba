"""A dozen mixed acts through the real window, taken back one by one and done again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.dialogs.cancel import CancelDialog
from ipfinance.ui.dialogs.event import EventDialog
from ipfinance.ui.dialogs.facts import FactsDialog
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.dialogs.life import LifeDialog
from ipfinance.ui.dialogs.trash import TrashDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.references import ReferencesPage
from ipfinance.ui.theme import Theme
from tests import make
from tests.journeys.windows import put, settled, window_over
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.modal import in_dialog

# Acts and their history grow by every undo; the numbers given out never come again.
GROWING = ("act", "current_act", "history", "sqlite_sequence")


class Clerk:
    """Does one thing after another in the window, and waits until it is done."""

    def __init__(self, window: MainWindow, qtbot: QtBot, jobs: Jobs) -> None:
        self.window, self._qtbot, self._jobs = window, qtbot, jobs

    def imports(self) -> None:
        self.window.actions_by_id["import"].trigger()
        dialog = self.window.findChild(ImportDialog)
        assert dialog is not None
        self._settle()
        click(dialog, "do_import")
        self._settle()
        click(dialog, "done")

    def enters(self) -> None:
        self.window.new_registration()
        page = self._entry()
        page.form.fill(make.pledge(reg_no="Y2019330000123"))
        click(page, "button_save")

    def corrects(self) -> None:
        self.window.edit_registration(1)
        page = self._entry()
        put(page, "secured_amount", "12345.67")
        put(page, "pledgee", "示例农商银行")
        click(page, "button_save")

    def changes(self) -> None:
        def fill(form: EventDialog) -> None:
            put(form, "happened_on", "2020-05-06")
            put(form, "change_item_1", "address")
            put(form, "change_after_1", "x")
            put(form, "secured_amount", "600")
            click(form, "save")

        self._act_of_life(2, "act_change", fill)

    def extends(self) -> None:
        def fill(form: EventDialog) -> None:
            put(form, "happened_on", "2020-06-06")
            put(form, "term_end", "2030-01-01")
            click(form, "save")

        self._act_of_life(2, "act_extend", fill)

    def transfers(self) -> None:
        def fill(form: EventDialog) -> None:
            put(form, "happened_on", "2020-07-06")
            put(form, "transferee", "New Lender Ltd")
            click(form, "save")

        self._act_of_life(3, "act_transfer", fill)

    def cancels_many(self) -> None:
        page = self._ledger()
        page.card.table.selectAll()

        def fill(dialog: CancelDialog) -> None:
            put(dialog, "cancelled_on", "2026-11-01")
            click(dialog, "save")

        seen = in_dialog(CancelDialog, fill)
        self._trigger(page, "act_cancel")
        assert len(seen) == 1

    def deletes(self) -> None:
        page = self._ledger()
        page.card.table.selectAll()
        self._trigger(page, "act_delete")

    def restores(self) -> None:
        dialog = self._trash()
        dialog.card.table.selectRow(0)
        click(dialog, "restore")
        self._settle()
        dialog.close()

    def removes_for_good(self) -> None:
        dialog = self._trash()
        dialog.card.table.selectAll()
        click(dialog, "purge")
        self._settle()
        dialog.close()

    def sets(self) -> None:
        def fill(dialog: FactsDialog) -> None:
            put(dialog, "inclusive_threshold", "2000")
            click(dialog, "save")

        seen = in_dialog(FactsDialog, fill)
        self.window.actions_by_id["facts"].trigger()
        assert len(seen) == 1

    def drops_an_outside_figure(self) -> None:
        self.window.show_page("references")
        page = self.window.page("references")
        assert isinstance(page, ReferencesPage)
        self._settle()
        page.table.selectRow(0)
        page.delete_chosen()

    # -- inside ----------------------------------------------------------------------------

    def _settle(self) -> None:
        settled(self._qtbot, self._jobs)

    def _entry(self) -> EntryPage:
        page = self.window.page("entry")
        assert isinstance(page, EntryPage)
        return page

    def _ledger(self) -> LedgerPage:
        self.window.show_page("ledger")
        page = self.window.page("ledger")
        assert isinstance(page, LedgerPage)
        self._settle()
        return page

    def _trash(self) -> TrashDialog:
        self.window.actions_by_id["trash"].trigger()
        dialog = self.window.findChildren(TrashDialog)[-1]
        self._settle()
        return dialog

    def _act_of_life(self, number: int, name: str, fill: Callable[[EventDialog], None]) -> None:
        self._ledger()
        self.window.show_life(number)
        dialog = self.window.findChildren(LifeDialog)[-1]
        seen = in_dialog(EventDialog, fill)
        click(dialog, name)
        assert len(seen) == 1
        self._settle()
        dialog.close()

    def _trigger(self, page: QWidget, name: str) -> None:
        action = page.findChild(QAction, name)
        assert isinstance(action, QAction)
        action.trigger()
        self._settle()


def test_that_a_dozen_mixed_acts_are_taken_back_to_the_identical_store_and_done_again(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path
) -> None:
    faultless = ledgers.write(tmp_path / "台账.xlsx", [ledgers.row(at) for at in range(1, 5)])
    window, _ = window_over(store, jobs, theme, qtbot, [faultless])
    clerk = Clerk(window, qtbot, jobs)
    acts: tuple[tuple[Callable[[], None], str], ...] = (
        (clerk.imports, "导入 台账.xlsx"),
        (clerk.enters, "新增登记 Y2019330000123"),
        (clerk.corrects, "更正登记 Y2019980000001"),
        (clerk.changes, "变更登记 Y2019980000002"),
        (clerk.extends, "延期登记 Y2019980000002"),
        (clerk.transfers, "债权转让登记 Y2019980000003"),
        (clerk.cancels_many, "注销登记 "),
        (clerk.deletes, "删除登记 "),
        (clerk.restores, "恢复登记 "),
        (clerk.removes_for_good, "彻底删除登记 "),
        (clerk.sets, "更改统计设置"),
        (clerk.drops_an_outside_figure, "删除外部数据 "),
    )
    states = [make.dump(store, leaving_out=GROWING)]
    words = []
    for act, said in acts:
        act()
        settled(qtbot, jobs)
        undo = window.actions_by_id["undo"]
        assert undo.text().startswith(f"撤销(&U)：{said}")
        words.append(undo.text().removeprefix("撤销(&U)："))
        states.append(make.dump(store, leaving_out=GROWING))
        assert states[-1] != states[-2], said
    for before, said in zip(reversed(states[:-1]), reversed(words), strict=True):
        assert window.actions_by_id["undo"].text() == f"撤销(&U)：{said}"
        window.actions_by_id["undo"].trigger()
        settled(qtbot, jobs)
        assert make.dump(store, leaving_out=GROWING) == before, said
    assert not window.actions_by_id["undo"].isEnabled()
    for after, said in zip(states[1:], words, strict=True):
        assert window.actions_by_id["redo"].text() == f"重做(&R)：{said}"
        window.actions_by_id["redo"].trigger()
        settled(qtbot, jobs)
        assert make.dump(store, leaving_out=GROWING) == after, said
    window.hide()
