"""The pages in an English window: what goes into the store and into files is Chinese as ever."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.pledges import get
from ipfinance.domain.industries import Industry
from ipfinance.domain.pledge import Channel, Kind, Pledgee, PledgeeKind, Pledgor, Size, State
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.claims import Comparison
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.values_model import ValueColumn
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.ledger_words import file_words, filter_words, scope_words
from tests import make
from tests.ui.figures_data import fill
from tests.ui.statistics.hands import cross, pick, press, shown, values

ENGLISH = re.compile("[A-Za-z]{2,}")
pytestmark = pytest.mark.usefixtures("in_english")


def test_that_a_registration_is_shown_in_english_and_kept_as_it_was(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    pledgor = Pledgor(
        name="杭州甲有限公司",
        uscc=None,
        city=make.HANGZHOU,
        county=None,
        size=Size.SMALL,
        industry=Industry.MANUFACTURING,
    )
    pledgee = Pledgee("某银行", PledgeeKind.RURAL_CREDIT)
    [stored] = make.stored(
        store,
        make.pledge(pledgors=(pledgor,), pledgees=(pledgee,), channel=Channel.WINDOW),
    )
    page = EntryPage(desk)
    qtbot.addWidget(page)
    assert stored.id is not None
    page.edit(stored.id)
    form = page.form
    assert form.single.kind.currentText() == "Patent"
    cells = form.cells()
    assert cells.single["kind"] == "专利"
    assert cells.single["channel"] == "窗口"
    assert cells.rows["size"] == ["小型"]
    assert cells.rows["industry"] == ["C 制造业"]
    assert cells.rows["pledgee_kind"] == ["农信"]
    page.save()
    assert get(store, stored.id) == stored


def test_that_the_filter_is_told_in_chinese_on_paper_and_in_names_of_files(desk: Desk) -> None:
    wanted = Filter(
        kinds=(Kind.TRADEMARK,),
        city=make.HANGZHOU,
        state=State.OVERDUE,
        start=date(2019, 1, 1),
        end=date(2019, 6, 30),
    )
    scope = Filter(
        pledgee=1,
        county=make.DEQING,
        pledgee_kind="bank",
        channel=Channel.ONLINE,
        at_most_fen=1_000_000_00,
        counted_only=True,
    )
    paper = filter_words(desk, wanted, scope)
    assert not ENGLISH.search(paper)
    assert paper.startswith("2019年1月1日 – 2019年6月30日 · 浙江省杭州市 · 商标 · 到期未注销 · ")
    assert paper.endswith(
        "同一质权人、质权人类型为银行、计入德清县、线上办理、不超过 100 万元、计入统计"
    )
    assert file_words(desk, wanted) == "2019年上半年_杭州市"
    assert file_words(desk, Filter(start=date(2019, 1, 1))) == "2019年1月1日以来_浙江省"
    assert scope_words(desk, scope).startswith(
        "of one pledgee, Pledgee type: Bank, counted in 德清县, "
    )


def test_that_a_crossed_table_is_seen_in_english_and_filed_in_chinese(
    desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    page = shown(desk, qtbot)
    cross(page, "city", "pledgee_kind", "secured_amount")
    heads = [
        values(page).headerData(at, Qt.Orientation.Horizontal)
        for at in range(values(page).columnCount())
    ]
    assert heads[:2] == ["City", "Bank"]
    target = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(desk.talk, "save_file", lambda *_: target)
    press(page, "export")
    assert desk.jobs.wait_idle(60_000)
    lines = [[cell.value for cell in row] for row in load_workbook(target)["自选表"].iter_rows()]
    assert lines[0][0] == "2019年浙江省各设区市、分质权人类型专利权质押担保债权额"
    assert lines[1][0] == "计量单位：万元"
    assert lines[2][:3] == ["设区市", "银行", "合计"]
    assert not [text for line in lines for text in line if ENGLISH.search(str(text or ""))]


def test_that_a_chosen_table_is_seen_in_english_and_filed_in_chinese(
    desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    page = shown(desk, qtbot)
    grown = Pick("secured_amount", Comparison.YEAR_ON_YEAR)
    pick(page, Pick("secured_amount"), grown, Pick("registrations"), Pick("rights"))
    made = values(page)
    columns = [made.column(made.index(0, at)) for at in range(made.columnCount())]
    seen = [one.group for one in columns if isinstance(one, ValueColumn)]
    assert seen == ["Secured amount (CNY 10,000)"] * 2 + ["Registrations", "Patents pledged"]
    target = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(desk.talk, "save_file", lambda *_: target)
    press(page, "export")
    assert desk.jobs.wait_idle(60_000)
    lines = [[cell.value for cell in row] for row in load_workbook(target)["自选表"].iter_rows()]
    assert lines[0][0] == "2019年浙江省各设区市专利权质押登记情况"
    heads = [text for text in lines[2] if text]
    assert heads == ["设区市", "担保债权额（万元）", "登记件数（件）", "所涉专利件次（件）"]
    assert not [text for line in lines for text in line if ENGLISH.search(str(text or ""))]
