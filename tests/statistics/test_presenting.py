"""How figures are printed, and the long form for machines."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.statistics.indicators import ENTERPRISES, RIGHTS, SECURED_AMOUNT
from ipfinance.statistics.presenting import (
    amount_text,
    amount_unknown,
    as_json,
    as_long,
    measure_name,
    percent_text,
    points_text,
    value_text,
)
from ipfinance.statistics.tables import KindChoice, table
from tests import make


@pytest.mark.parametrize(
    ("fen", "decimals", "text"),
    [
        (123_456_789_012, 2, "123,456.79"),
        (0, 2, "0.00"),
        (4999, 2, "…"),
        (5000, 2, "0.01"),
        (WAN // 2 - 1, 0, "…"),
        (WAN // 2, 0, "1"),
    ],
)
def test_that_an_amount_is_printed_in_wan(fen: int, decimals: int, text: str) -> None:
    assert amount_text(fen, decimals) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Fraction(12, 1000), "+1.2 个百分点"),
        (Fraction(-1, 2500), "-0.04 个百分点"),
        (Fraction(-1, 10**6), "-… 个百分点"),
        (Fraction(0), "0.0 个百分点"),
    ],
)
def test_that_a_change_of_a_rate_is_never_rounded_to_nothing(change: Fraction, text: str) -> None:
    assert points_text(change) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (Fraction(11, 30), "36.7%"),
        (Fraction(-1, 2), "-50.0%"),
        (Fraction(12), "1,200.0%"),
        (Fraction(1, 2000), "0.1%"),
        (None, "—"),
    ],
)
def test_that_a_fraction_is_printed_in_per_cent(fraction: Fraction | None, text: str) -> None:
    assert percent_text(fraction) == text


def test_that_values_are_printed_by_their_measure() -> None:
    assert value_text(SECURED_AMOUNT, 1_234_567_000_000) == "1,234,567.00"
    assert value_text(ENTERPRISES, 1234) == "1,234"


def test_that_rights_are_named_after_their_register() -> None:
    assert measure_name(RIGHTS, KindChoice.PATENT) == "所涉专利件次"
    assert measure_name(RIGHTS, KindChoice.TRADEMARK) == "所涉商标件次"
    assert measure_name(RIGHTS, KindChoice.ALL) == "所涉专利/商标件次"
    assert measure_name(ENTERPRISES, KindChoice.PATENT) == "登记企业数"


@pytest.mark.parametrize(
    ("registrations", "missing", "is_unknown"),
    [(0, 0, False), (2, 2, True), (2, 1, False), (2, 0, False)],
)
def test_that_an_amount_is_unknown_when_all_are_missing(
    registrations: int, missing: int, is_unknown: bool
) -> None:
    values = {"registrations": registrations, "amount_missing": missing}
    assert amount_unknown(values) is is_unknown


def test_that_json_is_exact_to_the_cent_and_rounds_fractions_to_ten_places(store: Store) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=9_007_199_254_740_993),
        make.pledge(pledgors=(make.pledgor(city=make.NINGBO, county=make.HAISHU),)),
        make.pledge(pledgors=(make.pledgor(city=make.WENZHOU, county=None),)),
    )
    told = as_json(table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY))
    rows = told["rows"]
    assert isinstance(rows, list)
    assert rows[0]["values"]["secured_amount"] == "90071992547409.93"
    assert rows[0]["share"]["registrations"] == 0.3333333333
    assert rows[0]["growth"]["registrations"] is None


def test_that_the_long_form_has_a_line_for_every_figure(store: Store) -> None:
    make.stored(store, make.pledge())
    found = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY)
    rows = list(as_long(found, "330000"))
    assert len(rows) == 11 * 8 + 8 + 3
    amount, rate = rows[1], rows[-1]
    assert (amount.indicator, amount.unit) == ("secured_amount", "元")
    assert amount.value == Decimal("5000000.00")
    assert (amount.by, amount.code) == ("city", "330100")
    assert (amount.share, amount.rank) == (Decimal(1), 1)
    assert (rate.by, rate.code) == ("total", "330000")
    assert (rate.indicator, rate.unit) == ("inclusive_rate", "1")
    assert (rate.value, rate.previous) == (Decimal(1), None)
