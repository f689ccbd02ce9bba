"""The fields of the entry form that there is one of, by their key in the catalogue."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ipfinance.domain.fields import BY_KEY, Form
from ipfinance.domain.money import Unit
from ipfinance.domain.pledge import Channel, Kind, Pledge
from ipfinance.domain.words import kind_of
from ipfinance.language import tr
from ipfinance.ui.pages.entry_parties import choice
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.money_edit import MoneyEdit

DATES = ("registered_on", "term_start", "term_end", "cancelled_on")
AMOUNTS = ("secured_amount", "credit_amount", "loan_amount", "appraised_value", "subsidy")
_NOTE_HEIGHT = 62
_IN_DOUBT = "reg_no_in_doubt"


class SingleFields:
    """Makes the fields and holds them; whoever lays them out gives them their place."""

    def __init__(self) -> None:
        self.kind = ComboBox([(kind.label, kind) for kind in Kind])
        self.kind.setPlaceholderText(tr("请选择"))
        self.kind.setCurrentIndex(-1)
        self.dates = {key: DateEdit() for key in DATES}
        self.amounts = {key: MoneyEdit() for key in AMOUNTS}
        note = QPlainTextEdit()
        note.setTabChangesFocus(True)
        note.setFixedHeight(_NOTE_HEIGHT)
        self._editors: dict[str, QWidget] = {
            "kind": self.kind,
            "reg_no": QLineEdit(),
            **self.dates,
            **self.amounts,
            "rights_count": QLineEdit(),
            "channel": choice(Channel),
            "note": note,
        }
        self._in_doubt = (
            ""  # the number in doubt; told beneath 登记号, which has no field of its own
        )
        self.boxes = {key: _box(key, editor) for key, editor in self._editors.items()}
        for key, editor in self.amounts.items():
            editor.echo_changed.connect(self.boxes[key].set_hint)
        self.dates["registered_on"].completed.connect(self.boxes["registered_on"].set_hint)

    def chosen_kind(self) -> Kind | None:
        value = self.kind.value()  # Qt gives an enum back as its plain word
        return Kind(value) if isinstance(value, str) else None

    def texts(self) -> dict[str, str]:
        """What stands in each field, as reading understands it."""
        texts = {key: self._text(editor) for key, editor in self._editors.items()}
        return {**texts, _IN_DOUBT: self._in_doubt}

    def blank(self) -> None:
        """Empty them all."""
        for editor in self._editors.values():
            _put(editor, "")
        self.kind.setCurrentIndex(-1)
        self._in_doubt = ""

    def put(self, texts: Mapping[str, str]) -> None:
        """Write the fields that are named, as they would be typed."""
        for key, text in texts.items():
            if key == "kind":
                self.kind.setCurrentIndex(-1)
                self.kind.set_value(kind_of(text))
            elif key in self._editors:
                _put(self._editors[key], text)
            elif key == _IN_DOUBT:
                self._in_doubt = text

    def doubt_number(self) -> None:
        """Keep the number that was typed as one in doubt, and leave 登记号 blank."""
        number = self._editors["reg_no"]
        self._in_doubt = self._text(number)
        _put(number, "")

    def set_month(self, last: date, today: date) -> None:
        """A day typed alone is one of the month of the last registration, never after today."""
        self.dates["registered_on"].set_context(last, today)

    def fill(self, pledge: Pledge) -> None:
        """Show what a registration says."""
        self.kind.set_value(pledge.kind)
        self._in_doubt = pledge.reg_no_in_doubt or ""
        for key, editor in self.dates.items():
            day: date | None = getattr(pledge, key)
            editor.set_value(day)
        for key, amount in self.amounts.items():
            fen: int | None = getattr(pledge, f"{key}_fen")
            amount.set_value(fen)
        for key, text in (
            ("reg_no", pledge.reg_no or ""),
            ("rights_count", str(pledge.rights_declared or "")),
            ("channel", pledge.channel.label_zh if pledge.channel else ""),
            ("note", pledge.note),
        ):
            _put(self._editors[key], text)

    def keep(self, kind: Kind, day: date | None) -> None:
        """Start the next one with the kind of the last one, and with its day where it is kept."""
        self.kind.set_value(kind)
        self.dates["registered_on"].set_value(day)

    def show_echoes(self) -> None:
        """Say beneath each amount what it amounts to, how a day alone is read, and which number
        is in doubt."""
        doubt = tr("登记号 {reg_no} 待核，查明后请填上登记号", reg_no=self._in_doubt)
        self.boxes["reg_no"].set_hint(doubt if self._in_doubt else "")
        day = self.dates["registered_on"]
        self.boxes["registered_on"].set_hint("" if day.text() else day.rule())
        for key, amount in self.amounts.items():
            self.boxes[key].set_hint(amount.echo())

    def _text(self, editor: QWidget) -> str:
        if editor is self.kind:
            kind = self.chosen_kind()
            return "" if kind is None else kind.label_zh
        if isinstance(editor, ComboBox):
            return str(editor.value() or "")
        if isinstance(editor, DateEdit):
            day = editor.value()  # a day alone is completed by the field
            return editor.text() if day is None else day.isoformat()
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        assert isinstance(editor, QLineEdit)
        return editor.text()


def _put(editor: QWidget, text: str) -> None:
    if isinstance(editor, ComboBox):
        editor.set_value(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    else:
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


def _box(key: str, editor: QWidget) -> FieldBox:
    field = BY_KEY[key]
    explained = field.explained
    editor.setToolTip(explained)
    unit = Unit(field.unit).label if field.form is Form.MONEY else ""
    return FieldBox(field.label, editor, key=key, required=field.required, unit=unit, tip=explained)
