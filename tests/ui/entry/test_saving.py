"""What the entry page says once a registration is saved, and what it keeps for the next."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.entry.hands import banner_words, field, go_to, warned_at, words_under
from tests.ui.typing_in import ALT, CTRL, Key, cursor, keys, press


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


def test_that_the_next_one_can_be_begun_from_the_banner(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge())
    press(Key.Key_S, CTRL)
    page.banner.linkActivated.emit("next:")
    assert page.number is None
    assert field(page, "registered_on").text() == "2019-03-05"
    assert field(page, "reg_no").text() == ""


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


@pytest.mark.parametrize("loose", ["registered_on", "city", "pledgee"])
def test_that_what_is_not_pinned_is_not_kept_and_that_is_remembered(
    page: EntryPage, desk: Desk, qtbot: QtBot, loose: str
) -> None:
    go_to(page, loose)
    press(Key.Key_P, ALT)
    pin = page.findChild(QPushButton, f"pin_{loose}")
    assert pin is not None
    assert not pin.isChecked()
    assert "不保留" in pin.accessibleName()
    assert pin.focusPolicy() is Qt.FocusPolicy.NoFocus
    again = EntryPage(desk)  # the next time the program is started
    qtbot.addWidget(again)
    again.form.keep(make.pledge())
    cells = again.form.cells()
    kept = {
        "registered_on": cells.single["registered_on"],
        "city": cells.rows["city"][0],
        "pledgee": cells.rows["pledgee"][0],
    }
    whole = {"registered_on": "2019-03-05", "city": "杭州市", "pledgee": make.pledgee().name}
    assert kept == {**whole, loose: ""}
    assert cells.single["kind"] == "专利"


def test_that_the_day_alone_is_one_of_the_last_month_and_never_after_today(
    page: EntryPage, store: Store
) -> None:
    # Today is 2026-11-23.
    assert words_under(page, "registered_on")[0] == "可只填日，按 2026 年 11 月补全，不晚于今天"
    go_to(page, "registered_on")
    keys("5")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2026-11-05"
    assert words_under(page, "registered_on")[0] == "只填了日，按 11 月补全"
    go_to(page, "registered_on")
    field(page, "registered_on").selectAll()
    keys("28")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2026-10-28"
    assert words_under(page, "registered_on")[0] == "11 月 28 日晚于今天，按上个月补全"
    # After one of March 2019 was saved, days are those of March 2019, pinned or not.
    page.form.pins.turn("registered_on")
    page.form.fill(make.pledge(registered_on=date(2019, 3, 5)))
    press(Key.Key_Return, CTRL)
    go_to(page, "registered_on")
    keys("31")
    press(Key.Key_Return)
    assert field(page, "registered_on").text() == "2019-03-31"
