"""Read a registration from cells, as a form or a ledger gives them, and say what is wrong.

The one way from what people write to a :class:`Pledge`: the entry form and every import pass
through here, so that both accept the same spellings and complain in the same words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ipfinance.domain.cell_reading import Cells, Setting
from ipfinance.domain.cells import Cell, text_of
from ipfinance.domain.event_text import read_events
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.identifiers import check_uscc
from ipfinance.domain.names import is_natural_person, is_one_part
from ipfinance.domain.pledge import Channel, Kind, Pledge, Pledgee, Pledgor
from ipfinance.domain.rules import check

__all__ = ["Reader", "Reading", "Setting", "read_registration"]

# What a cell of its own says, whatever stands beside it.
_ALONE: dict[str, Callable[[Cells], object]] = {
    "kind": Cells.kind,
    "registered_on": Cells.registered_on,
    "secured_amount": lambda cells: cells.amount("secured_amount"),
    "credit_amount": lambda cells: cells.amount("credit_amount"),
    "loan_amount": lambda cells: cells.amount("loan_amount"),
    "appraised_value": lambda cells: cells.amount("appraised_value"),
    "subsidy": lambda cells: cells.amount("subsidy"),
    "rights_count": Cells.count,
    "term_start": lambda cells: cells.day("term_start"),
    "term_end": lambda cells: cells.day("term_end"),
    "cancelled_on": lambda cells: cells.day("cancelled_on"),
    "channel": lambda cells: cells.choice("channel", Channel),
}
_FIRST, _THEN = tuple(_ALONE)[:2], tuple(_ALONE)[2:]
_OF_PLEDGORS = ("pledgor", "uscc", "size", "industry", "city", "county")
# Types whose values mean the same whenever they are equal: 1, 1.0 and True are and do not.
_COMPARABLE = frozenset((str, float, date, datetime, type(None)))
_TEXT = frozenset((str, type(None)))
_REMEMBERED = 100_000

_Faults = tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the cells of one registration; ``pledge`` is None when there is an error."""

    pledge: Pledge | None
    faults: tuple[Fault, ...]
    cells: Mapping[str, Cell] = field(repr=False)

    @property
    def given(self) -> frozenset[str]:
        """The keys of the fields that held something: a blank never overwrites the store."""
        return frozenset(
            key for key, value in self.cells.items() if key in BY_KEY and text_of(value)
        )

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.is_error)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if not fault.is_error)


def read_registration(cells: Mapping[str, Cell], setting: Setting) -> Reading:
    """Read one registration from its cells, keyed like the field catalogue.

    A cell may hold a list where a form has the parts already. Unknown keys are ignored.
    """
    return Reader(setting).read(cells)


