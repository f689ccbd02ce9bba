"""Actions and their buttons, the navigation, the page and its bar."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.saved_views import save_view
from ipfinance.ui.actions import (
    SEPARATOR,
    ActionSpec,
    MenuSpec,
    build_actions,
    build_menus,
    fill_menus,
)
from ipfinance.ui.changes import Changes
from ipfinance.ui.desk import Desk
from ipfinance.ui.roles import Tone
from ipfinance.ui.undoing import Undoing
from ipfinance.ui.widgets.button import ActionButton, Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.key_figure import KeyFigure
from ipfinance.ui.widgets.label import ElidedLabel
from ipfinance.ui.widgets.navigation import Navigation
from ipfinance.ui.widgets.page import Page, StickyBar
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard

SPECS = (
    ActionSpec("import", "导入台账(&I)…", "on_import", "Ctrl+I", "import", "读取各市台账"),
    ActionSpec("add", "新增登记(&N)", "on_add", "Ctrl+N, F2", "add", short="新增"),
)


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def on_import(self) -> None:
        self.done.append("import")

    def on_add(self) -> None:
        self.done.append("add")


def test_that_menu_keys_and_button_are_one_action(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    actions = build_actions(window, SPECS)
    specs = (MenuSpec("文件(&F)", ("import", SEPARATOR, "add")),)
    menus = build_menus(window, specs)
    fill_menus(menus, specs, actions)
    assert actions["import"].icon().isNull()  # drawn as the menu opens
    menus["文件(&F)"].popup(QPoint())
    assert not actions["import"].icon().isNull()
    menus["文件(&F)"].close()
    one = ActionButton(actions["import"], Kind.PRIMARY)
    window.setCentralWidget(one)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    one.click()
    menus["文件(&F)"].actions()[2].trigger()
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert window.done == ["import", "add", "add"]
    assert one.text() == "导入台账"
    assert one.toolTip() == "读取各市台账（Ctrl+I）"
    assert actions["add"].toolTip() == "新增（Ctrl+N）"
    actions["import"].setEnabled(False)
    assert not one.isEnabled()
    actions["import"].setVisible(False)
    assert one.isHidden()
    actions["import"].setVisible(True)
    assert not one.isHidden()


def test_that_two_actions_cannot_share_an_id(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    with pytest.raises(ValueError, match="import"):
        build_actions(window, (*SPECS, SPECS[0]))


def test_that_an_ampersand_in_a_name_marks_no_key_of_undo(desk: Desk, store: Store) -> None:
    save_view(store, "ledger", "研发&设计", {})
    undo, redo = QAction(), QAction()
    Undoing(desk, undo, redo, undo).refresh()
    assert undo.text() == "撤销(&U)：保存视图：研发&&设计"
    assert (redo.text(), redo.isEnabled()) == ("重做(&R)", False)


def test_that_changes_are_told_once_each() -> None:
    changes = Changes()
    told: list[str] = []
    changes.written.connect(told.append)
    changes.tell("pledges", "enterprises", "pledges")
    assert told == ["pledges", "enterprises"]


def test_that_the_navigation_is_walked_by_keys_and_set_silently(qtbot: QtBot) -> None:
    navigation = Navigation("质押登记统计")
    qtbot.addWidget(navigation)
    for key, text in (("entry", "登记录入"), ("ledger", "登记台账"), ("chart", "图表")):
        navigation.add(key, text, key)
    navigation.set_foot("数据文件：2025.db", "版本 0.1.0")
    navigation.set_badge("ledger", "12")
    chosen: list[str] = []
    navigation.chosen.connect(chosen.append)
    navigation.set_current("entry")
    assert navigation.current() == "entry"
    assert chosen == []
    with qtbot.waitExposed(navigation):
        navigation.show()
    pages = navigation.findChild(QListWidget, "navigation")
    assert isinstance(pages, QListWidget)
    QTest.keyClick(pages, Qt.Key.Key_Down)
    assert chosen == ["ledger"]
    assert pages.item(1).data(Qt.ItemDataRole.AccessibleTextRole) == "登记台账，12 项待办"
    navigation.grab()


@pytest.mark.parametrize("scrolls", [False, True])
def test_that_a_page_has_title_body_and_bar(qtbot: QtBot, scrolls: bool) -> None:
    page = Page("登记录入", scrolls=scrolls)
    qtbot.addWidget(page)
    page.set_subtitle("新增专利权质押登记")
    page.add_button(button("从模板带入", "copy"))
    page.body.addWidget(Card("登记信息"))
    page.set_bar(StickyBar("Ctrl+S 保存", button("取消"), button("保存", "check", Kind.PRIMARY)))
    page.resize(1000, 600)
    with qtbot.waitExposed(page):
        page.show()
    assert page.title == page.accessibleName() == "登记录入"
    assert page.banner.isHidden()
    page.banner.say(Tone.WARNING, "另有 3 件金额待补。")
    assert page.banner.isVisible()
    page.refresh()


def test_that_a_key_figure_opens_by_mouse_and_keys_when_it_may(qtbot: QtBot) -> None:
    figure = KeyFigure("担保债权额", "1,345,009.60", "万元", "同比 +8.1%")
    qtbot.addWidget(figure)
    spy = QSignalSpy(figure.clicked)
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    QTest.keyClick(figure, Qt.Key.Key_Return)
    assert spy.count() == 0
    figure.set_clickable()
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    QTest.keyClick(figure, Qt.Key.Key_Space)
    assert spy.count() == 2
    figure.set_figure("2", "件", "首次登记 1 家")
    assert figure.accessibleName() == "担保债权额 2 件"


def test_that_a_long_line_is_elided_and_whole_in_its_tooltip(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = ElidedLabel("中国工商银行股份有限公司杭州分行营业部", "hint", window)
    line.resize(60, 20)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: line.toolTip() == line.text())
    line.resize(600, 20)
    qtbot.waitUntil(lambda: line.toolTip() == "")
    assert isinstance(line, QLabel)


def test_that_everything_that_takes_the_focus_has_a_name(qtbot: QtBot) -> None:
    page = Page("登记台账")
    qtbot.addWidget(page)
    table = DataTable("names")
    card = TableCard(table)
    card.add_columns_button()
    page.body.addWidget(card)
    page.banner.say(Tone.DANGER, "有 1 处需要修正：", [("uscc", "统一社会信用代码")])
    day = DateEdit()
    for widget in (
        SearchEdit("搜索登记号"),
        ComboBox([("全部类型", None)], name="类型"),
        day,
        button("重置", "", Kind.QUIET),
        FieldBox("阈值", QLineEdit()),
    ):
        card.tools.addWidget(widget)
    day.open_calendar()
    for one in page.findChildren(QWidget):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or one.focusProxy() is not None:
            continue
        if one.objectName().startswith("qt_"):
            continue  # inside Qt's own calendar
        spoken = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        assert spoken, one


def test_that_a_search_without_the_room_for_its_hint_says_that_it_is_a_search(
    qtbot: QtBot,
) -> None:
    hint = "登记号、出质人、质权人、专利号"
    search = SearchEdit(hint)
    qtbot.addWidget(search)
    search.show()
    search.resize(400, 34)
    assert search.placeholderText() == hint
    search.resize(120, 34)
    assert search.placeholderText() == "搜索"
    assert hint in (search.toolTip(), search.accessibleName())
    search.resize(400, 34)
    assert search.placeholderText() == hint
