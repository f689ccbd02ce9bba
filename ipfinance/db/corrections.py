"""What was written about a registration and all that belongs to it, act by act.

The history keeps rows; here they are put back as the registration stood before and after each
act, because parties and rights are told by their place and number and not by rows of a table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ipfinance.db.connection import Store
from ipfinance.db.history import RowChange, act_of, changes_of

PLEDGE, PLEDGOR, PLEDGEE, RIGHT, EVENT = (
    "pledge",
    "pledge_pledgor",
    "pledge_pledgee",
    "pledge_right",
    "event",
)
_CHANGE = "event_change"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that an act made different: when (UTC), who, and in which words.

    ``part`` is the table, ``which`` tells the row of it (the place of a party, the number of a
    right, the number of an event). ``column`` is "" where the whole row came (``before`` is
    None) or went (``after`` is None); then the other one holds its columns.
    """

    happened_at: str
    who: str
    words: str
    part: str
    which: int | str
    column: str
    before: object
    after: object


_TOLD: dict[str, tuple[str, ...]] = {
    PLEDGE: (
        *("kind", "reg_no", "registered_on", "city", "county", "secured_amount_fen"),
        *("credit_amount_fen", "loan_amount_fen", "appraised_value_fen", "subsidy_fen"),
        *("rights_declared", "term_start", "term_end", "channel", "note"),
        *("reg_no_in_doubt", "deleted_at"),
    ),
    PLEDGOR: ("name", "uscc", "city", "county", "size", "industry"),
    PLEDGEE: ("name",),
    RIGHT: ("number", "name"),
    EVENT: ("kind", "happened_on", "secured_amount_fen", "term_end", "changes", "note"),
}
_NOW: dict[str, str] = {
    PLEDGE: "SELECT * FROM pledge WHERE id = ?",
    **{part: f"SELECT * FROM {part} WHERE pledge = ?" for part in (PLEDGOR, PLEDGEE, RIGHT, EVENT)},
    _CHANGE: "SELECT * FROM event_change WHERE event IN (SELECT id FROM event WHERE pledge = ?)",
}
_Row = Mapping[str, Any]
_Shown = dict[tuple[str, int | str], dict[str, object]]


def corrections(store: Store, number: int) -> list[Correction]:
    """Everything written about a registration, the newest first, its first entry last."""
    told: list[Correction] = []
    reading = _Reading(store, number)
    for changes in reading.acts():
        after = reading.shown()
        reading.step_back(changes)
        before = reading.shown()
        act = act_of(store, changes[0])
        for part, which, column, was, became in _differences(before, after):
            told.append(
                Correction(act.happened_at, act.who, act.words, part, which, column, was, became)
            )
    return told


class _Reading:
    """The rows of a registration as they were at some time, beginning with now."""

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._names: dict[tuple[str, int], str] = {}
        self._rows: dict[str, dict[int, _Row]] = {}
        self._changes: list[RowChange] = []
        for part, sql in _NOW.items():
            now: dict[int, _Row] = {
                row["id"]: dict(row) for row in store.connection.execute(sql, (number,))
            }
            self._rows[part] = now
            owners = [number]
            if part == _CHANGE:
                gone = {one.entity_row for one in self._changes if one.entity == EVENT}
                owners = sorted(gone | self._rows[EVENT].keys())
            self._changes += changes_of(store, part, now.keys(), owners)

    def acts(self) -> Iterator[list[RowChange]]:
        """What was changed, one list for each act, the newest first."""
        newest_first = sorted(self._changes, key=lambda one: one.id, reverse=True)
        # What came past the program has no act; each is told on its own.
        for _, changes in groupby(newest_first, key=lambda one: one.act or -one.id):
            yield list(changes)

    def step_back(self, changes: Iterable[RowChange]) -> None:
        """Put the rows back to before these changes, which come newest first."""
        for one in changes:
            rows = self._rows[one.entity]
            if one.before is None:
                rows.pop(one.entity_row, None)
            else:
                rows[one.entity_row] = one.before

    def shown(self) -> _Shown:
        """What a person calls the rows by, with the columns that mean something to one."""
        shown: _Shown = {}
        for row in self._rows[PLEDGE].values():
            shown[PLEDGE, 0] = self._told(PLEDGE, row)
        for row in self._rows[PLEDGOR].values():
            code = self._named("enterprise", row["enterprise"])
            shown[PLEDGOR, row["position"]] = self._told(PLEDGOR, {**row, "uscc": code})
        for row in self._rows[PLEDGEE].values():
            name = self._named("pledgee", row["pledgee"])
            shown[PLEDGEE, row["position"]] = {"name": name}
        for row in self._rows[RIGHT].values():
            number = self._named("ip_right", row["ip_right"])
            shown[RIGHT, number] = {"number": number, "name": row["name"]}
        for event, row in self._rows[EVENT].items():
            shown[EVENT, event] = self._told(EVENT, {**row, "changes": self._items(event)})
        return shown

    def _told(self, part: str, row: _Row) -> dict[str, object]:
        # What was kept before a column was added knows nothing of it.
        return {column: row.get(column) for column in _TOLD[part]}

    def _items(self, event: int) -> str:
        rows = [row for row in self._rows[_CHANGE].values() if row["event"] == event]
        return "；".join(
            f"{row['item']}：{row['before']} → {row['after']}"
            for row in sorted(rows, key=lambda row: row["position"])
        )

    def _named(self, table: str, row: int | None) -> str:
        """What a row of another table is called, also when an undo has taken it away."""
        if row is None:
            return ""
        if (table, row) not in self._names:
            self._names[table, row] = self._name_of(table, row)
        return self._names[table, row]

    def _name_of(self, table: str, row: int) -> str:
        found = self._store.connection.execute(_NAMES[table], (row,)).fetchone()
        if found is not None:
            return str(found[0] or "")
        kept = [one.before for one in changes_of(self._store, table, [row], []) if one.before]
        return next((str(one[_NAMED_BY[table]] or "") for one in reversed(kept)), "")


_NAMES = {
    "enterprise": "SELECT coalesce(uscc, organisation_code) FROM enterprise WHERE id = ?",
    "pledgee": "SELECT name FROM pledgee WHERE id = ?",
    "ip_right": "SELECT number FROM ip_right WHERE id = ?",
}
_NAMED_BY = {"enterprise": "uscc", "pledgee": "name", "ip_right": "number"}


def _differences(
    before: _Shown, after: _Shown
) -> Iterator[tuple[str, int | str, str, object, object]]:
    """Part, which row, column, and the value before and after."""
    came, went = (PLEDGE, 0) not in before, (PLEDGE, 0) not in after
    if came or went:
        # With the registration all that belongs to it came or went.
        yield PLEDGE, 0, "", None if came else before[PLEDGE, 0], None if went else after[PLEDGE, 0]
        return
    for part, which in sorted(before | after, key=_place):
        was, became = before.get((part, which)), after.get((part, which))
        if was is None or became is None:
            yield part, which, "", was, became
            continue
        for column in _TOLD[part]:
            if was[column] != became[column]:
                yield part, which, column, was[column], became[column]


def _place(key: tuple[str, int | str]) -> tuple[int, str]:
    """Where a row is told: by its part, then by its number, the tenth after the ninth."""
    return list(_TOLD).index(key[0]), f"{key[1]:>4}"