class Reader:
    """Reads the registrations of a ledger, remembering what it has read.

    A ledger writes the same dates, areas, lenders and amounts over and over: the meaning of a
    cell is worked out once and then looked up, with the faults that belong to it.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        # By what is written in a cell: what it means, and what is wrong with it.
        self._alone: dict[str, dict[Any, tuple[Any, _Faults]]] = {key: {} for key in _ALONE}
        self._first = [(key, self._alone[key]) for key in _FIRST]
        self._then = [(key, self._alone[key]) for key in _THEN]
        self._pledgors: dict[tuple[Cell, ...], tuple[tuple[Pledgor, ...], _Faults]] = {}
        # By size, industry and place as they are written of a single pledgor without a fault.
        self._alike: dict[tuple[Cell, ...], Pledgor] = {}
        self._pledgees: dict[tuple[Cell, ...], tuple[tuple[Pledgee, ...], _Faults]] = {}

    def read(self, cells: Mapping[str, Cell]) -> Reading:
        """Read one registration from its cells."""
        faults: list[Fault] = []
        kind: Kind | None
        registered_on: date | None
        kind, registered_on = self._read_alone(self._first, cells, faults)
        pledgors = self._read_pledgors(cells, registered_on, faults)
        pledgees = self._read_pledgees(cells, faults)
        others = Cells(cells, self._setting)
        rights = others.rights(kind)
        if others.faults:
            faults += others.faults
        secured, credit, loan, appraised, subsidy, *others_alone = self._read_alone(
            self._then, cells, faults
        )
        declared, term_start, term_end, cancelled_on, channel = others_alone
        events, event_faults = read_events(others.text("events"), cancelled_on)
        if event_faults:
            faults += event_faults
        if kind is None or registered_on is None or not pledgors:
            return Reading(None, tuple(faults), cells)
        others.faults = []
        pledge = Pledge(
            kind=kind,
            registered_on=registered_on,
            pledgors=pledgors,
            pledgees=pledgees,
            rights=rights,
            reg_no=others.code("reg_no") or None,
            secured_amount_fen=secured,
            credit_amount_fen=credit,
            loan_amount_fen=loan,
            appraised_value_fen=appraised,
            subsidy_fen=subsidy,
            rights_declared=declared,
            term_start=term_start,
            term_end=term_end,
            channel=channel,
            note=others.text("note"),
            events=events,
        )
        faults += others.faults
        found = check(pledge, self._setting.today)
        if found:
            unread = {fault.field for fault in faults}
            faults += [fault for fault in found if fault.is_error or fault.field not in unread]
        if not faults:
            return Reading(pledge, (), cells)
        failed = any(fault.is_error for fault in faults)
        return Reading(None if failed else pledge, tuple(faults), cells)

    def _read_alone(
        self,
        read: Iterable[tuple[str, dict[Any, tuple[Any, _Faults]]]],
        cells: Mapping[str, Cell],
        faults: list[Fault],
    ) -> list[Any]:
        """What each of these cells says that are read without any other."""
        values = []
        for key, known in read:
            written = cells.get(key)
            found = known.get(written) if type(written) in _COMPARABLE else None
            if found is None:
                found = self._work_out(key, written)
            values.append(found[0])
            if found[1]:
                faults += found[1]
        return values

    def _work_out(self, key: str, written: Cell) -> tuple[Any, _Faults]:
        reader = Cells({key: written}, self._setting)
        found = _ALONE[key](reader), tuple(reader.faults)
        # 0.0 and -0.0 are equal, and told apart in words.
        is_comparable = type(written) in _COMPARABLE and (type(written) is str or written != 0)
        if is_comparable and len(self._alone[key]) < _REMEMBERED:
            self._alone[key][written] = found
        return found

    def _read_pledgors(
        self, cells: Mapping[str, Cell], day: date | None, faults: list[Fault]
    ) -> tuple[Pledgor, ...]:
        """Those who pledge and where they are; areas mean the same until one of them changes."""
        written = tuple(map(cells.get, _OF_PLEDGORS))
        is_comparable = day is not None and _TEXT.issuperset(map(type, written))
        asked = (*written, self._setting.divisions.spell(day)) if day and is_comparable else ()
        found = self._pledgors.get(asked) if asked else None
        if found is None:
            known = self._alike.get(asked[2:]) if asked else None
            pledgor = _other_pledgor(known, written[0], written[1]) if known else None
            if pledgor is not None:
                found = (pledgor,), ()
            else:
                reader = Cells(cells, self._setting)
                found = reader.pledgors(day), tuple(reader.faults)
                if asked and not found[1] and len(found[0]) == 1:
                    self._alike[asked[2:]] = found[0][0]
            # An error is told with the day that it was found on.
            is_sound = not found[1] or not any(fault.is_error for fault in found[1])
            if asked and is_sound and len(self._pledgors) < _REMEMBERED:
                self._pledgors[asked] = found
        if found[1]:
            faults += found[1]
        return found[0]

    def _read_pledgees(self, cells: Mapping[str, Cell], faults: list[Fault]) -> tuple[Pledgee, ...]:
        written = (cells.get("pledgee"), cells.get("pledgee_kind"))
        is_comparable = _TEXT.issuperset(map(type, written))
        found = self._pledgees.get(written) if is_comparable else None
        if found is None:
            reader = Cells(cells, self._setting)
            found = reader.pledgees(), tuple(reader.faults)
            if is_comparable and len(self._pledgees) < _REMEMBERED:
                self._pledgees[written] = found
        faults += found[1]
        return found[0]


def _other_pledgor(known: Pledgor, name: Cell, code: Cell) -> Pledgor | None:
    """Another pledgor of whom all is written as it is of a known one but name and code.

    None when these two need a closer look.
    """
    if not isinstance(name, str) or not is_one_part(name) or not (name := name.strip()):
        return None
    if not isinstance(code, str | None):
        return None
    if code is not None:
        checked = check_uscc(code)
        if not checked.ok or checked.normalized != code:
            return None
    return Pledgor(
        name=name,
        city=known.city,
        county=known.county,
        uscc=code,
        size=known.size,
        industry=known.industry,
        is_person=is_natural_person(name, code),
    )
