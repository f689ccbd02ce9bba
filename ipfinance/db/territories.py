"""Counties that changed: what became of them, and totals over pieces of several codes."""

from collections.abc import Sequence
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.totals import Totals
from ipfinance.domain.pledge import Kind
from ipfinance.domain.succession import Piece, Succession, Successions

_SUCCESSIONS = "SELECT code, successor, changed_on, extent FROM division_succession ORDER BY id"
_WINDOW = "counted = 1 AND kind IN (:kind, :kind_2) AND ({pieces})"
_PIECE = "county = :code_{at} AND registered_on BETWEEN :start_{at} AND :end_{at}"
_TOTALS = (
    """SELECT count(*) AS registrations,
        coalesce(sum(secured_amount_fen), 0) AS secured_amount_fen,
        coalesce(sum(rights_count), 0) AS rights,
        coalesce(sum(secured_amount_fen IS NULL), 0) AS amount_missing
    FROM pledge WHERE {window}""",
    """SELECT count(DISTINCT enterprise) AS enterprises,
        count(DISTINCT CASE WHEN secured_amount_fen <= :threshold_fen THEN enterprise END)
            AS inclusive_enterprises
    FROM pledge_pledgor WHERE {window} AND enterprise IS NOT NULL""",
    "SELECT count(DISTINCT pledgee) AS pledgees FROM pledge_pledgee WHERE {window}",
    # Of what is listed, each right once; of what is only declared, all of it.
    """SELECT (SELECT count(DISTINCT ip_right) - count(*) FROM pledge_right WHERE {window})
        + (SELECT coalesce(sum(rights_count), 0) FROM pledge WHERE {window}) AS rights_distinct""",
)
_ANY = """
    SELECT EXISTS (SELECT 1 FROM pledge WHERE {window})
        OR EXISTS (SELECT 1 FROM pledge_pledgor WHERE {window})
"""


def all_successions(store: Store) -> Successions:
    """What became of every county that changed."""
    return Successions(
        Succession(
            code=row["code"],
            successor=row["successor"],
            changed_on=date.fromisoformat(row["changed_on"]),
            is_whole=row["extent"] == "whole",
        )
        for row in store.connection.execute(_SUCCESSIONS)
    )


def pieces_totals(
    store: Store, pieces: Sequence[Piece], kinds: Sequence[Kind], threshold_fen: int
) -> Totals | None:
    """Totals over the pieces as if they were one county; None when that cannot be told.

    It cannot when a piece that is not sure to lie in the county has any registration.
    """
    unsure = [piece for piece in pieces if not piece.is_sure]
    if unsure:
        sql, arguments = _asked(_ANY, unsure, kinds)
        if store.connection.execute(sql, arguments).fetchone()[0]:
            return None
    sure = [piece for piece in pieces if piece.is_sure]
    counted: dict[str, int] = {}
    for statement in _TOTALS if sure else ():
        sql, arguments = _asked(statement, sure, kinds)
        row = store.connection.execute(sql, {**arguments, "threshold_fen": threshold_fen})
        counted |= dict(row.fetchone())
    return Totals(**counted)


def _asked(
    sql: str, pieces: Sequence[Piece], kinds: Sequence[Kind]
) -> tuple[str, dict[str, object]]:
    arguments: dict[str, object] = {"kind": kinds[0].value, "kind_2": kinds[-1].value}
    for at, piece in enumerate(pieces):
        arguments |= {
            f"code_{at}": piece.code,
            f"start_{at}": piece.period.start.isoformat(),
            f"end_{at}": piece.period.end.isoformat(),
        }
    told = " OR ".join(_PIECE.format(at=at) for at in range(len(pieces)))
    return sql.format(window=_WINDOW.format(pieces=told)), arguments
