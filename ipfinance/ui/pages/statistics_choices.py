"""What the rows and columns of the statistics page are, chosen from a few boxes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipfinance.db.totals import Group
from ipfinance.language import tr
from ipfinance.statistics.chosen import GROUPS
from ipfinance.statistics.crossing import CROSSABLE
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.tables import GROUP_NAMES, PARTIES
from ipfinance.ui.widgets.combo import ComboBox

_ROWS = {
    Group.CITY: tr("按设区市"),
    Group.COUNTY: tr("按县(市、区)"),
    Group.YEAR: tr("按年"),
    Group.HALF: tr("按半年"),
    Group.QUARTER: tr("按季度"),
    Group.MONTH: tr("按月"),
    Group.ENTERPRISE: tr("按企业"),
    Group.SIZE: tr("按企业规模"),
    Group.INDUSTRY: tr("按行业门类"),
    Group.PLEDGEE: tr("按质权人"),
    Group.HEAD_BANK: tr("按质权人总行"),
    Group.PLEDGEE_KIND: tr("按质权人类型"),
    Group.RIGHT_KIND: tr("按权利种类"),
}
_NOT_CROSSED = Group.NONE
_WIDEST = 190
_TOPS = (5, 10, 20, 50, 100)
_MOST = {Group.CITY: 10, Group.COUNTY: 50}  # there are not many more of these
_WIDTHS = {"by": 140, "cross": 140, "measure": 168, "top": 104}


class StatisticsChoices(QWidget):
    """Rows by one group; columns the indicators, or one indicator by another group."""

    by_changed = Signal()
    cross_changed = Signal()

    def __init__(self, whole: str, parent: QWidget | None = None) -> None:
        """`whole` is the name of the whole area."""
        super().__init__(parent)
        rows: list[tuple[str, object]] = [(words, group) for group, words in _ROWS.items()]
        rows.append((tr("{whole}各指标", whole=whole), Group.NONE))
        self._by = self._box("by", tr("分组"), rows)
        self._cross = self._box("cross", tr("各列"), [])
        known = [key for keys in GROUPS.values() for key in keys if key in CATALOGUE]
        measures: list[tuple[str, object]] = [(CATALOGUE[key].name, key) for key in known]
        self._measure = self._box("measure", tr("交叉表的指标"), measures)
        self._top = self._box("top", tr("列出多少"), [])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in (self._by, self._cross, self._measure, self._top):
            row.addWidget(box)
        self._by.activated.connect(self._on_by)
        self._cross.activated.connect(self._on_cross)
        self._measure.activated.connect(self.cross_changed)
        self._top.activated.connect(self.cross_changed)
        self._settle()

    @property
    def by(self) -> Group:
        """What the rows are."""
        return Group(str(self._by.value()))

    @property
    def cross(self) -> tuple[Group, str] | None:
        """What the columns of a crossed table are and its indicator; None for no such table."""
        group = Group(str(self._cross.value()))
        if group is _NOT_CROSSED or self.by is Group.NONE:
            return None
        return group, str(self._measure.value())

    @property
    def top(self) -> int | None:
        """How many of the first rows are wanted; None for all."""
        return int(str(self._top.value())) or None if self._has_first() else None

    def choose(self, by: Group, cross: tuple[Group, str] | None, top: int | None = None) -> None:
        """Show this choice; tells nobody."""
        self._by.set_value(by)
        self._settle()
        self._cross.set_value(cross[0] if cross else _NOT_CROSSED)
        if cross:
            self._measure.set_value(cross[1])
        self._top.set_value(top or 0)
        self._show_those_that_count()

    # -- inside ----------------------------------------------------------------------------

    def _box(self, key: str, name: str, entries: list[tuple[str, object]]) -> ComboBox:
        made = ComboBox(entries, name=name)
        made.setObjectName(key)
        made.setMinimumWidth(_WIDTHS[key])
        made.setMaximumWidth(_WIDEST)
        return made

    def _settle(self) -> None:
        """No group is crossed with itself, and the whole area not at all."""
        others = [group for group in _ROWS if group in CROSSABLE and group is not self.by]
        entries: list[tuple[str, object]] = [(tr("各列为指标"), _NOT_CROSSED)]
        self._cross.set_entries([*entries, *((f"× {GROUP_NAMES[one]}", one) for one in others)])
        self._cross.setVisible(self.by is not Group.NONE)
        tops: list[tuple[str, object]] = [(tr("全部列出"), 0)]
        tops += [
            (tr("前 {count} 位", count=count), count)
            for count in _TOPS
            if count <= _MOST.get(self.by, max(_TOPS))
        ]
        self._top.set_entries(tops)
        self._show_those_that_count()

    def _show_those_that_count(self) -> None:
        self._measure.setVisible(self.cross is not None)
        self._top.setVisible(self._has_first())

    def _has_first(self) -> bool:
        """Whether the rows are ranked, and so many that not all may be wanted."""
        return self.by in (*PARTIES, *_MOST) and self.cross is None

    def _on_by(self) -> None:
        self._settle()
        if self.by in _MOST:  # of areas all are looked at first
            self._top.set_value(0)
        self.by_changed.emit()

    def _on_cross(self) -> None:
        self._show_those_that_count()
        self.cross_changed.emit()
