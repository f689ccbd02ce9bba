"""The figures above the ledger, and how they compare with a year before."""

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.pages.ledger import LedgerPage
from tests import make
from tests.ui.clicking import click
from tests.ui.ledger.hands import choose, figure, footer, type_into


def test_that_the_figures_of_a_year_are_those_of_the_statistics(
    page: LedgerPage, store: Store
) -> None:
    type_into(page, "start", "2019-01-01")
    type_into(page, "end", "2019-12-31")
    whole = table(store, Period.year(2019), KindChoice.ALL, Group.NONE, make.TODAY).total
    assert figure(page, "registrations") == (
        f"登记件数 {whole.values['registrations']} 件",
        "同比 ▲ 100.0%",
    )
    amount = wan(whole.values["secured_amount"])
    assert figure(page, "amount") == (f"担保债权额 {amount} 万元", "同比 ▲ 122.2% · 另有 1 件待补")
    assert figure(page, "enterprises")[0] == f"登记企业数 {whole.values['enterprises']} 家"
    assert figure(page, "rights") == ("专利 / 商标 3 / 1 件", "同比 ▲ 50.0% / —")
    assert "其中 1 条不计入统计" in footer(page)


def test_that_a_growth_without_a_base_is_a_dash_with_the_reason(page: LedgerPage) -> None:
    type_into(page, "start", "2018-01-01")
    type_into(page, "end", "2018-12-31")
    assert figure(page, "registrations")[1] == "同比 —"
    assert "上年同期（2017年）没有，无法比较" in page.figures.registrations.toolTip()


def test_that_nothing_is_compared_that_cannot_be(page: LedgerPage) -> None:
    type_into(page, "start", "2026-01-01")
    type_into(page, "end", "2026-12-31")
    assert "2026-12-31 才结束" in page.figures.amount.toolTip()
    click(page, "filter_reset")
    assert figure(page, "registrations")[1] == "即将到期 1 件"
    type_into(page, "start", "2018-01-01")
    type_into(page, "end", "2018-12-31")
    choose(page, "state", "即将到期")
    assert "按现在的状态筛选" in page.figures.amount.toolTip()


def test_that_an_amount_that_nobody_knows_is_no_zero(page: LedgerPage) -> None:
    choose(page, "state", "金额待补")
    assert figure(page, "amount") == ("担保债权额 — ", "另有 1 件待补")


def test_that_one_register_has_one_figure_of_rights(page: LedgerPage) -> None:
    choose(page, "kind", "商标")
    assert figure(page, "rights")[0] == "所涉商标 1 件"
