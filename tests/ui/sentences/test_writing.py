"""The page of sentences: shown, looked into, rewritten, copied, exported."""

from datetime import date
from pathlib import Path

import pytest
import shiboken6
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.ledger import Filter
from ipfinance.domain.period import Period
from ipfinance.reports.grounds import registrations_behind
from ipfinance.reports.sentences import sentences
from ipfinance.reports.wording import Language
from ipfinance.ui.desk import FACTS, Desk
from ipfinance.ui.pages.sentences import SentencesPage
from ipfinance.ui.theme import Choice, Theme
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.sentence_row import SentenceRow
from ipfinance.ui.widgets.sentence_view import SentenceView
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.figures_data import Heard, child, fill, found
from tests.ui.sentences.hands import go_to, said, shown


@pytest.mark.parametrize(("area", "place"), [(make.HUZHOU, "湖州市"), (make.DEQING, "德清县")])
def test_that_the_page_opens_on_the_area_of_the_bureau_until_another_is_chosen(
    desk: Desk, store: Store, qtbot: QtBot, area: str, place: str
) -> None:
    fill(store)
    write_facts(store, Facts(area=area))
    page = shown(qtbot, desk)
    combo = page.writing.area
    assert combo.currentText() == place
    assert place in page.writing.subject
    assert said(page)
    assert combo.set_value(make.NINGBO)
    combo.activated.emit(combo.currentIndex())
    assert desk.jobs.wait_idle()
    write_facts(store, Facts())
    page.refresh()
    assert desk.jobs.wait_idle()
    assert combo.currentText() == "宁波市"


