"""The card beside the sentences that tells what a number rests on."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr
from ipfinance.reports.grounds import Ground, reference_text, source_text
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import hairline, label

_WIDTH = 320
_NOTHING = tr(
    "把鼠标移到一个数字上，或用 Tab 键走到它，这里说明它的精确值、口径、对比基数和来源。\n\n"
    "单击数字或按 Enter，打开它背后的登记。"
)
# Addresses have no blanks to be broken at.
_JOINTS = re.compile(r"([/?&=._-])(?=\w)")


class GroundCard(Card):
    """Empty it says how to be filled."""

    registrations_asked = Signal(object)  # Ground
    references_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("数字依据"), parent)
        self.setObjectName("ground")
        self.setFixedWidth(_WIDTH)
        self._ground: Ground | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area, 1)
        self._open = button("", "ledger", name="open_registrations")
        self._open.clicked.connect(self._on_open)
        self._outside = button(tr("查看外部数据"), "bank", name="open_references")
        self._outside.clicked.connect(self.references_asked)
        self.body.addWidget(self._open)
        self.body.addWidget(self._outside)
        self.clear()

    @property
    def ground(self) -> Ground | None:
        """The number that is told of."""
        return self._ground

    @property
    def words(self) -> str:
        """All that is told, a line for each part."""
        inside: QWidget | None = self._area.widget()
        told = inside.findChildren(QLabel) if inside is not None else []
        return "\n".join(one.text().replace("\u200b", "") for one in told)

    def clear(self) -> None:
        """Tell of no number."""
        self._ground = None
        hint = label(_NOTHING, "label")
        hint.setWordWrap(True)
        self._fill([hint])
        self._open.hide()
        self._outside.hide()

    def tell(self, ground: Ground) -> None:
        """Tell of a number."""
        if ground == self._ground:
            return
        self._ground = ground
        parts: list[QWidget] = [
            _wrapped(ground.printed, "figure"),
            _wrapped(ground.name, "strong"),
            _wrapped(ground.subject, "hint"),
            _spaced_hairline(),
            *_part(tr("精确值"), ground.exact),
        ]
        if ground.base:
            parts += _part(ground.base_name, ground.base)
        parts += _part(tr("计算口径"), ground.rule)
        for number, figure in enumerate(ground.references):
            parts += _reference(figure, is_first=number == 0)
        self._fill(parts)
        self._open.setVisible(ground.wanted is not None)
        self._open.setText(tr("打开 {count:,} 笔登记", count=ground.registrations))
        self._open.setEnabled(ground.registrations > 0)
        self._outside.setVisible(bool(ground.references))
        self.setAccessibleDescription(self.words)

    def _fill(self, parts: list[QWidget]) -> None:
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self._area.setWidget(inside)

    def _on_open(self) -> None:
        self.registrations_asked.emit(self._ground)


def _spaced_hairline() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(hairline())
    return made


def _part(name: str, words: str) -> list[QWidget]:
    title = label(name, "hint")
    title.setContentsMargins(0, 8, 0, 0)
    return [title, _wrapped(words, "")]


def _reference(figure: ReferenceFigure, is_first: bool) -> list[QWidget]:
    told = _wrapped(reference_text(figure), "")
    source = _wrapped(
        _JOINTS.sub("\\1\u200b", tr("来源：{source}", source=source_text(figure))), "hint"
    )
    if not is_first:
        return [told, source]
    title = label(tr("用到的外部数据"), "hint")
    title.setContentsMargins(0, 8, 0, 0)
    return [title, told, source]


def _wrapped(words: str, look: str) -> QLabel:
    made = label(words, look)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
