"""关于 and 快捷键: what is there to copy, and that every key is told."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWhatsThis
from pytestqt.qtbot import QtBot

from ipfinance import __version__
from ipfinance.db.connection import SCHEMA_VERSION, Store
from ipfinance.domain.fields import BY_KEY
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.about import AboutDialog, size_words
from ipfinance.ui.dialogs.keys import OF_PLACES
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import PAGES, MainWindow
from ipfinance.ui.menus import ERRAND_ACTIONS, FRAME_ACTIONS
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.talk import Talk


def test_that_about_tells_version_store_and_log_and_copies_their_places(
    store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    log = tmp_path / "ipfinance.log"
    log.write_bytes(b"x" * 2500)
    dialog = AboutDialog(store.path, log, Talk())
    qtbot.addWidget(dialog)
    said = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert __version__ in said
    assert f"数据格式第 {SCHEMA_VERSION} 版" in said
    assert f"{store.path}" in said
    assert "2.5 KB" in said
    copies = dialog.findChildren(QPushButton, "copy_path")
    copies[1].click()
    assert QGuiApplication.clipboard().text() == str(log)
    copies[0].click()
    assert QGuiApplication.clipboard().text() == str(store.path)


def test_that_the_size_of_a_store_counts_what_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    file.write_bytes(b"x" * 2_000_000)
    (tmp_path / "a.db-wal").write_bytes(b"x" * 500_000)
    assert size_words(file) == "2.5 MB"


def test_that_every_shortcut_of_every_page_is_told(desk: Desk, jobs: Jobs, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    for key, *_ in PAGES:
        window.page(key)
    told = {
        QKeySequence(one)
        for keys in (
            *(spec.keys for spec in (*FRAME_ACTIONS, *ERRAND_ACTIONS) if spec.keys),
            *(keys for _, group in OF_PLACES for keys, _ in group),
        )
        for one in keys.split(", ")
    }
    # The same key twice on a keyboard: the form names it once.
    told.add(QKeySequence("Ctrl+Enter"))
    assert window.actions_by_id  # made when the first page is entered, or asked for as here
    there = [one for action in window.findChildren(QAction) for one in action.shortcuts()]
    there += [one.shortcut() for one in window.findChildren(QAbstractButton)]
    assert len(there) > 20
    assert {one.toString() for one in there if not one.isEmpty() and one not in told} == set()
    assert jobs.wait_idle()


def test_that_a_field_of_the_form_is_explained_with_its_source_by_a_key(
    desk: Desk, jobs: Jobs, qtbot: QtBot
) -> None:
    page = EntryPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    number = page.form.single.boxes["reg_no"].editor
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    try:
        shown = [one for one in QApplication.topLevelWidgets() if one.inherits("QWhatsThat")]
        assert len(shown) == 1
        assert BY_KEY["reg_no"].source in page.form.single.boxes["reg_no"].whatsThis()
    finally:
        QWhatsThis.hideText()
    assert jobs.wait_idle()
