"""统计报表: a clerk chooses the columns, and asks of any figure."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.references import add
from ipfinance.db.saved_views import save_view
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.statistics.chosen import COLUMNS, Pick
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.dialogs.figure_choice import FigureChoiceDialog
from ipfinance.ui.models.statistics_view import PAGE, STANDARD, StatisticsView
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.search_edit import SearchEdit
from tests import make
from tests.ui.figures_data import Heard, child, found
from tests.ui.statistics.hands import (
    AMOUNT,
    CASES,
    GROWN,
    MORE,
    RATE,
    STOCK,
    choose,
    menu_words,
    model,
    pick,
    place,
    press,
    press_in,
    stand_on,
    text,
    values,
    view,
    words,
)


def answer_choice(monkeypatch: pytest.MonkeyPatch, *picks: Pick) -> None:
    monkeypatch.setattr(FigureChoiceDialog, "choose", lambda *_: picks)


def test_that_chosen_columns_stand_in_the_table_with_their_values(
    page: StatisticsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_choice(monkeypatch, AMOUNT, GROWN, MORE, CASES, RATE, STOCK)
    press(page, "choose")
    assert page.desk.jobs.wait_idle()
    # 杭州 333 × (1 + 3 + 8) = 3,996 万元 after 1,000; its one stock of 2018 is still there.
    assert text(page, "杭州市", AMOUNT) == "3,996.00"
    assert text(page, "杭州市", GROWN) == "▲ 299.6%"
    assert text(page, "杭州市", MORE) == "+2,996.00"
    assert text(page, "杭州市", STOCK) == "4"
    assert text(page, "温州市", AMOUNT) == "[不详]"
    assert text(page, "湖州市", AMOUNT) == "* 88.00"
    assert text(page, "合计", CASES) == "7"
    assert text(page, "嘉兴市", GROWN) == "—"


def test_that_the_standard_columns_bring_the_standard_table_back(page: StatisticsPage) -> None:
    pick(page, CASES)
    assert values(page).rows
    pick(page, *STANDARD)
    assert model(page).rows


def test_that_the_whole_area_lists_the_chosen_indicators(page: StatisticsPage) -> None:
    pick(page, AMOUNT, GROWN, CASES)
    choose(page, "by", "none")
    made = values(page)
    assert [line.name for line in made.rows] == ["担保债权额", "登记件数"]
    assert text(page, "担保债权额", "level") == "* 6,084.00"
    assert text(page, "登记件数", "level") == "7"
    assert text(page, "登记件数", "yoy") == ""  # was not chosen of it


@pytest.mark.parametrize("by", ["city", "county", "year", "month", "none"])
def test_that_the_chosen_table_is_a_sound_model(
    page: StatisticsPage, qtmodeltester: ModelTester, by: str
) -> None:
    pick(page, AMOUNT, GROWN, CASES, RATE)
    choose(page, "by", by)
    qtmodeltester.check(values(page))
    qtmodeltester.check(values(page), force_py=True)


def test_that_every_figure_opens_its_registrations_the_total_too(
    page: StatisticsPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    pick(page, AMOUNT, GROWN, CASES)
    for name, count in (("杭州市", 3), ("宁波市", 1), ("合计", 7)):
        stand_on(page, name, CASES)
        assert words(page, "behind") == f"背后 {count} 件登记，按 Enter 打开"
        QTest.keyClick(view(page), Qt.Key.Key_Return)
        wanted, title = heard.last
        assert isinstance(wanted, Filter)
        assert found(store, wanted)[0] == count
        assert str(title).endswith(f"登记件数 {count}")
    assert len(heard.said) == 3


def test_that_what_stands_at_the_end_opens_what_is_counted(
    page: StatisticsPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    pick(page, STOCK)
    stand_on(page, "杭州市", STOCK)
    assert words(page, "behind") == "背后 4 件登记，按 Enter 打开"
    QTest.keyClick(view(page), Qt.Key.Key_Return)
    wanted = heard.last[0]
    assert isinstance(wanted, Filter)
    assert found(store, wanted)[0] == 4  # one of them registered in 2018


def test_that_rule_base_and_period_of_the_current_figure_are_told(page: StatisticsPage) -> None:
    pick(page, AMOUNT, GROWN, MORE)
    stand_on(page, "杭州市", GROWN)
    assert words(page, "rule_name") == "担保债权额 同比"
    assert "除以上年数" in words(page, "rule")
    assert words(page, "facts") == "杭州市 · 2019年 · 299.6%；上年同期 10,000,000.00 元"
    stand_on(page, "嘉兴市", GROWN)
    assert "上年同期为零（2018年）" in words(page, "facts")
    stand_on(page, "湖州市", AMOUNT)
    assert "另有 1 件金额待补" in words(page, "facts")


def test_that_an_outside_figure_that_entered_is_named_and_a_missing_one_told(
    page: StatisticsPage, store: Store
) -> None:
    one = Pick("registrations", Comparison.SHARE_OF_NATION)
    choose(page, "kind", KindChoice.ALL.value)
    pick(page, CASES, one)
    assert one.key not in [column.key for column in values(page)._columns]
    assert "没有列出登记件数占全国：没有2019年的全国数据" in words(page, "notes")
    nation = ReferenceFigure(
        *("100000", "全国", date(2019, 1, 1), date(2019, 12, 31), "all"),
        *("registrations", Decimal(80), "件", "全国年报"),
    )
    add(store, [nation])
    page.refresh()
    assert page.desk.jobs.wait_idle()
    assert text(page, "合计", one) == "10.0%"
    stand_on(page, "合计", one)
    assert "用到外部数据：" in words(page, "facts")
    assert "全国年报" in words(page, "facts")


def test_that_the_standard_table_tells_base_and_count_too(page: StatisticsPage) -> None:
    made = model(page)
    keys = [one.key for one in made._columns]
    view(page).setCurrentIndex(made.index(0, keys.index("secured_amount_growth")))
    assert page.desk.jobs.wait_idle()
    assert words(page, "facts").startswith("杭州市 · 2019年 · 上年同期（2018年）1,000.00 万元")
    assert words(page, "behind") == "背后 3 件登记，按 Enter 打开"


@pytest.fixture
def dialog(qtbot: QtBot) -> FigureChoiceDialog:
    made = FigureChoiceDialog((AMOUNT, GROWN), STANDARD)
    qtbot.addWidget(made)
    made.show()
    return made


def tree(dialog: FigureChoiceDialog) -> QTreeWidget:
    made = child(dialog, "indicators")
    assert isinstance(made, QTreeWidget)
    return made


def items(dialog: FigureChoiceDialog) -> dict[str, QTreeWidgetItem]:
    return {
        item.text(0): item
        for item in tree(dialog).findItems(
            "", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        )
    }


def test_that_what_is_shown_is_ticked_and_the_space_bar_ticks_more(
    dialog: FigureChoiceDialog,
) -> None:
    assert dialog.picks() == (AMOUNT, GROWN)
    QTest.keyClick(tree(dialog), Qt.Key.Key_Space)  # the first indicator is current
    assert dialog.picks() == (CASES, AMOUNT, GROWN)
    count = child(dialog, "count")
    assert isinstance(count, QLabel)
    assert count.text() == "已选 3 列"


def test_that_indicators_are_found_by_their_name(dialog: FigureChoiceDialog, qtbot: QtBot) -> None:
    search = child(dialog, "search")
    assert isinstance(search, SearchEdit)
    search.setText("在押")
    QTest.keyClick(search, Qt.Key.Key_Return)
    shown_ones = {name for name, item in items(dialog).items() if not item.isHidden()}
    assert shown_ones == {"在押和到期", "在押件数（件）", "在押金额（万元）"}
    assert dialog.picks() == (AMOUNT, GROWN)  # what is out of sight stays ticked


def test_that_a_comparison_without_meaning_cannot_be_ticked(dialog: FigureChoiceDialog) -> None:
    rate = items(dialog)["普惠率（%）"]
    header = [tree(dialog).headerItem().text(at) for at in range(tree(dialog).columnCount())]
    assert rate.data(header.index("占全省"), Qt.ItemDataRole.CheckStateRole) is None
    assert rate.data(header.index("同比"), Qt.ItemDataRole.CheckStateRole) is not None


def test_that_nothing_ticked_is_not_accepted(dialog: FigureChoiceDialog) -> None:
    dialog._tick(())
    press_in(dialog, "accept")
    assert dialog.isVisible()
    count = child(dialog, "count")
    assert isinstance(count, QLabel)
    assert "至少" in count.text()
    press_in(dialog, "standard")
    assert set(dialog.picks()) == set(STANDARD)
    press_in(dialog, "accept")
    assert not dialog.isVisible()


def test_that_order_and_width_of_columns_outlive_another_choice(page: StatisticsPage) -> None:
    pick(page, AMOUNT, CASES, MORE)
    header = view(page).header
    header.moveSection(header.visualIndex(place(page, "合计", CASES)[1]), 1)
    header.resizeSection(place(page, "合计", CASES)[1], 211)
    pick(page, AMOUNT, GROWN)
    pick(page, AMOUNT, CASES, MORE)
    at = place(page, "合计", CASES)[1]
    assert header.visualIndex(at) == 1
    assert header.sectionSize(at) == 211


def test_that_a_column_chosen_again_is_not_hidden(page: StatisticsPage) -> None:
    pick(page, AMOUNT, CASES)
    view(page).columns.set_shown(place(page, "合计", CASES)[1], False)
    pick(page, AMOUNT, CASES, MORE)
    assert not view(page).isColumnHidden(place(page, "合计", CASES)[1])


def test_that_an_empty_period_has_no_chosen_table_either(page: StatisticsPage) -> None:
    pick(page, AMOUNT, CASES)
    page.show_period(Period.year(2012))
    assert page.desk.jobs.wait_idle()
    assert page.table is None
    assert child(page, "elsewhere").isVisible()


def test_that_the_store_of_a_kept_view_is_read_by_the_page(
    page: StatisticsPage, store: Store
) -> None:
    make.stored(store, make.pledge(registered_on=date(2019, 5, 5), secured_amount_fen=4 * WAN))
    kept = StatisticsView(KindChoice.PATENT, Group.CITY, (CASES,))
    save_view(store, PAGE, "来自别处", kept.content())
    assert "来自别处" in menu_words(page)


def test_that_what_a_comparison_needs_is_asked_for(dialog: FigureChoiceDialog) -> None:
    def tick(one: Comparison, on: bool = True) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        dialog._items["secured_amount"].setCheckState(1 + [*COLUMNS].index(one), state)

    fields = dialog._given
    assert fields.isHidden()
    tick(Comparison.FIRST_ABOVE)
    tick(Comparison.COMPLETION)
    tick(Comparison.YEARS_GROWING)
    dialog._on_accept()
    assert dialog.result() == QDialog.DialogCode.Rejected
    line = child(dialog, "secured_amount_first_above")
    assert isinstance(line, QLineEdit)
    box = line.parentWidget()
    assert isinstance(box, FieldBox)
    assert "没有写整数" in box.fault
    line.setText("100")
    dialog._on_accept()
    assert "没有单位" in box.fault
    line.setText("100亿元")
    line.textEdited.emit(line.text())
    assert box.fault == ""
    dialog._on_accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    chosen = {pick.comparison: pick.given for pick in dialog.picks()}
    assert chosen[Comparison.FIRST_ABOVE] == 100 * YI
    assert chosen[Comparison.YEARS_GROWING] == 0
    assert chosen[Comparison.COMPLETION] is None  # the target among the outside figures
    tick(Comparison.FIRST_ABOVE, on=False)
    assert Comparison.FIRST_ABOVE not in {pick.comparison for pick in dialog.picks()}
    tick(Comparison.FIRST_ABOVE)
    assert line.text() == "100亿元"


def test_that_a_target_is_cited_from_the_outside_figures(
    page: StatisticsPage, store: Store
) -> None:
    done = Pick("secured_amount", Comparison.COMPLETION)
    first = Pick("secured_amount", Comparison.FIRST_ABOVE, 3000 * WAN)
    figure = ReferenceFigure(
        *("330100", "杭州市", date(2019, 1, 1), date(2019, 12, 31), "patent"),
        *("secured_amount_target", Decimal(7992), "万元", "年度工作要点"),
    )
    add(store, [figure])
    pick(page, AMOUNT, first, done)
    assert text(page, "杭州市", done) == "50.0%"
    assert text(page, "宁波市", done) == "—"
    assert text(page, "杭州市", first) == "是"
    stand_on(page, "宁波市", done)
    assert "外部数据里没有2019年的目标" in words(page, "facts")
    stand_on(page, "杭州市", done)
    assert "完成率：本期数除以目标数。" in words(page, "rule")
    assert "年度工作要点" in words(page, "facts")
    assert "背后 3 件登记" in words(page, "behind")
