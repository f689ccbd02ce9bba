"""The fields of the entry form on their own: amounts, proposals, numbers with verdicts."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.domain.pledge import Kind
from ipfinance.ui.pages.entry_judges import judge_of, judge_patent
from ipfinance.ui.widgets.money_edit import MoneyEdit
from ipfinance.ui.widgets.rights_edit import RightsEdit
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from ipfinance.ui.widgets.suggestion_list import Suggestion, SuggestionList
from tests import make
from tests.ui.typing_in import Key, chinese, compose, keys, paste, press

Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Makes a window with these fields, the first of which has the cursor."""
    kept = []

    def show(*fields: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for one in fields:
            column.addWidget(one)
        column.addStretch(1)
        window.resize(900, 600)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        focused = next(one for one in fields if one.focusPolicy())
        focused.setFocus()
        qtbot.waitUntil(focused.hasFocus)
        return window

    return show


def opened(edit: SuggestEdit) -> bool:
    return edit.is_open


# -- amounts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fen", "settled", "echo"),
    [
        ("5000", 5_000_000_000, "5,000", "5,000 万元 = 0.5 亿元 = 伍仟万元整"),
        ("500万", 500_000_000, "500", "500 万元 = 0.05 亿元 = 伍佰万元整"),
        ("1.2亿", 12_000_000_000, "12,000", "12,000 万元 = 1.2 亿元 = 壹亿贰仟万元整"),
        ("5,000,000元", 500_000_000, "500", "500 万元 = 0.05 亿元 = 伍佰万元整"),
        ("５００", 500_000_000, "500", "500 万元 = 0.05 亿元 = 伍佰万元整"),
        (
            "329193.2755",
            329_193_275_500,
            "329,193.2755",
            "329,193.2755 万元 = 32.91932755 亿元 = 叁拾贰亿玖仟壹佰玖拾叁万贰仟柒佰伍拾伍元整",
        ),
        ("100亿", 10**12, "1,000,000", "1,000,000 万元 = 100 亿元 = 壹佰亿元整"),
    ],
)
def test_that_an_amount_is_read_as_people_write_it_and_echoed(
    shown: Shown, typed: str, fen: int, settled: str, echo: str
) -> None:
    edit, other = MoneyEdit(), QLineEdit()
    shown(edit, other)
    echoes: list[str] = []
    edit.echo_changed.connect(echoes.append)
    chinese(typed)
    assert edit.text() == typed  # not while it is being typed
    assert echoes[-1] == echo
    other.setFocus()
    assert (edit.value(), edit.text(), edit.echo()) == (fen, settled, echo)
    edit.set_value(fen)
    assert edit.value() == fen


@pytest.mark.parametrize("typed", ["", "abc", "0", "-5", "五百"])
def test_that_what_is_no_amount_stays_as_it_was_typed(shown: Shown, typed: str) -> None:
    edit, other = MoneyEdit(), QLineEdit()
    shown(edit, other)
    edit.setText(typed)
    other.setFocus()
    assert (edit.text(), edit.value(), edit.echo()) == (typed, None, "")


# -- proposals ------------------------------------------------------------------------------

TOWNS = (
    "杭州市",
    "宁波市",
    "温州市",
    "嘉兴市",
    "湖州市",
    "绍兴市",
    "金华市",
    "衢州市",
    "舟山市",
    "台州市",
)


def towns(text: str) -> Sequence[Suggestion]:
    return [Suggestion(town, f"第 {at} 个", at) for at, town in enumerate(TOWNS) if text in town]


def test_that_the_arrow_keys_walk_the_list_round(shown: Shown) -> None:
    edit = SuggestEdit(towns, closed=True)
    shown(edit)
    press(Key.Key_Down)
    listed = SuggestionList.of(edit.window())
    assert (listed.isVisible(), listed.current) == (True, -1)
    press(Key.Key_Up)
    assert listed.current == len(TOWNS) - 1
    press(Key.Key_Down)
    assert listed.current == 0
    press(Key.Key_PageDown)
    assert listed.current == 8
    press(Key.Key_PageDown)
    assert listed.current == 9
    press(Key.Key_Return)
    assert edit.text() == "台州市"
    assert not opened(edit)
    # Opened again, what the field holds is marked.
    press(Key.Key_F4)
    assert listed.current == 9


