"""Compares a figure with what the store and the outside figures know of it."""

from dataclasses import dataclass
from fractions import Fraction

from ipfinance.language import Words, either, facts, tr, word
from ipfinance.statistics.checking.figures import (
    Claim,
    Context,
    Found,
    Measure,
    Reading,
    Verdict,
)
from ipfinance.statistics.checking.knowing import Knowledge
from ipfinance.statistics.checking.known import Known, Unknown
from ipfinance.statistics.checking.telling import computed_text, in_words, range_in_words
from ipfinance.statistics.levels import CATALOGUE

_KINDS = {
    "patent": ("专利", "patents"),
    "trademark": ("商标", "trademarks"),
    "all": ("专利和商标", "patents and trademarks"),
}
_CLAIMS = Words(
    {
        Claim.GROWTH: word("同比"),
        Claim.TIMES: word("与之相比"),
        Claim.CHAIN: word("环比"),
        Claim.ANNUAL: word("年均增长"),
        Claim.INCREMENT: word("同比增减"),
        Claim.SHARE: word("占比"),
        Claim.POINTS: word("同比变化"),
        Claim.AHEAD: word("高于全国"),
        Claim.RANK: word("名次"),
        Claim.FIRST_YEARS: word("居首"),
    }
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its computed value and reason; ``off`` is how far the number is from it."""

    verdict: Verdict
    computed: str | None
    reason: str
    off: Fraction = Fraction(0)


def judge(context: Context, knowledge: Knowledge) -> Judged:
    """The verdict on a figure by itself: right by any of its readings, wrong by none of them.

    What cannot be read or is not known stays open; a figure with several readings is wrong
    only when each of them is known and none fits.
    """
    found = context.found
    if found.fault:
        return Judged(Verdict.WRONG, None, found.fault)
    if context.why_not or not context.readings:
        return Judged(Verdict.OPEN, None, context.why_not)
    if found.claim is Claim.RECORD:
        return _records(context, knowledge)
    failed: list[Judged] = []
    unknown: list[str] = []
    for reading in context.readings:
        known = knowledge.of(found, reading)
        if isinstance(known, Unknown):
            unknown.append(known.reason)
            continue
        judged = _compared(found, reading, known)
        if judged.verdict is Verdict.RIGHT:
            return judged
        if judged.verdict is Verdict.OPEN:
            unknown.append(judged.reason)
            continue
        failed.append(judged)
    if not failed:
        for reading in context.spare:
            known = knowledge.of(found, reading)
            if not isinstance(known, Unknown):
                judged = _compared(found, reading, known)
                if judged.verdict is Verdict.RIGHT:
                    return judged
    # A reading that is only a second guess may be unknown; the likeliest one must be known.
    first = knowledge.of(found, context.readings[0])
    if failed and not isinstance(first, Unknown) and not _is_open(found, context, first):
        if context.unsure:
            why = tr("没有写明是质押的数；若是，{reason}", reason=failed[0].reason)
            return Judged(Verdict.OPEN, None, why)
        return min(failed, key=lambda one: one.off)
    return Judged(Verdict.OPEN, None, unknown[0] if unknown else context.why_not)


def _is_open(found: Found, context: Context, known: Known) -> bool:
    return _compared(found, context.readings[0], known).verdict is Verdict.OPEN


def _compared(found: Found, reading: Reading, known: Known) -> Judged:
    computed = computed_text(known.value, found.measure)
    told = _told(found, known)
    about = _about(reading, found)
    by = tr("（依据{source}）", source=known.source) if known.source else ""
    fits = (
        found.interval.meets(known.low, known.high)
        if known.is_range
        else found.interval.has(known.value)
    )
    if fits:
        why = tr("{about}为{told}{by}", about=about, told=told, by=by)
        if known.missing:
            why = tr("{told}，另有{missing}件金额待补", told=why, missing=known.missing)
        return Judged(Verdict.RIGHT, computed, why)
    if known.missing and found.interval.low > known.value and found.measure is Measure.MONEY:
        why = tr(
            "{about}已知为{told}，另有{missing}件金额待补",
            about=about,
            told=told,
            missing=known.missing,
        )
        return Judged(Verdict.OPEN, computed, why)
    if known.doubt:
        why = tr("{about}为{told}；{doubt}", about=about, told=told, doubt=known.doubt)
        return Judged(Verdict.OPEN, computed, why)
    value = Fraction(known.value)
    off = abs(found.number - value) / max(abs(found.number) + abs(value), Fraction(1, 10**9))
    why = tr("{about}应为{told}{by}", about=about, told=told, by=by)
    return Judged(Verdict.WRONG, computed, why, off)


def _told(found: Found, known: Known) -> str:
    if known.words:
        return known.words
    if found.claim is Claim.RANK:
        return tr("第{place}位", place=int(known.value))
    unit = found.unit if found.measure is Measure.COUNT else ""
    if found.claim in (Claim.POINTS, Claim.AHEAD):
        return tr("{points}个百分点", points=in_words(known.value * 100, Measure.COUNT))
    if found.claim is Claim.TIMES:
        return tr("{number}倍", number=in_words(known.value, Measure.COUNT))
    if known.is_range and known.value < 0 and known.high is not None:
        return tr("下降{told}", told=range_in_words(-known.high, -known.low, found.measure, unit))
    if known.is_range:
        return range_in_words(known.low, known.high, found.measure, unit)
    if found.claim in (Claim.GROWTH, Claim.CHAIN, Claim.ANNUAL) and known.value < 0:
        return tr("下降{told}", told=in_words(-known.value, found.measure))
    return in_words(known.value, found.measure, unit)


def _about(reading: Reading, found: Found) -> str:
    known = CATALOGUE.get(reading.indicator)
    name = known.name if known else tr("县(市、区)覆盖面")
    words = _CLAIMS.get(found.claim, "")
    if found.claim is Claim.COVERAGE:
        name = tr("有登记的县(市、区)")
    if found.claim is Claim.GROWTH and found.against is not None:
        words = tr("比{period}增长", period=found.against.label)
    about = tr(
        "{area}{period}{register}{indicator}",
        area=reading.area_name,
        period=reading.period.label,
        register=either(*_KINDS[reading.kind]),
        indicator=name,
    )
    return tr("{about}{claim}", about=about, claim=words) if words else about


def _records(context: Context, knowledge: Knowledge) -> Judged:
    """A record claims every indicator named: 件数和金额均创新高."""
    found = context.found
    answers = []
    for reading in context.readings:
        known = knowledge.of(found, reading)
        if isinstance(known, Unknown):
            answers.append(Judged(Verdict.OPEN, None, known.reason))
            continue
        is_record = known.value == 1
        verdict = Verdict.RIGHT if is_record else Verdict.WRONG
        reason = tr("{about}{told}", about=_about(reading, found), told=known.words)
        answers.append(Judged(verdict, str(int(is_record)), reason))
    for verdict in (Verdict.WRONG, Verdict.OPEN):
        worst = [one for one in answers if one.verdict is verdict]
        if worst:
            return worst[0]
    return Judged(Verdict.RIGHT, "1", facts(one.reason for one in answers))
