"""Every comparison of every indicator, recomputed from the levels by its plain formula.

The levels themselves are recounted from the records elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.references import add
from ipfinance.demonstration import fill
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.progress import Progress
from ipfinance.reports.grounds import base_of, exact, name_of, registrations_behind, rule_of
from ipfinance.reports.wording import Language, printed
from ipfinance.statistics.claims import RULES, Comparison, Number, Value
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.outside_figures import NATION
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values
from tests import make
from tests.reports import stores_told as told

ALL = KindChoice.ALL
QUARTER, BEFORE = Period.quarter(2021, 3), Period.quarter(2021, 2)
A_YEAR_EARLIER, TWO_EARLIER = Period.quarter(2020, 3), Period.quarter(2019, 3)
UNITS = {Form.MONEY: "万元", Form.COUNT: "件", Form.RATE: "%"}
NATIONS: dict[Form, Number] = {
    Form.MONEY: 7_000_000 * WAN,
    Form.COUNT: 7_000_000,
    Form.RATE: Fraction(70_000),
}
LINE: dict[Form, Number] = {Form.MONEY: 5 * WAN, Form.COUNT: 5, Form.RATE: Fraction(1, 20)}


def _published(one: Indicator) -> ReferenceFigure:
    made = told.reference(one.key, "7000000", UNITS[one.form], region=NATION, kind="all")
    return replace(made, start=QUARTER.start, end=QUARTER.end, growth_percent=Decimal(10))


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Demonstration data with a figure of the nation for every indicator; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("compared")) as store:
        fill(store, make.TODAY, Progress(), size=2000, seed=5)
        add(store, [_published(one) for one in CATALOGUE.values()])
        yield store


@pytest.fixture(scope="module")
def values(filled: Store) -> Values:
    return Values(filled)  # it counts each level once


class Plain:
    """Levels of an indicator in one area, None where nothing can be told."""

    def __init__(self, levels: Levels, key: str, area: str) -> None:
        self._levels, self._key, self.area = levels, key, area
        self.one = CATALOGUE[key]

    def at(self, period: Period, area: str | None = None) -> Number | None:
        return self._levels.value(self._key, ALL, period, area or self.area)

    def everywhere(self) -> list[Number | None]:
        divisions = self._levels.divisions
        cities = [city.code for city in divisions.cities()]
        counties = [county.code for county in divisions.counties_on(QUARTER.end)]
        return [self.at(QUARTER, code) for code in (cities if self.area in cities else counties)]

    @property
    def is_rate(self) -> bool:
        return self.one.form is Form.RATE

    @property
    def is_part(self) -> bool:
        return not self.is_rate and (self.one.adds_up or self.one.form is Form.COUNT)


def _grown(plain: Plain, window: Period) -> Number | None:
    now, base = plain.at(QUARTER), plain.at(window)
    if now is None or base is None:
        return None
    if plain.is_rate:
        return now - base
    return Fraction(now) / Fraction(base) - 1 if base else None


def _ranked(plain: Plain) -> Number | None:
    now, others = plain.at(QUARTER), plain.everywhere()
    if plain.area == told.PROVINCE or now is None or not any(others):
        return None
    return 1 + sum(other is not None and other > now for other in others)


def _ahead(plain: Plain) -> Number | None:
    if plain.is_rate:
        now = plain.at(QUARTER)
        return None if now is None else now - NATIONS[Form.RATE]
    grown = _grown(plain, A_YEAR_EARLIER)
    return None if grown is None else grown - Fraction(1, 10)


def _part(plain: Plain, whole: Number | None) -> Number | None:
    now = plain.at(QUARTER)
    return Fraction(now) / Fraction(whole) if plain.is_part and whole and now is not None else None


def _annual(plain: Plain) -> Number | None:
    now, base = plain.at(QUARTER), plain.at(TWO_EARLIER)
    if plain.is_rate or now is None or not base:
        return None
    return Fraction(now) / Fraction(base)


def _completed(plain: Plain) -> Number | None:
    now = plain.at(QUARTER)
    return None if now is None else Fraction(now) / Fraction(LINE[plain.one.form])


Asked = tuple[str, KindChoice, Period, str]
WAYS: dict[Comparison, tuple[Callable[..., Value], Callable[[Plain], Number | None]]] = {
    Comparison.LEVEL: (Values.level, lambda plain: plain.at(QUARTER)),
    Comparison.YEAR_ON_YEAR: (Values.year_on_year, lambda plain: _grown(plain, A_YEAR_EARLIER)),
    Comparison.CHAIN: (Values.chain, lambda plain: _grown(plain, BEFORE)),
    Comparison.INCREMENT: (Values.increment, lambda plain: _less(plain)),
    Comparison.SHARE_OF_PROVINCE: (
        Values.share_of_province,
        lambda plain: _part(plain, plain.at(QUARTER, told.PROVINCE)),
    ),
    Comparison.SHARE_OF_NATION: (
        Values.share_of_nation,
        lambda plain: _part(plain, NATIONS[plain.one.form]),
    ),
    Comparison.RANK: (Values.rank, _ranked),
    Comparison.AHEAD_OF_NATION: (Values.ahead_of_nation, _ahead),
    Comparison.COMPLETION: (
        lambda values, *asked: values.completion(*asked, LINE[CATALOGUE[asked[0]].form]),
        _completed,
    ),
}
# In points, where the indicator is a rate itself.
POINTS = {
    Comparison.YEAR_ON_YEAR: Comparison.POINTS,
    Comparison.INCREMENT: Comparison.POINTS,
    Comparison.CHAIN: Comparison.CHAIN_POINTS,
}


def _less(plain: Plain) -> Number | None:
    now, base = plain.at(QUARTER), plain.at(A_YEAR_EARLIER)
    return None if now is None or base is None else now - base


AREAS = (told.PROVINCE, make.HANGZHOU, make.DEQING)


def _assert_whole(store: Store, value: Value, asked: Asked) -> None:
    """Every value knows its rule, period, area and base, and what is behind it."""
    assert (value.indicator.key, value.kind, value.period, value.area) == asked
    assert value.indicator.rule in rule_of(value)
    assert value.comparison is Comparison.LEVEL or RULES[value.comparison] in rule_of(value)
    assert name_of(value).startswith(value.indicator.name)
    if value.value is None:
        assert value.reason
        return
    assert exact(value)
    assert printed(value, Language.CHINESE)
    if value.comparison not in (Comparison.LEVEL, Comparison.RANK, Comparison.YEARS_FIRST):
        assert value.base is not None
        assert all(base_of(value))
    wanted = registrations_behind(store, value)
    assert wanted is not None or value.references
    # A county exists without any registration.
    counts = value.comparison is Comparison.LEVEL and value.indicator.key != "counties"
    if counts and value.value and wanted:
        assert len(select(store, wanted, make.TODAY))


@pytest.mark.parametrize("key", CATALOGUE)
@pytest.mark.parametrize("comparison", WAYS)
def test_that_a_comparison_is_its_formula(
    filled: Store, values: Values, comparison: Comparison, key: str
) -> None:
    ask, formula = WAYS[comparison]
    is_rate = CATALOGUE[key].form is Form.RATE
    for area in AREAS:
        asked = (key, ALL, QUARTER, area)
        value = ask(values, *asked)
        assert value.comparison is (POINTS.get(comparison, comparison) if is_rate else comparison)
        expected = formula(Plain(values.levels, key, area))
        if comparison is Comparison.INCREMENT and value.reason.endswith("没有数据可比"):
            # Nobody told an amount: its zero is no base.
            assert not values.levels.value(key, ALL, A_YEAR_EARLIER, area)
        else:
            assert value.value == expected, (area, value)
        _assert_whole(filled, value, asked)


@pytest.mark.parametrize("key", CATALOGUE)
def test_that_streaks_records_and_means_are_their_formulas(
    filled: Store, values: Values, key: str
) -> None:
    form = CATALOGUE[key].form
    for area in AREAS:
        plain, asked = Plain(values.levels, key, area), (key, ALL, QUARTER, area)
        mean = values.annual_growth(*asked, 2)
        ratio = _annual(plain)
        assert (mean.value is None) == (ratio is None)
        if mean.value is not None and ratio is not None:
            assert (1 + mean.value) ** 2 == pytest.approx(ratio, abs=1e-8)
        record, crossed = values.record(*asked), values.first_above(*asked, LINE[form])
        now, best = plain.at(QUARTER), record.base
        if record.value is not None:
            assert now is not None
            assert best is not None
            assert record.value == int(now > best)
            assert crossed.value == int(best <= LINE[form] < now)
        growing = values.years_growing(*asked, Fraction(1, 10))
        if growing.value is not None:
            grown = _grown(plain, A_YEAR_EARLIER)
            assert grown is not None
            assert (growing.value > 0) == (grown > Fraction(1, 10))
        first = values.years_first(*asked)
        if first.value is not None and area != told.PROVINCE:
            assert (first.value > 0) == (_ranked(plain) == 1)
        for value in (mean, record, crossed, growing, first):
            _assert_whole(filled, value, asked)
