"""Any store, exported and imported: into itself nothing changes, into an empty one all is equal."""

import itertools
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, Sort, select
from ipfinance.db.pledges import find
from ipfinance.domain.division import Level
from ipfinance.domain.industries import Industry
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import (
    Change,
    Channel,
    Event,
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
from ipfinance.intake.comparing import Status
from ipfinance.progress import Progress
from ipfinance.reports.ledger import export_ledger
from tests import make
from tests.intake.sheets_made import bring_in, read

_FIRST, _LAST = date(2009, 1, 1), make.TODAY
# What people write into names and notes; a ； is what tells two names apart, so no name has one.
_LETTERS = "甲乙丙丁公司银行（）()【】、，,.。·-&'\"“”《》ＡＢ１２ab12 　<>_#=+@é𠮷"
_NAMES = st.text(_LETTERS, min_size=1, max_size=14).map(str.strip).filter(bool)
_KNOWN_NAMES = st.sampled_from(
    [
        "示例甲精密机械有限公司",
        "Example Machinery Co., Ltd.",
        "示例（杭州）有限公司",
        "示例甲、乙联合体",
        "#REF示例有限公司",
        "合计",
        "２０１９示例有限公司",
    ]
)
_NOTES = st.text(_LETTERS + "；;\n\t0123456789:：年月日", max_size=40).map(
    lambda text: text.strip()
)
_FEN = st.one_of(
    st.none(),
    st.integers(1, 10**4),
    st.integers(1, 10**13),
    st.integers(1, 10**6).map(lambda wan: wan * 10**6),
)
_DAYS = st.dates(_FIRST, _LAST)


@pytest.fixture(scope="session")
def places(empty_store: Path) -> list[tuple[str, str, date, date]]:
    """Every county that ever was, with its city and the days it existed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        make.store_copied(empty_store, Path(folder)) as store,
    ):
        return [
            (row.parent, row.code, row.valid_from or date.min, row.valid_to or date.max)
            for row in all_divisions(store)
            if row.level is Level.COUNTY and row.parent
        ]


def _code(name: str) -> str:
    """One for each name: which enterprise one without a code is, is then no matter of order."""
    return make.credit_code(int.from_bytes(sha256(name_key(name).encode()).digest()[:4]) % 10**6)


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    return Change(*(draw(_NOTES) for _ in range(3)))


@st.composite
def _events(draw: st.DrawFn, registered_on: date) -> Event:
    days = (_LAST - registered_on).days
    return Event(
        draw(st.sampled_from(EventKind)),
        registered_on + timedelta(draw(st.integers(0, days))),
        draw(_FEN),
        draw(st.one_of(st.none(), _DAYS)),
        tuple(draw(st.lists(_changes(), max_size=2))),
        draw(_NOTES),
    )


def _one_of_a_day(events: list[Event]) -> tuple[Event, ...]:
    """One event of a kind and day, and one end of a kind: what a second would say is a mend."""
    kept: dict[object, Event] = {}
    for event in sorted(events, key=lambda event: event.happened_on):
        key: object = (event.kind, event.happened_on)
        if event.kind not in (EventKind.CHANGE, EventKind.EXTENSION):
            key = event.kind
        kept.setdefault(key, event)
    return tuple(kept.values())


@st.composite
def _pledges(draw: st.DrawFn, places: list[tuple[str, str, date, date]], number: int) -> Pledge:
    kind = draw(st.sampled_from(Kind))
    registered_on = draw(_DAYS)
    there = [place for place in places if place[2] <= registered_on <= place[3]]
    names = draw(st.lists(st.one_of(_KNOWN_NAMES, _NAMES), min_size=1, max_size=3, unique=True))
    pledgors = []
    for name in names:
        city, county, *_ = draw(st.sampled_from(there))
        is_person = draw(st.booleans())
        pledgors.append(
            Pledgor(
                name=f"{name}（自然人）" if is_person else name,
                city=city,
                county=draw(st.sampled_from((county, county, None))),
                uscc=None if is_person else draw(st.sampled_from((None, _code(name)))),
                size=draw(st.one_of(st.none(), st.sampled_from(Size))),
                industry=draw(st.one_of(st.none(), st.sampled_from(Industry))),
                is_person=is_person,
            )
        )
    lenders = draw(st.lists(st.one_of(_KNOWN_NAMES, _NAMES), max_size=3, unique=True))
    counts = st.integers(0, 4)
    if kind is Kind.PATENT:
        rights = tuple(
            Right(
                make.patent_number(number * 10 + place, kind=sort), right_kind, draw(_right_names)
            )
            for place in range(draw(counts))
            for sort, right_kind in [
                draw(
                    st.sampled_from(
                        [
                            (1, RightKind.INVENTION),
                            (2, RightKind.UTILITY_MODEL),
                            (3, RightKind.DESIGN),
                        ]
                    )
                )
            ]
        )
    else:
        right_kind = RightKind.TRADEMARK if kind is Kind.TRADEMARK else RightKind.OTHER
        rights = tuple(
            Right(str(10_000_000 + number * 10 + place), right_kind, draw(_right_names))
            for place in range(draw(counts))
        )
    starts, ends = sorted((draw(_DAYS), draw(_DAYS)))
    reg_no = draw(st.sampled_from((None, f"Y201933{number:07d}", f"商质{number}", f"00{number}")))
    in_doubt = None
    if reg_no is None:  # perhaps what another one bears
        in_doubt = draw(st.sampled_from((None, "Y2019330000001", "商质2", f"待{number}")))
    return Pledge(
        kind=kind,
        registered_on=registered_on,
        pledgors=tuple(pledgors),
        pledgees=tuple(
            Pledgee(name, draw(st.one_of(st.none(), st.sampled_from(PledgeeKind))))
            for name in lenders
        ),
        rights=rights,
        reg_no=reg_no,
        reg_no_in_doubt=in_doubt,
        secured_amount_fen=draw(_FEN),
        credit_amount_fen=draw(_FEN),
        loan_amount_fen=draw(_FEN),
        appraised_value_fen=draw(_FEN),
        subsidy_fen=draw(_FEN),
        rights_declared=draw(st.one_of(st.none(), st.integers(1, 999))),
        term_start=draw(st.sampled_from((None, starts))),
        term_end=draw(st.sampled_from((None, ends))),
        channel=draw(st.one_of(st.none(), st.sampled_from(Channel))),
        note=draw(_NOTES),
        events=_one_of_a_day(draw(st.lists(_events(registered_on), max_size=4))),
    )


# A bracket that is never closed cannot be told from one that the next name closes.
_right_names = st.one_of(
    st.just(""),
    st.text("甲乙一种装置、，,.。·-'\"ＡＢ１２ab12 <>_#=+@é𠮷", max_size=14).map(str.strip),
    st.just("一种甲、乙的装置"),
    st.just("装置（A；B）"),
)


@st.composite
def _stores(draw: st.DrawFn, places: list[tuple[str, str, date, date]]) -> list[Pledge]:
    return [draw(_pledges(places, number)) for number in range(1, draw(st.integers(1, 5)) + 1)]


def _told(pledge: Pledge) -> Pledge:
    """A registration without what only its own store knows of it."""
    return replace(
        pledge,
        id=None,
        uid="",
        events=tuple(
            sorted(pledge.events, key=lambda event: (event.happened_on, event.kind.value))
        ),
    )


def _all(store: Store) -> list[Pledge]:
    listing = select(store, Filter(), make.TODAY, Sort.REGISTERED_ON, descending=False)
    return [_told(pledge) for pledge in find(store, listing.ids)]


_counter = itertools.count()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_export_and_import_change_nothing(
    empty_store: Path,
    places: list[tuple[str, str, date, date]],
    tmp_path: Path,
    suffix: str,
    data: st.DataObject,
) -> None:
    pledges = data.draw(_stores(places))
    folder = tmp_path / str(next(_counter))
    folder.mkdir()
    path = folder / f"台账{suffix}"
    with make.store_copied(empty_store, folder) as store:
        make.stored(store, *pledges)
        export_ledger(store, path, make.TODAY, Progress())
        plan = read(store, path)
        assert [(e.status, e.changes, e.errors) for e in plan.entries] == [
            (Status.SAME, (), ()) for _ in pledges
        ]
        told = _all(store)
    other = folder / "other"
    other.mkdir()
    with make.store_copied(empty_store, other) as empty:
        receipt = bring_in(empty, path)
        assert (receipt.new, receipt.faults) == (len(pledges), ())
        assert sorted(_all(empty), key=repr) == sorted(told, key=repr)
