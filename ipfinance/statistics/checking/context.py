"""What each figure of a text speaks of: its period, area, register and indicator."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.statistics.checking import meaning
from ipfinance.statistics.checking.dealing import distinct, distributed
from ipfinance.statistics.checking.figures import TELLING, Claim, Context, Found, Measure, Reading
from ipfinance.statistics.checking.periods import PeriodMention, find_periods
from ipfinance.statistics.checking.places import PlaceMention, Places

_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\bNo)\.(?=\s+[A-Z\d]|\s*$)")
_UNIT_END = re.compile(r"[；;]")
_CLAUSE_END = re.compile(r"[，,：:（）()；;。\n](?!\d{3}(?:\D|$))")
_ENDS_OF_PHRASE = re.compile(r"[，,。；;（）()\n]|(?<=\D)\.(?=\s|$)")
_PREVIOUS_IN_BRACKETS = re.compile(r"(?:上年|去年)(?:同期)?[^，。；）)]{0,8}$")
# What may stand around a figure that carries on what the sentence before spoke of.
_FILLING = re.compile(
    r"其中|分别|年均|以来|自|从|为|达到?|是|有|约|近|超过|[，、,\s\d.%亿万元家件项笔]|同比|增长|下降|的|居|位|列|占|稳|跃|"
    r"\b(?:accounting|ranking|ranked|ranks|first|nationally|year|on|up|down|an?|increase|decrease|"
    r"of|by|for|the|grew|rose|fell|to|with|and|in|also|reached|which|national|nation|province|"
    r"provincial|total|same|period|country|s)\b",
    re.IGNORECASE,
)
# 有4个市质押金额超过80亿元 is said of areas that are not named.
_SOME_AREAS = re.compile(r"有\s*\d+\s*个(?:设区市|市|县|区)")
# Stands for the period of a text that names none: its figures are still added up.
_NO_PERIOD = Period.year(1900)
# What shares and ranks are published of, where the words do not say.
_PUBLISHED = ("secured_amount", "registrations")
_OF_PUBLISHED = (Claim.RANK, Claim.FIRST_YEARS, Claim.SHARE)
# These speak of a level that was told before them.
_OF_LEVELS = (Claim.GROWTH, Claim.CHAIN, Claim.ANNUAL, Claim.POINTS, Claim.TIMES)


class _What(NamedTuple):
    """Indicators and registers of a figure, whether pledges are but supposed, second guesses."""

    keys: tuple[str, ...]
    kinds: list[str]
    unsure: bool = False
    spare: tuple[str, ...] = ()


class _Words(NamedTuple):
    """The words before a figure in its clause and in its sentence, and those behind it."""

    clause: str
    sentence: str
    ahead: str


class Reader:
    """Reads a text once: sentences, mentions, and then figure by figure."""

    def __init__(
        self, text: str, places: Places, given: Period | None = None, area: str | None = None
    ) -> None:
        self._text = text
        self._places = places
        self._given = Period.of(given.start, given.end) if given else _NO_PERIOD
        self._area = area or places.province
        self._periods = find_periods(text, self._given)
        self._areas = places.find(text, self._area)
        self._kinds = meaning.kinds_in(text)
        self._sentences = _sentence_starts(text)

    def read(self, figures: Sequence[Found]) -> list[Context]:
        """The contexts of the figures, which must be in the order of the text."""
        contexts: list[Context] = []
        for index, found in enumerate(figures):
            following = figures[index + 1].start if index + 1 < len(figures) else len(self._text)
            contexts.append(self._of(found, following, contexts))
        return distributed(
            self._text, contexts, [replace(one, name=self._called(one)) for one in self._areas]
        )

    def _of(self, found: Found, following: int, before: Sequence[Context]) -> Context:
        sentence = self._sentence_of(found.start)
        if found.claim is Claim.TIMES:
            found = replace(found, over=self._multiple_of(found))
        made = Context(found, (), sentence=sentence)
        if found.claim is Claim.TIMES and not found.over:
            return replace(made, why_not=tr("看不出是什么的几倍"))
        if found.claim is Claim.UNKNOWN:
            return replace(made, why_not=tr("看不出是哪项指标"))
        periods = self._periods_of(found, sentence)
        place = self._area_of(found, sentence)
        what = self._what(found, following, sentence, before)
        keys, kinds, unsure = what.keys, what.kinds, what.unsure
        why_not = ""
        if _SOME_AREAS.search(self._text[self._clause_start(found.start) : found.start]):
            why_not = tr("说的是其中几个地区")
        elif not keys:
            why_not = tr("看不出是哪项质押指标")
        elif self._is_since_ever(found, keys):
            why_not = tr("累计从何时起没有写明")
        elif periods[0].start.year <= _NO_PERIOD.start.year:
            why_not = tr("没有写明期间")
        elif not place[0]:
            why_not = tr("没有{area}的数据", area=place[1])
        readings = tuple(
            Reading(key, kind, period, place[0] or place[1], place[1])
            for period in periods
            for kind in kinds
            for key in keys
        )
        spare = tuple(replace(readings[0], indicator=key) for key in what.spare if readings)
        return replace(made, readings=readings, why_not=why_not, unsure=unsure, spare=spare)

    def _is_since_ever(self, found: Found, keys: tuple[str, ...]) -> bool:
        """累计 without a year to begin with; stocks are at a date anyway."""
        clause = self._text[self._clause_start(found.start) : found.start]
        return "累计" in clause and not keys[0].startswith(("outstanding", "overdue"))

    def _sentence_of(self, position: int) -> int:
        return sum(1 for start in self._sentences if start <= position) - 1

    def _periods_of(self, found: Found, sentence: int) -> list[Period]:
        begin = self._sentences[sentence]
        inside = [
            one
            for one in self._periods
            if begin <= one.start < found.start and self._is_in_reach(one, found)
        ]
        clause = self._clause_start(found.start)
        if found.measure in (Measure.MONEY, Measure.COUNT):
            relative = [one for one in inside if one.is_relative and one.start >= clause]
            if relative and found.claim is Claim.LEVEL:
                return [relative[-1].period]
            ahead = _PREVIOUS_IN_BRACKETS.search(self._text[clause : found.start])
            if ahead and found.claim is Claim.LEVEL:
                return [self._main_periods(inside, sentence, found.measure)[0].previous()]
        return self._main_periods(inside, sentence, found.measure)

    def _main_periods(
        self, inside: Sequence[PeriodMention], sentence: int, measure: Measure
    ) -> list[Period]:
        named = [one.period for one in inside if not one.is_relative]
        if named and measure in (Measure.RATE, Measure.PLACE):
            # 2019年172亿元，2018年102亿元，同比增长: of the later year, most likely.
            return distinct(sorted((named[0], named[-1]), key=lambda p: p.end, reverse=True))
        if named:
            return named[-1:]
        for earlier in range(sentence - 1, -1, -1):
            begin, end = self._sentences[earlier], self._sentences[earlier + 1]
            there = [
                one.period
                for one in self._periods
                if begin <= one.start < end and not one.is_relative
            ]
            if there:
                return distinct([there[0], there[-1]])
        return [self._given]

    def _is_in_reach(self, mention: PeriodMention | PlaceMention, found: Found) -> bool:
        """Whether no bracket was closed, or opened and closed, between them."""
        between = self._text[mention.end : found.start]
        closed = 0
        for char in between:
            if char in "（(":
                closed += 1
            elif char in "）)":
                closed -= 1
                if closed < 0:
                    return False
        return True

    def _area_of(self, found: Found, sentence: int) -> tuple[str, str]:
        begin = self._sentences[sentence]
        inside = [
            one
            for one in self._areas
            if begin <= one.start < found.start and self._is_in_reach(one, found)
        ]
        if found.measure in (Measure.MONEY, Measure.COUNT) and inside and inside[-1].is_base:
            between = self._text[inside[-1].end : found.start]
            if len(between) <= 4 and not _CLAUSE_END.search(between):
                return inside[-1].code, inside[-1].name
        subjects = [one for one in inside if not one.is_base]
        if found.claim is Claim.TIMES:  # the nearest one is what it is a multiple of
            subjects = subjects[:-1]
        if subjects:
            return subjects[-1].code, self._called(subjects[-1])
        for earlier in range(sentence - 1, -1, -1):
            first, last = self._sentences[earlier], self._sentences[earlier + 1]
            there = [one for one in self._areas if first <= one.start < last and not one.is_base]
            if there:
                return there[0].code, self._called(there[0])
        return self._area, self._places.name_of(self._area)

    def _multiple_of(self, found: Found) -> str:
        """The area right before a multiple, as in 是宁波市的1.4倍; "" where there is none."""
        near = [one for one in self._areas if one.end <= found.start and not one.is_base]
        words = self._text[near[-1].end : found.start] if near else "?"
        return near[-1].code if re.fullmatch(r"\s*的?\s*(?:近|约|超过)?\s*", words) else ""

    def _called(self, mention: PlaceMention) -> str:
        return self._places.name_of(mention.code) if mention.code else mention.name

    def _what(
        self, found: Found, following: int, sentence: int, before: Sequence[Context]
    ) -> _What:
        """The indicators and registers, and whether pledges are but supposed."""
        text, start = self._text, found.start
        begin = self._sentences[sentence]
        clause_start = max(self._clause_start(start), begin)
        ahead = _ENDS_OF_PHRASE.split(text[found.end : following], maxsplit=1)[0]
        words = _Words(text[clause_start:start], text[begin:start], ahead)
        kinds = self._kinds_of(found, begin, clause_start, found.end + len(ahead))
        inside = [one for one in before if one.sentence == sentence]
        if found.claim is Claim.COVERAGE:
            named_kind = self._names_kind(begin, start)
            return _What(("counties_covered",), kinds if named_kind else ["all"])
        if found.measure in (Measure.MONEY, Measure.COUNT):
            return self._what_is_counted(found, words, kinds, inside, before)
        if found.claim is Claim.RATE:
            return _What(
                meaning.indicators(found, words.clause, words.sentence, words.ahead), kinds
            )
        return self._what_is_compared(found, words, kinds, inside)

    def _what_is_counted(
        self,
        found: Found,
        words: _Words,
        kinds: list[str],
        inside: Sequence[Context],
        before: Sequence[Context],
    ) -> _What:
        """What an amount or a number is of."""
        clause, whole, ahead = words
        same = [
            one
            for one in inside
            if (one.found.unit, one.found.measure) == (found.unit, found.measure)
        ]
        silent = not meaning.is_other(clause, ahead) and self._says_no_more(clause + ahead)
        if same and silent:
            # 注销692件，其中湖州35件: of the same, though 登记 may have stood nearer.
            return _What(self._keys_before(found, same), kinds, same[-1].unsure)
        keys = meaning.indicators(found, clause, whole, ahead)
        about = meaning.is_about_pledges(whole + ahead)
        if not keys and self._carries_on(whole):
            keys, about = self._keys_before(found, before), True
        return _What(keys, kinds, not about and not self._carries_on(whole))

    def _what_is_compared(
        self, found: Found, words: _Words, kinds: list[str], inside: Sequence[Context]
    ) -> _What:
        """What a growth, share, rank or record is of: what it names, else what went before."""
        clause, whole, ahead = words
        if found.claim is Claim.SHARE:
            clause = f"{clause}{ahead}"
            if found.base == "whole":  # 全部登记 is the whole, and says nothing of the part
                clause = clause[: clause.rfind("占")]
        named = meaning.nouns(clause)
        if not named and found.claim is Claim.RECORD:
            named = meaning.nouns(whole)[-1:]
        if meaning.is_other(clause, ahead):
            return _What((), kinds)
        if named:
            return _What(named if found.claim is Claim.RECORD else named[-1:], kinds)
        carried = [one for one in inside if one.found.claim is not Claim.COVERAGE]
        if carried:
            unsure = not self._carries_on(clause) and not meaning.is_about_pledges(clause)
            return self._what_is_carried(found, carried, kinds, unsure)
        if found.claim in _OF_PUBLISHED:
            return _What(_PUBLISHED, kinds, not meaning.is_about_pledges(whole))
        return _What((), kinds)

    def _what_is_carried(
        self, found: Found, carried: Sequence[Context], kinds: list[str], unsure: bool
    ) -> _What:
        """What the figures before it in the sentence are of, a growth by the last level."""
        last = carried[-1]
        if found.claim in _OF_LEVELS:
            last = next((one for one in reversed(carried) if one.found.claim in TELLING), last)
        if not last.readings:
            return _What((), kinds)
        keys = _distinct_keys(last)
        carried_kinds = distinct([one.kind for one in last.readings])
        spare = tuple(key for key in _PUBLISHED if found.claim in _OF_PUBLISHED and key not in keys)
        return _What(keys, carried_kinds, unsure or last.unsure, spare)

    def _keys_before(self, found: Found, before: Sequence[Context]) -> tuple[str, ...]:
        same = [one for one in before if one.found.measure is found.measure and one.readings]
        return _distinct_keys(same[-1]) if same else ()

    def _kinds_of(self, found: Found, begin: int, clause_start: int, end: int) -> list[str]:
        ahead = [kind for start, _, kind in self._kinds if found.end <= start < end]
        inside = [(start, kind) for start, _, kind in self._kinds if begin <= start < found.start]
        in_clause = [kind for start, kind in inside if start >= clause_start]
        if ahead and not in_clause and found.measure is Measure.COUNT:
            return [ahead[0]]
        if not inside:
            earlier = [(start, kind) for start, _, kind in self._kinds if start < begin]
            if not earlier:
                return ["all"]
            # Of the register that the sentence just before spoke of, else of both together.
            near = self._sentence_of(earlier[-1][0]) == self._sentence_of(begin) - 1
            return distinct([earlier[-1][1], "all"] if near else ["all", earlier[-1][1]])
        cuts = [m.start() for m in _UNIT_END.finditer(self._text, begin, found.start)]
        nearest = inside[-1]
        if cuts and nearest[0] < cuts[-1]:
            return distinct([nearest[1], "all"])
        # 商标1151件，质权人350家: the word belonged to the other number alone.
        is_spent = re.match(r"[\d,.]+[件项]", self._text[nearest[0] + 2 :])
        is_named = re.search(r"质押", self._text[clause_start : found.start])
        if not in_clause and (is_named or is_spent):
            return distinct([nearest[1], "all"])
        return [nearest[1]]

    def _names_kind(self, begin: int, start: int) -> bool:
        clause = self._clause_start(start)
        return any(max(begin, clause) <= at < start for at, _, _ in self._kinds)

    def _says_no_more(self, words: str) -> bool:
        """Whether words name at most a place, a period or a register, but no indicator."""
        is_silent = not meaning.is_about_pledges(words) and not meaning.nouns(words)
        return is_silent and self._carries_on(words)

    def _carries_on(self, words: str) -> bool:
        for one in self._areas:
            words = words.replace(self._text[one.start : one.end], "")
        for period in self._periods:
            words = words.replace(self._text[period.start : period.end], "")
        words = re.sub(r"专利权?|商标(?:专用权)?|知识产权", "", words)
        return len(_FILLING.sub("", words)) <= 4

    def _clause_start(self, position: int) -> int:
        start = 0
        for match in _CLAUSE_END.finditer(self._text, 0, position):
            start = match.end()
        return start


def _distinct_keys(context: Context) -> tuple[str, ...]:
    return tuple(distinct([one.indicator for one in context.readings]))


def _sentence_starts(text: str) -> list[int]:
    """Where sentences begin, and at last where the text ends."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return [*starts, len(text) + 1]
