"""Acts of the users and what each changed: told, taken back, and done again.

Taking back an act is an act itself, so the history stays complete and never shrinks.
"""

import contextlib
import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipfinance.db.act_words import ActWords, said
from ipfinance.db.connection import Store
from ipfinance.errors import UserError
from ipfinance.language import tr


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when (UTC), who, and in which words."""

    id: int
    happened_at: str
    who: str
    words: str

    @property
    def said(self) -> str:
        """Its words in the language of the window."""
        return said(self.words)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field of one row: table, row, column, and the value before and after."""

    happened_at: str
    who: str
    words: str
    entity: str
    entity_row: int
    column: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table as one act left it; ``before`` is None where the row came.

    ``id`` grows with time; ``act`` is None for what came past the program.
    """

    id: int
    act: int | None
    happened_at: str | None
    entity: str
    entity_row: int
    before: Mapping[str, Any] | None


# An act can be taken back while nothing took it back; one that takes back another cannot
# itself be undone, it is redone.
_UNDOABLE = """
    SELECT id, happened_at, who, words FROM act
    WHERE undoes IS NULL AND undone_by IS NULL
      AND EXISTS (SELECT 1 FROM history WHERE act = act.id)
    ORDER BY id DESC LIMIT 1
"""
# The act taken back last, while no new act has come since: a new one ends all redoing. Looked
# for among the acts since then, from the newest; by `undone_by` all acts would be read.
_REDOABLE = """
    SELECT act.id, act.happened_at, act.who, act.words FROM act AS undoing
    CROSS JOIN act ON act.id = undoing.undoes AND act.undone_by = undoing.id
    WHERE act.undoes IS NULL AND undoing.id > (
        SELECT id FROM act AS new
        WHERE undoes IS NULL AND EXISTS (SELECT 1 FROM history WHERE act = new.id)
        ORDER BY id DESC LIMIT 1)
    ORDER BY undoing.id DESC LIMIT 1
"""
_ACT = "SELECT id, happened_at, who, words FROM act WHERE id = {id}"
_OF_ACT = "SELECT * FROM history WHERE act = ? ORDER BY id DESC"
_OF_ROW = """
    SELECT history.*, coalesce(act.happened_at, history.happened_at) AS at,
        coalesce(act.who, '') AS who, coalesce(act.words, '') AS words
    FROM history LEFT JOIN act ON act.id = history.act
    WHERE entity = ? AND entity_row = ? AND operation <> 'insert' ORDER BY history.id
"""
_CHANGED = """
    SELECT id, act, happened_at, entity, entity_row, before FROM history
    WHERE operation <> 'insert' AND entity = :entity
        AND entity_row IN (SELECT value FROM json_each(:rows))
    UNION
    SELECT id, act, happened_at, entity, entity_row, before FROM history
    WHERE operation <> 'insert' AND entity = :entity
        AND coalesce(json_extract(before, '$.pledge'), json_extract(before, '$.event'))
            IN (SELECT value FROM json_each(:owners))
    ORDER BY id
"""
_CAME = """
    SELECT id, act, happened_at, entity_row, coalesce(last_row, entity_row) AS last_row
    FROM history WHERE operation = 'insert' AND entity = :entity
        AND entity_row <= :last AND coalesce(last_row, entity_row) >= :first
