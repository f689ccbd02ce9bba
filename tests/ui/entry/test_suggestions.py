"""What the entry form proposes and fills in: areas of the day, parties that are known."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import PledgeeKind, Size
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from tests import make
from tests.ui.entry.hands import field, go_to, words_under
from tests.ui.typing_in import Key, chinese, cursor, keys, press


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
