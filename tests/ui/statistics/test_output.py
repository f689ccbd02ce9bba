"""统计报表: totals that stay in sight, copying, the workbook, and how the page goes."""

import gc
import weakref
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, read_facts, write_facts
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, Unit
from ipfinance.domain.period import Period
from ipfinance.reports.workbook_shown import add_shown_sheet
from ipfinance.reports.workbook_styles import Styles, new_workbook, text_width
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.widgets.pinned_total import PinnedTotal
from tests import make
from tests.ui.figures_data import Heard, child, fill
from tests.ui.statistics.hands import cell, choose, column, double_click, model, press, shown, view


def test_that_the_total_may_stand_first_and_stays_there(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    write_facts(store, replace(read_facts(store), total_first=True))
    page = shown(desk, qtbot)
    assert model(page).rows[0].name == "合计"
    view(page).sort_by("secured_amount", Qt.SortOrder.DescendingOrder)
    assert [line.name for line in model(page).rows[:2]] == ["合计", "杭州市"]
    view(page).sort_by("name")
    assert [line.name for line in model(page).rows[:3]] == ["合计", "杭州市", "宁波市"]
    double_click(page, "合计", "registrations")


@pytest.mark.parametrize(("unit", "places"), [(Unit.YI, 3), (Unit.YI, 0), (Unit.WAN, 0)])
def test_that_amounts_are_shown_in_the_unit_that_was_chosen_and_counted_exactly(
    desk: Desk, store: Store, qtbot: QtBot, unit: Unit, places: int
) -> None:
    fill(store)
    write_facts(store, Facts(amount_unit=unit, amount_decimals=places))
    page = shown(desk, qtbot)
    total = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY).total

    def rounded(fen: int, count: int = 1) -> str:
        exact = Decimal(fen) / count / unit.fen
        number = exact.quantize(Decimal(10) ** -places, ROUND_HALF_UP)
        return f"{number:,f}" if number else "…"

    fen, firms = total.values["secured_amount"], total.values["enterprises"]
    expected = rounded(fen)
    assert cell(page, "合计", "secured_amount") == f"* {expected}"
    assert cell(page, "合计", "enterprises_mean") == rounded(fen, firms)
    title = model(page)._columns[column(page, "secured_amount")].group
    assert title == f"担保债权额（{unit.value}）"
    press(page, "copy")
    copied = QGuiApplication.clipboard().text()
    assert f"金额单位：{unit.value}" in copied
    choose(page, "by", "none")
    summary = view(page).model()
    assert [summary.index(0, at).data() for at in (0, 1, 2)] == [
        "担保债权额",
        unit.value,
        expected,
    ]


def test_that_an_exported_table_is_exact_in_the_unit_that_was_chosen(
    desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(store)
    write_facts(store, Facts(amount_unit=Unit.YI, amount_decimals=1))
    page = shown(desk, qtbot)
    page.choose_columns((Pick("secured_amount"),))
    assert desk.jobs.wait_idle()
    made = page._tables.for_workbook()
    assert made is not None
    with new_workbook(tmp_path / "shown.xlsx") as workbook:
        add_shown_sheet(workbook, Styles(workbook), "自选表", made)
    sheet = load_workbook(tmp_path / "shown.xlsx")["自选表"]
    total = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY).total
    assert sheet["B3"].value == "担保债权额（亿元）"
    # In one line, although no amount is as wide.
    assert sheet.column_dimensions["B"].width > text_width("担保债权额（亿元）")
    last = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert last[1].value == pytest.approx(total.values["secured_amount"] / 10**10, abs=1e-12)
    assert "0.0_" in last[1].number_format


