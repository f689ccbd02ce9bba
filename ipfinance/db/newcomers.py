"""Parties that a registration brings: a new one nearly named like one that is there, or a known
code under another name. Both are told, and neither keeps anything out.

The names of the store are gone through once for all newcomers together, and only what shares a
core with one of them, or all of its name but one character, is compared closely.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ipfinance.db.connection import Store
from ipfinance.db.near_matches import Described, Pair, Reason, alike
from ipfinance.db.parties import Parties, codes_of
from ipfinance.db.party_names import Party, names_of_enterprises
from ipfinance.domain.division import Divisions
from ipfinance.domain.faults import Fault
from ipfinance.domain.name_cores import Places, lender_core
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Pledge, Pledgor
from ipfinance.language import tr

RENAMED = "code_under_other_name"
NEAR = "name_nearly_known"

_FEW = 8  # as many names are looked for by the store itself

_TODAY = "SELECT id, name FROM enterprise WHERE id IN (SELECT value FROM json_each(:ids))"
_NAMED = "SELECT name_key FROM {party} WHERE name_key IN (SELECT value FROM json_each(:keys))"
_ONCE_NAMED = """
    SELECT name_key, {party} AS id FROM former_name
    WHERE {party} IS NOT NULL AND name_key IN (SELECT value FROM json_each(:keys))
"""
_DESCRIBED = {
    Party.ENTERPRISE: "SELECT id, name, name_key, coalesce(uscc, ''),"
    " coalesce(organisation_code, '') FROM enterprise",
    Party.PLEDGEE: "SELECT id, name, name_key FROM pledgee",
}
_IS_ALIVE = """
    SELECT 1 FROM {links} AS link JOIN pledge ON pledge.id = link.pledge
    WHERE link.{party} = :id AND pledge.deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM merger WHERE party = '{party}' AND gone = :id) LIMIT 1
"""
_ARE_APART = """
    SELECT 1 FROM told_apart JOIN {party} AS other
        ON other.id IN (one, other) AND other.id <> :id AND other.name_key = :key
    WHERE what = '{party}' AND :id IN (one, other) LIMIT 1
