"""What a list of registrations adds up to by the counting rules, for any filter of the ledger.

Where a filter is nothing but days, kinds and a city the figures equal those of `totals`; the
statistics are counted there. Here is what the ledger shows above and below its table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Listing, select
from ipfinance.domain.pledge import Kind

_COUNTED_KINDS = (Kind.PATENT, Kind.TRADEMARK)


@dataclass(frozen=True, slots=True)
class Figures:
    """What counts among some registrations: revoked ones and other registers left out.

    ``enterprises`` is distinct, by the place of each enterprise where a place was asked for;
    ``patents`` and ``trademarks`` are 件次.
    """

    registrations: int = 0
    secured_amount_fen: int = 0
    amount_missing: int = 0
    enterprises: int = 0
    patents: int = 0
    trademarks: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """How many registrations, their amount in 分, and how many have none."""

    registrations: int = 0
    secured_amount_fen: int = 0
    amount_missing: int = 0


_MEASURES = """
    SELECT kind, count(*) AS registrations, coalesce(sum(secured_amount_fen), 0) AS amount,
        sum(secured_amount_fen IS NULL) AS missing, sum(rights_count) AS rights
    FROM pledge {index} WHERE counted = 1 AND kind IN (:kind, :kind_2) AND {where} GROUP BY kind
"""
_ENTERPRISES = """
    SELECT count(DISTINCT enterprise) FROM pledge_pledgor {index}
    WHERE counted = 1 AND kind IN (:kind, :kind_2) AND {where}
        AND (:city IS NULL OR city = :city) AND (:county IS NULL OR coalesce(county, '') = :county)
"""
_DAYS = "registered_on BETWEEN :start AND :end"
_LISTED = "IN (SELECT value FROM json_each(:ids))"
_SUM = f"""
    SELECT count(*) AS registrations, coalesce(sum(secured_amount_fen), 0) AS amount,
        sum(secured_amount_fen IS NULL) AS missing
    FROM pledge WHERE id {_LISTED}
"""


def sum_of(store: Store, ids: Iterable[int]) -> Sum:
    """What these registrations add up to, whether they count or not."""
    row = store.connection.execute(_SUM, {"ids": _as_json(ids)}).fetchone()
    return Sum(row["registrations"], row["amount"], row["missing"] or 0)


def figures_of(
    store: Store, wanted: Filter, today: date, listing: Listing | None = None
) -> Figures:
    """The figures of what a filter selects; ``listing`` is what it selected, if it is known."""
    kinds = [kind for kind in wanted.kinds or _COUNTED_KINDS if kind in _COUNTED_KINDS]
    if not kinds:
        return Figures()
    arguments: dict[str, object] = {
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
        "city": wanted.enterprise_city,
        "county": wanted.enterprise_county,
    }
    if _is_window(wanted):
        arguments["start"] = (wanted.start or date.min).isoformat()
        arguments["end"] = (wanted.end or date.max).isoformat()
        of_pledges = f"{_DAYS} AND (:city IS NULL OR city = :city)"
        return _measured(
            store,
            arguments,
            _MEASURES.format(index="INDEXED BY pledge_figures", where=of_pledges),
            _ENTERPRISES.format(index="INDEXED BY pledge_pledgor_figures", where=_DAYS),
        )
    if listing is None:
        listing = select(store, wanted, today)
    arguments["ids"] = _as_json(listing.ids)
    return _measured(
        store,
        arguments,
        _MEASURES.format(index="", where=f"id {_LISTED}"),
        _ENTERPRISES.format(index="", where=f"pledge {_LISTED}"),
    )


def _measured(
    store: Store, arguments: dict[str, object], measures: str, enterprises: str
) -> Figures:
    rows = {row["kind"]: row for row in store.connection.execute(measures, arguments)}

    def of(kind: Kind, column: str) -> int:
        return int(rows[kind.value][column]) if kind.value in rows else 0

    def together(column: str) -> int:
        return sum(of(kind, column) for kind in _COUNTED_KINDS)

    return Figures(
        registrations=together("registrations"),
        secured_amount_fen=together("amount"),
        amount_missing=together("missing"),
        enterprises=store.connection.execute(enterprises, arguments).fetchone()[0],
        patents=of(Kind.PATENT, "rights"),
        trademarks=of(Kind.TRADEMARK, "rights"),
    )


def _is_window(wanted: Filter) -> bool:
    """Whether a filter is nothing but days, kinds and a city: then indexes answer it."""
    bare = replace(wanted, kinds=(), start=None, end=None, city=None, counted_only=False)
    return bare == Filter()


def _as_json(ids: Iterable[int]) -> str:
    return f"[{','.join(map(str, ids))}]"
