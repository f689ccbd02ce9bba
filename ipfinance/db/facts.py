"""Business facts of a store: whose it is and the choices that figures depend on.

They stand in the store, not in the user's settings, so that everybody who opens it counts the
same way.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.domain.money import IN_WAN, WAN, Scale, Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """``office`` is the 填报单位; ``inclusive_threshold_fen`` the largest 普惠 registration in 分
    (1000万元, 2000万元 in reports of 2024); ``total_first`` puts 合计 above the cities.

    ``area`` is the code of the city or county that the bureau is of, blank for the whole
    province. ``amount_unit`` and ``amount_decimals`` are what tables of figures are shown in, and
    ``rights_distinct`` whether they show rights counted once each (件数) and not as often as they
    were pledged (件次): no figure depends on these three.
    """

    office: str = ""
    area: str = ""
    inclusive_threshold_fen: int = 1000 * WAN
    total_first: bool = False
    amount_unit: Unit = Unit.WAN
    amount_decimals: int = IN_WAN.decimals
    rights_distinct: bool = False

    @property
    def scale(self) -> Scale:
        """What tables of figures show amounts in."""
        return Scale(self.amount_unit, self.amount_decimals)


_READ: dict[str, Callable[[str], Any]] = {
    "office": str,
    "area": str,
    "inclusive_threshold_fen": int,
    "total_first": "1".__eq__,
    "amount_unit": Unit,
    "amount_decimals": int,
    "rights_distinct": "1".__eq__,
}


def read_facts(store: Store) -> Facts:
    """The facts of a store; what was never set has its default."""
    rows = store.connection.execute("SELECT name, value FROM setting")
    stored = {row["name"]: row["value"] for row in rows}
    return Facts(**{name: read(stored[name]) for name, read in _READ.items() if name in stored})


def write_facts(store: Store, facts: Facts) -> None:
    """Keep the facts, as one act; what did not change is not written."""
    before = read_facts(store)
    changed = [
        field.name
        for field in fields(Facts)
        if getattr(facts, field.name) != getattr(before, field.name)
    ]
    if not changed:
        return
    with store.act(ActWords.FACTS):
        for name in changed:
            value = getattr(facts, name)
            store.connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, str(int(value)) if isinstance(value, bool) else str(value)),
            )
