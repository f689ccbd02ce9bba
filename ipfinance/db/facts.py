"""Business facts of a store: whose it is and the choices that figures depend on.

They stand in the store, not in the user's settings, so that everybody who opens it counts the
same way.
"""

from dataclasses import dataclass, fields, replace

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN


@dataclass(frozen=True, slots=True)
class Facts:
    """``office`` is the 填报单位; ``inclusive_threshold_fen`` the largest 普惠 registration in 分
    (1000万元, 2000万元 in reports of 2024); ``total_first`` puts 合计 above the cities."""

    office: str = ""
    inclusive_threshold_fen: int = 1000 * WAN
    total_first: bool = False


def read_facts(store: Store) -> Facts:
    """The facts of a store; what was never set has its default."""
    rows = store.connection.execute("SELECT name, value FROM setting")
    stored = {row["name"]: row["value"] for row in rows}
    facts = Facts()
    if "office" in stored:
        facts = replace(facts, office=stored["office"])
    if "inclusive_threshold_fen" in stored:
        facts = replace(facts, inclusive_threshold_fen=int(stored["inclusive_threshold_fen"]))
    if "total_first" in stored:
        facts = replace(facts, total_first=stored["total_first"] == "1")
    return facts


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
