"""Read registrations from cells, as a form or a ledger gives them, and say what is wrong.

The one way from what people write to a :class:`Pledge`: the entry form and every import pass
through here, so that both accept the same spellings and complain in the same words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from ipfinance.domain.cell_meanings import MOST_REMEMBERED, Found, Remembered, Told, are_texts
from ipfinance.domain.cell_reading import Cells, Setting
from ipfinance.domain.cells import Cell, text_of
from ipfinance.domain.event_text import read_events
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.identifiers import check_uscc
from ipfinance.domain.names import is_natural_person, is_one_part
from ipfinance.domain.pledge import Channel, Kind, Pledge, Pledgor
from ipfinance.domain.right_numbers import sound_rights
from ipfinance.domain.rules import check
from ipfinance.domain.value import value

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
_OF_PLEDGEES = ("pledgee", "pledgee_kind")


@value
class Reading:
    """What came out of the cells of one registration; ``pledge`` is None when there is an error."""

    pledge: Pledge | None
    faults: tuple[Fault, ...] = ()

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
    """Reads the registrations of a ledger column by column, remembering what it has read."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._alone = {key: Remembered(partial(self._work_out, key)) for key in _ALONE}
        self._pledgors: dict[tuple[Cell | int, ...], Found] = {}
        # By size, industry and place as they are written of a single pledgor without a fault.
        self._alike: dict[tuple[Cell | int, ...], Pledgor] = {}
        self._pledgees = Remembered(self._work_out_pledgees)
        self._events = Remembered(lambda written: read_events(*written))

    def read(self, cells: Mapping[str, Cell]) -> Reading:
        """Read one registration from its cells."""
        return self.read_page([cells])[0]

    def read_page(self, page: Sequence[Mapping[str, Cell]]) -> list[Reading]:
        """Read registrations, each from its cells."""
        if not page:
            return []
        columns = {key: [cells.get(key) for cells in page] for key in BY_KEY}
        alone = {key: known.of(columns[key]) for key, known in self._alone.items()}
        faults = Told()
        kinds, days = (faults.apart(alone[key]) for key in _FIRST)
        pledgors = faults.apart(self._read_pledgors(columns, days))
        pledgees = faults.apart(self._pledgees.of_rows(*(columns[key] for key in _OF_PLEDGEES)))
        rights = faults.apart(
            map(self._read_rights, kinds, columns["rights"], columns["right_names"])
        )
        secured, credit, loan, appraised, subsidy, declared, starts, ends, cancelled, channels = (
            faults.apart(alone[key]) for key in _THEN
        )
        written_events = zip(map(text_of, columns["events"]), cancelled, strict=True)
        events = faults.apart(map(self._events.__getitem__, written_events))
        readings = []
        for row, (kind, day, given) in enumerate(zip(kinds, days, pledgors, strict=True)):
            said = tuple(faults.get(row, ()))
            if kind is None or day is None or not given:
                readings.append(Reading(None, said))
                continue
            reg_no, about_number = self._read_number("reg_no", columns["reg_no"][row])
            in_doubt = None
            if reg_no is None:  # who has a number has no other one in doubt
                written = columns["reg_no_in_doubt"][row]
                in_doubt, about_doubt = self._read_number("reg_no_in_doubt", written)
                about_number = (*about_number, *about_doubt)
            pledge = Pledge(
                kind=kind,
                registered_on=day,
                pledgors=given,
                pledgees=pledgees[row],
                rights=rights[row],
                reg_no=reg_no,
                secured_amount_fen=secured[row],
                credit_amount_fen=credit[row],
                loan_amount_fen=loan[row],
                appraised_value_fen=appraised[row],
                subsidy_fen=subsidy[row],
                rights_declared=declared[row],
                term_start=starts[row],
                term_end=ends[row],
                channel=channels[row],
                note=text_of(columns["note"][row]),
                events=events[row],
                reg_no_in_doubt=in_doubt,
            )
            readings.append(self._judged(pledge, (*said, *about_number)))
        return readings

    def _judged(self, pledge: Pledge, said: tuple[Fault, ...]) -> Reading:
        """A pledge with what is wrong with its cells and with what they say together."""
        found = check(pledge, self._setting.today)
        if found:
            unread = {fault.field for fault in said}
            said += tuple(one for one in found if one.is_error or one.field not in unread)
        failed = any(fault.is_error for fault in said)
        return Reading(None if failed else pledge, said)

    def _work_out(self, key: str, written: Cell) -> Found:
        reader = Cells({key: written}, self._setting)
        return _ALONE[key](reader), reader.faults

    def _read_pledgors(
        self, columns: Mapping[str, Sequence[Cell]], days: Sequence[date | None]
    ) -> Iterator[Found]:
        """Those who pledge and where they are; areas mean the same until one of them changes."""
        rows = zip(*(columns[key] for key in _OF_PLEDGORS), strict=True)
        for written, day in zip(rows, days, strict=True):
            if day is None or not are_texts(written):
                yield self._work_out_pledgors(written, day)
                continue
            asked = (*written, self._setting.divisions.spell(day))
            found = self._pledgors.get(asked)
            if found is None:
                found = self._like_a_known(asked) or self._work_out_pledgors(written, day)
                pledgors, faults = found
                if not faults and len(pledgors) == 1:
                    self._alike.setdefault(asked[2:], pledgors[0])
                # An error is told with the day that it was found on.
                is_sound = not any(fault.is_error for fault in faults)
                if is_sound and len(self._pledgors) < MOST_REMEMBERED:
                    self._pledgors[asked] = found
            yield found

    def _like_a_known(self, asked: tuple[Any, ...]) -> Found | None:
        """A single pledgor of whom all is written as of a known one but its name and code."""
        known = self._alike.get(asked[2:])
        pledgor = _other_pledgor(known, asked[0], asked[1]) if known else None
        return ((pledgor,), ()) if pledgor else None

    def _work_out_pledgors(self, written: Iterable[Cell], day: date | None) -> Found:
        reader = Cells(dict(zip(_OF_PLEDGORS, written, strict=True)), self._setting)
        return reader.pledgors(day), reader.faults

    def _work_out_pledgees(self, written: Iterable[Cell]) -> Found:
        reader = Cells(dict(zip(_OF_PLEDGEES, written, strict=True)), self._setting)
        return reader.pledgees(), reader.faults

    def _read_rights(self, kind: Kind | None, numbers: Cell, names: Cell) -> Found:
        if isinstance(numbers, str) and isinstance(names, str | None):
            sound = sound_rights(kind, numbers, (names or "").strip())
            if sound is not None:
                return sound, ()
        reader = Cells({"rights": numbers, "right_names": names}, self._setting)
        return reader.rights(kind), reader.faults

    def _read_number(self, key: str, written: Cell) -> Found:
        if isinstance(written, str) and written.isascii():  # nearly always
            return written.strip() or None, ()
        reader = Cells({key: written}, self._setting)
        return reader.code(key) or None, reader.faults


def _other_pledgor(known: Pledgor, name: str | None, code: str | None) -> Pledgor | None:
    """Another pledgor of whom all is written as it is of a known one but name and code.

    None when these two need a closer look.
    """
    if name is None or not is_one_part(name) or not (name := name.strip()):
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
