"""Made-up registrations one after the other, as a bureau would have written them down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from ipfinance.demonstration.areas import Areas
from ipfinance.demonstration.numbers import Numbers
from ipfinance.demonstration.shape import Cell, amounts, cells, online_share, portions
from ipfinance.demonstration.words import Words, industry_of
from ipfinance.domain.area_names import stem
from ipfinance.domain.division import Division, Divisions
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    Change,
    Channel,
    Event,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    Pledgor,
    Right,
    RightKind,
    Size,
)

_T = TypeVar("_T")

_VOID_SHARE = 0.004
_AMOUNT_MISSING = 0.005
_REG_NO_MISSING = 0.003
_NEW_COMPANY = 0.3
_JOINT = 0.06
_PERSON = 0.01
_RIGHTS_UNLISTED = 0.01
_RIGHTS_AGAIN = 0.25
# Each with how many of a hundred it or one before it comes to, as `Random.choices` wants it.
_SIZES = ((Size.LARGE, Size.MEDIUM, Size.SMALL, Size.MICRO), (4, 20, 72, 100))
_RIGHTS = (range(1, 13), (34, 54, 67, 76, 82, 87, 91, 94, 96, 98, 99, 100))
_RIGHT_KINDS = (
    ((1, RightKind.INVENTION), (2, RightKind.UTILITY_MODEL), (3, RightKind.DESIGN)),
    (56, 92, 100),
)
_TERM_YEARS = ((1, 2, 3), (62, 80, 100))
_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Company:
    """A made-up company: what it last pledged in each register, and until when."""

    pledgor: Pledgor
    last: dict[Kind, tuple[tuple[Right, ...], date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Slot:
    """What is settled of a registration before it is made up."""

    kind: Kind
    day: date
    amount_fen: int | None
    void: EventKind | None = None


def registrations(
    size: int, seed: int, divisions: Divisions, until: date, today: date
) -> Iterator[Pledge]:
    """So many registrations up to a day, in the order of their days, with events up to today.

    Equal arguments give equal registrations.
    """
    return _Maker(Random(seed), divisions, today).make(size, until)


class _Maker:
    def __init__(self, random: Random, divisions: Divisions, today: date) -> None:
        self._random = random
        self._divisions = divisions
        self._today = today
        self._areas = Areas(random, divisions)
        self._words = Words(random)
        self._numbers = Numbers(random, divisions.province.code)
        self._companies: dict[str, list[_Company]] = {}

    def make(self, size: int, until: date) -> Iterator[Pledge]:
        void = round(size * _VOID_SHARE)
        by_year: dict[int, list[Cell]] = {}
        for cell in cells(size - void, until):
            by_year.setdefault(cell.start.year, []).append(cell)
        counted = [sum(cell.registrations for cell in halves) for halves in by_year.values()]
        for (year, halves), number in zip(by_year.items(), portions(void, counted), strict=True):
            yield from self._year(year, halves, number)

    def _year(self, year: int, halves: list[Cell], void: int) -> Iterator[Pledge]:
        covered: set[str] = set()
        placed: list[tuple[_Slot, Division]] = []
        for kind in (Kind.PATENT, Kind.TRADEMARK):
            slots = [slot for cell in halves if cell.kind is kind for slot in self._slots(cell)]
            counties = self._areas.spread([slot.day for slot in slots], covered)
            placed.extend(zip(slots, counties, strict=True))
        placed.extend(self._void(halves, void))
        placed.sort(key=lambda pair: pair[0].day)
        for slot, county in placed:
            yield self._registration(year, slot, county)

    def _slots(self, cell: Cell) -> Iterator[_Slot]:
        missing = sum(self._chance(_AMOUNT_MISSING) for _ in range(cell.registrations))
        missing = min(missing, max(0, cell.registrations - 1))
        with_amount = amounts(self._random, cell.registrations - missing, cell.amount_fen)
        drawn: list[int | None] = [*with_amount, *[None] * missing]
        self._random.shuffle(drawn)
        for amount in drawn:
            yield _Slot(cell.kind, self._weekday(cell.start, cell.end), amount)

    def _void(self, halves: list[Cell], number: int) -> Iterator[tuple[_Slot, Division]]:
        """Registrations that never counted: refused, withdrawn, revoked."""
        cities = self._divisions.cities()
        for _ in range(number):
            cell = self._random.choice(halves)
            day = self._weekday(cell.start, cell.end)
            void = self._random.choice(
                (EventKind.REFUSAL, EventKind.WITHDRAWAL, EventKind.REVOCATION)
            )
            amount = self._random.randrange(1, 40) * 50 * WAN
            county = self._areas.county_of(self._random.choice(cities).code, day)
            yield _Slot(cell.kind, day, amount, void), county

    def _registration(self, year: int, slot: _Slot, county: Division) -> Pledge:
        company = self._company(county)
        pledgors = self._pledgors(company, county, slot.day)
        assert county.parent is not None
        lender, lender_kind = self._words.lender(
            stem(self._divisions.city(county.parent).name), stem(county.name)
        )
        rights = self._rights(company, slot)
        is_listed = not self._chance(_RIGHTS_UNLISTED)
        years = self._one_of(_TERM_YEARS)
        term_start = slot.day - self._random.randrange(12) * _DAY
        term_end = term_start + (365 * years - 1) * _DAY
        events = self._events(slot, term_end, lender)
        company.last[slot.kind] = (rights, _cancelled(events))
        has_number = slot.void in (None, EventKind.REVOCATION)
        has_number = has_number and not self._chance(_REG_NO_MISSING)
        is_patent = slot.kind is Kind.PATENT
        appraised, credit, loan, subsidy = self._other_amounts(slot.amount_fen)
        return Pledge(
            kind=slot.kind,
            registered_on=slot.day,
            pledgors=pledgors,
            pledgees=(Pledgee(lender, lender_kind),),
            rights=rights if is_listed else (),
            rights_declared=None if is_listed else len(rights),
            reg_no=self._numbers.pledge(year, is_patent) if has_number else None,
            secured_amount_fen=slot.amount_fen,
            appraised_value_fen=appraised,
            credit_amount_fen=credit,
            loan_amount_fen=loan,
            subsidy_fen=subsidy,
            term_start=term_start,
            term_end=term_end,
            channel=Channel.ONLINE if self._chance(online_share(year)) else Channel.WINDOW,
            note="最高额质押" if self._chance(0.06) else "",
            events=events,
        )

    def _company(self, county: Division) -> _Company:
        known = self._companies.setdefault(county.code, [])
        if known and not self._chance(_NEW_COMPANY):
            return self._random.choice(known)
        assert county.parent is not None
        city = self._divisions.city(county.parent)
        name = self._words.company(stem(self._random.choice((city, city, county)).name))
        pledgor = Pledgor(
            name=name,
            city=county.parent,
            county=county.code,
            uscc=self._numbers.credit_code(county.code),
            size=self._one_of(_SIZES),
            industry=industry_of(name),
        )
        company = _Company(pledgor)
        known.append(company)
        return company

    def _pledgors(self, first: _Company, county: Division, day: date) -> tuple[Pledgor, ...]:
        assert county.parent is not None
        if self._chance(_PERSON):
            person = Pledgor(self._words.person(), county.parent, county.code, is_person=True)
            return (person,) if self._chance(0.5) else (first.pledgor, person)
        pledgors = [first.pledgor]
        while len(pledgors) < 4 and self._chance(_JOINT):
            other = self._company(self._areas.county_of(county.parent, day)).pledgor
            if other not in pledgors:
                pledgors.append(other)
        return tuple(pledgors)

    def _rights(self, company: _Company, slot: _Slot) -> tuple[Right, ...]:
        """New rights, or those of the last pledge: patents when it has ended, marks also before."""
        rights, ended = company.last.get(slot.kind, ((), date.max))
        is_free = ended < slot.day or slot.kind is Kind.TRADEMARK
        if rights and is_free and self._chance(_RIGHTS_AGAIN):
            return rights
        number = self._one_of(_RIGHTS)
        if slot.kind is Kind.TRADEMARK:
            return tuple(
                Right(self._numbers.mark(), RightKind.TRADEMARK, self._words.mark())
                for _ in range(number)
            )
        made = []
        for digit, kind in (self._one_of(_RIGHT_KINDS) for _ in range(number)):
            filed = slot.day.year - self._random.randrange(1, 9)
            title = self._words.patent(is_design=kind is RightKind.DESIGN)
            made.append(Right(self._numbers.patent(filed, digit), kind, title))
        return tuple(made)

    def _other_amounts(self, secured_fen: int | None) -> tuple[int | None, ...]:
        """Appraised value, credit line, loan and subsidy, or some or none of them."""
        appraised = credit = loan = subsidy = None
        if secured_fen is not None and self._chance(0.45):
            appraised = self._whole_wan(secured_fen, 1.2, 3.5)
        if secured_fen is not None and self._chance(0.45):
            credit = self._whole_wan(secured_fen, 0.3, 1)
        if credit is not None and self._chance(0.8):
            loan = self._whole_wan(credit, 0.3, 1)
        if loan is not None and self._chance(0.5):
            subsidy = self._whole_wan(loan, 0.01, 0.03)
        return appraised, credit, loan, subsidy

    def _whole_wan(self, fen: int, least: float, most: float) -> int:
        return max(1, round(fen * self._random.uniform(least, most) / WAN)) * WAN

    def _events(self, slot: _Slot, term_end: date, lender: str) -> tuple[Event, ...]:
        """What happened to a registration until today."""
        if slot.void is not None:
            after = self._random.randrange(3, 30 if slot.void is not EventKind.REVOCATION else 300)
            return (Event(slot.void, min(slot.day + after * _DAY, self._today)),)
        events = []
        end = term_end
        if self._chance(0.04):
            changed_on = slot.day + self._random.randrange(10, 300) * _DAY
            events.append(self._change(slot.amount_fen, changed_on, lender))
        if slot.kind is Kind.TRADEMARK and self._chance(0.12):
            extended_on, end = end - 15 * _DAY, end + 365 * _DAY
            events.append(Event(EventKind.EXTENSION, extended_on, term_end=end))
        ended_on = date.max
        if slot.kind is Kind.TRADEMARK and self._chance(0.04):
            ended_on = end + _DAY
            events.append(Event(EventKind.LAPSE, ended_on))
        elif self._chance(0.88):
            ended_on = self._paid_back(slot.day, end)
            events.append(Event(EventKind.CANCELLATION, ended_on))
        last = min(self._today, ended_on)
        known = [event for event in events if event.happened_on <= last]
        return tuple(sorted(known, key=lambda event: event.happened_on))

    def _paid_back(self, day: date, end: date) -> date:
        """The day of a cancellation: of some early, of most about when the debt is due."""
        if self._chance(0.05):
            return day + self._random.randrange(20, (end - day).days) * _DAY
        return end + self._random.randrange(-10, 60) * _DAY

    def _change(self, amount_fen: int | None, day: date, lender: str) -> Event:
        if amount_fen is not None and amount_fen >= 100 * WAN and self._chance(0.5):
            lower = self._whole_wan(amount_fen, 0.4, 0.9)
            change = Change("担保债权额", f"{amount_fen // WAN}万元", f"{lower // WAN}万元")
            return Event(EventKind.CHANGE, day, secured_amount_fen=lower, changes=(change,))
        return Event(EventKind.CHANGE, day, changes=(Change("质权人", lender, f"{lender}营业部"),))

    def _weekday(self, start: date, end: date) -> date:
        day = start + self._random.randrange((end - start).days + 1) * _DAY
        if day.weekday() >= 5:
            sooner, later = day - (day.weekday() - 4) * _DAY, day + (7 - day.weekday()) * _DAY
            day = sooner if sooner >= start else min(later, end)
        return day

    def _one_of(self, among: tuple[Sequence[_T], Sequence[int]]) -> _T:
        return self._random.choices(among[0], cum_weights=among[1])[0]

    def _chance(self, share: float) -> bool:
        return self._random.random() < share


def _cancelled(events: tuple[Event, ...]) -> date:
    """From when on the rights are free again."""
    days = [event.happened_on for event in events if event.kind is EventKind.CANCELLATION]
    return min(days, default=date.max)