"""


class Named(NamedTuple):
    """A party as it is written: its name, its code or "" without one."""

    name: str
    code: str = ""


def pledgors_of(pledge: Pledge) -> Iterator[Named]:
    """The enterprises among the pledgors as they are written."""
    return (Named(one.name, one.uscc or "") for one in pledge.pledgors if not one.is_person)


def pledgees_of(pledge: Pledge) -> Iterator[Named]:
    """The pledgees as they are written."""
    return (Named(one.name) for one in pledge.pledgees)


def told_of_enterprises(
    store: Store, asked: Iterable[Named], divisions: Divisions
) -> dict[Named, Fault]:
    """A warning for each that has a code known under another name, or is new and nearly known."""
    parties = Parties(store)
    found = {
        one: parties.find_enterprise(Pledgor(one.name, "", uscc=one.code or None))
        for one in dict.fromkeys(asked)
    }
    known = {one: number for one, number in found.items() if number is not None}
    new = [one for one, number in found.items() if number is None]
    return _renamed(store, known) | _nearly_known(store, Party.ENTERPRISE, new, divisions)


def told_of_pledgees(
    store: Store, asked: Iterable[Named], divisions: Divisions
) -> dict[Named, Fault]:
    """A warning for each that is new and nearly known."""
    asked = dict.fromkeys(asked)
    known = _known_keys(store, Party.PLEDGEE, {name_key(one.name) for one in asked})
    new = [one for one in asked if name_key(one.name) not in known]
    return _nearly_known(store, Party.PLEDGEE, new, divisions)


def renamed(code: str, name: str, known: str, where: str = "") -> Fault:
    """What is said of a code that comes with another name than the one it has."""
    text = tr(
        "代码 {code} 在{where}是「{known}」，这里写的是「{name}」："
        "代码相同、名称不同，记作更名；若是笔误请改正",
        code=code,
        where=where or tr("台账里"),
        known=known,
        name=name,
    )
    return Fault("pledgor", RENAMED, name, text, is_error=False)


def _renamed(store: Store, known: Mapping[Named, int]) -> dict[Named, Fault]:
    """A warning for each whose enterprise has not had this name so far."""
    keys = names_of_enterprises(store, known.values())
    wrong = {one: number for one, number in known.items() if name_key(one.name) not in keys[number]}
    ids = {"ids": json.dumps(sorted(set(wrong.values())))}
    names = dict(tuple(row) for row in store.connection.execute(_TODAY, ids))
    return {one: renamed(one.code, one.name, names[number]) for one, number in wrong.items()}


def _known_keys(store: Store, party: Party, keys: Collection[str]) -> set[str]:
    """Which of these normalised names a party of the store has, or had."""
    listed = {"keys": json.dumps(sorted(keys))}
    return {
        row["name_key"]
        for sql in (_NAMED, _ONCE_NAMED)
        for row in store.connection.execute(sql.format(party=party), listed)
    }


def _nearly_known(
    store: Store, party: Party, strangers: Collection[Named], divisions: Divisions
) -> dict[Named, Fault]:
    if not strangers:
        return {}
    brought = {}
    for number, one in enumerate(strangers, 1):
        codes = codes_of(one.code)
        organisation = codes.organisation_code or ""
        brought[-number] = Described(
            -number, one.name, name_key(one.name), codes.uscc or "", organisation
        )
    by_number = dict(zip(brought, strangers, strict=True))
    before = _had_the_name(store, party, brought.values())
    had = {number for _, number in before}
    near, perhaps = _perhaps_near(store, party, brought.values(), had, divisions)
    pairs = alike(party, [*perhaps, *near.values()], divisions, before)
    order = list(Reason)
    told: dict[Named, Fault] = {}
    for (new, other), reason in sorted(pairs.items(), key=lambda pair: order.index(pair[1])):
        if new >= 0 or other <= 0 or by_number[new] in told:
            continue
        known = near[other]
        if not _is_silent(store, party, brought[new], known):
            told[by_number[new]] = _near_fault(party, by_number[new], known, reason)
    return told


def _perhaps_near(
    store: Store,
    party: Party,
    brought: Collection[Described],
    had: Collection[int],
    divisions: Divisions,
) -> tuple[dict[int, Described], list[Described]]:
    """The stored parties that are worth a closer look, ``had`` among them, and the newcomers that
    they were found for."""
    places = Places(divisions)
    by_trait: dict[str, list[Described]] = {}
    cores: set[str] = set()
    for new in brought:
        core = places.split(new.name_key).core if party is Party.ENTERPRISE else new.name_key
        cores.add(core)
        for trait in _traits(party, new, core):
            by_trait.setdefault(trait, []).append(new)
    sql = _DESCRIBED[party]
    if party is Party.ENTERPRISE and len(brought) + len(had) <= _FEW:
        pieces = [piece for core in sorted(cores) for piece in _halves(core)]
        codes = sorted({new.organisation_code for new in brought} - {""})
        narrowed = " OR ".join(["instr(name_key, ?)"] * len(pieces))
        ids = ",".join(map(str, had))
        listed = ",".join("?" * len(codes))
        sql += f" WHERE {narrowed} OR organisation_code IN ({listed}) OR id IN ({ids})"
        rows = store.connection.execute(sql, [*pieces, *codes])
    else:
        rows = store.connection.execute(sql)
    near: dict[int, Described] = {}
    perhaps = {row.id: row for row in brought} if had else {}
    for row in rows:
        known = Described(*row)
        key = known.name_key
        core = places.split(key).core if party is Party.ENTERPRISE else key
        shared = [trait for trait in _traits(party, known, core) if trait in by_trait]
        if shared or known.id in had:
            near[known.id] = known
            perhaps.update((new.id, new) for trait in shared for new in by_trait[trait])
    return near, list(perhaps.values())


def _traits(party: Party, row: Described, core: str) -> list[str]:
    """What two that are perhaps one have in common, at least one of these."""
    shared = core if party is Party.ENTERPRISE else lender_core(core)
    code = (f"#{row.organisation_code}",) if row.organisation_code else ()
    return [f"={shared}", *code, *_gapped(row.name_key, core)]


def _gapped(key: str, core: str) -> list[str]:
    """The name with one character of its core left out, each in turn, and the whole name: names
    that differ in one character of the core, or have one more, have one of these in common."""
    start = max(key.find(core), 0)
    places = range(start, min(start + len(core), len(key)))
    return [key, *(key[:at] + key[at + 1 :] for at in places)]


def _halves(core: str) -> tuple[str, str]:
    """One of the two stands in every name that differs in one character of the core."""
    middle = len(core) // 2
    return core[:middle] or core, core[middle:]


def _had_the_name(store: Store, party: Party, brought: Collection[Described]) -> list[Pair]:
    keys = {row.name_key: row.id for row in brought}
    rows = store.connection.execute(
        _ONCE_NAMED.format(party=party), {"keys": json.dumps(sorted(keys))}
    )
    return [(keys[row["name_key"]], row["id"]) for row in rows]


def _is_silent(store: Store, party: Party, new: Described, known: Described) -> bool:
    """Whether the known one is gone, or was told apart from one that has the new one's name."""
    words: Mapping[str, str] = {"party": party, "links": party.links}
    asked = {"id": known.id, "key": new.name_key}
    return (
        store.connection.execute(_IS_ALIVE.format(**words), asked).fetchone() is None
        or store.connection.execute(_ARE_APART.format(**words), asked).fetchone() is not None
    )


def _near_fault(party: Party, new: Named, known: Described, reason: Reason) -> Fault:
    code = known.uscc or known.organisation_code
    text = tr(
        "「{name}」不在台账里，与台账里的{known}相近：{reason}；"
        "若是同一家，请按台账改正，若不是，照常登记即可",
        name=new.name,
        known=tr("「{name}」（{code}）", name=known.name, code=code)
        if code
        else tr("「{name}」", name=known.name),
        reason=reason.label,
    )
    field = "pledgor" if party is Party.ENTERPRISE else "pledgee"
    return Fault(field, NEAR, new.name, text, is_error=False)
