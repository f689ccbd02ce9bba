"""Colours, fonts and the one style sheet, for light and dark."""

from collections.abc import Mapping
from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ipfinance.paths import resource
from ipfinance.ui import icons
from ipfinance.ui.colours import DARK, LIGHT

FONTS = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
BODY, TABLE, HINT, TITLE, CARD_TITLE, FIGURE = 14, 13, 12, 20, 15, 22  # pixels


class Choice(StrEnum):
    """What the user asked for; `SYSTEM` follows the desktop, also while the program runs."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application; `changed` tells those who paint or draw figures themselves."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self.dark = False
        self._worn = False
        app.setFont(body_font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.choose(choice)

    @property
    def choice(self) -> Choice:
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Change over at once, every window that is open included."""
        self._choice = choice
        hints = self._app.styleHints()
        # Told to the platform too, so that the title bar and native dialogs agree.
        if choice is Choice.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = choice is Choice.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._dress()

    def _on_system_changed(self) -> None:
        if self._choice is Choice.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        if self._choice is Choice.SYSTEM:
            self.dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            self.dark = self._choice is Choice.DARK
        colours = DARK if self.dark else LIGHT
        _current.clear()
        _current.update({name: QColor(value) for name, value in colours.items()})
        icons.recolour(colours)
        self._app.setPalette(_palette(colours))
        self._app.setStyleSheet(style_sheet(self.dark))
        if self._worn:  # the first time there is nothing to dress anew, and looking costs 25 ms
            icons.redress(self._app)
        self._worn = True
        self.changed.emit()


def colour(name: str) -> QColor:
    """The colour of that name in the theme that is worn now."""
    return _current[name]


def style_sheet(dark: bool) -> str:
    """The style sheet with its gaps filled."""
    gaps = dict(DARK if dark else LIGHT)
    gaps["icons"] = resource("icons/dark" if dark else "icons/light").as_posix()
    return Template(resource("style.qss").read_text(encoding="utf-8")).substitute(gaps)


def font_family() -> str:
    """The first font of the list that is installed, else the system's own."""
    installed = set(QFontDatabase.families())
    return next((name for name in FONTS if name in installed), QFont().family())


def body_font() -> QFont:
    """The font of running text; sizes are pixels, which Qt scales with the screen."""
    font = QFont(font_family())
    font.setPixelSize(BODY)
    return font


def sized(font: QFont, pixels: int, bold: bool = False) -> QFont:
    """A copy of `font` in another size; there are two weights only."""
    copy = QFont(font)
    copy.setPixelSize(pixels)
    copy.setBold(bold)
    return copy


def _palette(colours: Mapping[str, str]) -> QPalette:
    """For the parts of Fusion that the style sheet leaves alone."""
    role = QPalette.ColorRole
    palette = QPalette()
    for place, name in (
        (role.Window, "page"),
        (role.WindowText, "text"),
        (role.Base, "card"),
        (role.AlternateBase, "zebra"),
        (role.Text, "text"),
        (role.Button, "card"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.ToolTipBase, "tip"),
        (role.ToolTipText, "on_tip"),
        (role.PlaceholderText, "text_weak"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent_text"),
        (role.LinkVisited, "accent_text"),
        (role.Light, "card"),
        (role.Midlight, "line"),
        (role.Mid, "line_strong"),
        (role.Dark, "line_strong"),
        (role.Shadow, "line_strong"),
    ):
        palette.setColor(place, QColor(colours[name]))
    for place in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours["disabled"]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(colours["disabled_ground"]))
    return palette


# Worn now. One application has one look: whoever paints asks here instead of being handed it.
_current: dict[str, QColor] = {name: QColor(value) for name, value in LIGHT.items()}
