"""A field of a form: label above, editor, and a line beneath that is always there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.label import ElidedLabel, label, set_state

_LABEL, _MESSAGE = 19, 18  # pixels high


class FieldBox(QWidget):
    """The message line has a fixed height, so that nothing jumps; a fault hides a warning,
    a warning hides the hint."""

    def __init__(
        self,
        text: str,
        editor: QWidget,
        *,
        key: str = "",
        required: bool = False,
        unit: str = "",
        hint: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`key` is the field's name in the catalogue, `tip` its rule, shown over the label."""
        super().__init__(parent)
        self.key = key
        self.editor = editor
        self._text = text
        self._required = required
        self._fault = self._warning = ""
        self._hint = hint
        if key:
            self.setObjectName(f"field_{key}")
            if not editor.objectName():
                editor.setObjectName(key)

        # With a buddy, & would mark a key.
        self.label = label(text.replace("&", "&&"), "label")
        self.label.setFixedHeight(_LABEL)
        self.label.setBuddy(editor)
        self.label.setToolTip(tip)
        self.setWhatsThis(tip)  # Qt shows it on Shift+F1 wherever the cursor is in the field
        head = QHBoxLayout()
        head.setSpacing(3)
        head.addWidget(self.label)
        if required:
            star = QLabel("*")
            star.setProperty("look", "star")
            star.setFixedHeight(_LABEL)
            head.addWidget(star)
        self.head = head  # e.g. for a pin at the label's right
        head.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(editor, 1)
        if unit:
            line.addWidget(label(unit, "hint"))
        self.line = line  # e.g. for a button at the editor's right
        self.message = ElidedLabel(hint, "hint")
        self.message.setFixedHeight(_MESSAGE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head.setContentsMargins(0, 0, 0, 4)
        line.setContentsMargins(0, 0, 0, 2)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.message)
        # Rows of a form line up whether or not a field has a star or a message.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show()

    def set_fault(self, text: str) -> None:
        """What hinders saving, in one sentence; "" when it is mended."""
        self._fault = text
        self._show()

    def set_warning(self, text: str) -> None:
        """What looks odd but does not hinder; "" for nothing."""
        self._warning = text
        self._show()

    def set_hint(self, text: str) -> None:
        """What helps: the echo of an amount, what was matched."""
        self._hint = text
        self._show()

    def clear(self) -> None:
        """Forget fault, warning and hint."""
        self._fault = self._warning = self._hint = ""
        self._show()

    @property
    def fault(self) -> str:
        return self._fault

    @property
    def warning(self) -> str:
        return self._warning

    @property
    def text(self) -> str:
        """The label's words."""
        return self._text

    def go_there(self) -> None:
        """Bring the field into sight and put the cursor in it."""
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self, 0, 24)
            above = above.parentWidget()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        state = "fault" if self._fault else "warning" if self._warning else ""
        words = self._fault or self._warning or self._hint
        self.message.setText(words)
        set_state(self.message, "state", state)
        set_state(self.editor, "state", state)
        self.editor.setAccessibleName(
            tr("{label}（必填）", label=self._text) if self._required else self._text
        )
        if state == "fault":
            words = tr("错误：{fault}", fault=words)
        elif state == "warning":
            words = tr("提醒：{warning}", warning=words)
        self.editor.setAccessibleDescription(words)
