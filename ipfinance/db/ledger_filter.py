"""Which registrations a filter of the ledger selects, as conditions of SQL."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from ipfinance.db.counted_rows import DAY, WHERE, Which, window
from ipfinance.db.sums import HEAD_KEY
from ipfinance.db.totals import Group
from ipfinance.db.typed import ENTERPRISES_FOUND, PLEDGEES_FOUND, typed
from ipfinance.domain.pledge import DUE_SOON_DAYS, Channel, Kind, State


@dataclass(frozen=True, slots=True)
class Filter:
    """Which registrations to list; what is None or empty does not narrow.

    ``start`` and ``end`` are registration days, both included. ``city`` and ``county`` are
    where the registration counts, ``pledgor_city`` and ``pledgor_county`` where any of its
    pledgors is; of ``counties`` any will do. ``counted_only`` leaves out what no figure counts,
    ``with_enterprise`` what natural persons alone pledged. ``at_most_fen`` narrows to amounts up
    to it, ``deleted`` lists the trash instead.

    ``which`` may ask for a stock or an ending instead of registration days: of the window from
    ``start`` to ``end`` (see `sums`). ``first_day`` and ``last_day`` narrow further to the days
    that put a registration into a month (`counted_rows.DAY`). ``having`` are amount columns
    that are filled in. ``size``, ``industry``, ``enterprise`` and the pledgor's place are of
    one and the same pledgor, the pledgee's kind and head bank of one pledgee; "" asks for what
    is not filled in. ``first_time_since`` asks for an enterprise without any registration
    before that day. ``right_kinds`` are all of one and the same right, so that two of them find
    nothing. ``any_of`` are the keys of a table's rows, of which any will do.
    """

    text: str = ""
    kinds: tuple[Kind, ...] = ()
    city: str | None = None
    county: str | None = None
    state: State | None = None
    start: date | None = None
    end: date | None = None
    enterprise: int | None = None
    pledgee: int | None = None
    batch: int | None = None
    counted_only: bool = False
    pledgor_city: str | None = None
    pledgor_county: str | None = None
    with_enterprise: bool = False
    at_most_fen: int | None = None
    amount_missing: bool = False
    deleted: bool = False
    which: Which = Which.REGISTERED
    first_day: date | None = None
    last_day: date | None = None
    having: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    channel: Channel | None = None
    size: str | None = None
    industry: str | None = None
    first_time_since: date | None = None
    pledgee_kind: str | None = None
    head_bank: str | None = None
    from_bank: bool = False
    right_kinds: tuple[str, ...] = ()
    any_of: tuple[Group, tuple[str, ...]] | None = None

    @property
    def enterprise_city(self) -> str | None:
        """Where the enterprises are that are counted; None where it does not matter."""
        return self.city if self.pledgor_city is None else self.pledgor_city

    @property
    def enterprise_county(self) -> str | None:
        """As `enterprise_city`; "" for those of which no county is known."""
        return self.county if self.pledgor_county is None else self.pledgor_county


# The end of the term after the extensions and changes known today.
TERM_END = (
    "coalesce((SELECT event.term_end FROM event WHERE event.pledge = pledge.id"
    " AND event.term_end IS NOT NULL AND happened_on <= :today"
    " ORDER BY happened_on DESC, event.id DESC LIMIT 1), term_end)"
)

_STATES = {
    State.CANCELLED: "ended_by = 'cancellation' AND ended_on <= :today",
    State.LAPSED: "ended_by = 'lapse' AND ended_on <= :today",
    State.REVOKED: "ended_by = 'revocation' AND ended_on <= :today",
    State.REFUSED: "ended_by = 'refusal' AND ended_on <= :today",
    State.WITHDRAWN: "ended_by = 'withdrawal' AND ended_on <= :today",
}
ALIVE = "(ended_on IS NULL OR ended_on > :today)"
_STATES |= {
    State.LIVE: f"{ALIVE} AND coalesce({TERM_END}, '9999') > :soon",
    State.DUE_SOON: f"{ALIVE} AND {TERM_END} BETWEEN :today AND :soon",
    State.OVERDUE: f"{ALIVE} AND {TERM_END} < :today",
}

# The state in one word, for those who sort and count by it.
STATE = f"""CASE WHEN ended_on <= :today THEN CASE ended_by WHEN 'cancellation' THEN 'cancelled'
        WHEN 'lapse' THEN 'lapsed' WHEN 'revocation' THEN 'revoked' WHEN 'refusal' THEN 'refused'
        WHEN 'withdrawal' THEN 'withdrawn' END
    WHEN {TERM_END} < :today THEN 'overdue' WHEN {TERM_END} <= :soon THEN 'due_soon'
    ELSE 'live' END"""

_PLEDGORS = "SELECT party.pledge FROM pledge_pledgor AS party"
_PLEDGEES = """SELECT party.pledge FROM pledge_pledgee AS party
    JOIN pledgee ON pledgee.id = party.pledgee"""
_RIGHTS = """SELECT party.pledge FROM pledge_right AS party
    JOIN ip_right ON ip_right.id = party.ip_right"""
_ANY = "(SELECT value FROM json_each(:any_of))"
# Where the keys of a table's rows stand, as text.
_PLACES = {Group.CITY: "city", Group.COUNTY: "coalesce(county, '')"}
_PLEDGOR_PLACES = {Group.CITY: "party.city", Group.COUNTY: "coalesce(party.county, '')"}
_PLEDGOR_KEYS = {
    Group.ENTERPRISE: "CAST(party.enterprise AS TEXT)",
    Group.SIZE: "coalesce(party.size, '')",
    Group.INDUSTRY: "coalesce(party.industry, '')",
}
_PLEDGEE_KEYS = {
    Group.PLEDGEE: "CAST(party.pledgee AS TEXT)",
    Group.PLEDGEE_KIND: "coalesce(pledgee.kind, '')",
    Group.HEAD_BANK: HEAD_KEY,
}
_NONE_BEFORE = """NOT EXISTS (
    SELECT 1 FROM pledge_pledgor AS earlier
    WHERE earlier.enterprise = party.enterprise AND earlier.counted = 1
        AND earlier.registered_on < :first_time_since
        AND earlier.kind IN ('patent', 'trademark'))"""

# What is typed may be in any of these; numbers are asked for by their beginning, so that their
# index serves. Every name that an enterprise was registered under is its own or a former one
# (`Parties`), so only those of persons are looked for among the pledgors.
_TEXT = """id IN (
    SELECT id FROM pledge WHERE {alive} AND reg_no IS NOT NULL AND instr(upper(reg_no), :code)
    UNION ALL SELECT id FROM pledge
        WHERE reg_no_in_doubt IS NOT NULL AND instr(upper(reg_no_in_doubt), :code)
    UNION ALL SELECT pledge FROM pledge_pledgor WHERE enterprise IS NULL AND instr(name, :name)
    UNION ALL SELECT pledge FROM pledge_pledgor WHERE enterprise IN ({enterprises})
    UNION ALL SELECT pledge FROM pledge_pledgee WHERE pledgee IN ({pledgees})
    UNION ALL SELECT pledge FROM pledge_right WHERE ip_right IN ({numbers})
)"""
_NUMBERS = """SELECT id FROM ip_right
    WHERE :number <> '' AND number >= :number AND number < :number || char(1114111)"""
RIGHTS_BEGINNING = f"SELECT group_concat(pledge) FROM pledge_right WHERE ip_right IN ({_NUMBERS})"
"""The registrations, as one text, with a right whose number begins with ``:number``."""


def moments(today: date) -> dict[str, object]:
    """The days that terms and states are told by."""
    return {
        "today": today.isoformat(),
        "soon": (today + timedelta(days=DUE_SOON_DAYS)).isoformat(),
    }


def in_order(column: str, words: Sequence[str]) -> str:
    """The place of a column's word in a list, as SQL; NULL for a word that is not in it."""
    whens = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"CASE {column} {whens} END"