def place_of(view: SentenceView, number: int) -> QPoint:
    """Where on the screen a number of a sentence is."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.sentence.figures[number].start)
    return view.cursorRect(cursor).center() + QPoint(5, 0)


def rewrite(page: SentencesPage, number: int, before: str, after: str) -> SentenceRow:
    """Rewrite words as a person does: the pencil, a selection, typing, Enter."""
    row = page.writing.rows[number]
    QTest.mouseClick(child(row, "rewrite"), Qt.MouseButton.LeftButton)
    cursor = row.edit.document().find(before)
    assert not cursor.isNull()
    row.edit.setTextCursor(cursor)
    row.edit.insertPlainText(after)
    QTest.keyClick(row.edit, Qt.Key.Key_Return)
    assert page.desk.jobs.wait_idle()
    QCoreApplication.processEvents()
    assert page.desk.jobs.wait_idle()
    return page.writing.rows[number]


def test_that_the_sentences_are_those_of_the_reports(page: SentencesPage, store: Store) -> None:
    for year in (2018, 2019):
        go_to(page, year)
        assert said(page) == sentences(store, Period.year(year), Language.CHINESE)
        for row in page.writing.rows:
            assert row.view.toPlainText() == row.view.sentence.text


def test_that_area_and_language_are_chosen(page: SentencesPage, store: Store) -> None:
    for name, value in (("area", make.NINGBO), ("language", Language.ENGLISH)):
        combo = child(page, name)
        assert isinstance(combo, ComboBox)
        assert combo.set_value(value)
        combo.activated.emit(combo.currentIndex())
    assert page.desk.jobs.wait_idle()
    assert said(page) == sentences(store, Period.year(2019), Language.ENGLISH, make.NINGBO)
    assert "宁波市" in page.writing.subject


def test_that_a_click_on_a_number_asks_for_its_registrations(
    page: SentencesPage, store: Store
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    for row in page.writing.rows:
        for number, figure in enumerate(row.view.sentence.figures):
            QTest.mouseClick(
                row.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(row.view, number)
            )
            wanted, title = heard.last
            assert wanted == registrations_behind(store, figure.value)
            assert figure.value.indicator.name in str(title)
            ground = page.writing.ground.ground
            assert ground is not None
            assert ground.figure == figure
            assert isinstance(wanted, Filter)
            assert found(store, wanted)[0] == ground.registrations


def test_that_hovering_tells_what_a_number_rests_on(qtbot: QtBot, page: SentencesPage) -> None:
    row = page.writing.rows[1]
    numbers = [one.value.comparison.value for one in row.view.sentence.figures]
    at = numbers.index("share_of_nation")
    QTest.mouseMove(row.view.viewport(), place_of(row.view, at))
    qtbot.waitUntil(lambda: page.writing.ground.ground is not None)
    words = page.writing.ground.words
    assert "登记件数 占全国" in words
    assert "7,060 件" in words
    assert "来源：https://" in words
    assert "占全国：本地数除以同一期间公布的全国数。" in words
    heard = Heard()
    page.page_asked.connect(heard.listen)
    click(page, "open_references")
    assert heard.last == ("references",)


def test_that_tab_walks_the_numbers_and_enter_opens(qtbot: QtBot, page: SentencesPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view = page.writing.rows[0].view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    ground = page.writing.ground
    for figure in view.sentence.figures:
        assert ground.ground is not None
        assert ground.ground.figure == figure
        page.grab()  # draws the mark around it
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert len(heard.said) == view.sentence.figures.index(figure) + 1
        QTest.keyClick(view, Qt.Key.Key_Tab)
    assert not view.hasFocus()


def test_that_own_words_survive_a_change_of_period_with_new_numbers(
    page: SentencesPage, store: Store
) -> None:
    own = 0
    rewrite(page, own, "知识产权质押登记金额", "质押融资额")
    for year in (2019, 2018):
        go_to(page, year)
        (original, *_) = sentences(store, Period.year(year), Language.CHINESE)
        sentence = said(page)[own]
        assert sentence.text == original.text.replace("知识产权质押登记金额", "质押融资额")
        assert [one.value for one in sentence.figures] == [one.value for one in original.figures]
        assert page.writing.rows[own].shown.is_own
    make.stored(store, make.pledge(registered_on=date(2018, 4, 1)))
    page.refresh()
    assert page.desk.jobs.wait_idle()
    assert said(page)[own].figures[0].text != sentence.figures[0].text
    assert said(page)[own].text.startswith("2018年，全省质押融资额")


def test_that_the_original_can_be_had_where_words_of_another_period_fit(
    page: SentencesPage, store: Store
) -> None:
    rewrite(page, 0, "知识产权质押登记金额", "质押融资额")
    go_to(page, 2018)
    row = page.writing.rows[0]
    assert row.shown.is_own
    row.start_editing()
    press_in(row, "original")
    press_in(row, "save")
    for year, is_own in ((2018, False), (2019, True)):
        go_to(page, year)
        assert page.writing.rows[0].shown.is_own is is_own


def test_that_a_number_cannot_be_altered(page: SentencesPage) -> None:
    row = page.writing.rows[1]
    row.start_editing()
    before = row.edit.toPlainText()
    cursor = row.edit.document().find("〔")
    cursor.setPosition(cursor.selectionEnd() + 1)
    row.edit.setTextCursor(cursor)
    QTest.keyClicks(row.edit, "9")
    QTest.keyClick(row.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(row.edit, Qt.Key.Key_Delete)
    row.edit.insertPlainText("〔9亿元〕")
    assert row.edit.toPlainText() == before
    row.edit.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(row.edit, "ok")
    assert row.edit.toPlainText() == before + "ok"
    QTest.keyClick(row.edit, Qt.Key.Key_Escape)
    assert not row.is_editing
    assert row.view.isVisible()


def test_that_the_original_words_come_back(page: SentencesPage, store: Store) -> None:
    original = said(page)
    rewrite(page, 0, "知识产权质押登记金额", "质押融资")
    assert said(page) != original
    row = page.writing.rows[0]
    row.start_editing()
    press_in(row, "original")
    press_in(row, "save")
    page.refresh()
    assert page.desk.jobs.wait_idle()
    assert said(page) == original
    history.undo(store)
    page.refresh()
    assert page.desk.jobs.wait_idle()
    assert "质押融资" in said(page)[0].text


def press_in(row: SentenceRow, name: str) -> None:
    QTest.mouseClick(child(row, name), Qt.MouseButton.LeftButton)


def test_that_what_is_half_rewritten_is_kept_on_a_change_of_period(page: SentencesPage) -> None:
    heard = Heard()
    page.desk.changes.written.connect(heard.listen)
    row = page.writing.rows[0]
    row.start_editing()
    row.edit.moveCursor(QTextCursor.MoveOperation.Start)
    row.edit.insertPlainText("据统计，")
    page.refresh()  # news from elsewhere does not take the words away
    assert row.is_editing
    go_to(page, 2018)
    assert heard.last == (FACTS,)
    go_to(page, 2019)
    assert said(page)[0].text.startswith("据统计，2019年")


def test_that_copying_gives_plain_text(page: SentencesPage) -> None:
    click(page, "copy")
    assert QGuiApplication.clipboard().text() == "\n".join(one.text for one in said(page))
    assert page.banner.isVisible()


def test_that_the_evidence_is_of_the_words_shown(
    page: SentencesPage, talk: AskedTalk, tmp_path: Path
) -> None:
    rewrite(page, 0, "知识产权质押登记金额", "质押融资")
    talk.target = tmp_path / "依据.xlsx"
    click(page, "export")
    assert page.desk.jobs.wait_idle()
    book = load_workbook(talk.target)
    assert said(page)[0].text in [row[0].value for row in book["语句"].iter_rows()]
    assert "已导出" in page.banner.text


def test_that_an_empty_period_and_an_empty_store_say_so(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    page = shown(qtbot, desk)
    assert child(page, "demo").isVisible()
    fill(store)
    go_to(page, 2010)
    assert page.writing.rows == []
    assert not child(page, "export").isEnabled()
    click(page, "elsewhere")
    assert desk.jobs.wait_idle()
    assert page.writing.rows


def test_that_another_theme_redraws_the_numbers(page: SentencesPage, theme: Theme) -> None:
    light = page.writing.rows[0].view.toHtml()
    theme.choose(Choice.DARK)
    try:
        page.grab()
        assert page.writing.rows[0].view.toHtml() != light
        assert page.writing.rows[0].view.toPlainText() == said(page)[0].text
    finally:
        theme.choose(Choice.LIGHT)


def test_that_the_page_is_freed(qtbot: QtBot, desk: Desk, store: Store) -> None:
    fill(store)
    page = SentencesPage(desk)
    page.show_period(Period.year(2019))
    assert desk.jobs.wait_idle()
    page.writing.rows[0].start_editing()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(page)
