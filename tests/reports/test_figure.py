"""What a figure shows, taken from the table."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.reports.figure import FigureSpec, city_figure
from ipfinance.statistics.tables import KindChoice, table
from tests import make


def _spec(store: Store, kind: KindChoice = KindChoice.PATENT, year: int = 2019) -> FigureSpec:
    found = table(store, Period.year(year), kind, Group.CITY, make.TODAY)
    return city_figure(found, make.TODAY)


def test_that_the_figure_shows_what_the_table_has(standard_store: Store) -> None:
    found = table(standard_store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY)
    spec = city_figure(found, make.TODAY)
    assert spec.title == "2019年浙江省各市专利权质押登记情况"
    assert spec.categories == tuple(row.name for row in found.rows)
    assert len(spec.categories) == 11
    assert [spec.legend(one) for one in spec.series] == [
        "担保债权额（万元，左轴）",
        "登记企业数（家，右轴）",
        "所涉专利数（件，右轴）",
    ]
    for index, row in enumerate(found.rows):
        assert spec.bars.values[index] * WAN == row.values["secured_amount"]
        assert spec.lines[0].values[index] == row.values["enterprises"]
        assert spec.lines[1].values[index] == row.values["rights"]


def test_that_trademarks_are_called_trademarks(standard_store: Store) -> None:
    spec = _spec(standard_store, KindChoice.TRADEMARK)
    assert spec.title == "2019年浙江省各市商标专用权质押登记情况"
    assert spec.lines[1].name == "所涉商标数"


def test_that_the_tooltip_gives_every_figure_of_a_city(standard_store: Store) -> None:
    assert _spec(standard_store).tooltip(0) == (
        "杭州市\n担保债权额 26,588.18 万元\n登记企业数 10 家\n所涉专利数 23 件"
    )


def test_that_the_alternative_text_names_the_largest(standard_store: Store) -> None:
    assert "最高的是台州市，32,651.57 万元" in _spec(standard_store).alternative_text()


def test_that_a_period_without_registrations_says_so(store: Store) -> None:
    spec = _spec(store)
    assert spec.is_empty
    assert spec.message == "2019年没有专利权质押登记"


def test_that_missing_amounts_are_unknown_and_no_zero(store: Store) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=None),
        make.pledge(pledgors=(make.pledgor(city=make.NINGBO, county=make.HAISHU),)),
    )
    spec = _spec(store)
    assert spec.bars.labels[:3] == ("[不详]", "500.00", "0.00")
    assert "另有 1 件登记金额待补，未计入担保债权额。" in spec.notes


def test_that_an_amount_below_the_smallest_unit_is_no_zero(store: Store) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=20_000 * WAN),
        make.pledge(
            secured_amount_fen=WAN // 4,
            pledgors=(make.pledgor(city=make.NINGBO, county=make.HAISHU),),
        ),
    )
    spec = _spec(store)
    assert spec.bars.labels[:3] == ("20,000", "…", "0")
    assert spec.bars.exact[1] == "0.25"
    assert spec.bars.values[1] == Decimal("0.25")


def test_that_a_running_period_is_noted(store: Store) -> None:
    make.stored(store, make.pledge())
    found = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, date(2019, 6, 1))
    assert "期间尚未结束。" in city_figure(found, date(2019, 6, 1)).notes


def test_that_both_registers_together_have_their_own_words(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(), make.pledge(kind=Kind.TRADEMARK))
    spec = _spec(store, KindChoice.ALL)
    assert spec.lines[1].name == "所涉专利、商标数"
    assert spec.lines[1].values[0] == 2


def test_that_a_figure_is_by_city(store: Store) -> None:
    found = table(store, Period.year(2019), KindChoice.PATENT, Group.COUNTY, make.TODAY)
    with pytest.raises(ValueError, match="by city"):
        city_figure(found, make.TODAY)