def test_that_rights_counted_once_stand_in_the_table_where_that_was_chosen(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    write_facts(store, Facts(rights_distinct=True))
    page = shown(desk, qtbot)
    assert view(page).isColumnHidden(column(page, "rights"))
    assert not view(page).isColumnHidden(column(page, "rights_distinct"))
    total = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY).total
    fen, rights = total.values["secured_amount"], total.values["rights_distinct"]
    mean = (Decimal(fen) / rights / WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert cell(page, "合计", "rights_distinct_mean") == f"{mean:,f}"


def test_that_the_total_of_a_long_table_stays_in_sight(page: StatisticsPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    pinned = child(view(page), "pinned_total")
    assert isinstance(pinned, PinnedTotal)
    assert not pinned.isVisible()
    choose(page, "by", "county")
    assert pinned.isVisible()
    index = model(page).index(0, column(page, "registrations"))
    place = QPoint(view(page).visualRect(index).center().x(), 18)
    QTest.mouseClick(pinned, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(pinned, Qt.MouseButton.LeftButton, pos=place)
    assert heard.last[1] == "浙江省 2019年 专利权 登记件数 7 件"
    middle = model(page).index(model(page).rowCount() // 2, 0)
    view(page).setCurrentIndex(middle)
    assert pinned.isVisible()
    assert view(page).visualRect(middle).bottom() < pinned.y()  # not hidden beneath it
    view(page).scrollToBottom()
    assert not pinned.isVisible()


def test_that_copying_gives_numbers_a_spreadsheet_counts_with(page: StatisticsPage) -> None:
    table_view, made = view(page), model(page)
    table_view.setCurrentIndex(made.index(0, column(page, "secured_amount_growth")))
    QTest.keyClick(table_view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "299.6%"
    press(page, "copy")
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0] == "2019年浙江省各设区市专利权质押登记情况"
    assert lines[1] == "金额单位：万元"
    assert lines[2].startswith("设区市\t担保债权额（万元）\t")
    assert lines[3].startswith("\t金额\t占比\t同比\t排名\t件数")
    assert lines[4].startswith("杭州市\t3,996.00\t65.7%\t299.6%\t1\t3")
    assert lines[15].startswith("合计\t")
    assert any("待补" in line for line in lines[16:])
    assert '<th rowspan="2">设区市</th><th colspan="4">担保债权额（万元）</th>' in data.html()
    assert "▲" not in data.text()
    assert "已复制" in page.banner.text


def test_that_the_workbook_is_written_and_can_be_opened(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "汇总.xlsx"
    opened: list[Path] = []
    offered: list[str] = []

    def save_file(_title: str, name: str, _filters: object) -> Path:
        offered.append(name)
        return target

    monkeypatch.setattr(page.desk.talk, "open_outside", opened.append)
    monkeypatch.setattr(page.desk.talk, "save_file", save_file)
    press(page, "export")
    assert page.desk.jobs.wait_idle(60_000)
    assert offered == ["2019年质押登记汇总表.xlsx"]
    assert "已导出「汇总.xlsx」" in page.banner.text
    sheets = load_workbook(target, read_only=True).sheetnames
    assert any("专利权" in name for name in sheets)
    page.banner.linkActivated.emit("open")
    page.banner.linkActivated.emit("folder")
    assert opened == [target, tmp_path]


def test_that_an_export_asked_for_at_once_waits_for_the_first_figures(
    desk: Desk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(desk.talk, "save_file", lambda _title, name, _: offered.append(name))
    fill(store)
    page = StatisticsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.export()
    assert not offered
    qtbot.waitUntil(lambda: offered == ["2019年质押登记汇总表.xlsx"])


def test_that_an_export_can_be_declined_and_stopped(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: None)
    press(page, "export")
    assert not page.desk.jobs.busy
    target = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: target)
    press(page, "export")
    for job in page.desk.jobs.running:
        job.cancel()
    assert page.desk.jobs.wait_idle()
    assert "已停止" in page.banner.text
    assert not target.exists()


def test_that_of_two_exports_each_is_told_by_its_own_name(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(page.banner, "say", lambda _, text, *__: said.append(text))
    for name in ("甲.xlsx", "乙.xlsx"):
        monkeypatch.setattr(page.desk.talk, "save_file", lambda *_, name=name: tmp_path / name)
        press(page, "export")
    assert page.desk.jobs.wait_idle(60_000)
    assert said == ["已导出「甲.xlsx」。", "已导出「乙.xlsx」。"]


def test_that_what_cannot_be_written_is_said(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[BaseException] = []
    monkeypatch.setattr(page.desk.talk, "failure", failures.append)
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: tmp_path / "无" / "汇总.xlsx")
    press(page, "export")
    assert page.desk.jobs.wait_idle(60_000)
    assert "文件夹不存在" in str(failures[0])


def test_that_everything_that_takes_the_keyboard_has_a_name(page: StatisticsPage) -> None:
    for one in page.findChildren(QPushButton):
        assert one.accessibleName() or one.text(), one.objectName()
    assert child(page, "kind").accessibleName() == "登记类型"
    assert child(page, "by").accessibleName() == "分组"
    assert view(page).accessibleName() == "统计表"
    growth = model(page).index(0, column(page, "secured_amount_growth"))
    assert growth.data(Qt.ItemDataRole.AccessibleTextRole) == "上升 299.6%"


def test_that_the_page_is_freed(desk: Desk, store: Store, qtbot: QtBot) -> None:
    fill(store)
    page = StatisticsPage(desk)
    page.show()
    page.refresh()
    assert desk.jobs.wait_idle()
    page.picker.open_panel()
    gone = weakref.ref(page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del page
    gc.collect()
    assert gone() is None
