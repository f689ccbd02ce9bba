"""What the ledger page exports is what it lists."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.ledger import LedgerPage
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.ledger.hands import choose, header_click, type_into


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_that_exactly_what_is_listed_is_exported(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path, suffix: str
) -> None:
    type_into(page, "start", "2019-01-01")
    type_into(page, "end", "2019-12-31")
    choose(page, "city", "杭州市")
    header_click(page, "secured_amount")
    talk.target = tmp_path / f"台账{suffix}"
    click(page, "ledger_export")
    assert desk.jobs.wait_idle()
    assert talk.said == ["登记台账_2019年_杭州市.xlsx"]
    assert page.banner.text == f"已导出 4 条：{talk.target}。"
    rows = read_table(talk.target)
    shown = [page.card.model.row(at) for at in range(page.card.model.rowCount())]
    at = rows[0].index("登记号")
    assert [row[at] for row in rows[1:]] == [row.reg_no for row in shown if row]


def test_that_an_export_that_fails_is_told_and_one_given_up_writes_nothing(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path
) -> None:
    click(page, "ledger_export")
    assert not desk.jobs.busy
    talk.target = tmp_path / "none" / "台账.xlsx"
    click(page, "ledger_export")
    assert desk.jobs.wait_idle()
    assert "文件夹不存在" in talk.said[-1]
    assert page.banner.isHidden()


def read_table(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]
