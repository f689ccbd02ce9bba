"""The report's sentences, each number bound to the figure it prints and to what is behind it.

A clause stands only where it is true: no rate without a base, no streak of one year, no full
coverage with a county missing. Both languages are filled from the same values.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipfinance.db.connection import Store
from ipfinance.db.ledger import count
from ipfinance.domain.period import Period
from ipfinance.language import for_files
from ipfinance.reports.wording import Language, grew, printed, reached
from ipfinance.statistics.claims import Value
from ipfinance.statistics.indicators import AMOUNT_MISSING
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.traces import behind
from ipfinance.statistics.values import Values


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: the text, the characters it takes in its sentence, and its value.

    ``registrations`` is how many registrations are behind it.
    """

    text: str
    start: int
    end: int
    value: Value
    registrations: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its figures in the order of the text."""

    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words with named gaps in both languages, and the value that fills each gap.

    A gap written ``{~name}`` takes the direction (增长, 下降) of that value's growth, one
    written ``{=name}`` 达到 unless the amount is told by a round number (超过80亿元).
    """

    chinese: str
    english: str
    values: dict[str, Value]

    def words(self, language: Language) -> str:
        return self.chinese if language is Language.CHINESE else self.english


_GAP = re.compile(r"\{([~=]?)(\w+)\}")
_KIND_EN = {
    KindChoice.PATENT: "patent pledge",
    KindChoice.TRADEMARK: "trademark pledge",
    KindChoice.ALL: "intellectual property pledge",
}
_KIND_ZH = {
    KindChoice.PATENT: "专利权质押",
    KindChoice.TRADEMARK: "商标专用权质押",
    KindChoice.ALL: "知识产权质押",
}


def sentences(
    store: Store, period: Period, language: Language, area: str | None = None
) -> list[Sentence]:
    """The sentences that can be said of an area in a period; none when nothing was registered.

    ``area`` is a division code, None the whole province.
    """
    values = Values(store)
    place = area or values.levels.province
    writer = _Writer(store, values, period, place)
    # A sentence speaks its own language, whatever the window says.
    with for_files():
        return [
            writer.sentence(clauses, language, is_first=index == 0)
            for index, clauses in enumerate(writer.paragraphs())
        ]


