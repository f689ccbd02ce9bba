"""Where the value labels of lines go: above or below their points, never on one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

_CLEAR = 1.0
# What a placing costs, in points of line that runs through a label.
_UNUSUAL = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def overlaps(self, other: "Box", clear: float = 0.0) -> bool:
        return (
            self.x0 < other.x1 + clear
            and other.x0 < self.x1 + clear
            and self.y0 < other.y1 + clear
            and other.y0 < self.y1 + clear
        )


@dataclass(frozen=True, slots=True)
class Track:
    """One line: its points in points of the page, and the widths of its labels."""

    points: tuple[tuple[float, float], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What the labels need and must keep out of.

    ``height`` is that of a label, ``away`` its distance from the point, ``radius`` that of a
    marker. A label of a category stays above its ``floors`` and below ``ceiling``.
    """

    height: float
    away: float
    radius: float
    floors: tuple[float, ...]
    ceiling: float


def place_labels(tracks: Sequence[Track], room: Room) -> list[tuple[bool, ...]]:
    """For each track and category whether the label stands above its point.

    Of all ways without a collision, the one in which lines run least through labels; when
    they are equal the upper point's label stands above and the lower one's below.
    """
    if not tracks:
        return []
    chosen = [
        min(
            product((True, False), repeat=len(tracks)),
            key=lambda ways, at=index: _cost(tracks, room, at, ways),  # type: ignore[misc]
        )
        for index in range(len(tracks[0].points))
    ]
    return [tuple(ways[number] for ways in chosen) for number in range(len(tracks))]


def label_box(track: Track, room: Room, index: int, above: bool) -> Box:
    """The rectangle of one label."""
    x, y = track.points[index]
    half = track.widths[index] / 2
    bottom = y + room.away if above else y - room.away - room.height
    return Box(x - half, bottom, x + half, bottom + room.height)


def _cost(
    tracks: Sequence[Track], room: Room, index: int, ways: tuple[bool, ...]
) -> tuple[int, float]:
    """How bad a way is: collisions first, then points of line that run through labels."""
    boxes = [
        label_box(track, room, index, above) for track, above in zip(tracks, ways, strict=True)
    ]
    collisions = 0
    crossed = 0.0
    ranked = sorted(range(len(tracks)), key=lambda number: -tracks[number].points[index][1])
    for number, box in enumerate(boxes):
        collisions += box.y0 < room.floors[index] or box.y1 > room.ceiling
        collisions += sum(box.overlaps(other, _CLEAR) for other in boxes[number + 1 :])
        for other, track in enumerate(tracks):
            if other != number:
                collisions += box.overlaps(_marker(track, room, index))
            crossed += _run_through(box, track, index)
        usual = ranked.index(number) < (len(tracks) + 1) // 2
        crossed += _UNUSUAL * (ways[number] is not usual)
    return collisions, crossed


def _marker(track: Track, room: Room, index: int) -> Box:
    x, y = track.points[index]
    return Box(x - room.radius, y - room.radius, x + room.radius, y + room.radius)


def _run_through(box: Box, track: Track, index: int) -> float:
    """How many points of the track's line beside its ``index`` run through the box."""
    length = 0.0
    for other in (index - 1, index + 1):
        if 0 <= other < len(track.points):
            (x, y), (end_x, end_y) = track.points[index], track.points[other]
            # Parts of the way from this point to its neighbour that lie in the box.
            ways = [_within(x, end_x, box.x0, box.x1), _within(y, end_y, box.y0, box.y1)]
            share = min(way[1] for way in ways) - max(way[0] for way in ways)
            if share > 0:
                length += share * ((end_x - x) ** 2 + (end_y - y) ** 2) ** 0.5
    return length


def _within(start: float, end: float, low: float, high: float) -> tuple[float, float]:
    """From which to which part of the way from ``start`` to ``end`` lies in low..high."""
    if start == end:
        return (0.0, 1.0) if low < start < high else (1.0, 0.0)
    first, last = sorted(((low - start) / (end - start), (high - start) / (end - start)))
    return max(first, 0.0), min(last, 1.0)
