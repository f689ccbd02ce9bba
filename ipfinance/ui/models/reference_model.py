"""Outside figures as a table, and the words for their keys."""

from PySide6.QtCore import QObject

from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr
from ipfinance.reports.grounds import printed_value, region_text, source_text
from ipfinance.statistics.outside_figures import words_of
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone

KIND_WORDS = {
    KindChoice.PATENT: tr("专利权"),
    KindChoice.TRADEMARK: tr("商标专用权"),
    KindChoice.ALL: tr("合计"),
}
_TONES = {
    KindChoice.PATENT: Tone.INFO,
    KindChoice.TRADEMARK: Tone.WARNING,
    KindChoice.ALL: Tone.NEUTRAL,
}


class ReferenceModel(RowsModel[ReferenceFigure]):
    """Sorted by region and period until a person sorts otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent, number=_id)


def _id(figure: ReferenceFigure) -> int | None:
    return figure.id


def _growth(figure: ReferenceFigure) -> str:
    return "—" if figure.growth_percent is None else f"{figure.growth_percent:,}%"


def _kind(figure: ReferenceFigure) -> KindChoice:
    return KindChoice(figure.kind)


_COLUMNS: list[Column[ReferenceFigure]] = [
    Column("region", tr("地区"), region_text, sort=lambda one: one.region, width=84),
    Column(
        "period",
        tr("期间"),
        lambda one: one.period.label,
        sort=lambda one: (one.end, one.start),
        width=128,
    ),
    Column(
        "kind",
        tr("类型"),
        lambda one: KIND_WORDS[_kind(one)],
        width=112,
        pill=lambda one: _TONES[_kind(one)],
    ),
    Column("indicator", tr("指标"), lambda one: words_of(one.indicator), width=160),
    Column(
        "value",
        tr("公布数"),
        printed_value,
        sort=lambda one: (one.unit in ("%", "位"), one.exact),
        width=144,
        number=True,
    ),
    Column(
        "growth",
        tr("同比"),
        _growth,
        sort=lambda one: one.growth_percent,
        width=80,
        number=True,
    ),
    Column("source", tr("来源"), source_text, width=150, stretch=1, soft=True, tip=source_text),
    Column(
        "note",
        tr("备注"),
        lambda one: one.note,
        width=150,
        stretch=2,
        soft=True,
        tip=lambda one: one.note,
    ),
]
