"""What a stored registration becomes when a file tells of it again, and what changes by that.

A blank in the file never overwrites, nor does a column that it lacks. Spellings that the store
takes for the same (a lender's name with other brackets, rights in another order) are no change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from ipfinance.domain.cells import Cell, text_of
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.event_text import write_events
from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.domain.identifiers import organisation_code_of
from ipfinance.domain.money import plain_wan
from ipfinance.domain.names import name_key, split_parties
from ipfinance.domain.pledge import ENDINGS, Event, EventKind, Pledge, Pledgee, Pledgor, Right
from ipfinance.language import tr

_ITEMS = ("pledgors", "pledgees", "rights", "events", "id", "uid")
_SIMPLE = tuple(field.name for field in fields(Pledge) if field.name not in _ITEMS)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that an import changes: its key and label, and both values as they are shown."""

    key: str
    label: str
    old: str
    new: str


def merge(stored: Pledge, read: Pledge) -> Pledge:
    """The stored registration with what the file says; equal to ``stored`` when nothing differs."""
    values = {
        name: getattr(stored, name) if (value := getattr(read, name)) in (None, "") else value
        for name in _SIMPLE
    }
    if values["reg_no"] is not None:
        values["reg_no_in_doubt"] = None
    return replace(
        stored,
        **values,
        pledgors=_pledgors(stored.pledgors, read.pledgors),
        pledgees=_pledgees(stored.pledgees, read.pledgees),
        rights=_rights(stored.rights, read.rights),
        events=_events(stored.events, read.events),
    )


