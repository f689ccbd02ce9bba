"""What the columns of a pasted table are: levels, rates, places; their unit and indicator."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ipfinance.domain.division import Level
from ipfinance.domain.period import Period
from ipfinance.domain.reference import MONEY_UNITS
from ipfinance.language import either, facts
from ipfinance.statistics.checking import meaning
from ipfinance.statistics.checking.figures import (
    Claim,
    Context,
    Form,
    Found,
    Measure,
    Reading,
    Verdict,
)
from ipfinance.statistics.checking.judging import Judged, judge
from ipfinance.statistics.checking.knowing import Knowledge
from ipfinance.statistics.checking.numbers import interval
from ipfinance.statistics.checking.periods import find_periods
from ipfinance.statistics.checking.places import Places
from ipfinance.statistics.checking.tables import Cell, Line, Table
from ipfinance.statistics.checking.telling import computed_text

_ORDINAL = re.compile(r"序号|排名|排序|名次|位次|^No\.?$|代码|年份|^年$|^月$", re.IGNORECASE)
_GROWTH = re.compile(r"同比|增长|增幅|增速|growth", re.IGNORECASE)
_SHARE = re.compile(r"占比|占|比重|share", re.IGNORECASE)
_RATE = re.compile(r"率|%")
_EARLIER = re.compile(r"上年|去年|同期|previous", re.IGNORECASE)
_COUNTED = re.compile(
    r"[(（/](?:家|件|件次|项|笔|户|个)[)）]?|件数|家数|户数|企业数|笔数|项目数|件次|数量"
)
_MONEY = re.compile(r"金额|债权额|融资额|贷款|授信|质押额|元")
_INDICATORS = (
    (r"普惠企业", "inclusive_enterprises"),
    (r"首次", "first_time_enterprises"),
    (r"质权人", "pledgees"),
    (r"企业|户数|家数", "enterprises"),
    (r"贷款", "loan_amount"),
    (r"授信", "credit_amount"),
    (r"评估", "appraised_value"),
    (r"贴息|补助", "subsidy"),
    (r"在押金额", "outstanding_amount"),
    (r"在押", "outstanding_registrations"),
    (r"注销金额", "cancelled_amount"),
    (r"注销", "cancelled_registrations"),
    (r"去重", "rights_distinct"),
    (r"所涉|涉及|件次|专利数|商标数|专利件数|商标件数", "rights"),
    (r"登记件数|登记数|登记量|件数|笔数|项目数", "registrations"),
    (r"金额|债权额|融资额|质押额", "secured_amount"),
)
_DISTINCT = ("enterprises", "inclusive_enterprises", "first_time_enterprises", "pledgees",
             "rights_distinct")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column with numbers.

    ``measure`` is None when nothing tells it; ``worth`` is what one of its unit is in 分, or 1.
    ``rate`` is growth, share or another rate; ``ordinal`` columns (序号, 排名) are not summed.
    ``readings`` by line say what each cell is of, where head and label tell.
    """

    place: int
    head: str
    measure: Measure | None
    worth: int
    unit: str
    rate: str
    ordinal: bool
    is_earlier: bool
    adds_up: bool
    knowledge: Knowledge
    readings: Mapping[Line, Reading]

    @property
    def is_level(self) -> bool:
        """Whether its numbers are amounts or counts, which may be summed."""
        return not self.ordinal and not self.rate

    def cells(self, table: Table) -> Iterator[tuple[Line, Cell]]:
        """The cells of this column that are numbers, none of a column of places."""
        if self.ordinal:
            return
        for line in table.rows:
            cell = self.cell(line)
            if cell is not None:
                yield line, cell

    def cell(self, line: Line) -> Cell | None:
        """The number of a line, None where there is none."""
        if self.place >= len(line.cells) or line.cells[self.place].digits is None:
            return None
        return line.cells[self.place]

    def form(self, line: Line) -> Form:
        """The form of a cell."""
        if self.rate:
            return Form.GROWTH if self.rate == "growth" else Form.SHARE
        if line.level:
            return Form.TOTAL
        return Form.AMOUNT if self.measure is Measure.MONEY else Form.COUNT

    def computed(self, number: Fraction) -> str:
        """A number of this column for machines; amounts in 元 when the unit is known."""
        if self.measure is Measure.MONEY and self.worth:
            return computed_text(number * self.worth, Measure.MONEY)
        return computed_text(number, Measure.COUNT)

    def told(self, number: Fraction) -> str:
        """A number of this column in words, in its own unit."""
        text = computed_text(number, Measure.COUNT)
        return either(f"{text}{self.unit}", text)

    def known(self, table: Table, judged: Mapping[Cell, Judged]) -> dict[Cell, Judged]:
        """The verdicts against the store, joined with what cross-footing found."""
        joined: dict[Cell, Judged] = {}
        for line, cell in self.cells(table):
            reading = self.readings.get(line)
            if reading is None or self.rate or self.measure is None:
                continue
            answer = judge(Context(self._figure(cell), (reading,)), self.knowledge)
            before = judged.get(cell)
            if before is None or answer.verdict is Verdict.WRONG:
                joined[cell] = answer
            elif answer.verdict is Verdict.RIGHT:
                joined[cell] = replace(answer, reason=facts((answer.reason, before.reason)))
        return joined

    def _figure(self, cell: Cell) -> Found:
        assert self.measure is not None
        digits = cell.digits or "0"
        number = (cell.number or Fraction(0)) * self.worth
        return Found(
            cell.text, cell.start, cell.end, Form.COUNT, Claim.LEVEL, self.measure, number,
            interval(digits, self.worth, 0), self.unit,
        )  # fmt: skip


