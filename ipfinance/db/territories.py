"""Counties that changed: what became of them, and totals over pieces of several codes."""

from collections.abc import Sequence
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.totals import Totals, Window
from ipfinance.domain.succession import Piece, Succession, Successions

_SUCCESSIONS = "SELECT code, successor, changed_on, extent FROM division_succession ORDER BY id"


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


def pieces_totals(window: Window, pieces: Sequence[Piece], threshold_fen: int) -> Totals | None:
    """Totals over the pieces as if they were one county; None when that cannot be told.

    It cannot when a piece that is not sure to lie in the county has any registration.
    """
    if window.has_any([piece for piece in pieces if not piece.is_sure]):
        return None
    return window.totals_of([piece for piece in pieces if piece.is_sure], threshold_fen)
