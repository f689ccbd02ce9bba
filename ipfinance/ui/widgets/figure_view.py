"""A figure that can be looked into: hover tells, a click or Enter opens, arrows walk."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ipfinance.language import clauses, facts, tr
from ipfinance.reports.figure_chart import Drawable
from ipfinance.reports.figure_palettes import DARK, LIGHT
from ipfinance.statistics.presenting import value_with_unit
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.theme import TABLE, colour, sized
from ipfinance.ui.widgets.figure_picture import ForScreen, Picture, image_of
from ipfinance.ui.widgets.figure_places import Place, Places
from ipfinance.ui.widgets.figure_tip import FigureTip, TipRow

_PAUSE_MS = 120  # after the last change of size
_WAITING = tr("正在准备图表……")
_FAR = 1_000_000
_STEPS: dict[int, tuple[int, int]] = {  # key: categories across, series up
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Home: (-_FAR, 0),
    Qt.Key.Key_End: (_FAR, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FigureView(QWidget):
    """Shows the picture drawn last, stretched, until the one of the new size is there."""

    opened = Signal(int, str)  # the category's number and the series' key
    drawn = Signal()  # the picture asked for last is in sight

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(420, 280)
        self._jobs = jobs
        self._spec: Drawable | None = None
        self._more: Sequence[Sequence[TipRow]] = ()
        self._dark = False
        self._wanted: ForScreen | None = None
        self._picture: Picture | None = None
        self._image = QImage()
        self._place: Place | None = None
        self._by_keys = False
        self._tip = FigureTip(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._draw)

    # -- for pages -------------------------------------------------------------------------

    def set_figure(self, spec: Drawable, more: Sequence[Sequence[TipRow]] = ()) -> None:
        """Show another figure; `more` are rows that the tip of each category has beside."""
        self._spec, self._more = spec, more
        self._go(None)
        numbers = facts(
            clauses(spec.tooltip(index).split("\n")) for index in range(len(spec.categories))
        )
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(f"{spec.alternative_text()}{numbers}")
        self._draw()

    def set_dark(self, dark: bool) -> None:
        """Draw anew in the colours of the theme."""
        if dark != self._dark:
            self._dark = dark
            self._draw()

    @property
    def place(self) -> Place | None:
        """What the mouse is over, or the keyboard has reached."""
        return self._place

    @property
    def places(self) -> Places | None:
        """Where everything is; None before the first picture."""
        if self._picture is None:
            return None
        return Places(self._picture.spec, self._picture.hits, QSizeF(self.size()))

    # -- drawing ---------------------------------------------------------------------------

    def _draw(self) -> None:
        self._pause.stop()
        if self._spec is None or self.size().isEmpty() or not self.isVisible():
            return
        if self._jobs.closed:  # the window is going
            return
        wanted = ForScreen(
            self._spec, self.width(), self.height(), self.devicePixelRatioF(), self._dark
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self._jobs.run(wanted.make, self._on_drawn, owner=self, replaces="picture")

    def _on_drawn(self, picture: Picture) -> None:
        self._picture = picture
        self._image = image_of(picture)
        self._go(self._place, self._by_keys)
        self.drawn.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("card"))
        if self._image.isNull():
            painter.setPen(colour("text_soft"))
            painter.setFont(sized(self.font(), TABLE))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _WAITING)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        places = self.places
        if self._place is not None and places is not None:
            self._paint_place(painter, self._place, places)

    def _paint_place(self, painter: QPainter, place: Place, places: Places) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colour("accent"))
        veil.setAlphaF(0.08)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(places.column(place).adjusted(2, 0, -2, 0), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("accent" if self._by_keys else "text"), 2))
        painter.drawRoundedRect(places.box(place).adjusted(-1, -1, 1, 1), 4, 4)

    # -- looking into it ---------------------------------------------------------------------

    def _go(self, place: Place | None, by_keys: bool = False) -> None:
        places = self.places
        if places is None or places.first() is None:
            place = None
        self._place, self._by_keys = place, by_keys
        if place is None or places is None:
            self._tip.hide()
        else:
            self._tell(place, places)
        hand = place is not None and not by_keys
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def _tell(self, place: Place, places: Places) -> None:
        assert self._picture is not None
        spec, palette = self._picture.spec, DARK if self._dark else LIGHT
        swatches = spec.swatches(palette)
        rows = [
            TipRow(
                name=one.name,
                value=value_with_unit(one.exact[place.index], one.unit),
                swatch=swatches[number],
                is_current=one.key == place.key,
            )
            for number, one in enumerate(spec.series)
        ]
        if spec is self._spec and self._more:
            rows += self._more[place.index]
        self._tip.tell(
            spec.full_names[place.index],
            tuple(rows),
            tr("按 Enter 打开登记") if self._by_keys else tr("单击打开登记"),
            places.column(place).toRect(),
            int(places.box(place).center().y()),
        )
        if self._by_keys:  # read out as one walks
            words = clauses(self._tip.words.split("\n"))
            self.setAccessibleName(tr("{title}：{words}", title=spec.title, words=words))

    def _open(self, place: Place | None) -> None:
        # What is in sight may be an older figure than the one asked for: that is waited for.
        if place is not None and self._picture is not None and self._picture.spec is self._spec:
            self.opened.emit(place.index, place.key)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        places = self.places
        self._go(None if places is None else places.at(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        places = self.places
        if event.button() == Qt.MouseButton.LeftButton and places is not None:
            self._open(places.at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_keys:
            self._go(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, places = _STEPS.get(event.key()), self.places
        if step is not None and places is not None:
            self._go(places.step(self._place, *step), by_keys=True)
        elif event.key() in _ENTER and self._place is not None:
            self._open(self._place)
        elif event.key() == Qt.Key.Key_Escape and self._place is not None:
            self._go(None)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        places = self.places
        if event.reason() in _BY_TAB and places is not None:
            self._go(self._place or places.first(), by_keys=True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._by_keys and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._go(None)

    # -- size --------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return QSize(960, 560)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._go(None)
        self._pause.start(_PAUSE_MS if self._picture else 0)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.DevicePixelRatioChange):
            self._pause.start(0)
        return super().event(event)
