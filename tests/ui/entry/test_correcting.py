"""Correcting a registration through the entry page."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.db.history import of_row, undo
from ipfinance.db.pledges import get
from ipfinance.db.registrar import record
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Change, Event, EventKind, PledgeeKind
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.entry.hands import field, go_to, words_under
from tests.ui.typing_in import CTRL, Key, cursor, keys, press


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


def test_that_a_registration_that_is_gone_is_told_of(page: EntryPage) -> None:
    page.edit(4711)
    assert "已经不在台账里" in page.banner.text
    assert page.number is None
