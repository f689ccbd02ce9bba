"""What else registrations add up to: other amounts, channels, kinds of rights, stock, endings.

Beside `totals`, whose measures stand on every page and are read from covering indexes; these
are asked one at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.pledge import Kind

KEYS = {
    Group.NONE: "''",
    Group.CITY: "pledge.city",
    Group.COUNTY: "coalesce(pledge.county, '')",
    Group.YEAR: "substr(pledge.registered_on, 1, 4)",
    Group.MONTH: "substr(pledge.registered_on, 1, 7)",
}
KINDS = "pledge.kind IN (:kind, :kind_2)"
WINDOW = f"pledge.counted = 1 AND pledge.registered_on BETWEEN :start AND :end AND {KINDS}"
"""What counts of a window of days, with the values of `window_arguments`."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the registrations of a window; amounts in 分, missing ones left out.

    The four kinds of rights are 件次. ``loan_with_value_fen`` and ``value_with_loan_fen`` sum
    only registrations that have both a loan and an appraised value, so that a loan-to-value
    rate compares like with like.
    """

    credit_amount_fen: int = 0
    loan_amount_fen: int = 0
    appraised_value_fen: int = 0
    subsidy_fen: int = 0
    online_registrations: int = 0
    inclusive_registrations: int = 0
    inclusive_amount_fen: int = 0
    loan_with_value_fen: int = 0
    value_with_loan_fen: int = 0
    inventions: int = 0
    utility_models: int = 0
    designs: int = 0
    trademarks: int = 0
    first_time_enterprises: int = 0
    head_banks: int = 0


@dataclass(frozen=True, slots=True)
class Stock:
    """Registrations of one sort and what they amount to in 分."""

    registrations: int = 0
    secured_amount_fen: int = 0
    amount_missing: int = 0


_SUMS = """
    SELECT {key} AS key,
        coalesce(sum(credit_amount_fen), 0) AS credit_amount_fen,
        coalesce(sum(loan_amount_fen), 0) AS loan_amount_fen,
        coalesce(sum(appraised_value_fen), 0) AS appraised_value_fen,
        coalesce(sum(subsidy_fen), 0) AS subsidy_fen,
        coalesce(sum(channel = 'online'), 0) AS online_registrations,
        coalesce(sum(secured_amount_fen <= :threshold_fen), 0) AS inclusive_registrations,
        coalesce(sum(CASE WHEN secured_amount_fen <= :threshold_fen
                     THEN secured_amount_fen END), 0) AS inclusive_amount_fen,
        coalesce(sum(CASE WHEN appraised_value_fen IS NOT NULL
                     THEN loan_amount_fen END), 0) AS loan_with_value_fen,
        coalesce(sum(CASE WHEN loan_amount_fen IS NOT NULL
                     THEN appraised_value_fen END), 0) AS value_with_loan_fen
    FROM pledge WHERE {window} GROUP BY 1
"""
_RIGHTS = """
    SELECT {key} AS key,
        sum(ip_right.kind = 'invention') AS inventions,
        sum(ip_right.kind = 'utility_model') AS utility_models,
        sum(ip_right.kind = 'design') AS designs,
        sum(ip_right.kind = 'trademark') AS trademarks
    FROM pledge JOIN pledge_right ON pledge_right.pledge = pledge.id
        JOIN ip_right ON ip_right.id = pledge_right.ip_right
    WHERE {window} GROUP BY 1
"""
# First in the whole store and in either register: an enterprise pledges for the first time once.
_FIRST_TIME = """
    SELECT {key} AS key, count(DISTINCT party.enterprise) AS first_time_enterprises
    FROM pledge_pledgor AS party JOIN pledge ON pledge.id = party.pledge
    WHERE {window} AND party.enterprise IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM pledge_pledgor AS earlier
        WHERE earlier.enterprise = party.enterprise AND earlier.counted = 1
            AND earlier.registered_on < :start
            AND earlier.kind IN ('patent', 'trademark'))
    GROUP BY 1
"""
# A lender that nobody told a head for is its own.
HEAD_KEY = "coalesce(nullif(pledgee.head_key, ''), pledgee.name_key)"
_HEAD_BANKS = f"""
    SELECT {{key}} AS key, count(DISTINCT {HEAD_KEY}) AS head_banks
    FROM pledge JOIN pledge_pledgee AS party ON party.pledge = pledge.id
        JOIN pledgee ON pledgee.id = party.pledgee
    WHERE {{window}} AND pledgee.kind IN ('bank', 'rural_credit') GROUP BY 1
"""
AMOUNT_ON_DAY = """
    coalesce((SELECT event.secured_amount_fen FROM event
              WHERE event.pledge = pledge.id AND event.secured_amount_fen IS NOT NULL
                AND event.happened_on <= :end
              ORDER BY event.happened_on DESC, event.id DESC LIMIT 1), secured_amount_fen)
"""
TERM_END_ON_DAY = """
    coalesce((SELECT event.term_end FROM event
              WHERE event.pledge = pledge.id AND event.term_end IS NOT NULL
                AND event.happened_on <= :start
              ORDER BY event.happened_on DESC, event.id DESC LIMIT 1), term_end)
