"""Colours can be told apart, in both themes, and all is filled in."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QStyleHints
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.app import kept_theme
from ipfinance.paths import resource
from ipfinance.ui import icons
from ipfinance.ui.colours import DARK, LIGHT, TEXT_ON, contrast
from ipfinance.ui.icons import IconRole
from ipfinance.ui.roles import Tone
from ipfinance.ui.theme import Choice, Theme, colour, style_sheet
from ipfinance.ui.widgets.button import button


def test_that_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_that_text_can_be_read_on_its_ground(
    colours: dict[str, str], text: str, ground: str
) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("tone", Tone)
def test_that_pills_are_among_the_pairs_that_are_checked(tone: Tone) -> None:
    assert (tone.text, tone.ground) in TEXT_ON
    assert tone.line in LIGHT


def test_that_both_themes_know_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for value in (*LIGHT.values(), *DARK.values()))


@pytest.mark.parametrize("dark", [False, True])
def test_that_the_style_sheet_has_no_gap_left_and_every_picture_exists(dark: bool) -> None:
    sheet = style_sheet(dark)
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(name).is_file() for name in pictures)


def test_that_the_theme_changes_over_and_back(theme: Theme, qtbot: QtBot) -> None:
    one = button("导入", "import")
    qtbot.addWidget(one)
    before = _middle(one.icon())
    with qtbot.waitSignal(theme.changed):
        theme.choose(Choice.DARK)
    try:
        assert theme.dark
        assert colour("page").name().upper() == DARK["page"]
        assert _middle(one.icon()) != before
    finally:
        theme.choose(Choice.LIGHT)
    assert _middle(one.icon()) == before


def test_that_icons_of_actions_are_recoloured_too(theme: Theme, qapp: QApplication) -> None:
    action = QAction("导入", qapp)
    icons.put_icon(action, "import")
    before = _middle(action.icon())
    theme.choose(Choice.DARK)
    after = _middle(action.icon())
    theme.choose(Choice.LIGHT)
    assert before != after
    action.deleteLater()


def test_that_every_icon_draws_something_and_nothing_twice_alike(theme: Theme) -> None:
    names = [path.stem for path in resource("icons").glob("*.svg")]
    assert len(names) >= 38
    drawn = {}
    for name in names:
        picture = icons.pixmap(name, IconRole.TEXT, 24).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), (
            f"{name} is blank"
        )
        drawn[name] = bytes(picture.constBits())
    assert len(set(drawn.values())) == len(drawn)


def test_that_an_icon_keeps_its_room_from_the_words(qtbot: QtBot) -> None:
    one = button("导入", "import")
    qtbot.addWidget(one)
    assert one.iconSize() == QSize(icons.SIZE + icons.GAP, icons.SIZE)
    assert one.text() == "导入"


def test_that_qt_speaks_chinese(qtbot: QtBot) -> None:
    buttons = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(buttons.Ok | buttons.Cancel | buttons.Save)
    qtbot.addWidget(box)
    words = {box.button(which).text().split("(")[0] for which in
             (buttons.Ok, buttons.Cancel, buttons.Save)}  # fmt: skip
    assert words == {"确定", "取消", "保存"}
    edit = QLineEdit()
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    assert any("复制" in action.text() for action in menu.actions())
    menu.deleteLater()


def test_that_a_disabled_button_looks_disabled(qtbot: QtBot) -> None:
    one = QPushButton()
    qtbot.addWidget(one)
    icons.put_icon(one, "print")
    disabled = one.icon().pixmap(QSize(18, 18), QIcon.Mode.Disabled).toImage()
    normal = one.icon().pixmap(QSize(18, 18), QIcon.Mode.Normal).toImage()
    assert disabled != normal


def _middle(icon: QIcon) -> list[str]:
    picture = icon.pixmap(QSize(18, 18)).toImage()
    return [picture.pixelColor(x, 9).name() for x in range(18) if picture.pixelColor(x, 9).alpha()]


def test_that_the_desktop_is_followed_while_the_program_runs(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = qapp.styleHints()
    theme.choose(Choice.SYSTEM)
    seen = []
    try:
        for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
            # Without a display there is no desktop to change: what it would say, and its signal.
            monkeypatch.setattr(QStyleHints, "colorScheme", lambda _, now=scheme: now)
            hints.colorSchemeChanged.emit(scheme)
            seen.append((theme.dark, colour("page").name().upper()))
    finally:
        theme.choose(Choice.LIGHT)
    assert seen == [(True, DARK["page"]), (False, LIGHT["page"])]


@pytest.mark.parametrize(
    ("kept", "wanted"), [("purple", Choice.SYSTEM), (7, Choice.SYSTEM), ("dark", Choice.DARK)]
)
def test_that_a_theme_that_there_is_not_is_the_systems(kept: object, wanted: Choice) -> None:
    QSettings().setValue("theme", kept)
    assert kept_theme() is wanted
