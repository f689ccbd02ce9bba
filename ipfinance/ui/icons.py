"""The stroke icons, coloured by role and recoloured when the theme changes."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ipfinance.paths import resource
from ipfinance.ui.colours import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

SIZE = 18  # logical pixels: an icon beside words
_MENU_SIZE = 16
GAP = 4  # more room between picture and words than Qt leaves: leading blanks would be spoken
_NAME, _ROLE, _GAP = "iconName", "iconRole", "iconGap"


class IconRole(StrEnum):
    """What an icon's colour means; the value is the colour's name in the theme."""

    SOFT = "text_soft"
    TEXT = "text"
    ACCENT = "accent_text"
    ON_ACCENT = "on_accent"
    DANGER = "danger_text"
    WARNING = "warning_text"
    OK = "ok_text"


class TakesIcon(Protocol):
    """An action, a button, a tab: whatever shows an icon and keeps properties."""

    def setIcon(self, icon: "QIcon") -> None: ...  # noqa: N802

    def setProperty(self, name: str, value: object, /) -> bool: ...  # noqa: N802

    def property(self, name: str, /) -> Any: ...


def icon(name: str, role: IconRole = IconRole.SOFT) -> "QIcon":
    """The icon as it looks now; where it must follow the theme use `put_icon`."""
    return _icon(name, role, 0)


def pixmap(name: str, role: IconRole, size: int) -> QPixmap:
    """One picture `size` logical pixels wide, sharp on the sharpest screen."""
    return _drawn(name, _colours[role], size, _ratios()[-1])


def put_icon(target: TakesIcon, name: str, role: IconRole = IconRole.SOFT, gap: int = 0) -> None:
    """Give an action or a button its icon, and a new one whenever the theme changes."""
    name_icon(target, name, role, gap)
    draw_icon(target)


def name_icon(target: TakesIcon, name: str, role: IconRole = IconRole.SOFT, gap: int = 0) -> None:
    """Say which icon something has, without drawing it before it is seen: see `draw_icon`."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, str(role))
    target.setProperty(_GAP, gap)


def draw_icon(target: TakesIcon) -> None:
    """Draw the icon that was named for it, if one was, in the colours worn now."""
    name = target.property(_NAME)
    if name:
        role, gap = IconRole(target.property(_ROLE)), int(target.property(_GAP))
        target.setIcon(_icon(name, role, gap))


def recolour(colours: Mapping[str, str]) -> None:
    """Take over the colours of another theme; the theme calls this."""
    _colours.update(colours)
    _icon.cache_clear()
    _drawn.cache_clear()


def redress(app: QApplication) -> None:
    """Give all that `put_icon` has dressed its icon anew; the theme calls this."""
    owners: list[QObject] = [app, *app.allWidgets()]
    for owner in owners:
        draw_icon(owner)  # type: ignore[arg-type]  # whatever has a name takes an icon
        for action in owner.findChildren(
            QAction, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            draw_icon(action)


# Pictures and not a QIconEngine of our own: PySide loses the engine's clone, and Qt crashes.
@cache
def _icon(name: str, role: IconRole, gap: int) -> "QIcon":
    from PySide6.QtGui import QIcon  # 2 ms at start, where pictures are enough

    made = QIcon()
    # Few pictures, for each costs at start: what a button needs, and a menu besides.
    for size in (SIZE,) if gap else (_MENU_SIZE, SIZE):
        for ratio in _ratios():
            made.addPixmap(_drawn(name, _colours[role], size, ratio, gap), QIcon.Mode.Normal)
            # Qt greys dark pictures out by itself; white ones would vanish.
            if role is IconRole.ON_ACCENT:
                grey = _drawn(name, _colours["disabled"], size, ratio, gap)
                made.addPixmap(grey, QIcon.Mode.Disabled)
    return made


@cache
def _drawn(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    source = _source(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def _ratios() -> list[float]:
    """The pixels per logical pixel of all screens, the sharpest last."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}) or [1.0]


_colours: dict[str, str] = dict(LIGHT)  # those worn now
