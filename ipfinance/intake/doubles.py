"""New registrations that may be one that is there already, under another number or none.

A warning and never more: two loans of one day are two registrations. With numbers on both sides
only a right that both name raises the doubt.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.db.matching import on_days
from ipfinance.db.pledges import count, find
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Pledge, Pledgee, Pledgor
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.findings import Finding
from ipfinance.intake.likeness import agree
from ipfinance.language import tr

POSSIBLE_DUPLICATE = "possible_duplicate"

_STORED = -1  # the place of what is no entry


def doubted(entries: Sequence[Entry], store: Store) -> list[Entry]:
    """The entries, those that are perhaps double with a warning that names the other."""
    doubles = _Doubles(entries, store)
    return [doubles.marked(place) for place in range(len(entries))]


def doubted_again(entries: Sequence[Entry], others: Sequence[Entry], store: Store) -> list[Entry]:
    """Entries that were read again, held against the others of their import."""
    doubles = _Doubles([*others, *entries], store)
    return [doubles.marked(len(others) + place) for place in range(len(entries))]


def is_doubtful(entry: Entry) -> bool:
    """Whether it is perhaps another registration once more."""
    return any(fault.rule == POSSIBLE_DUPLICATE for fault in entry.faults)


class _Doubles:
    """What is in the store and in the import, by all that two which are one have in common."""

    def __init__(self, entries: Sequence[Entry], store: Store) -> None:
        self._entries = entries
        stored = _stored((e.after for e in entries if e.status is Status.NEW and e.after), store)
        pledges = {place: e.after for place, e in enumerate(entries) if e.after is not None}
        # Two that are one have day, amount and a pledgor in common; nearly none has with another.
        first = {point: _STORED for pledge in stored for point in _points(pledge)}
        self._met: set[int] = set()
        for place, pledge in pledges.items():
            for point in _points(pledge):
                if (other := first.setdefault(point, place)) != place:
                    self._met.update((other, place))
        self._stored: dict[object, list[Pledge]] = {}
        for pledge in stored:
            for key in _lies_at(pledge):
                self._stored.setdefault(key, []).append(pledge)
        self._here: dict[object, list[int]] = {}
        for place in sorted(self._met - {_STORED}):
            for key in _lies_at(pledges[place]):
                self._here.setdefault(key, []).append(place)

    def marked(self, place: int) -> Entry:
        """The entry at a place, with a warning when it is perhaps double."""
        entry = self._entries[place]
        if place not in self._met or entry.status is not Status.NEW or is_doubtful(entry):
            return entry
        pledge = entry.after
        assert pledge is not None
        keys = _looked_for_at(pledge)
        for key in keys:
            for stored in self._stored.get(key, ()):
                if _are_alike(pledge, stored):
                    return _with_doubt(entry, stored, tr("台账里"))
        for key in keys:
            for before in self._here.get(key, ()):
                if before >= place:
                    break  # of two in one import the later one is the double
                other = self._entries[before]
                if other.after is not None and _are_alike(pledge, other.after):
                    return _with_doubt(entry, other.after, other.place.said)
        return entry


def _points(pledge: Pledge) -> Iterator[tuple[object, ...]]:
    for pledgor in pledge.pledgors:
        yield pledge.registered_on, pledge.secured_amount_fen, name_key(pledgor.name)


def _key(pledge: Pledge) -> tuple[object, ...]:
    return pledge.registered_on, pledge.secured_amount_fen


def _lies_at(pledge: Pledge) -> list[object]:
    """Where one is found: by each right, by each pledgor, and by those alone without rights.

    A year of one bank may have one day and one amount; compared each with each they would take
    minutes.
    """
    key = _key(pledge)
    names = _names(pledge.pledgors)
    bare = () if pledge.rights else names
    return [
        *((*key, "right", right.number) for right in pledge.rights),
        *((*key, "pledgor", name) for name in names),
        *((*key, "bare", name) for name in bare),
    ]


def _looked_for_at(pledge: Pledge) -> list[object]:
    key, names = _key(pledge), _names(pledge.pledgors)
    if not pledge.rights:
        return [(*key, "pledgor", name) for name in names]
    return [
        *((*key, "right", right.number) for right in pledge.rights),
        *((*key, "bare", name) for name in names),
    ]


def _stored(new: Iterable[Pledge], store: Store) -> list[Pledge]:
    """The stored registrations of the same day and amount as any of these."""
    wanted = {_key(pledge): pledge.registered_on for pledge in new}
    if not wanted or count(store) == 0:
        return []
    candidates = [
        candidate.id
        for candidate in on_days(store, set(wanted.values()))
        if (candidate.registered_on, candidate.secured_amount_fen) in wanted
    ]
    return find(store, sorted(candidates))


def _are_alike(one: Pledge, other: Pledge) -> bool:
    rights = {right.number for right in one.rights} & {right.number for right in other.rights}
    if one.reg_no and other.reg_no:
        may_be = one.reg_no != other.reg_no and bool(rights)
    else:
        may_be = bool(rights) or not one.rights or not other.rights
    return (
        may_be
        and one.kind is other.kind
        and bool(_names(one.pledgors) & _names(other.pledgors))
        and agree(_names(one.pledgees), _names(other.pledgees))
    )


def _names(parties: Iterable[Pledgor | Pledgee]) -> set[str]:
    return {name_key(party.name) for party in parties}


def _with_doubt(entry: Entry, other: Pledge, where: str) -> Entry:
    assert entry.after is not None
    number = tr("登记号 {reg_no}", reg_no=other.reg_no) if other.reg_no else tr("没有登记号")
    shared = sorted({r.number for r in entry.after.rights} & {r.number for r in other.rights})
    if shared:
        text = tr(
            "与{where}的一笔（{number}）很像：出质人、日期、金额相同，号码 {right} 也相同；"
            "如果是同一笔，请更正登记号后再导入",
            where=where,
            number=number,
            right=shared[0],
        )
    else:
        text = tr(
            "与{where}的一笔（{number}）很像：出质人、日期、金额相同；"
            "如果是同一笔，请更正登记号后再导入",
            where=where,
            number=number,
        )
    header, place = entry.draft.table.header, entry.place
    doubt = Finding(
        place.file,
        place.sheet,
        place.rows[0],
        header.label_of("reg_no"),
        entry.after.reg_no or "",
        POSSIBLE_DUPLICATE,
        text,
        is_error=False,
        field="reg_no",
    )
    return replace(entry, faults=(*entry.faults, doubt))
