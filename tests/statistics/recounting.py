"""Registrations as plain facts, drawn at random and counted one by one.

The recount shares no code with what it checks.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import (
    Channel,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from tests import make

THRESHOLD = 1000 * WAN
YEAR = Period.year(2021)  # 杭州's districts changed on 9 April
MARCH_TO_MAY = Period.of(date(2021, 3, 15), date(2021, 5, 20))
NEVER = (EventKind.REFUSAL, EventKind.WITHDRAWAL, EventKind.REVOCATION)
OLD = [(make.HANGZHOU, code) for code in ("330102", "330103", "330104", "330105", "330110")]
NEW = [(make.HANGZHOU, code) for code in ("330102", "330105", "330110", "330113", "330114")]
ALWAYS = [(make.HANGZHOU, make.XIHU), (make.HUZHOU, make.DEQING), (make.NINGBO, None)]
LENDERS = (
    make.pledgee("东银行股份有限公司杭州分行"),
    make.pledgee("东银行股份有限公司德清支行"),
    make.pledgee("北担保有限公司", kind=PledgeeKind.GUARANTEE),
    make.pledgee("无类银行", kind=None),
)

Wanted = dict[Group, set[str]]
"""Of each group the keys of which one must be met."""
Facts = tuple[Pledge, Pledgor | None, Pledgee | None, Right | None]


@some.composite
def pledges_drawn(draw: some.DrawFn) -> Pledge:
    day = draw(some.dates(date(2019, 6, 1), date(2022, 6, 30)))
    places = [*ALWAYS, *(OLD if day < date(2021, 4, 9) else NEW)]
    kind = draw(some.sampled_from((Kind.PATENT, Kind.TRADEMARK)))
    names = draw(some.lists(some.sampled_from("甲乙丙人"), min_size=1, max_size=3, unique=True))
    parties = []
    for name in names:
        city, county = draw(some.sampled_from(places))
        if name == "人":
            parties.append(make.person("某人（自然人）", city=city, county=county))
            continue
        parties.append(
            make.pledgor(
                f"{name}公司",
                city=city,
                county=county,
                size=draw(some.sampled_from((None, Size.SMALL, Size.LARGE))),
                industry=draw(some.sampled_from((None, Industry.MANUFACTURING))),
            )
        )
    numbers = draw(some.lists(some.integers(0, 4), max_size=3, unique=True))
    sorts = (RightKind.INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN)
    rights = tuple(
        make.mark(str(900 + number))
        if kind is Kind.TRADEMARK
        else make.right(make.patent_number(number, kind=1 + number % 3), kind=sorts[number % 3])
        for number in numbers
    )
    ending = draw(some.sampled_from((None, None, EventKind.CANCELLATION, EventKind.REVOCATION)))
    ended = day + timedelta(days=draw(some.integers(1, 300)))
    lenders = draw(some.lists(some.sampled_from(LENDERS), max_size=2, unique=True))
    amount = some.sampled_from((None, 300 * WAN, THRESHOLD, THRESHOLD + 1, 7 * WAN + 3))
    return make.pledge(
        kind=kind,
        registered_on=day,
        pledgors=tuple(parties),
        pledgees=tuple(lenders),
        rights=rights,
        rights_declared=None if rights else draw(some.sampled_from((None, 2))),
        secured_amount_fen=draw(amount),
        loan_amount_fen=draw(amount),
        appraised_value_fen=draw(amount),
        term_start=None,
        term_end=day + timedelta(days=draw(some.integers(1, 500))),
        channel=draw(some.sampled_from((None, *Channel))),
        events=(make.event(ending, happened_on=ended),) if ending else (),
    )


def head_of(name: str) -> str:
    return name.partition("股份有限公司")[0]


def _half(day: date) -> str:
    return f"{day.year}H{1 if day.month < 7 else 2}"


def _keys(group: Group, facts: Facts, at_party: bool, day: date) -> set[str]:
    """The keys that facts have in a group; those not pinned down come from the registration."""
    pledge, party, lender, right = facts
    parties = [party] if party else [*pledge.pledgors]
    lenders = [lender] if lender else [*pledge.pledgees]
    rights = [right] if right else [*pledge.rights]
    place = party if at_party and party else pledge
    told: dict[Group, Callable[[], set[str]]] = {
        Group.CITY: lambda: {place.city},
        Group.COUNTY: lambda: {place.county or ""},
        Group.YEAR: lambda: {str(day.year)},
        Group.HALF: lambda: {_half(day)},
        Group.QUARTER: lambda: {f"{day.year}Q{(day.month - 1) // 3 + 1}"},
        Group.MONTH: lambda: {day.isoformat()[:7]},
        Group.ENTERPRISE: lambda: {one.name for one in parties if not one.is_person},
        Group.SIZE: lambda: {one.size.value if one.size else "" for one in parties},
        Group.INDUSTRY: lambda: {one.industry.value if one.industry else "" for one in parties},
        Group.PLEDGEE: lambda: {one.name for one in lenders},
        Group.HEAD_BANK: lambda: {head_of(one.name) for one in lenders},
        Group.PLEDGEE_KIND: lambda: {one.kind.value if one.kind else "" for one in lenders},
        Group.RIGHT_KIND: lambda: {one.kind.value for one in rights},
    }
    return told[group]()


_PARTY = (Group.ENTERPRISE, Group.SIZE, Group.INDUSTRY)
_LENDER = (Group.PLEDGEE, Group.HEAD_BANK, Group.PLEDGEE_KIND)


def _has(facts: Facts, wanted: Wanted, at_party: bool, day: date) -> bool:
    """Whether one choice of party, lender and right of the registration meets every group."""
    pledge, party, lender, right = facts
    needs_party = party is None and any(group in _PARTY for group in wanted)
    needs_lender = lender is None and any(group in _LENDER for group in wanted)
    needs_right = right is None and Group.RIGHT_KIND in wanted
    return any(
        all(keys & _keys(group, (pledge, *one), at_party, day) for group, keys in wanted.items())
        for one in product(
            pledge.pledgors if needs_party else [party],
            pledge.pledgees if needs_lender else [lender],
            pledge.rights if needs_right else [right],
        )
    )


def recounted(
    key: str, pledges: list[Pledge], period: Period, wanted: Wanted
) -> int | Fraction | None:
    """An indicator of the registrations that meet the keys, counted one by one."""
    counted = [one for one in pledges if not any(e.kind in NEVER for e in one.events)]
    flow = [one for one in counted if period.start <= one.registered_on <= period.end]

    def met(whose: str = "") -> Iterator[Facts]:
        for one in flow:
            every: dict[str, list[Facts]] = {
                "": [(one, None, None, None)],
                "party": [(one, p, None, None) for p in one.pledgors if not p.is_person],
                "lender": [(one, None, p, None) for p in one.pledgees],
                "right": [(one, None, None, r) for r in one.rights],
            }
            for facts in every[whose]:
                if _has(facts, wanted, whose == "party", one.registered_on):
                    yield facts

    pledged = [facts[0] for facts in met()]
    earlier = {
        party.name for one in counted if one.registered_on < period.start for party in one.pledgors
    }
    if key == "registrations":
        return len(pledged)
    if key in ("secured_amount", "loan_amount"):
        return sum(getattr(one, f"{key}_fen") or 0 for one in pledged)
    if key == "online_registrations":
        return sum(one.channel is Channel.ONLINE for one in pledged)
    if key == "enterprises":
        return len({party.name for _, party, _, _ in met("party") if party})
    if key == "first_time_enterprises":
        return len({party.name for _, party, _, _ in met("party") if party} - earlier)
    if key == "inclusive_enterprises":
        return len(
            {
                party.name
                for one, party, _, _ in met("party")
                if party and one.secured_amount_fen and one.secured_amount_fen <= THRESHOLD
            }
        )
    if key == "pledgees":
        return len({lender.name for _, _, lender, _ in met("lender") if lender})
    if key == "head_banks":
        return len(
            {
                head_of(one.name)
                for _, _, one, _ in met("lender")
                if one and one.kind is PledgeeKind.BANK
            }
        )
    if key == "inventions":
        return sum(one is not None and one.kind is RightKind.INVENTION for *_, one in met("right"))
    listed = [(one.number, one.kind) for *_, one in met("right") if one]
    by_right = Group.RIGHT_KIND in wanted
    declared = 0 if by_right else sum(p.rights_declared or 0 for p in pledged if not p.rights)
    if key == "rights":
        return len(listed) + declared
    if key == "rights_distinct":
        return len(set(listed)) + declared
    if key == "amount_per_enterprise":
        amount = recounted("secured_amount", pledges, period, wanted)
        number = recounted("enterprises", pledges, period, wanted)
        assert isinstance(amount, int)
        assert isinstance(number, int)
        return Fraction(amount, number) if number else None
    raise AssertionError(key)


KEYS = (
    *("registrations", "secured_amount", "loan_amount", "online_registrations", "enterprises"),
    *("first_time_enterprises", "inclusive_enterprises", "pledgees", "head_banks", "inventions"),
    *("rights", "rights_distinct", "amount_per_enterprise"),
)


def renamed(store: Store) -> Callable[[Group, str | None], str | None]:
    """From the store's numbers to what the plain records know: names."""
    names = {
        Group.ENTERPRISE: "SELECT CAST(id AS TEXT), name FROM enterprise",
        Group.PLEDGEE: "SELECT CAST(id AS TEXT), name FROM pledgee",
        Group.HEAD_BANK: "SELECT head_key, head_name FROM pledgee",
    }
    known = {
        group: {row[0]: row[1] for row in store.connection.execute(sql)}
        for group, sql in names.items()
    }

    def told(group: Group, key: str | None) -> str | None:
        if key is None or group not in known:
            return key
        name = str(known[group][key])
        return head_of(name) if group is Group.HEAD_BANK else name

    return told
