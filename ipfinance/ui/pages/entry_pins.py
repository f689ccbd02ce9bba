"""What the next registration takes over from the last one: each pinned or not, remembered."""

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QPushButton

from ipfinance.language import tr
from ipfinance.ui.icons import IconRole, put_icon
from ipfinance.ui.widgets.button import Kind

PINNED = ("registered_on", "city", "pledgee")
"""The fields that can be pinned, by their key in the catalogue."""
_KEYS = "Alt+P"


class Pins(QObject):
    """One for each form; all of them are pinned until somebody lets one go."""

    changed = Signal(str)  # the key of a field

    def is_on(self, key: str) -> bool:
        """Whether the next registration keeps this field."""
        return str(QSettings().value(_setting(key), "true")) == "true"

    def turn(self, key: str) -> None:
        """Pin a field that is not, let go one that is."""
        QSettings().setValue(_setting(key), "false" if self.is_on(key) else "true")
        self.changed.emit(key)


class PinButton(QPushButton):
    """Stands at the right of a label, and out of the way of Tab: it has a key instead."""

    def __init__(self, pins: Pins, key: str, text: str) -> None:
        super().__init__()
        self._pins, self._key, self._text = pins, key, text
        self.setObjectName(f"pin_{key}")
        self.setProperty("kind", str(Kind.ICON))
        self.setProperty("small", True)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._on_clicked)
        pins.changed.connect(self._show)
        self._show()

    def _on_clicked(self) -> None:
        self._pins.turn(self._key)

    def _show(self) -> None:
        on = self._pins.is_on(self._key)
        self.setChecked(on)
        # Filled or not: colour alone says nothing to some.
        put_icon(self, *(("pinned", IconRole.ACCENT) if on else ("pin", IconRole.SOFT)))
        said = (
            tr("{field}：录下一笔时保留", field=self._text)
            if on
            else tr("{field}：录下一笔时不保留", field=self._text)
        )
        self.setAccessibleName(said)
        self.setToolTip(tr("{words}（{keys}）", words=said, keys=_KEYS))


def _setting(key: str) -> str:
    return f"entry/pin/{key}"
