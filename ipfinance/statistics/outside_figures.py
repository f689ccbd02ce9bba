"""Outside figures read from a CSV file, row by row: what cannot be kept is named, the rest kept."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ipfinance.domain.division import Divisions
from ipfinance.domain.reference import (
    COUNT_UNITS,
    MONEY_UNITS,
    QUALIFIERS,
    RATE_UNITS,
    ReferenceFigure,
)
from ipfinance.errors import UserError
from ipfinance.language import Words, listed, tr, word
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.tables import KindChoice

NATION = "100000"
RANK_UNIT = word("位")
RANK_OF_NATION = "_rank_of_nation"
SHARE_OF_NATION = "_share_of_nation"
"""Endings of indicator keys for what is published without the numbers behind it."""
TARGET = "_target"
"""Ending of the key of an indicator's target, which is cited like any outside figure."""

ENDINGS = Words(
    {
        "": word("数值"),
        SHARE_OF_NATION: word("占全国的比重"),
        RANK_OF_NATION: word("全国位次"),
        TARGET: word("目标"),
    }
)
"""What is published of an indicator: its value, only its share or rank, or its target."""

_NEEDED = ("region", "period_start", "period_end", "kind", "indicator", "value", "unit", "source")
# The provinces of the nation's register of divisions (GB/T 2260), by the first two digits.
_PROVINCE = re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)0000")
_UNITS_OF = {Form.MONEY: tuple(MONEY_UNITS), Form.COUNT: COUNT_UNITS, Form.RATE: RATE_UNITS}
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was not kept: its number in the file, column, value, rule and Chinese sentence."""

    row: int
    column: str
    value: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What a file holds: the figures that can be kept, and the faults of the other rows."""

    figures: tuple[ReferenceFigure, ...]
    faults: tuple[RowFault, ...]

    @property
    def rejected(self) -> int:
        """How many rows are not kept; a row may have several faults."""
        return len({fault.row for fault in self.faults})


def read_figures(text: str, divisions: Divisions) -> Outside:
    """The outside figures of a CSV text with the columns of ``resources/reference_figures.csv``.

    Raises `UserError` when columns are missing.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise UserError(
            tr("外部数据缺少列 {missing}", missing=listed(missing)),
            tr("请按 reference_figures.csv 的表头补齐"),
        )
    figures: list[ReferenceFigure] = []
    faults: list[RowFault] = []
    for cells in reader:
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        if not any(row.values()):
            continue
        figure, found = _read(row, reader.line_num, divisions)
        faults.extend(found)
        if figure is not None:
            figures.append(figure)
    return Outside(tuple(figures), tuple(faults))


def _read(
    row: Mapping[str, str], number: int, divisions: Divisions
) -> tuple[ReferenceFigure | None, list[RowFault]]:
    found: list[RowFault] = []

    def fault(column: str, rule: str, words: str) -> None:
        value = row.get(column, "")
        found.append(
            RowFault(
                number,
                column,
                value,
                rule,
                tr("第 {number} 行：{words}", number=number, words=words),
            )
        )

    name = _region_name(row, divisions)
    if name is None:
        fault("region", "area_unknown", tr("没有代码为「{typed}」的地区", typed=row["region"]))
    start, end = _day(row["period_start"]), _day(row["period_end"])
    for column, day in (("period_start", start), ("period_end", end)):
        if day is None:
            fault(
                column,
                "period_unknown",
                tr("期间「{typed}」不是 2019-01-01 这样的日期", typed=row[column]),
            )
    if start and end and start > end:
        fault("period_end", "period_unknown", tr("期间的结束早于开始"))
    if row["kind"] not in [kind.value for kind in KindChoice]:
        fault(
            "kind",
            "kind_unknown",
            tr("质押类型「{typed}」应为 patent、trademark 或 all", typed=row["kind"]),
        )
    units = units_of(row["indicator"])
    if not units:
        fault(
            "indicator",
            "indicator_unknown",
            tr("没有名为「{typed}」的指标", typed=row["indicator"]),
        )
    elif row["unit"] not in units:
        fault(
            "unit",
            "unit_unknown",
            tr("单位「{typed}」应为{units}", typed=row["unit"], units=listed(units)),
        )
    value = _number(row["value"])
    if value is None or value < 0:
        fault(
            "value",
            "value_not_number",
            tr("数值「{typed}」应为不小于 0 的数字", typed=row["value"]),
        )
    elif row["unit"] == RANK_UNIT and (value < 1 or value != value.to_integral_value()):
        fault(
            "value", "value_not_number", tr("名次「{typed}」应为从 1 起的整数", typed=row["value"])
        )
    growth = _number(row.get("growth_percent", ""))
    if row.get("growth_percent") and growth is None:
        fault(
            "growth_percent",
            "value_not_number",
            tr("增速「{typed}」不是数字", typed=row["growth_percent"]),
        )
    if row.get("qualifier", "") not in QUALIFIERS:
        words = listed(filter(None, QUALIFIERS))
        fault(
            "qualifier",
            "qualifier_unknown",
            tr("修饰词「{typed}」应为{words}", typed=row["qualifier"], words=words),
        )
    if not row["source"]:
        fault("source", "source_missing", tr("没有写来源"))
    if found or value is None or start is None or end is None or name is None:
        return None, found
    return (
        ReferenceFigure(
            region=row["region"],
            region_name=name,
            start=start,
            end=end,
            kind=row["kind"],
            indicator=row["indicator"],
            value=value,
            unit=row["unit"],
            source=row["source"],
            qualifier=row.get("qualifier", ""),
            growth_percent=growth,
            page=row.get("page", ""),
            note=row.get("note", ""),
        ),
        [],
    )


def parted(key: str) -> tuple[str, str]:
    """A key as indicator and ending: registrations_share_of_nation in its two parts."""
    for ending in filter(None, ENDINGS):
        if key.endswith(ending):
            return key.removesuffix(ending), ending
    return key, ""


def words_of(key: str) -> str:
    """The words for an indicator's key: 登记件数 占全国的比重."""
    indicator, ending = parted(key)
    known = CATALOGUE.get(indicator)
    name = known.name if known else indicator
    if not ending:
        return name
    return tr("{indicator} {ending}", indicator=name, ending=ENDINGS[ending])


def units_of(indicator: str) -> tuple[str, ...]:
    """The units that a published indicator may be in; none for an unknown key.

    Beside the indicators of the catalogue: a share of the nation's total in %, and a rank
    among the provinces in 位, as in ``registrations_rank_of_nation``; and a target in the units
    of its indicator, as in ``secured_amount_target``.
    """
    key, ending = parted(indicator)
    known = CATALOGUE.get(key)
    if known is None:
        return ()
    if ending == SHARE_OF_NATION:
        return RATE_UNITS
    return (RANK_UNIT,) if ending == RANK_OF_NATION else _UNITS_OF[known.form]


def _region_name(row: Mapping[str, str], divisions: Divisions) -> str | None:
    code = row["region"]
    own = next((one.name for one in divisions if one.code == code), None)
    if own is not None:
        return own
    if code == NATION:
        return "全国"
    # Other provinces have no list here: their name is the one that the file gives.
    return (row.get("region_name") or code) if _PROVINCE.fullmatch(code) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _LARGEST else None
