"""What the store proposes while a name is typed: enterprises and pledgees it knows already.

Asked at every pause in typing, so each step is bounded, and a later one runs only while there
is room: codes and beginnings of names come from indexes, initials and parts of names from one
pass over a narrow column.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ipfinance.db.connection import Store
from ipfinance.db.mergers import kept_ones
from ipfinance.db.party_names import Party
from ipfinance.domain.industries import Industry
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import PledgeeKind, Size

AT_MOST = 10

# Sorts after every character that a key or a code may hold.
_LAST = "\U0010ffff"
_FEWEST_INSIDE = 2  # one character stands inside nearly every name


@dataclass(frozen=True, slots=True)
class EnterpriseMatch:
    """An enterprise of the store, with what was registered of it last.

    ``code`` is its credit code, empty when it is not known. ``city`` and ``county`` are division
    codes, None when no registration tells them; ``registrations`` is how many counted
    registrations it takes part in.
    """

    id: int
    name: str
    code: str
    size: Size | None
    industry: Industry | None
    city: str | None
    county: str | None
    registrations: int


@dataclass(frozen=True, slots=True)
class PledgeeMatch:
    """A pledgee of the store."""

    id: int
    name: str
    kind: PledgeeKind | None


_BY_USCC = """
    SELECT id FROM enterprise WHERE uscc >= :code AND uscc < :code_end
    ORDER BY uscc LIMIT :room
"""
_BY_ORGANISATION_CODE = """
    SELECT id FROM enterprise
    WHERE organisation_code >= :organisation AND organisation_code < :organisation_end
    ORDER BY organisation_code LIMIT :room
"""
_BY_START = """
    SELECT id FROM {table} WHERE name_key >= :key AND name_key < :key_end
    ORDER BY length(name_key), name_key LIMIT :room
"""
_BY_INITIALS = """
    SELECT id FROM {table} WHERE initials >= :letters AND initials < :letters_end
    ORDER BY length(initials), initials LIMIT :room
"""
_BY_PART = """
    SELECT id FROM {table} WHERE instr(name_key, :key) > 1 LIMIT :room
"""
_BY_INNER_INITIALS = """
    SELECT id FROM {table} WHERE instr(initials, :letters) > 1 LIMIT :room
"""
_BY_FORMER_NAME = """
    SELECT {table} AS id FROM former_name WHERE {table} IS NOT NULL
        AND (name_key >= :key AND name_key < :key_end
             OR :letters <> '' AND initials >= :letters AND initials < :letters_end
             OR length(:key) > 1 AND instr(name_key, :key))
    LIMIT :room
"""
_NAMED = """
    SELECT id, uscc FROM enterprise WHERE name_key = :key
    UNION ALL SELECT enterprise.id, uscc FROM former_name
        JOIN enterprise ON enterprise.id = former_name.enterprise
        WHERE former_name.name_key = :key
            AND NOT EXISTS (SELECT 1 FROM enterprise WHERE name_key = :key)
"""
_ENTERPRISE = "SELECT id, name, uscc, size, industry FROM enterprise WHERE id = ?"
_LAST_PLACE = """
    SELECT party.city, party.county, party.size, party.industry FROM pledge_pledgor AS party
    JOIN pledge ON pledge.id = party.pledge AND pledge.deleted_at IS NULL
    WHERE party.enterprise = ? ORDER BY party.registered_on DESC, party.pledge DESC LIMIT 1
"""
_REGISTRATIONS = """
    SELECT count(DISTINCT pledge) FROM pledge_pledgor WHERE enterprise = ? AND counted = 1
"""
_PLEDGEES_NAMED = """
    SELECT id FROM pledgee WHERE name_key = :key
    UNION ALL SELECT pledgee FROM former_name WHERE name_key = :key AND pledgee IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM pledgee WHERE name_key = :key)
