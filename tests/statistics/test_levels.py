"""Every indicator against plain counting, on random stores."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import find
from ipfinance.demonstration import fill
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Channel, EventKind, Kind, Pledge, PledgeeKind, RightKind
from ipfinance.progress import Progress
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.tables import KindChoice
from tests import make

THRESHOLD = 1000 * WAN
PROVINCE = "330000"
NEVER = (EventKind.REFUSAL, EventKind.WITHDRAWAL, EventKind.REVOCATION)
ENDS = (EventKind.CANCELLATION, EventKind.LAPSE, *NEVER)
PERIODS = (Period.year(2019), Period.half(2020, 1), Period.of(date(2019, 4, 7), date(2020, 2, 29)))
EIGHT_MONTHS = (date(2021, 1, 1), date(2021, 8, 31))  # 杭州's districts changed within
PLACES = (
    (make.HANGZHOU, make.BINJIANG), (make.HANGZHOU, make.XIHU), (make.NINGBO, make.HAISHU),
    (make.HUZHOU, make.DEQING),
)  # fmt: skip
AREAS = (PROVINCE, make.HANGZHOU, make.HUZHOU, make.BINJIANG, make.DEQING)
LENDERS = (
    make.pledgee("东银行股份有限公司杭州分行"),
    make.pledgee("东银行股份有限公司德清支行"),
    make.pledgee("西银行股份有限公司"),
    make.pledgee("南农村商业银行股份有限公司湖州分行", kind=PledgeeKind.RURAL_CREDIT),
    make.pledgee("北担保有限公司", kind=PledgeeKind.GUARANTEE),
    make.pledgee("无类银行股份有限公司杭州分行", kind=None),
)
NAMES = ("甲", "乙", "丙", "丁")

_days = some.dates(date(2018, 1, 1), date(2020, 12, 31))
_fen = some.none() | some.sampled_from((1, 300 * WAN, THRESHOLD, THRESHOLD + 1, 25_000 * WAN + 7))
_rights = {
    Kind.PATENT: (RightKind.INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN),
    Kind.TRADEMARK: (RightKind.TRADEMARK,),
}


@some.composite
def _pledge(draw: some.DrawFn) -> Pledge:
    kind = draw(some.sampled_from((Kind.PATENT, Kind.TRADEMARK)))
    day = draw(_days)
    parties = tuple(
        make.person("某人（自然人）", city=city, county=county)
        if name == "人"
        else make.pledgor(f"{name}公司", city=city, county=county)
        for name, (city, county) in draw(
            some.lists(
                some.tuples(some.sampled_from((*NAMES, "人")), some.sampled_from(PLACES)),
                min_size=1,
                max_size=3,
                unique_by=lambda pair: pair[0],
            )
        )
    )
    numbers = draw(some.lists(some.integers(0, 5), min_size=1, max_size=3, unique=True))
    sorts = _rights[kind]
    rights = tuple(
        make.mark(str(900 + number))
        if kind is Kind.TRADEMARK
        else make.right(make.patent_number(number, kind=1 + number % 3), kind=sorts[number % 3])
        for number in numbers
    )
    secured = draw(_fen)
    events = []
    if draw(some.booleans()):
        changed = draw(some.sampled_from((None, 77 * WAN)))
        events.append(
            make.event(
                EventKind.CHANGE,
                happened_on=day + timedelta(days=draw(some.integers(0, 200))),
                secured_amount_fen=changed if secured is not None else None,
                changes=(make.change(),),
            )
        )
    ending = draw(some.none() | some.sampled_from(ENDS))
    if ending is not None:
        after = events[-1].happened_on if events else day
        ended = after + timedelta(days=draw(some.integers(1, 400)))
        events.append(make.event(ending, happened_on=ended))
    term = draw(some.none() | some.integers(1, 900))
    return make.pledge(
        kind=kind,
        registered_on=day,
        pledgors=parties,
        pledgees=tuple(
            draw(some.lists(some.sampled_from(LENDERS), min_size=1, max_size=2, unique=True))
        ),
        rights=rights,
        secured_amount_fen=secured,
        credit_amount_fen=draw(_fen),
        loan_amount_fen=draw(_fen),
        appraised_value_fen=draw(_fen),
        subsidy_fen=draw(_fen),
        term_start=None,
        term_end=None if term is None else day + timedelta(days=term),
        channel=draw(some.sampled_from((None, *Channel))),
        events=tuple(events),
    )


class _Recounted:
    """Every indicator over plain lists of pledges, by the counting rules and nothing else."""

    def __init__(
        self, pledges: list[Pledge], divisions: Divisions, kind: KindChoice, period: Period,
        area: str,
    ) -> None:  # fmt: skip
        kinds = (Kind.PATENT, Kind.TRADEMARK) if kind.value == "all" else (Kind(kind.value),)
        counted = [one for one in pledges if not any(e.kind in NEVER for e in one.events)]
        self.ever = counted
        self.of_kind = [one for one in counted if one.kind in kinds]
        self.divisions, self.period, self.area = divisions, period, area
        self.here = [one for one in self.of_kind if self._is_here(one.pledgors[0])]
        self.flow = [one for one in self.here if self._is_in(one.registered_on)]

    def value(self, key: str) -> int | Fraction | None:
        return self._ALL[key](self)

    def _is_here(self, party: object) -> bool:
        return self.area in (PROVINCE, getattr(party, "city", ""), getattr(party, "county", ""))

    def _is_in(self, day: date | None) -> bool:
        return day is not None and self.period.start <= day <= self.period.end

    def _sum(self, field: str, only: list[Pledge] | None = None) -> int:
        return sum(getattr(one, field) or 0 for one in (self.flow if only is None else only))

    def _inclusive(self) -> list[Pledge]:
        return [
            one
            for one in self.flow
            if one.secured_amount_fen is not None and one.secured_amount_fen <= THRESHOLD
        ]

    def _enterprises(self, test: Callable[[Pledge], bool] = lambda _: True) -> set[str]:
        return {
            party.name
            for one in self.of_kind
            if self._is_in(one.registered_on) and test(one)
            for party in one.pledgors
            if not party.is_person and self._is_here(party)
        }

    def _first_timers(self) -> int:
        before = {
            party.name
            for one in self.ever
            if one.registered_on < self.period.start
            for party in one.pledgors
        }
        return len(self._enterprises() - before)

    def _rights_of(self, kind: RightKind) -> int:
        return sum(right.kind is kind for one in self.flow for right in one.rights)

    def _ended(self, one: Pledge) -> tuple[EventKind, date] | None:
        ends = [(e.kind, e.happened_on) for e in one.events if e.kind in ENDS]
        return min(ends, key=lambda pair: pair[1]) if ends else None

    def _amount(self, one: Pledge, day: date) -> int | None:
        amount = one.secured_amount_fen
        for event in sorted(one.events, key=lambda e: e.happened_on):
            if event.secured_amount_fen is not None and event.happened_on <= day:
                amount = event.secured_amount_fen
        return amount

    def _stock(self, sort: str) -> list[Pledge]:
        start, end = self.period.start, self.period.end
        found = []
        for one in self.here:
            ended = self._ended(one)
            day = ended[1] if ended else date.max
            # Extensions count that were known when the period began, or when the stock is told.
            due = one.term_end
            for event in sorted(one.events, key=lambda event: event.happened_on):
                if event.term_end and event.happened_on <= (start if sort == "due" else end):
                    due = event.term_end
            if (
                (sort == "outstanding" and one.registered_on <= end < day)
                or (
                    sort == "cancelled"
                    and ended is not None
                    and ended[0] is EventKind.CANCELLATION
                    and start <= day <= end
                )
                or (sort == "due" and self._is_in(due) and day >= start)
                or (sort == "overdue" and due is not None and due <= end < day)
            ):
                found.append(one)
        return found

    def _stock_amount(self, sort: str) -> int:
        return sum(self._amount(one, self.period.end) or 0 for one in self._stock(sort))

    def _counties(self) -> set[str]:
        if self.area == PROVINCE:
            return {one.code for one in self.divisions.counties_on(self.period.end)}
        return {
            one.code
            for one in self.divisions.counties_on(self.period.end)
            if self.area in (one.code, one.parent)
        }

    def _covered(self) -> int:
        with_one = {
            one.pledgors[0].county for one in self.of_kind if self._is_in(one.registered_on)
        }
        return len(self._counties() & with_one)

    def _ratio(self, above: int, below: int) -> Fraction | None:
        return Fraction(above, below) if below else None

    def _both(self) -> list[Pledge]:
        return [one for one in self.flow if one.loan_amount_fen and one.appraised_value_fen]

    _ALL: ClassVar["dict[str, Callable[[_Recounted], int | Fraction | None]]"] = {
        "registrations": lambda s: len(s.flow),
        "secured_amount": lambda s: s._sum("secured_amount_fen"),
        "enterprises": lambda s: len(s._enterprises()),
        "rights": lambda s: sum(map(_rights_of_one, s.flow)),
        # What is only declared has no number that could be counted twice.
        "rights_distinct": lambda s: (
            len({r.number for one in s.flow for r in one.rights})
            + sum(_rights_of_one(one) for one in s.flow if not one.rights)
        ),
        "inclusive_enterprises": lambda s: len(
            s._enterprises(
                lambda one: (
                    one.secured_amount_fen is not None and one.secured_amount_fen <= THRESHOLD
                )
            )
        ),
        "pledgees": lambda s: len({p.name for one in s.flow for p in one.pledgees}),
        "amount_missing": lambda s: sum(one.secured_amount_fen is None for one in s.flow),
        "counties_covered": lambda s: s._covered(),
        "counties": lambda s: len(s._counties()),
        "county_coverage": lambda s: s._ratio(s._covered(), len(s._counties())),
        "head_banks": lambda s: len(
            {
                _head(lender.name)
                for one in s.flow
                for lender in one.pledgees
                if lender.kind in (PledgeeKind.BANK, PledgeeKind.RURAL_CREDIT)
            }
        ),
        "inclusive_rate": lambda s: s._ratio(
            int(s.value("inclusive_enterprises") or 0), len(s._enterprises())
        ),
        "first_time_enterprises": lambda s: s._first_timers(),
        "inventions": lambda s: s._rights_of(RightKind.INVENTION),
        "utility_models": lambda s: s._rights_of(RightKind.UTILITY_MODEL),
        "designs": lambda s: s._rights_of(RightKind.DESIGN),
        "trademarks": lambda s: s._rights_of(RightKind.TRADEMARK),
        "inclusive_registrations": lambda s: len(s._inclusive()),
        "inclusive_amount": lambda s: s._sum("secured_amount_fen", s._inclusive()),
        "online_registrations": lambda s: sum(one.channel is Channel.ONLINE for one in s.flow),
        "credit_amount": lambda s: s._sum("credit_amount_fen"),
        "loan_amount": lambda s: s._sum("loan_amount_fen"),
        "appraised_value": lambda s: s._sum("appraised_value_fen"),
        "subsidy": lambda s: s._sum("subsidy_fen"),
        "outstanding_registrations": lambda s: len(s._stock("outstanding")),
        "outstanding_amount": lambda s: s._stock_amount("outstanding"),
        "cancelled_registrations": lambda s: len(s._stock("cancelled")),
        "cancelled_amount": lambda s: s._stock_amount("cancelled"),
        "due_registrations": lambda s: len(s._stock("due")),
        "due_amount": lambda s: s._stock_amount("due"),
        "overdue_registrations": lambda s: len(s._stock("overdue")),
        "overdue_amount": lambda s: s._stock_amount("overdue"),
        "amount_per_registration": lambda s: s._ratio(
            s._sum("secured_amount_fen"),
            sum(one.secured_amount_fen is not None for one in s.flow),
        ),
        "amount_per_enterprise": lambda s: s._ratio(
            s._sum("secured_amount_fen"), len(s._enterprises())
        ),
        "amount_per_right": lambda s: s._ratio(
            s._sum("secured_amount_fen"), sum(map(_rights_of_one, s.flow))
        ),
        "inclusive_registration_rate": lambda s: s._ratio(len(s._inclusive()), len(s.flow)),
        "inclusive_amount_rate": lambda s: s._ratio(
            s._sum("secured_amount_fen", s._inclusive()), s._sum("secured_amount_fen")
        ),
        "loan_to_value": lambda s: s._ratio(
            s._sum("loan_amount_fen", s._both()), s._sum("appraised_value_fen", s._both())
        ),
    }


def _head(name: str) -> str:
    """The head of a made-up lender: what stands before the place of its branch."""
    return name.partition("股份有限公司")[0]


def _rights_of_one(pledge: Pledge) -> int:
    return len(pledge.rights) if pledge.rights else (pledge.rights_declared or 0)


def test_that_every_indicator_of_the_catalogue_is_recounted() -> None:
    assert _Recounted._ALL.keys() == CATALOGUE.keys()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pledges=some.lists(_pledge(), max_size=9))
def test_that_every_indicator_is_what_plain_counting_gives(
    empty_store: Path, divisions: Divisions, pledges: list[Pledge]
) -> None:
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        levels = Levels(store)
        for period in PERIODS:
            for kind in KindChoice:
                for area in AREAS:
                    recounted = _Recounted(pledges, divisions, kind, period, area)
                    for key in CATALOGUE:
                        got = levels.value(key, kind, period, area)
                        assert got == recounted.value(key), (key, kind, period.label, area)


def test_that_a_stock_is_asked_without_an_error(store: Store) -> None:
    make.stored(store, make.pledge())
    levels = Levels(store)
    outstanding = levels.value("outstanding_amount", KindChoice.ALL, Period.year(2019), PROVINCE)
    assert outstanding == 500 * WAN


def test_that_a_later_change_and_cancellation_leave_an_earlier_flow_alone(store: Store) -> None:
    change = make.event(
        EventKind.CHANGE,
        happened_on=date(2020, 2, 1),
        secured_amount_fen=300 * WAN,
        changes=(make.change(),),
    )
    make.stored(store, make.pledge(events=(change, make.event(happened_on=date(2021, 1, 5)))))
    levels = Levels(store)

    def told(key: str, year: int) -> object:
        return levels.value(key, KindChoice.PATENT, Period.year(year), PROVINCE)

    assert [told("secured_amount", year) for year in (2019, 2020, 2021)] == [500 * WAN, 0, 0]
    assert [told("outstanding_amount", year) for year in (2019, 2020, 2021)] == [
        *(500 * WAN, 300 * WAN, 0),
    ]
    assert told("cancelled_amount", 2021) == 300 * WAN


@pytest.mark.parametrize("key", ["amount_per_registration", "inclusive_rate", "loan_to_value"])
def test_that_a_rate_without_anything_to_divide_by_is_none(store: Store, key: str) -> None:
    assert Levels(store).value(key, KindChoice.ALL, Period.year(2019), PROVINCE) is None


def test_that_missing_amounts_are_counted_beside_an_average(store: Store) -> None:
    make.stored(store, make.pledge(), replace(make.pledge(), secured_amount_fen=None))
    levels = Levels(store)
    asked = (KindChoice.ALL, Period.year(2019), make.HANGZHOU)
    assert levels.value("amount_per_registration", *asked) == 500 * WAN
    assert levels.missing(*asked) == 1


def test_that_every_indicator_of_every_city_is_recounted_in_twenty_thousand(
    store: Store, divisions: Divisions
) -> None:
    fill(store, make.TODAY, Progress(), size=20_000)
    pledges = find(store, select(store, Filter(), make.TODAY).ids)
    assert len(pledges) == 20_000
    levels = Levels(store)
    for period in (Period.year(2019), Period.half(2022, 1), Period.of(*EIGHT_MONTHS)):
        for kind in KindChoice:
            for city in divisions.cities():
                recounted = _Recounted(pledges, divisions, kind, period, city.code)
                for key in CATALOGUE:
                    got = levels.value(key, kind, period, city.code)
                    assert got == recounted.value(key), (key, kind, period.label, city.name)
