"""What of the ledger is held in memory: columns, parties and their names, numbers of rights.

Each part is read whole once, and then only what was written is read anew. Arrays that tell of
registrations have a place for each number of one, 0 included, which is nobody's.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

from ipfinance.db.connection import Store
from ipfinance.db.facets import CODE
from ipfinance.db.ledger_filter import RIGHTS_BEGINNING, in_order, moments
from ipfinance.db.lines import Lines
from ipfinance.db.name_order import numbers
from ipfinance.db.party_names import Party
from ipfinance.db.touched import Touched
from ipfinance.db.typed import Typed
from ipfinance.domain.pledge import Kind

if TYPE_CHECKING:
    from datetime import date

    from ipfinance.db.lines import Flags, Numbers

NONE = -1


class Part(Protocol):
    """Something that is remembered."""

    def read(self, store: Store, today: "date") -> None:
        """Read it whole."""

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        """Read anew what was written."""


class Searched(Part, Protocol):
    """A part that what is typed may be found in."""

    def mark(self, store: Store, typed: Typed, found: "Flags") -> None:
        """Set the flags of the registrations it is found in, as far as there are flags."""


class Columns:
    """Of each registration that is not deleted: amount in 分, day of registration as a number.

    `NONE` stands where there is no amount, and everywhere for one that does not exist.
    """

    _SQL = f"""
        SELECT group_concat(id), group_concat(coalesce(secured_amount_fen, {NONE})),
            group_concat(CAST(replace(registered_on, '-', '') AS INTEGER))
        FROM pledge WHERE deleted_at IS NULL AND {{only}}
    """

    def read(self, store: Store, today: "date") -> None:
        ids, amounts, days = _numbers(store, self._SQL, None)
        self.amount = by_number(ids, amounts)
        self.day: Numbers = by_number(ids, days).astype(np.int32)

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        ids, amounts, days = _numbers(store, self._SQL, touched.pledges)
        self.amount = _put(self.amount, touched.pledges, ids, amounts)
        self.day = _put(self.day, touched.pledges, ids, days)


class FacetCodes:
    """Of each registration that is not deleted what `facets` counts by, as one number."""

    _SQL = f"""
        SELECT group_concat(id), group_concat({CODE.format(within="0")})
        FROM pledge WHERE deleted_at IS NULL AND {{only}}
    """

    def read(self, store: Store, today: "date") -> None:
        ids, codes = _numbers(store, self._SQL, None, moments(today))
        self.code = by_number(ids, codes)

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        ids, codes = _numbers(store, self._SQL, touched.pledges, moments(today))
        self.code = _put(self.code, touched.pledges, ids, codes)


class Counted:
    """What counts: of each registration its kind, 1 and up in the order of ``kinds``, and 件次;
    of each enterprise that pledged where it is, by the numbers of the areas."""

    kinds = (Kind.PATENT, Kind.TRADEMARK)
    _OWN = f"""
        SELECT group_concat(id), group_concat(1 + {in_order("kind", kinds)}),
            group_concat(rights_count)
        FROM pledge WHERE counted = 1 AND kind IN ('patent', 'trademark') AND {{only}}
    """
    _LINKS = """
        SELECT group_concat(pledge), group_concat(enterprise), group_concat(city + 0),
            group_concat(coalesce(county, 0) + 0)
        FROM pledge_pledgor WHERE counted = 1 AND enterprise IS NOT NULL AND {only}
    """

    def read(self, store: Store, today: "date") -> None:
        ids, kinds, rights = _numbers(store, self._OWN, None)
        self.kind: Numbers = by_number(ids, kinds).astype(np.int8)
        self.rights: Numbers = by_number(ids, rights).astype(np.int32)
        self.links = [column.astype(np.int32) for column in _numbers(store, self._LINKS, None)]

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        ids, kinds, rights = _numbers(store, self._OWN, touched.pledges)
        self.kind = _put(self.kind, touched.pledges, ids, kinds)
        self.rights = _put(self.rights, touched.pledges, ids, rights)
        self.links = _relinked(store, self._LINKS, self.links, touched)


class _Texts:
    """Lines that belong to what a set of numbers names."""

    def __init__(self, sql: str) -> None:
        """``sql`` gives owner and line, of those of whom ``{only}`` holds."""
        self._sql = f"SELECT group_concat(owner), group_concat(line, char(0)) FROM ({sql})"

    def read(self, store: Store) -> None:
        self.lines = Lines(*self._told(store, None))

    def follow(self, store: Store, touched: frozenset[int]) -> None:
        if touched:
            self.lines.replace(sorted(touched), *self._told(store, touched))

    def _told(self, store: Store, only: frozenset[int] | None) -> tuple["Numbers", str]:
        owners, joined = store.connection.execute(
            self._sql.format(only=_only("owner", only))
        ).fetchone()
        return numbers(owners), joined or ""


class RegNos:
    """Numbers of registrations, and names of the persons among the pledgors."""

    def __init__(self) -> None:
        self._reg_nos = _Texts(
            "SELECT id AS owner, upper(reg_no) AS line FROM pledge"
            " WHERE deleted_at IS NULL AND reg_no IS NOT NULL AND {only}"
            " UNION ALL SELECT id AS owner, upper(reg_no_in_doubt) AS line FROM pledge"
            " WHERE deleted_at IS NULL AND reg_no_in_doubt IS NOT NULL AND {only}"
        )
        self._persons = _Texts(
            "SELECT pledge AS owner, name AS line FROM pledge_pledgor"
            " WHERE enterprise IS NULL AND {only}"
        )

    def read(self, store: Store, today: "date") -> None:
        self._reg_nos.read(store)
        self._persons.read(store)

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        self._reg_nos.follow(store, touched.pledges)
        self._persons.follow(store, touched.pledges)

    def mark(self, store: Store, typed: Typed, found: "Flags") -> None:
        _mark(found, self._reg_nos.lines.holding(typed.code))
        _mark(found, self._persons.lines.holding(typed.name))


class Parties:
    """Names, former names, initials and codes of a kind of parties, and their registrations."""

    _CODES: ClassVar = {Party.ENTERPRISE: ("uscc", "organisation_code"), Party.PLEDGEE: ()}

    def __init__(self, party: Party) -> None:
        self._party = party
        self._names, self._initials = (
            _Texts(
                f"SELECT id AS owner, {column} AS line FROM {party} WHERE {{only}} UNION ALL"
                f" SELECT {party} AS owner, {column} FROM former_name"
                f" WHERE {party} IS NOT NULL AND {{only}}"
            )
            for column in ("name_key", "initials")
        )
        self._codes = [
            _Texts(
                f"SELECT id AS owner, {column} AS line FROM {party}"
                f" WHERE {column} IS NOT NULL AND {{only}}"
            )
            for column in self._CODES[party]
        ]
        self._sql = (
            f"SELECT group_concat(pledge), group_concat({party}) FROM {party.links}"
            f" WHERE {party} IS NOT NULL AND {{only}}"
        )

    @property
    def _texts(self) -> list[_Texts]:
        return [self._names, self._initials, *self._codes]

    def read(self, store: Store, today: "date") -> None:
        for texts in self._texts:
            texts.read(store)
        self.links = [column.astype(np.int32) for column in _numbers(store, self._sql, None)]

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        own = touched.enterprises if self._party is Party.ENTERPRISE else touched.pledgees
        for texts in self._texts:
            texts.follow(store, own)
        self.links = _relinked(store, self._sql, self.links, touched)

    def mark(self, store: Store, typed: Typed, found: "Flags") -> None:
        pledges, parties = self.links
        _mark(found, pledges[self.found(typed)[parties]])

    def found(self, typed: Typed) -> "Flags":
        """By number of the party, whether it is one of those that `db.typed` says are found."""
        texts = [
            self._names.lines.holding(typed.key),
            self._initials.lines.beginning(typed.initials),
        ]
        texts += [codes.lines.holding(typed.code) for codes in self._codes]
        most = max(self.links[1].max(initial=0), *(owners.max(initial=0) for owners in texts))
        is_found = np.zeros(int(most) + 1, bool)
        for owners in texts:
            is_found[owners] = True
        is_found[0] = False  # whose lines are gone
        return is_found


class Rights:
    """The beginnings of the numbers of rights, in their order, with their registrations.

    Eight bytes of each are as one number; of a longer beginning the index of the store tells.
    """

    _LENGTH = 8
    _SQL = """
        SELECT group_concat(pledge), group_concat(
            substr(hex(CAST(substr(number, 1, 8) AS BLOB)) || '0000000000000000', 1, 16), '')
        FROM pledge_right JOIN ip_right ON ip_right.id = pledge_right.ip_right WHERE {only}
    """

    def read(self, store: Store, today: "date") -> None:
        pledges, heads = self._told(store, None)
        order = np.argsort(heads, kind="stable")
        self._pledges, self._heads = pledges[order], heads[order]
        self._later = self._told(store, frozenset())

    def follow(self, store: Store, today: "date", touched: Touched) -> None:
        if not touched.pledges:
            return
        gone = np.fromiter(touched.pledges, np.int32)
        self._pledges[np.isin(self._pledges, gone)] = 0
        pledges, heads = self._later
        kept = ~np.isin(pledges, gone)
        new_pledges, new_heads = self._told(store, touched.pledges)
        self._later = (
            np.concatenate((pledges[kept], new_pledges)),
            np.concatenate((heads[kept], new_heads)),
        )

    def mark(self, store: Store, typed: Typed, found: "Flags") -> None:
        head = typed.number.encode()
        if not head:
            return
        if len(head) > self._LENGTH:
            told = store.connection.execute(RIGHTS_BEGINNING, {"number": typed.number})
            _mark(found, numbers(told.fetchone()[0]))
            return
        first, last = (
            np.uint64(int.from_bytes(head.ljust(self._LENGTH, filling), "big"))
            for filling in (b"\0", b"\xff")
        )
        begin, end = self._heads.searchsorted(first), self._heads.searchsorted(last, "right")
        _mark(found, self._pledges[begin:end])
        pledges, heads = self._later
        _mark(found, pledges[(heads >= first) & (heads <= last)])

    def _told(self, store: Store, only: frozenset[int] | None) -> tuple["Numbers", "Numbers"]:
        pledges, heads = store.connection.execute(
            self._SQL.format(only=_only("pledge", only))
        ).fetchone()
        return (
            numbers(pledges).astype(np.int32),
            np.frombuffer(bytes.fromhex(heads or ""), ">u8").astype(np.uint64),
        )


def _numbers(
    store: Store,
    sql: str,
    only: frozenset[int] | None,
    arguments: dict[str, object] | None = None,
    column: str = "id",
) -> list["Numbers"]:
    row = store.connection.execute(sql.format(only=_only(column, only)), arguments or {}).fetchone()
    return [numbers(told) for told in row]


def _relinked(store: Store, sql: str, links: list["Numbers"], touched: Touched) -> list["Numbers"]:
    """Columns whose first one tells the registration, with those that were written anew."""
    if not touched.pledges:
        return links
    kept = ~np.isin(links[0], np.fromiter(touched.pledges, np.int32))
    new = _numbers(store, sql, touched.pledges, column="pledge")
    return [
        np.concatenate((column[kept], more.astype(np.int32)))
        for column, more in zip(links, new, strict=True)
    ]


def _only(column: str, only: Iterable[int] | None) -> str:
    return "1" if only is None else f"{column} IN ({','.join(map(str, only))})"


def by_number(ids: "Numbers", values: "Numbers", least: int = 0) -> "Numbers":
    """A column that has the value of each number at its place, and `NONE` elsewhere; it is as
    long as the numbers ask for, or ``least``."""
    column = np.full(max(int(ids.max(initial=0)) + 1, least), NONE, np.int64)
    column[ids] = values
    return column


def _put(
    column: "Numbers", touched: frozenset[int], ids: "Numbers", values: "Numbers"
) -> "Numbers":
    missing = max(touched, default=0) + 1 - len(column)
    if missing > 0:
        column = np.concatenate((column, np.full(missing, NONE, column.dtype)))
    column[np.fromiter(touched, np.int64)] = NONE
    column[ids] = values
    return column


def _mark(found: "Flags", pledges: "Numbers") -> None:
    found[pledges[pledges < len(found)]] = True
