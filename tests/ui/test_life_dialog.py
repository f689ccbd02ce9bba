"""The life of a registration through its real dialog: what is told, and the acts recorded."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.pledges import get
from ipfinance.db.registrar import correct, delete, register
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import TRANSFER, Change, Event, EventKind
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.event import EventDialog, blank_transfer
from ipfinance.ui.dialogs.life import LifeDialog
from ipfinance.ui.dialogs.registrations import RegistrationsDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.theme import Theme
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.link_row import LinkRow
from tests import make
from tests.journeys.windows import settled, window_over
from tests.ui.clicking import click
from tests.ui.modal import in_dialog
from tests.ui.typing_in import chinese, compose

ENTER = Qt.Key.Key_Return


@pytest.fixture
def number(store: Store) -> int:
    """Registered on 2019-03-05 with 500 万元, due on 2027-01-01."""
    return register(store, make.pledge(reg_no="Y2019330000123", term_end=date(2027, 1, 1)))


@pytest.fixture
def life(qtbot: QtBot, desk: Desk, number: int) -> Iterator[LifeDialog]:
    made = LifeDialog(desk, number)
    made.open()
    assert desk.jobs.wait_idle()
    yield made
    if shiboken6.isValid(made):
        made.close()
    assert desk.jobs.wait_idle()


def words(dialog: LifeDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog)]


def line(dialog: EventDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    return found


def put(dialog: EventDialog, name: str, text: str) -> None:
    field = line(dialog, name)
    field.clear()
    QTest.keyClicks(field, text)


def in_form(act: Callable[[EventDialog], None]) -> list[EventDialog]:
    """Act on the small form as soon as it is shown; the list holds it then."""
    return in_dialog(EventDialog, act)


def test_that_it_tells_what_was_registered_and_what_it_counts_in(life: LifeDialog) -> None:
    told = words(life)
    assert {"Y2019330000123", "即将到期", "2027-01-01 到期，还有 39 天"} <= set(told)
    assert {"500 万元", "2019-03-01 至 2027-01-01", "出质权利　1 件"} <= set(told)
    assert "2019年、2019年上半年、2019年第一季度、2019年3月" in told
    assert "浙江省、杭州市、滨江区（第一出质人所在地）" in told
    assert {"登记件数", "1 件", "普惠企业数", "在押金额"} <= set(told)
    table = life.findChild(QTableView, "table_life_corrections")
    assert isinstance(table, QTableView)
    shown = [table.model().index(0, column).data() for column in range(1, 6)]
    assert shown == ["测试员", "新增登记 Y2019330000123", "登记", "（空）", "已录入"]


def test_that_why_it_does_not_count_is_told(life: LifeDialog, desk: Desk, number: int) -> None:
    in_form(lambda form: click(form, "save"))
    menu = life.findChild(QMenu)
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "撤销…").trigger()
    assert get(desk.store, number).events == (
        make.event(EventKind.REVOCATION, happened_on=make.TODAY),
    )
    reason = f"{make.TODAY} 撤销：不予登记、撤回、撤销的登记不计入任何期间。"
    assert reason in words(life)
    more = life.findChild(QPushButton, "act_more")
    assert more is not None
    assert not more.isEnabled()  # it ends only once
    delete(desk.store, [number])
    desk.changes.tell(PLEDGES)
    assert "这笔登记在回收站里，不计入任何统计。" in words(life)
    assert not life.correct.isEnabled()


def test_that_parties_and_rights_are_in_the_history(
    life: LifeDialog, desk: Desk, number: int
) -> None:
    before = get(desk.store, number)
    correct(desk.store, number, replace(before, pledgees=(make.pledgee("示例农商银行"),)))
    desk.changes.tell(PLEDGES)
    assert desk.jobs.wait_idle()
    table = life.findChild(QTableView, "table_life_corrections")
    assert isinstance(table, QTableView)
    shown = [table.model().index(0, column).data() for column in range(1, 6)]
    assert shown == [
        *("测试员", "更正登记 Y2019330000123", "质权人 1 · 名称"),
        *(make.pledgee().name, "示例农商银行"),
    ]


def test_that_a_change_is_recorded_corrected_removed_and_undone(
    life: LifeDialog, desk: Desk, number: int, store: Store
) -> None:
    growing = ("act", "current_act", "history", "sqlite_sequence")
    before = make.dump(store, leaving_out=growing)

    def change(form: EventDialog) -> None:
        put(form, "happened_on", "2020.5.6")
        line(form, "change_item_1").setText("出质人名称")
        line(form, "change_before_1").setText("甲")
        line(form, "change_after_1").setText("乙")
        click(form, "add_change")
        line(form, "change_item_2").setText("质权人地址")
        line(form, "change_after_2").setText("宁波")
        put(form, "secured_amount", "600")
        QTest.keyClick(line(form, "note"), ENTER)

    in_form(change)
    click(life, "act_change")
    [stored] = get(store, number).events
    changes = (Change("出质人名称", "甲", "乙"), Change("质权人地址", "", "宁波"))
    assert stored == Event(EventKind.CHANGE, date(2020, 5, 6), 600 * WAN, changes=changes)
    assert get(store, number).secured_amount_fen == 500 * WAN  # as registered
    assert "500 万元　现为 600 万元" in words(life)
    act = history.undoable(store)
    assert act is not None
    assert act.words == "变更登记 Y2019330000123"

    def mend(form: EventDialog) -> None:
        put(form, "secured_amount", "700")
        click(form, "save")

    in_form(mend)
    click(life, f"correct_event_{stored.id}")
    assert get(store, number).events == (replace(stored, secured_amount_fen=700 * WAN),)
    click(life, f"remove_event_{stored.id}")
    assert get(store, number).events == ()
    assert [history.undo(store).words for _ in range(3)] == [
        *("删除变更记录 Y2019330000123", "更正变更 Y2019330000123"),
        "变更登记 Y2019330000123",
    ]
    assert make.dump(store, leaving_out=growing) == before


def test_that_an_extension_moves_the_day_it_falls_due(
    life: LifeDialog, number: int, store: Store
) -> None:
    def extend(form: EventDialog) -> None:
        put(form, "happened_on", "2026-01-01")
        put(form, "term_end", "2026-12-31")
        click(form, "save")
        assert "应晚于现在的 2027-01-01" in line(form, "term_end").accessibleDescription()
        put(form, "term_end", "2029-01-01")
        click(form, "save")

    in_form(extend)
    click(life, "act_extend")
    assert get(store, number).term_end_on(make.TODAY) == date(2029, 1, 1)
    assert "有效" in words(life)
    assert "2029-01-01 到期，还有 770 天" in words(life)


def test_that_a_transfer_names_the_new_holder_and_leaves_what_was_registered(
    life: LifeDialog, number: int, store: Store
) -> None:
    def transfer(form: EventDialog) -> None:
        put(form, "happened_on", "2021-02-03")
        line(form, "transferee").setText("示例资产管理公司")
        click(form, "save")

    in_form(transfer)
    click(life, "act_transfer")
    pledge = get(store, number)
    assert pledge.pledgees == (make.pledgee(),)
    assert pledge.pledgees_on(make.TODAY) == ("示例资产管理公司",)
    assert pledge.events[0].changes == (Change(TRANSFER, make.pledgee().name, "示例资产管理公司"),)
    assert {"债权转让", "现质权人", "示例资产管理公司"} <= set(words(life))


def test_that_a_wrong_day_is_told_beside_it_and_nothing_is_written(
    life: LifeDialog, number: int, store: Store
) -> None:
    def cancel(form: EventDialog) -> None:
        for typed, fault in (
            ("2019-03-04", "不能早于登记日期 2019-03-05"),
            ("2026-11-24", "晚于今天"),
            ("2019-02-30", "没有 30 日"),
            ("", "请填写注销日期"),
        ):
            put(form, "happened_on", typed)
            click(form, "save")
            assert form.isVisible()
            assert fault in line(form, "happened_on").accessibleDescription()

    seen = in_form(cancel)
    click(life, "act_cancel_one")
    assert len(seen) == 1
    assert get(store, number).events == ()


def test_that_enter_in_a_small_form_belongs_to_the_input_method(
    qtbot: QtBot, number: int, store: Store
) -> None:
    pledge = get(store, number)
    form = EventDialog(pledge, blank_transfer(pledge, make.TODAY), make.TODAY, lambda _: [])
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    field = line(form, "transferee")
    field.setFocus()
    compose("shili")
    QTest.keyClick(field, ENTER)
    assert form.isVisible()
    made: Event | None = form.event_made
    assert made is None
    chinese("示例资产管理公司")
    QTest.keyClick(field, ENTER)
    made = form.event_made
    assert made is not None
    assert made.changes[0].after == "示例资产管理公司"


def test_that_it_goes_with_a_registration_that_is_taken_back(
    life: LifeDialog, desk: Desk, store: Store
) -> None:
    assert history.undo(store).words == "新增登记 Y2019330000123"
    desk.changes.tell(PLEDGES)
    assert not life.isVisible()
    assert desk.jobs.wait_idle()


def test_that_the_form_is_asked_for_and_both_are_freed(life: LifeDialog, number: int) -> None:
    seen = in_form(lambda form: form.reject())
    click(life, "act_extend")
    spy = QSignalSpy(life.edit_asked)
    assert life.correct.shortcut().toString() == "F2"
    click(life, "act_correct")
    assert spy.count() == 1
    assert spy.at(0) == [number]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(life)
    assert not shiboken6.isValid(seen[0])


def counted_line(dialog: QDialog, key: str) -> LinkRow:
    found = dialog.findChild(LinkRow, f"link_{key}")
    assert isinstance(found, LinkRow), key
    return found


def test_that_each_figure_opens_the_registrations_behind_it(
    life: LifeDialog, store: Store, number: int
) -> None:
    register(store, make.pledge(registered_on=date(2019, 9, 9)))
    register(store, make.pledge(registered_on=date(2019, 4, 1), term_end=date(2027, 1, 1)))
    spy = QSignalSpy(life.registrations_asked)
    lines = life.findChildren(LinkRow)
    for line in lines:
        assert line.is_clickable == ("不计" not in line.accessibleName())
        line.setFocus()
        QTest.keyClick(line, ENTER)
    assert spy.count() == sum(line.is_clickable for line in lines) >= 6
    assert spy.at(0)[1] == "杭州市滨江区 2019年 专利权 登记件数"
    assert len(select(store, spy.at(0)[0], make.TODAY)) == 3
    period = life.findChild(ComboBox, "counted_period")
    area = life.findChild(ComboBox, "counted_area")
    assert period is not None
    assert area is not None
    assert [period.itemText(at) for at in range(period.count())] == [
        *("2019年", "2019年上半年", "2019年第一季度", "2019年3月"),
    ]
    assert [area.itemText(at) for at in range(area.count())] == ["浙江省", "杭州市", "滨江区"]
    assert period.set_value("2019H1")
    assert area.set_value(0)
    QTest.mouseClick(counted_line(life, "flow_1"), Qt.MouseButton.LeftButton)
    wanted, title = spy.at(spy.count() - 1)
    assert title == "浙江省 2019年上半年 专利权 担保债权额"
    assert len(select(store, wanted, make.TODAY)) == 2
    QTest.mouseClick(counted_line(life, "stock_0"), Qt.MouseButton.LeftButton)
    wanted, title = spy.at(spy.count() - 1)
    assert title == "浙江省 截至 2026-11-23 专利权 在押件数"
    assert len(select(store, wanted, make.TODAY)) == 3


def test_that_a_figure_of_a_life_leads_to_the_ledger_and_to_other_lives(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme
) -> None:
    numbers = [register(store, make.pledge()) for _ in range(2)]
    window, _ = window_over(store, jobs, theme, qtbot, [])
    window.show_life(numbers[0])
    life = shown_dialog(LifeDialog)
    QTest.mouseClick(counted_line(life, "flow_0"), Qt.MouseButton.LeftButton)
    behind = shown_dialog(RegistrationsDialog)
    assert behind.windowTitle().endswith("杭州市滨江区 2019年 专利权 登记件数")
    assert behind.parent() is life
    settled(qtbot, jobs)
    behind.card.opened.emit(numbers[1])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(behind)
    other = shown_dialog(LifeDialog)
    assert other.pledge is not None
    assert other.pledge.id == numbers[1]
    assert window.findChildren(LifeDialog) == [other]  # one at a time
    QTest.mouseClick(counted_line(other, "flow_0"), Qt.MouseButton.LeftButton)
    click(shown_dialog(RegistrationsDialog), "in_ledger")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QApplication.activeModalWidget() is None
    assert not window.findChildren(QDialog)
    settled(qtbot, jobs)
    ledger = window.page("ledger")
    assert isinstance(ledger, LedgerPage)
    assert ledger.scope.text == "只列出计入滨江区、计入统计的登记。"
    window.hide()


D = TypeVar("D", bound=QDialog)


def shown_dialog(kind: type[D]) -> D:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind), dialog
    return dialog


def test_that_a_number_in_doubt_is_told_with_what_is_doubted(
    qtbot: QtBot, store: Store, desk: Desk
) -> None:
    made = make.pledge(reg_no="Y2019330000001").with_number_in_doubt()
    dialog = LifeDialog(desk, register(store, made))
    qtbot.addWidget(dialog)
    assert "（待核：另一笔登记也是 Y2019330000001）" in words(dialog)
    correct(store, 1, get(store, 1).numbered("Y2019330000009"))
    desk.changes.tell(PLEDGES)
    assert "Y2019330000009" in words(dialog)
    assert not any("待核：" in word for word in words(dialog))
    assert desk.jobs.wait_idle()
