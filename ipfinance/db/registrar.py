"""Write registrations: register, correct, record an event, delete, restore.

The bulk of an import and a single save go the same way: rows are gathered and written many at
a time, because one call a row costs more than the writing itself.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import TracebackType
from typing import Self

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store, Uids, now_text
from ipfinance.db.parties import Parties
from ipfinance.db.pledges import find, get, is_deleted, with_reg_no
from ipfinance.db.writing import NewRows, Writer
from ipfinance.domain.pledge import VOIDINGS, Change, Event, EventKind, Pledge, Right
from ipfinance.errors import UserError
from ipfinance.language import tr

_AT_ONCE = 5000

# The columns that each table is filled in, in the order of the rows gathered for it.
_OWN = (
    *("kind", "reg_no", "registered_on", "city", "county", "secured_amount_fen"),
    *("credit_amount_fen", "loan_amount_fen", "appraised_value_fen", "subsidy_fen"),
    *("rights_count", "rights_declared", "term_start", "term_end", "channel", "note"),
    "reg_no_in_doubt",
)
_PLEDGE = ", ".join(("uid", "batch", *_OWN, "ended_on", "ended_by", "counted"))
_PLEDGOR = (
    "pledge, position, enterprise, name, city, county, size, industry,"
    " registered_on, kind, secured_amount_fen, counted"
)
_PLEDGEE = "pledge, position, pledgee, registered_on, kind, city, county, counted"
_RIGHT = "pledge, position, ip_right, name, registered_on, kind, city, county, counted"
_EVENT = "uid, pledge, kind, happened_on, secured_amount_fen, term_end, note"
_CHANGE = "event, position, item, before, after"
_UPDATE_PLEDGE = f"UPDATE pledge SET {', '.join(f'{name} = ?' for name in _OWN)} WHERE id = ?"
_RESTORE = "UPDATE pledge SET deleted_at = NULL WHERE id = ?"
_IS_ALIVE = "SELECT deleted_at IS NULL FROM pledge WHERE id = ?"
_DELETE = "UPDATE pledge SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL"
_LISTED = "IN (SELECT value FROM json_each(:ids))"
_PURGES = (
    f"DELETE FROM event_change WHERE event IN (SELECT id FROM event WHERE pledge {_LISTED})",
    *(
        f"DELETE FROM {table} WHERE pledge {_LISTED}"
        for table in ("event", "pledge_right", "pledge_pledgee", "pledge_pledgor")
    ),
    f"DELETE FROM pledge WHERE id {_LISTED}",
)
_UPDATE_EVENT = """
    UPDATE event SET kind = :kind, happened_on = :happened_on,
        secured_amount_fen = :secured_amount_fen, term_end = :term_end, note = :note
    WHERE id = :id
