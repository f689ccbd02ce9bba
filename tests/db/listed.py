"""What the ledger lists, as numbers of registrations."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.domain.pledge import Pledge

TODAY = date(2021, 6, 1)


def ids(store: Store, wanted: Filter, **how: object) -> list[int]:
    return list(select(store, wanted, TODAY, **how).ids)  # type: ignore[arg-type]


def numbers(pledges: list[Pledge]) -> list[int]:
    return [pledge.id for pledge in pledges if pledge.id is not None]