def conditions(wanted: Filter, today: date) -> tuple[list[str], dict[str, object]]:
    """The conditions that registrations of ``pledge`` must meet, and their arguments."""
    where = ["deleted_at IS NOT NULL" if wanted.deleted else "deleted_at IS NULL"]
    arguments = moments(today)

    def narrow(condition: str, **values: object) -> None:
        where.append(condition)
        arguments.update(values)

    if wanted.counted_only:
        where.append("counted = 1")
    if wanted.kinds:
        kinds = {f"kind_{index}": kind.value for index, kind in enumerate(wanted.kinds)}
        narrow(f"kind IN ({', '.join(f':{name}' for name in kinds)})", **kinds)
    if wanted.which is not Which.REGISTERED:
        assert wanted.start is not None
        assert wanted.end is not None
        narrow(WHERE[wanted.which], **window(wanted.which, wanted.start, wanted.end))
    else:
        if wanted.start:
            narrow("registered_on >= :first_registered", first_registered=wanted.start.isoformat())
        if wanted.end:
            narrow("registered_on <= :last_registered", last_registered=wanted.end.isoformat())
    if wanted.first_day:
        narrow(f"{DAY[wanted.which]} >= :first_day", first_day=wanted.first_day.isoformat())
    if wanted.last_day:
        narrow(f"{DAY[wanted.which]} <= :last_day", last_day=wanted.last_day.isoformat())
    if wanted.city:
        narrow("city = :city", city=wanted.city)
    if wanted.county is not None:
        narrow("coalesce(county, '') = :county", county=wanted.county)
    if wanted.counties:
        codes = {f"county_{index}": code for index, code in enumerate(wanted.counties)}
        narrow(f"county IN ({', '.join(f':{name}' for name in codes)})", **codes)
    if wanted.channel:
        narrow("channel = :channel", channel=wanted.channel.value)
    where.extend(f"{column} IS NOT NULL" for column in wanted.having)
    if wanted.state:
        where.append(_STATES[wanted.state])
    if wanted.batch is not None:
        narrow("batch = :batch", batch=wanted.batch)
    if wanted.at_most_fen is not None:
        narrow("secured_amount_fen <= :at_most", at_most=wanted.at_most_fen)
    if wanted.amount_missing:
        where.append("secured_amount_fen IS NULL")
    if wanted.any_of:
        group, keys = wanted.any_of
        arguments["any_of"] = json.dumps(keys)
        if group in _PLACES and not wanted.with_enterprise:
            where.append(f"{_PLACES[group]} IN {_ANY}")
    for sql, (parts, values), number in (
        (_PLEDGORS, _of_pledgor(wanted), wanted.enterprise),
        (_PLEDGEES, _of_pledgee(wanted), wanted.pledgee),
        (_RIGHTS, _of_right(wanted), None),
    ):
        if not parts:
            continue
        if number is not None:  # its few registrations are found by the index of its number
            narrow(f"id IN ({sql} WHERE {' AND '.join(parts)})", **values)
        else:
            parts = ["party.pledge = pledge.id", *parts]
            narrow(f"EXISTS ({sql} WHERE {' AND '.join(parts)})", **values)
    text = wanted.text.strip()
    if text:
        sql = _TEXT.format(
            alive=where[0],
            enterprises=ENTERPRISES_FOUND,
            pledgees=PLEDGEES_FOUND,
            numbers=_NUMBERS,
        )
        narrow(sql, **asdict(typed(text)))
    return where, arguments


