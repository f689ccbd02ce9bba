"""From a mark of a chart to the registrations that it counts."""

from ipfinance.language import tr
from ipfinance.reports.figure_chart import chart_value_text
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import Charted
from ipfinance.statistics.presenting import measure_name
from ipfinance.ui.models.figures_model import Asked


def asked_of(charted: Charted, index: int, key: str) -> Asked:
    """What stands behind the mark of a series ``key`` at a category, with the words to say so."""
    if charted.kind is ChartKind.COUNTIES:  # its rows stand one after another
        both = [(line, point) for line in charted.lines for point in line.points]
        line, point = both[index]
    else:
        line = charted.lines[int(key)]
        point = line.points[index]
    name = measure_name(charted.indicator, charted.register)
    words = tr(
        "{area} {period} {register} {indicator} {value}",
        area=charted.place_of(line, point),
        period=point.period.label,
        register=charted.register.label,
        indicator=name,
        value=chart_value_text(charted.indicator, point),
    )
    return Asked(charted.indicator.key, point.area, point.period, words)
