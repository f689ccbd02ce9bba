"""统计报表: choices kept under a name, copied, and written into the workbook."""

import json
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.history import redo, undo
from ipfinance.db.saved_views import saved_views
from ipfinance.db.totals import Group
from ipfinance.domain.money import YI
from ipfinance.domain.period import Period
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.dialogs.view_name import ViewName, ViewNameDialog
from ipfinance.ui.models.statistics_view import PAGE, STANDARD, StatisticsView, view_of
from ipfinance.ui.pages.statistics import StatisticsPage
from tests.ui.figures_data import child
from tests.ui.statistics.hands import (
    AMOUNT,
    CASES,
    GROWN,
    MORE,
    RATE,
    choose,
    cross,
    menu_words,
    name_it,
    pick,
    place,
    press,
    press_in,
    trigger,
    values,
    view,
)


def test_that_a_choice_is_kept_under_a_name_and_opened_again(
    page: StatisticsPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert menu_words(page) == ["还没有保存的视图", "保存当前视图…"]
    pick(page, CASES, MORE)
    choose(page, "by", "county")
    choose(page, "kind", "all")
    name_it(monkeypatch, "各县件数")
    trigger(page, "保存当前视图…")
    assert "已保存视图「各县件数」" in page.banner.text
    pick(page, *STANDARD)
    choose(page, "by", "city")
    choose(page, "kind", "patent")
    trigger(page, "各县件数")
    assert [column.key for column in values(page)._columns[2:]] == [CASES.key, MORE.key]
    assert page.table is not None
    assert (page.table.by, page.table.kind) == (Group.COUNTY, KindChoice.ALL)
    assert page.table.period == Period.year(2019)


def test_that_what_is_given_and_the_first_rows_are_kept_too() -> None:
    view = StatisticsView(
        by=Group.ENTERPRISE,
        picks=(
            Pick("secured_amount", Comparison.FIRST_ABOVE, 100 * YI),
            Pick("registrations", Comparison.YEARS_GROWING, Fraction(2, 5)),
            Pick("registrations", Comparison.COMPLETION),
        ),
        top=10,
    )
    assert view_of(json.loads(json.dumps(view.content()))) == view
    # What is needed and not there, or no number, is left out and never guessed.
    for kept in (["registrations", "years_growing"], ["registrations", "first_above", "many"]):
        assert view_of({"picks": [kept], "top": "ten"}) == StatisticsView()


def test_that_the_period_is_kept_only_when_that_is_wanted(
    page: StatisticsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_it(monkeypatch, "当时", with_period=True)
    trigger(page, "保存当前视图…")
    name_it(monkeypatch, "任何时候")
    trigger(page, "保存当前视图…")
    page.show_period(Period.year(2018))
    assert page.desk.jobs.wait_idle()
    trigger(page, "任何时候")
    assert page.table is not None
    assert page.table.period == Period.year(2018)
    trigger(page, "当时")
    assert page.table.period == Period.year(2019)


def test_that_keeping_and_removing_a_view_can_be_undone(
    page: StatisticsPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_it(monkeypatch, "一")
    trigger(page, "保存当前视图…")
    assert [one.name for one in saved_views(store, PAGE)] == ["一"]
    undo(store)
    assert saved_views(store, PAGE) == []
    redo(store)
    trigger(page, "一", in_menu="删除视图")
    assert saved_views(store, PAGE) == []
    assert undo(store).words == "删除视图：一"
    assert [one.name for one in saved_views(store, PAGE)] == ["一"]


def test_that_a_kept_view_of_another_program_opens_as_far_as_it_is_known() -> None:
    kept = {"kind": "design", "by": "planet", "picks": [["registrations", "level"], ["x", "y"], 3],
            "period": "ninetynine"}  # fmt: skip
    assert view_of(kept) == StatisticsView(picks=(CASES,))
    whole = StatisticsView(
        *(KindChoice.ALL, Group.MONTH, (CASES, RATE), Period.half(2019, 1)),
        cross=(Group.PLEDGEE_KIND, "registrations"),
    )
    assert view_of(whole.content()) == whole
    odd = {**whole.content(), "cross": ["month", "registrations"]}  # the rows are months already
    assert view_of(odd).cross is None


def test_that_the_name_dialog_replaces_knowingly_and_wants_a_name(qtbot: QtBot) -> None:
    dialog = ViewNameDialog("旧", {"旧"}, "2019年", "各市")
    qtbot.addWidget(dialog)
    dialog.show()
    save = child(dialog, "save")
    assert hasattr(save, "text")
    assert save.text() == "替换"
    assert dialog._box.warning
    dialog._name.setText("  ")
    assert save.text() == "保存"
    press_in(dialog, "save")
    assert dialog.isVisible()
    assert dialog._box.fault
    dialog._name.setText(" 新  名 ")
    press_in(dialog, "with_period")
    press_in(dialog, "save")
    assert not dialog.isVisible()
    assert dialog.answer == ViewName("新 名", True)


class Grid(HTMLParser):
    """The cells of a copied table: tag, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, dict[str, str | None], str]]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._open = (tag, dict(attrs))
            self.rows[-1].append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            tag, attrs, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, attrs, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = None


def test_that_a_copied_table_has_heads_numbers_at_the_right_and_its_notes(
    page: StatisticsPage,
) -> None:
    pick(page, AMOUNT, GROWN, CASES)
    press(page, "copy")
    grid = Grid(QGuiApplication.clipboard().mimeData().html())
    title, groups, heads, hangzhou = grid.rows[:4]
    assert title[0][2] == "2019年浙江省各设区市专利权质押登记情况"
    assert [text for _, _, text in groups] == ["设区市", "担保债权额（万元）", "登记件数（件）"]
    assert groups[1][1]["colspan"] == "2"
    assert [text for _, _, text in heads] == ["本期", "同比", "本期"]
    assert [text for _, _, text in hangzhou] == ["杭州市", "3,996.00", "299.6%", "3"]
    assert hangzhou[0][1] == {"style": "mso-number-format:'\\@'"}
    assert all(attrs["style"] == "text-align:right" for _, attrs, _ in hangzhou[1:])
    assert (hangzhou[2][1]["sdval"], hangzhou[2][1]["sdnum"]) == ("2.996", "1033;0;0.0%")
    assert [text for _, _, text in grid.rows[14]] == ["合计", "6,084.00", "305.6%", "7"]
    assert any("待补" in row[0][2] for row in grid.rows[15:])
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[3] == "杭州市\t3,996.00\t299.6%\t3"


def test_that_a_selection_is_copied_alone(page: StatisticsPage) -> None:
    pick(page, AMOUNT, GROWN, CASES)
    made, flags = values(page), QItemSelectionModel.SelectionFlag
    for name in ("杭州市", "宁波市"):
        view(page).selectionModel().select(made.index(*place(page, name, CASES)), flags.Select)
    press(page, "copy")
    assert QGuiApplication.clipboard().text() == "登记件数（件）\n本期\n3\n1"
    assert "选中的部分" in page.banner.text
    QTest.keyClick(view(page), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3\n1"


def test_that_nothing_selected_copies_the_whole(page: StatisticsPage) -> None:
    view(page).clearSelection()
    QTest.keyClick(view(page), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("2019年浙江省各设区市")


def test_that_the_workbook_has_the_chosen_table_with_exact_values(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(page, AMOUNT, GROWN, MORE, CASES, RATE)
    target = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: target)
    press(page, "export")
    assert page.desk.jobs.wait_idle(60_000)
    sheet = load_workbook(target)["自选表"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=16)]
    assert lines[0][0] == "2019年浙江省各设区市专利权质押登记情况"
    assert lines[2][:2] == ["设区市", "担保债权额（万元）"]
    assert lines[3][1:6] == ["本期", "同比", "增减量", "本期", "同比"]
    hangzhou = lines[4]
    assert hangzhou[:3] == ["杭州市", 3996, pytest.approx(2.996)]
    assert hangzhou[3:5] == [2996, 3]
    assert lines[6][:3] == ["温州市", "[不详]", "—"]
    ningbo = next(line for line in lines if line[0] == "宁波市")
    assert ningbo[1] == pytest.approx(2000 + 1e-6, abs=1e-9)
    total = next(line for line in lines if line[0] == "合计")
    assert total[4] == 7


def test_that_the_workbook_has_the_crossed_table_too(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cross(page, "city", "month", "registrations")
    target = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: target)
    press(page, "export")
    assert page.desk.jobs.wait_idle(60_000)
    sheet = load_workbook(target)["自选表"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=16)]
    assert lines[2][0] == "设区市"
    assert lines[2][-1] == "合计"
    assert lines[4][0] == "杭州市"
    months = [number for number in lines[4][1:-1] if isinstance(number, int)]
    assert (len(months), sum(months), lines[4][-1]) == (12, 3, 3)
