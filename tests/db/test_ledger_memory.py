"""The ledger in memory answers as the store does, whatever was written since it was read."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db import enterprises, facets, history, ledger, listings, pledgees, touched
from ipfinance.db.connection import Store, open_store
from ipfinance.db.enterprises import EnterpriseSort
from ipfinance.db.ledger import Filter, Sort
from ipfinance.db.ledger_memory import LedgerMemory
from ipfinance.db.ledger_reader import LedgerReader
from ipfinance.db.mergers import merge
from ipfinance.db.party_names import Party, rename
from ipfinance.db.pledges import find
from ipfinance.db.registrar import cancel, correct, delete, purge, register, restore
from ipfinance.demonstration import fill
from ipfinance.domain.pledge import Channel, Kind, Pledge, RightKind, State
from ipfinance.errors import UserError
from ipfinance.progress import Progress
from tests import make

TODAY = make.TODAY
_NAMES = (
    *("杭州示例海康有限公司", "杭州示例AB科技", "示例甲", "宁波（示例）a%b_c", "𠮷示例", "Ａ示例"),
    *("hz示例", "示例·乙", "重庆示例"),
)
_QUERIES = (
    *("杭", "杭州", "示例", "司", "ab", "AB", "Ａ", "ａｂ", "%", "_", "a%b", "(示例)", "（", "𠮷"),
    *("hz", "HZ", "hzs", "cq", "h", "z", "·", "•乙", " 杭 州 ", "\u200b", "王", "王某", "自然人"),
    *("91", "9133", "MA00", "2018", "ZL2018", "zl201810000", "20181000000", "Y2", "y20", "不在"),
    *("银行", "示例银行股份有限公司杭州分行", "G1", "\u3000", "'", "\\"),
)
_FILTERS = (
    Filter(),
    Filter(city=make.HANGZHOU),
    Filter(kinds=(Kind.PATENT,), start=date(2018, 1, 1)),
    Filter(state=State.DUE_SOON),
    Filter(amount_missing=True),
    Filter(pledgor_county=make.BINJIANG),
    Filter(deleted=True),
)


def _memory(store: Store) -> LedgerMemory:
    memory = LedgerMemory()
    while not memory.is_whole:
        memory.read_next(store, TODAY)
    return memory


def _assert_same(store: Store, memory: LedgerMemory, wanted: Filter, sort: Sort) -> None:
    reader = LedgerReader()
    reader.memory = memory
    for descending in (True, False):
        asked = store, wanted, TODAY, sort, descending
        assert reader.select(*asked) == ledger.select(*asked)
    assert reader.count(store, wanted, TODAY) == ledger.count(store, wanted, TODAY)
    assert reader.figures(store, wanted, TODAY) == listings.figures_of(store, wanted, TODAY)
    assert reader.facets(store, wanted, TODAY) == facets.facets(store, wanted, TODAY)


def _assert_same_parties(
    store: Store, memory: LedgerMemory, text: str, sort: EnterpriseSort
) -> None:
    reader = LedgerReader()
    reader.memory = memory
    for descending in (True, False):
        asked = store, text, TODAY, sort, descending
        assert reader.enterprises(*asked) == enterprises.select(*asked)
    of_store = pledgees.pledgee_rows(store, text, TODAY)
    assert reader.pledgees(store, text, TODAY) == of_store


_PARTY = st.builds(
    lambda name, code: make.pledgor(name, uscc=make.credit_code(code) if code else None),
    st.sampled_from(_NAMES),
    st.none() | st.integers(1, 3),
) | st.builds(make.person, st.sampled_from(("王某甲（自然人）", "李%（个人）")))
_RIGHT = st.builds(
    lambda number, year: make.right(make.patent_number(number, year)),
    st.integers(1, 9),
    st.sampled_from((2018, 2019)),
) | st.builds(
    lambda number: make.mark(number), st.sampled_from(("12345678", "G1234567", "23456789"))
)
_PLEDGE = st.builds(
    lambda pledgors, right, **changes: make.pledge(
        pledgors=tuple(pledgors),
        rights=(right,),
        kind=Kind.TRADEMARK if right.kind is RightKind.TRADEMARK else Kind.PATENT,
        **changes,
    ),
    st.lists(_PARTY, min_size=1, max_size=2, unique_by=lambda party: (party.name, party.uscc)),
    _RIGHT,
    registered_on=st.dates(date(2017, 1, 1), date(2019, 12, 31)),
    secured_amount_fen=st.none() | st.sampled_from((1, 100, 2**50)),
    term_end=st.none() | st.sampled_from([TODAY + timedelta(days) for days in (-9, 0, 9, 200)]),
    channel=st.none() | st.sampled_from(Channel),
    pledgees=st.sampled_from(((), (make.pledgee(),), (make.pledgee("示例担保"), make.pledgee()))),
)
_PLEDGE |= _PLEDGE.map(Pledge.with_number_in_doubt)
_ACTS = ("register", "correct", "delete", "restore", "purge", "cancel", "rename", "merge", "undo")


def _act(store: Store, act: str, at: int, pledge: Pledge) -> None:
    """Do something to one of what there is; where it cannot be done nothing happens."""
    alive = list(ledger.select(store, Filter(), TODAY).ids)
    gone = list(ledger.select(store, Filter(deleted=True), TODAY).ids)
    parties = [row[0] for row in store.connection.execute("SELECT id FROM enterprise ORDER BY id")]
    if act == "register":
        register(store, pledge)
    elif act == "undo":
        history.undo(store)
    elif act in ("correct", "delete", "cancel") and alive:
        number = alive[at % len(alive)]
        if act == "correct":
            [known] = find(store, [number])
            correct(store, number, replace(pledge, id=known.id, uid=known.uid))
        elif act == "delete":
            delete(store, [number])
        else:
            cancel(store, [number], TODAY - timedelta(days=at % 3))
    elif act in ("restore", "purge") and gone:
        {"restore": restore, "purge": purge}[act](store, [gone[at % len(gone)]])
    elif act == "rename" and parties:
        name = _NAMES[at % len(_NAMES)]
        rename(store, Party.ENTERPRISE, parties[at % len(parties)], name)
    elif act == "merge" and len(parties) > 1:
        kept, other = parties[at % len(parties)], parties[(at + 1) % len(parties)]
        merge(store, Party.ENTERPRISE, kept, other)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(_PLEDGE, max_size=5),
    st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 20), _PLEDGE), max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from(_QUERIES),
            st.sampled_from(_FILTERS),
            st.sampled_from(Sort),
            st.sampled_from(EnterpriseSort),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_that_it_answers_as_the_store_after_any_acts(
    store: Store,
    pledges: list[Pledge],
    acts: list[tuple[str, int, Pledge]],
    asked: list[tuple[str, Filter, Sort, EnterpriseSort]],
) -> None:
    # Examples share the store: each comes upon what those before left there.
    memory = _memory(store)
    acts = [("register", 0, pledge) for pledge in pledges] + acts
    for act, at, pledge in acts:
        with contextlib.suppress(UserError):  # what cannot be done leaves nothing
            _act(store, act, at, pledge)
        for text, wanted, sort, of_enterprises in asked:
            _assert_same(store, memory, replace(wanted, text=text), sort)
            _assert_same_parties(store, memory, text, of_enterprises)


@pytest.mark.parametrize("text", ["", *_QUERIES, "新材料", "支行", "Y2019", "9133010"])
def test_that_it_finds_what_the_store_finds(demonstration: Store, text: str) -> None:
    memory = _memory(demonstration)
    for wanted in _FILTERS[:3]:
        _assert_same(demonstration, memory, replace(wanted, text=text), Sort.PLEDGOR)
    _assert_same_parties(demonstration, memory, text, EnterpriseSort.SECURED_AMOUNT)


@pytest.mark.parametrize("sort", Sort)
def test_that_it_sorts_as_the_store_sorts(demonstration: Store, sort: Sort) -> None:
    memory = _memory(demonstration)
    _assert_same(demonstration, memory, Filter(), sort)
    _assert_same(demonstration, memory, Filter(city=make.HANGZHOU, text="hz"), sort)


@pytest.mark.parametrize("sort", EnterpriseSort)
def test_that_it_sorts_enterprises_as_the_store_sorts(
    demonstration: Store, sort: EnterpriseSort
) -> None:
    memory = _memory(demonstration)
    _assert_same_parties(demonstration, memory, "", sort)
    _assert_same_parties(demonstration, memory, "科技", sort)


def test_that_it_is_not_ready_before_all_is_read_and_after_too_much_was_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = LedgerMemory()
    memory.read_next(store, TODAY)
    assert not memory.is_ready(store, TODAY)
    memory = _memory(store)
    assert memory.is_ready(store, TODAY)
    monkeypatch.setattr(touched, "MOST", 3)
    make.stored(store, make.pledge(), make.pledge())
    assert not memory.is_ready(store, TODAY)
    while not memory.is_whole:
        memory.read_next(store, TODAY)
    _assert_same(store, memory, Filter(text="示例"), Sort.PLEDGOR)


def test_that_another_day_is_told_anew(store: Store) -> None:
    make.stored(store, make.pledge(term_end=TODAY + timedelta(days=10)))
    memory = _memory(store)
    assert memory.codes(store, Filter(), TODAY, date.min, date.max)
    assert not memory.is_ready(store, TODAY + timedelta(days=20))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("memory") / "demo.db") as store:
        fill(store, TODAY, Progress(), size=600)
        yield store


@pytest.mark.parametrize("sort", [Sort.REGISTERED_ON, Sort.CITY, Sort.PLEDGOR, Sort.REG_NO])
def test_that_what_another_window_writes_in_the_middle_of_an_answer_does_no_harm(
    store: Store, sort: Sort
) -> None:
    first, last = make.stored(store, make.pledge(), make.pledge())
    memory = LedgerMemory()
    while not memory.is_whole:
        memory.read_next(store, TODAY)
    for is_gone in (True, False):
        assert memory.is_ready(store, TODAY)
        with open_store(store.path) as other:
            if is_gone:
                delete(other, [last.id or 0])
            else:
                make.stored(other, make.pledge(), make.pledge())
        told = memory.select(store, Filter(), TODAY, sort, descending=False)
        assert told.ids[0] == first.id  # of before or after, never an error
        memory.select(store, Filter(kinds=(Kind.PATENT,)), TODAY, sort, descending=True)
    assert memory.is_ready(store, TODAY)
    told = memory.select(store, Filter(), TODAY, sort, descending=False)
    assert told == ledger.select(store, Filter(), TODAY, sort, descending=False)
