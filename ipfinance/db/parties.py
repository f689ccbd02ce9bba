"""Enterprises, pledgees and rights: found by what identifies them, made when they are new.

An enterprise is the same by its credit code, else by its organisation code, else by its
normalised name, today's or a former one (counting rule 4); a pledgee by its normalised name;
a right by its number. What was merged into another is led to that one.
Old ledgers give the organisation code where new ones give the credit code, which contains it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ipfinance.db.connection import Store, Uids
from ipfinance.db.mergers import kept_ones
from ipfinance.db.party_names import Party, note_former_name, set_name
from ipfinance.db.writing import Gathered, NewRows, Writer
from ipfinance.domain.head_banks import head_key, head_name
from ipfinance.domain.identifiers import check_organisation_code, organisation_code_of
from ipfinance.domain.names import initials, name_key, pinyin
from ipfinance.domain.pledge import Pledgee, Pledgor, Right

_ORGANISATION_CODE_LENGTH = 10  # 79965505-8

_BY_USCC = "SELECT id FROM enterprise WHERE uscc = ?"
# An enterprise with another credit code is another one, whatever organisation code it contains.
_BY_ORGANISATION_CODE = """
    SELECT id FROM enterprise WHERE organisation_code = :organisation_code
        AND (uscc IS NULL OR :uscc IS NULL)
    ORDER BY id LIMIT 1
"""
# A namesake that has another code is another enterprise; one without any is taken for the same.
_BY_NAME = """
    SELECT id FROM enterprise WHERE name_key = :key
        AND (:organisation_code IS NULL AND :uscc IS NULL
             OR uscc IS NULL AND organisation_code IS NULL)
    ORDER BY id LIMIT 1
"""
# Taken only when it is nobody else's former name; codes forbid as they do above.
_BY_FORMER_NAME = """
    SELECT enterprise AS id FROM former_name JOIN enterprise ON enterprise.id = enterprise
    WHERE former_name.name_key = :key
        AND (:organisation_code IS NULL AND :uscc IS NULL
             OR uscc IS NULL AND organisation_code IS NULL)
    LIMIT 2
"""
_CURRENT_KEY = "SELECT name_key FROM enterprise WHERE id = ?"
_NEWEST_NAME = """
    SELECT party.name FROM pledge_pledgor AS party
    JOIN pledge ON pledge.id = party.pledge AND pledge.deleted_at IS NULL
    JOIN enterprise ON enterprise.id = party.enterprise
    WHERE party.enterprise = ?
    ORDER BY party.registered_on DESC, party.name <> enterprise.name, party.name LIMIT 1
"""
_PLEDGORS_OF = """
    SELECT enterprise.id, enterprise.name, party.name AS registered FROM pledge_pledgor AS party
    JOIN enterprise ON enterprise.id = party.enterprise WHERE party.pledge = ?
"""
_NEW_ENTERPRISE = "uid, name, name_key, initials, uscc, organisation_code, size, industry, pinyin"
_COMPLETE_ENTERPRISE = """
    UPDATE enterprise SET uscc = coalesce(uscc, :uscc),
        organisation_code = coalesce(organisation_code, :organisation_code)
    WHERE id = :id AND (uscc IS NULL AND :uscc IS NOT NULL
                        OR organisation_code IS NULL AND :organisation_code IS NOT NULL)
"""
_PLEDGEE = "SELECT id, kind FROM pledgee WHERE name_key = ?"
_FORMER_PLEDGEE = """
    SELECT pledgee.id, pledgee.kind FROM former_name JOIN pledgee ON pledgee.id = pledgee
    WHERE former_name.name_key = ? LIMIT 2
