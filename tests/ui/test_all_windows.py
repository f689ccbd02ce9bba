"""Every page and dialog: nothing clipped, covered, faint, nameless, or kept after its close."""

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store, open_store
from ipfinance.language import Language
from ipfinance.ui import dialogs
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.form import FormDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.theme import Choice, Theme
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import ElidedLabel, label
from tests import make
from tests.ui import looks
from tests.ui.chinese_said import ChineseSaid
from tests.ui.desks import desk_over
from tests.ui.windows_walked import ALL, walk
from tools.doors import LEDGERS, TODAY, FilesTalk, furnish
from tools.pictures import on_screen

Walk = subprocess.Popen[str]
ROOT = Path(__file__).parents[2]
_SIZE = 200  # registrations: enough that every list has something
_SCALE = "1.5"
SMALLEST = (1280, 720)  # the screen of the walks apart


@pytest.fixture(scope="module")
def furnished(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store in which no list of the window is empty; not to be written."""
    folder = tmp_path_factory.mktemp("furnished")
    with make.store_copied(empty_store, folder) as store:
        furnish(store, TODAY, _SIZE)
        return store.path


@pytest.fixture(scope="module", autouse=True)
def enlarged(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A walk in a program of its own, for Qt takes its scale once and for all; it goes on beside
    the other tests."""
    copy = _copied(furnished, tmp_path_factory.mktemp("enlarged"))
    yield from _walked_apart(copy, Language.CHINESE, _SCALE)


@pytest.fixture(scope="module", autouse=True)
def english(
    furnished: Path, enlarged: Walk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """The same in English, in which everything is looked at."""
    yield from _walked_apart(
        _copied(furnished, tmp_path_factory.mktemp("english")), Language.ENGLISH
    )


@pytest.fixture(scope="module")
def english_empty(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The same over an empty store."""
    folder = tmp_path_factory.mktemp("english_empty")
    yield from _walked_apart(_copied(empty_store, folder), Language.ENGLISH)


def _walked_apart(store: Path, language: Language, scale: str = "1") -> Iterator[Walk]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.walked_apart", store, language.value],
        cwd=ROOT,
        env={**os.environ, **on_screen(store.parent, SMALLEST, scale)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as walk:
        yield walk
        walk.kill()


def test_that_windows_of_a_full_store_have_no_fault(
    furnished: Path, tmp_path: Path, jobs: Jobs, theme: Theme, qtbot: QtBot
) -> None:
    with open_store(_copied(furnished, tmp_path), "测试员") as store:
        window = _window(store, jobs, theme, qtbot, (1366, 768))
        met: set[type] = set()
        assert walk(window, full=True, checks=ALL, met=met) == []
        assert _dialogs() - met == set()  # a new one needs a door


def test_that_windows_of_an_empty_store_have_no_fault_in_the_dark(
    store: Store, jobs: Jobs, theme: Theme, qtbot: QtBot
) -> None:
    theme.choose(Choice.DARK)
    try:
        window = _window(store, jobs, theme, qtbot, (1280, 720))
        assert walk(window, full=False, checks=ALL) == []
    finally:
        theme.choose(Choice.LIGHT)


def test_that_enlarged_windows_have_no_fault(enlarged: Walk) -> None:
    assert _found(enlarged) == (0, [])


def test_that_english_windows_have_no_fault_and_no_chinese(english: Walk) -> None:
    assert _found(english) == (0, [])


def test_that_english_windows_of_an_empty_store_have_no_fault(english_empty: Walk) -> None:
    assert _found(english_empty) == (0, [])


def _found(walk: Walk) -> tuple[int, list[str]]:
    said, _ = walk.communicate(timeout=200)
    faults = [line for line in said.splitlines() if not line.startswith("This plugin")]
    return walk.returncode, faults


def _dialogs() -> set[type]:
    """Every kind of dialog there is."""
    for module in pkgutil.iter_modules(dialogs.__path__):
        importlib.import_module(f"{dialogs.__name__}.{module.name}")
    kinds = {*QDialog.__subclasses__(), *FormDialog.__subclasses__()} - {FormDialog}
    return {kind for kind in kinds if kind.__module__.startswith("ipfinance.")}


def _copied(file: Path, folder: Path) -> Path:
    copy = folder / "full.db"
    with open_store(file) as store:
        store.connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _window(
    store: Store, jobs: Jobs, theme: Theme, qtbot: QtBot, size: tuple[int, int]
) -> MainWindow:
    desk: Desk
    desk, _ = desk_over(store, jobs, theme)
    desk.today = lambda: TODAY
    window = MainWindow(desk)
    desk.talk = FilesTalk(window, LEDGERS / "gbk.csv")
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


# -- the checks themselves find what they are for -------------------------------------------


def _long_words(parent: QWidget) -> None:
    label("担保债权额合计（万元）", parent=parent).setGeometry(0, 0, 40, 20)


def _low_paragraph(parent: QWidget) -> None:
    words = label("登记金额尚未补全的登记不计入合计，补全以后自动计入。", parent=parent)
    words.setWordWrap(True)
    words.setGeometry(0, 0, 80, 20)


def _narrow_button(parent: QWidget) -> None:
    button("导出退回的登记", parent=parent).setGeometry(0, 0, 60, 34)


def _narrow_combo(parent: QWidget) -> None:
    combo = QComboBox(parent)
    combo.setAccessibleName("地区")
    combo.addItem("杭州市滨江区（高新技术产业开发区）")
    combo.setGeometry(0, 0, 80, 34)


def _narrow_placeholder(parent: QWidget) -> None:
    edit = QLineEdit(parent)
    edit.setAccessibleName("查找")
    edit.setPlaceholderText("登记号、出质人、质权人、专利号")
    edit.setGeometry(0, 0, 80, 34)


def _neighbours(parent: QWidget) -> None:
    label("合计", parent=parent).setGeometry(0, 0, 60, 20)
    label("件数", parent=parent).setGeometry(50, 0, 60, 20)


def _half_outside(parent: QWidget) -> None:
    label("合计", parent=parent).setGeometry(parent.width() - 20, 0, 60, 20)


def _too_wide(parent: QWidget) -> None:
    parent.setFixedSize(1290, 200)


def _unnamed(parent: QWidget) -> None:
    QLineEdit(parent).setGeometry(0, 0, 100, 34)


def _silent_fault(parent: QWidget) -> None:
    edit = QLineEdit(parent)
    edit.setAccessibleName("登记号")
    edit.setGeometry(0, 0, 100, 34)
    edit.setProperty("state", "fault")


def _pale(parent: QWidget) -> None:
    words = label("截至今天", parent=parent)
    words.setStyleSheet("color: #9AA4B5")
    words.setGeometry(0, 0, 100, 20)


def _no_frame(parent: QWidget) -> None:
    one = QPushButton("打开", parent)
    one.setStyleSheet("border: none; outline: none")
    one.setGeometry(0, 0, 100, 34)


@pytest.mark.parametrize(
    ("build", "check", "said"),
    [
        (_long_words, looks.clipped, "clipped"),
        (_low_paragraph, looks.clipped, "clipped"),
        (_narrow_button, looks.clipped, "clipped"),
        (_narrow_combo, looks.clipped, "clipped"),
        (_narrow_placeholder, looks.clipped, "clipped"),
        (_neighbours, looks.misplaced, "overlapping"),
        (_half_outside, looks.misplaced, "outside"),
        (_too_wide, looks.too_large, "too large"),
        (_unnamed, looks.nameless, "nameless"),
        (_silent_fault, looks.unannounced, "unannounced"),
        (_pale, looks.faint, "faint"),
        (_no_frame, looks.unfocused, "focus not seen"),
    ],
)
def test_that_a_check_finds_what_it_looks_for(
    build: Callable[[QWidget], None],
    check: Callable[[QWidget], Iterator[str]],
    said: str,
    qtbot: QtBot,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 200)
    build(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    parent.activateWindow()
    assert [fault.split(":")[0] for fault in check(parent)] == [said]


def test_that_chinese_is_told_from_data(store: Store, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    label("杭州市: 3 registrations", parent=parent)
    label("专利 (patent) or 商标 (trademark)", parent=parent)
    check = ChineseSaid(store, LEDGERS / "gbk.csv")
    parent.show()
    assert list(check(parent)) == []
    label("杭州市：3 件", parent=parent).show()
    edit = QLineEdit(parent)
    edit.setPlaceholderText("登记号")
    edit.show()
    assert [fault.rpartition(": ")[2] for fault in check(parent)] == ["'：件'", "'登记号'"]


def test_that_checks_are_silent_about_what_is_right(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 300)
    box = FieldBox("登记号", QLineEdit(), key="reg_no", parent=parent)
    box.setGeometry(QRect(0, 0, 200, 80))
    box.set_fault("没有登记号")
    button("打开", kind=Kind.PRIMARY, parent=parent).setGeometry(0, 100, 100, 34)
    ElidedLabel("示例杭州精密机械有限公司", "hint", parent).setGeometry(0, 150, 60, 20)
    assert isinstance(box.label, QLabel)
    with qtbot.waitExposed(parent):
        parent.show()
    parent.activateWindow()
    box.editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert [fault for check in ALL for fault in check(parent)] == []
