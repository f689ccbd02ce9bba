"""What a clerk does on the ledger page, and what is then to be seen there."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Channel, Kind, Pledge
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.ledger_facets import LedgerFacets
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.key_figure import KeyFigure
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import refreshed_by_changes

COUNT = 45


def shown(qtbot: QtBot, desk: Desk) -> LedgerPage:
    made = LedgerPage(desk)
    qtbot.addWidget(made)
    refreshed_by_changes(desk, made)
    made.resize(1180, 740)
    made.show()
    made.refresh()
    return made


def combo(page: LedgerPage, name: str) -> ComboBox:
    found = page.findChild(ComboBox, f"filter_{name}")
    assert isinstance(found, ComboBox)
    return found


def choose(page: LedgerPage, name: str, words: str) -> None:
    one = combo(page, name)
    one.setCurrentIndex(one.findText(words))


def type_into(page: LedgerPage, name: str, text: str) -> None:
    field = page.findChild(QLineEdit, f"filter_{name}")
    assert isinstance(field, QLineEdit)
    field.clear()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        words = QInputMethodEvent()
        words.setCommitString(text)
        QApplication.sendEvent(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def numbers(page: LedgerPage) -> list[int]:
    return list(page.card.model.ids)


def footer(page: LedgerPage) -> str:
    return " ".join(
        one.text() for one in page.card.footer.findChildren(QLabel) if not one.isHidden()
    )


def figure(page: LedgerPage, name: str) -> tuple[str, str]:
    card = page.findChild(KeyFigure, f"figure_{name}")
    assert isinstance(card, KeyFigure)
    return card.accessibleName(), card.accessibleDescription()


def header_click(page: LedgerPage, key: str) -> None:
    header = page.card.table.header
    at = page.card.model.column_of(key)
    place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def double_click(page: LedgerPage, row: int) -> None:
    rect = page.card.table.visualRect(page.card.model.index(row, 0))
    viewport = page.card.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())


def act(page: LedgerPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction)
    assert action.isEnabled()
    action.trigger()


def many(store: Store) -> list[Pledge]:
    """Enough for three sheets of paper: both registers, two years, two cities, two channels."""
    ningbo = make.pledgor("示例乙化工有限公司", city=make.NINGBO, county=make.HAISHU)
    return make.stored(
        store,
        *(
            make.pledge(
                kind=Kind.TRADEMARK if number % 3 == 0 else Kind.PATENT,
                registered_on=date(2018 + number % 2, 1 + number % 12, 7),
                pledgors=(ningbo,) if number % 5 == 0 else (make.pledgor(),),
                secured_amount_fen=None if number % 7 == 0 else number * WAN,
                channel=Channel.ONLINE if number % 2 else Channel.WINDOW,
            )
            for number in range(1, COUNT + 1)
        ),
    )


def counted(qtbot: QtBot, page: LedgerPage) -> LedgerFacets:
    """The panel, once it has counted what is listed."""
    panel = page.findChild(LedgerFacets)
    assert panel is not None
    qtbot.waitUntil(lambda: not panel._pause.isActive())
    assert page._desk.jobs.wait_idle()
    return panel


def panel_opened(qtbot: QtBot, page: LedgerPage) -> LedgerFacets:
    click(page, "ledger_facets")
    return counted(qtbot, page)