"""
_KIND = "SELECT id, kind FROM pledgee WHERE id = ?"
_NEW_PLEDGEE = "uid, name, name_key, initials, kind, head_name, head_key, pinyin"
_COMPLETE_PLEDGEE = "UPDATE pledgee SET kind = ? WHERE id = ?"
_RIGHTS = "SELECT id, number, kind FROM ip_right WHERE number IN ({numbers})"
_ALL_RIGHTS = "SELECT number, kind, id FROM ip_right"
_AT_ONCE = 1000
_REMEMBERED = 200_000  # of a million registrations all would take hundreds of megabytes


class Parties:
    """Finds or makes the rows that registrations point to, remembering what it has found.

    Lives as long as one act; what another connection writes meanwhile cannot come between,
    because the act holds the store's only write lock.
    """

    def __init__(
        self, store: Store, uids: Uids | None = None, writer: Writer | None = None
    ) -> None:
        connection = store.connection
        self._uids = uids or Uids()
        self._writer = writer or Writer(connection)
        is_bulk = self._writer.is_bulk
        self._enterprises: dict[tuple[str, str], int] = {}
        self._pledgees: dict[str, int] = {}
        self._without_kind: set[str] = set()
        # What a store has that grows by half is no more than the import, which is in memory too.
        self._rights = _all_rights(connection) if is_bulk else {}
        self._new_enterprises = NewRows(connection, "enterprise", _NEW_ENTERPRISE)
        self._new_pledgees = NewRows(connection, "pledgee", _NEW_PLEDGEE)
        self._new_rights = NewRows(connection, "ip_right", "number, kind")
        # Into a new store nothing need be looked up, except what this act itself has made.
        self._had_enterprises = self._new_enterprises.next > 1
        self._had_pledgees = self._new_pledgees.next > 1
        self._may_have_rights = self._new_rights.next > 1 and not is_bulk
        self._made_known_by: set[str] = set()
        self._kept_enterprises = kept_ones(connection, Party.ENTERPRISE)
        self._kept_pledgees = kept_ones(connection, Party.PLEDGEE)
        self._new_names: dict[int, set[str]] = {}

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._writer.connection

    def enterprise(self, pledgor: Pledgor) -> int | None:
        """The number of the pledgor's enterprise, made if new; None for a natural person.

        What is made is written by the next `flush`.
        """
        if pledgor.is_person:
            return None
        asked = (name_key(pledgor.name), pledgor.uscc or "")
        if len(self._enterprises) > _REMEMBERED:
            self._enterprises.clear()
        found = self._enterprises.get(asked)
        if found is None:
            found = self._found_enterprise(pledgor, asked[0])
            if found is None:
                found = self._make_enterprise(pledgor)
            elif pledgor.uscc:
                self._complete(found, codes_of(pledgor.uscc))
                self._note_name(found, pledgor.name)
            self._enterprises[asked] = found
        return found

    def find_enterprise(self, pledgor: Pledgor) -> int | None:
        """The number of the pledgor's enterprise if the store has it; writes nothing."""
        codes = codes_of(pledgor.uscc)
        asked = {
            "key": name_key(pledgor.name),
            "uscc": codes.uscc,
            "organisation_code": codes.organisation_code,
        }
        row = None
        connection = self._connection
        if codes.uscc is not None:
            row = connection.execute(_BY_USCC, (codes.uscc,)).fetchone()
        if row is None and codes.organisation_code is not None:
            row = connection.execute(_BY_ORGANISATION_CODE, asked).fetchone()
        if row is None:
            row = connection.execute(_BY_NAME, asked).fetchone()
        if row is None:
            former = connection.execute(_BY_FORMER_NAME, asked).fetchall()
            row = former[0] if len(former) == 1 else None
        if row is None:
            return None
        number = int(row["id"])
        return self._kept_enterprises.get(number, number)

    def settle_names(self) -> None:
        """Give the enterprises that came under a new name the one they were last registered by.

        Called when their registrations are written, so that it does not matter which of an
        import's rows comes first.
        """
        for enterprise, new in self._new_names.items():
            newest = self._connection.execute(_NEWEST_NAME, (enterprise,)).fetchone()
            if newest is not None and name_key(newest["name"]) in new:
                set_name(self._connection, Party.ENTERPRISE, enterprise, newest["name"])
        self._new_names.clear()

    def record_rename(self, pledge: int, before: str, after: str) -> None:
        """Take over a change of the pledgor's name that was registered for a pledge."""
        for row in self._connection.execute(_PLEDGORS_OF, (pledge,)).fetchall():
            names = {name_key(row["name"]), name_key(row["registered"])}
            if name_key(before) not in names:
                continue
            if name_key(row["name"]) == name_key(before):
                set_name(self._connection, Party.ENTERPRISE, row["id"], after)
            for name in (before, after):
                self._made_known_by.add(name_key(name))
                note_former_name(self._connection, Party.ENTERPRISE, row["id"], name)

    def _note_name(self, enterprise: int, name: str) -> None:
        """Keep a name that the enterprise was not known by: today's or a former one."""
        key = name_key(name)
        self._made_known_by.add(key)
        if self._connection.execute(_CURRENT_KEY, (enterprise,)).fetchone()["name_key"] == key:
            return
        if note_former_name(self._connection, Party.ENTERPRISE, enterprise, name):
            self._new_names.setdefault(enterprise, set()).add(key)

    def flush(self) -> None:
        """Write what was made since the last time."""
        self._writer.write(self.taken())

    def taken(self) -> list[Gathered]:
        """What was made since the last time, for another to write."""
        made = (self._new_enterprises, self._new_pledgees, self._new_rights)
        return [rows.taken() for rows in made]

    def _found_enterprise(self, pledgor: Pledgor, key: str) -> int | None:
        """The same as `find_enterprise`, which asks only for what can be there."""
        codes = codes_of(pledgor.uscc)
        names = {key, codes.uscc, codes.organisation_code}
        if not self._made_known_by.isdisjoint(names):
            self.flush()
        elif not self._had_enterprises:
            return None
        return self.find_enterprise(pledgor)

    def _make_enterprise(self, pledgor: Pledgor) -> int:
        codes = codes_of(pledgor.uscc)
        size = pledgor.size.value if pledgor.size else None
        industry = pledgor.industry.value if pledgor.industry else None
        key = name_key(pledgor.name)
        number = self._new_enterprises.add(
            *(self._uids.new(), pledgor.name, key, initials(pledgor.name), codes.uscc),
            *(codes.organisation_code, size, industry, pinyin(pledgor.name)),
        )
        self._made_known_by.update(
            each for each in (key, codes.uscc, codes.organisation_code) if each is not None
        )
        return number

    def _complete(self, enterprise: int, codes: "Codes") -> None:
        """Write the codes into an enterprise that was known without them."""
        self._connection.execute(
            _COMPLETE_ENTERPRISE,
            {
                "id": enterprise,
                "uscc": codes.uscc,
                "organisation_code": codes.organisation_code,
            },
        )
        self._made_known_by.update(filter(None, (codes.uscc, codes.organisation_code)))

    def pledgee(self, pledgee: Pledgee) -> int:
        """The number of the pledgee, made if new; a missing kind is completed."""
        key = name_key(pledgee.name)
        kind = pledgee.kind.value if pledgee.kind else None
        found = self._pledgees.get(key)
        if found is not None and (kind is None or key not in self._without_kind):
            return found
        if found is not None:
            self.flush()  # it may only have been gathered so far
        row = self._known_pledgee(key) if self._had_pledgees or found is not None else None
        if row is None:
            found = self._new_pledgees.add(
                *(self._uids.new(), pledgee.name, key, initials(pledgee.name), kind),
                *(head_name(pledgee.name), head_key(pledgee.name), pinyin(pledgee.name)),
            )
        else:
            found = int(row["id"])
            if row["kind"] is not None:
                kind = row["kind"]
            elif kind is not None:
                self._connection.execute(_COMPLETE_PLEDGEE, (kind, found))
        self._pledgees[key] = found
        if kind is None:
            self._without_kind.add(key)
        else:
            self._without_kind.discard(key)
        return found

    def _known_pledgee(self, key: str) -> sqlite3.Row | None:
        """Number and kind of the pledgee that has this name, or had it alone."""
        row: sqlite3.Row | None = self._connection.execute(_PLEDGEE, (key,)).fetchone()
        if row is None:
            former = self._connection.execute(_FORMER_PLEDGEE, (key,)).fetchall()
            row = former[0] if len(former) == 1 else None
        if row is not None and row["id"] in self._kept_pledgees:
            kept = self._kept_pledgees[row["id"]]
            row = self._connection.execute(_KIND, (kept,)).fetchone()
        return row

    def rights(self, wanted: Iterable[Right]) -> dict[tuple[str, str], int]:
        """The numbers of patents and trademarks by number and kind, those that are new made."""
        known = self._rights
        if len(known) > _REMEMBERED and not self._writer.is_bulk:
            known.clear()
            self._may_have_rights = True
        asked = ((right.number, right.kind._value_) for right in wanted)
        unknown = list(dict.fromkeys(each for each in asked if each not in known))
        if self._may_have_rights:
            self._look_up_rights(unknown)
            unknown = [each for each in unknown if each not in known]
        known.update({each: self._new_rights.add(*each) for each in unknown})
        return known

    def _look_up_rights(self, unknown: list[tuple[str, str]]) -> None:
        for start in range(0, len(unknown), _AT_ONCE):
            page = [number for number, _ in unknown[start : start + _AT_ONCE]]
            marks = ",".join("?" * len(page))
            for row in self._connection.execute(_RIGHTS.format(numbers=marks), page):
                self._rights[row["number"], row["kind"]] = row["id"]


def _all_rights(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    return {(number, kind): made_as for number, kind, made_as in connection.execute(_ALL_RIGHTS)}


@dataclass(frozen=True, slots=True)
class Codes:
    """What a pledgor's code tells: a credit code contains an organisation code, or it is one."""

    uscc: str | None = None
    organisation_code: str | None = None


def codes_of(code: str | None) -> Codes:
    """The codes of an enterprise as one code tells them; a stray text is kept as a credit code."""
    if not code:
        return Codes()
    if len(code) == _ORGANISATION_CODE_LENGTH:
        checked = check_organisation_code(code)
        if checked.ok:
            return Codes(organisation_code=checked.normalized)
    return Codes(code, organisation_code_of(code))
