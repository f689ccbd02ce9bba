"""What a clerk has chosen to see on the chart page, as it is remembered over restarts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ipfinance.domain.period import Period
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import ChartWanted
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.models.statistics_view import kept_period, member


@dataclass(frozen=True, slots=True)
class ChartsView:
    """Register, chart, city and period.

    ``chart`` is None for the figure by area, ``city`` for the whole province, ``period`` as
    long as nobody has chosen one: then the page shows the newest that has registrations.
    """

    register: KindChoice = KindChoice.PATENT
    chart: ChartWanted | None = None
    city: str | None = None
    period: Period | None = None

    def text(self) -> str:
        """As it is kept."""
        chart = self.chart
        other = chart.other if chart else None
        kept = {
            "register": self.register.value,
            "chart": chart.kind.value if chart else None,
            "indicator": chart.indicator if chart else None,
            "other": other.text if other else None,
            "city": self.city,
            "period": self.period.text if self.period else None,
        }
        return json.dumps(kept)


def charts_view(text: str) -> ChartsView:
    """A kept view; what this program does not know in it is left out."""
    try:
        kept = json.loads(text)
    except ValueError:
        return ChartsView()
    if not isinstance(kept, dict):
        return ChartsView()
    city = kept.get("city")
    return ChartsView(
        register=member(KindChoice, kept.get("register"), None) or KindChoice.PATENT,
        chart=_chart(kept),
        city=city if isinstance(city, str) else None,
        period=kept_period(kept.get("period")),
    )


def _chart(kept: Mapping[str, object]) -> ChartWanted | None:
    kind = member(ChartKind, kept.get("chart"), None)
    if kind is None:
        return None
    known = [one.key for one in kind.indicators()]
    key = kept.get("indicator")
    indicator = key if isinstance(key, str) and key in known else known[0]
    other = kept_period(kept.get("other")) if kind is ChartKind.COMPARED else None
    return ChartWanted(kind, indicator, other)
