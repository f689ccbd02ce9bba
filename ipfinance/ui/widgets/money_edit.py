"""An amount typed as people write it: 5000, 500万, 1.2亿, 5,000,000元."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ipfinance.domain.money import YI, MoneyError, Unit, grouped_wan, in_words, parse_fen
from ipfinance.language import either, tr


class MoneyEdit(QLineEdit):
    """Holds whole 分; a number without a unit is 万元. What is no amount stays as it was typed."""

    echo_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._normalise)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> int | None:
        """The amount in 分; None for a blank field and for what is no amount."""
        try:
            return parse_fen(self.text(), Unit.WAN)
        except MoneyError:
            return None

    def set_value(self, fen: int | None) -> None:
        """Show an amount of 分 in 万元, exactly; None empties the field."""
        self.setText("" if fen is None else grouped_wan(fen))

    def echo(self) -> str:
        """The amount in two more ways: 「5,000 万元 = 0.5 亿元 = 伍仟万元整」, in English in yuan
        instead of words; "" without one."""
        fen = self.value()
        if fen is None:
            return ""
        yi = f"{(Decimal(fen) / YI).normalize():f}"
        written = either(in_words(fen), f"CNY {Decimal(fen) / 100:,}")
        return tr(
            "{wan} 万元 = {yi} 亿元 = {written}", wan=grouped_wan(fen), yi=yi, written=written
        )

    def _on_text_changed(self) -> None:
        self.echo_changed.emit(self.echo())

    def _normalise(self) -> None:
        fen = self.value()
        if fen is not None and self.text() != grouped_wan(fen):
            self.set_value(fen)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._normalise()
