"""Checks a pasted paragraph or table: finds its figures and marks each right, wrong or open."""

from collections.abc import Sequence
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.language import facts, tr
from ipfinance.statistics.checking.arithmetic import Relation, implied_base, relations
from ipfinance.statistics.checking.context import Reader
from ipfinance.statistics.checking.figures import Checked, Claim, Context, Found, Verdict
from ipfinance.statistics.checking.finding import find_chinese
from ipfinance.statistics.checking.finding_english import find_english
from ipfinance.statistics.checking.footing import check_tables
from ipfinance.statistics.checking.judging import Judged, judge
from ipfinance.statistics.checking.knowing import Knowledge
from ipfinance.statistics.checking.numbers import plain
from ipfinance.statistics.checking.places import Places
from ipfinance.statistics.checking.tables import find_tables

_BLANK = " "


def check(
    text: str, store: Store, period: Period | None = None, area: str | None = None
) -> list[Checked]:
    """The figures of a text in their order, each with its verdict.

    ``period`` and ``area`` (a division code, None the whole province) serve where the text
    names none. The store may be empty: the arithmetic among the figures needs none.
    """
    knowledge = Knowledge(store)
    places = Places(knowledge.values.levels.divisions, knowledge.references)
    normal = plain(text)
    tables = find_tables(normal)
    running = normal
    for table in tables:
        # Cells are checked by rows and columns; the words around keep their places.
        blank = "".join("\n" if c == "\n" else _BLANK for c in normal[table.start : table.end])
        running = running[: table.start] + blank + running[table.end :]
    found = _without_overlaps([*find_chinese(running), *find_english(running)])
    contexts = Reader(running, places, period, area).read(found)
    judged = [judge(one, knowledge) for one in contexts]
    judged = _with_arithmetic(contexts, judged, relations(contexts, places.province))
    checked = [
        Checked(
            text[one.found.start : one.found.end],
            one.found.start,
            one.found.end,
            one.found.form,
            answer.verdict,
            answer.computed,
            answer.reason,
        )
        for one, answer in zip(contexts, judged, strict=True)
    ]
    checked += check_tables(text, tables, contexts, knowledge, places, period, area)
    return sorted(checked, key=lambda one: one.start)


def _with_arithmetic(
    contexts: Sequence[Context], judged: list[Judged], found: Sequence[Relation]
) -> list[Judged]:
    """What a figure contradicts counts against it, unless the store has proven it right.

    A total, a rate or a share that follows from the other figures of the text is right by
    them; the figures it follows from remain as open as they were.
    """
    answers = list(judged)
    for relation in found:
        if relation.holds:
            at = relation.derived
            if answers[at].verdict is Verdict.OPEN:
                answers[at] = Judged(
                    Verdict.RIGHT, relation.computed, tr("文中{reason}", reason=relation.reason)
                )
            continue
        for at in relation.members:
            if answers[at].verdict is Verdict.RIGHT and judged[at].verdict is Verdict.RIGHT:
                continue
            computed = answers[at].computed
            if at == relation.derived and judged[at].verdict is Verdict.OPEN:
                computed = relation.computed
            reason = tr("与文中其他数矛盾：{reason}", reason=relation.reason)
            if judged[at].verdict is Verdict.WRONG:
                reason = facts((judged[at].reason, reason))
            answers[at] = Judged(Verdict.WRONG, computed, reason)
    for at, answer in enumerate(answers):
        if answer.verdict is Verdict.OPEN:
            answers[at] = replace(answer, reason=_with_implied(answer.reason, contexts, at))
    return answers


def _with_implied(reason: str, contexts: Sequence[Context], at: int) -> str:
    """A reason, with what a rate that cannot be checked says of the year before."""
    one = contexts[at]
    is_growth = one.found.claim is Claim.GROWTH and one.found.against is None
    if not is_growth or not one.readings or one.found.interval.low <= -1:
        return reason
    for level in reversed(contexts[:at]):
        if level.found.claim is Claim.LEVEL and level.readings[:1] == one.readings[:1]:
            implied = implied_base(level.found, one.found)
            return tr("{reason}（{implied}）", reason=reason, implied=implied)
    return reason


def _without_overlaps(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda figure: (figure.start, -figure.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