"""


def undoable(store: Store) -> Act | None:
    """The act that 撤销 would take back, None when there is none."""
    return _act(store, _UNDOABLE)


def redoable(store: Store) -> Act | None:
    """The act that 重做 would do again, None when there is none."""
    return _act(store, _REDOABLE)


def undo(store: Store) -> Act:
    """Take back the newest act, whole.

    Raises:
        UserError: when there is nothing to take back, another window has just written, or what
            came later past the program rests on it; nothing is changed.
    """
    act = undoable(store)
    if act is None:
        raise UserError(tr("没有可撤销的操作"))
    with _fitting(act), store.act(ActWords.UNDONE.format(act=act.words), undoes=act.id) as undoing:
        _refuse_if_stale(act, undoable(store))
        _reverse(store, act.id)
        store.connection.execute("UPDATE act SET undone_by = ? WHERE id = ?", (undoing, act.id))
    return act


def redo(store: Store) -> Act:
    """Do again the act that was taken back last.

    Raises:
        UserError: when there is nothing to do again, another window has just written, or it no
            longer fits; nothing is changed.
    """
    act = redoable(store)
    if act is None:
        raise UserError(tr("没有可重做的操作"))
    undone_by = store.connection.execute(
        "SELECT undone_by FROM act WHERE id = ?", (act.id,)
    ).fetchone()[0]
    with (
        _fitting(act, again=True),
        store.act(ActWords.REDONE.format(act=act.words), undoes=undone_by),
    ):
        _refuse_if_stale(act, redoable(store))
        _reverse(store, undone_by)
        store.connection.execute("UPDATE act SET undone_by = NULL WHERE id = ?", (act.id,))
    return act


def of_row(store: Store, entity: str, entity_row: int) -> list[FieldChange]:
    """What happened to one row of one table, field by field, oldest first."""
    told: list[FieldChange] = []
    for row in store.connection.execute(_OF_ROW, (entity, entity_row)):
        before = json.loads(row["before"]) if row["before"] else {}
        after = json.loads(row["after"]) if row["after"] else {}
        for column in before | after:
            if before.get(column) != after.get(column):
                told.append(
                    FieldChange(
                        row["at"],
                        row["who"],
                        row["words"],
                        entity,
                        entity_row,
                        column,
                        before.get(column),
                        after.get(column),
                    )
                )
    return told


def changes_of(
    store: Store, entity: str, rows: Iterable[int], owners: Iterable[int]
) -> list[RowChange]:
    """What happened to rows of one table, oldest first: to these rows, and to those, gone since
    or not, that belonged to a registration (of an item, to an event) of ``owners``."""
    asked = {"entity": entity, "rows": json.dumps(list(rows)), "owners": json.dumps(list(owners))}
    changed = [_row_change(row) for row in store.connection.execute(_CHANGED, asked)]
    known = {*json.loads(asked["rows"]), *(one.entity_row for one in changed)}
    return sorted([*changed, *_came(store, entity, sorted(known))], key=lambda one: one.id)


def _came(store: Store, entity: str, rows: list[int]) -> Iterator[RowChange]:
    """How each of these rows, in order, came into its table: alone or with others in a range."""
    if not rows:
        return
    asked = {"entity": entity, "first": rows[0], "last": rows[-1]}
    for row in store.connection.execute(_CAME, asked):
        told = row["id"], row["act"], row["happened_at"], entity
        of_range = slice(bisect_left(rows, row["entity_row"]), bisect_right(rows, row["last_row"]))
        for number in rows[of_range]:
            yield RowChange(*told, number, None)


def act_of(store: Store, change: RowChange) -> Act:
    """The act that a change belongs to; for one past the program, its moment and no words."""
    found = None if change.act is None else _act(store, _ACT.format(id=change.act))
    return found or Act(0, change.happened_at or "", "", "")


def _row_change(row: sqlite3.Row) -> RowChange:
    before = json.loads(row["before"]) if row["before"] else None
    return RowChange(
        row["id"], row["act"], row["happened_at"], row["entity"], row["entity_row"], before
    )


@contextlib.contextmanager
def _fitting(act: Act, *, again: bool = False) -> Iterator[None]:
    """Say in words when the store's references would be torn."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        text = (
            tr("不能重做「{act}」：之后的改动与它冲突", act=act.said)
            if again
            else tr("不能撤销「{act}」：之后的改动与它冲突", act=act.said)
        )
        raise UserError(text, tr("请直接更正有关的登记。")) from error


def _refuse_if_stale(chosen: Act, now: Act | None) -> None:
    """Refuse an act that was chosen before the store was held for writing, if it no longer is
    the one: to take it back would overwrite what came since."""
    if now != chosen:
        raise UserError(
            tr("另一个窗口刚刚改动了数据，没有撤销或重做任何内容"), tr("请看清最近的操作后再试。")
        )


def _act(store: Store, sql: str) -> Act | None:
    row = store.connection.execute(sql).fetchone()
    return None if row is None else Act(**dict(row))


def _reverse(store: Store, act: int) -> None:
    """Bring every row that an act touched back to what it was before."""
    put_back(store, store.connection.execute(_OF_ACT, (act,)).fetchall())


def put_back(store: Store, changes: Iterable[sqlite3.Row]) -> None:
    """Bring rows back to what they were before these rows of the history, newest first."""
    connection = store.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for row in changes:
        entity, number = row["entity"], row["entity_row"]
        if row["operation"] == "insert":
            last = number if row["last_row"] is None else row["last_row"]
            connection.execute(f"DELETE FROM {entity} WHERE id BETWEEN ? AND ?", (number, last))
            continue
        before = json.loads(row["before"])
        if row["operation"] == "update":
            columns = ", ".join(f"{column} = :{column}" for column in before)
            connection.execute(
                f"UPDATE {entity} SET {columns} WHERE id = :id", {**before, "id": number}
            )
        else:
            columns = ", ".join(before)
            values = ", ".join(f":{column}" for column in before)
            connection.execute(
                f"INSERT INTO {entity} (id, {columns}) VALUES (:id, {values})",
                {**before, "id": number},
            )
