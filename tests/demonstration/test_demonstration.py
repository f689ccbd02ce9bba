"""The demonstration: the same for a seed, plainly invented, and shaped like the reports."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import count, find
from ipfinance.db.registrar import delete
from ipfinance.db.totals import Group
from ipfinance.demonstration import USUAL_END, USUAL_SIZE, fill
from ipfinance.demonstration.registrations import registrations
from ipfinance.demonstration.shape import FIRST_YEAR, cells, portions
from ipfinance.domain.division import Divisions
from ipfinance.domain.identifiers import (
    check_patent_number,
    check_pledge_number,
    check_trademark_number,
    check_uscc,
    right_kind_of,
)
from ipfinance.domain.names import is_natural_person
from ipfinance.domain.period import parse_period
from ipfinance.domain.pledge import Channel, Kind, Pledge, State
from ipfinance.domain.rules import check
from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress
from ipfinance.statistics.tables import KindChoice, Table, table
from tests import make


@pytest.fixture(scope="module")
def made(divisions: Divisions) -> list[Pledge]:
    """The registrations of the usual demonstration."""
    return list(registrations(USUAL_SIZE, 1, divisions, USUAL_END, make.TODAY))


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the usual demonstration; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("filled")) as store:
        fill(store, make.TODAY, Progress())
        yield store


def _table(store: Store, period: str, kind: KindChoice, by: Group = Group.CITY) -> Table:
    return table(store, parse_period(period), kind, by, make.TODAY)


def test_that_a_seed_gives_the_same_registrations_on_every_later_day(
    divisions: Divisions, made: list[Pledge]
) -> None:
    def bare(pledges: list[Pledge], day: date) -> list[tuple[object, ...]]:
        return [
            (
                *(p.kind, p.reg_no, p.registered_on, p.pledgors, p.pledgees, p.rights),
                *(p.secured_amount_fen, p.term_end, p.channel, p.note),
                tuple(event for event in p.events if event.happened_on <= day),
            )
            for p in pledges
        ]

    later = list(registrations(USUAL_SIZE, 1, divisions, USUAL_END, date(2031, 1, 1)))
    assert bare(later, make.TODAY) == bare(made, make.TODAY)
    again = list(registrations(USUAL_SIZE, 1, divisions, USUAL_END, make.TODAY))
    assert again == made
    other = list(registrations(USUAL_SIZE, 2, divisions, USUAL_END, make.TODAY))
    assert other != made


@pytest.mark.parametrize("size", [1, 2, 17, 100, 1001])
def test_that_it_has_the_size_asked(divisions: Divisions, size: int) -> None:
    assert len(list(registrations(size, 5, divisions, USUAL_END, make.TODAY))) == size


def test_that_it_ends_where_asked(divisions: Divisions) -> None:
    until = date(2020, 3, 2)
    some = list(registrations(500, 1, divisions, until, until))
    assert max(pledge.registered_on for pledge in some) <= until
    assert min(pledge.registered_on for pledge in some).year == FIRST_YEAR
    assert all(event.happened_on <= until for pledge in some for event in pledge.events)


def test_that_every_registration_is_sound(made: list[Pledge]) -> None:
    faults = Counter(
        fault.rule if not fault.is_error else f"error {fault.rule}"
        for pledge in made
        for fault in check(pledge, make.TODAY)
    )
    assert faults.keys() == {"reg_no_missing", "amount_missing"}
    assert sum(faults.values()) < 60


def test_that_every_number_is_valid_and_used_once(made: list[Pledge]) -> None:
    numbers = [pledge.reg_no for pledge in made if pledge.reg_no]
    assert len(set(numbers)) == len(numbers)
    codes: dict[str, set[str]] = {}
    for pledge in made:
        if pledge.kind is Kind.PATENT and pledge.reg_no:
            assert check_pledge_number(pledge.reg_no).ok
        for party in pledge.pledgors:
            if party.uscc:
                assert check_uscc(party.uscc).ok
                codes.setdefault(party.uscc, set()).add(party.name)
        for right in pledge.rights:
            if pledge.kind is Kind.PATENT:
                assert check_patent_number(right.number).ok
                assert right_kind_of(right.number) is right.kind
            else:
                assert check_trademark_number(right.number).ok
    assert all(len(names) == 1 for names in codes.values())
    assert len({name for names in codes.values() for name in names}) == len(codes)


def test_that_every_name_is_plainly_invented(made: list[Pledge]) -> None:
    for pledge in made:
        for party in pledge.pledgors:
            assert "某" in party.name if party.is_person else "示例" in party.name
            assert party.is_person == is_natural_person(party.name, party.uscc)
        assert all("示例" in lender.name for lender in pledge.pledgees)
        assert all("示例" in right.name for right in pledge.rights)


def test_that_every_place_existed_on_its_day(made: list[Pledge], divisions: Divisions) -> None:
    for pledge in made:
        assert pledge.registered_on.weekday() < 5
        for party in pledge.pledgors:
            counties = divisions.counties_on(pledge.registered_on, party.city)
            assert party.county in {county.code for county in counties}


def test_that_a_patent_is_not_pledged_while_it_is_pledged(made: list[Pledge]) -> None:
    until: dict[str, date] = {}
    for pledge in sorted(made, key=lambda pledge: pledge.registered_on):
        if pledge.kind is not Kind.PATENT or pledge.ending not in (None, *pledge.events):
            continue
        for right in pledge.rights:
            assert until.get(right.number, date.min) < pledge.registered_on
            until[right.number] = pledge.ending.happened_on if pledge.ending else date.max


def test_that_rare_things_are_there_and_rare(made: list[Pledge]) -> None:
    share = {
        "joint": sum(len(pledge.pledgors) > 1 for pledge in made),
        "person": sum(any(party.is_person for party in pledge.pledgors) for pledge in made),
        "amount missing": sum(pledge.secured_amount_fen is None for pledge in made),
        "patents": sum(pledge.kind is Kind.PATENT for pledge in made),
        "unlisted": sum(pledge.rights_declared is not None for pledge in made),
    }
    assert 0.04 < share["joint"] / len(made) < 0.10
    assert 0.004 < share["person"] / len(made) < 0.02
    assert 0.001 < share["amount missing"] / len(made) < 0.01
    assert 0.6 < share["patents"] / len(made) < 0.7
    assert share["unlisted"]
    events = {event.kind.value for pledge in made for event in pledge.events}
    assert {"change", "extension", "cancellation", "lapse", "revocation"} <= events
    assert {len(pledge.rights) for pledge in made if pledge.rights} == set(range(1, 13))


def test_that_the_online_channel_grows(made: list[Pledge]) -> None:
    online = {
        year: Fraction(
            sum(p.channel is Channel.ONLINE for p in made if p.registered_on.year == year),
            sum(p.registered_on.year == year for p in made),
        )
        for year in (2016, 2019, 2022, 2025)
    }
    assert list(online.values()) == sorted(online.values())


@pytest.mark.parametrize("kind", KindChoice)
def test_that_every_year_is_a_record(filled: Store, kind: KindChoice) -> None:
    totals = [_table(filled, str(year), kind).total.values for year in range(2016, 2026)]
    for measure in ("registrations", "secured_amount"):
        figures = [values[measure] for values in totals]
        assert figures == sorted(set(figures))


def test_that_2019_reads_like_its_white_paper(filled: Store) -> None:
    def grown(kind: KindChoice, measure: str) -> float:
        growth = _table(filled, "2019", kind).total.growth[measure]
        assert growth is not None
        return round(float(growth) * 100, 1)

    assert grown(KindChoice.PATENT, "secured_amount") == 68.0
    assert grown(KindChoice.TRADEMARK, "secured_amount") == 40.3
    assert grown(KindChoice.PATENT, "registrations") == 33.6
    assert grown(KindChoice.ALL, "registrations") == 33.6
    whole = _table(filled, "2019", KindChoice.ALL).total
    assert whole.counties_covered == whole.counties == 90
    assert _table(filled, "2018", KindChoice.ALL).total.counties_covered < 90


def test_that_the_first_half_of_2022_reads_like_its_report(filled: Store) -> None:
    growth = _table(filled, "2022H1", KindChoice.ALL).total.growth["secured_amount"]
    assert growth is not None
    assert round(float(growth) * 100, 1) == 52.9


@pytest.mark.parametrize("kind", KindChoice)
def test_that_every_city_has_registrations_every_year_and_the_capital_most(
    filled: Store, kind: KindChoice
) -> None:
    for year in range(2016, 2026):
        counted = [row.values["registrations"] for row in _table(filled, str(year), kind).rows]
        assert all(counted)
        assert counted[0] == max(counted)


def test_that_every_county_has_one_in_the_last_full_year(filled: Store) -> None:
    rows = _table(filled, "2025", KindChoice.ALL, Group.COUNTY).rows
    assert len(rows) == 90
    assert all(row.values["registrations"] for row in rows)


def test_that_it_has_every_state(filled: Store) -> None:
    for state in State:
        assert len(select(filled, Filter(state=state), USUAL_END + timedelta(days=1)))


def test_that_filling_is_one_act_that_can_be_undone(store: Store) -> None:
    before = make.dump(store, leaving_out=("act", "current_act", "history", "sqlite_sequence"))
    steps: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, words: steps.append((done, total)))
    assert fill(store, make.TODAY, progress, size=60) == 60
    assert steps == [(0, 60), (60, 60)]
    assert count(store) == 60
    assert "示例" in read_facts(store).office
    act = history.undo(store)
    assert act.words == "填入演示数据 60 笔"
    after = make.dump(store, leaving_out=("act", "current_act", "history", "sqlite_sequence"))
    assert after == before


def test_that_a_store_with_any_registration_is_refused(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    assert pledge.id is not None
    for _ in range(2):
        with pytest.raises(UserError, match="已有登记"):
            fill(store, make.TODAY, Progress(), size=10)
        delete(store, [pledge.id])
    assert find(store, [pledge.id]) == [pledge]


def test_that_a_last_day_before_the_first_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="2016 年开始"):
        fill(store, make.TODAY, Progress(), until=date(2015, 12, 31))


def test_that_it_can_be_stopped_and_leaves_nothing(store: Store) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        fill(store, make.TODAY, progress, size=10)
    assert count(store) == 0
    assert history.undoable(store) is None


def test_that_portions_add_up() -> None:
    assert portions(10, [1, 1, 1]) == [4, 3, 3]
    assert portions(7, [0, 2, 5]) == [0, 2, 5]
    assert portions(5, []) == []
    assert portions(5, [0, 0]) == [0, 0]


def test_that_cells_add_up_to_the_size() -> None:
    for size in (1, 10, 1234):
        assert sum(cell.registrations for cell in cells(size, date(2022, 5, 6))) == size
