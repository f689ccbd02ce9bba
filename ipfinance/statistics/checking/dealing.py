"""Deals words out to several figures: 分别为862亿元、212亿元, and 由102.4亿元增加到172亿元."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ipfinance.language import tr
from ipfinance.statistics.checking import meaning
from ipfinance.statistics.checking.figures import TELLING, Context, Measure
from ipfinance.statistics.checking.places import PlaceMention

T = TypeVar("T")

_FROM_TO = re.compile(r"[增上提下降减扩][长加升高降少大]?[到至]$")


def distinct(values: Iterable[T]) -> list[T]:
    """The values without repetitions, in their order."""
    return list(dict.fromkeys(values))


def _rises(text: str, contexts: list[Context]) -> list[Context]:
    """由102.4亿元增加到172亿元: the first of the two is the year before's."""
    for index in range(1, len(contexts)):
        one, other = contexts[index - 1], contexts[index]
        between = text[one.found.end : other.found.start]
        if (
            one.found.measure is other.found.measure
            and len(between) <= 8
            and _FROM_TO.search(between)
            and re.search(r"[由从]$|上年的$|去年的$", text[: one.found.start])
        ):
            earlier = [replace(r, period=r.period.previous()) for r in other.readings]
            contexts[index - 1] = replace(one, readings=tuple(earlier), why_not=other.why_not)
    return contexts


def distributed(
    text: str, contexts: list[Context], places: Sequence[PlaceMention] = ()
) -> list[Context]:
    """专利和商标…分别为862亿元、212亿元: the words before are dealt out to the figures."""
    index = 0
    while index < len(contexts):
        first = contexts[index].found
        before = text[max(0, first.start - 40) : first.start]
        clause = re.split(r"[。；;\n]", before)[-1]
        group = [index]
        while group[-1] + 1 < len(contexts):
            here, after = contexts[group[-1]].found, contexts[group[-1] + 1].found
            if not re.fullmatch(r"\s*(?:[、和与]|以及)\s*", text[here.end : after.start]):
                break
            group.append(group[-1] + 1)
        if len(group) > 1 and "分别" in clause:
            words = clause.rpartition("分别")[0]
            begin = first.start - len(clause)
            end = begin + len(words)
            begin = end - len(words.rpartition("，")[2])
            near = [one for one in places if begin <= one.start and one.end <= end and one.code]
            _deal(contexts, group, words, near)
        index = group[-1] + 1
    return _rises(text, contexts)


def _deal(
    contexts: list[Context], group: list[int], words: str, places: Sequence[PlaceMention]
) -> None:
    near = words.rpartition("，")[2] or words
    named = distinct([kind for _, _, kind in _single_kinds(near)])
    keys = meaning.nouns(near)
    levels = [
        one
        for one in contexts[: group[0]]
        if one.sentence == contexts[group[0]].sentence and one.found.claim in TELLING
    ]
    for place, at in enumerate(group):
        one = contexts[at]
        if len(named) == len(group):
            dealt = [replace(r, kind=named[place]) for r in one.readings]
        elif len(places) == len(group):
            there = places[place]
            dealt = [replace(r, area=there.code, area_name=there.name) for r in one.readings]
        elif len(keys) == len(group) and one.found.measure in (Measure.RATE, Measure.PLACE):
            dealt = [replace(r, indicator=keys[place]) for r in one.readings]
        elif len(levels) >= len(group) and one.found.measure is Measure.RATE:
            dealt = list(levels[len(levels) - len(group) + place].readings)
        else:
            contexts[at] = replace(one, readings=(), why_not=tr("“分别”所指看不清楚"))
            continue
        contexts[at] = replace(one, readings=tuple(distinct(dealt)))


def _single_kinds(words: str) -> list[tuple[int, int, str]]:
    """专利、商标 as two registers, though together they are one phrase."""
    return [
        (m.start(), m.end(), "patent" if m[0] == "专利" else "trademark")
        for m in re.finditer(r"专利|商标", words)
    ]
