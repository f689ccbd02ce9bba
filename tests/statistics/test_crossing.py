"""Crossed tables, traces and city totals agree with plain counting over the records.

The recount knows registrations as plain facts and shares no code with what it checks.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
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
from ipfinance.errors import UserError
from ipfinance.progress import Progress
from ipfinance.statistics.contributions import contributions, figure_of
from ipfinance.statistics.crossing import CROSSABLE, Crossed, crossed
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.statistics.traces import behind
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

Facts = tuple[Pledge, Pledgor | None, Pledgee | None, Right | None]


@some.composite
def _pledge(draw: some.DrawFn) -> Pledge:
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


def _head(name: str) -> str:
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
        Group.HEAD_BANK: lambda: {_head(one.name) for one in lenders},
        Group.PLEDGEE_KIND: lambda: {one.kind.value if one.kind else "" for one in lenders},
        Group.RIGHT_KIND: lambda: {one.kind.value for one in rights},
    }
    return told[group]()


_PARTY = (Group.ENTERPRISE, Group.SIZE, Group.INDUSTRY)
_LENDER = (Group.PLEDGEE, Group.HEAD_BANK, Group.PLEDGEE_KIND)


def _has(facts: Facts, wanted: dict[Group, str], at_party: bool, day: date) -> bool:
    """Whether one choice of party, lender and right of the registration meets every key."""
    pledge, party, lender, right = facts
    needs_party = party is None and any(group in _PARTY for group in wanted)
    needs_lender = lender is None and any(group in _LENDER for group in wanted)
    needs_right = right is None and Group.RIGHT_KIND in wanted
    return any(
        all(key in _keys(group, (pledge, *one), at_party, day) for group, key in wanted.items())
        for one in product(
            pledge.pledgors if needs_party else [party],
            pledge.pledgees if needs_lender else [lender],
            pledge.rights if needs_right else [right],
        )
    )


def _recounted(
    key: str, pledges: list[Pledge], period: Period, wanted: dict[Group, str]
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
                _head(one.name)
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
        amount = _recounted("secured_amount", pledges, period, wanted)
        number = _recounted("enterprises", pledges, period, wanted)
        assert isinstance(amount, int)
        assert isinstance(number, int)
        return Fraction(amount, number) if number else None
    raise AssertionError(key)


KEYS = (
    *("registrations", "secured_amount", "loan_amount", "online_registrations", "enterprises"),
    *("first_time_enterprises", "inclusive_enterprises", "pledgees", "head_banks", "inventions"),
    *("rights", "rights_distinct", "amount_per_enterprise"),
)


def _renamed(made: Crossed, store: Store) -> Callable[[Group, str | None], str | None]:
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
        return _head(name) if group is Group.HEAD_BANK else name

    return told


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    pledges=some.lists(_pledge(), max_size=8),
    groups=some.lists(some.sampled_from(CROSSABLE), min_size=2, max_size=2, unique=True),
    period=some.sampled_from((YEAR, MARCH_TO_MAY)),
    random=some.randoms(use_true_random=False),
    keys=some.lists(some.sampled_from(KEYS), min_size=3, max_size=3, unique=True),
)
def test_that_cells_totals_and_traces_are_what_plain_counting_gives(
    empty_store: Path,
    pledges: list[Pledge],
    groups: list[Group],
    period: Period,
    keys: list[str],
    random: Random,
) -> None:
    rows, columns = groups
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        for key in keys:
            made = crossed(store, key, KindChoice.ALL, period, rows, columns, make.TODAY)
            told = _renamed(made, store)
            for row, column in product(
                [None, *(one.key for one in made.rows)], [None, *(one.key for one in made.columns)]
            ):
                wanted = {
                    group: name
                    for group, place in ((rows, row), (columns, column))
                    if (name := told(group, place)) is not None
                }
                expected = _recounted(key, pledges, period, wanted)
                if (row, column) in made.unknown:
                    assert made.at(row, column) is None
                    assert not _recounted("secured_amount", pledges, period, wanted)
                    continue
                assert made.at(row, column) == expected, (key, rows, row, columns, column)
                if key != "amount_per_enterprise" and (expected or random.randrange(9) == 0):
                    keys_of = {
                        group: place
                        for group, place in ((rows, row), (columns, column))
                        if place is not None
                    }
                    opened = _traced(store, period, key, keys_of, expected)
                    before = [one for one in pledges if one.registered_on < period.start]
                    assert _recounted(key, [*opened, *before], period, wanted) == expected


def _traced(
    store: Store, period: Period, key: str, keys: dict[Group, str], expected: object
) -> list[Pledge]:
    """The records that `trace` opens; where the figure is a sum, they add up to it."""
    wanted = behind(store, period, KindChoice.ALL, key, None, keys)
    listing = select(store, wanted, make.TODAY)
    right_kind = next(iter(wanted.right_kinds), None)
    assert figure_of(store, period, KindChoice.ALL, key, None, keys) == expected
    adds = contributions(store, period, KindChoice.ALL, key, right_kind)
    if adds is not None:
        assert sum(adds.get(number, 0) for number in listing.ids) == expected
    opened = find(store, listing.ids)
    assert bool(expected) <= bool(opened)
    return list(opened)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pledges=some.lists(_pledge(), min_size=1, max_size=9))
def test_that_a_county_that_changed_is_recast_only_when_every_record_tells_where_it_lies(
    empty_store: Path, pledges: list[Pledge]
) -> None:
    successor = {"330103": "330105", "330105": "330105", "330102": "330102"}
    split = {"330104": {"330102", "330114"}, "330110": {"330110", "330113"}}
    change = date(2021, 4, 9)
    counted = [one for one in pledges if not any(e.kind in NEVER for e in one.events)]
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        made = table(store, YEAR, KindChoice.ALL, Group.COUNTY, make.TODAY)
        for row in made.rows:
            if row.code not in {code for _, code in NEW}:
                continue
            told = []
            for year in (2021, 2020):
                these = [one for one in counted if one.registered_on.year == year]
                old = [one for one in these if one.registered_on < change]
                # An enterprise counts where it is, whoever is first; a person only as the first.
                unsure = any(
                    row.code in split.get(party.county or "", ())
                    for one in old
                    for place, party in enumerate(one.pledgors)
                    if place == 0 or not party.is_person
                )
                here = [one for one in old if successor.get(one.county or "") == row.code] + [
                    one for one in these if one.registered_on >= change and one.county == row.code
                ]
                told.append(None if unsure else len(here))
            if None in told:
                assert row.recast is None, row.name
            else:
                assert row.recast is not None, row.name
                got = (row.recast.values, row.recast.previous)
                assert [one["registrations"] for one in got] == told
        by_city = table(store, YEAR, KindChoice.ALL, Group.CITY, make.TODAY)
        for city in by_city.rows:
            here = [
                one for one in counted if one.city == city.code and one.registered_on.year == 2021
            ]
            assert city.values["registrations"] == len(here)


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with demonstration data; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("filled")) as store:
        fill(store, make.TODAY, Progress(), size=900, seed=3)
        yield store


@pytest.mark.parametrize("indicator", CATALOGUE)
def test_that_the_totals_of_a_crossed_table_are_those_of_the_indicator(
    filled: Store, indicator: str
) -> None:
    levels = Levels(filled)
    made = crossed(
        filled, indicator, KindChoice.ALL, YEAR, Group.CITY, Group.RIGHT_KIND, make.TODAY
    )
    places = [(None, levels.province), *((one.key, one.key) for one in made.rows)]
    for key, area in places:
        assert made.at(key, None) == levels.value(indicator, KindChoice.ALL, YEAR, area), area


@pytest.mark.parametrize("indicator", CATALOGUE)
def test_that_every_sum_is_that_of_the_registrations_it_opens(
    filled: Store, indicator: str
) -> None:
    levels = Levels(filled)
    adds = contributions(filled, YEAR, KindChoice.ALL, indicator)
    for area in (None, make.HANGZHOU, make.XIHU):
        wanted = behind(filled, YEAR, KindChoice.ALL, indicator, area)
        listing = select(filled, wanted, make.TODAY)
        value = levels.value(indicator, KindChoice.ALL, YEAR, area or levels.province)
        assert bool(value) <= bool(listing)
        if adds is not None:
            assert sum(adds.get(number, 0) for number in listing.ids) == value, area


def test_that_a_period_without_registrations_gives_an_empty_table_that_says_so(
    store: Store,
) -> None:
    asked = (KindChoice.ALL, Period.year(2031), Group.CITY, Group.MONTH, make.TODAY)
    made = crossed(store, "registrations", *asked)
    assert made.is_empty
    assert (made.rows, made.columns, dict(made.values)) == ((), (), {})
    assert made.notes == ("2031年没有登记。",)


def test_that_an_amount_that_nobody_told_is_not_a_zero(store: Store) -> None:
    make.stored(store, replace(make.pledge(), secured_amount_fen=None))
    made = crossed(
        store, "secured_amount", KindChoice.ALL, Period.year(2019), Group.CITY, Group.SIZE,
        make.TODAY,
    )  # fmt: skip
    assert made.at(make.HANGZHOU, "small") is None
    assert (make.HANGZHOU, "small") in made.unknown
    assert made.at(make.NINGBO, "small") == 0
    assert "另有 1 件金额待补，未计入金额。" in made.notes


@pytest.mark.parametrize(("rows", "columns"), [(Group.CITY, Group.CITY), (Group.NONE, Group.CITY)])
def test_that_a_group_does_not_cross_itself_or_nothing(
    store: Store, rows: Group, columns: Group
) -> None:
    with pytest.raises(UserError, match="两个不同的分组"):
        crossed(store, "rights", KindChoice.ALL, YEAR, rows, columns, make.TODAY)
