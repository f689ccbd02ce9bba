"""Cities and counties as they were on a day: codes live on while names and territories change."""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from ipfinance.domain.area_names import AreaNames, plain, prefixes, stem, without_prefix
from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.language import listed, tr


class Level(StrEnum):
    """The level of a division."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Division:
    """One division for as long as its code, name and territory stayed the same.

    `valid_from` and `valid_to` are both included; None is open. A code whose territory changed
    has one row for each territory.
    """

    code: str
    name: str
    name_en: str
    level: Level
    parent: str | None
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Whether it existed, in this form, on the day."""
        return self.valid_in(day, day)

    def valid_in(self, start: date, end: date) -> bool:
        """Whether it existed, in this form, on any day from `start` to `end`."""
        return (self.valid_from is None or self.valid_from <= end) and (
            self.valid_to is None or start <= self.valid_to
        )


class AreaError(LookupError):
    """A place that cannot be told.

    `rule` is ``area_unknown``, ``area_not_on_date`` or ``area_ambiguous``; `text` is the Chinese
    sentence for the clerk.
    """

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(rule, text)
        self.rule = rule
        self.text = text

    def __str__(self) -> str:
        return self.text


# Words of the printed tables that stand where a county should: a sum of districts is no place.
_SUMS_OF_DISTRICTS = frozenset({"市本级", "市辖区", "市区", "本级", "市直"})
_CODE = re.compile(r"\d{6}")
_REMEMBERED = 50_000


class Divisions:
    """One province's divisions, past and present."""

    def __init__(self, rows: Iterable[Division]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.code, row.valid_from or date.min))
        self._by_code: dict[str, list[Division]] = {}
        for row in self._rows:
            self._by_code.setdefault(row.code, []).append(row)
        self._cities = [rows[-1] for rows in self._by_code.values() if rows[-1].level == Level.CITY]
        self._counties = [row for row in self._rows if row.level == Level.COUNTY]
        # A ledger of 100,000 rows asks for as many counties: names are looked up, not searched.
        self._cities_named = AreaNames(self._cities)
        self._counties_named = AreaNames(self._counties)
        self._province_prefixes = prefixes(row for row in self._rows if row.level == Level.PROVINCE)
        self._city_prefixes = prefixes(self._cities)
        # What was found, by text, spell and city: a ledger asks for the same county over and over.
        self._found: dict[tuple[str, int, str | None], Division] = {}
        self._found_cities: dict[str, Division] = {}
        self._existing: dict[tuple[int, str | None], list[Division]] = {}
        starts = {row.valid_from for row in self._rows if row.valid_from}
        ends = {row.valid_to for row in self._rows if row.valid_to and row.valid_to < date.max}
        self._turns = sorted(starts | {end + timedelta(days=1) for end in ends})

    def __iter__(self) -> Iterator[Division]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def province(self) -> Division:
        """The province itself; `AreaError` if the list has none."""
        for row in self._rows:
            if row.level == Level.PROVINCE:
                return row
        raise AreaError("area_unknown", tr("行政区划表里没有省级行政区"))

    def spell(self, day: date) -> int:
        """A number that is the same for two days between which no division changed."""
        return bisect_right(self._turns, day)

    def cities(self) -> list[Division]:
        """The cities in code order."""
        return list(self._cities)

    def city(self, code: str) -> Division:
        """The city of this code; `AreaError` if there is none."""
        for row in self._cities:
            if row.code == code:
                return row
        raise AreaError("area_unknown", tr("没有代码为 {code} 的设区市", code=code))

    def city_of(self, county_code: str) -> Division:
        """The city that a county belongs to; `AreaError` for an unknown code."""
        return self.city(self._latest(county_code).parent or "")

    def counties_on(self, day: date, city: str | None = None) -> list[Division]:
        """The counties that exist on the day, of one city (its code) or all, in code order."""
        asked = (self.spell(day), city)
        if asked not in self._existing:
            self._existing[asked] = [row for row in self._counties_of(city) if row.valid_on(day)]
        return list(self._existing[asked])

    def counties_in(self, period: Period, city: str | None = None) -> list[Division]:
        """One row, the latest, for each county code valid on any day of the period."""
        latest = {
            row.code: row
            for row in self._counties_of(city)
            if row.valid_in(period.start, period.end)
        }
        return list(latest.values())

    def territory_changed(self, code: str, period: Period) -> date | None:
        """The last day within the period on which the code began to mean another territory.

        None if the whole period has one territory: also when the change is its first day, or when
        the code was new or abolished.
        """
        rows = self._by_code.get(code, [])
        changes = [
            row.valid_from
            for before, row in pairwise(rows)
            if row.valid_from is not None and before.valid_in(period.start, period.end)
        ]
        return max((day for day in changes if period.start < day <= period.end), default=None)

    def name_of(self, code: str, day: date | None = None) -> str:
        """The name on the day, else the latest one; `AreaError` for an unknown code."""
        if day is not None:
            for row in self._by_code.get(code, []):
                if row.valid_on(day):
                    return row.name
        return self._latest(code).name

    def find_city(self, text: str) -> Division:
        """The city written as ``杭州``, ``杭州市``, ``浙江省杭州市`` or ``330100``."""
        found = self._found_cities.get(text)
        if found is None:
            found = self._find_city(text)
            if len(self._found_cities) < _REMEMBERED:
                self._found_cities[text] = found
        return found

    def _find_city(self, text: str) -> Division:
        typed = without_prefix(plain(text), self._province_prefixes)[0]
        found = self._cities_named.matching(typed)
        if not found:
            raise AreaError(
                "area_unknown",
                tr("「{typed}」不是{whole}的设区市", typed=text.strip(), whole=self._whole()),
            )
        return _only(found, text)

    def find_county(self, text: str, day: date, city: str | None = None) -> Division:
        """The county of that name or code on the day, within a city (its code) if given.

        With or without 市/县/区 and with or without its city before it. A name that is right on
        another day only is ``area_not_on_date``: it is never guessed which one was meant.
        """
        asked = (text, self.spell(day), city)
        found = self._found.get(asked)
        if found is None:
            found = self._find_county(text, day, city)
            if len(self._found) < _REMEMBERED:
                self._found[asked] = found
        return found

    def _find_county(self, text: str, day: date, city: str | None) -> Division:
        typed = without_prefix(plain(text), self._province_prefixes)[0]
        named = self._counties_named.matching(typed)
        if not named:  # only then, because 绍兴县 begins with a city's name and is a county's own
            typed, before = without_prefix(typed, self._city_prefixes)
            city = city or before
            named = self._counties_named.matching(typed)
        here = [row for row in named if city is None or row.parent == city]
        now = [row for row in here if row.valid_on(day)]
        if now:
            return _only(now, text)
        if here:
            raise AreaError("area_not_on_date", self._when(here, day))
        raise AreaError("area_unknown", self._why_not(text, typed, named, city))

    def _counties_of(self, city: str | None) -> list[Division]:
        return [row for row in self._counties if city is None or row.parent == city]

    def _latest(self, code: str) -> Division:
        rows = self._by_code.get(code)
        if not rows:
            raise AreaError("area_unknown", tr("没有代码为 {code} 的行政区划", code=code))
        return rows[-1]

    def _whole(self) -> str:
        return next((row.name for row in self._rows if row.level == Level.PROVINCE), tr("本省"))

    def _when(self, rows: list[Division], day: date) -> str:
        """Since when, or until when, there is what is not there on the day."""
        row = rows[0]
        starts = [row.valid_from for row in rows if row.valid_from and row.valid_from > day]
        if starts:
            said = tr(
                "{name}自 {start} 起设立，{day} 时尚无", name=row.name, start=min(starts), day=day
            )
        else:
            ended = max(row.valid_to for row in rows if row.valid_to is not None)
            said = tr("{name}到 {end} 为止，{day} 时已不存在", name=row.name, end=ended, day=day)
        same_place = [
            other
            for other in self._counties_named.matching(stem(row.name))
            if other.parent == row.parent and other.valid_on(day)
        ]
        if not same_place:
            return said
        return tr("{said}，当时为{then}", said=said, then=same_place[0].name)

    def _why_not(self, text: str, typed: str, elsewhere: list[Division], city: str | None) -> str:
        within = self.name_of(city) if city is not None else self._whole()
        if typed in _SUMS_OF_DISTRICTS:
            return tr("「{typed}」不是一个县（市、区），请填具体的县区", typed=text.strip())
        if elsewhere:
            cities = dict.fromkeys(self.name_of(row.parent or row.code) for row in elsewhere)
            return tr(
                "「{typed}」不在{within}，属{cities}",
                typed=text.strip(),
                within=within,
                cities=listed(cities),
            )
        near = [
            row
            for row in self._counties_named.matching(stem(typed))
            if city is None or row.parent == city
        ]
        if near:
            return tr(
                "{within}没有「{typed}」这个县（市、区），是否为{near}",
                within=within,
                typed=text.strip(),
                near=near[-1].name,
            )
        return tr("{within}没有「{typed}」这个县（市、区）", within=within, typed=text.strip())


