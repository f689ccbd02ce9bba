"""Tables: what is copied, what is remembered, how they sort, and that their models behave."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Role, Tone
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.table import COPY_LIMIT, DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_delegate import elision
from ipfinance.ui.widgets.table_header import TableHeader
from ipfinance.ui.widgets.table_place import TablePlace


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    city: str
    amount_fen: int | None
    state: str = "有效"
    total: bool = False


COLUMNS: tuple[Column[Line], ...] = (
    Column("code", "登记号", lambda line: line.code, width=120, stretch=1, least=90),
    Column("city", "设区市", lambda line: line.city, soft=True, tip=lambda line: "按登记日"),
    Column(
        "amount",
        "债权额（万元）",
        lambda line: "" if line.amount_fen is None else f"{line.amount_fen / 1e6:,.2f}",
        sort=lambda line: line.amount_fen,
        number=True,
        group="担保",
        link=lambda line: True,
    ),
    Column("count", "件数", lambda line: "3", number=True, group="担保"),
    Column(
        "state",
        "状态",
        lambda line: line.state,
        pill=lambda line: Tone.OK if line.state == "有效" else Tone.NEUTRAL,
        fault=lambda line: Tone.DANGER if line.city == "" else None,
    ),
    Column("note", "备注", lambda line: "=1+1", hidden=True),
)
LINES = (
    Line("Y2019330000123", "杭州市", 500_000_000),
    Line("003301", "宁波市", 3_000_000_000),  # beyond 2³¹
    Line("=1+1", "温州市", None),
    Line("91330100MA2XXXXX5T", "", 2_147_000_000, "已注销"),
    Line("合计", "", 5_647_000_000, "", total=True),
)


@pytest.fixture
def model() -> RowsModel[Line]:
    made = RowsModel(COLUMNS, is_total=lambda line: line.total)
    made.set_rows(LINES)
    return made


@pytest.fixture
def table(qtbot: QtBot, model: RowsModel[Line]) -> DataTable:
    return shown(qtbot, model)


def shown(qtbot: QtBot, model: RowsModel[Line], key: str = "ledger", width: int = 900) -> DataTable:
    table = DataTable(key)
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(width, 400)
    with qtbot.waitExposed(table):
        table.show()
    return table


def test_that_the_model_behaves(qtmodeltester: Any, model: RowsModel[Line]) -> None:
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)


def test_that_the_model_behaves_while_it_changes(
    qtmodeltester: Any, model: RowsModel[Line]
) -> None:
    qtmodeltester.check(model)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.set_rows(LINES[:2])
    model.set_rows((), COLUMNS[:2])
    model.set_rows(LINES)


def test_that_a_total_that_stands_above_stays_there(model: RowsModel[Line]) -> None:
    total, *others = reversed(model.rows)
    model.set_rows([total, *others])
    for order in Qt.SortOrder:
        model.sort(1, order)
        assert [line.total for line in model.rows] == [True] + [False] * len(others)


def test_that_amounts_beyond_two_to_the_31_sort_and_totals_stay_below(
    model: RowsModel[Line],
) -> None:
    model.sort(2, Qt.SortOrder.AscendingOrder)
    codes = [line.code for line in model.rows]
    assert codes == ["Y2019330000123", "91330100MA2XXXXX5T", "003301", "=1+1", "合计"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    codes = [line.code for line in model.rows]
    assert codes == ["003301", "91330100MA2XXXXX5T", "Y2019330000123", "=1+1", "合计"]
    model.set_rows(LINES)
    assert model.rows[0].code == "003301"  # new rows come in the order asked for last


def test_that_the_selection_follows_its_row_when_sorted(
    table: DataTable, model: RowsModel[Line]
) -> None:
    table.selectRow(1)
    table.sort_by("amount", Qt.SortOrder.AscendingOrder)
    assert [line.code for line in table.chosen() if isinstance(line, Line)] == ["003301"]
    assert table.header.words(2) == "债权额（万元） ↑"
    with pytest.raises(KeyError):
        table.sort_by("nonsense")


def test_that_a_click_on_the_header_sorts_up_then_down(qtbot: QtBot, table: DataTable) -> None:
    place = QPoint(table.header.sectionViewportPosition(0) + 20, table.header.height() // 2)
    for arrow in ("↑", "↓", "↑"):
        QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert table.header.words(0) == f"登记号 {arrow}"
    table.set_sortable(False)
    QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.header.words(0) == "登记号 ↑"


def test_that_copied_rows_are_tabs_for_text_and_codes_stay_text_for_excel(
    qtbot: QtBot, table: DataTable
) -> None:
    table.selectRow(0)
    table.selectionModel().select(
        table.model().index(2, 0),
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
    )
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Y2019330000123\t杭州市\t500.00\t3\t有效\n=1+1\t温州市\t\t3\t有效"
    text_cell = "<td style=\"mso-number-format:'\\@'\">"
    assert f"{text_cell}=1+1</td>" in data.html()
    assert '<td style="text-align:right">500.00</td>' in data.html()


def test_that_copying_keeps_to_the_columns_shown_and_may_take_the_headers(
    qtbot: QtBot, table: DataTable
) -> None:
    table.columns.set_shown(1, False)
    table.header.moveSection(table.header.visualIndex(4), 0)
    table.selectRow(1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == (
        "状态\t登记号\t债权额（万元）\t件数\n有效\t003301\t3,000.00\t3"
    )


def test_that_single_cells_are_copied_from_a_table_of_figures(
    qtbot: QtBot, model: RowsModel[Line]
) -> None:
    table = DataTable("figures", cells=True)
    qtbot.addWidget(table)
    table.setModel(model)
    table.setCurrentIndex(model.index(0, 2))
    table.copy()
    assert QGuiApplication.clipboard().text() == "500.00"


def test_that_too_many_rows_are_not_copied(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(replace(LINES[0], code=str(at)) for at in range(COPY_LIMIT + 1))
    table = shown(qtbot, model)
    QGuiApplication.clipboard().setText("原来的")
    table.selectAll()
    with qtbot.waitSignal(table.too_many_to_copy) as signal:
        table.copy()
    assert signal.args == [COPY_LIMIT + 1]
    assert QGuiApplication.clipboard().text() == "原来的"
    assert table.chosen_count() == COPY_LIMIT + 1
    assert table.chosen_ranges() == [(0, COPY_LIMIT)]


def test_that_columns_are_remembered_by_name(qtbot: QtBot, model: RowsModel[Line]) -> None:
    first = shown(qtbot, model)
    first.header.resizeSection(1, 177)
    first.header.moveSection(first.header.visualIndex(4), 0)
    first.columns.set_shown(3, False)
    first.columns.set_shown(5, True)
    first.close()

    again = shown(qtbot, model)
    assert again.columnWidth(1) == 177
    assert again.header.visualIndex(4) == 0
    assert again.isColumnHidden(3)
    assert not again.isColumnHidden(5)

    # A newer program brings a column in the middle: all else is where it was.
    newer: Column[Line] = Column("kind", "类型", lambda line: "专利")
    more = RowsModel((*COLUMNS[:2], newer, *COLUMNS[2:]))
    more.set_rows(LINES)
    later = shown(qtbot, more)
    assert later.columnWidth(1) == 177
    assert later.header.visualIndex(5) == 0
    assert not later.isColumnHidden(2)
    assert later.isColumnHidden(4)

    again.columns.reset()
    assert again.header.visualIndex(4) == 4
    assert not again.isColumnHidden(3)
    assert again.isColumnHidden(5)
    assert not QSettings().contains("tables/ledger")


def click_header(table: DataTable, column: int) -> None:
    header = table.header
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() - 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_what_a_person_sorted_by_is_remembered(qtbot: QtBot, model: RowsModel[Line]) -> None:
    first = shown(qtbot, model)
    first.sort_by("code")
    assert first.header.sorted_by == (0, Qt.SortOrder.AscendingOrder)
    click_header(first, 2)
    click_header(first, 2)
    first.header.resizeSection(1, 177)  # is kept beside it
    first.close()

    fresh = RowsModel(COLUMNS, is_total=lambda line: line.total)
    again = shown(qtbot, fresh)
    again.sort_by("code")
    fresh.set_rows(LINES)
    assert again.header.sorted_by == (2, Qt.SortOrder.DescendingOrder)
    assert again.columnWidth(1) == 177
    assert fresh.rows[0].code == "003301"

    again.columns.reset()
    assert again.header.sorted_by == (0, Qt.SortOrder.AscendingOrder)
    assert fresh.rows[0].code == "003301"
    assert fresh.rows[1].code == "91330100MA2XXXXX5T"


def test_that_a_table_without_a_usual_order_forgets_what_it_was_sorted_by(
    qtbot: QtBot, model: RowsModel[Line]
) -> None:
    first = shown(qtbot, model)
    click_header(first, 2)
    assert shown(qtbot, model).header.sorted_by is None
    assert not QSettings().contains("tables/ledger")


def test_that_chinese_words_are_sorted_by_pinyin(model: RowsModel[Line]) -> None:
    cities = ("衢州市", "温州市", "杭州市", "丽水市", "台州市")
    model.set_rows(replace(LINES[0], city=city) for city in cities)
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [line.city[:2] for line in model.rows] == ["杭州", "丽水", "衢州", "台州", "温州"]


def test_that_place_and_choice_stay_when_rows_are_read_anew(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, number=lambda line: line.code)
    lines = [replace(LINES[0], code=f"{at:03}") for at in range(60)]
    model.set_rows(lines)
    table = shown(qtbot, model)
    place = TablePlace(table, model)
    table.selectRow(40)
    table.setCurrentIndex(model.index(40, 0))
    top = table.verticalScrollBar().value()
    assert top > 0
    changed = [replace(line, amount_fen=7) for line in lines[:10] + lines[11:]]
    model.set_rows(changed)
    place.restore()
    assert [model.rows[at].code for at in table.chosen_rows()] == ["040"]
    assert table.verticalScrollBar().value() == top


def test_that_spoilt_settings_do_no_harm(qtbot: QtBot, model: RowsModel[Line]) -> None:
    for spoilt in (
        *("{", "[1]", '"x"', '{"order": ["nonsense"], "widths": {"nonsense": 3}}'),
        *('{"sorted": 1}', '{"sorted": ["nonsense", true]}', '{"sorted": ["code", "up"]}'),
    ):
        QSettings().setValue("tables/ledger", spoilt)
        table = shown(qtbot, model)
        table.sort_by("code")
        assert table.header.sorted_by == (0, Qt.SortOrder.AscendingOrder)
        assert table.header.visualIndex(0) == 0
        assert table.isColumnHidden(5)


def test_that_an_english_unit_stands_below_its_head_and_takes_no_room_beside_it(
    qtbot: QtBot,
) -> None:
    def header(*titles: str, group: str = "") -> TableHeader:
        columns: list[Column[Line]] = [
            Column(title, title, lambda line: "", group=group) for title in titles
        ]
        table = DataTable("units")
        qtbot.addWidget(table)
        table.setModel(RowsModel(columns, table))
        table.grab()
        return table.header

    amount, unit, long = "Amount", "(CNY 10,000)", "Amount CNY 10,000"
    widths = [header(amount, f"{amount} {unit}", long).needed_width(at) for at in range(3)]
    assert widths[0] < widths[1] < widths[2]
    # Where a heading stands above, there is no second line.
    grouped = header(f"{amount} {unit}", group="担保")
    assert grouped.needed_width(0) > widths[1]


def test_that_the_room_is_filled_and_never_overflows_without_need(
    qtbot: QtBot, table: DataTable
) -> None:
    for width in (900, 1200, 800):
        table.resize(width, 400)
        assert table.header.length() == table.viewport().width()
    table.resize(300, 400)
    assert table.header.length() > table.viewport().width()
    assert table.columnWidth(0) == COLUMNS[0].width
    assert all(
        table.columnWidth(column) >= table.header.needed_width(column) for column in range(5)
    )


def test_that_names_give_way_where_a_table_is_a_little_too_wide(
    qtbot: QtBot, table: DataTable
) -> None:
    table.resize(300, 400)
    meant = table.header.length()
    others = [table.columnWidth(column) for column in range(1, 5)]
    around = table.width() - table.viewport().width()
    table.resize(meant - 20 + around, 400)
    assert table.header.length() == table.viewport().width()
    assert table.columnWidth(0) == COLUMNS[0].width - 20
    assert [table.columnWidth(column) for column in range(1, 5)] == others
    table.resize(meant - 40 + around, 400)  # more than it may give: scrolled as it is
    assert table.columnWidth(0) == COLUMNS[0].width


def test_that_the_last_column_cannot_be_hidden(table: DataTable) -> None:
    for column in range(6):
        table.columns.set_shown(column, False)
    assert table.header.count() - table.header.hiddenSectionCount() == 1


def test_that_the_columns_menu_shows_and_hides(table: DataTable) -> None:
    menu = table.columns_menu()
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions()]
    assert titles[:3] == ["登记号", "设区市", "担保 · 债权额（万元）"]
    menu.actions()[1].trigger()
    assert table.isColumnHidden(1)
    menu.actions()[-1].trigger()
    assert not table.isColumnHidden(1)


def test_that_the_menu_key_offers_the_columns(table: DataTable) -> None:
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(50, 50))
    QApplication.sendEvent(table.viewport(), asked)
    menu = table.columns_menu()
    assert menu.isVisible()
    assert [action.text() for action in menu.actions()][:2] == ["登记号", "设区市"]
    menu.close()


def test_that_groups_stand_over_their_columns(table: DataTable) -> None:
    assert table.header.grouped
    runs = table.header._runs()
    assert [run[0] for run in runs] == ["担保"]
    left = table.header.sectionViewportPosition(2)
    right = table.header.sectionViewportPosition(3) + table.columnWidth(3)
    assert runs[0][1:] == (left, right)


def test_that_enter_and_a_double_click_open_a_row(qtbot: QtBot, table: DataTable) -> None:
    spy = QSignalSpy(table.opened)
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    opened = [spy.at(at)[0] for at in range(spy.count())]
    assert [(index.row(), index.column()) for index in opened] == [(1, 0), (2, 1)]
    assert table.current() == LINES[2]


def test_that_the_number_of_rows_chosen_is_told(qtbot: QtBot, table: DataTable) -> None:
    told: list[int] = []
    table.chosen_changed.connect(told.append)
    table.selectRow(0)
    table.selectAll()
    table.clearSelection()
    assert told == [1, 5, 0]
    assert table.current() == LINES[0]


def test_that_every_state_of_a_row_is_painted(
    qtbot: QtBot, table: DataTable, model: RowsModel[Line]
) -> None:
    def at(row: int, x: int = 3) -> str:
        image = table.viewport().grab().toImage()
        return image.pixelColor(x, table.rowViewportPosition(row) + 5).name()

    plain, zebra, total = at(0), at(1), at(4)
    assert len({plain, zebra, total}) == 3
    table.selectRow(0)
    assert at(0, x=8) not in {plain, zebra, total}
    before = at(1)
    QTest.mouseMove(table.viewport(), table.visualRect(model.index(1, 2)).center())
    assert table.hovered.row() == 1
    assert at(1) != before
    assert table.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    fault = table.visualRect(model.index(3, 4)).left() + 2
    assert at(3, fault) != at(2, fault)


def test_that_a_model_with_other_columns_is_laid_out_anew(
    qtbot: QtBot, table: DataTable, model: RowsModel[Line]
) -> None:
    model.set_rows(LINES, COLUMNS[:2])
    assert table.header.count() == 2
    assert table.header.length() == table.viewport().width()
    model.set_rows(LINES, COLUMNS)
    assert table.isColumnHidden(5)
    assert table.header.length() == table.viewport().width()


def test_that_tab_leaves_the_table(qtbot: QtBot, table: DataTable) -> None:
    assert not table.tabKeyNavigation()
    behaviour = table.selectionBehavior()
    assert behaviour == QAbstractItemView.SelectionBehavior.SelectRows
    assert model_roles_are_words(table.model().index(0, 0))


def model_roles_are_words(index: QModelIndex) -> bool:
    return isinstance(index.data(Qt.ItemDataRole.DisplayRole), str) and isinstance(
        index.data(Role.ROW), Line
    )


def test_that_a_table_card_shows_its_empty_state(qtbot: QtBot, model: RowsModel[Line]) -> None:
    table = DataTable("card")
    table.setModel(model)
    card = TableCard(table)
    qtbot.addWidget(card)
    add = button("新增登记", "add")
    empty = EmptyState("ledger", "还没有登记", "导入台账，或新增一条登记。", add)
    card.set_empty_state(empty)
    card.add_columns_button()
    card.footer.set_count("共 5 条", "已选 1 条")
    card.footer.set_sum("担保债权额合计", "5,647.00 万元")
    with qtbot.waitExposed(card):
        card.show()
    assert table.isVisible()
    card.show_empty(True)
    assert empty.isVisible()
    assert not table.isVisible()
    card.show_empty(False)
    assert table.isVisible()


def test_that_only_numbers_are_cut_in_their_middle() -> None:
    for number in ("Y2019330000123", "示例商质〔2019〕第00021号"):
        assert elision(number) is Qt.TextElideMode.ElideMiddle
    for words in ("杭州示例有限公司", "浙江省 2019, patents: Registrations should be 787"):
        assert elision(words) is Qt.TextElideMode.ElideRight
