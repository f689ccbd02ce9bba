"""Fields of a form: what they show, what they say, and what they understand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.date_edit import DateEdit, read_date
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.search_edit import SearchEdit


def test_that_a_fault_hides_a_warning_and_a_warning_the_hint(qtbot: QtBot) -> None:
    box = FieldBox("担保债权额", QLineEdit(), key="secured_amount", required=True, unit="万元")
    qtbot.addWidget(box)
    box.set_hint("0.5 亿元")
    box.set_warning("与该企业以往相差一万倍")
    assert (box.editor.property("state"), box.message.text()) == (
        "warning",
        "与该企业以往相差一万倍",
    )
    box.set_fault("须大于 0")
    assert (box.editor.property("state"), box.message.text()) == ("fault", "须大于 0")
    assert box.editor.accessibleDescription() == "错误：须大于 0"
    box.set_fault("")
    box.set_warning("")
    assert (box.editor.property("state"), box.message.text()) == ("", "0.5 亿元")
    assert box.editor.accessibleName() == "担保债权额（必填）"
    assert box.label.buddy() is box.editor
    assert box.editor.objectName() == "secured_amount"


def test_that_the_border_shows_the_state(qtbot: QtBot) -> None:
    box = FieldBox("登记号", QLineEdit())
    qtbot.addWidget(box)
    box.resize(300, 80)
    before = box.editor.grab().toImage()
    box.set_fault("与已有登记重复")
    after = box.editor.grab().toImage()
    assert before != after
    box.set_fault("")
    assert box.editor.grab().toImage() == before


def test_that_nothing_jumps_when_a_fault_or_the_focus_comes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    grid = QGridLayout(window)
    editors = [QLineEdit(), DateEdit(), ComboBox([("专利", 1)])]
    boxes = [
        FieldBox("甲", editor, required=not at, unit="万元" if at == 0 else "")
        for at, editor in enumerate(editors)
    ]
    for at, box in enumerate(boxes):
        grid.addWidget(box, 0, at)
    window.resize(900, 200)
    with qtbot.waitExposed(window):
        window.show()
    # Exposed is not laid out yet: the columns of a grid get their room a moment later.
    qtbot.waitUntil(lambda: min(editor.width() for editor in editors) > 200)
    places = [editor.mapTo(window, QPoint(0, 0)).y() for editor in editors]
    sizes = [editor.size() for editor in editors]
    assert len(set(places)) == 1
    assert {size.height() for size in sizes} == {34}
    for editor, box in zip(editors, boxes, strict=True):
        box.set_fault("这里有一句很长的话，" * 8)
        editor.setFocus()
        QApplication.sendPostedEvents()
        assert [one.size() for one in editors] == sizes
        assert [one.mapTo(window, QPoint(0, 0)).y() for one in editors] == places


def test_that_a_link_of_the_banner_leads_to_its_field(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    column = QVBoxLayout(inside)
    boxes = {key: FieldBox(key, QLineEdit(), key=key) for key in map(str, range(30))}
    for box in boxes.values():
        column.addWidget(box)
    area.setWidget(inside)
    area.resize(400, 300)
    with qtbot.waitExposed(area):
        area.show()
    banner = Banner(inside)
    banner.linkActivated.connect(lambda key: boxes[key].go_there())
    banner.say(Tone.DANGER, "有 1 处需要修正：", [("25", "担保<债权>额")])
    banner.linkActivated.emit("25")
    qtbot.waitUntil(lambda: not boxes["25"].visibleRegion().isEmpty())
    assert inside.focusWidget() is boxes["25"].editor
    assert banner.accessibleName() == "有 1 处需要修正：担保<债权>额"
    banner.clear()
    assert banner.isHidden()


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-05",
        "20190305",
        "2019.3.5",
        "2019/3/5",
        "2019年3月5日",
        "2019年3月5",
        " 2019 - 03 - 05 ",
        "２０１９－０３－０５",
        "2019。3。5",
    ],
)
def test_that_a_date_is_read_in_every_form_people_write(text: str) -> None:
    assert read_date(text) == (date(2019, 3, 5), "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019-02-30", "日期不存在：2019年2月没有 30 日"),
        ("2019-13-01", "日期不存在：没有 13 月"),
        ("3-5", "缺少年份，请写成 2019-03-05"),
        ("3月5日", "缺少年份，请写成 2019-03-05"),
        ("19-3-5", "年份请写四位，如 2019-03-05"),
        ("2019-03", "缺少日，请写成 2019-03-05"),
        ("5", "缺少年月，请写成 2019-03-05"),
        ("0305", "不是日期，请写成 2019-03-05"),
        ("三月五日", "不是日期，请写成 2019-03-05"),
        ("2019-3.5", "不是日期，请写成 2019-03-05"),
    ],
)
def test_that_a_date_is_never_guessed(text: str, said: str) -> None:
    assert read_date(text) == (None, said)


def test_that_a_day_alone_belongs_to_the_pinned_month() -> None:
    pinned = date(2019, 2, 14)
    assert read_date("5", pinned) == (date(2019, 2, 5), "")
    assert read_date("28日", pinned) == (date(2019, 2, 28), "")
    assert read_date("29", pinned) == (None, "日期不存在：2019年2月没有 29 日")
    assert read_date("3-5", pinned)[0] is None
    assert read_date("", pinned) == (None, "")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_that_every_date_is_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == (day, "")
    assert read_date(f"{day:%Y%m%d}".zfill(8)) == (day, "")


@given(st.text(max_size=12))
def test_that_no_text_breaks_the_date(text: str) -> None:
    value, fault = read_date(text)
    assert value is None or not fault


def test_that_a_date_field_tidies_up_when_left_and_keeps_what_is_wrong(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    spy = QSignalSpy(edit.value_changed)
    edit.set_context(date(2019, 3, 1))
    _type(edit, "５")
    assert edit.value() == date(2019, 3, 5)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "2019-03-05"
    assert [spy.at(at)[0] for at in range(spy.count())] == [date(2019, 3, 5)]
    edit.clear()
    _type(edit, "3-5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "3-5"
    assert edit.value() is None
    assert edit.fault() == "缺少年份，请写成 2019-03-05"
    edit.set_value(None)
    assert edit.text() == edit.fault() == ""


def test_that_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    edit = DateEdit(window)
    with qtbot.waitExposed(window):
        window.show()
    edit.set_value(date(2019, 3, 5))
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = edit._popup
    assert popup is not None
    assert popup.isVisible()
    assert popup._month.text() == "2019年3月"
    QTest.keyClick(popup._calendar.focusProxy() or popup._calendar, Qt.Key.Key_Right)
    popup._calendar.activated.emit(popup._calendar.selectedDate())
    assert edit.value() == date(2019, 3, 6)
    assert popup.isHidden()


def test_that_a_search_waits_for_a_pause_and_for_the_input_method(qtbot: QtBot) -> None:
    edit = SearchEdit("搜索登记号、出质人")
    qtbot.addWidget(edit)
    heard: list[str] = []
    edit.searched.connect(heard.append)
    QApplication.sendEvent(edit, QInputMethodEvent("hang", []))
    qtbot.wait(300)
    assert heard == []
    _type(edit, "杭")
    _type(edit, "州")
    assert heard == []  # still within the pause
    qtbot.waitUntil(lambda: heard == ["杭州"])
    QApplication.sendEvent(edit, QInputMethodEvent("hai", []))
    QTest.keyClick(edit, Qt.Key.Key_Return)  # accepts the word and does nothing else
    assert heard == ["杭州"]
    _type(edit, "海")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert heard == ["杭州", "杭州海"]
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert heard == ["杭州", "杭州海", ""]
    assert edit.accessibleName() == "搜索登记号、出质人"


def test_that_the_wheel_does_not_change_a_combo_box(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    combo = ComboBox([("全部类型", None), ("专利", "patent"), ("商标", "trademark")])
    other = QLineEdit()
    column.addWidget(combo)
    column.addWidget(other)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    _wheel(combo)
    assert combo.value() is None
    combo.setFocus()
    qtbot.waitUntil(combo.hasFocus)
    _wheel(combo)
    assert combo.value() is None
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.value() == "patent"


def test_that_a_combo_box_keeps_its_value_when_its_entries_are_replaced(qtbot: QtBot) -> None:
    combo = ComboBox([("全部", None), ("杭州市", "330100"), ("宁波市", "330200")])
    qtbot.addWidget(combo)
    assert combo.set_value("330200")
    spy = QSignalSpy(combo.currentIndexChanged)
    combo.set_entries([("宁波市", "330200"), ("全部", None)])
    assert combo.value() == "330200"
    assert not combo.set_value("330300")
    assert combo.value() == "330200"
    assert spy.count() == 0


def _type(edit: QLineEdit, text: str) -> None:
    """As an input method does it: Chinese never comes as keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


def _wheel(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    turn = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)
