"""首次突破, 连续增长, 年均增长 and 完成率 as columns, against the same told in plain numbers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.references import add, all_figures, remove
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.errors import UserError
from ipfinance.progress import Progress
from ipfinance.statistics.chosen import Chosen, Pick, chosen
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.given import given_text, read_given
from ipfinance.statistics.tables import KindChoice, table
from tests import make

YEAR = 2019
CITIES = (make.HANGZHOU, make.NINGBO, make.HUZHOU)
MONEY = 3 * WAN  # a round number, a target
ABOVE = Fraction(1, 4)
FIRST = Pick("secured_amount", Comparison.FIRST_ABOVE, MONEY)
GROWING = Pick("secured_amount", Comparison.YEARS_GROWING, ABOVE)
YEARLY = Pick("secured_amount", Comparison.ANNUAL_GROWTH, 2)
DONE = Pick("secured_amount", Comparison.COMPLETION, MONEY)
CITED = Pick("secured_amount", Comparison.COMPLETION)
PICKS = (FIRST, GROWING, YEARLY, DONE, CITED)

Told = tuple[int, str, int]
"""Year, city and amount of a registration."""


def made(store: Store, by: Group = Group.CITY, *picks: Pick) -> Chosen:
    figures = table(store, Period.year(YEAR), KindChoice.PATENT, by, make.TODAY)
    return chosen(store, figures, picks)


def value(of: Chosen, code: str, pick: Pick) -> object:
    row = next(row for row in (*of.rows, of.total) if row.code == code)
    return row.cells[pick].value.value


def registered(told: Told) -> Pledge:
    year, city, amount = told
    return make.pledge(
        registered_on=date(year, 5, 6),
        kind=Kind.PATENT,
        pledgors=(make.pledgor(city=city, county=None),),
        secured_amount_fen=amount,
        term_start=None,
        term_end=None,
        events=(),
    )


def target(region: str, fen: int) -> ReferenceFigure:
    return ReferenceFigure(
        region=region,
        region_name=region,
        start=date(YEAR, 1, 1),
        end=date(YEAR, 12, 31),
        kind="patent",
        indicator="secured_amount_target",
        value=Decimal(fen) / WAN,
        unit="万元",
        source="年度工作要点",
    )


class Plain:
    """The levels of one place as plain numbers; a year in which nobody registered is unknown."""

    def __init__(self, all_told: list[Told], city: str) -> None:
        self.years = {year for year, _, _ in all_told}
        self.sums = {
            year: sum(fen for y, c, fen in all_told if y == year and city in ("", c))
            for year in range(2010, YEAR + 1)
        }

    def known(self, year: int) -> bool:
        return year in self.years

    def first_above(self, line: int) -> int | None:
        now = self.sums[YEAR]
        before = [self.sums[year] for year in self.years if year < YEAR]
        if not before or (now > max(before) and not self.known(YEAR - 1)):
            return None
        return int(max(before) <= line < now)

    def growing(self, above: Fraction) -> int | None:
        years, year = 0, YEAR
        while True:
            base = self.sums[year - 1] if self.known(year - 1) else 0
            if not base:
                return None if year == YEAR else years
            if Fraction(self.sums[year], base) - 1 <= above:
                return years
            years, year = years + 1, year - 1


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    told=some.lists(
        some.tuples(
            some.integers(YEAR - 5, YEAR),
            some.sampled_from(CITIES),
            some.sampled_from((WAN, 2 * WAN, MONEY, MONEY + 1, 8 * WAN)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_that_each_is_what_plain_numbers_say(empty_store: Path, told: list[Told]) -> None:
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        for figure in all_figures(store):
            remove(store, figure)  # so that the registrations are all that is known
        make.stored(store, *(registered(one) for one in told))
        add(store, [target(make.NINGBO, 5 * WAN)])
        shown = made(store, Group.CITY, *PICKS)
        for city in (*CITIES, ""):
            plain = Plain(told, city)
            now, first = plain.sums[YEAR], plain.sums[YEAR - 2]
            assert value(shown, city, FIRST) == plain.first_above(MONEY)
            assert value(shown, city, GROWING) == plain.growing(ABOVE)
            assert value(shown, city, DONE) == Fraction(now, MONEY)
            cited = Fraction(now, 5 * WAN) if city == make.NINGBO else None
            assert value(shown, city, CITED) == cited
            yearly = value(shown, city, YEARLY)
            if not first:
                assert yearly is None
            else:
                assert float(yearly) == pytest.approx((now / first) ** 0.5 - 1, abs=1e-9)  # type: ignore[arg-type]


def test_that_the_demonstration_agrees(empty_store: Path, tmp_path: Path) -> None:
    with make.store_copied(empty_store, tmp_path) as store:
        fill(store, make.TODAY, Progress(), size=2500, seed=5)
        line = 2 * YI
        picks = (
            *(Pick("registrations", Comparison.YEARS_GROWING, Fraction(n, 10)) for n in (0, 3)),
            Pick("secured_amount", Comparison.FIRST_ABOVE, line),
            Pick("registrations", Comparison.ANNUAL_GROWTH, 3),
            Pick("registrations", Comparison.COMPLETION, 37),
        )
        rows = store.connection.execute(
            "SELECT city, CAST(substr(registered_on, 1, 4) AS INT), secured_amount_fen FROM pledge"
            " WHERE kind = 'patent' AND counted = 1"
        ).fetchall()
        shown = made(store, Group.CITY, *picks)
        assert set(shown.picks) == set(picks)
        for row in (*shown.rows, shown.total):
            mine = [one for one in rows if row.code in ("", one[0])]
            count = {year: sum(one[1] == year for one in mine) for year in range(2005, YEAR + 1)}
            money = {year: sum(one[2] or 0 for one in mine if one[1] == year) for year in count}
            for pick in picks[:2]:
                assert isinstance(pick.given, Fraction)
                years = 0
                while count[YEAR - years] > count[YEAR - years - 1] * (1 + pick.given) > 0:
                    years += 1
                assert row.cells[pick].value.value == years
            before = max(money[year] for year in money if year < YEAR)
            assert row.cells[picks[2]].value.value == int(before <= line < money[YEAR])
            grown = row.cells[picks[3]].value.value
            expected = (count[YEAR] / count[YEAR - 3]) ** (1 / 3) - 1
            assert float(grown) == pytest.approx(expected, abs=1e-9)  # type: ignore[arg-type]
            assert row.cells[picks[4]].value.value == Fraction(count[YEAR], 37)
            assert row.cells[picks[3]].value.rule.endswith("首年为2016年。")


@pytest.mark.parametrize(
    ("indicator", "comparison", "text", "expected", "again"),
    [
        ("secured_amount", Comparison.FIRST_ABOVE, "100亿元", 100 * YI, "100亿元"),
        ("secured_amount", Comparison.COMPLETION, "1亿2000万元", 120_000_000_00, "1.2亿元"),
        ("secured_amount", Comparison.COMPLETION, "５０００万", 5000 * WAN, "5000万元"),
        ("registrations", Comparison.FIRST_ABOVE, "1,000 件", 1000, "1,000件"),
        ("enterprises", Comparison.COMPLETION, "800", 800, "800家"),
        ("county_coverage", Comparison.COMPLETION, "100%", Fraction(1), "100%"),
        ("registrations", Comparison.YEARS_GROWING, "40.5%", Fraction(405, 1000), "40.5%"),
        ("registrations", Comparison.YEARS_GROWING, "-3%", Fraction(-3, 100), "-3%"),
        ("loan_amount", Comparison.ANNUAL_GROWTH, "3年", 3, "3年"),
        ("loan_amount", Comparison.COMPLETION, " ", None, ""),
    ],
)
def test_that_what_is_given_is_read_exactly_and_told_again(
    indicator: str, comparison: Comparison, text: str, expected: object, again: str
) -> None:
    read = read_given(indicator, comparison, text)
    assert read == expected
    if read is not None:
        assert given_text(indicator, comparison, read) == again


@pytest.mark.parametrize(
    ("indicator", "comparison", "text", "words"),
    [
        ("secured_amount", Comparison.FIRST_ABOVE, "100", "没有单位"),
        ("secured_amount", Comparison.FIRST_ABOVE, "", "没有写整数"),
        ("inclusive_rate", Comparison.COMPLETION, "-5%", "「-5%」不是目标数"),
        ("registrations", Comparison.FIRST_ABOVE, "100家", "「100家」不是整数"),
        ("registrations", Comparison.YEARS_GROWING, "40", "「40」不是增速"),
        ("registrations", Comparison.ANNUAL_GROWTH, "0", "「0」不是年数"),
        ("registrations", Comparison.COMPLETION, "0", "「0」不是目标数"),
        ("inclusive_rate", Comparison.FIRST_ABOVE, "半", "「半」不是整数"),
    ],
)
def test_that_what_cannot_be_read_says_what_to_write(
    indicator: str, comparison: Comparison, text: str, words: str
) -> None:
    with pytest.raises(UserError, match="请写如") as caught:
        read_given(indicator, comparison, text)
    assert words in str(caught.value)