class _Writer:
    def __init__(self, store: Store, values: Values, period: Period, area: str) -> None:
        self._store = store
        self._values = values
        self._period = period
        self._area = area
        self._is_province = area == values.levels.province
        self._counted: dict[tuple[str, KindChoice], int] = {}

    def paragraphs(self) -> Iterator[list[Clause]]:
        """The clauses of each sentence, those that do not hold left out."""
        if self._registrations("registrations", KindChoice.ALL) == 0:
            return
        for make in (self._whole, self._patents, self._trademarks, self._parties, self._support):
            clauses = list(make())
            if clauses:
                yield clauses

    def sentence(self, clauses: list[Clause], language: Language, is_first: bool) -> Sentence:
        chinese = language is Language.CHINESE
        text, figures = self._opening(language) if is_first else "", []
        for index, clause in enumerate(clauses):
            if index:
                text += "，" if chinese else ", "
            for piece in _pieces(clause.words(language)):
                if isinstance(piece, str):
                    text += piece
                    continue
                mark, gap = piece
                value = clause.values[gap]
                if mark:
                    text += grew(value, language) if mark == "~" else reached(value)
                    continue
                shown = printed(value, language)
                figures.append(
                    Figure(shown, len(text), len(text) + len(shown), value, self._behind(value))
                )
                text += shown
        text += "。" if chinese else "."
        if not chinese:
            text = text[0].upper() + text[1:]
        return Sentence(text, tuple(figures))

    def _opening(self, language: Language) -> str:
        """What the first sentence says for all of them: the period and the area."""
        name = self._place(language)
        if language is Language.CHINESE:
            return f"{self._period.label}，{name}"
        return f"In {self._period.label_en}, in {name}, "

    def _whole(self) -> Iterator[Clause]:
        kind = KindChoice.ALL
        yield from self._amount(kind)
        yield from self._records(kind)
        yield from self._coverage()

    def _patents(self) -> Iterator[Clause]:
        yield from self._register(KindChoice.PATENT)

    def _trademarks(self) -> Iterator[Clause]:
        yield from self._register(KindChoice.TRADEMARK)

    def _register(self, kind: KindChoice) -> Iterator[Clause]:
        if self._registrations("registrations", kind) == 0:
            return
        yield from self._amount(kind)
        yield from self._number(kind)

    def _amount(self, kind: KindChoice) -> Iterator[Clause]:
        level = self._value(self._values.level, "secured_amount", kind)
        if not level.value:
            return
        yield Clause(
            f"{_KIND_ZH[kind]}登记金额{{=level}}{{level}}",
            f"the registered amount of {_KIND_EN[kind]}s reached {{level}}",
            {"level": level},
        )
        yield from self._growth("secured_amount", kind)
        missing = self._values.level(AMOUNT_MISSING.key, kind, self._period, self._area)
        if missing.value:
            yield Clause(
                "另有{missing}金额待补",
                "with {missing} amounts still to be completed",
                {"missing": missing},
            )

    def _number(self, kind: KindChoice) -> Iterator[Clause]:
        level = self._value(self._values.level, "registrations", kind)
        yield Clause("登记{level}", "with {level} registrations", {"level": level})
        yield from self._growth("registrations", kind)
        if not self._is_province:
            return
        share = self._value(self._values.share_of_nation, "registrations", kind)
        if share.value is not None:
            yield Clause(
                "占全国同期办理总量的{share}",
                "accounting for {share} of the national total in the same period",
                {"share": share},
            )
        years = self._value(self._values.years_first, "registrations", kind)
        if isinstance(years.value, int) and years.value > 1:
            yield Clause(
                "连续{years}居全国首位",
                "ranking first nationally for {years} consecutive years",
                {"years": years},
            )

    def _growth(self, indicator: str, kind: KindChoice) -> Iterator[Clause]:
        growth = self._value(self._values.year_on_year, indicator, kind)
        if growth.value is None or self._is_broken(self._period.previous()):
            return
        if growth.value == 0:
            yield Clause("与上年同期持平", "unchanged from a year earlier", {})
            return
        if printed(growth, Language.CHINESE) == "0%":
            yield Clause("与上年同期基本持平", "nearly unchanged from a year earlier", {})
            return
        yield Clause("同比{~growth}{growth}", "{~growth} {growth} year on year", {"growth": growth})

    def _records(self, kind: KindChoice) -> Iterator[Clause]:
        number = self._record("registrations", kind)
        amount = self._record("secured_amount", kind)
        if number is not None:
            yield Clause(
                "登记件数创{record}",
                "the number of registrations reaching a {record}",
                {"record": number},
            )
        if amount is not None:
            also = number is not None
            yield Clause(
                "登记金额同创{record}" if also else "登记金额创{record}",
                f"the amount {'also ' if also else ''}reaching a {{record}}",
                {"record": amount},
            )

    def _record(self, indicator: str, kind: KindChoice) -> Value | None:
        """A record, None where it is none or the area had other borders before."""
        value = self._value(self._values.record, indicator, kind)
        is_record = value.value == 1 and not self._is_broken(value.since or self._period)
        return value if is_record else None

    def _is_broken(self, earlier: Period) -> bool:
        return self._values.borders.changed(self._area, earlier, self._period) is not None

    def _coverage(self) -> Iterator[Clause]:
        covered = self._value(self._values.level, "counties_covered", KindChoice.ALL)
        counties = self._value(self._values.level, "counties", KindChoice.ALL)
        # Of an area that is divided: a county is covered by any registration at all.
        if (counties.value or 0) > 1 and covered.value == counties.value:
            yield Clause(
                "{counties}县(市、区)实现质押登记全覆盖",
                "with all {counties} counties covered",
                {"counties": counties},
            )

    def _parties(self) -> Iterator[Clause]:
        kind = KindChoice.ALL
        enterprises = self._value(self._values.level, "enterprises", kind)
        if not enterprises.value:
            return
        yield Clause(
            "登记企业{enterprises}",
            "{enterprises} enterprises pledged their rights",
            {"enterprises": enterprises},
        )
        yield from self._growth("enterprises", kind)
        inclusive = self._value(self._values.level, "inclusive_rate", kind)
        if inclusive.value:
            yield Clause(
                "普惠率{inclusive}",
                "with an inclusive rate of {inclusive}",
                {"inclusive": inclusive},
            )

    def _support(self) -> Iterator[Clause]:
        kind = KindChoice.ALL
        loans = self._value(self._values.level, "loan_amount", kind)
        if loans.value:
            yield Clause("发放贷款{loans}", "loans amounted to {loans}", {"loans": loans})
            record = self._record("loan_amount", kind)
            if record is not None:
                yield Clause("创{record}", "a {record}", {"record": record})
        subsidy = self._value(self._values.level, "subsidy", kind)
        if subsidy.value:
            yield Clause(
                "获得贴息补助{subsidy}", "subsidies amounted to {subsidy}", {"subsidy": subsidy}
            )
            share = self._value(self._values.share_of_province, "subsidy", kind)
            if not self._is_province and share.value is not None:
                yield Clause("占全省的{share}", "{share} of the province's total", {"share": share})
        online = self._value(self._values.level, "online_registrations", kind)
        if online.value:
            yield Clause(
                "通过线上渠道办理{online}",
                "{online} registrations were handled online",
                {"online": online},
            )

    def _value(
        self,
        say: Callable[[str, KindChoice, Period, str], Value],
        indicator: str,
        kind: KindChoice,
    ) -> Value:
        return say(indicator, kind, self._period, self._area)

    def _place(self, language: Language) -> str:
        divisions = self._values.levels.divisions
        if language is Language.CHINESE:
            return "全省" if self._is_province else divisions.name_of(self._area)
        return next(one.name_en for one in divisions if one.code == self._area)

    def _behind(self, value: Value) -> int:
        return self._registrations(value.indicator.key, value.kind)

    def _registrations(self, measure: str, kind: KindChoice) -> int:
        asked = (measure, kind)
        if asked not in self._counted:
            wanted = behind(self._store, self._period, kind, measure, self._area)
            self._counted[asked] = count(self._store, wanted, self._period.end)
        return self._counted[asked]


def _pieces(words: str) -> Iterator[str | tuple[str, str]]:
    """The words between the gaps, and each gap as (mark, name)."""
    end = 0
    for gap in _GAP.finditer(words):
        if gap.start() > end:
            yield words[end : gap.start()]
        yield gap[1], gap[2]
        end = gap.end()
    if end < len(words):
        yield words[end:]
