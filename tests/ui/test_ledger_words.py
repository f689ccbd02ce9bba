"""A filter in words: all that narrows the list is told, in the words of the trade."""

from dataclasses import fields, replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Channel
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.traces import behind
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.ledger_words import scope_words
from ipfinance.ui.theme import Theme
from tests import make
from tests.ui.desks import desk_over

SHOWN = {"text", "kinds", "city", "state", "start", "end", "amount_missing", "deleted"}
IN_FEBRUARY = Filter(first_day=date(2019, 2, 1), last_day=date(2019, 2, 28))
TOLD: dict[str, tuple[object, str]] = {
    "county": (make.DEQING, "计入德清县"),
    "enterprise": (1, "「示例甲精密机械有限公司」出质"),
    "pledgee": (1, "同一质权人"),
    "batch": (7, "第 7 批导入"),
    "counted_only": (True, "计入统计"),
    "pledgor_city": (make.HUZHOU, "有出质人在湖州市"),
    "pledgor_county": (make.DEQING, "有出质人在德清县"),
    "with_enterprise": (True, "有企业出质"),
    "at_most_fen": (1_000_000_00, "不超过 100 万元"),
    "which": (Which.OUTSTANDING, "期末在押"),
    "having": (("loan_amount_fen",), "填有贷款额"),
    "counties": ((make.DEQING,), "计入现有的县（市、区）"),
    "channel": (Channel.ONLINE, "线上办理"),
    "size": ("small", "企业规模为小型"),
    "industry": ("C", "行业门类为C 制造业"),
    "first_time_since": (date(2019, 1, 1), "有首次质押的企业"),
    "pledgee_kind": ("bank", "质权人类型为银行"),
    "head_bank": ("示例银行", "质权人总行为示例银行"),
    "from_bank": (True, "质权人为银行或农信机构"),
    "right_kinds": (("invention", "design"), "权利种类为发明、外观设计"),
    "any_of": (
        (Group.CITY, (make.HANGZHOU, make.NINGBO, make.WENZHOU, make.HUZHOU)),
        "设区市为杭州市、宁波市、温州市等 4 个之一",
    ),
}


@pytest.fixture
def desk(store: Store, jobs: Jobs, theme: Theme) -> Desk:
    make.stored(store, make.pledge())
    return desk_over(store, jobs, theme)[0]


def test_that_whatever_narrows_beyond_the_controls_is_known_here() -> None:
    assert {one.name for one in fields(Filter)} == SHOWN | TOLD.keys() | {"first_day", "last_day"}


@pytest.mark.parametrize("key", TOLD)
def test_that_each_is_told(desk: Desk, key: str) -> None:
    value, words = TOLD[key]
    assert scope_words(desk, replace(Filter(), **{key: value})) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Filter(size=""), "企业规模为未填写"),
        (Filter(county=""), "没有写明县（市、区）"),
        (IN_FEBRUARY, "登记日期在 2019年2月1日 – 2019年2月28日"),
        (
            replace(IN_FEBRUARY, which=Which.DUE),
            "期间内到期、到期日期在 2019年2月1日 – 2019年2月28日",
        ),
        (
            Filter(pledgor_county=make.DEQING, with_enterprise=True, size="large"),
            "企业规模为大型、有企业在德清县",
        ),
        (
            Filter(any_of=(Group.ENTERPRISE, ("1",))),
            "企业为示例甲精密机械有限公司",
        ),
        (Filter(head_bank="nowhere"), "质权人总行为nowhere"),
        (Filter(), ""),
    ],
)
def test_that_it_is_told_in_whole(desk: Desk, scope: Filter, words: str) -> None:
    assert scope_words(desk, scope) == words


def test_that_the_ledger_says_by_what_a_crossed_figure_narrows(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    keys = {Group.SIZE: "small", Group.INDUSTRY: "C"}
    wanted = behind(
        store, Period.year(2019), KindChoice.ALL, "outstanding_amount", make.HANGZHOU, keys
    )
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_filter(wanted)
    assert desk.jobs.wait_idle()
    assert page.scope.text == (
        "只列出企业规模为小型、行业门类为C 制造业、期末在押、计入统计的登记。"
    )
