"""Filters of the ledger that are kept under a name."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from PySide6.QtWidgets import QMenu

from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger import Filter
from ipfinance.db.saved_views import saved_views
from ipfinance.db.totals import Group
from ipfinance.domain.pledge import Channel, Kind, State
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.view_name import ViewName, ViewNameDialog
from ipfinance.ui.models.ledger_view import PAGE, content_of, filter_of
from ipfinance.ui.pages.ledger import LedgerPage
from tests import make
from tests.ui.clicking import button
from tests.ui.ledger.hands import act


@pytest.mark.parametrize("with_period", [True, False])
def test_that_a_filter_is_kept_and_opened_by_name(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch, with_period: bool
) -> None:
    wanted = Filter(
        text="示例",
        kinds=(Kind.PATENT,),
        city=make.NINGBO,
        start=date(2019, 1, 1),
        end=date(2019, 12, 31),
        channel=Channel.ONLINE,
    )
    page.show_filter(wanted)
    monkeypatch.setattr(ViewNameDialog, "ask", lambda *_: ViewName("宁波", with_period))
    menu = button(page, "views").menu()
    menu.aboutToShow.emit()
    act(page, "keep_view")
    assert desk.jobs.wait_idle()
    assert [view.name for view in saved_views(desk.store, PAGE)] == ["宁波"]
    assert page.banner.text == "已保存视图「宁波」。"
    page.bar.clear()
    menu.aboutToShow.emit()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    expected = wanted if with_period else replace(wanted, start=None, end=None)
    assert page.bar.filter() == expected


def test_that_every_part_of_a_filter_is_kept() -> None:
    wanted = Filter(
        text="文", kinds=(Kind.PATENT, Kind.DATA), city="330100", county="330108",
        state=State.OVERDUE, start=date(2019, 1, 1), end=date(2019, 6, 30), enterprise=3,
        pledgee=4, batch=5, counted_only=True, pledgor_city="330200", pledgor_county="330203",
        with_enterprise=True, at_most_fen=1000, amount_missing=True, deleted=True,
        which=Which.OVERDUE, first_day=date(2019, 2, 1), last_day=date(2019, 3, 1),
        having=("loan_amount_fen",), counties=("330108",), channel=Channel.WINDOW, size="small",
        industry="C35", first_time_since=date(2018, 1, 1), pledgee_kind="bank",
        head_bank="示例", from_bank=True, right_kinds=("invention",),
        any_of=(Group.CITY, ("330100", "330200")),
    )  # fmt: skip
    none = Filter()
    assert all(getattr(wanted, field.name) != getattr(none, field.name) for field in fields(Filter))
    content = json.loads(json.dumps(content_of(wanted)))
    assert filter_of(content, Filter()) == wanted


def test_that_what_is_unknown_in_a_kept_filter_is_left_out() -> None:
    content = {"state": "gone", "kinds": ["paper"], "city": "330100", "period": ["2019-13-01", 7]}
    assert filter_of(content, Filter()) == Filter(city="330100")
