"""The name a party has today and those it had before, by which it is still found."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.domain.head_banks import head_key, head_name
from ipfinance.domain.names import initials, name_key
from ipfinance.errors import UserError
from ipfinance.language import either, tr


class Party(StrEnum):
    """The two sorts of parties that are kept once each; the value is the name of the table."""

    ENTERPRISE = "enterprise"
    PLEDGEE = "pledgee"

    @property
    def label_zh(self) -> str:
        return "企业" if self is Party.ENTERPRISE else "质权人"

    @property
    def label(self) -> str:
        return either(self.label_zh, "Enterprise" if self is Party.ENTERPRISE else "Pledgee")

    @property
    def links(self) -> str:
        """The table that says in which registrations it takes part."""
        return "pledge_pledgor" if self is Party.ENTERPRISE else "pledge_pledgee"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a party had before; ``id`` is the store's own number of it."""

    id: int
    name: str


_OF_PARTY = "SELECT id, name FROM former_name WHERE {party} = ? ORDER BY id"
_ALL_KEYS = """
    SELECT id, name_key FROM enterprise WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT enterprise, name_key FROM former_name
    WHERE enterprise IN (SELECT value FROM json_each(:ids))
"""
_ADD = """
    INSERT INTO former_name ({party}, name, name_key, initials) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
_IS_CURRENT = "SELECT 1 FROM {party} WHERE id = ? AND name_key = ?"
_FORGET = "DELETE FROM former_name WHERE {party} = ? AND name_key = ?"
_CURRENT = "SELECT name, name_key FROM {party} WHERE id = ?"
_RENAME = "UPDATE {party} SET name = ?, name_key = ?, initials = ? WHERE id = ?"
_FOLLOW_HEAD = """
    UPDATE pledgee SET head_name = :head, head_key = :key WHERE id = :id AND head_key = :was
"""
_TAKEN = """
    SELECT name FROM pledgee WHERE name_key = ? AND id <> ?
        AND NOT EXISTS (SELECT 1 FROM merger WHERE party = 'pledgee' AND gone = pledgee.id)
"""


def former_names(store: Store, party: Party, number: int) -> list[FormerName]:
    """The names that a party had before, as they were recorded."""
    rows = store.connection.execute(_OF_PARTY.format(party=party), (number,))
    return [FormerName(row["id"], row["name"]) for row in rows]


def names_of_enterprises(store: Store, numbers: Iterable[int]) -> dict[int, set[str]]:
    """The normalised names, today's and former ones, of each of these enterprises."""
    asked = {"ids": json.dumps(sorted(set(numbers)))}
    names: dict[int, set[str]] = {}
    for number, key in store.connection.execute(_ALL_KEYS, asked):
        names.setdefault(number, set()).add(key)
    return names


def no_longer_there(party: Party) -> UserError:
    """What is said of a party that another window has taken away meanwhile."""
    return UserError(tr("这家{party}已经不在了", party=party.label), tr("请刷新后再看。"))


def add_former_name(store: Store, party: Party, number: int, name: str) -> None:
    """Record by hand a name that a party had before, as an act of its own.

    Raises:
        UserError: when it is no name, the one it has today, or the party is gone.
    """
    name = name.strip()
    if not name_key(name):
        raise UserError(tr("没有填写曾用名"), tr("请写出以前的全称。"))
    current = _today(store.connection, party, number)
    if current["name_key"] == name_key(name):
        raise UserError(tr("「{name}」就是现在的名称", name=name), tr("曾用名填写以前的名称。"))
    with store.act(ActWords.FORMER_NAME.format(name=name, current=current["name"])):
        note_former_name(store.connection, party, number, name)


def remove_former_name(store: Store, party: Party, number: int, former: FormerName) -> None:
    """Take out a name that the party never had, as an act of its own."""
    with store.act(ActWords.FORMER_NAME_GONE.format(name=former.name)):
        store.connection.execute(_FORGET.format(party=party), (number, name_key(former.name)))


def rename(store: Store, party: Party, number: int, name: str, *, keeps: bool = True) -> None:
    """Give a party another name by hand, as an act of its own.

    The name it had is kept as a former one, unless it was never right (``keeps`` False).

    Raises:
        UserError: when it is no name, another pledgee has it already, or the party is gone.
    """
    name = name.strip()
    if not name_key(name):
        raise UserError(tr("没有填写名称"), tr("请写出全称。"))
    before = _today(store.connection, party, number)
    if before["name"] == name:
        return
    if party is Party.PLEDGEE:
        taken = store.connection.execute(_TAKEN, (name_key(name), number)).fetchone()
        if taken is not None:
            raise UserError(
                tr("质权人里已有「{taken}」", taken=taken["name"]), tr("若是同一家，请把两家合并。")
            )
    try:
        with store.act(ActWords.RENAMED.format(before=before["name"], after=name)):
            set_name(store.connection, party, number, name, keeps=keeps)
    except sqlite3.IntegrityError as error:  # a merged pledgee has it, and needs it to be found
        raise UserError(
            tr("「{name}」是已合并的质权人的名称", name=name), tr("请先拆分那一家，或另写名称。")
        ) from error


def set_name(
    connection: sqlite3.Connection, party: Party, number: int, name: str, *, keeps: bool = True
) -> None:
    """Make a name the one of today, inside an act; the one before becomes a former one."""
    before = _today(connection, party, number)
    connection.execute(_RENAME.format(party=party), (name, name_key(name), initials(name), number))
    connection.execute(_FORGET.format(party=party), (number, name_key(name)))
    if party is Party.PLEDGEE:
        # A head that was told by the name follows it; one that a person told stays.
        connection.execute(
            _FOLLOW_HEAD,
            {
                "id": number,
                "head": head_name(name),
                "key": head_key(name),
                "was": head_key(before["name"]),
            },
        )
    if keeps:
        note_former_name(connection, party, number, before["name"])


def note_former_name(connection: sqlite3.Connection, party: Party, number: int, name: str) -> bool:
    """Write down that a party had this name, inside an act; whether that was news."""
    key = name_key(name)
    if connection.execute(_IS_CURRENT.format(party=party), (number, key)).fetchone() is not None:
        return False
    added = connection.execute(_ADD.format(party=party), (number, name, key, initials(name)))
    return bool(added.rowcount)


def _today(connection: sqlite3.Connection, party: Party, number: int) -> sqlite3.Row:
    """The name that a party has today, and its key."""
    row: sqlite3.Row | None
    row = connection.execute(_CURRENT.format(party=party), (number,)).fetchone()
    if row is None:
        raise no_longer_there(party)
    return row
