"""The arithmetic among the figures of one text: parts and totals, rates and levels, shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from ipfinance.language import tr
from ipfinance.statistics.checking.figures import Claim, Context, Found, Measure
from ipfinance.statistics.checking.telling import computed_text, in_words, range_in_words
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.outside_figures import NATION

Range = tuple[Fraction, Fraction | None]
Key = tuple[str, str, str, str]  # indicator, kind, period, area


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation among figures, by their places in the list of contexts.

    ``derived`` is the one that the others give (a total, a rate, a share), ``computed`` its
    value by them, ``reason`` the equation in words.
    """

    members: tuple[int, ...]
    derived: int
    holds: bool
    computed: str
    reason: str


def relations(contexts: Sequence[Context], province: str) -> list[Relation]:
    """Every equation that the figures of a text must satisfy, held or not."""
    numbered = [(at, one) for at, one in enumerate(contexts)]
    levels: dict[Key, list[int]] = {}
    for at, one in numbered:
        if one.found.claim is Claim.LEVEL and one.readings:
            levels.setdefault(_key(one), []).append(at)
    found = [
        *_by_kinds(contexts, levels),
        *_printed_totals(contexts),
        *_growths(contexts, levels),
        *_shares(contexts, levels, province),
        *_repeated(contexts, levels),
    ]
    return [one for one in found if len(set(one.members)) == len(one.members)]


def _by_kinds(contexts: Sequence[Context], levels: dict[Key, list[int]]) -> Iterator[Relation]:
    """专利 862 and 商标 212 are 1074 together."""
    for (indicator, kind, period, area), wholes in levels.items():
        known = CATALOGUE.get(indicator)
        if kind != "all" or known is None or not known.adds_up:
            continue
        parts = [levels.get((indicator, part, period, area)) for part in ("patent", "trademark")]
        if parts[0] and parts[1]:
            for whole in wholes:
                if _is_sure(contexts[whole]):
                    yield _sum(contexts, (parts[0][0], parts[1][0]), whole)


def _printed_totals(contexts: Sequence[Context]) -> Iterator[Relation]:
    """…862亿元、…212亿元，合计1074亿元: the total against what stands before it."""
    for at, one in enumerate(contexts):
        if not one.found.is_total:
            continue
        parts: list[int] = []
        for before in range(at - 1, -1, -1):
            other = contexts[before]
            if other.sentence != one.sentence or other.found.is_total:
                break
            if other.found.measure is one.found.measure and other.found.claim is Claim.LEVEL:
                if not _same_unit(other.found, one.found):
                    continue
                if one.readings and other.readings and not _same_row(other, one):
                    continue
                parts.insert(0, before)
        if len(parts) > 1:
            yield _sum(contexts, tuple(parts), at)


def _same_unit(part: Found, whole: Found) -> bool:
    return part.measure is Measure.MONEY or part.unit == whole.unit


def _same_row(part: Context, whole: Context) -> bool:
    """Whether two figures are of one indicator and period, so that they may be added."""
    a, b = part.readings[0], whole.readings[0]
    return a.indicator == b.indicator and a.period == b.period


def _sum(contexts: Sequence[Context], parts: tuple[int, ...], whole: int) -> Relation:
    figures = [contexts[at].found for at in parts]
    total = contexts[whole].found
    low = sum((one.interval.low for one in figures), Fraction(0))
    highs = [one.interval.high for one in figures]
    high = None if None in highs else sum((one for one in highs if one is not None), Fraction(0))
    added = sum((one.number for one in figures), Fraction(0))
    exact = total.measure is Measure.COUNT and all(_is_whole(one) for one in (*figures, total))
    holds = added == total.number if exact else total.interval.meets(low, high)
    words = " + ".join(one.text for one in figures)
    equals = "=" if holds else "≠"
    told = in_words(added, total.measure, total.unit if total.measure is Measure.COUNT else "")
    reason = f"{words} {equals} {total.text}"
    if holds and added != total.number:
        reason = tr("{parts}与{total}的差数在四舍五入之内", parts=words, total=total.text)
    if not holds:
        reason = tr(
            "{equation}，各部分之和为{told}；若合计无误，{needed}",
            equation=reason,
            told=told,
            needed=_hint(figures, total),
        )
    return Relation((*parts, whole), whole, holds, computed_text(added, total.measure), reason)


def _hint(figures: Sequence[Found], total: Found) -> str:
    """What each part would have to be if the others are right."""
    added = sum((one.number for one in figures), Fraction(0))
    needed = []
    for one in figures:
        rest = total.number - (added - one.number)
        if rest > 0:
            unit = one.unit if one.measure is Measure.COUNT else ""
            told = in_words(rest, one.measure, unit)
            needed.append(tr("{printed}应为{right}", printed=one.text, right=told))
        else:
            needed.append(tr("{printed}不可能", printed=one.text))
    return reduce(lambda told, one: tr("{told}，或{other}", told=told, other=one), needed)


def _is_whole(found: Found) -> bool:
    return found.interval.high == found.number + Fraction(1, 2)


def _growths(contexts: Sequence[Context], levels: dict[Key, list[int]]) -> Iterator[Relation]:
    """A rate, its level, and the level of the year before where the text prints it too."""
    for at, one in enumerate(contexts):
        if one.found.claim not in (Claim.GROWTH, Claim.INCREMENT) or not one.readings:
            continue
        for reading in one.readings:
            window = one.found.against or reading.period.previous()
            now = levels.get((reading.indicator, reading.kind, reading.period.text, reading.area))
            base = levels.get((reading.indicator, reading.kind, window.text, reading.area))
            if now and base:
                level = _nearest(now, at)
                if one.found.claim is Claim.GROWTH:
                    yield _rate(contexts, at, level, _nearest(base, at))
                else:
                    yield _difference(contexts, at, level, _nearest(base, at))
                break