"""
_PLEDGEE = "SELECT id, name, kind FROM pledgee WHERE id = ?"


def enterprises(store: Store, text: str, limit: int = AT_MOST) -> list[EnterpriseMatch]:
    """Enterprises whose code, name or initials begin with ``text``, then those that hold it."""
    return [_enterprise(store, number) for number in _found(store, "enterprise", text, limit)]


def enterprise_named(store: Store, name: str, code: str = "") -> EnterpriseMatch | None:
    """The one enterprise of this credit code, else of exactly this name, today's or a former
    one; None when there is none, or when the name is that of several."""
    merged = kept_ones(store.connection, Party.ENTERPRISE)
    if code:
        row = store.connection.execute(
            "SELECT id FROM enterprise WHERE uscc = ?", (code,)
        ).fetchone()
        if row is not None:
            return _enterprise(store, merged.get(row["id"], int(row["id"])))
    rows = store.connection.execute(_NAMED, {"key": name_key(name)}).fetchall()
    numbers = {merged.get(row["id"], int(row["id"])) for row in rows}
    if len(numbers) != 1 or (code and any(row["uscc"] not in (None, code) for row in rows)):
        return None
    return _enterprise(store, numbers.pop())


def pledgees(store: Store, text: str, limit: int = AT_MOST) -> list[PledgeeMatch]:
    """Pledgees whose name or initials begin with ``text``, then those that hold it."""
    found = []
    for number in _found(store, "pledgee", text, limit):
        row = store.connection.execute(_PLEDGEE, (number,)).fetchone()
        found.append(_pledgee(row["id"], row["name"], row["kind"]))
    return found


def pledgee_named(store: Store, name: str) -> PledgeeMatch | None:
    """The pledgee of exactly this name, today's or a former one; None when the store does not
    know it."""
    rows = store.connection.execute(_PLEDGEES_NAMED, {"key": name_key(name)}).fetchall()
    merged = kept_ones(store.connection, Party.PLEDGEE)
    numbers = {merged.get(row["id"], int(row["id"])) for row in rows}
    if len(numbers) != 1:
        return None
    row = store.connection.execute(_PLEDGEE, (numbers.pop(),)).fetchone()
    return _pledgee(row["id"], row["name"], row["kind"])


def _found(store: Store, table: str, text: str, limit: int) -> list[int]:
    """Numbers of the rows of a table that match, the likeliest first."""
    key = name_key(text)
    if not key:
        return []
    code = key.upper() if key.isascii() and key.isalnum() else ""
    letters = key if key.isascii() and key.isalpha() else ""
    organisation = f"{code[:8]}-{code[8:]}" if len(code) == 9 else code
    arguments: dict[str, object] = {}
    for name, start in (
        ("key", key),
        ("letters", letters),
        ("code", code),
        ("organisation", organisation),
    ):
        arguments |= {name: start, f"{name}_end": start + _LAST}
    merged = kept_ones(store.connection, Party(table))
    found: dict[int, None] = {}
    for sql in _steps(table, key, code, letters):
        # Those found by an earlier step may come again.
        rows = store.connection.execute(sql.format(table=table), {**arguments, "room": limit})
        found.update(dict.fromkeys(merged.get(row["id"], int(row["id"])) for row in rows))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _steps(table: str, key: str, code: str, letters: str) -> Iterator[str]:
    long_enough = len(key) >= _FEWEST_INSIDE
    if code and long_enough and table == "enterprise":
        yield _BY_USCC
        yield _BY_ORGANISATION_CODE
    yield _BY_START
    if letters:
        yield _BY_INITIALS
    yield _BY_FORMER_NAME
    if long_enough:
        yield _BY_PART
    if letters and long_enough:
        yield _BY_INNER_INITIALS


def _enterprise(store: Store, number: int) -> EnterpriseMatch:
    row = store.connection.execute(_ENTERPRISE, (number,)).fetchone()
    last = store.connection.execute(_LAST_PLACE, (number,)).fetchone()
    registrations = store.connection.execute(_REGISTRATIONS, (number,)).fetchone()[0]
    size = (last["size"] if last is not None else None) or row["size"]
    industry = (last["industry"] if last is not None else None) or row["industry"]
    return EnterpriseMatch(
        id=row["id"],
        name=row["name"],
        code=row["uscc"] or "",
        size=Size(size) if size else None,
        industry=Industry(industry) if industry else None,
        city=None if last is None else last["city"],
        county=None if last is None else last["county"],
        registrations=int(registrations),
    )


def _pledgee(number: int, name: str, kind: str | None) -> PledgeeMatch:
    return PledgeeMatch(number, name, PledgeeKind(kind) if kind else None)
