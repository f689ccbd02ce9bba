"""What chosen comparisons need beside the indicator: a field each, shown while they are ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from ipfinance.errors import UserError
from ipfinance.language import either, tr
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.claims import RULES, Comparison
from ipfinance.statistics.given import NEEDING, TAKING, example_of, given_text, read_given
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import own_viewport

_BESIDE, _LINES, _LINE_HEIGHT = 3, 2, 82
_FIRST = {Comparison.YEARS_GROWING: "0%", Comparison.ANNUAL_GROWTH: either("3年", "3 years")}
"""What is proposed; a round number and a target only a person knows."""
_Key = tuple[str, Comparison]


class GivenFields(QScrollArea):
    """Keeps what was written while a comparison is not ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.setObjectName("given")
        self.setAccessibleName(tr("比较所用的数"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields: dict[_Key, tuple[FieldBox, QLineEdit]] = {}
        self._written: dict[_Key, str] = {}
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for column in range(_BESIDE):
            self._grid.setColumnStretch(column, 1)
        self.setWidget(self._inside)
        self.hide()

    def set_picks(self, picks: Iterable[Pick]) -> None:
        """Write what these have."""
        for pick in picks:
            if pick.given is not None:
                told = given_text(pick.indicator, pick.comparison, pick.given)
                self._written[pick.indicator, pick.comparison] = told

    def show_for(self, picks: Iterable[Pick]) -> None:
        """Show a field for each comparison that takes something, and no other."""
        wanted = [(one.indicator, one.comparison) for one in picks if one.comparison in TAKING]
        for key, (box, _) in self._fields.items():
            self._grid.removeWidget(box)
            box.setVisible(key in wanted)
        for place, key in enumerate(wanted):
            if key not in self._fields:
                self._fields[key] = self._made(*key)
            box = self._fields[key][0]
            self._grid.addWidget(box, place // _BESIDE, place % _BESIDE)
            box.show()
        lines = min(_LINES, -(-len(wanted) // _BESIDE))
        self.setFixedHeight(lines * _LINE_HEIGHT)
        self.setVisible(bool(wanted))

    def completed(self, pick: Pick) -> Pick:
        """The comparison with what is written for it.

        Raises `UserError` for what is missing or cannot be read.
        """
        key = pick.indicator, pick.comparison
        if key not in self._fields:
            return pick
        return Pick(*key, read_given(*key, self._fields[key][1].text()))

    def check(self, picks: Iterable[Pick]) -> bool:
        """Whether all can be read; a field that cannot says why, the first has the cursor."""
        faulty: list[FieldBox] = []
        for pick in picks:
            try:
                self.completed(pick)
            except UserError as error:
                box = self._fields[pick.indicator, pick.comparison][0]
                box.set_fault(error.text)
                faulty.append(box)
        if faulty:
            faulty[0].go_there()
        return not faulty

    def _made(self, indicator: str, comparison: Comparison) -> tuple[FieldBox, QLineEdit]:
        editor = QLineEdit(self._written.get((indicator, comparison), _FIRST.get(comparison, "")))
        example = example_of(indicator, comparison)
        needed = comparison in NEEDING
        box = FieldBox(
            _label(CATALOGUE[indicator].name, comparison),
            editor,
            key=f"{indicator}_{comparison.value}",
            required=needed,
            hint=tr("如 {example}", example=example)
            if needed
            else tr("不写则用外部数据里的目标；如 {example}", example=example),
            tip=RULES[comparison],
        )
        editor.textEdited.connect(self._on_edited)
        return box, editor

    def _on_edited(self) -> None:
        """What is being written is judged anew when it is accepted."""
        for box, editor in self._fields.values():
            if editor is self.sender():
                box.set_fault("")


def _label(indicator: str, comparison: Comparison) -> str:
    match comparison:
        case Comparison.FIRST_ABOVE:
            return tr("{indicator}首次突破", indicator=indicator)
        case Comparison.YEARS_GROWING:
            return tr("{indicator}连续几年增长都超过", indicator=indicator)
        case Comparison.ANNUAL_GROWTH:
            return tr("{indicator}年均增长，近几年", indicator=indicator)
    return tr("{indicator}完成率的目标", indicator=indicator)
