"""What is behind a number, the trash, and cancelling: said, done, and freed on close."""

from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.registrar import delete
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Pledge
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.traces import behind
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.cancel import CancelDialog, Cancellation
from ipfinance.ui.dialogs.registrations import RegistrationsDialog
from ipfinance.ui.dialogs.trash import TrashDialog
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.ledger_card import LedgerCard
from tests import make
from tests.ui.clicking import button, click
from tests.ui.desks import AskedTalk
from tests.ui.modal import in_dialog


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    joint = (make.pledgor(), make.pledgor("示例乙化工有限公司"))
    return make.stored(
        store,
        make.pledge(registered_on=date(2019, 1, 1), pledgors=joint),
        make.pledge(registered_on=date(2019, 2, 1), secured_amount_fen=None),
        make.pledge(registered_on=date(2019, 3, 1), secured_amount_fen=100 * WAN),
        make.pledge(registered_on=date(2020, 3, 1)),
    )


def footer(card: LedgerCard) -> str:
    return " ".join(one.text() for one in card.footer.findChildren(QLabel) if not one.isHidden())


def line(dialog: QDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def is_freed(dialog: QDialog) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return not shiboken6.isValid(dialog)


# -- what is behind a number ---------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, pledges: list[Pledge]) -> RegistrationsDialog:
    wanted = behind(desk.store, Period.year(2019), KindChoice.ALL, "registrations")
    made = RegistrationsDialog(desk, wanted, "2019年 登记件数", rule="一个登记号计一件")
    made.open()
    return made


def test_that_what_is_behind_a_number_adds_up_to_it(opened: RegistrationsDialog) -> None:
    assert opened.card.model.rowCount() == 3
    said = footer(opened.card)
    assert "共 3 条，涉及企业 2 家" in said
    assert "600.00 万元" in said
    assert "另有 1 件金额待补" in said
    words = [one.text() for one in opened.findChildren(QLabel)]
    assert "2019年 登记件数" in words
    assert "口径：一个登记号计一件" in words
    opened.close()


def test_that_a_registration_opened_there_closes_it(
    opened: RegistrationsDialog, pledges: list[Pledge]
) -> None:
    spy = QSignalSpy(opened.life_asked)
    opened.card.table.selectRow(0)
    QTest.keyClick(opened.card.table, Qt.Key.Key_Return)
    assert spy.at(0) == [pledges[2].id]
    assert is_freed(opened)


def test_that_the_ledger_is_asked_for_the_same_filter(opened: RegistrationsDialog) -> None:
    spy = QSignalSpy(opened.ledger_asked)
    wanted = opened.card.model.wanted
    click(opened, "in_ledger")
    assert spy.at(0) == [wanted]
    assert is_freed(opened)


def test_that_it_is_exported_under_its_name(
    opened: RegistrationsDialog, desk: Desk, talk: AskedTalk, tmp_path: Path
) -> None:
    talk.target = tmp_path / "明细.csv"
    click(opened, "export")
    assert desk.jobs.wait_idle()
    assert talk.said == ["2019年 登记件数.xlsx"]
    assert len(talk.target.read_text(encoding="utf-8-sig").splitlines()) == 4
    click(opened, "close")
    assert is_freed(opened)


def test_that_a_write_is_seen_there(opened: RegistrationsDialog, desk: Desk) -> None:
    make.stored(desk.store, make.pledge())
    desk.changes.tell(PLEDGES)
    assert opened.card.model.rowCount() == 4
    opened.close()
    assert is_freed(opened)
    desk.changes.tell(PLEDGES)


# -- the trash -----------------------------------------------------------------------------


@pytest.fixture
def trash(desk: Desk, pledges: list[Pledge]) -> TrashDialog:
    delete(desk.store, [pledge.id for pledge in pledges[:2] if pledge.id is not None])
    made = TrashDialog(desk)
    made.open()
    return made


def test_that_the_trash_is_searched_and_restored(
    qtbot: QtBot, trash: TrashDialog, desk: Desk
) -> None:
    spy = QSignalSpy(desk.changes.written)
    assert trash.card.model.rowCount() == 2
    QTest.keyClicks(trash.search, "slyhgy")
    QTest.keyClick(trash.search, Qt.Key.Key_Return)
    assert trash.card.model.rowCount() == 1
    trash.card.table.selectAll()
    click(trash, "restore")
    assert desk.jobs.wait_idle()
    assert len(select(desk.store, Filter(), make.TODAY)) == 3
    assert spy.at(0) == [PLEDGES]
    assert trash.card.model.rowCount() == 0
    trash.close()
    assert is_freed(trash)


def test_that_what_cannot_be_restored_is_told(
    trash: TrashDialog, desk: Desk, pledges: list[Pledge], talk: AskedTalk
) -> None:
    make.stored(desk.store, make.pledge(reg_no=pledges[0].reg_no))
    trash.card.table.selectAll()
    assert button(trash, "restore").text() == "恢复 2 笔"
    click(trash, "restore")
    assert desk.jobs.wait_idle()
    assert "已经另有一笔登记" in talk.said[-1]
    assert trash.card.model.rowCount() == 2
    trash.close()
    assert is_freed(trash)


def test_that_a_double_click_restores_and_an_empty_trash_says_so(
    trash: TrashDialog, desk: Desk
) -> None:
    for _ in range(2):
        trash.card.table.selectRow(0)
        QTest.keyClick(trash.card.table, Qt.Key.Key_Return)
        assert desk.jobs.wait_idle()
    assert trash.card.model.rowCount() == 0
    assert not trash.card.table.isVisible()
    assert "回收站是空的" in [one.text() for one in trash.findChildren(QLabel)]
    assert not button(trash, "restore").isEnabled()
    trash.close()
    assert is_freed(trash)


def test_that_removing_for_good_asks_with_the_count_and_can_be_undone(
    trash: TrashDialog, desk: Desk, talk: AskedTalk
) -> None:
    assert not button(trash, "purge").isEnabled()
    trash.card.table.selectAll()
    assert button(trash, "purge").text() == "彻底删除 2 笔…"
    talk.answer = False
    click(trash, "purge")
    assert trash.card.model.rowCount() == 2
    talk.answer = True
    click(trash, "purge")
    assert desk.jobs.wait_idle()
    assert talk.said == ["从回收站彻底删除选中的 2 笔登记？"] * 2
    assert trash.card.model.rowCount() == 0
    assert history.undo(desk.store).words.startswith("彻底删除登记")
    assert len(select(desk.store, Filter(deleted=True), make.TODAY)) == 2
    trash.close()


# -- cancelling ----------------------------------------------------------------------------


def numbers_of(pledges: list[Pledge]) -> tuple[int, ...]:
    return tuple(pledge.id for pledge in pledges if pledge.id is not None)


def message(dialog: CancelDialog) -> str:
    return line(dialog, "cancelled_on").accessibleDescription()


def test_that_the_day_and_the_note_are_given_back(
    qtbot: QtBot, store: Store, pledges: list[Pledge]
) -> None:
    def act(dialog: CancelDialog) -> None:
        assert button(dialog, "save").text() == "注销 4 笔"
        day = line(dialog, "cancelled_on")
        day.clear()
        QTest.keyClicks(day, "2026.11.1")
        QTest.keyClicks(line(dialog, "note"), "done")
        click(dialog, "save")

    seen = in_dialog(CancelDialog, act)
    given = CancelDialog.ask(pledges, make.TODAY, None)
    assert given == Cancellation(numbers_of(pledges), date(2026, 11, 1), "done")
    assert is_freed(seen[0])


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ([None], "担保债权额待补"),
        ([None] * 4, "等 4 笔，担保债权额待补"),
        ([100_00, None], "担保债权额 0.01 万元，另有 1 件金额待补"),
        ([100_00, 200_00], "担保债权额 0.03 万元"),
    ],
)
def test_that_an_amount_that_is_not_known_is_no_zero(
    qtbot: QtBot, amounts: list[int | None], said: str
) -> None:
    dialog = CancelDialog([make.pledge(secured_amount_fen=fen) for fen in amounts], make.TODAY)
    qtbot.addWidget(dialog)
    assert said in [one.text() for one in dialog.findChildren(QLabel)]


