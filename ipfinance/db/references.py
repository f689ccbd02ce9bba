"""Outside figures in the store: read, added, corrected, taken out."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store, new_uid
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure

_ALL = """
    SELECT id, region, region_name, period_start, period_end, kind, indicator, value, unit,
        qualifier, growth_percent, source, page, note
    FROM reference_figure ORDER BY region, period_end, period_start, kind, indicator, id
"""
_INSERT = """
    INSERT INTO reference_figure (uid, region, region_name, period_start, period_end, kind,
        indicator, value, unit, qualifier, growth_percent, source, page, note)
    VALUES (:uid, :region, :region_name, :period_start, :period_end, :kind,
        :indicator, :value, :unit, :qualifier, :growth_percent, :source, :page, :note)
"""
_UPDATE = """
    UPDATE reference_figure SET region = :region, region_name = :region_name,
        period_start = :period_start, period_end = :period_end, kind = :kind,
        indicator = :indicator, value = :value, unit = :unit, qualifier = :qualifier,
        growth_percent = :growth_percent, source = :source, page = :page, note = :note
    WHERE id = :id
"""


def all_figures(store: Store) -> list[ReferenceFigure]:
    """Every outside figure, by region and period."""
    return [
        ReferenceFigure(
            region=row["region"],
            region_name=row["region_name"],
            start=date.fromisoformat(row["period_start"]),
            end=date.fromisoformat(row["period_end"]),
            kind=row["kind"],
            indicator=row["indicator"],
            value=Decimal(row["value"]),
            unit=row["unit"],
            source=row["source"],
            qualifier=row["qualifier"],
            growth_percent=Decimal(row["growth_percent"]) if row["growth_percent"] else None,
            page=row["page"],
            note=row["note"],
            id=row["id"],
        )
        for row in store.connection.execute(_ALL)
    ]


def find(
    store: Store, region: str, period: Period, kind: str, indicator: str
) -> ReferenceFigure | None:
    """The newest outside figure of exactly this region, period, kind and indicator."""
    found = [
        figure
        for figure in all_figures(store)
        if (figure.region, figure.kind, figure.indicator) == (region, kind, indicator)
        and (figure.start, figure.end) == (period.start, period.end)
    ]
    return found[-1] if found else None


def add(store: Store, figures: Iterable[ReferenceFigure]) -> int:
    """Add outside figures as one act; those that are there already are left out; how many."""
    known = {_identity(figure) for figure in all_figures(store)}
    new = [figure for figure in figures if _identity(figure) not in known]
    if new:
        with store.act(ActWords.OUTSIDE_ADDED.format(count=len(new))):
            store.connection.executemany(
                _INSERT, [{**_columns(figure), "uid": new_uid()} for figure in new]
            )
    return len(new)


def correct(store: Store, figure: ReferenceFigure) -> None:
    """Write a corrected outside figure, known by its ``id``."""
    with store.act(ActWords.OUTSIDE_CORRECTED.format(named=_named(figure))):
        store.connection.execute(_UPDATE, {**_columns(figure), "id": figure.id})


def remove(store: Store, figure: ReferenceFigure) -> None:
    """Take out an outside figure; undo brings it back."""
    with store.act(ActWords.OUTSIDE_GONE.format(named=_named(figure))):
        store.connection.execute("DELETE FROM reference_figure WHERE id = ?", (figure.id,))


def _named(figure: ReferenceFigure) -> str:
    return f"{figure.region_name} {figure.period.label_zh}"


def _identity(figure: ReferenceFigure) -> tuple[object, ...]:
    return (
        *(figure.region, figure.start, figure.end, figure.kind, figure.indicator),
        *(figure.value, figure.unit, figure.source),
    )


def _columns(figure: ReferenceFigure) -> dict[str, object]:
    growth = figure.growth_percent
    return {
        "region": figure.region,
        "region_name": figure.region_name,
        "period_start": figure.start.isoformat(),
        "period_end": figure.end.isoformat(),
        "kind": figure.kind,
        "indicator": figure.indicator,
        "value": str(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "growth_percent": None if growth is None else str(growth),
        "source": figure.source,
        "page": figure.page,
        "note": figure.note,
    }