_Told = tuple[list[str], dict[str, object]]


def _of_pledgor(wanted: Filter) -> _Told:
    """What one and the same pledgor must meet."""
    parts: list[str] = []
    values: dict[str, object] = {}
    for column, value in (
        ("enterprise", wanted.enterprise),
        ("city", wanted.pledgor_city),
        ("county", wanted.pledgor_county),
        ("size", wanted.size),
        ("industry", wanted.industry),
    ):
        if value is not None:
            blank = (
                "party.enterprise" if column == "enterprise" else f"coalesce(party.{column}, '')"
            )
            parts.append(f"{blank} = :pledgor_{column}")
            values[f"pledgor_{column}"] = value
    if wanted.with_enterprise:
        parts.append("party.enterprise IS NOT NULL")
        parts += _any_of(wanted, _PLEDGOR_PLACES)
    parts += _any_of(wanted, _PLEDGOR_KEYS)
    if wanted.first_time_since is not None:
        parts.append(_NONE_BEFORE)
        values["first_time_since"] = wanted.first_time_since.isoformat()
    return parts, values


def _of_pledgee(wanted: Filter) -> _Told:
    """What one and the same pledgee must meet."""
    parts: list[str] = []
    values: dict[str, object] = {}
    for column, name, value in (
        ("party.pledgee", "pledgee", wanted.pledgee),
        ("coalesce(pledgee.kind, '')", "pledgee_kind", wanted.pledgee_kind),
        (HEAD_KEY, "head_bank", wanted.head_bank),
    ):
        if value is not None:
            parts.append(f"{column} = :{name}")
            values[name] = value
    if wanted.from_bank:
        parts.append("pledgee.kind IN ('bank', 'rural_credit')")
    return parts + _any_of(wanted, _PLEDGEE_KEYS), values


def _of_right(wanted: Filter) -> _Told:
    """What one and the same right must meet."""
    names = {f"right_kind_{index}": kind for index, kind in enumerate(wanted.right_kinds)}
    parts = [f"ip_right.kind = :{name}" for name in names]
    return parts + _any_of(wanted, {Group.RIGHT_KIND: "ip_right.kind"}), {**names}


def _any_of(wanted: Filter, columns: Mapping[Group, str]) -> list[str]:
    """The condition that a party has one of the keys wanted, where the keys are of its columns."""
    if not wanted.any_of or wanted.any_of[0] not in columns:
        return []
    return [f"{columns[wanted.any_of[0]]} IN {_ANY}"]
