"""What the store and the outside figures know of a figure, and where they know it from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.references import all_figures
from ipfinance.db.totals import counties_covered
from ipfinance.domain.period import Period
from ipfinance.language import listed, tr
from ipfinance.statistics.bases import OPTIONAL, just_before
from ipfinance.statistics.checking.figures import Claim, Found, Reading
from ipfinance.statistics.checking.known import (
    Known,
    Unknown,
    ahead,
    annual,
    divided,
    exactly,
    increment,
    of_value,
    points,
    printed_percent,
    record,
    shared,
    source,
)
from ipfinance.statistics.claims import Value
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.outside_figures import SHARE_OF_NATION
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values

# None at all of these is not known, not zero.
_OPTIONAL = (*OPTIONAL, "loan_to_value")
_NAMED = 5  # counties without a registration
_AMOUNTS = ("secured_amount", "inclusive_amount", "outstanding_amount")


# What these are a part of; of the others the whole is both registers, or the province.
_WHOLES = {
    "online_registrations": "registrations",
    "inclusive_registrations": "registrations",
    "inclusive_amount": "secured_amount",
}


class Knowledge:
    """Asks one store; made anew when the store was written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.values = Values(store)
        self.references = all_figures(store)
        self._reach = reach(store)

    def of(self, found: Found, reading: Reading) -> Known | Unknown:
        """What is known of that which the figure claims of a reading."""
        kind = KindChoice(reading.kind)
        if not self._exists(reading):
            return Unknown(
                tr("{period}没有{area}", period=reading.period.label, area=reading.area_name)
            )
        match found.claim:
            case Claim.COVERAGE:
                return self._coverage(reading, kind)
            case Claim.RATE if reading.indicator == "coverage":
                return self._coverage(reading, kind)
            case Claim.LEVEL | Claim.RATE:
                return self.level(reading.indicator, kind, reading.period, reading.area)
            case Claim.GROWTH:
                return self._growth(found, reading, kind)
            case Claim.SHARE:
                return self._share(found, reading, kind)
            case Claim.TIMES:
                return self._times(found, reading, kind)
            case Claim.RANK:
                return self._rank(found, reading, kind, reading.period)
            case Claim.FIRST_YEARS:
                return self._years_first(found, reading, kind)
        return self._compared(found, reading, kind)

    def level(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Known | Unknown:
        """The indicator itself, from the store where it reaches, else as published."""
        if indicator not in CATALOGUE:
            return Unknown(tr("台账没有这项指标"))
        if self._is_own(area) and self._is_counted(period, area):
            value = self.values.levels.value(indicator, kind, period, area)
            name = CATALOGUE[indicator].name
            if value is not None and (value or indicator not in _OPTIONAL):
                missing = 0
                if indicator in _AMOUNTS:
                    missing = self.values.levels.missing(kind, period, area)
                return exactly(value, missing=missing)
            published = self._published(area, indicator, kind, period)
            return published or Unknown(tr("台账没有记{indicator}", indicator=name))
        published = self._published(area, indicator, kind, period)
        if published:
            return published
        if self._is_own(area):
            return Unknown(tr("台账和外部数据没有{period}的这项数据", period=period.label))
        return Unknown(tr("外部数据没有{period}的这项数据", period=period.label))

    def _published(
        self, area: str, indicator: str, kind: KindChoice, period: Period
    ) -> Known | None:
        figure = self.values.reference(area, indicator, kind, period)
        if figure is None:
            return None
        low, high = figure.interval
        words = f"{figure.value}{figure.unit}"
        behind = figure.qualifier == "左右"
        words = f"{words}左右" if behind else f"{figure.qualifier}{words}"
        return Known(figure.exact, low, high, True, source(figure), words=words)

    def _growth(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        if CATALOGUE[reading.indicator].form is Form.RATE:
            return Unknown(tr("比率的变化应用百分点表示"))
        window = found.against or reading.period.previous()
        if found.against and (found.against.days > 200) != (reading.period.days > 200):
            return Unknown(
                tr(
                    "{period}与{other}不是同样长的期间",
                    period=window.label,
                    other=reading.period.label,
                )
            )
        now = self.level(reading.indicator, kind, reading.period, reading.area)
        base = self.level(reading.indicator, kind, window, reading.area)
        if isinstance(now, Known) and isinstance(base, Known) and base.value:
            counted = replace(divided(now, base, window.label), doubt=self._broken(reading, window))
            if not now.source:
                return counted
        figure = self.values.reference(reading.area, reading.indicator, kind, reading.period)
        if figure is not None and figure.growth_percent is not None and found.against is None:
            return printed_percent(figure)
        if isinstance(now, Known) and isinstance(base, Known) and base.value:
            return counted
        if isinstance(now, Unknown):
            return now
        return Unknown(tr("{label}没有数据可比", label=window.label))

    def _share(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        ask = (reading.indicator, kind, reading.period, reading.area)
        if found.base == "nation":
            value = self.values.share_of_nation(*ask)
            if value.value and self._is_counted(reading.period, reading.area):
                return of_value(value)
            published = self._published(
                reading.area, f"{reading.indicator}{SHARE_OF_NATION}", kind, reading.period
            )
            return published or Unknown(
                value.reason or tr("没有{period}的占比数据", period=reading.period.label)
            )
        if found.base == "province":
            part = self.level(*ask)
            if isinstance(part, Unknown):
                return part
            if reading.area == self.values.levels.province:
                return Unknown(tr("占全省的是哪个地区没有写明"))
            return of_value(self.values.share_of_province(*ask))
        if found.base == "whole":
            return self._share_of_whole(found, reading, kind)
        return Unknown(tr("没有写明占什么的比重"))

    def _share_of_whole(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        """占全部登记: of all channels and amounts, of both registers, or of the province.

        Which of these is meant the words seldom say: any that fits will do.
        """
        whole = _WHOLES.get(reading.indicator)
        province = self.values.levels.province
        wholes: list[tuple[str, KindChoice, str]] = []
        if whole:
            wholes.append((whole, kind, reading.area))
        elif kind is not KindChoice.ALL:
            wholes.append((reading.indicator, KindChoice.ALL, reading.area))
        if not whole and reading.area != province:
            wholes += [(reading.indicator, one, province) for one in (kind, KindChoice.ALL)]
        part = self.level(reading.indicator, kind, reading.period, reading.area)
        if isinstance(part, Unknown):
            return part
        known: list[Known] = []
        for indicator, of_kind, area in dict.fromkeys(wholes):
            if not CATALOGUE[reading.indicator].adds_up:
                continue
            base = self.level(indicator, of_kind, reading.period, area)
            if isinstance(base, Known) and base.value:
                known.append(shared(part, base))
        if not known:
            return Unknown(tr("占全部登记的是哪一部分没有写明"))
        return next((one for one in known if _fits(found, one)), known[0])

    def _times(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        now = self.level(reading.indicator, kind, reading.period, reading.area)
        base = self.level(reading.indicator, kind, reading.period, found.over)
        for one in (now, base):
            if isinstance(one, Unknown):
                return one
        assert isinstance(now, Known)
        assert isinstance(base, Known)
        return shared(now, base) if base.value else Unknown(tr("作比较的地区没有这项数据"))

    def _rank(
        self, found: Found, reading: Reading, kind: KindChoice, period: Period
    ) -> Known | Unknown:
        ask = (reading.indicator, kind, period, reading.area)
        is_national = found.base == "nation" or reading.area == self.values.levels.province
        if not is_national and not self._is_counted(period, reading.area):
            return Unknown(tr("台账没有{period}的登记", period=period.label))
        if is_national and reading.area != self.values.levels.province:
            return Unknown(tr("没有全国各市的数据"))
        value = (self.values.national_rank if is_national else self.values.rank)(*ask)
        return Unknown(value.reason) if value.value is None else of_value(value)

    def _years_first(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        """Year by year backwards: broken where the place was another, unknown where data end.

        Of several whole years, from the last of them and no further than the first.
        """
        claimed, window, years = int(found.number), reading.period, 0
        first, last = window.start.year, window.end.year
        if first < last and window == Period.of(date(first, 1, 1), date(last, 12, 31)):
            window = Period.year(last)
        at = found.place
        while True:
            if first < last and window.start.year < first:
                return exactly(
                    years,
                    words=tr("{period}连续{years}年", period=reading.period.label, years=years),
                )
            here = self._rank(found, reading, kind, window)
            if isinstance(here, Unknown):
                if not years:
                    return here
                if years < claimed:
                    return Unknown(
                        tr("能查到连续{years}年，{reason}", years=years, reason=here.reason)
                    )
                words = tr("连续{years}年（{period}没有数据）", years=years, period=window.label)
                return exactly(years, words=words)
            if here.value != at:
                words = tr(
                    "连续{years}年（{period}第{place}位）",
                    years=years,
                    period=window.label,
                    place=int(here.value),
                )
                return exactly(years, words=words)
            years, window = years + 1, window.previous()

    def _coverage(self, reading: Reading, kind: KindChoice) -> Known | Unknown:
        area, period = reading.area, reading.period
        if not self._is_own(area) or not self._is_counted(period, area):
            return Unknown(tr("台账没有{period}的登记", period=period.label))
        divisions = self.values.levels.divisions
        city = None if area == divisions.province.code else area
        existing = divisions.counties_on(period.end, city)
        if not existing:
            return Unknown(tr("{area}不分县(市、区)", area=reading.area_name))
        covered = counties_covered(self._store, period.start, period.end, kind.kinds)
        empty = [one.name for one in existing if one.code not in covered]
        words = f"{len(existing) - len(empty)}/{len(existing)}"
        if empty:
            gaps = {"covered": words, "empty": listed(empty[:_NAMED])}
            words = (
                tr("{covered}（没有登记的有{empty}等）", **gaps)
                if len(empty) > _NAMED
                else tr("{covered}（没有登记的有{empty}）", **gaps)
            )
        return exactly(Fraction(len(existing) - len(empty), len(existing)), words=words)

    def _compared(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        if not self._is_own(reading.area):
            return Unknown(tr("外部数据没有这项比较"))
        if not self._is_counted(reading.period, reading.area):
            return Unknown(tr("台账没有{period}的登记", period=reading.period.label))
        ask = (reading.indicator, kind, reading.period, reading.area)
        match found.claim:
            case Claim.RECORD:
                value = self.values.record(*ask)
                return Unknown(value.reason) if value.value is None else record(value)
            case Claim.ANNUAL:
                return self._annual(found, reading, kind)
            case Claim.CHAIN:
                before = just_before(reading.period)
                value = self.values.chain(*ask)
                if before and not self._is_counted(before, reading.area):
                    return Unknown(tr("台账没有{period}的登记", period=before.label))
            case Claim.INCREMENT:
                value = self.values.increment(*ask)
                known = _known(value, increment, found)
                if isinstance(known, Unknown):
                    return known
                return replace(known, doubt=self._broken(reading, reading.period.previous()))
            case Claim.POINTS:
                return self._points(found, reading, kind)
            case Claim.AHEAD:
                value = self.values.ahead_of_nation(*ask)
                return Unknown(value.reason) if value.value is None else ahead(value)
            case _:
                return Unknown(tr("看不出是哪项指标"))
        return Unknown(value.reason) if value.value is None else of_value(value)

    def _points(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        if CATALOGUE[reading.indicator].form is not Form.RATE:
            return Unknown(tr("看不出是哪项比率的变化"))
        if not self._is_counted(reading.period.previous(), reading.area):
            return Unknown(tr("台账没有{period}的登记", period=reading.period.previous().label))
        value = self.values.year_on_year(reading.indicator, kind, reading.period, reading.area)
        return _known(value, points, found)

    def _annual(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        """年均增长 since a year, over a span of years, or of the last few.

        近三年 may count from three years before or from the first of the three; 2016—2020年 from
        2016 or from the year before it: both are usual, and either may fit.
        """
        window, first = reading.period, reading.period.start.year
        last = window.end.year
        if found.against is not None:
            spans = [last - found.against.start.year]
        elif first < last:
            window, spans = Period.year(last), [last - first, last - first + 1]
        else:
            spans = [found.years, found.years - 1]
        spans = [years for years in spans if years > 0]
        if not spans:
            return Unknown(tr("没有写明年均增长从哪年起"))
        answers = [
            self.values.annual_growth(reading.indicator, kind, window, reading.area, years)
            for years in spans
        ]
        known = [
            annual(value, years)
            for value, years in zip(answers, spans, strict=True)
            if value.value is not None
        ]
        fitting = next((one for one in known if _fits(found, one)), None)
        if fitting is not None:
            return fitting
        # Wrong it is only where every way to count it is known.
        if len(known) < len(spans):
            return Unknown(next(one.reason for one in answers if one.value is None))
        return known[0]

    def _broken(self, reading: Reading, window: Period) -> str:
        """Why a comparison with a window may rightly be told otherwise; blank for nothing."""
        if self.values.borders.changed(reading.area, window, reading.period) is None:
            return ""
        return tr("区划在比较期间内有调整（口径调整），按调整后的区划计算的数会不同")

    def _exists(self, reading: Reading) -> bool:
        """Whether the area, if it is one of ours, existed in the period."""
        rows = [one for one in self.values.levels.divisions if one.code == reading.area]
        period = reading.period
        return not rows or any(one.valid_in(period.start, period.end) for one in rows)

    def _is_own(self, area: str) -> bool:
        return any(one.code == area for one in self.values.levels.divisions)

    def _is_counted(self, period: Period, area: str) -> bool:
        """Whether the store reaches into the period, so that a zero in it is a zero."""
        if self._reach is None or not self._is_own(area):
            return False
        first, last = self._reach
        return period.start <= last and first <= period.end


def _known(value: Value, told: Callable[[Value, Fraction], Known], found: Found) -> Known | Unknown:
    return Unknown(value.reason) if value.value is None else told(value, found.interval.digit)


def _fits(found: Found, known: Known) -> bool:
    if known.is_range:
        return found.interval.meets(known.low, known.high)
    return found.interval.has(known.value)
