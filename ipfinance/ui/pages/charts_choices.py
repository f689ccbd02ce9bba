"""Which chart of which indicator and area is shown, and which period it compares with."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipfinance.domain.division import Division
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import ChartWanted
from ipfinance.ui.models.charts_view import ChartsView
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.period_picker import PeriodPicker

_AREA_FIGURE = tr("分地区组合图")


class ChartChoices(QWidget):
    """The choice of area, chart and what belongs to it; `wanted` is None for the area figure.

    `comparison` is the period compared with: a row of its own, in sight where it is needed.
    """

    changed = Signal()

    def __init__(
        self, province: str, cities: Sequence[Division], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        areas = [(province, ""), *((city.name, city.code) for city in cities)]
        self._area = ComboBox(areas, name=tr("地区"))
        self._area.setObjectName("chart_area")
        self._area.activated.connect(self._on_kind)
        entries = [(_AREA_FIGURE, ""), *((kind.label, kind.value) for kind in ChartKind)]
        self._kind = ComboBox(entries, name=tr("图形"))
        self._kind.setObjectName("chart_kind")
        self._kind.activated.connect(self._on_kind)
        self._indicator = ComboBox((), name=tr("指标"))
        self._indicator.setObjectName("chart_indicator")
        self._indicator.activated.connect(self._on_other)
        against = label(tr("对比的期间"), "label")
        self._other = PeriodPicker(Period.year(today.year - 1))
        self._other.setObjectName("chart_other")
        self._other.period_changed.connect(self._on_other_period)
        self._other_chosen = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._area, self._kind, self._indicator):
            row.addWidget(part)
        self.comparison = QWidget()
        beneath = QHBoxLayout(self.comparison)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(8)
        beneath.addWidget(against)
        beneath.addWidget(self._other)
        beneath.addStretch(1)
        self._show()

    @property
    def kind(self) -> ChartKind | None:
        """The chart chosen; None for the area figure."""
        value = str(self._kind.value())
        return ChartKind(value) if value else None

    @property
    def city(self) -> str | None:
        """The code of the city chosen; None for the whole province."""
        return str(self._area.value()) or None

    @property
    def is_ahead(self) -> bool:
        """Whether the chart looks ahead from today, whatever the period."""
        return self.kind is ChartKind.DUE

    def wanted(self) -> ChartWanted | None:
        """What is to be counted."""
        kind = self.kind
        if kind is None:
            return None
        is_compared = kind is ChartKind.COMPARED and self._other_chosen
        other = self._other.period() if is_compared else None
        return ChartWanted(kind, str(self._indicator.value()), other, self.city)

    def show_view(self, view: ChartsView) -> None:
        """Show this choice; tells nobody. A city that is not there is the whole province."""
        self._area.set_value(view.city or "")
        chart = view.chart
        self._kind.set_value(chart.kind.value if chart else "")
        self._show()
        if chart is not None:
            self._indicator.set_value(chart.indicator)
            if chart.other is not None:
                self._other.set_period(chart.other)
                self._other_chosen = True

    def show_other(self, period: Period) -> None:
        """Say which period the chart compares with, as long as nobody has chosen one."""
        if not self._other_chosen:
            self._other.set_period(period)

    def _show(self) -> None:
        kind = self.kind
        self._indicator.setVisible(kind is not None)
        if kind is not None:
            shown = kind.indicators(of_city=self.city is not None)
            self._indicator.set_entries((one.name, one.key) for one in shown)
        self.comparison.setVisible(kind is ChartKind.COMPARED)

    def _on_kind(self) -> None:
        self._show()
        self.changed.emit()

    def _on_other(self) -> None:
        self.changed.emit()

    def _on_other_period(self) -> None:
        self._other_chosen = True
        self.changed.emit()
