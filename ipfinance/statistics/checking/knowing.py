"""What the store and the outside figures know of a figure, and where they know it from."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.references import all_figures
from ipfinance.db.totals import counties_covered
from ipfinance.domain.division import AreaError
from ipfinance.domain.period import Period
from ipfinance.statistics.bases import just_before
from ipfinance.statistics.checking.figures import Claim, Found, Reading
from ipfinance.statistics.checking.known import (
    Known,
    Unknown,
    ahead,
    divided,
    exactly,
    increment,
    of_value,
    points,
    printed_percent,
    record,
    source,
)
from ipfinance.statistics.claims import Value
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.outside_figures import SHARE_OF_NATION
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values

# These stand in a ledger only where a clerk filled them in: none at all is not known, not zero.
_OPTIONAL = (
    "credit_amount", "loan_amount", "appraised_value", "subsidy", "online_registrations",
    "loan_to_value",
)  # fmt: skip
_AMOUNTS = ("secured_amount", "inclusive_amount", "outstanding_amount")


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
            return Unknown(f"{reading.period.label}没有{reading.area_name}")
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
            case Claim.RANK:
                return self._rank(found, reading, kind, reading.period)
            case Claim.FIRST_YEARS:
                return self._years_first(found, reading, kind)
        return self._compared(found, reading, kind)

    def level(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Known | Unknown:
        """The indicator itself, from the store where it reaches, else as published."""
        if indicator not in CATALOGUE:
            return Unknown("台账没有这项指标")
        if self._is_own(area) and self._is_counted(period, area):
            value = self.values.levels.value(indicator, kind, period, area)
            name = CATALOGUE[indicator].name
            if value is not None and (value or indicator not in _OPTIONAL):
                missing = 0
                if indicator in _AMOUNTS:
                    missing = self.values.levels.missing(kind, period, area)
                return exactly(value, missing=missing)
            published = self._published(area, indicator, kind, period)
            return published or Unknown(f"台账没有记{name}")
        published = self._published(area, indicator, kind, period)
        if published:
            return published
        where = "台账和外部数据" if self._is_own(area) else "外部数据"
        return Unknown(f"{where}没有{period.label}的这项数据")

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
            return Unknown("比率的变化应用百分点表示")
        window = found.against or reading.period.previous()
        if found.against and (found.against.days > 200) != (reading.period.days > 200):
            return Unknown(f"{window.label}与{reading.period.label}不是同样长的期间")
        now = self.level(reading.indicator, kind, reading.period, reading.area)
        base = self.level(reading.indicator, kind, window, reading.area)
        if isinstance(now, Known) and isinstance(base, Known) and base.value:
            counted = divided(now, base, f"{window.label}")
            if not now.source:
                return counted
        figure = self.values.reference(reading.area, reading.indicator, kind, reading.period)
        if figure is not None and figure.growth_percent is not None and found.against is None:
            return printed_percent(figure)
        if isinstance(now, Known) and isinstance(base, Known) and base.value:
            return counted
        if isinstance(now, Unknown):
            return now
        return Unknown(f"{window.label}没有数据可比")

    def _share(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        ask = (reading.indicator, kind, reading.period, reading.area)
        if found.base == "nation":
            value = self.values.share_of_nation(*ask)
            if value.value and self._is_counted(reading.period, reading.area):
                return of_value(value)
            published = self._published(
                reading.area, f"{reading.indicator}{SHARE_OF_NATION}", kind, reading.period
            )
            return published or Unknown(value.reason or f"没有{reading.period.label}的占比数据")
        if found.base == "province":
            part = self.level(*ask)
            if isinstance(part, Unknown):
                return part
            if reading.area == self.values.levels.province:
                return Unknown("占全省的是哪个地区没有写明")
            return of_value(self.values.share_of_province(*ask))
        return Unknown("没有写明占什么的比重")

    def _rank(
        self, found: Found, reading: Reading, kind: KindChoice, period: Period
    ) -> Known | Unknown:
        ask = (reading.indicator, kind, period, reading.area)
        is_national = found.base == "nation" or reading.area == self.values.levels.province
        if not is_national and not self._is_counted(period, reading.area):
            return Unknown(f"台账没有{period.label}的登记")
        if is_national and reading.area != self.values.levels.province:
            return Unknown("没有全国各市的数据")
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
                return exactly(years, words=f"{reading.period.label}连续{years}年")
            here = self._rank(found, reading, kind, window)
            if isinstance(here, Unknown):
                if not years:
                    return here
                if years < claimed:
                    return Unknown(f"能查到连续{years}年，{here.reason}")
                words = f"连续{years}年（{window.label}没有数据）"
                return exactly(years, words=words)
            if here.value != at:
                words = f"连续{years}年（{window.label}第{int(here.value)}位）"
                return exactly(years, words=words)
            years, window = years + 1, window.previous()

    def _coverage(self, reading: Reading, kind: KindChoice) -> Known | Unknown:
        area, period = reading.area, reading.period
        if not self._is_own(area) or not self._is_counted(period, area):
            return Unknown(f"台账没有{period.label}的登记")
        divisions = self.values.levels.divisions
        city = None if area == divisions.province.code else area
        existing = divisions.counties_on(period.end, city)
        if not existing:
            return Unknown(f"{reading.area_name}不分县(市、区)")
        covered = counties_covered(self._store, period.start, period.end, kind.kinds)
        empty = [one.name for one in existing if one.code not in covered]
        words = f"{len(existing) - len(empty)}/{len(existing)}"
        if empty:
            words += f"（没有登记的有{'、'.join(empty[:5])}{'等' if len(empty) > 5 else ''}）"
        return exactly(Fraction(len(existing) - len(empty), len(existing)), words=words)

    def _compared(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        if not self._is_own(reading.area):
            return Unknown("外部数据没有这项比较")
        if not self._is_counted(reading.period, reading.area):
            return Unknown(f"台账没有{reading.period.label}的登记")
        ask = (reading.indicator, kind, reading.period, reading.area)
        match found.claim:
            case Claim.RECORD:
                value = self.values.record(*ask)
                return Unknown(value.reason) if value.value is None else record(value)
            case Claim.ANNUAL:
                return self._annual(reading, kind)
            case Claim.CHAIN:
                before = just_before(reading.period)
                value = self.values.chain(*ask)
                if before and not self._is_counted(before, reading.area):
                    return Unknown(f"台账没有{before.label}的登记")
            case Claim.INCREMENT:
                value = self.values.increment(*ask)
                return _known(value, increment, found)
            case Claim.POINTS:
                return self._points(found, reading, kind)
            case Claim.AHEAD:
                value = self.values.ahead_of_nation(*ask)
                return Unknown(value.reason) if value.value is None else ahead(value)
            case _:
                return Unknown("看不出是哪项指标")
        return Unknown(value.reason) if value.value is None else of_value(value)

    def _points(self, found: Found, reading: Reading, kind: KindChoice) -> Known | Unknown:
        if CATALOGUE[reading.indicator].form is not Form.RATE:
            return Unknown("看不出是哪项比率的变化")
        if not self._is_counted(reading.period.previous(), reading.area):
            return Unknown(f"台账没有{reading.period.previous().label}的登记")
        value = self.values.year_on_year(reading.indicator, kind, reading.period, reading.area)
        return _known(value, points, found)

    def _annual(self, reading: Reading, kind: KindChoice) -> Known | Unknown:
        years = reading.period.end.year - reading.period.start.year
        if not years:
            return Unknown("没有写明年均增长从哪年起")
        last = Period.year(reading.period.end.year)
        value = self.values.annual_growth(reading.indicator, kind, last, reading.area, years)
        return Unknown(value.reason) if value.value is None else of_value(value)

    def _exists(self, reading: Reading) -> bool:
        if not self._is_own(reading.area):
            return True
        try:
            self.values.levels.divisions.name_of(reading.area, reading.period.end)
        except AreaError:
            return False
        return True

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