def _rate(contexts: Sequence[Context], at: int, now: int, base: int) -> Relation:
    rate, level, before = (contexts[one].found for one in (at, now, base))
    low, high = ratio(_range(level), _range(before))
    holds = rate.interval.meets(low - 1, None if high is None else high - 1)
    grown = level.number / before.number - 1 if before.number else Fraction(0)
    gaps = {"now": level.text, "base": before.text, "rate": in_words(abs(grown), Measure.RATE)}
    reason = tr("{now}比{base}增长{rate}", **gaps)
    if grown < 0:
        reason = tr("{now}比{base}下降{rate}", **gaps)
    if not holds:
        reason = tr(
            "{told}，与{printed}不符；{implied}",
            told=reason,
            printed=rate.text,
            implied=implied_base(level, rate),
        )
    return Relation((at, now, base), at, holds, computed_text(grown, Measure.RATE), reason)


def _difference(contexts: Sequence[Context], at: int, now: int, base: int) -> Relation:
    more, level, before = (contexts[one].found for one in (at, now, base))
    low, high = _range(level)
    least, most = _range(before)
    holds = most is not None and more.interval.meets(
        low - most, None if high is None else high - least
    )
    told = in_words(level.number - before.number, level.measure)
    reason = tr("{now}与{base}相差{told}", now=level.text, base=before.text, told=told)
    if not holds:
        reason = tr("{told}，不是{printed}", told=reason, printed=more.text)
    computed = computed_text(level.number - before.number, level.measure)
    return Relation((at, now, base), at, holds or most is None, computed, reason)


def _shares(
    contexts: Sequence[Context], levels: dict[Key, list[int]], province: str
) -> Iterator[Relation]:
    """A share, its part, and the whole where the text prints it too."""
    wholes = {"nation": NATION, "province": province}
    for at, one in enumerate(contexts):
        if not one.readings:
            continue
        if one.found.claim is Claim.RATE and one.readings[0].indicator == "inclusive_rate":
            yield from _inclusive(contexts, levels, at)
        if one.found.claim is not Claim.SHARE or one.found.base not in wholes:
            continue
        for r in one.readings:
            part = levels.get((r.indicator, r.kind, r.period.text, r.area))
            whole = levels.get((r.indicator, r.kind, r.period.text, wholes[one.found.base]))
            if part and whole:
                yield _part(contexts, at, _nearest(part, at), _nearest(whole, at))
                break


def _inclusive(
    contexts: Sequence[Context], levels: dict[Key, list[int]], at: int
) -> Iterator[Relation]:
    r = contexts[at].readings[0]
    part = levels.get(("inclusive_enterprises", r.kind, r.period.text, r.area))
    whole = levels.get(("enterprises", r.kind, r.period.text, r.area))
    if part and whole:
        yield _part(contexts, at, _nearest(part, at), _nearest(whole, at))


def _part(contexts: Sequence[Context], at: int, part: int, whole: int) -> Relation:
    share, some, every = (contexts[one].found for one in (at, part, whole))
    low, high = ratio(_range(some), _range(every))
    holds = share.interval.meets(low, high)
    value = some.number / every.number if every.number else Fraction(0)
    reason = f"{some.text}÷{every.text}={in_words(value, Measure.RATE)}"
    if not holds:
        reason = tr("{told}，与{printed}不符", told=reason, printed=share.text)
    return Relation((at, part, whole), at, holds, computed_text(value, Measure.RATE), reason)


def _repeated(contexts: Sequence[Context], levels: dict[Key, list[int]]) -> Iterator[Relation]:
    """The same figure printed twice must be the same."""
    for places in levels.values():
        for first, again in pairwise(places):
            one, other = contexts[first], contexts[again]
            sure = _is_sure(one) and _is_sure(other)
            if not sure or one.found.measure is not other.found.measure:
                continue
            low, high = _range(other.found)
            if one.sentence != other.sentence and not one.found.interval.meets(low, high):
                reason = tr(
                    "同一个数写成了{first}和{again}",
                    first=one.found.text,
                    again=other.found.text,
                )
                computed = computed_text(one.found.number, one.found.measure)
                yield Relation((first, again), again, False, computed, reason)


def implied_base(level: Found, rate: Found) -> str:
    """172亿元、68%意味着上年为101.8—103.0亿元."""
    low, high = ratio(_range(level), (1 + rate.interval.low, _plus_one(rate.interval.high)))
    unit = level.unit if level.measure is Measure.COUNT else ""
    told = range_in_words(low, high, level.measure, unit)
    gaps = {"level": level.text, "rate": rate.text, "told": told}
    if rate.number < 0:
        return tr("{level}、下降{rate}意味着上年同期为{told}", **gaps)
    return tr("{level}、增长{rate}意味着上年同期为{told}", **gaps)


def ratio(above: Range, below: Range) -> Range:
    """The range of a quotient of two ranges of numbers that are not negative."""
    low = above[0] / below[1] if below[1] else Fraction(0)
    high = above[1] / below[0] if above[1] is not None and below[0] > 0 else None
    return low, high


def _range(found: Found) -> Range:
    return found.interval.low, found.interval.high


def _plus_one(value: Fraction | None) -> Fraction | None:
    return None if value is None else value + 1


def _nearest(places: Sequence[int], at: int) -> int:
    return min(places, key=lambda place: (abs(place - at), place > at))


def _is_sure(context: Context) -> bool:
    """Whether the register was named, not supposed."""
    return len({reading.kind for reading in context.readings}) == 1


def _key(context: Context) -> Key:
    first = context.readings[0]
    return first.indicator, first.kind, first.period.text, first.area