"""
# MATERIALIZED, because SQLite would look up the amount of each day once for each sum.
_STOCK = """
    WITH stock AS MATERIALIZED (
        SELECT {key} AS key, {amount} AS amount
        FROM pledge WHERE pledge.counted = 1 AND {kinds} AND {where})
    SELECT key, count(*) AS registrations,
        coalesce(sum(amount), 0) AS secured_amount_fen, sum(amount IS NULL) AS amount_missing
    FROM stock GROUP BY 1
"""
OUTSTANDING = "registered_on <= :end AND (ended_on IS NULL OR ended_on > :end)"
# The few that can be meant are found by an index before each is looked at.
CANCELLED = """
    pledge.id IN (SELECT ended.id FROM pledge AS ended WHERE ended.ended_on BETWEEN :start AND :end)
    AND ended_by = 'cancellation'
"""
DUE = f"""
    pledge.id IN (
        SELECT due.id FROM pledge AS due
        WHERE due.deleted_at IS NULL AND due.term_end BETWEEN :start AND :end
        UNION SELECT event.pledge FROM event WHERE event.term_end BETWEEN :start AND :end)
    AND {TERM_END_ON_DAY} BETWEEN :start AND :end AND (ended_on IS NULL OR ended_on >= :start)
"""
OVERDUE = f"{TERM_END_ON_DAY} <= :end AND (ended_on IS NULL OR ended_on > :end)"


# What one query counts: its columns, and whether it counts where each party is.
_QUERIES: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    (_RIGHTS, False, ("inventions", "utility_models", "designs", "trademarks")),
    (_HEAD_BANKS, False, ("head_banks",)),
    (_FIRST_TIME, True, ("first_time_enterprises",)),
)


def counted_together(measure: str) -> tuple[str, ...]:
    """The measures of `Sums` that one query counts along with this one."""
    for _, _, together in _QUERIES:
        if measure in together:
            return together
    apart = {each for _, _, together in _QUERIES for each in together}
    return tuple(each.name for each in fields(Sums) if each.name not in apart)


def sums(
    store: Store,
    group: Group,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    threshold_fen: int,
    measures: Sequence[str] = (),
) -> dict[str, Sums]:
    """Sums of the registrations from ``start`` to ``end``, both included, by group key.

    Keys and arguments are those of `totals`. First-time enterprises count where each is.
    ``measures`` narrows to what `counted_together` tells; the others are then not counted.
    """
    arguments = {**window_arguments(start, end, kinds), "threshold_fen": threshold_fen}
    measured: dict[str, dict[str, int]] = {}
    amounts = (_SUMS, False, counted_together("credit_amount_fen"))
    for sql, of_party, together in (amounts, *_QUERIES):
        if measures and tuple(measures) != together:
            continue
        key = KEYS[group].replace("pledge.", "party.") if of_party else KEYS[group]
        for row in store.connection.execute(sql.format(key=key, window=WINDOW), arguments):
            cell = dict(row)
            measured.setdefault(cell.pop("key"), {}).update(cell)
    return {key: Sums(**cell) for key, cell in measured.items()}


def outstanding(store: Store, group: Group, day: date, kinds: Sequence[Kind]) -> dict[str, Stock]:
    """在押 at the end of a day: registered by then, not ended by then, amounts as known then."""
    return _stock(store, group, day, day, kinds, OUTSTANDING)


def cancelled(
    store: Store, group: Group, start: date, end: date, kinds: Sequence[Kind]
) -> dict[str, Stock]:
    """Registrations cancelled in the window, with their amounts as known at its end."""
    return _stock(store, group, start, end, kinds, CANCELLED)


def due(
    store: Store, group: Group, start: date, end: date, kinds: Sequence[Kind]
) -> dict[str, Stock]:
    """Registrations whose debt falls due in the window and that had not ended before it.

    Extensions count that were known when the window began.
    """
    return _stock(store, group, start, end, kinds, DUE)


def due_and_not_cancelled(
    store: Store, group: Group, day: date, kinds: Sequence[Kind]
) -> dict[str, Stock]:
    """Registrations whose debt was due by a day and which are still on the register then."""
    return _stock(store, group, day, day, kinds, OVERDUE)


def _stock(
    store: Store, group: Group, start: date, end: date, kinds: Sequence[Kind], where: str
) -> dict[str, Stock]:
    # With a plus the index of the kinds, which are nearly all of them, is not the one to take.
    kinds_too = f"+{KINDS}" if where in (CANCELLED, DUE) else KINDS
    statement = _STOCK.format(key=KEYS[group], amount=AMOUNT_ON_DAY, kinds=kinds_too, where=where)
    found: dict[str, Stock] = {}
    for row in store.connection.execute(statement, window_arguments(start, end, kinds)):
        cell = dict(row)
        key = cell.pop("key")
        found[key] = Stock(**cell)
    return found


def window_arguments(start: date, end: date, kinds: Sequence[Kind]) -> dict[str, object]:
    """A window of days and one or two registers, as `WINDOW` and `KINDS` ask for them."""
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
    }
