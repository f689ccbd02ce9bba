"""Enterprises and pledgees found by what is typed are those that a plain scan finds."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipfinance.db import enterprises, ledger, pledgees
from ipfinance.db.connection import Store, open_store
from ipfinance.db.ledger import Filter
from ipfinance.db.ledger_memory import LedgerMemory
from ipfinance.db.ledger_reader import LedgerReader
from ipfinance.db.party_names import Party, rename
from ipfinance.demonstration import fill
from ipfinance.domain.names import initials, name_key
from ipfinance.progress import Progress
from tests import make

_EVERY_OTHER = 7  # this part of the parties had another name before


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("typed") / "demo.db") as store:
        fill(store, make.TODAY, Progress(), size=300)
        for party in Party:
            rows = store.connection.execute(f"SELECT id, name FROM {party} ORDER BY id").fetchall()
            for row in rows[::_EVERY_OTHER]:
                rename(store, party, row["id"], f"新立{row['name']}")
        yield store


@pytest.fixture(scope="module")
def memory(store: Store) -> LedgerMemory:
    memory = LedgerMemory()
    while not memory.is_whole:
        memory.read_next(store, make.TODAY)
    return memory


def _names(store: Store, party: Party) -> dict[int, set[str]]:
    """The names that each party has or had."""
    names: dict[int, set[str]] = {}
    for sql in (
        f"SELECT id, name FROM {party}",
        f"SELECT {party}, name FROM former_name WHERE {party} IS NOT NULL",
    ):
        for number, name in store.connection.execute(sql):
            names.setdefault(number, set()).add(name)
    return names


def _scanned(store: Store, party: Party, text: str) -> set[int]:
    """Looks at every name, its initials and every code, one after the other."""
    key = name_key(text)
    found = {
        number
        for number, names in _names(store, party).items()
        if any(key in name_key(name) or initials(name).startswith(key) for name in names)
    }
    if party is Party.ENTERPRISE:
        rows = store.connection.execute("SELECT id, uscc, organisation_code FROM enterprise")
        found |= {row[0] for row in rows if any(text.upper() in (code or "") for code in row[1:])}
    else:
        rows = store.connection.execute("SELECT id, head_name FROM pledgee")
        found |= {row[0] for row in rows if key in name_key(row[1] or "")}
    return found


def _pieces(store: Store, party: Party) -> list[str]:
    """What somebody may type: parts of names, beginnings of initials, parts of codes."""
    names = [name for names in _names(store, party).values() for name in names]
    short = [name[at : at + length] for name in names for at in range(5) for length in (1, 2, 6)]
    letters = [initials(name)[:length] for name in names for length in (1, 2, 4, 9)]
    codes = [
        code[at : at + length].lower()
        for (code,) in store.connection.execute("SELECT uscc FROM enterprise")
        for at, length in ((0, 18), (0, 4), (8, 9), (11, 2))
        if code
    ]
    return sorted({*short, *letters, *codes, "不在", "zzzz", "（"} - {""})


@pytest.mark.parametrize("party", Party)
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_that_typing_finds_what_a_plain_scan_finds(
    store: Store, memory: LedgerMemory, party: Party, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(_pieces(store, party)))
    in_memory = LedgerReader()
    in_memory.memory = memory
    for reader in (LedgerReader(), in_memory):
        if party is Party.ENTERPRISE:
            sort = enterprises.EnterpriseSort.NAME
            found = set(reader.enterprises(store, text, make.TODAY, sort, False).ids)
        else:
            found = {row.id for row in reader.pledgees(store, text, make.TODAY)}
        assert found == _scanned(store, party, text)


def test_that_a_registration_is_found_by_the_initials_of_a_name_its_pledgor_had(
    store: Store,
) -> None:
    row = store.connection.execute(
        "SELECT enterprise, initials FROM former_name WHERE enterprise IS NOT NULL"
    ).fetchone()
    found = ledger.select(store, Filter(text=row["initials"]), make.TODAY)
    assert set(ledger.select(store, Filter(enterprise=row["enterprise"]), make.TODAY).ids) <= set(
        found.ids
    )
    assert len(found)


def test_that_nothing_is_found_by_what_no_name_can_hold(store: Store) -> None:
    assert not len(enterprises.select(store, "\u200b", make.TODAY))
    assert pledgees.pledgee_rows(store, "\u200b", make.TODAY) == []
