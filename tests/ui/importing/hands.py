"""What a clerk does in the import's window, and what is then to be seen there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.pledges import with_reg_no
from ipfinance.domain.pledge import Kind
from ipfinance.intake.comparing import Status
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.import_cards import FilterCard
from ipfinance.ui.dialogs.import_foot import Step
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.models.import_model import EntryRow, Shown
from tests.ui.clicking import button

Opener = Callable[..., ImportDialog]


def is_shown(dialog: QWidget, name: str) -> bool:
    return button(dialog, name).isVisible()


def words_of(dialog: QWidget, name: str) -> str:
    return button(dialog, name).text()


def choose(dialog: ImportDialog, status: Shown) -> FilterCard:
    card = dialog.preview.cards.card(status)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
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