def read_divisions(text: str) -> Divisions:
    """The divisions of a CSV file's text (columns of ``resources/divisions.csv``).

    Raises `UserError` for a file that is not such a table.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    wanted = ("code", "name_zh", "name_en", "level", "parent", "valid_from", "valid_to")
    missing = [column for column in wanted if column not in (reader.fieldnames or ())]
    if missing:
        raise UserError(
            tr("行政区划表缺少列 {missing}", missing=listed(missing)), tr("请按原表的表头补齐")
        )
    rows = []
    for number, cells in enumerate(reader, start=2):
        try:
            rows.append(_row(cells))
        except (ValueError, AttributeError) as error:
            raise UserError(
                tr("行政区划表第 {number} 行看不懂", number=number),
                tr("代码应为 6 位数字，日期应如 2021-04-09"),
            ) from error
    return Divisions(rows)


def _row(cells: dict[str, str]) -> Division:
    code = cells["code"].strip()
    if not _CODE.fullmatch(code):
        raise ValueError(f"no division code: {code!r}")
    return Division(
        code=code,
        name=cells["name_zh"].strip(),
        name_en=cells["name_en"].strip(),
        level=Level(cells["level"].strip()),
        parent=cells["parent"].strip() or None,
        valid_from=_day(cells["valid_from"]),
        valid_to=_day(cells["valid_to"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None


def _only(rows: list[Division], text: str) -> Division:
    if len({row.code for row in rows}) > 1:
        names = listed(f"{row.name}（{row.code}）" for row in rows)
        raise AreaError(
            "area_ambiguous",
            tr("「{typed}」可能是{names}，请填代码或写明设区市", typed=text.strip(), names=names),
        )
    return rows[-1]
