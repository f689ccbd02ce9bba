"""统计报表: the page shows the figures of the statistics floor, and opens what is behind each."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.summary_model import SummaryModel
from ipfinance.ui.pages.statistics import StatisticsPage
from tests import make
from tests.ui.figures_data import Heard, child, fill, found
from tests.ui.statistics.hands import (
    cell,
    choose,
    column,
    double_click,
    go_to,
    model,
    press,
    shown,
    view,
    words,
)


@pytest.mark.parametrize("kind", list(KindChoice))
def test_that_the_page_shows_the_figures_of_the_statistics_floor(
    page: StatisticsPage, store: Store, kind: KindChoice
) -> None:
    choose(page, "kind", kind.value)
    expected = table(store, Period.year(2019), kind, Group.CITY, make.TODAY)
    assert [line.name for line in model(page).rows] == [row.name for row in expected.rows] + [
        "合计"
    ]
    lines = [*((row.name, row.values) for row in expected.rows), ("合计", expected.total.values)]
    for name, values in lines:
        for key in ("registrations", "enterprises", "rights", "rights_distinct", "pledgees"):
            assert cell(page, name, key) == f"{values[key]:,}"
        amount = cell(page, name, "secured_amount")
        if 0 < values["amount_missing"] == values["registrations"]:
            assert amount == "[不详]"
        else:
            assert amount.removeprefix("* ") == wan(values["secured_amount"])
            assert amount.startswith("*") == (values["amount_missing"] > 0)


def test_that_shares_growth_and_ranks_are_written_as_agreed(page: StatisticsPage) -> None:
    # 杭州 333 × (1 + 3 + 8) = 3,996 万元, after 1,000 a year before; 宁波 2,000 and a 分.
    assert cell(page, "杭州市", "secured_amount") == "3,996.00"
    assert cell(page, "杭州市", "secured_amount_growth") == "▲ 299.6%"
    assert cell(page, "宁波市", "registrations_growth") == "持平"
    assert cell(page, "杭州市", "secured_amount_share") == "65.7%"
    assert cell(page, "合计", "secured_amount_share") == "100.0%"
    assert cell(page, "杭州市", "secured_amount_rank") == "1"
    assert cell(page, "合计", "secured_amount_rank") == ""
    assert cell(page, "杭州市", "enterprises_mean") == "3,996.00"
    assert cell(page, "嘉兴市", "enterprises_mean") == "—"


def test_that_what_has_no_base_says_why(page: StatisticsPage) -> None:
    index = model(page).index(4, column(page, "registrations_growth"))
    assert index.data() == "—"
    assert "2018年" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "没有可比的基数" in index.data(Qt.ItemDataRole.ToolTipRole)
    index = model(page).index(2, column(page, "secured_amount"))
    assert index.data() == "[不详]"
    assert "待补" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "* 另有 2 件金额待补" in words(page, "notes")


@pytest.mark.parametrize("name", ["杭州市", "宁波市", "湖州市", "嘉兴市", "合计"])
def test_that_a_double_click_opens_what_adds_up_to_the_figure(
    page: StatisticsPage, store: Store, name: str
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    line = next(line for line in model(page).rows if line.name == name)
    for key in ("secured_amount", "registrations", "secured_amount_growth", "rights"):
        double_click(page, name, key)
        wanted, title = heard.last
        assert isinstance(wanted, Filter)
        assert found(store, wanted) == (
            line.values["registrations"],
            line.values["secured_amount"],
        )
        assert str(title).startswith("浙江省" if name == "合计" else name)
    assert len(heard.said) == 4


def test_that_the_title_says_which_number_was_opened(page: StatisticsPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    double_click(page, "杭州市", "secured_amount")
    double_click(page, "合计", "rights")
    assert [title for _wanted, title in heard.said] == [
        "杭州市 2019年 专利权 担保债权额 3,996.00 万元",
        "浙江省 2019年 专利权 所涉专利件次 7 件",
    ]


def test_that_enter_opens_and_a_name_opens_nothing(page: StatisticsPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    view(page).setCurrentIndex(model(page).index(0, column(page, "name")))
    QTest.keyClick(view(page), Qt.Key.Key_Return)
    assert not heard.said
    view(page).setCurrentIndex(model(page).index(0, column(page, "registrations")))
    QTest.keyClick(view(page), Qt.Key.Key_Return)
    assert len(heard.said) == 1


def test_that_the_rule_of_the_current_cell_is_told(page: StatisticsPage) -> None:
    assert "双击" in words(page, "rule")
    for key, name, rule in (
        ("enterprises", "登记企业数", "自然人不计"),
        ("secured_amount_growth", "担保债权额同比", "2018年"),
        ("rights_mean", "件均金额（万元）", "所涉专利件次"),
        ("inclusive_rate", "普惠率", "普惠企业数"),
    ):
        view(page).setCurrentIndex(model(page).index(0, column(page, key)))
        assert words(page, "rule_name") == name
        assert rule in words(page, "rule")


def test_that_an_empty_period_says_so_instead_of_zeros(page: StatisticsPage) -> None:
    go_to(page, "2016H1")
    empty = child(page, "elsewhere").parentWidget()
    assert empty is not None
    assert empty.isVisible()
    said = " ".join(label.text() for label in empty.findChildren(QLabel))
    assert "2016年上半年没有专利权质押登记" in said
    assert "从 2018-03-05 到 2019-08-05" in said
    assert not child(page, "copy").isEnabled()
    press(page, "elsewhere")
    assert page.desk.jobs.wait_idle()
    assert cell(page, "杭州市", "registrations") == "3"


def test_that_an_empty_store_offers_to_bring_data_in(desk: Desk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    asked = Heard()
    page.import_asked.connect(asked.listen)
    page.demo_asked.connect(asked.listen)
    assert child(page, "import").isVisible()
    press(page, "import")
    press(page, "demo")
    assert len(asked.said) == 2
    assert not child(page, "export").isEnabled()
    assert page.table is None


def test_that_the_first_period_shown_is_the_last_that_is_complete(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    page = StatisticsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert desk.jobs.wait_idle()
    assert page.table is not None
    assert page.table.period == Period.year(2019)
    assert page.picker.period() == Period.year(2019)


def test_that_the_old_table_stays_while_the_next_is_counted(page: StatisticsPage) -> None:
    page.show_period(Period.year(2018))
    assert model(page).rows[0].values["registrations"] == 3  # of 2019 still
    page.show_period(Period.year(2019))
    page.show_period(Period.year(2018))
    assert page.desk.jobs.wait_idle()
    assert model(page).rows[0].values["registrations"] == 1


def test_that_counties_whose_territory_changed_are_marked(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    yuhang = make.pledgor(county=make.YUHANG)
    make.stored(
        store,
        *(
            make.pledge(pledgors=(yuhang,), registered_on=day)
            for day in (date(2020, 5, 5), date(2021, 3, 1), date(2021, 6, 1))
        ),
    )
    page = shown(desk, qtbot, "2021")
    choose(page, "by", "county")
    assert model(page).rows[0].city == "杭州市"
    assert cell(page, "余杭区", "registrations") == "2"
    assert cell(page, "余杭区", "registrations_growth") == "※ ▲ 100.0%"
    row = [line.name for line in model(page).rows].index("余杭区")
    assert model(page).index(row, 0).data() == "余杭区 ※"
    assert "2021-04-09" in model(page).index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    tip = model(page).index(row, column(page, "registrations_growth"))
    assert "口径调整" in tip.data(Qt.ItemDataRole.ToolTipRole)
    assert "※ 口径调整" in words(page, "notes")


def test_that_a_month_opens_its_own_days_only(page: StatisticsPage, store: Store) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    go_to(page, "2019-01-10..2019-03-05")
    choose(page, "by", "month")
    double_click(page, "2019年3月", "registrations")
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert (wanted.start, wanted.end) == (date(2019, 3, 1), date(2019, 3, 5))
    line = next(line for line in model(page).rows if line.name == "2019年3月")
    assert found(store, wanted)[0] == line.values["registrations"]
    assert str(title).startswith("浙江省 2019年3月1日—2019年3月5日 专利权")


def test_that_by_year_a_single_year_becomes_several_and_back(page: StatisticsPage) -> None:
    choose(page, "by", "year")
    assert page.picker.period() == parse_period("2018-01..2019-12")
    assert [line.name for line in model(page).rows] == ["2018年", "2019年", "合计"]
    assert "期间改为2018—2019年" in page.banner.text
    choose(page, "by", "city")
    assert page.picker.period() == Period.year(2019)


def test_that_the_whole_area_is_shown_as_a_list_of_indicators(
    page: StatisticsPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    choose(page, "by", "none")
    made = view(page).model()
    assert isinstance(made, SummaryModel)
    lines = {line.name: line for line in made.rows}
    assert lines["担保债权额"].now == "6,084.00"
    assert lines["登记件数"].before == "2"
    assert lines["县(市、区)覆盖面"].unit == "%"
    assert lines["金额待补"].now == "2"
    assert lines["金额待补"].why
    row = [line.name for line in made.rows].index("登记件数")
    view(page).opened.emit(made.index(row, 3))
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert found(store, wanted)[0] == 2
    assert title == "浙江省 2018年 专利权 登记件数 2 件"
    view(page).setCurrentIndex(made.index(row, 5))
    assert words(page, "rule_name") == "登记件数同比"


def test_that_a_new_registration_is_counted_at_the_next_look(
    page: StatisticsPage, store: Store
) -> None:
    make.stored(store, make.pledge(secured_amount_fen=4 * WAN))
    page.refresh()
    assert page.desk.jobs.wait_idle()
    assert cell(page, "杭州市", "secured_amount") == "4,000.00"
