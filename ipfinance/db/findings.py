"""What is to be done in the store: found anew each time, less what a person has settled."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.db.divisions import day_of
from ipfinance.db.duplicates import possible_duplicates
from ipfinance.db.finding_kinds import Finding, FindingKind
from ipfinance.db.ledger import Filter, select
from ipfinance.db.ledger_filter import ALIVE, TERM_END
from ipfinance.db.orphans import Orphan, waiting
from ipfinance.db.orphans import settle as settle_orphans
from ipfinance.db.pledges import find
from ipfinance.db.unlikely_amounts import unlikely_amounts
from ipfinance.domain.patent_terms import last_possible_day
from ipfinance.domain.pledge import DUE_SOON_DAYS, Pledge, RightKind
from ipfinance.errors import UserError
from ipfinance.language import in_chinese, tr

# Days until the end of the term, up to which each kind reaches.
_TERMS = (
    (-1, FindingKind.OVERDUE),
    (30, FindingKind.DUE_IN_30),
    (60, FindingKind.DUE_IN_60),
    (DUE_SOON_DAYS, FindingKind.DUE_IN_90),
)

# The live registrations with the end of their term; what follows is looked up among them.
_LIVE = f"""
    SELECT id, {TERM_END} AS term_end FROM pledge
    WHERE deleted_at IS NULL AND counted = 1 AND {ALIVE}
"""
# Few rights stand in several registrations, so those are found first, from an index alone.
_SEVERAL = """
    SELECT ip_right, pledge FROM pledge_right WHERE ip_right IN (
        SELECT ip_right FROM pledge_right GROUP BY ip_right HAVING count(*) > 1)
"""
_NUMBERS = "SELECT id, number FROM ip_right WHERE id IN ({ids})"
# The year that a number begins with leaves out nearly all; the old ones are all looked at.
_LONG_DEBTS = f"""
    SELECT live.id AS pledge, live.term_end, ip_right.number, ip_right.kind
    FROM (SELECT id, {TERM_END} AS term_end FROM pledge
          WHERE counted = 1 AND kind = 'patent' AND {ALIVE}) AS live
    JOIN pledge_right AS link ON link.pledge = live.id
    JOIN ip_right ON ip_right.id = link.ip_right
    WHERE live.term_end IS NOT NULL AND (length(number) < 14 OR number <
        CAST(live.term_end - CASE ip_right.kind WHEN 'invention' THEN 20 ELSE 10 END AS TEXT))
    ORDER BY live.id, number
"""
_IN_DOUBT = """
    SELECT doubted.reg_no_in_doubt, doubted.id, holder.id
    FROM pledge AS doubted LEFT JOIN pledge AS holder
        ON holder.kind = doubted.kind AND holder.reg_no = doubted.reg_no_in_doubt
        AND holder.deleted_at IS NULL
    WHERE doubted.reg_no_in_doubt IS NOT NULL AND doubted.deleted_at IS NULL ORDER BY doubted.id
"""
_SETTLED = "SELECT kind, subject, content FROM settled_finding"
_SETTLE = """
    INSERT INTO settled_finding (kind, subject, content, note)
    VALUES (:kind, :subject, :content, :note)
    ON CONFLICT (kind, subject) DO UPDATE SET content = excluded.content, note = excluded.note
"""
_TELL_APART = """
    INSERT INTO told_apart (what, one, other) VALUES ('pledge', ?, ?) ON CONFLICT DO NOTHING