def test_that_a_click_picks_and_leaves_the_cursor_where_it_is(shown: Shown) -> None:
    edit = SuggestEdit(towns, closed=True)
    shown(edit)
    picked: list[object] = []
    edit.picked.connect(picked.append)
    press(Key.Key_Down)
    listed = SuggestionList.of(edit.window())
    place = listed.visualRect(listed.model().index(1, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (edit.text(), picked) == ("宁波市", [1])
    assert edit.hasFocus()
    assert not listed.isVisible()


def test_that_a_list_without_room_below_opens_above(shown: Shown) -> None:
    above = QWidget()
    above.setMinimumHeight(500)
    edit = SuggestEdit(towns, closed=True)
    window = shown(above, edit)
    edit.setFocus()
    press(Key.Key_Down)
    listed = SuggestionList.of(window)
    assert listed.geometry().bottom() < edit.y()
    assert window.rect().contains(listed.geometry())
    listed.grab()


def test_that_the_list_closes_when_the_page_scrolls_or_the_cursor_goes(qtbot: QtBot) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    edit, other = SuggestEdit(towns, closed=True), QLineEdit()
    column.addWidget(edit)
    column.addWidget(other)
    inside.setMinimumHeight(2000)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(400, 500)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    press(Key.Key_Down)
    area.verticalScrollBar().setValue(40)
    assert not opened(edit)
    press(Key.Key_Down)
    assert opened(edit)
    other.setFocus()
    assert not opened(edit)
    assert edit.text() == ""  # nothing was picked


def test_that_shift_tab_and_escape_pick_nothing(shown: Shown) -> None:
    before, edit = QLineEdit(), SuggestEdit(towns, closed=True)
    shown(before, edit)
    edit.setFocus()
    chinese("州")
    press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert edit.text() == "州"
    edit.setFocus()
    chinese("")
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Escape)
    assert edit.text() == "州"
    assert not opened(edit)


def test_that_keys_go_to_the_input_method_while_it_composes(shown: Shown, qtbot: QtBot) -> None:
    edit = SuggestEdit(towns, closed=True)
    shown(edit)
    compose("hang")
    press(Key.Key_Down)
    assert not opened(edit)
    assert edit.text() == ""
    chinese("杭")
    qtbot.waitUntil(lambda: edit.is_open)
    assert [one.text for one in edit.proposals()] == ["杭州市"]


def test_that_a_field_taken_away_takes_its_list_along(shown: Shown, qtbot: QtBot) -> None:
    edit = SuggestEdit(towns, closed=True)
    window = shown(edit)
    press(Key.Key_Down)
    with qtbot.waitSignal(edit.destroyed):
        edit.deleteLater()
    assert not SuggestionList.of(window).isVisible()


# -- numbers --------------------------------------------------------------------------------


@pytest.fixture
def rights(qtbot: QtBot) -> RightsEdit:
    made = RightsEdit(judge_patent)
    made.set_words("专利号", "专利名称")
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.rows[0].number.setFocus()
    qtbot.waitUntil(made.rows[0].number.hasFocus)
    return made


@pytest.mark.parametrize("between", ["\n", "；", "、", ";", ", ", "\r\n"])
def test_that_a_pasted_block_fills_one_row_for_each_number(
    rights: RightsEdit, between: str
) -> None:
    numbers = [make.patent_number() for _ in range(5)]
    paste(between.join(numbers))
    assert rights.pairs() == [(number, "") for number in numbers]
    assert [row.verdict for row in rights.rows] == ["发明"] * 5 + [""]
    assert rights.rows[4].number.hasFocus()


def test_that_a_block_goes_in_where_the_cursor_is(rights: RightsEdit) -> None:
    first, second, third, fourth = (make.patent_number() for _ in range(4))
    rights.set_pairs([(first, "甲"), ("", ""), (fourth, "丁")])
    rights.rows[1].number.setFocus()
    paste(f"{second}\n{third}")
    assert rights.pairs() == [(first, "甲"), (second, ""), (third, ""), (fourth, "丁")]


@pytest.mark.parametrize("swapped", [False, True])
def test_that_names_come_along_in_either_column(rights: RightsEdit, swapped: bool) -> None:
    pairs = [(make.patent_number(), f"装置{at}、方法") for at in range(3)]
    lines = [f"{name}\t{number}" if swapped else f"{number}\t{name}" for number, name in pairs]
    paste("\r\n".join(lines) + "\r\n")
    assert rights.pairs() == pairs


def test_that_names_pasted_among_the_names_go_down_the_rows(rights: RightsEdit) -> None:
    numbers = [make.patent_number() for _ in range(3)]
    rights.set_pairs([(number, "") for number in numbers])
    rights.rows[0].name.setFocus()
    paste("甲；乙\n丙\n丁")
    assert rights.pairs() == list(zip(numbers, ("甲；乙", "丙", "丁"), strict=True))


def test_that_a_number_written_twice_is_told(rights: RightsEdit) -> None:
    number = make.patent_number()
    rights.set_pairs([(number, ""), (f"ZL {number}", "")])
    assert rights.rows[1].verdict == "与第 1 行相同，只计一件"
    assert rights.rows[1].is_wrong
    assert not rights.rows[0].is_wrong


def test_that_an_emptied_row_goes_once_the_cursor_does(rights: RightsEdit) -> None:
    numbers = [make.patent_number() for _ in range(3)]
    rights.set_pairs([(number, "") for number in numbers])
    rights.rows[1].number.setFocus()
    rights.rows[1].number.selectAll()
    press(Key.Key_Delete)
    assert len(rights.rows) == 4
    rights.rows[0].number.setFocus()
    assert rights.pairs() == [(numbers[0], ""), (numbers[2], "")]
    assert [row.number.objectName() for row in rights.rows] == ["rights_1", "rights_2", "rights_3"]
    assert rights.rows[1].number.accessibleName() == "专利号，第 2 行"


def test_that_another_register_judges_otherwise(rights: RightsEdit) -> None:
    keys("3917439")
    rights.rows[0].name.setFocus()
    assert rights.rows[0].is_wrong
    rights.set_judge(judge_of(Kind.TRADEMARK))
    assert (rights.rows[0].verdict, rights.rows[0].is_wrong) == ("商标", False)
    rights.set_judge(judge_of(None))
    assert rights.rows[0].verdict == ""
    rights.grab()
