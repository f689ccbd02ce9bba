"""Entering a registration through the real page, by keyboard alone."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.db.pledges import get
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    Channel,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.entry.hands import field, go_to
from tests.ui.typing_in import CTRL, Key, chinese, cursor, keys, press


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