def changes(before: Pledge, after: Pledge, divisions: Divisions) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the catalogue, with what is shown of each."""
    old, new = _shown(before, divisions), _shown(after, divisions)
    return tuple(
        FieldChange(field.key, field.label, old[field.key], new[field.key])
        for field in FIELDS
        if old[field.key] != new[field.key]
    )


def completed(cells: Mapping[str, Cell], stored: Pledge) -> dict[str, Cell] | None:
    """Cells that lack what every registration must have, filled in from the stored one.

    For lists that only tell what is new of known numbers, such as cancellations. None when
    nothing could be filled in.
    """
    known: dict[str, Cell] = {
        "kind": stored.kind.label_zh,
        "registered_on": stored.registered_on,
        "pledgor": [pledgor.name for pledgor in stored.pledgors],
    }
    names = [name_key(name) for name in split_parties(text_of(cells.get("pledgor")))]
    if not names or names == [name_key(pledgor.name) for pledgor in stored.pledgors]:
        known["city"] = [pledgor.city for pledgor in stored.pledgors]
        known["county"] = [pledgor.county or "" for pledgor in stored.pledgors]
    if text_of(cells.get("city")) or text_of(cells.get("county")):
        known.pop("city", None)
        known.pop("county", None)
    filled = {key: value for key, value in known.items() if not text_of(cells.get(key))}
    return {**cells, **filled} if filled else None


def same_enterprise_code(one: str | None, other: str | None) -> bool:
    """Whether two codes are one enterprise's: equal, or one is the other's organisation code."""
    if one == other:
        return True
    codes = {one, organisation_code_of(one)} if one else set()
    return bool(codes & ({other, organisation_code_of(other)} if other else set()) - {None})


def _pledgors(stored: tuple[Pledgor, ...], read: tuple[Pledgor, ...]) -> tuple[Pledgor, ...]:
    known = {name_key(pledgor.name): pledgor for pledgor in stored}
    merged = []
    for place, pledgor in enumerate(read):
        before = known.get(name_key(pledgor.name))
        if before is None and place < len(stored) and pledgor.uscc is not None:
            # Renamed: another name, the same code at the same place.
            candidate = stored[place]
            before = candidate if same_enterprise_code(candidate.uscc, pledgor.uscc) else None
        if before is None:
            merged.append(pledgor)
            continue
        is_same = pledgor.uscc is None or same_enterprise_code(before.uscc, pledgor.uscc)
        county = pledgor.county
        if county is None and pledgor.city == before.city:
            county = before.county
        merged.append(
            replace(
                pledgor,
                uscc=before.uscc if is_same or pledgor.is_person else pledgor.uscc,
                county=county,
                size=pledgor.size or before.size,
                industry=pledgor.industry or before.industry,
                enterprise=before.enterprise if is_same else None,
                is_person=before.is_person if is_same else pledgor.is_person,
            )
        )
    return tuple(merged)


def _pledgees(stored: tuple[Pledgee, ...], read: tuple[Pledgee, ...]) -> tuple[Pledgee, ...]:
    if not read:
        return stored
    known = {name_key(pledgee.name): pledgee for pledgee in stored}
    return tuple(
        # The store keeps one name and one kind of each lender; only a missing kind is filled in.
        replace(before, kind=before.kind or pledgee.kind)
        if (before := known.get(name_key(pledgee.name)))
        else pledgee
        for pledgee in read
    )


def _rights(stored: tuple[Right, ...], read: tuple[Right, ...]) -> tuple[Right, ...]:
    if not read:
        return stored
    known = {right.number: right for right in stored}
    merged = tuple(
        replace(right, name=right.name or known[right.number].name)
        if right.number in known
        else right
        for right in read
    )
    return stored if set(merged) == set(stored) and len(merged) == len(stored) else merged


def _events(stored: tuple[Event, ...], read: tuple[Event, ...]) -> tuple[Event, ...]:
    """Events that the file knows complete the stored ones or mend their day; others stay."""
    merged = list(stored)
    open_ones = list(stored)
    for event in read:
        before = next((one for one in open_ones if _is_same(one, event)), None) or next(
            (one for one in open_ones if one.kind is event.kind and event.kind in ENDINGS), None
        )
        if before is None:
            merged.append(event)
            continue
        open_ones.remove(before)
        merged[merged.index(before)] = replace(
            before,
            happened_on=event.happened_on,
            secured_amount_fen=event.secured_amount_fen or before.secured_amount_fen,
            term_end=event.term_end or before.term_end,
            changes=event.changes or before.changes,
            note=event.note or before.note,
        )
    return tuple(merged)


def _is_same(one: Event, other: Event) -> bool:
    return one.kind is other.kind and one.happened_on == other.happened_on


def _shown(pledge: Pledge, divisions: Divisions) -> dict[str, str]:
    def amount(fen: int | None) -> str:
        return "" if fen is None else tr("{amount} 万元", amount=plain_wan(fen))

    def area(code: str | None) -> str:
        try:
            return divisions.name_of(code, pledge.registered_on) if code else ""
        except AreaError:
            return code or ""

    pledgors, pledgees, rights = pledge.pledgors, pledge.pledgees, pledge.rights
    shown: dict[str, object] = {
        "kind": pledge.kind.label,
        "reg_no": pledge.reg_no,
        "registered_on": pledge.registered_on,
        "pledgor": _joined(pledgor.name for pledgor in pledgors),
        "uscc": _joined(pledgor.uscc or "" for pledgor in pledgors),
        "city": _joined(area(pledgor.city) for pledgor in pledgors),
        "county": _joined(area(pledgor.county) for pledgor in pledgors),
        "size": _joined(pledgor.size.label if pledgor.size else "" for pledgor in pledgors),
        "industry": _joined(p.industry.label if p.industry else "" for p in pledgors),
        "pledgee": _joined(pledgee.name for pledgee in pledgees),
        "pledgee_kind": _joined(p.kind.label if p.kind else "" for p in pledgees),
        "secured_amount": amount(pledge.secured_amount_fen),
        "credit_amount": amount(pledge.credit_amount_fen),
        "loan_amount": amount(pledge.loan_amount_fen),
        "appraised_value": amount(pledge.appraised_value_fen),
        "subsidy": amount(pledge.subsidy_fen),
        "rights": _joined(right.number for right in rights),
        "right_names": _joined(right.name for right in rights),
        "rights_count": pledge.rights_declared,
        "term_start": pledge.term_start,
        "term_end": pledge.term_end,
        "cancelled_on": next(
            (e.happened_on for e in pledge.events if e.kind is EventKind.CANCELLATION), None
        ),
        "channel": pledge.channel.label if pledge.channel else "",
        "note": pledge.note,
        "events": write_events(pledge.events, pledge.cancelled_on),
        "reg_no_in_doubt": pledge.reg_no_in_doubt,
    }
    assert shown.keys() == BY_KEY.keys()
    return {key: "" if value is None else str(value) for key, value in shown.items()}


def _joined(parts: Iterable[str]) -> str:
    texts = list(parts)
    return "；".join(texts) if any(texts) else ""
