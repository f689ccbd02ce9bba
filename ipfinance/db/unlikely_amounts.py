"""Amounts that lie so far from all others of the enterprise or the lender that a unit is wrong."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import (
    FACTOR,
    FEWEST_OF_ENTERPRISE,
    FEWEST_OF_PLEDGEE,
    Finding,
    FindingKind,
)
from ipfinance.db.party_names import Party
from ipfinance.domain.money import wan
from ipfinance.language import tr

# Whoever's amounts lie within the factor of each other cannot have one out of range.
_OF_ALL = """
    SELECT {party}, group_concat({amount}) FROM {links} AS link INDEXED BY {links}_figures {joined}
    WHERE link.counted = 1 AND {amount} IS NOT NULL AND {party} IS NOT NULL GROUP BY {party}
    HAVING count(*) > :fewest AND max({amount}) >= :factor * min({amount})
"""
_AMOUNTS = {
    Party.ENTERPRISE: ("link.secured_amount_fen", ""),
    Party.PLEDGEE: ("pledge.secured_amount_fen", "JOIN pledge ON pledge.id = link.pledge"),
}
_FEWEST = {Party.ENTERPRISE: FEWEST_OF_ENTERPRISE, Party.PLEDGEE: FEWEST_OF_PLEDGEE}
_THOSE = """
    SELECT DISTINCT pledge FROM {links} AS link JOIN pledge ON pledge.id = link.pledge
    WHERE {party} = ? AND link.counted = 1 AND pledge.secured_amount_fen = ?
"""


def unlikely_amounts(store: Store) -> Iterator[Finding]:
    """The registrations whose amount is out of range; the enterprise's range is told first."""
    found: dict[int, str] = {}
    for party in Party:
        amount, joined = _AMOUNTS[party]
        sql = _OF_ALL.format(party=party, links=party.links, amount=amount, joined=joined)
        arguments = {"fewest": _FEWEST[party], "factor": FACTOR}
        those = _THOSE.format(party=party, links=party.links)
        for number, listed in store.connection.execute(sql, arguments).fetchall():
            ordered = sorted(map(int, listed.split(",")))
            for fen, words in _out_of_range(ordered, party):
                for (pledge,) in store.connection.execute(those, (number, fen)):
                    found.setdefault(pledge, words)
    for pledge in sorted(found):
        yield Finding(FindingKind.AMOUNT_OUT_OF_RANGE, str(pledge), (pledge,), found[pledge])


def _out_of_range(ordered: Sequence[int], party: Party) -> Iterator[tuple[int, str]]:
    """The amounts of a sorted list that are out of the range of all others."""
    # Leaving one out moves the median by one place at most.
    middle = len(ordered) // 2
    low, high = ordered[max(0, middle - 1)], ordered[min(len(ordered) - 1, middle + 1)]
    small = bisect_right(ordered, high // FACTOR + 1)
    large = bisect_left(ordered, FACTOR * low)
    for fen in sorted({*ordered[:small], *ordered[large:]}):
        twice = _twice_the_median_of_others(ordered, fen)
        if 2 * fen >= FACTOR * twice or 2 * fen * FACTOR <= twice:
            yield fen, _said(fen, twice, len(ordered) - 1, party)


def _twice_the_median_of_others(ordered: Sequence[int], left_out: int) -> int:
    others = list(ordered)
    others.remove(left_out)
    middle = len(others) // 2
    return others[middle] * 2 if len(others) % 2 else others[middle - 1] + others[middle]


def _said(fen: int, twice: int, others: int, party: Party) -> str:
    median = wan(twice // 2)
    if 2 * fen > twice:
        return tr(
            "是该{party}其他 {others:,} 笔金额中位数 {median} 万元的 {times:,} 倍",
            party=party.label,
            others=others,
            median=median,
            times=2 * fen // twice,
        )
    return tr(
        "不到该{party}其他 {others:,} 笔金额中位数 {median} 万元的千分之一",
        party=party.label,
        others=others,
        median=median,
    )
