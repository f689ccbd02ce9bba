"""What a clerk does on the entry page, and what is then to be seen there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.suggest_edit import SuggestEdit


def field(page: EntryPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def words_under(page: EntryPage, name: str) -> tuple[str, str]:
    """What is said under a field, and in which state it is."""
    box = page.findChild(FieldBox, f"field_{name}")
    assert box is not None, name
    return box.message.text(), str(box.editor.property("state") or "")


def warned_at(page: EntryPage, spot: tuple[str, int]) -> str:
    """The warning beside one of several rows."""
    box = page.form.boxes()[spot]
    assert isinstance(box, FieldBox)
    return box.warning


def banner_words(page: EntryPage) -> str:
    return page.banner.accessibleName()


def go_to(page: EntryPage, name: str) -> None:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    found.setFocus(Qt.FocusReason.TabFocusReason)


def list_is_open(edit: SuggestEdit) -> bool:
    return edit.is_open