def test_that_today_is_proposed_and_escape_turns_away(
    qtbot: QtBot, store: Store, pledges: list[Pledge]
) -> None:
    in_dialog(CancelDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    given = CancelDialog.ask(pledges[:1], make.TODAY, None)
    assert given == Cancellation(numbers_of(pledges[:1]), make.TODAY, "")
    in_dialog(CancelDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert CancelDialog.ask(pledges[:1], make.TODAY, None) is None


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "请填写注销日期"),
        ("2026-02-30", "2026年2月没有 30 日"),
        ("2026-11-24", "晚于今天"),
        ("2020-02-28", "从 2020-03-01 起才能一起注销"),
        ("2019-01-15", "从 2020-03-01 起才能一起注销"),
    ],
)
def test_that_a_wrong_day_is_told_beside_it_and_keeps_the_dialog(
    qtbot: QtBot, store: Store, pledges: list[Pledge], typed: str, fault: str
) -> None:
    def act(dialog: CancelDialog) -> None:
        day = line(dialog, "cancelled_on")
        day.clear()
        QTest.keyClicks(day, typed)
        click(dialog, "save")
        assert dialog.isVisible()
        assert fault in message(dialog)
        QTest.keyClicks(day, "0")
        assert fault not in message(dialog)

    in_dialog(CancelDialog, act)
    assert CancelDialog.ask(pledges, make.TODAY, None) is None


