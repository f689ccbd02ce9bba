"""How people write the name of a place: without 市, with its city before it, or as a code."""

import unicodedata
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

_AUTONOMOUS = ("自治州", "自治县", "自治旗")
_SUFFIXES = (
    *_AUTONOMOUS, "特别行政区", "自治区", "地区", "林区", "特区",
    "省", "市", "县", "区", "旗", "盟",
)  # fmt: skip


class Named(Protocol):
    """What has a code and a full name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


Place = TypeVar("Place", bound=Named)


class AreaNames(Generic[Place]):
    """Places by what people write for them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._exact: dict[str, list[Place]] = {}
        self._stems: dict[str, list[Place]] = {}
        self._autonomous: list[Place] = []
        for place in places:
            self._exact.setdefault(place.code, []).append(place)
            self._exact.setdefault(place.name, []).append(place)
            self._stems.setdefault(stem(place.name), []).append(place)
            if place.name.endswith(_AUTONOMOUS):
                self._autonomous.append(place)

    def matching(self, typed: str) -> list[Place]:
        """Those of this code or full name, else of this name without suffix, else shortened."""
        return (
            self._exact.get(typed)
            or self._stems.get(typed)
            or [place for place in self._autonomous if _is_short_for(typed, place.name)]
        )


def plain(text: str) -> str:
    """The text in half width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def stem(name: str) -> str:
    """The name without its suffix; one of two characters, such as 沙县, keeps it."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def prefixes(places: Iterable[Named]) -> list[tuple[str, str]]:
    """What may stand before another name, the longest first, each with its place's code."""
    both = [(written, place.code) for place in places for written in (place.name, stem(place.name))]
    return sorted(both, key=lambda pair: -len(pair[0]))


def without_prefix(typed: str, known: list[tuple[str, str]]) -> tuple[str, str | None]:
    """The rest, of two characters at least, and the code of the place written before it."""
    for written, code in known:
        if typed.startswith(written) and len(typed) >= len(written) + 2:
            return typed.removeprefix(written), code
    return typed, None


def _is_short_for(typed: str, autonomous: str) -> bool:
    """景宁 and 景宁县 stand for 景宁畲族自治县: people leave out the nationality."""
    short = stem(typed)
    return len(short) >= 2 and autonomous.startswith(short)