def columns_of(
    table: Table,
    knowledge: Knowledge,
    places: Places,
    given: Period | None,
    area: str | None,
) -> list[Column]:
    """The columns of a table that hold numbers, from the left."""
    found = []
    for place in range(table.width):
        cells = [line.cells[place] for line in table.rows if place < len(line.cells)]
        numbers = [cell for cell in cells if cell.digits is not None]
        if not numbers:
            continue
        head = table.head(place)
        unit, measure = _unit(head, table.title, numbers)
        rate = _rate(head, numbers)
        ordinal = bool(_ORDINAL.search(head)) or (not head and _counts_up(numbers))
        indicator = _indicator(head, table.title, measure)
        made = Column(
            place=place,
            head=head,
            measure=Measure.RATE if rate else measure,
            worth=MONEY_UNITS.get(unit, 0) if measure is Measure.MONEY else 1,
            unit=unit,
            rate=rate,
            ordinal=ordinal,
            is_earlier=bool(_EARLIER.search(head)) and not rate,
            adds_up=indicator not in _DISTINCT,
            knowledge=knowledge,
            readings={},
        )
        if indicator and made.is_level and (measure is not Measure.MONEY or made.worth):
            made = replace(made, readings=_readings(made, table, indicator, places, given, area))
        found.append(made)
    return _by_year(found)


def _unit(head: str, title: str, numbers: list[Cell]) -> tuple[str, Measure | None]:
    inside = {cell.unit for cell in numbers if cell.unit}
    own = re.search(r"亿元|万元|(?<![亿万])元|家|件次|件|项|笔|户", " ".join(inside)) or re.search(
        r"亿元|万元|(?<![亿万])元|(?<=[(（/])(?:家|件次|件|项|笔|户|个)", head
    )
    if own:
        return own[0], Measure.MONEY if own[0].endswith("元") else Measure.COUNT
    if _COUNTED.search(head):
        return "", Measure.COUNT
    named = re.search(r"单位[:：]\s*(亿元|万元|元|家|件|项|笔)", title)
    if not named:
        named = re.search(r"[(（](亿元|万元|元)[)）]", title)
    if named:
        return named[1], Measure.MONEY if named[1].endswith("元") else Measure.COUNT
    return "", Measure.MONEY if _MONEY.search(head) else None


def _rate(head: str, numbers: list[Cell]) -> str:
    if _ORDINAL.search(head):
        return ""
    is_percent = "%" in head or any(cell.unit == "%" for cell in numbers)
    if _GROWTH.search(head) and (is_percent or not re.search(r"件|家|元|同期", head)):
        return "growth"
    if _SHARE.search(head):
        return "share"
    return "rate" if is_percent or head.endswith("率") else ""


def _counts_up(numbers: list[Cell]) -> bool:
    """Whether a column without a head is 1, 2, 3 …"""
    values = [cell.text for cell in numbers]
    return len(values) > 1 and values == [str(at) for at in range(1, len(values) + 1)]


def _indicator(head: str, title: str, measure: Measure | None) -> str:
    for words in (head, title):
        for pattern, key in _INDICATORS:
            is_money = key in ("secured_amount", "loan_amount", "credit_amount", "subsidy",
                               "appraised_value") or key.endswith("_amount")  # fmt: skip
            if re.search(pattern, words) and is_money == (measure is Measure.MONEY):
                return key
    return ""


def _by_year(columns: list[Column]) -> list[Column]:
    """2019年 and 2018年 side by side: the earlier year is the base of the later."""
    years: dict[int, int] = {}
    for column in columns:
        year = re.search(r"(?:19|20)\d{2}", column.head)
        if year and column.is_level:
            years[column.place] = int(year[0])
    if len(set(years.values())) < 2:
        return columns
    last = max(years.values())
    return [
        replace(one, is_earlier=years[one.place] == last - 1) if one.place in years else one
        for one in columns
    ]


def _readings(
    column: Column,
    table: Table,
    indicator: str,
    places: Places,
    given: Period | None,
    area: str | None,
) -> dict[Line, Reading]:
    title = find_periods(table.title, given)
    head = find_periods(column.head, title[-1].period if title else given)
    named = [one for one in (*title, *head) if not one.is_relative]
    period = named[-1].period if named else given
    if period is None:
        return {}
    if column.is_earlier and not any(not one.is_relative for one in head):
        period = period.previous()
    kinds = meaning.kinds_in(column.head) or meaning.kinds_in(table.title)
    if not kinds:
        return {}
    areas = {line: _area(line.label, places) for line in table.rows}
    levels = {
        one.level
        for one in places.divisions
        if one.code in {code for line, code in areas.items() if not line.level}
    }
    whole = area or (places.province if Level.CITY in levels else "")
    readings = {}
    for line, code in areas.items():
        code = code or (whole if line.level == 2 else "")
        if code:
            name = places.name_of(code)
            readings[line] = Reading(indicator, kinds[-1][2], period, code, name)
    return readings


def _area(label: str, places: Places) -> str:
    found = places.find(label, "")
    if len(found) == 1 and found[0].end - found[0].start == len(label.strip()):
        return found[0].code
    return ""