"""


class Registrar:
    """Writes registrations inside one act; what it has gathered is written on leaving.

    Use it as a context manager inside ``store.act``. ``batch`` is the import that the new
    registrations belong to, ``is_bulk`` that it works inside `in_bulk`.
    """

    def __init__(self, store: Store, batch: int | None = None, is_bulk: bool = False) -> None:
        self._writer = Writer(store.connection, is_bulk)
        self._uids = Uids()
        self._parties = Parties(store, self._uids, self._writer)
        self._batch = batch
        connection = store.connection
        self._pledges = NewRows(connection, "pledge", _PLEDGE)
        self._pledgors = NewRows(connection, "pledge_pledgor", _PLEDGOR)
        self._pledgees = NewRows(connection, "pledge_pledgee", _PLEDGEE)
        self._right_rows = NewRows(connection, "pledge_right", _RIGHT)
        self._events = NewRows(connection, "event", _EVENT)
        self._changes = NewRows(connection, "event_change", _CHANGE)
        # What is looked up, or done, only when the rest is written.
        self._rights: list[tuple[int, int, Right, tuple[object, ...]]] = []
        self._renames: list[tuple[int, Change]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.flush()

    def register(self, pledge: Pledge) -> int:
        """Write a new registration with all that belongs to it; its number."""
        counted = not _is_void(pledge.events)
        ending = pledge.ending if pledge.events else None
        # What would follow by trigger from the events is given at once.
        ended = (_iso(ending.happened_on), ending.kind.value) if ending else (None, None)
        uid = pledge.uid or self._uids.new()
        number = self._pledges.add(uid, self._batch, *_values(pledge), *ended, counted)
        self._gather_links(number, pledge, pledge, counted)
        for event in pledge.events:
            self._gather_event(number, event)
        if len(self._pledges) >= _AT_ONCE:
            self.flush()
        return number

    def correct(self, before: Pledge, after: Pledge) -> None:
        """Make a stored registration equal to ``after``; what is equal already is not touched.

        For mending what was entered wrongly. What happened later is an event instead.
        """
        assert before.id is not None
        self.flush()
        number, connection = before.id, self._writer.connection
        if _values(before) != _values(after):
            connection.execute(_UPDATE_PLEDGE, (*_values(after), number))
        # What lies in the trash stays uncounted.
        is_alive = connection.execute(_IS_ALIVE, (number,)).fetchone()[0]
        bare = replace(after, pledgors=(), pledgees=(), rights=())
        for table, same, links in (
            ("pledge_pledgor", before.pledgors == after.pledgors, {"pledgors": after.pledgors}),
            ("pledge_pledgee", before.pledgees == after.pledgees, {"pledgees": after.pledgees}),
            ("pledge_right", before.rights == after.rights, {"rights": after.rights}),
        ):
            if not same:
                connection.execute(f"DELETE FROM {table} WHERE pledge = ?", (number,))
                counted = bool(is_alive) and not _is_void(after.events)
                self._gather_links(number, replace(bare, **links), after, counted)
        self._correct_events(number, before.events, after.events)
        self.flush()

    def record(self, number: int, event: Event) -> None:
        """Write an event of a stored registration."""
        self._gather_event(number, event)

    def flush(self) -> None:
        """Write everything gathered so far."""
        known = self._parties.rights(right for _, _, right, _ in self._rights)
        for number, position, right, place in self._rights:
            found = known[right.number, right.kind._value_]
            self._right_rows.add(number, position, found, right.name, *place)
        self._rights.clear()
        # What others point to stands first.
        links = (self._pledgors, self._pledgees, self._right_rows)
        tables = (self._pledges, *links, self._events, self._changes)
        self._writer.write([*self._parties.taken(), *(rows.taken() for rows in tables)])
        self._parties.settle_names()
        for number, change in self._renames:
            self._parties.record_rename(number, change.before, change.after)
        self._renames.clear()

    def _gather_links(self, number: int, pledge: Pledge, of: Pledge, counted: bool) -> None:
        """Gather parties and rights; ``of`` tells the date, kind and place that they carry."""
        day, kind = _iso(of.registered_on), of.kind._value_
        for position, pledgor in enumerate(pledge.pledgors, 1):
            size = pledgor.size._value_ if pledgor.size else None
            industry = pledgor.industry._value_ if pledgor.industry else None
            self._pledgors.add(
                *(number, position, self._parties.enterprise(pledgor), pledgor.name),
                *(pledgor.city, pledgor.county, size, industry),
                *(day, kind, of.secured_amount_fen, counted),
            )
        place = (day, kind, of.city, of.county, counted)
        for position, pledgee in enumerate(pledge.pledgees, 1):
            self._pledgees.add(number, position, self._parties.pledgee(pledgee), *place)
        for position, right in enumerate(pledge.rights, 1):
            self._rights.append((number, position, right, place))

    def _gather_event(self, number: int, event: Event) -> None:
        made = self._events.add(self._uids.new(), number, *_event_columns(event).values())
        self._gather_changes(number, made, event)

    def _gather_changes(self, pledge: int, number: int, event: Event) -> None:
        for position, change in enumerate(event.changes, 1):
            self._changes.add(number, position, change.item, change.before, change.after)
            if change.renames_pledgor:
                self._renames.append((pledge, change))

    def _correct_events(
        self, number: int, before: tuple[Event, ...], after: tuple[Event, ...]
    ) -> None:
        kept = {event.id: event for event in after if event.id is not None}
        gone = [event for event in before if event.id not in kept]
        for event in after:
            if event.id is None and event in gone:
                gone.remove(event)
            elif event.id is None:
                self._gather_event(number, event)
        for event in gone:
            self._writer.connection.execute("DELETE FROM event_change WHERE event = ?", (event.id,))
            self._writer.connection.execute("DELETE FROM event WHERE id = ?", (event.id,))
        for event in before:
            if event.id is not None and event.id in kept:
                self._correct_event(number, event.id, event, kept[event.id])

    def _correct_event(self, pledge: int, number: int, before: Event, after: Event) -> None:
        if _event_columns(before) != _event_columns(after):
            self._writer.connection.execute(_UPDATE_EVENT, {**_event_columns(after), "id": number})
        if before.changes != after.changes:
            self._writer.connection.execute("DELETE FROM event_change WHERE event = ?", (number,))
            self._gather_changes(pledge, number, after)


def register(store: Store, pledge: Pledge) -> int:
    """Register one pledge as an act of its own; its number."""
    with store.act(ActWords.ADDED.format(named=_named(pledge))), Registrar(store) as registrar:
        return registrar.register(pledge)


def correct(store: Store, number: int, pledge: Pledge) -> None:
    """Correct one stored registration as an act of its own; nothing is written if equal."""
    before = get(store, number)
    if before != replace(pledge, id=number, uid=before.uid):
        words = ActWords.CORRECTED.format(named=_named(before))
        with store.act(words), Registrar(store) as registrar:
            registrar.correct(before, pledge)


def cancel(store: Store, numbers: Iterable[int], day: date, note: str = "") -> int:
    """Cancel registrations on a day as one act; how many. Those already ended are left out."""
    alive = [pledge for pledge in find(store, numbers) if pledge.ending is None]
    if alive:
        words = _many(ActWords.CANCELLED, ActWords.CANCELLED_MANY, alive)
        with store.act(words), Registrar(store) as registrar:
            for pledge in alive:
                assert pledge.id is not None
                registrar.record(pledge.id, Event(EventKind.CANCELLATION, day, note=note))
    return len(alive)


def record(store: Store, number: int, event: Event) -> None:
    """Record one event of a registration as an act of its own; a UserError when that is gone."""
    pledge = get(store, number)
    with store.act(_act_of(event, pledge)), Registrar(store) as registrar:
        registrar.record(number, event)


def correct_event(store: Store, number: int, event: Event) -> None:
    """Correct one event, known by its own number, as an act; a UserError when it is gone."""
    pledge = get(store, number)
    _refuse_gone(pledge, event.id)
    events = tuple(event if one.id == event.id else one for one in pledge.events)
    words = ActWords.EVENT_CORRECTED.format(event=event.label_zh, named=_named(pledge))
    _replace_events(store, pledge, events, words)


def remove_event(store: Store, number: int, event: int) -> None:
    """Take away an event recorded by mistake, as an act; a UserError when it is gone."""
    pledge = get(store, number)
    _refuse_gone(pledge, event)
    events = tuple(one for one in pledge.events if one.id != event)
    gone = next(one.label_zh for one in pledge.events if one.id == event)
    words = ActWords.EVENT_REMOVED.format(event=gone, named=_named(pledge))
    _replace_events(store, pledge, events, words)


def _refuse_gone(pledge: Pledge, event: int | None) -> None:
    if all(one.id != event for one in pledge.events):
        raise UserError(tr("这次办理已经不在了"), tr("请刷新后再看。"))


def _replace_events(store: Store, pledge: Pledge, events: tuple[Event, ...], words: str) -> None:
    after = replace(pledge, events=events)
    if after != pledge:
        with store.act(words), Registrar(store) as registrar:
            registrar.correct(pledge, after)


def _act_of(event: Event, pledge: Pledge) -> str:
    if event.kind is EventKind.REFUSAL:
        return ActWords.REFUSED.format(named=_named(pledge))
    return ActWords.RECORDED.format(event=event.label_zh, named=_named(pledge))


def delete(store: Store, numbers: Iterable[int]) -> int:
    """Move registrations to the trash as one act; how many. They no longer count anywhere."""
    pledges = [pledge for pledge in find(store, numbers) if not is_deleted(store, pledge.id)]
    if pledges:
        with store.act(_many(ActWords.DELETED, ActWords.DELETED_MANY, pledges)):
            rows = [(now_text(), pledge.id) for pledge in pledges]
            store.connection.executemany(_DELETE, rows)
    return len(pledges)


def restore(store: Store, numbers: Iterable[int]) -> int:
    """Take registrations out of the trash as one act; how many. They count again as before.

    Raises:
        UserError: when a 登记号 has been given to another registration since; none is restored.
    """
    pledges = [pledge for pledge in find(store, numbers) if is_deleted(store, pledge.id)]
    if pledges:
        with store.act(_many(ActWords.RESTORED, ActWords.RESTORED_MANY, pledges)):
            for pledge in pledges:
                _refuse_second(store, pledge)
                store.connection.execute(_RESTORE, (pledge.id,))
    return len(pledges)


def purge(store: Store, numbers: Iterable[int]) -> int:
    """Remove registrations from the trash for good as one act; how many.

    What is not in the trash stays. Only the history keeps them, so that even this can be undone.
    """
    pledges = [pledge for pledge in find(store, numbers) if is_deleted(store, pledge.id)]
    if pledges:
        with store.act(_many(ActWords.PURGED, ActWords.PURGED_MANY, pledges)):
            ids = {"ids": f"[{','.join(str(pledge.id) for pledge in pledges)}]"}
            for statement in _PURGES:
                store.connection.execute(statement, ids)
    return len(pledges)


def _refuse_second(store: Store, pledge: Pledge) -> None:
    if pledge.reg_no and with_reg_no(store, pledge.kind, pledge.reg_no) is not None:
        raise UserError(
            tr(
                "{kind}登记号 {reg_no} 已经另有一笔登记，不能恢复",
                kind=pledge.kind.label,
                reg_no=pledge.reg_no,
            ),
            tr("请先核对那一笔；确属重复的，留在回收站即可。"),
        )


def _named(pledge: Pledge) -> str:
    return pledge.reg_no or f"{pledge.pledgors[0].name} {pledge.registered_on}"


def _many(one: ActWords, many: ActWords, pledges: list[Pledge]) -> str:
    named = _named(pledges[0])
    return many.format(named=named, count=len(pledges)) if pledges[1:] else one.format(named=named)


def _is_void(events: tuple[Event, ...]) -> bool:
    return any(event.kind in VOIDINGS for event in events)


def _values(pledge: Pledge) -> tuple[object, ...]:
    """What a registration fills the columns of `_OWN` with."""
    first = pledge.pledgors[0]
    return (
        pledge.kind._value_,
        pledge.reg_no,
        _iso(pledge.registered_on),
        first.city,
        first.county,
        pledge.secured_amount_fen,
        pledge.credit_amount_fen,
        pledge.loan_amount_fen,
        pledge.appraised_value_fen,
        pledge.subsidy_fen,
        pledge.rights_count,
        pledge.rights_declared,
        _iso(pledge.term_start),
        _iso(pledge.term_end),
        pledge.channel._value_ if pledge.channel else None,
        pledge.note,
        pledge.reg_no_in_doubt,
    )


def _event_columns(event: Event) -> dict[str, object]:
    return {
        "kind": event.kind._value_,
        "happened_on": _iso(event.happened_on),
        "secured_amount_fen": event.secured_amount_fen,
        "term_end": _iso(event.term_end),
        "note": event.note,
    }


# Of a hundred thousand registrations few days are met only once.
@lru_cache(maxsize=2**14)
def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
