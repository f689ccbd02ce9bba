"""Parties that may be one: suggested with the reason, never merged by themselves.

No party is compared with every other. Names are put into boxes, by code, by core, by the name
with one character left out, and only what lies in the same box is compared. Enterprises with two
different valid codes are two, whatever their names; only the same name is told all the same,
because a code may have been typed wrongly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.db.party_names import Party
from ipfinance.domain.area_names import stem
from ipfinance.domain.division import Divisions
from ipfinance.domain.name_cores import NameCore, Places, lender_core, may_be_a_slip, sound_alike
from ipfinance.language import either

_MOST_IN_A_BOX = 30  # a core that more enterprises share tells nothing
_MOST_IN_A_SERIES = 5  # names that differ in the same character: a series, no slips
_MOST = 5000  # more nobody looks through; the surest come first
_LONG_CORE = 3
_NEAR_CODES = 2  # characters that differ between a code and its misspelling


class Reason(StrEnum):
    """Why two parties may be one, the surest first."""

    SAME_NAME = "same_name"
    SAME_ORGANISATION = "same_organisation"
    FORMER_NAME = "former_name"
    SAME_CORE = "same_core"
    ONE_CHARACTER = "one_character"

    @property
    def label_zh(self) -> str:
        return _LABELS[self]

    @property
    def label(self) -> str:
        return either(self.label_zh, _ENGLISH[self])


_LABELS = {
    Reason.SAME_NAME: "名称相同，代码不同",
    Reason.SAME_ORGANISATION: "组织机构代码相同，名称不同",
    Reason.FORMER_NAME: "名称是对方的曾用名",
    Reason.SAME_CORE: "字号相同，只差地名或通用字",
    Reason.ONE_CHARACTER: "名称只差一个字",
}
_ENGLISH = {
    Reason.SAME_NAME: "Same name, different codes",
    Reason.SAME_ORGANISATION: "Same organisation code, different names",
    Reason.FORMER_NAME: "The name is a former name of the other",
    Reason.SAME_CORE: "Same core name, different place or common words",
    Reason.ONE_CHARACTER: "Names differ in one character",
}


@dataclass(frozen=True, slots=True)
class Near:
    """One of the two: its name, code ("" without one), and in how many registrations it is."""

    id: int
    name: str
    code: str
    registrations: int


@dataclass(frozen=True, slots=True)
class Described:
    """What tells one party from others: ``uscc`` and ``organisation_code`` are "" if unknown."""

    id: int
    name: str
    name_key: str
    uscc: str = ""
    organisation_code: str = ""


@dataclass(frozen=True, slots=True)
class NearMatch:
    """Two parties that may be one."""

    one: Near
    other: Near
    reason: Reason


_ENTERPRISES = """
    SELECT enterprise.id, name, name_key, coalesce(uscc, '') AS uscc,
        coalesce(organisation_code, '') AS organisation_code
    FROM enterprise WHERE {alive}
"""
_PLEDGEES = """
    SELECT pledgee.id, name, name_key, '' AS uscc, '' AS organisation_code
    FROM pledgee WHERE {alive}
"""
_ALIVE = """
    NOT EXISTS (SELECT 1 FROM merger WHERE party = '{party}' AND gone = {party}.id)
    AND EXISTS (SELECT 1 FROM {links} AS link JOIN pledge ON pledge.id = link.pledge
                WHERE link.{party} = {party}.id AND pledge.deleted_at IS NULL)
"""
_FORMER = """
    SELECT former_name.{party} AS kept, other.id AS other FROM former_name
    JOIN {party} AS other ON other.name_key = former_name.name_key
    WHERE former_name.{party} IS NOT NULL AND other.id <> former_name.{party}
"""
_APART = "SELECT one, other FROM told_apart WHERE what = ?"
_TELL_APART = """
    INSERT INTO told_apart (what, one, other) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