"""


def findings(store: Store, today: date) -> dict[FindingKind, list[Finding]]:
    """What is to be done on a day, every kind in its order; empty lists where nothing is."""
    live = {
        number: day_of(end)
        for number, end in store.connection.execute(_LIVE, {"today": today.isoformat()})
    }
    found = {
        FindingKind.AMOUNT_MISSING: _of_each(
            FindingKind.AMOUNT_MISSING,
            select(store, Filter(amount_missing=True, counted_only=True), today).ids,
        ),
        FindingKind.REG_NO_IN_DOUBT: list(_numbers_in_doubt(store)),
        FindingKind.ORPHAN_NOTICE: [_of_notice(orphan) for orphan in waiting(store)],
        FindingKind.POSSIBLE_DUPLICATE: list(possible_duplicates(store)),
        FindingKind.OVERLAPPING_RIGHT: list(_overlaps(store, live)),
        **_by_term(live, today),
        FindingKind.BEYOND_PATENT_TERM: list(_beyond_terms(store, today)),
        FindingKind.AMOUNT_OUT_OF_RANGE: list(unlikely_amounts(store)),
    }
    settled = _settled(store, found)
    return {
        kind: [one for one in found[kind] if (kind, one.subject) not in settled]
        for kind in FindingKind
    }


def settle(store: Store, settled: Sequence[Finding], note: str = "") -> None:
    """Remember as one act that a person has looked at these; they are open again when their
    registrations say something else. A notice leaves the work list."""
    if not settled:
        return
    first = settled[0]
    called = first.kind.label_zh
    words = (
        ActWords.SETTLED_MANY.format(finding=called, count=len(settled))
        if len(settled) > 1
        else ActWords.SETTLED.format(finding=called)
    )
    with store.act(ActWords.NOTED.format(settled=words, note=note) if note else words):
        settle_orphans(store, [int(one.subject) for one in settled if not one.pledges])
        store.connection.executemany(
            _SETTLE,
            [
                {
                    "kind": one.kind.value,
                    "subject": one.subject,
                    "content": content,
                    "note": note.strip(),
                }
                for one, content in _with_contents(store, settled)
            ],
        )


def tell_duplicates_apart(store: Store, apart: Sequence[Finding]) -> None:
    """Remember as one act that these are two registrations each, whatever they say later.

    Raises:
        UserError: when one of them is no possible duplicate.
    """
    if any(one.kind is not FindingKind.POSSIBLE_DUPLICATE for one in apart):
        raise UserError(tr("只有「可能重复」可以标记为不是重复"), tr("请在「可能重复」里选择。"))
    if apart:
        with store.act(ActWords.NO_DUPLICATES.format(count=len(apart))):
            store.connection.executemany(_TELL_APART, [sorted(one.pledges) for one in apart])


def _of_each(kind: FindingKind, pledges: Iterable[int]) -> list[Finding]:
    return [Finding(kind, str(number), (number,)) for number in pledges]


def _numbers_in_doubt(store: Store) -> Iterator[Finding]:
    """Each with the registration that bears its number, where there is still one."""
    for reg_no, number, holder in store.connection.execute(_IN_DOUBT):
        words = (
            tr("登记号 {reg_no} 现在没有别的登记使用，核对后可以直接填上", reg_no=reg_no)
            if holder is None
            else ""
        )
        pledges = (number,) if holder is None else (number, holder)
        yield Finding(FindingKind.REG_NO_IN_DOUBT, str(number), pledges, words)


def _of_notice(orphan: Orphan) -> Finding:
    day = f"{orphan.happened_on} " if orphan.happened_on else ""
    named = orphan.reg_no or tr("没有登记号")
    words = f"{orphan.code} {day}{named}：{' '.join(orphan.text.split())[:80]}"
    return Finding(FindingKind.ORPHAN_NOTICE, str(orphan.id), (), words)


def _by_term(live: dict[int, date | None], today: date) -> dict[FindingKind, list[Finding]]:
    """Those due within 90 days and those overdue, the most urgent first."""
    found: dict[FindingKind, list[Finding]] = {kind: [] for _, kind in _TERMS}
    last = today + timedelta(days=DUE_SOON_DAYS)
    near = [(end, number) for number, end in live.items() if end is not None and end <= last]
    for end, number in sorted(near):
        days = (end - today).days
        kind = next(kind for most, kind in _TERMS if days <= most)
        found[kind].append(Finding(kind, str(number), (number,)))
    return found


def _overlaps(store: Store, live: Container[int]) -> Iterator[Finding]:
    """One finding for the registrations that share rights, however many they share."""
    holding: dict[int, set[int]] = {}
    for right, pledge in store.connection.execute(_SEVERAL):
        if pledge in live:
            holding.setdefault(right, set()).add(pledge)
    shared: dict[tuple[int, ...], list[int]] = {}
    for right, pledges in holding.items():
        if len(pledges) > 1:
            shared.setdefault(tuple(sorted(pledges)), []).append(right)
    ids = ",".join(str(right) for rights in shared.values() for right in rights)
    known = {row[0]: row[1] for row in store.connection.execute(_NUMBERS.format(ids=ids))}
    for together, rights in sorted(shared.items()):
        numbers = sorted(known[right] for right in rights)
        words = (
            tr("同有 {number} 等 {count} 件", number=numbers[0], count=len(numbers))
            if len(numbers) > 1
            else tr("同有 {number}", number=numbers[0])
        )
        subject = f"{'-'.join(map(str, together))} {' '.join(numbers)}"
        yield Finding(FindingKind.OVERLAPPING_RIGHT, subject, together, words)


def _beyond_terms(store: Store, today: date) -> Iterator[Finding]:
    beyond: dict[int, list[tuple[str, date]]] = {}
    for row in store.connection.execute(_LONG_DEBTS, {"today": today.isoformat()}):
        last = last_possible_day(row["number"], RightKind(row["kind"]))
        if last is not None and date.fromisoformat(row["term_end"]) > last:
            beyond.setdefault(row["pledge"], []).append((row["number"], last))
    for pledge, patents in beyond.items():
        number, last = min(patents, key=lambda patent: (patent[1], patent[0]))
        words = (
            tr(
                "专利 {number} 最晚 {last} 届满，这样的共 {count} 件",
                number=number,
                last=last,
                count=len(patents),
            )
            if len(patents) > 1
            else tr("专利 {number} 最晚 {last} 届满", number=number, last=last)
        )
        yield Finding(FindingKind.BEYOND_PATENT_TERM, str(pledge), (pledge,), words)


def _settled(store: Store, found: dict[FindingKind, list[Finding]]) -> set[tuple[FindingKind, str]]:
    """Those a person has looked at, while their registrations say what they said then."""
    kept = {
        (row["kind"], row["subject"]): row["content"] for row in store.connection.execute(_SETTLED)
    }
    if not kept:
        return set()
    asked = [one for kind in found for one in found[kind] if (kind.value, one.subject) in kept]
    return {
        (one.kind, one.subject)
        for one, content in _with_contents(store, asked)
        if kept[one.kind.value, one.subject] == content
    }


def _with_contents(store: Store, asked: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with what its registrations say and what is odd, shortened to a hash."""
    numbers = sorted({number for one in asked for number in one.pledges})
    said = {pledge.id: _said(pledge) for pledge in find(store, numbers)}
    for one in asked:
        text = "\n".join([in_chinese(one.words), *(said.get(number, "") for number in one.pledges)])
        yield one, hashlib.sha256(text.encode()).hexdigest()


def _said(pledge: Pledge) -> str:
    """What a registration says, without the numbers that are the store's own."""
    return repr(
        (
            *(pledge.kind.value, pledge.reg_no, pledge.registered_on.isoformat()),
            *((pledge.reg_no_in_doubt,) if pledge.reg_no_in_doubt else ()),
            *(pledge.secured_amount_fen, pledge.term_start, pledge.term_end),
            [(one.name, one.uscc) for one in pledge.pledgors],
            [one.name for one in pledge.pledgees],
            [one.number for one in pledge.rights],
            [
                (one.kind.value, one.happened_on.isoformat(), one.secured_amount_fen, one.term_end)
                for one in pledge.events
            ],
        )
    )
