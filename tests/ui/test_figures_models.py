"""The models of figures behave as models, and their words say neither too much nor too little."""

from fractions import Fraction

import pytest
from pytestqt.modeltest import ModelTester

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.statistics.indicators import REGISTRATIONS, SECURED_AMOUNT
from ipfinance.statistics.presenting import growth_text
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.models.figure_columns import columns_of
from ipfinance.ui.models.figure_words import compared, plain, spoken
from ipfinance.ui.models.figures_model import FiguresModel, lines_of
from ipfinance.ui.models.summary_model import SummaryModel, summary_columns, summary_of
from tests import make
from tests.ui.figures_data import fill

YEAR = Period.year(2019)


def figures(store: Store, by: Group) -> FiguresModel:
    made = table(store, YEAR, KindChoice.ALL, by, make.TODAY)
    divisions = all_divisions(store)
    model = FiguresModel()
    model.set_rows(lines_of(made, lambda code: divisions.city_of(code).name), columns_of(made))
    return model


@pytest.mark.parametrize("by", [Group.CITY, Group.COUNTY, Group.YEAR, Group.MONTH])
def test_that_the_table_of_figures_is_a_sound_model(
    store: Store, by: Group, qtmodeltester: ModelTester
) -> None:
    fill(store)
    model = figures(store, by)
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)


def test_that_the_list_of_indicators_is_a_sound_model(
    store: Store, qtmodeltester: ModelTester
) -> None:
    fill(store)
    made = table(store, YEAR, KindChoice.PATENT, Group.NONE, make.TODAY)
    model = SummaryModel()
    model.set_rows(summary_of(made), summary_columns(made))
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)


def test_that_every_cell_of_figures_has_a_rule_and_something_behind_it(store: Store) -> None:
    fill(store)
    model = figures(store, Group.CITY)
    for row in range(model.rowCount()):
        for column in range(1, model.columnCount()):
            index = model.index(row, column)
            name, rule = model.rule(index)
            assert name
            assert rule.endswith("。")
            assert model.asked(index) is not None
            assert index.data() != "—" or index.data(3)  # Qt's ToolTipRole: the reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        (Fraction(0), "持平"),
        (Fraction(124, 1000), "▲ 12.4%"),
        (Fraction(-32, 1000), "▼ 3.2%"),
        (Fraction(-1), "▼ 100.0%"),
        (Fraction(12345, 1000), "▲ 1,234.5%"),
        (Fraction(4, 10_000), "▲ 0.04%"),
        (Fraction(-1, 1_000_000), "▼ …%"),
    ],
)
def test_that_growth_is_written_with_its_direction(value: Fraction | None, words: str) -> None:
    assert growth_text(value) == words


def test_that_figures_are_plain_for_spreadsheets_and_spoken_for_ears() -> None:
    assert plain("▼ 3.2%") == "-3.2%"
    assert plain("※ ▲ 12.4%") == "12.4%"
    assert plain("* 1,234.56") == "1,234.56"
    assert plain("持平") == "0.0%"
    assert plain("—") == "—"
    assert plain("[不详]") == "[不详]"
    assert spoken("▼ 3.2%") == "下降 3.2%"


def test_that_a_comparison_tells_both_sides() -> None:
    said = compared(SECURED_AMOUNT, 123_456_000_000, 100_000_000_000, "2018年")
    assert said == "上年同期（2018年）100,000.00 万元，增加 23,456.00 万元"
    assert compared(REGISTRATIONS, 3, 5, "2018年") == "上年同期（2018年）5 件，减少 2 件"
    assert compared(REGISTRATIONS, 5, 5, "2018年") == "上年同期（2018年）5 件，与本期相同"
