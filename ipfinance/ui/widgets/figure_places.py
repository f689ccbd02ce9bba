"""Where the bars and points of a drawn figure are on the screen, and which is next to which."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ipfinance.reports.figure_chart import Drawable
from ipfinance.reports.figure_drawing import HitMap
from ipfinance.reports.figure_labels import Box

_NAME = 26  # pixels for the name under a bar


@dataclass(frozen=True, slots=True)
class Place:
    """A category by number, and one of its series by key."""

    index: int
    key: str


class Places:
    """The hit map of a figure in pixels of a view of some size, counted from the top."""

    def __init__(self, spec: Drawable, hits: HitMap, size: QSizeF) -> None:
        self._spec = spec
        self._hits = hits
        self._size = size

    def at(self, point: QPointF) -> Place | None:
        """The bar or point of a line that is there; in the rest of a column, its bar."""
        across = point.x() / self._size.width()
        up = 1 - point.y() / self._size.height()
        mark = self._hits.mark_at(across, up)
        if mark is not None:
            return Place(mark.index, mark.key)
        index = self._hits.column_at(across, up)
        return None if index is None else Place(index, self._spec.bars.key)

    def box(self, place: Place) -> QRectF:
        """Where a bar or a point is; nowhere when it is not drawn."""
        for mark in self._hits.marks:
            if Place(mark.index, mark.key) == place:
                return self._scaled(mark.box)
        return QRectF()

    def column(self, place: Place) -> QRectF:
        """Its category from the top of the plot down to its name, the source line left out.

        Where each category stands in many places, as in small multiples, the place alone.
        """
        if not self._hits.columns:
            return self.box(place)
        column = self._scaled(self._hits.columns[place.index])
        foot = self.box(Place(place.index, self._spec.bars.key)).bottom()
        column.setBottom(min(column.bottom(), foot + _NAME))
        return column

    def first(self) -> Place | None:
        """The first bar; None where nothing is drawn."""
        return Place(0, self._spec.bars.key) if self._hits.marks else None

    def step(self, place: Place | None, across: int, up: int) -> Place | None:
        """So many categories across or series up from there; both end at the ends."""
        first = self.first()
        if place is None or first is None:
            return first
        keys = [one.key for one in self._spec.series]
        index = _within(place.index + across, len(self._spec.categories))
        return Place(index, keys[_within(keys.index(place.key) + up, len(keys))])

    def _scaled(self, box: Box) -> QRectF:
        wide, high = self._size.width(), self._size.height()
        return QRectF(
            box.x0 * wide, (1 - box.y1) * high, (box.x1 - box.x0) * wide, (box.y1 - box.y0) * high
        )


def _within(number: int, count: int) -> int:
    return max(0, min(count - 1, number))
