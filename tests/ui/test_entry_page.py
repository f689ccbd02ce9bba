"""Entering and correcting registrations through the real page, by keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.db.history import of_row, undo
from ipfinance.db.pledges import get
from ipfinance.db.registrar import record
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    Change,
    Channel,
    Event,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from tests import make
from tests.ui.desks import AskedTalk
from tests.ui.typing_in import Key, chinese, compose, cursor, keys, paste, press

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[EntryPage]:
    made = EntryPage(desk)
    made.resize(1180, 740)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start_new()
    qtbot.waitUntil(lambda: made.form.single.kind.hasFocus())
    yield made
    made.hide()
    assert desk.jobs.wait_idle()


def field(page: EntryPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def words_under(page: EntryPage, name: str) -> tuple[str, str]:
    """What is said under a field, and in which state it is."""
    box = page.findChild(FieldBox, f"field_{name}")
    assert box is not None, name
    return box.message.text(), str(box.editor.property("state") or "")


def warned_at(page: EntryPage, spot: tuple[str, int]) -> str:
    """The warning beside one of several rows."""
    box = page.form.boxes()[spot]
    assert isinstance(box, FieldBox)
    return box.warning


def banner_words(page: EntryPage) -> str:
    return page.banner.accessibleName()


def go_to(page: EntryPage, name: str) -> None:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    found.setFocus(Qt.FocusReason.TabFocusReason)


def opened(edit: SuggestEdit) -> bool:
    return edit.is_open


# -- entering -------------------------------------------------------------------------------


def test_that_a_whole_registration_is_entered_by_keyboard_and_stored_as_typed(
    page: EntryPage, store: Store
) -> None:
    code, number = make.credit_code(7), make.patent_number(7)
    press(Key.Key_Down)  # 专利
    press(Key.Key_Return)
    keys("Y2019330000123")
    press(Key.Key_Return)
    keys("20190305")
    press(Key.Key_Return)
    chinese("示例甲精密机械有限公司")
    press(Key.Key_Return)
    keys(code)
    press(Key.Key_Return)
    press(Key.Key_Down, times=3)  # 小型
    press(Key.Key_Return)
    keys("hz")
    press(Key.Key_Return)  # takes 杭州市
    press(Key.Key_Return)
    chinese("西湖")
    press(Key.Key_Tab)  # takes 西湖区 and goes on
    assert cursor().objectName() == "industry"
    press(Key.Key_Down, times=3)  # C 制造业
    press(Key.Key_Tab)
    assert cursor().objectName() == "add_pledgors"
    press(Key.Key_Return)
    assert cursor().objectName() == "pledgor_2"
    press(Key.Key_Return, times=6)  # a row that stays blank is none
    chinese("示例银行股份有限公司杭州分行")
    press(Key.Key_Return)
    press(Key.Key_Down)  # 银行
    press(Key.Key_Return)
    assert cursor().objectName() == "secured_amount"
    keys("500")
    chinese("万")
    press(Key.Key_Return)
    keys("2019.3.1")
    press(Key.Key_Return)
    keys("2022/2/28")
    press(Key.Key_Return)
    for amount in ("400", "300", "1,000"):
        keys(amount)
        press(Key.Key_Return)
    keys("ZL" + number)
    press(Key.Key_Return)
    chinese("一种示例装置")
    press(Key.Key_Return)
    press(Key.Key_Return)  # the next row stays blank
    assert cursor().objectName() == "rights_count"
    press(Key.Key_Return)
    press(Key.Key_Down)  # 线上
    press(Key.Key_Return)
    keys("5.5")
    press(Key.Key_Return, times=2)
    assert cursor().objectName() == "note"
    chinese("首次质押")
    press(Key.Key_S, CTRL)

    [stored] = pledges.find(store, [page.number or 0])
    assert replace(stored, uid="", id=None) == Pledge(
        kind=Kind.PATENT,
        registered_on=date(2019, 3, 5),
        pledgors=(
            Pledgor(
                "示例甲精密机械有限公司",
                make.HANGZHOU,
                make.XIHU,
                code,
                Size.SMALL,
                Industry.MANUFACTURING,
                enterprise=stored.pledgors[0].enterprise,
            ),
        ),
        pledgees=(
            Pledgee("示例银行股份有限公司杭州分行", PledgeeKind.BANK, stored.pledgees[0].pledgee),
        ),
        rights=(Right(number, RightKind.INVENTION, "一种示例装置"),),
        reg_no="Y2019330000123",
        secured_amount_fen=500 * WAN,
        credit_amount_fen=400 * WAN,
        loan_amount_fen=300 * WAN,
        appraised_value_fen=1000 * WAN,
        subsidy_fen=55 * WAN // 10,
        term_start=date(2019, 3, 1),
        term_end=date(2022, 2, 28),
        channel=Channel.ONLINE,
        note="首次质押",
    )
    assert not page.has_unsaved


def test_that_saving_says_so_with_the_count_of_the_year(
    page: EntryPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    make.stored(store, make.pledge(), make.pledge(), make.pledge(kind=Kind.TRADEMARK))
    told: list[str] = []
    saved: list[int] = []
    desk.changes.written.connect(told.append)
    page.saved.connect(saved.append)
    page.form.fill(make.pledge(reg_no="Y2019330009999"))
    press(Key.Key_S, CTRL)
    assert told == [PLEDGES]
    assert saved == [page.number]
    qtbot.waitUntil(
        lambda: "已保存登记号 Y2019330009999。全省 2019 年专利登记 3 件。" in banner_words(page)
    )


def test_that_the_next_one_keeps_kind_date_city_and_pledgee(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge(reg_no="Y2019330000001", registered_on=date(2019, 3, 5)))
    press(Key.Key_Return, CTRL)
    assert pledges.count(store) == 1
    assert page.number is None
    assert not page.has_unsaved
    cells = page.form.cells()
    kept = {key: text for key, text in cells.single.items() if text}
    assert kept == {"kind": "专利", "registered_on": "2019-03-05"}
    kept_rows = {key: list(texts) for key, texts in cells.rows.items() if any(texts)}
    assert kept_rows == {
        "city": ["杭州市"],
        "pledgee": ["示例银行股份有限公司杭州分行"],
        "pledgee_kind": ["银行"],
    }
    assert cursor().objectName() == "reg_no"
    assert words_under(page, "city")[0] == "沿用上一笔"
    # The month is known now: the day alone is typed.
    go_to(page, "registered_on")
    keys("26")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2019-03-26"


def test_that_ctrl_enter_works_from_the_note_too(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge())
    go_to(page, "note")
    press(Key.Key_End, CTRL)
    press(Key.Key_Return)  # a new line: in a field of several lines Enter is Enter
    chinese("第二行")
    press(Key.Key_Enter, CTRL)
    [stored] = pledges.find(store, [1])
    assert stored.note == "示例\n第二行"


def test_that_joint_pledgors_are_stored_in_order(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge(pledgors=(make.pledgor("示例甲公司"),)))
    add = page.findChild(QPushButton, "add_pledgors")
    assert add is not None
    add.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    chinese("示例乙公司")
    go_to(page, "city_2")
    chinese("宁波")
    press(Key.Key_Tab)
    chinese("海曙")
    press(Key.Key_Tab)
    press(Key.Key_S, CTRL)
    stored = get(store, page.number or 0)
    assert [(one.name, one.city, one.county) for one in stored.pledgors] == [
        ("示例甲公司", make.HANGZHOU, make.BINJIANG),
        ("示例乙公司", make.NINGBO, make.HAISHU),
    ]
    labels = [label.text() for label in page.form.pledgors.findChildren(QLabel)]
    assert "出质人 1" in labels
    assert "出质人 2" in labels
    tags = [label for label in page.form.pledgors.findChildren(QLabel) if label.text() == "计入地"]
    assert [tag.isVisible() for tag in tags] == [True, False]


def test_that_a_removed_pledgor_is_gone_and_the_rest_is_numbered_anew(page: EntryPage) -> None:
    names = ("示例甲公司", "示例乙公司", "示例丙公司")
    page.form.fill(make.pledge(pledgors=tuple(map(make.pledgor, names))))
    page.form.pledgors.rows[0].remover.click()
    assert page.form.cells().rows["pledgor"] == ["示例乙公司", "示例丙公司"]
    assert field(page, "pledgor").text() == "示例乙公司"
    assert field(page, "pledgor_2").accessibleName() == "出质人 2（必填）"
    assert page.form.pledgors.rows[0].remover.isVisible()
    page.form.pledgors.rows[1].remover.click()
    assert not page.form.pledgors.rows[0].remover.isVisible()
    assert field(page, "pledgor").accessibleName() == "出质人（必填）"


def test_that_tab_follows_the_paper_past_rows_that_were_added(page: EntryPage) -> None:
    page.form.pledgors.adder.click()
    go_to(page, "reg_no")
    visited = []
    while "pledgee" not in visited:
        visited.append(cursor().objectName())
        press(Key.Key_Tab)
    assert visited == [
        *("reg_no", "registered_on"),
        *("pledgor", "uscc", "size", "city", "county", "industry", "remove"),
        *("pledgor_2", "uscc_2", "size_2", "city_2", "county_2", "industry_2", "remove_2"),
        *("add_pledgors", "pledgee"),
    ]


# -- faults ---------------------------------------------------------------------------------


def test_that_an_empty_form_is_told_all_that_is_missing_at_once(
    page: EntryPage, store: Store
) -> None:
    press(Key.Key_S, CTRL)
    assert words_under(page, "kind") == ("没有写明质押类型，请填专利或商标", "fault")
    assert words_under(page, "registered_on")[1] == "fault"
    assert words_under(page, "pledgor") == ("没有出质人，请填写企业名称", "fault")
    assert words_under(page, "city")[1] == "fault"
    assert words_under(page, "pledgee")[1] == "warning"
    assert banner_words(page).startswith(
        "有 4 处需要修正后才能保存：质押类型、登记日期、出质人、设区市"
    )
    assert cursor().objectName() == "kind"
    assert pledges.count(store) == 0
    save = page.findChild(QPushButton, "button_save")
    assert save is not None
    assert save.isEnabled()


def test_that_every_fault_stands_beside_its_own_field(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge())
    for name, text in (
        ("registered_on", "2019-02-30"),
        ("uscc", "91330100MA2XXXXX5T"),
        ("county", "海曙区"),
        ("secured_amount", "0"),
        ("term_start", "2025-07-01"),
        ("term_end", "2025-06-01"),
        ("credit_amount", "五百"),
        ("cancelled_on", "2027-01-01"),
        ("rights_count", "若干"),
    ):
        field(page, name).setText(text)
    press(Key.Key_S, CTRL)
    faults = {
        "registered_on": "没有「2019-02-30」这一天，请核对月份和日数",
        "county": "「海曙区」不在杭州市，属宁波市",
        "secured_amount": "金额「0」应大于 0",
        "term_end": "债务履行期限止 2025-06-01 不能早于起始日 2025-07-01",
        "credit_amount": "金额「五百」不是数字",
        "cancelled_on": "注销日期 2027-01-01 晚于今天 2026-11-23，请核对",
    }
    assert {name: words_under(page, name) for name in faults} == {
        name: (text, "fault") for name, text in faults.items()
    }
    assert words_under(page, "uscc") == ("校验位不正确：第 18 位应为 P", "warning")
    assert words_under(page, "rights_count")[1] == "warning"
    assert "有 6 处" in banner_words(page)
    assert pledges.count(store) == 0
    # Mended ones fall silent as the cursor leaves them, and the banner counts on.
    go_to(page, "secured_amount")
    field(page, "secured_amount").selectAll()
    keys("500")
    press(Key.Key_Return)
    assert words_under(page, "secured_amount") == ("500 万元 = 0.05 亿元 = 伍佰万元整", "")
    assert "有 5 处" in banner_words(page)


def test_that_a_link_of_the_banner_leads_to_the_field(page: EntryPage) -> None:
    page.form.fill(make.pledge())
    field(page, "cancelled_on").setText("2018-01-01")
    press(Key.Key_S, CTRL)
    go_to(page, "kind")
    page.banner.linkActivated.emit("at:cancelled_on:0")
    assert cursor().objectName() == "cancelled_on"


def test_that_each_row_has_its_own_faults(page: EntryPage) -> None:
    page.form.fill(make.pledge(pledgors=(make.pledgor("示例甲公司"), make.pledgor("示例乙公司"))))
    field(page, "uscc_2").setText("91330100MA2XXXXX5T")
    field(page, "city_2").setText("苏州市")
    press(Key.Key_S, CTRL)
    assert words_under(page, "city_2") == ("「苏州市」不是浙江省的设区市", "fault")
    assert words_under(page, "uscc_2")[1] == "warning"
    assert words_under(page, "city")[1] == ""
    assert words_under(page, "uscc")[1] == ""
    assert "设区市（出质人 2）" in banner_words(page)


def test_that_a_field_left_with_text_is_told_of_as_a_warning(page: EntryPage) -> None:
    go_to(page, "uscc")
    keys("91330100MA2XXXXX5T")
    assert words_under(page, "uscc") == ("", "")  # not while it is being typed
    press(Key.Key_Return)
    assert words_under(page, "uscc") == ("校验位不正确：第 18 位应为 P", "warning")
    go_to(page, "secured_amount")
    keys("abc")
    press(Key.Key_Return)
    assert words_under(page, "secured_amount") == ("金额「abc」不是数字", "warning")
    assert words_under(page, "pledgor") == ("", "")  # nothing typed, nothing told
    assert page.banner.isHidden()


def test_that_the_check_digit_is_told_beside_the_number(page: EntryPage) -> None:
    page.form.single.kind.set_value(Kind.PATENT)
    go_to(page, "rights_1")
    keys("201710601862.3")
    rows = page.form.rights.rows
    assert rows[0].verdict == "发明"
    press(Key.Key_Return, times=2)
    keys("201710601862.5")
    assert rows[1].verdict == ""  # not while it is being typed
    press(Key.Key_Return)
    assert "应为 3" in rows[1].verdict


def test_that_a_number_that_exists_already_is_refused_with_a_way_to_it(
    page: EntryPage, store: Store
) -> None:
    [known] = make.stored(store, make.pledge(reg_no="Y2019330000777"))
    page.form.fill(make.pledge(reg_no="Ｙ2019330000777"))
    press(Key.Key_S, CTRL)
    assert words_under(page, "reg_no") == ("该登记号已存在", "fault")
    assert "打开已有的这笔登记" in banner_words(page)
    assert pledges.count(store) == 1
    # The same number in the other register is another registration.
    page.form.fill(make.pledge(kind=Kind.TRADEMARK, reg_no="Y2019330000777"))
    press(Key.Key_S, CTRL)
    assert pledges.count(store) == 2
    page.banner.linkActivated.emit(f"open:{known.id}")
    assert page.number == known.id


def test_that_a_name_without_a_number_is_not_lost(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge(rights=()))
    go_to(page, "right_names_1")
    chinese("一种没有号码的装置")
    press(Key.Key_S, CTRL)
    message = page.findChild(QLabel, "message_rights")
    assert message is not None
    assert message.text() == "第 1 行有名称没有号码，请补上号码或删去名称"
    assert pledges.count(store) == 0


# -- areas and completion -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "city", "there", "not_there"),
    [
        ("2021-04-08", "杭州市", {"江干区", "下城区", "余杭区"}, {"临平区", "钱塘区"}),
        ("2021-04-09", "杭州市", {"临平区", "钱塘区", "余杭区"}, {"江干区", "下城区"}),
        ("2019-08-15", "温州市", {"苍南县"}, {"龙港市"}),
        ("2019-08-16", "温州市", {"苍南县", "龙港市"}, {"西湖区"}),
    ],
)
def test_that_the_counties_follow_date_and_city(
    page: EntryPage, day: str, city: str, there: set[str], not_there: set[str]
) -> None:
    field(page, "registered_on").setText(day)
    field(page, "city").setText(city)
    go_to(page, "county")
    press(Key.Key_Down)
    county = page.findChild(SuggestEdit, "county")
    assert county is not None
    names = {one.text for one in county.proposals()}
    assert there <= names
    assert not names & not_there


def test_that_a_county_of_another_day_is_told_once_the_date_changes(page: EntryPage) -> None:
    page.form.fill(make.pledge(registered_on=date(2021, 4, 9)))
    go_to(page, "county")
    field(page, "county").selectAll()
    chinese("临平")
    press(Key.Key_Tab)
    assert field(page, "county").text() == "临平区"
    go_to(page, "registered_on")
    field(page, "registered_on").selectAll()
    keys("2020-01-01")
    press(Key.Key_Return)
    assert field(page, "county").text() == "临平区"  # never emptied behind one's back
    text, state = words_under(page, "county")
    assert text.startswith("临平区自 2021-04-09 起设立")
    assert state == "warning"


def test_that_a_county_brings_its_city(page: EntryPage) -> None:
    go_to(page, "county")
    chinese("德清")
    press(Key.Key_Tab)
    assert field(page, "county").text() == "德清县"
    assert field(page, "city").text() == "湖州市"


@pytest.mark.parametrize("typed", ["slj", "91330100MA", "示例甲"])
def test_that_a_known_enterprise_is_picked_by_initials_code_or_name(
    page: EntryPage, store: Store, qtbot: QtBot, typed: str
) -> None:
    known = make.pledgor(county=make.XIHU, size=Size.MEDIUM)
    make.stored(store, make.pledge(pledgors=(known,)), make.pledge(pledgors=(known,)))
    go_to(page, "pledgor")
    if typed.isascii():
        keys(typed)
    else:
        chinese(typed)
    name = page.findChild(SuggestEdit, "pledgor")
    assert name is not None
    qtbot.waitUntil(lambda: name.is_open)
    if not typed.isascii():
        press(Key.Key_Down)  # Chinese may be a new name: nothing is chosen by itself
    press(Key.Key_Return)
    assert {key: texts[0] for key, texts in page.form.cells().rows.items() if texts[0]} == {
        "pledgor": known.name,
        "uscc": known.uscc,
        "city": "杭州市",
        "county": "西湖区",
        "size": "中型",
    }
    assert cursor() is name  # Enter took the enterprise and did nothing else
    assert words_under(page, "pledgor")[0] == "企业库已有，已登记 2 笔"


def test_that_a_known_pledgee_brings_its_kind(page: EntryPage, store: Store) -> None:
    known = make.pledgee("示例融资担保有限公司", kind=PledgeeKind.GUARANTEE)
    make.stored(store, make.pledge(pledgees=(known,)))
    go_to(page, "pledgee")
    keys("slrz")
    press(Key.Key_Tab)  # faster than the list opens
    assert field(page, "pledgee").text() == known.name
    kind = page.findChild(ComboBox, "pledgee_kind")
    assert kind is not None
    assert kind.value() == "担保"
    assert cursor() is kind


def test_that_a_name_that_is_known_brings_what_is_still_blank(
    page: EntryPage, store: Store
) -> None:
    known = make.pledgor(county=make.XIHU)
    make.stored(store, make.pledge(pledgors=(known,)))
    field(page, "city").setText("杭州市")  # kept from the last one
    go_to(page, "pledgor")
    chinese(known.name)
    press(Key.Key_Return)
    assert field(page, "uscc").text() == known.uscc
    assert field(page, "county").text() == "西湖区"
    # What is typed otherwise is left alone.
    page.form.pledgors.fill([{"city": "宁波市", "uscc": make.credit_code(5)}])
    go_to(page, "pledgor")
    chinese(known.name)
    press(Key.Key_Return)
    assert (field(page, "city").text(), field(page, "county").text()) == ("宁波市", "")
    assert field(page, "uscc").text() == make.credit_code(5)


def test_that_a_code_that_belongs_to_another_name_is_told(page: EntryPage, store: Store) -> None:
    known = make.pledgor("示例甲公司")
    make.stored(store, make.pledge(pledgors=(known,)))
    assert known.uscc is not None
    page.form.pledgors.fill([{"pledgor": "示例乙公司"}])
    go_to(page, "uscc")
    keys(known.uscc)
    press(Key.Key_Return)
    assert words_under(page, "pledgor")[0] == "这个代码在企业库里是「示例甲公司」，请核对"
    page.form.pledgors.fill([{"pledgor": "示例甲公司"}])
    go_to(page, "uscc")
    keys(make.credit_code(5))
    press(Key.Key_Return)
    assert words_under(page, "pledgor")[0] == f"企业库里这个名称的代码是 {known.uscc}，请核对"
    assert field(page, "pledgor").text() == "示例甲公司"


def test_that_a_new_name_is_left_as_it_is_typed(page: EntryPage, store: Store) -> None:
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例甲精密机械有限公司"),)))
    go_to(page, "pledgor")
    chinese("示例甲精密")
    press(Key.Key_Return)
    assert field(page, "pledgor").text() == "示例甲精密"
    assert cursor().objectName() == "uscc"
    assert words_under(page, "pledgor")[0] == "新企业，保存后即可联想"


# -- input methods --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reg_no", "pledgor", "city", "pledgee", "rights_1"])
def test_that_enter_while_composing_neither_moves_on_nor_picks(
    page: EntryPage, store: Store, name: str
) -> None:
    make.stored(store, make.pledge())
    go_to(page, name)
    compose("shi'li")
    press(Key.Key_Return)
    editor = cursor()
    assert editor.objectName() == name
    assert isinstance(editor, QLineEdit)
    assert editor.text() == ""
    chinese("示例")
    assert editor.text() == "示例"
    assert editor.objectName() == name


def test_that_no_list_opens_in_the_middle_of_a_word(
    page: EntryPage, store: Store, qtbot: QtBot
) -> None:
    make.stored(store, make.pledge())
    go_to(page, "pledgor")
    chinese("示例")
    name = page.findChild(SuggestEdit, "pledgor")
    assert name is not None
    qtbot.waitUntil(lambda: name.is_open)
    compose("jia")
    assert not opened(name)
    qtbot.wait(200)
    assert not opened(name)
    assert name.text() == "示例"
    chinese("甲")
    qtbot.waitUntil(lambda: name.is_open)
    assert name.text() == "示例甲"


# -- correcting -----------------------------------------------------------------------------


def test_that_a_stored_registration_is_shown_and_saved_without_any_change(
    page: EntryPage, store: Store
) -> None:
    before = make.stored(
        store,
        make.pledge(
            pledgors=(make.pledgor("示例甲公司"), make.person(), make.pledgor("Ab Co., Ltd.")),
            pledgees=(make.pledgee(), make.pledgee("示例担保", kind=PledgeeKind.GUARANTEE)),
            rights=(make.right(), make.right(), make.right()),
            secured_amount_fen=123_456_789,
            events=(
                Event(EventKind.CHANGE, date(2020, 1, 2), changes=(Change("质权人", "甲", "乙"),)),
                Event(EventKind.CANCELLATION, date(2021, 1, 2), note="提前还款"),
            ),
        ),
    )[0]
    assert before.id is not None
    page.edit(before.id)
    assert page.title == f"更正登记 {before.reg_no}"
    acts = of_row(store, "pledge", before.id)
    press(Key.Key_S, CTRL)
    assert get(store, before.id) == before
    assert of_row(store, "pledge", before.id) == acts
    assert not page.has_unsaved


def test_that_passing_through_all_fields_changes_nothing(page: EntryPage, store: Store) -> None:
    sparse = make.pledgor("示例甲公司", county=None, size=None)
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例甲公司"),)))
    before = make.stored(
        store,
        make.pledge(pledgors=(sparse,), pledgees=(), secured_amount_fen=1_709_268, rights=()),
    )[0]
    assert before.id is not None
    page.edit(before.id)
    go_to(page, "kind")
    while cursor().objectName() != "note":
        press(Key.Key_Return)
    go_to(page, "kind")
    assert not page.has_unsaved
    press(Key.Key_S, CTRL)
    assert get(store, before.id) == before


def test_that_a_mistake_is_corrected_and_the_history_told(page: EntryPage, store: Store) -> None:
    before = make.stored(store, make.pledge())[0]
    assert before.id is not None
    record(
        store, before.id, Event(EventKind.EXTENSION, date(2021, 1, 2), term_end=date(2023, 1, 1))
    )
    page.edit(before.id)
    go_to(page, "secured_amount")
    field(page, "secured_amount").selectAll()
    keys("5000")
    press(Key.Key_S, CTRL)
    stored = get(store, before.id)
    assert stored == replace(before, secured_amount_fen=5000 * WAN, events=stored.events)
    assert [event.kind for event in stored.events] == [EventKind.EXTENSION]
    course = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "登记" in course
    assert "延期" in course
    assert "债务履行期限至 2023-01-01" in course
    table = page.findChild(QWidget, "table_entry_history")
    assert table is not None
    model = table.model()  # type: ignore[attr-defined]
    assert page._desk.jobs.wait_idle()
    shown = [model.index(0, column).data() for column in range(1, model.columnCount())]
    assert shown == ["测试员", f"更正登记 {before.reg_no}", "担保债权额", "500 万元", "5,000 万元"]


def test_that_a_cancellation_is_added_moved_and_taken_away(page: EntryPage, store: Store) -> None:
    before = make.stored(store, make.pledge())[0]
    assert before.id is not None
    for day in (date(2021, 5, 6), date(2021, 5, 7), None):
        page.edit(before.id)
        field(page, "cancelled_on").setText("" if day is None else day.isoformat())
        press(Key.Key_S, CTRL)
        assert get(store, before.id).cancelled_on == day
    assert get(store, before.id) == before


def test_that_a_date_after_an_event_is_refused(page: EntryPage, store: Store) -> None:
    change = Event(EventKind.CHANGE, date(2019, 6, 1))
    before = make.stored(store, make.pledge(events=(change,)))[0]
    assert before.id is not None
    page.edit(before.id)
    field(page, "registered_on").setText("2019-07-01")
    press(Key.Key_S, CTRL)
    assert words_under(page, "cancelled_on") == (
        "变更日期 2019-06-01 不能早于登记日期 2019-07-01",
        "fault",
    )
    assert get(store, before.id) == before


# -- leaving --------------------------------------------------------------------------------


def test_that_escape_asks_before_it_gives_up_what_is_typed(
    page: EntryPage, talk: AskedTalk
) -> None:
    left: list[str] = []
    page.page_asked.connect(left.append)
    go_to(page, "reg_no")
    keys("Y2019")
    talk.answer = False
    press(Key.Key_Escape)
    assert talk.said
    assert field(page, "reg_no").text() == "Y2019"
    assert left == []
    talk.answer = True
    press(Key.Key_Escape)
    assert field(page, "reg_no").text() == ""
    assert left == ["ledger"]


def test_that_escape_closes_an_open_list_first(page: EntryPage, talk: AskedTalk) -> None:
    go_to(page, "city")
    press(Key.Key_Down)
    city = page.findChild(SuggestEdit, "city")
    assert city is not None
    assert opened(city)
    press(Key.Key_Escape)
    assert not opened(city)
    assert not talk.said


def test_that_going_elsewhere_and_back_loses_nothing(page: EntryPage, store: Store) -> None:
    go_to(page, "reg_no")
    keys("Y2019")
    page.hide()
    make.stored(store, make.pledge())
    page.show()
    page.refresh()
    assert field(page, "reg_no").text() == "Y2019"
    assert page.has_unsaved


def test_that_what_was_taken_back_can_be_saved_again(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge(reg_no="Y2019330000001"))
    press(Key.Key_S, CTRL)
    undo(store)
    page.refresh()
    assert page.number is None
    assert page.has_unsaved
    press(Key.Key_S, CTRL)
    assert pledges.count(store) == 1


def test_that_a_change_from_elsewhere_is_taken_over(page: EntryPage, store: Store) -> None:
    before = make.stored(store, make.pledge())[0]
    assert before.id is not None
    page.edit(before.id)
    record(store, before.id, Event(EventKind.CANCELLATION, date(2021, 1, 2)))
    page.refresh()
    assert field(page, "cancelled_on").text() == "2021-01-02"
    assert not page.has_unsaved


def test_that_an_event_from_elsewhere_outlasts_a_correction_that_is_not_saved(
    page: EntryPage, store: Store
) -> None:
    before = make.stored(store, make.pledge())[0]
    assert before.id is not None
    page.edit(before.id)
    field(page, "secured_amount").setText("600")
    record(store, before.id, Event(EventKind.CANCELLATION, date(2021, 1, 2)))
    press(Key.Key_S, CTRL)
    stored = get(store, before.id)
    assert (stored.secured_amount_fen, stored.cancelled_on) == (600 * WAN, date(2021, 1, 2))


def test_that_the_next_one_can_be_begun_from_the_banner(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge())
    press(Key.Key_S, CTRL)
    page.banner.linkActivated.emit("next:")
    assert page.number is None
    assert field(page, "registered_on").text() == "2019-03-05"
    assert field(page, "reg_no").text() == ""


def test_that_a_registration_that_is_gone_is_told_of(page: EntryPage) -> None:
    page.edit(4711)
    assert "已经不在台账里" in page.banner.text
    assert page.number is None


def test_that_the_page_is_freed_on_close(qtbot: QtBot, desk: Desk) -> None:
    made = EntryPage(desk)
    with qtbot.waitExposed(made):
        made.show()
    made.form.fill(make.pledge(pledgors=(make.pledgor("甲公司"), make.pledgor("乙公司"))))
    made.save()
    made.form.pledgors.adder.click()
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()
    desk.changes.tell(PLEDGES)
    assert desk.jobs.wait_idle()


def test_that_a_block_of_numbers_and_names_is_pasted_from_a_worksheet(
    page: EntryPage, store: Store
) -> None:
    page.form.fill(make.pledge(rights=()))
    numbers = [make.patent_number() for _ in range(12)]
    go_to(page, "rights_1")
    paste("\n".join(f"{number}\t装置{at}" for at, number in enumerate(numbers)) + "\n")
    assert page.form.rights.count() == 12
    press(Key.Key_S, CTRL)
    stored = get(store, page.number or 0)
    assert [(right.number, right.name) for right in stored.rights] == [
        (number, f"装置{at}") for at, number in enumerate(numbers)
    ]


def test_that_a_party_nearly_known_is_told_beside_its_row_and_saved(
    page: EntryPage, store: Store
) -> None:
    known = make.pledgor("杭州宏达精密机械有限公司", uscc=make.credit_code(1))
    make.stored(store, make.pledge(reg_no="Y2019330000001", pledgors=(known,)))
    other = make.pledgor("温州别样纺织有限公司", uscc=make.credit_code(2))
    slip = make.pledgor("杭州鸿达精密机械有限公司", uscc=None)
    page.form.fill(make.pledge(reg_no="Y2019330000002", pledgors=(other, slip)))
    press(Key.Key_S, CTRL)
    assert page.number is not None  # it warns and never blocks
    assert "名称只差一个字" in warned_at(page, ("pledgor", 1))
    assert warned_at(page, ("pledgor", 0)) == ""


def test_that_a_known_code_under_another_name_is_told_and_saved_as_a_rename(
    page: EntryPage, store: Store
) -> None:
    known = make.pledgor("杭州宏达精密机械有限公司", uscc=make.credit_code(1))
    make.stored(store, make.pledge(reg_no="Y2019330000001", pledgors=(known,)))
    renamed = replace(known, name="杭州新名智能装备有限公司")
    page.form.fill(make.pledge(reg_no="Y2019330000002", pledgors=(renamed,)))
    press(Key.Key_S, CTRL)
    assert page.number is not None
    assert "代码相同、名称不同" in warned_at(page, ("pledgor", 0))


def test_that_a_right_in_another_live_pledge_is_told_with_both_names_and_saved(
    page: EntryPage, store: Store
) -> None:
    shared = make.right()
    make.stored(store, make.pledge(reg_no="Y2019330000001", rights=(shared,)))
    page.form.fill(make.pledge(reg_no="Y2019330000002", rights=(shared,)))
    press(Key.Key_S, CTRL)
    assert page.number is not None  # it warns and never blocks
    message = page.findChild(QLabel, "message_rights")
    assert isinstance(message, QLabel)
    assert all(
        word in message.text() for word in (shared.number, "Y2019330000001", "Y2019330000002")
    )