"""
_REGISTRATIONS = "SELECT count(DISTINCT pledge) FROM {links} WHERE {party} = ?"

Pair = tuple[int, int]


def near_matches(store: Store, party: Party, divisions: Divisions) -> list[NearMatch]:
    """The pairs that may be one, the surest first; those told apart by a person are left out."""
    alive = _ALIVE.format(party=party, links=party.links)
    sql = _ENTERPRISES if party is Party.ENTERPRISE else _PLEDGEES
    rows = [Described(*row) for row in store.connection.execute(sql.format(alive=alive))]
    by_id = {row.id: row for row in rows}
    former = store.connection.execute(_FORMER.format(party=party))
    before = [(row["kept"], row["other"]) for row in former]
    found = alike(party, rows, divisions, before)
    apart = {tuple(row) for row in store.connection.execute(_APART, (party.value,))}
    order = list(Reason)
    pairs = [(pair, reason) for pair, reason in found.items() if pair not in apart]
    pairs.sort(key=lambda item: (order.index(item[1]), item[0]))
    del pairs[_MOST:]
    counted: dict[int, int] = {}
    count = _REGISTRATIONS.format(links=party.links, party=party)
    for number in {number for pair, _ in pairs for number in pair}:
        counted[number] = store.connection.execute(count, (number,)).fetchone()[0]
    return [
        NearMatch(_near(by_id[one], counted[one]), _near(by_id[other], counted[other]), reason)
        for (one, other), reason in pairs
    ]


def alike(
    party: Party, rows: Sequence[Described], divisions: Divisions, former: Iterable[Pair] = ()
) -> dict[Pair, Reason]:
    """The pairs among these that may be one, each with its surest reason; the smaller number
    stands first. ``former`` are pairs of which one has the name that the other had before."""
    known = {row.id for row in rows}
    found: dict[Pair, Reason] = {}

    def keep(pairs: Iterable[Pair], reason: Reason) -> None:
        for one, other in pairs:
            if one in known and other in known:
                found.setdefault((min(one, other), max(one, other)), reason)

    keep(_boxed(rows, "name_key"), Reason.SAME_NAME)
    keep(_boxed(rows, "organisation_code"), Reason.SAME_ORGANISATION)
    keep(former, Reason.FORMER_NAME)
    if party is Party.ENTERPRISE:
        places = Places(divisions)
        cores = [(places.split(row.name_key), row) for row in rows]
        keep(_same_core(cores, stem(divisions.province.name)), Reason.SAME_CORE)
        keep(_one_character(cores), Reason.ONE_CHARACTER)
    else:
        lenders = [(_lender(row.name_key), row) for row in rows]
        keep(_same_lender(lenders), Reason.SAME_CORE)
        keep(_one_character(lenders, homophones_only=True), Reason.ONE_CHARACTER)
    return found


def tell_apart(store: Store, party: Party, pairs: Sequence[Pair]) -> None:
    """Remember as one act that these are two parties each; they are not suggested again."""
    if not pairs:
        return
    words = ActWords.APART if len(pairs) == 1 else ActWords.APART_MANY
    with store.act(words.format(party=party.label_zh, count=len(pairs))):
        store.connection.executemany(
            _TELL_APART, [(party.value, min(pair), max(pair)) for pair in pairs]
        )


def _boxed(rows: Iterable[Described], column: str) -> Iterator[Pair]:
    boxes: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if key := getattr(row, column):
            boxes[key].append(row.id)
    for box in boxes.values():
        if len(box) > 1:
            yield from combinations(box[:_MOST_IN_A_BOX], 2)


_Cores = Sequence[tuple[NameCore, Described]]


def _same_core(cores: _Cores, province: str) -> Iterator[Pair]:
    boxes: dict[str, list[tuple[NameCore, Described]]] = defaultdict(list)
    for core, row in cores:
        boxes[core.core].append((core, row))
    for box in boxes.values():
        if not 1 < len(box) <= _MOST_IN_A_BOX:
            continue
        for (one, its), (other, theirs) in combinations(box, 2):
            if _may_share_place(one.place, other.place, province) and _may_be_one(its, theirs):
                yield its.id, theirs.id


def _same_lender(cores: _Cores) -> Iterator[Pair]:
    boxes: dict[str, list[int]] = defaultdict(list)
    for core, row in cores:
        boxes[lender_core(core.key)].append(row.id)
    for box in boxes.values():
        if len(box) > 1:
            yield from combinations(box[:_MOST_IN_A_BOX], 2)


def _one_character(cores: _Cores, *, homophones_only: bool = False) -> Iterator[Pair]:
    """Names that differ in one character of the core, or have one more.

    One place of the core after the other is left out, so that never more than one text for each
    name is in memory.
    """
    by_key = {core.key: row for core, row in cores}
    longest = max((len(core.core) for core, _ in cores), default=0)
    for place in range(longest):
        boxes: dict[str, list[tuple[NameCore, str, Described]]] = defaultdict(list)
        for core, row in cores:
            start = core.key.find(core.core)
            if place >= len(core.core) or start < 0:  # brackets may stand within the core
                continue
            key, at = core.key, start + place
            box = boxes[f"{key[:at]}\0{key[at + 1 :]}"]
            if len(box) <= _MOST_IN_A_SERIES:
                box.append((core, key[at], row))
            shorter = by_key.get(key[:at] + key[at + 1 :])
            if (
                shorter is not None
                and len(core.core) > _LONG_CORE
                and not homophones_only
                and may_be_a_slip(key[at], key[at])
                and _may_be_one(row, shorter)
            ):
                yield row.id, shorter.id
        for box in boxes.values():
            if 1 < len(box) <= _MOST_IN_A_SERIES:
                for one, other in combinations(box, 2):
                    short = len(one[0].core) < _LONG_CORE
                    if _is_slip(one[1:], other[1:], homophones_only=homophones_only or short):
                        yield one[2].id, other[2].id


def _is_slip(
    one: tuple[str, Described], other: tuple[str, Described], *, homophones_only: bool
) -> bool:
    return (
        _may_be_one(one[1], other[1])
        and may_be_a_slip(one[0], other[0])
        and (not homophones_only or sound_alike(one[0], other[0]))
    )


def _may_share_place(one: str, other: str, province: str) -> bool:
    """Whether the places do not contradict each other: 浙江 and 杭州, or none, do not."""
    return not one or not other or one in other or other in one or province in (one, other)


def _may_be_one(one: Described, other: Described) -> bool:
    """Whether the codes leave it open: one is not known, or is nearly the other."""
    ours, theirs = one.uscc, other.uscc
    if not ours and not theirs:
        codes = {one.organisation_code, other.organisation_code} - {""}
        return len(codes) < 2
    if not ours or not theirs:
        known = {one.organisation_code, other.organisation_code} - {""}
        return len(known) < 2
    differing = sum(a != b for a, b in zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and differing <= _NEAR_CODES


def _lender(key: str) -> NameCore:
    return NameCore(key, "", key, "")


def _near(row: Described, registrations: int) -> Near:
    return Near(row.id, row.name, row.uscc or row.organisation_code, registrations)