def test_that_those_already_ended_are_told_and_left_out(
    qtbot: QtBot, store: Store, pledges: list[Pledge]
) -> None:
    ended = make.stored(store, make.pledge(events=(make.event(),)))

    def act(dialog: CancelDialog) -> None:
        words = [one.text() for one in dialog.findChildren(QLabel)]
        assert "注销 1 笔登记" in words
        assert any("2 笔里有 1 笔已经结束" in text for text in words)

    in_dialog(CancelDialog, act)
    CancelDialog.ask([pledges[0], *ended], make.TODAY, None)


def changed(store: Store, *days: date, number: str) -> Pledge:
    """A registration of 2019 with a change on each of the days."""
    events = tuple(
        make.event(EventKind.CHANGE, happened_on=day, changes=(make.change(),)) for day in days
    )
    [made] = make.stored(
        store, make.pledge(registered_on=date(2019, 1, 2), reg_no=number, events=events)
    )
    return made


def banners(dialog: CancelDialog) -> list[str]:
    return [one.text for one in dialog.findChildren(Banner) if not one.isHidden()]


def type_day(dialog: CancelDialog, day: str) -> None:
    field = line(dialog, "cancelled_on")
    field.clear()
    QTest.keyClicks(field, day)


def test_that_a_day_before_an_event_names_those_in_the_way_and_offers_the_others(
    qtbot: QtBot, store: Store
) -> None:
    chosen = [
        changed(store, date(2021, 5, 6), date(2020, 2, 3), number="Y2019980000111"),
        changed(store, number="Y2019980000222"),
        changed(store, date(2020, 7, 8), number="Y2019980000333"),
    ]

    def act(dialog: CancelDialog) -> None:
        type_day(dialog, "2020-08-01")
        click(dialog, "save")
        assert dialog.isVisible()
        assert message(dialog).endswith("从 2021-05-06 起才能一起注销")
        [told] = banners(dialog)
        assert told.startswith("有 1 笔不能在 2020-08-01 注销：Y2019980000111（2021-05-06 变更）。")
        type_day(dialog, "2020-07-07")
        assert not banners(dialog)  # another day is another question
        click(dialog, "save")
        [told] = banners(dialog)
        assert "有 2 笔不能在" in told
        assert "Y2019980000333（2020-07-08 变更）" in told
        [banner] = [one for one in dialog.findChildren(Banner) if not one.isHidden()]
        banner.linkActivated.emit("others")

    in_dialog(CancelDialog, act)
    given = CancelDialog.ask(chosen, make.TODAY, None)
    assert given == Cancellation(numbers_of(chosen[1:2]), date(2020, 7, 7), "")


def test_that_nothing_is_offered_where_none_can_be_cancelled(qtbot: QtBot, store: Store) -> None:
    chosen = [changed(store, date(2021, 5, day), number=f"Y201998000{day}") for day in range(1, 6)]

    def act(dialog: CancelDialog) -> None:
        type_day(dialog, "2021-04-30")
        click(dialog, "save")
        [banner] = [one for one in dialog.findChildren(Banner) if not one.isHidden()]
        assert banner.text.startswith(
            "这 5 笔都不能在 2021-04-30 注销：Y2019980001（2021-05-01 变更）"
        )
        assert banner.text.endswith("、另 2 笔。")
        assert "只注销" not in banner.accessibleName()
        type_day(dialog, "2021-05-05")
        click(dialog, "save")

    in_dialog(CancelDialog, act)
    given = CancelDialog.ask(chosen, make.TODAY, None)
    assert given == Cancellation(numbers_of(chosen), date(2021, 5, 5), "")


def test_that_one_registration_says_which_event_is_later(qtbot: QtBot, store: Store) -> None:
    chosen = [changed(store, date(2021, 5, 6), number="Y2019980000111")]

    def act(dialog: CancelDialog) -> None:
        type_day(dialog, "2021-05-05")
        click(dialog, "save")
        assert message(dialog).endswith("注销日期 2021-05-05 不能早于已有的变更 2021-05-06")

    in_dialog(CancelDialog, act)
    assert CancelDialog.ask(chosen, make.TODAY, None) is None
