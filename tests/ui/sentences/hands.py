"""The page of sentences: shown, led to a year, and asked for its sentences."""

from pytestqt.qtbot import QtBot

from ipfinance.domain.period import Period
from ipfinance.reports.sentences import Sentence
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.sentences import SentencesPage


def shown(qtbot: QtBot, desk: Desk, year: int = 2019) -> SentencesPage:
    made = SentencesPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 740)
    with qtbot.waitExposed(made):
        made.show()
    go_to(made, year)
    return made


def go_to(page: SentencesPage, year: int) -> None:
    page.show_period(Period.year(year))
    assert page.desk.jobs.wait_idle()


def said(page: SentencesPage) -> list[Sentence]:
    return [row.view.sentence for row in page.writing.rows]
