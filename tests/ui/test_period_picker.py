"""Periods are typed in every form of the command line and as labels, stepped, and picked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance import language
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError
from ipfinance.language import Language
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.period_english import short_english
from ipfinance.ui.widgets.period_panel import PeriodPanel
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.period_text import default_period, months, neighbour, read_period
from tests.ui.figures_data import Heard

TODAY = date(2026, 11, 23)
REACH = (date(2014, 5, 6), date(2026, 11, 2))


@pytest.fixture
def picker(qtbot: QtBot) -> PeriodPicker:
    made = PeriodPicker(Period.year(2019))
    made.set_reach(REACH, TODAY)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def heard(picker: PeriodPicker) -> Heard:
    ears = Heard()
    picker.period_changed.connect(ears.listen)
    return ears


def field(picker: PeriodPicker) -> QLineEdit:
    edit = picker.findChild(QLineEdit, "period")
    assert isinstance(edit, QLineEdit)
    return edit


def panel(picker: PeriodPicker) -> PeriodPanel:
    picker.open_panel()
    found = picker.findChild(PeriodPanel)
    assert isinstance(found, PeriodPanel)
    assert found.isVisible()
    return found


def offer(opened: PeriodPanel, words: str) -> QPushButton:
    return next(one for one in opened.findChildren(QPushButton) if one.accessibleName() == words)


@pytest.mark.parametrize(
    "typed",
    ["2018", "2019H1", "2019Q3", "2019-06", "2019-01..2019-08", "2014-07-01..2014-12-30"],
)
def test_that_every_form_of_the_command_line_can_be_typed(
    picker: PeriodPicker, heard: Heard, typed: str
) -> None:
    field(picker).selectAll()
    QTest.keyClicks(field(picker), typed)
    assert not heard.said  # half a period is none
    QTest.keyClick(field(picker), Qt.Key.Key_Return)
    assert heard.said == [(parse_period(typed),)]
    assert picker.period() == parse_period(typed)
    assert field(picker).text() == parse_period(typed).label


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2019年", "2019"),
        ("2022年上半年", "2022H1"),
        ("2019年第三季度", "2019Q3"),
        ("2019年四季度", "2019Q4"),
        ("2019年6月", "2019-06"),
        ("2019年1—8月", "2019-01..2019-08"),
        ("2019年1-8月", "2019-01..2019-08"),
        ("2017—2019年", "2017-01..2019-12"),
        ("２０１９年　上半年", "2019H1"),
        ("2014年7月1日—2014年12月30日", "2014-07-01..2014-12-30"),
        ("2014.7.1至2014.12.30", "2014-07-01..2014-12-30"),
        ("2018年11月—2019年2月", "2018-11..2019-02"),
        ("2019年3月5日", "2019-03-05..2019-03-05"),
    ],
)
def test_that_a_period_is_read_as_people_write_it(typed: str, text: str) -> None:
    assert read_period(typed) == parse_period(text)


@given(
    start=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    length=st.integers(0, 900),
    whole=st.booleans(),
)
def test_that_what_the_field_shows_can_be_read_back(start: date, length: int, whole: bool) -> None:
    end = date.fromordinal(start.toordinal() + length)
    period = (
        months(start.year, start.month, end.year, end.month) if whole else Period.of(start, end)
    )
    assert read_period(period.label) == period
    language.choose(Language.ENGLISH)
    try:
        assert read_period(period.label) == period
    finally:
        language.choose(Language.CHINESE)
    assert read_period(period.label_en) == period
    assert read_period(period.label_en.removeprefix("the ").upper()) == period


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("mar 2019", "2019-03"),
        ("Jan-Aug 2019", "2019-01..2019-08"),
        ("Sept 2018 – Feb 2019", "2018-09..2019-02"),
        ("second half 2019", "2019H2"),
        ("5 march 2019", "2019-03-05..2019-03-05"),
    ],
)
def test_that_english_names_may_be_shortened(typed: str, text: str) -> None:
    assert read_period(typed) == parse_period(text)


@pytest.mark.parametrize("typed", ["ma 2019", "marche 2019", "31 February 2019", "fifth half 2019"])
def test_that_what_is_no_english_name_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_period(typed)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2019", "Whole year"),
        ("2019H1", "First half"),
        ("2019Q4", "Fourth quarter"),
        ("2019-05", "May"),
        ("2019-01..2019-08", "Jan–Aug"),
        ("2017-01..2019-12", "2017–2019"),
    ],
)
def test_that_the_panel_leaves_the_year_out(text: str, short: str) -> None:
    assert short_english(parse_period(text)) == short


@pytest.mark.parametrize("typed", ["", "去年", "2019年13月", "2019年2月30日", "2019年8—1月", "19"])
def test_that_what_is_no_period_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UserError):
        read_period(typed)


def test_that_a_fault_is_shown_and_changes_nothing(picker: PeriodPicker, heard: Heard) -> None:
    field(picker).setText("2019年13月")
    QTest.keyClick(field(picker), Qt.Key.Key_Return)
    assert field(picker).property("state") == "fault"
    assert "不存在" in field(picker).accessibleDescription()
    assert not heard.said
    QTest.keyClick(field(picker), Qt.Key.Key_Escape)
    assert field(picker).text() == "2019年"
    assert field(picker).property("state") == ""
    assert "2019Q3" in field(picker).accessibleDescription()


def test_that_the_field_never_shows_another_period_than_the_page(
    picker: PeriodPicker, heard: Heard, qtbot: QtBot
) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    field(picker).setText("去年")
    other.activateWindow()
    other.setFocus()
    field(picker).clearFocus()
    qtbot.waitUntil(lambda: field(picker).text() == "2019年")
    assert not heard.said


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2019", "2020"),
        ("2019H1", "2019H2"),
        ("2019Q4", "2020Q1"),
        ("2019-12", "2020-01"),
        ("2019-01..2019-08", "2020-01..2020-08"),
        ("2017-01..2019-12", "2018-01..2020-12"),
        ("2014-07-01..2014-12-30", "2015-07-01..2015-12-30"),
        ("2019-02-01..2019-02-28", "2019-03"),
        ("2019-01-15..2019-02-28", "2020-01-15..2020-02-29"),
        ("2020-02-29..2020-02-29", "2021-02-28..2021-02-28"),
    ],
)
def test_that_a_period_steps_by_its_own_kind(text: str, later: str) -> None:
    assert neighbour(parse_period(text), 1) == parse_period(later)


def test_that_arrows_and_buttons_step(picker: PeriodPicker, heard: Heard) -> None:
    QTest.keyClick(field(picker), Qt.Key.Key_Down)
    assert picker.period() == Period.year(2018)
    picker.set_period(Period.month(2019, 1))
    QTest.keyClick(field(picker), Qt.Key.Key_Up)
    assert picker.period() == Period.month(2019, 2)
    QTest.keyClick(field(picker), Qt.Key.Key_PageDown)
    assert picker.period() == Period.month(2018, 2)
    earlier = picker.findChild(QPushButton, "period_earlier")
    assert isinstance(earlier, QPushButton)
    earlier.click()
    assert picker.period() == Period.month(2018, 1)
    assert len(heard.said) == 4


def test_that_nothing_steps_into_the_future(picker: PeriodPicker, heard: Heard) -> None:
    later = picker.findChild(QPushButton, "period_later")
    assert isinstance(later, QPushButton)
    picker.set_period(Period.year(2026))
    assert not later.isEnabled()
    QTest.keyClick(field(picker), Qt.Key.Key_Up)
    assert picker.period() == Period.year(2026)
    assert not heard.said


def test_that_setting_a_period_tells_nobody(picker: PeriodPicker, heard: Heard) -> None:
    picker.set_period(Period.half(2020, 1))
    assert field(picker).text() == "2020年上半年"
    assert not heard.said


def test_that_the_panel_offers_the_parts_of_a_year(picker: PeriodPicker, heard: Heard) -> None:
    opened = panel(picker)
    assert offer(opened, "2019年").isChecked()
    offer(opened, "2019年上半年").click()
    assert not opened.isVisible()
    assert heard.said == [(Period.half(2019, 1),)]
    for words in ("2019年第二季度", "2019年8月", "2019年1—8月", "2015—2019年", "2014—2026年"):
        offer(panel(picker), words).click()
        assert picker.period().label == words


def test_that_the_panel_offers_the_years_of_the_store(picker: PeriodPicker) -> None:
    opened = panel(picker)
    year = opened.findChild(ComboBox, "panel_year")
    assert isinstance(year, ComboBox)
    assert [year.itemData(at) for at in range(year.count())] == list(range(2026, 2013, -1))
    QTest.keyClick(opened, Qt.Key.Key_PageDown)
    offer(opened, "2020年第四季度").click()
    assert picker.period() == Period.quarter(2020, 4)


def test_that_the_panel_greys_what_has_not_begun(picker: PeriodPicker) -> None:
    picker.set_period(Period.year(2026))
    opened = panel(picker)
    assert offer(opened, "2026年11月").isEnabled()
    assert not offer(opened, "2026年12月").isEnabled()


def test_that_the_panel_takes_any_days(picker: PeriodPicker, heard: Heard) -> None:
    opened = panel(picker)
    start, end = (opened.findChild(DateEdit, name) for name in ("panel_start", "panel_end"))
    take = opened.findChild(QPushButton, "panel_take")
    assert isinstance(start, DateEdit)
    assert isinstance(end, DateEdit)
    assert isinstance(take, QPushButton)
    start.setText("2014-12-31")
    end.setText("2014-07-01")
    assert not take.isEnabled()
    start.setText("2014-07-03")
    end.setText("2014-12-30")
    take.click()
    assert heard.said == [(Period.of(date(2014, 7, 3), date(2014, 12, 30)),)]


def test_that_the_panel_is_walked_with_arrows(picker: PeriodPicker, qtbot: QtBot) -> None:
    opened = panel(picker)

    def press(key: Qt.Key, reached: str) -> None:
        held: QWidget | None = opened.focusWidget()
        assert held is not None
        QTest.keyClick(held, key)
        now = opened.focusWidget()
        assert now is not None
        assert now.accessibleName() == reached

    press(Qt.Key.Key_Right, "2019年上半年")
    press(Qt.Key.Key_Down, "2019年第二季度")
    press(Qt.Key.Key_Down, "2019年3月")
    press(Qt.Key.Key_Left, "2019年2月")
    press(Qt.Key.Key_Up, "2019年第一季度")
    held = opened.focusWidget()
    assert held is not None
    QTest.keyClick(held, Qt.Key.Key_Space)
    assert picker.period() == Period.quarter(2019, 1)


@pytest.mark.parametrize(
    ("reach", "today", "text"),
    [
        (None, date(2026, 11, 23), "2026"),
        ((date(2015, 1, 1), date(2019, 8, 8)), date(2026, 11, 23), "2019"),
        ((date(2015, 1, 1), date(2026, 11, 2)), date(2026, 11, 23), "2026-01..2026-10"),
        ((date(2015, 1, 1), date(2026, 2, 2)), date(2026, 2, 3), "2026-01"),
        ((date(2015, 1, 1), date(2026, 1, 2)), date(2026, 1, 3), "2025"),
        ((date(2026, 1, 1), date(2026, 1, 2)), date(2026, 1, 3), "2026"),
        ((date(2026, 11, 1), date(2026, 11, 2)), date(2026, 11, 3), "2026"),
    ],
)
def test_that_the_first_period_shown_can_be_compared(
    reach: tuple[date, date] | None, today: date, text: str
) -> None:
    assert default_period(reach, today) == parse_period(text)


def test_that_a_field_that_stands_aside_says_what_holds_and_keeps_what_was_chosen(
    picker: PeriodPicker, heard: Heard
) -> None:
    picker.stand_aside(Period.year(2027))
    assert field(picker).text() == "2027年"
    assert not field(picker).isEnabled()
    picker.set_period(Period.year(2018))  # chosen elsewhere meanwhile
    assert field(picker).text() == "2027年"
    assert picker.period() == Period.year(2018)
    picker.stand_aside(None)
    assert field(picker).text() == "2018年"
    assert field(picker).isEnabled()
    assert not heard.said
