"""From the texts of the form to a registration, with every fault beside the field it is in.

The form reads as an import does, through ``read_registration``; what is added here is which
of several rows a fault belongs to, and that all faults are told at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ipfinance.domain import rules
from ipfinance.domain.cells import Cell
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import Unit
from ipfinance.domain.pledge import Event, EventKind, Pledge
from ipfinance.domain.reading import Setting, read_registration
from ipfinance.language import tr

PLEDGOR_KEYS = ("pledgor", "uscc", "city", "county", "size", "industry")
PLEDGEE_KEYS = ("pledgee", "pledgee_kind")
RIGHT_KEYS = ("rights", "right_names")
_T = TypeVar("_T")
# The unit that stands beside the field; one that is typed wins.
UNITS = {key: Unit(field.unit) for key, field in BY_KEY.items() if field.unit}

Spot = tuple[str, int]
"""A field of the form: its key in the catalogue, and its row, 0 where there is only one."""


@dataclass(frozen=True, slots=True)
class FormCells:
    """What stands in the form: one text for each field, one for each row where there are rows."""

    single: Mapping[str, str]
    rows: Mapping[str, Sequence[str]]

    def text(self, spot: Spot) -> str:
        """What stands in one field; "" when there is no such row any more."""
        key, row = spot
        if key not in self.rows:
            return self.single[key]
        texts = self.rows[key]
        return texts[row] if row < len(texts) else ""


@dataclass(frozen=True, slots=True)
class FormReading:
    """What the form says: a registration unless there is an error, and all faults by field."""

    pledge: Pledge | None
    faults: tuple[tuple[Spot, Fault], ...]

    @property
    def warned(self) -> int:
        """How many fields have a warning."""
        return len({spot for spot, fault in self.faults if not fault.is_error})

    def at(self, spot: Spot, is_error: bool) -> str:
        """The first fault of a field, in one sentence; "" when there is none."""
        return next(
            (fault.text for at, fault in self.faults if at == spot and fault.is_error is is_error),
            "",
        )

    def with_fault(self, spot: Spot, fault: Fault) -> "FormReading":
        """The same with one more error, which keeps the registration from being saved."""
        return FormReading(None, (*self.faults, (spot, fault)))

    def with_warnings(self, spot: Spot, warnings: Sequence[Fault]) -> "FormReading":
        """The same with warnings beside a field."""
        more = tuple((spot, warning) for warning in warnings)
        return replace(self, faults=(*self.faults, *more))


def read_form(cells: FormCells, setting: Setting, before: Pledge | None = None) -> FormReading:
    """Read the form; ``before`` is the stored registration that is being corrected.

    What the form does not show, the events and the numbers of the store, is taken from
    ``before``.
    """
    faults: list[tuple[Spot, Fault]] = []
    pledgors = _filled(cells, PLEDGOR_KEYS) or [0]
    pledgees = _filled(cells, PLEDGEE_KEYS) or [0]
    for row in pledgors:
        faults += _row_faults(cells, PLEDGOR_KEYS, row, setting)
    for row in pledgees:
        faults += _row_faults(cells, PLEDGEE_KEYS, row, setting)
    faults += _nameless_rights(cells)
    whole: dict[str, Cell] = dict(cells.single)
    rights = _filled(cells, RIGHT_KEYS)
    for keys, kept in (
        (PLEDGOR_KEYS, pledgors),
        (PLEDGEE_KEYS, pledgees),
        (RIGHT_KEYS, rights),
    ):
        for key in keys:
            whole[key] = [cells.rows[key][row] for row in kept]
    reading = read_registration(whole, setting)
    found = [fault for fault in reading.faults if fault.field not in _IN_ROWS]
    if reading.pledge is None:
        found += _hidden_by_errors(whole, reading.faults, setting)
    pledge = None if reading.pledge is None else _completed(reading.pledge, before)
    if pledge is not None and before is not None:
        found += _faults_of_events(pledge, found, setting.today)
    faults += [((fault.field, 0), fault) for fault in found]
    if any(fault.is_error for _, fault in faults):
        pledge = None
    return FormReading(pledge, tuple(faults))


def _filled(cells: FormCells, keys: Sequence[str]) -> list[int]:
    """The rows that hold anything; blank ones in between do not count."""
    count = len(cells.rows[keys[0]])
    return [row for row in range(count) if any(cells.rows[key][row].strip() for key in keys)]


def _row_faults(
    cells: FormCells, keys: Sequence[str], row: int, setting: Setting
) -> list[tuple[Spot, Fault]]:
    """The faults of one row, found by reading a registration that has only this one.

    Reading ends at the first error; to be told of the fields after it too, something right is
    put in the place of what is wrong, and the row is read again.
    """
    alone: dict[str, Cell] = {
        "kind": cells.single["kind"],
        "registered_on": cells.single["registered_on"],
        **{key: [cells.rows[key][row]] for key in keys},
    }
    mending: dict[str, dict[str, Cell]] = {
        keys[0]: {keys[0]: [_STAND_IN]},
        "registered_on": {"registered_on": setting.today},
        "city": {"city": [setting.divisions.cities()[0].code], "county": [""]},
    }
    mending["county"] = mending["city"]
    mended: set[str] = set()
    found: dict[tuple[str, str], Fault] = {}
    while True:
        faults = read_registration(alone, setting).faults
        for fault in faults:
            unsure = fault.rule == _OF_THE_DAY and "registered_on" in mended
            if fault.field in keys and fault.field not in mended and not unsure:
                found[fault.field, fault.rule] = fault
        wrong = {fault.field for fault in faults if fault.is_error} & set(mending) - mended
        if not wrong:
            return [((fault.field, row), fault) for fault in found.values()]
        for field in wrong:
            alone |= mending[field]
            mended |= set(mending[field])


def _nameless_rights(cells: FormCells) -> list[tuple[Spot, Fault]]:
    """Names that stand beside no number would be lost."""
    return [
        (
            ("rights", 0),
            Fault(
                "rights",
                "right_number_missing",
                name,
                tr("第 {row} 行有名称没有号码，请补上号码或删去名称", row=row + 1),
            ),
        )
        for row, (number, name) in enumerate(
            zip(cells.rows["rights"], cells.rows["right_names"], strict=True)
        )
        if name.strip() and not number.strip()
    ]


def _hidden_by_errors(
    cells: Mapping[str, Cell], known: Sequence[Fault], setting: Setting
) -> list[Fault]:
    """Faults that reading did not come to because an earlier error ended it.

    They are found by putting something right in the place of what is wrong.
    """
    wrong = {fault.field for fault in known if fault.is_error}
    patched = dict(cells)
    if "kind" in wrong:
        patched["kind"] = _HARMLESS_KIND
    if "registered_on" in wrong:
        patched["registered_on"] = date.min  # before every other day: nothing is out of order
    if wrong & set(PLEDGOR_KEYS) or "registered_on" in wrong:
        patched |= {
            "pledgor": [_STAND_IN],
            "city": [setting.divisions.cities()[0].code],
            "uscc": [],
            "county": [],
            "size": [],
            "industry": [],
        }
    seen = {fault.field for fault in known} | set(_IN_ROWS)
    return [
        fault
        for fault in read_registration(patched, setting).faults
        if fault.field not in seen and fault.field != "registered_on"
    ]


def _completed(pledge: Pledge, before: Pledge | None) -> Pledge:
    """The registration with what only the store knows of it."""
    if before is None:
        return pledge
    pledgors = tuple(
        replace(read, enterprise=known.enterprise)
        if replace(read, enterprise=known.enterprise) == known
        else read
        for read, known in _beside(pledge.pledgors, before.pledgors)
    )
    pledgees = tuple(
        replace(read, pledgee=known.pledgee)
        if replace(read, pledgee=known.pledgee) == known
        else read
        for read, known in _beside(pledge.pledgees, before.pledgees)
    )
    return replace(
        pledge,
        pledgors=pledgors,
        pledgees=pledgees,
        events=_events(pledge.cancelled_on, before),
        id=before.id,
        uid=before.uid,
    )


def _beside(read: Sequence[_T], known: Sequence[_T]) -> list[tuple[_T, _T]]:
    """Each one read with the stored one in its place, else with itself."""
    return [(one, known[at] if at < len(known) else one) for at, one in enumerate(read)]


def _events(cancelled_on: date | None, before: Pledge) -> tuple[Event, ...]:
    """The stored events, the cancellation among them as the form has it."""
    if cancelled_on == before.cancelled_on:
        return before.events
    ending = before.ending if before.cancelled_on is not None else None
    events = [event for event in before.events if event is not ending]
    if cancelled_on is not None:
        corrected = (
            Event(EventKind.CANCELLATION, cancelled_on)
            if ending is None
            else replace(ending, happened_on=cancelled_on)
        )
        events.append(corrected)
    return tuple(sorted(events, key=lambda event: event.happened_on))


def _faults_of_events(pledge: Pledge, known: Sequence[Fault], today: date) -> list[Fault]:
    """Errors of the events that the form does not show, e.g. a change before the registration;
    they are told at the one field there is for what happened later."""
    told = {(fault.field, fault.rule) for fault in known}
    return [
        replace(fault, field="cancelled_on") if fault.field == "events" else fault
        for fault in rules.check(pledge, today)
        if fault.is_error and (fault.field, fault.rule) not in told
    ]


_IN_ROWS = (*PLEDGOR_KEYS, *PLEDGEE_KEYS)
_STAND_IN = "某企业"
_OF_THE_DAY = "area_not_on_date"  # says nothing while the day is not known
_HARMLESS_KIND = "商标"  # its numbers have no check digits to complain of
