"""The panel of counts beside the ledger; and a list, a sum and a file that agree."""

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from ipfinance.db.connection import Store
from ipfinance.db.facets import AMOUNT_MISSING, Facet
from ipfinance.db.ledger import Filter
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.pledge import Channel, Kind, Pledge, State
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.ledger_facets import LedgerFacets
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.ledger.hands import COUNT, counted, footer, many, panel_opened


def lines(panel: LedgerFacets) -> dict[str, QTreeWidgetItem]:
    found = {}
    for at in range(panel.topLevelItemCount()):
        head = panel.topLevelItem(at)
        assert head is not None
        for place in range(head.childCount()):
            line = head.child(place)
            assert line is not None
            found[line.text(0).strip()] = line
    return found


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    return many(store)


def test_that_a_click_on_a_count_lists_as_many(
    qtbot: QtBot, page: LedgerPage, pledges: list[Pledge]
) -> None:
    panel = panel_opened(qtbot, page)
    line = lines(panel)["宁波市"]
    promised = int(line.text(1))
    assert promised == sum(pledge.city == make.NINGBO for pledge in pledges)
    place = panel.visualItemRect(line).center()
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.card.model.rowCount() == promised
    assert page.bar.city.value() == make.NINGBO
    panel = counted(qtbot, page)
    line = lines(panel)["宁波市"]
    assert line.isSelected()
    assert int(lines(panel)["专利"].text(1)) == sum(
        pledge.city == make.NINGBO and pledge.kind is Kind.PATENT for pledge in pledges
    )
    panel.setCurrentItem(line)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert page.bar.filter() == Filter()
    assert page.card.model.rowCount() == COUNT


@pytest.mark.parametrize(
    ("facet", "value", "wanted"),
    [
        (Facet.KIND, "trademark", Filter(kinds=(Kind.TRADEMARK,))),
        (Facet.YEAR, "2019", Filter(start=date(2019, 1, 1), end=date(2019, 12, 31))),
        (Facet.STATE, "overdue", Filter(state=State.OVERDUE)),
        (Facet.STATE, AMOUNT_MISSING, Filter(amount_missing=True)),
        (Facet.PLEDGEE_KIND, "bank", Filter(pledgee_kind="bank")),
        (Facet.CHANNEL, "online", Filter(channel=Channel.ONLINE)),
    ],
)
def test_that_every_facet_narrows_and_is_given_up(
    qtbot: QtBot, page: LedgerPage, facet: Facet, value: str, wanted: Filter
) -> None:
    panel = panel_opened(qtbot, page)
    promised = panel.counts[facet].get(value, 0)
    panel.choose(facet, value)
    assert page.bar.filter() == wanted
    assert page.card.model.rowCount() == promised
    counted(qtbot, page).choose(facet, value)
    assert page.bar.filter() == Filter()


def test_that_the_panel_is_remembered(qtbot: QtBot, page: LedgerPage, desk: Desk) -> None:
    panel_opened(qtbot, page)
    assert str(QSettings().value("ledger/facets")) == "true"
    again = LedgerPage(desk)
    qtbot.addWidget(again)
    assert again.findChild(LedgerFacets) is not None


def test_that_list_sum_and_file_agree(
    qtbot: QtBot,
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    tmp_path: Path,
    pledges: list[Pledge],
) -> None:
    panel = panel_opened(qtbot, page)
    panel.choose(Facet.YEAR, "2019")
    counted(qtbot, page).choose(Facet.CHANNEL, "online")
    QTest.keyClicks(page.bar.search, "sljjmjx")  # 示例甲精密机械 by its initials
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    expected = [
        pledge
        for pledge in pledges
        if pledge.registered_on.year == 2019
        and pledge.channel is Channel.ONLINE
        and pledge.city == make.HANGZHOU
    ]
    amount = sum(pledge.secured_amount_fen or 0 for pledge in expected)
    missing = sum(pledge.secured_amount_fen is None for pledge in expected)
    assert expected
    assert missing
    assert sorted(page.card.model.ids) == sorted(pledge.id or 0 for pledge in expected)
    said = footer(page)
    assert f"共 {len(expected)} 条" in said
    assert f"合计 {wan(amount)} 万元 另有 {missing} 件金额待补" in said
    page.card.table.selectAll()
    assert f"已选 {len(expected)} 条，担保债权额 {wan(amount)} 万元" in footer(page)
    talk.target = target = tmp_path / "台账.xlsx"
    click(page, "ledger_export")
    assert desk.jobs.wait_idle()
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    head = next(at for at, row in enumerate(rows) if any("担保债权" in str(cell) for cell in row))
    column = next(at for at, cell in enumerate(rows[head]) if "担保债权" in str(cell))
    written = [str(row[column]) for row in rows[head + 1 :]]
    assert len(written) == len(expected)
    assert sum(round(float(cell) * WAN) for cell in written if re.match(r"\d", cell)) == amount
