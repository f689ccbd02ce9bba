"""Ledgers in every layout, writing and format that bureaus use, made here and read back exactly.

Each file holds the same few registrations; how it writes them is a combination of choices, every
two of which occur together in some file.
"""

import codecs
import itertools
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import EventKind, Pledge
from ipfinance.intake.comparing import Status
from tests import make
from tests.intake.sheets_made import read, write_csv, write_xlsx


@dataclass(frozen=True)
class Told:
    """One registration as the tests know it, apart from any writing."""

    kind: str
    reg_no: str
    day: date
    pledgors: tuple[str, ...]
    city: str
    county: str
    pledgees: tuple[str, ...]
    wan: Decimal
    rights: tuple[str, ...]
    cancelled: date | None = None


_CODES = {
    "杭州市": "330100",
    "宁波市": "330200",
    "湖州市": "330500",
    "滨江区": "330108",
    "西湖区": "330106",
    "海曙区": "330203",
    "德清县": "330521",
}
_TOLD = (
    Told(
        *("专利", "Y2019330000001", date(2019, 3, 5), ("示例甲有限公司",), "杭州市", "滨江区"),
        *(("示例银行杭州分行",), Decimal(500), (make.patent_number(900_001),)),
    ),
    Told(
        *("专利", "Y2019330000002", date(2019, 10, 21), ("示例乙有限公司", "示例丙有限公司")),
        *("杭州市", "西湖区", ("示例银行", "示例担保公司"), Decimal("1234.56")),
        (make.patent_number(900_002), make.patent_number(900_003, kind=2)),
        date(2020, 11, 30),
    ),
    Told(
        *(
            "专利",
            "2018990000410",
            date(2018, 12, 1),
            ("示例丁（宁波）有限公司",),
            "宁波市",
            "海曙区",
        ),
        *(("示例农商行",), Decimal("0.0001"), (make.patent_number(900_004),)),
    ),
    Told(
        *("专利", "Y2020330000777", date(2020, 2, 29), ("示例戊股份有限公司",), "湖州市", "德清县"),
        *(
            ("示例小贷公司",),
            Decimal(12_000),
            tuple(make.patent_number(n) for n in range(900_005, 900_010)),
        ),
    ),
)

_WIDE = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
_DATES: dict[str, Callable[[date], Any]] = {
    "2019-03-05": date.isoformat,
    "2019/3/5": lambda day: f"{day.year}/{day.month}/{day.day}",
    "2019.3.5": lambda day: f"{day.year}.{day.month}.{day.day}",
    "20190305": lambda day: f"{day:%Y%m%d}",
    "2019年3月5日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "２０１９年": lambda day: f"{day.year}年{day.month}月{day.day}日".translate(_WIDE),
    "a date": lambda day: day,
}
_SEPARATORS = ("；", "、", ";", ",", "\n", "， ")
# The unit, and where it stands; how an amount of 万元 is then written.
_UNITS: dict[str, tuple[str, str, Callable[[Decimal], Any]]] = {
    "元 in header": ("担保债权额（元）", "", lambda wan: wan * 10_000),
    "万元 in header": ("担保债权额(万元)", "", lambda wan: wan),
    "千元 in header": ("担保债权额（千元）", "", lambda wan: wan * 10),
    "千元 in a line": ("担保债权额", "单位：千元", lambda wan: wan * 10),
    "千元 in the cell": ("担保债权额", "", lambda wan: f"{wan * 10}千元"),
    "亿元 in header": ("质押金额（亿元）", "", lambda wan: wan / 10_000),
    "元 in a line": ("担保债权额", "单位：元", lambda wan: wan * 10_000),
    "万元 in a line": ("金额", "计量单位:万元、件", lambda wan: wan),
    "亿元 in a line": ("债权数额", "（单位：亿元）", lambda wan: wan / 10_000),
    "in the cell": ("担保债权额", "", lambda wan: f"{wan}万元"),
    "亿 in the cell": ("担保债权额", "", lambda wan: f"{wan / 10_000:f}亿元"),
    "￥ in the cell": ("担保债权额", "", lambda wan: f"￥{wan * 10_000:,}元"),
    "full width": ("质押登记金额（万元）", "", lambda wan: str(wan).translate(_WIDE)),
}
_FORMATS = (*("xlsx", "ods", "tsv", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"),)
_LAYOUTS = (
    *("plain", "title", "two-row head", "merged city", "subtotals", "notes", "repeated head"),
    *("blank columns", "row per right", "kind in name", "cities in names", "numbered head"),
)


@dataclass(frozen=True)
class Way:
    """How one file is written."""

    layout: str
    date: str
    separator: str
    unit: str
    format: str

    def __str__(self) -> str:
        return f"{self.layout}, {self.date}, {self.separator!r}, {self.unit}, {self.format}"


def _ways() -> list[Way]:
    """Combinations in which every two choices occur together, and more up to 240."""
    axes = (_LAYOUTS, tuple(_DATES), _SEPARATORS, tuple(_UNITS), _FORMATS)
    open_pairs = {
        ((one, first), (other, second))
        for one, other in itertools.combinations(range(len(axes)), 2)
        for first in axes[one]
        for second in axes[other]
    }
    dice = random.Random(1)
    ways: list[Way] = []
    while open_pairs or len(ways) < 240:
        # The best of a few that begin with a pair that is still open.
        best: tuple[int, tuple[str, ...]] = (-1, ())
        start = min(open_pairs) if open_pairs else None
        for _ in range(20):
            chosen = [dice.choice(axis) for axis in axes]
            for place, choice in start or ():
                chosen[place] = choice
            covered = len(open_pairs & _pairs(chosen))
            best = max(best, (covered, tuple(chosen)))
        open_pairs -= _pairs(best[1])
        ways.append(Way(*best[1]))
    return ways


def _pairs(chosen: Sequence[str]) -> set[tuple[tuple[int, str], tuple[int, str]]]:
    both = itertools.combinations(enumerate(chosen), 2)
    return {(one, other) for one, other in both}


# --- writing -------------------------------------------------------------------------

_HEAD = ["质押类型", "登记号", "登记日期", "出质人", "设区市", "县(市、区)", "质权人"]
_TAIL = ["专利号/商标注册号", "注销日期", "备注"]
Rows = list[list[Any]]


def _cells(told: Told, way: Way) -> list[Any]:
    amount = _UNITS[way.unit][2](told.wan)
    if isinstance(amount, Decimal):
        is_text = way.format not in ("xlsx", "ods")
        amount = f"{amount:f}" if is_text else float(amount)
    write = _DATES[way.date]
    between = way.separator
    return [
        *(told.kind, told.reg_no, write(told.day), between.join(told.pledgors)),
        *(told.city, told.county, between.join(told.pledgees), amount),
        *(between.join(told.rights), write(told.cancelled) if told.cancelled else "", ""),
    ]


def _sheets(way: Way) -> tuple[dict[str, Rows], dict[str, list[str]]]:
    """The sheets of a file, and the merged ranges of each."""
    header, line, _ = _UNITS[way.unit]
    head = [*_HEAD, header, *_TAIL]
    body = [_cells(told, way) for told in _TOLD]
    above: Rows = [[line]] if line else []
    pad = [""] * (len(head) - 1)
    merged: list[str] = []
    name = "台账"
    if way.layout == "title":
        above = [["浙江省专利权质押登记台账", *pad], *above]
        merged = ["A1:K1"]
    elif way.layout == "two-row head":
        upper = [*head[:3], "出质人情况", "", "", "质权人情况", "", *head[8:]]
        lower = ["", "", "", "出质人", "设区市", "县(市、区)", "质权人名称", header, "", "", ""]
        top = len(above) + 1
        merged = [f"D{top}:F{top}", f"G{top}:H{top}"]
        merged += [f"{letter}{top}:{letter}{top + 1}" for letter in "ABCIJK"]
        above.append(upper)
        head = lower
    elif way.layout == "merged city":
        top = len(above) + 2
        merged = [f"E{top}:E{top + 1}"]
        body[1][4] = ""
    elif way.layout == "subtotals":
        total = ["小计", *([""] * 10)]
        body = [*body[:2], total, *body[2:], ["合计", *([""] * 10)]]
    elif way.layout == "notes":
        body += [
            ["", *pad],
            ["注：本表由各市填报。", *pad],
            ["填表人：某某", *pad[:4], "联系电话：0571-1"],
        ]
    elif way.layout == "repeated head":
        body = [*body[:2], head, *body[2:]]
    elif way.layout == "blank columns":
        head, body = _with_gaps(head), [_with_gaps(row) for row in body]
    elif way.layout == "row per right":
        body = list(_per_right(way))
    elif way.layout == "kind in name":
        name, head = "专利质押", head[1:]
        body = [row[1:] for row in body]
    elif way.layout == "numbered head":
        body = [[str(number) for number in range(1, len(head) + 1)], *body]
    elif way.layout == "cities in names" and way.format in ("xlsx", "ods"):
        found: dict[str, Rows] = {}
        for told, row in zip(_TOLD, body, strict=True):
            rows = found.setdefault(told.city, [*above, [*head[:4], *head[5:]]])
            rows.append([*row[:4], *row[5:]])
        return found, {}
    return {name: [*above, head, *body]}, {name: merged}


def _with_gaps(row: list[Any]) -> list[Any]:
    return [*row[:4], "", *row[4:8], "", *row[8:]]


def _per_right(way: Way) -> Iterator[list[Any]]:
    for told in _TOLD:
        for right in told.rights:
            yield _cells(replace(told, rights=(right,)), way)


def _write(way: Way, folder: Path) -> Path:
    sheets, merged = _sheets(way)
    if way.format == "xlsx":
        return write_xlsx(folder / "台账.xlsx", sheets, merged)
    if way.format == "ods":
        return _write_ods(folder / "台账.ods", sheets, merged)
    [(name, rows)] = sheets.items()
    rows = _unmerged(rows, merged.get(name, []))
    if way.format == "tsv":
        path = folder / f"{name}.tsv"
        path.write_bytes("\n".join("\t".join(map(_quoted, row)) for row in rows).encode("utf-8"))
        return path
    path = write_csv(folder / f"{name}.csv", rows, way.format)
    if way.format == "utf-16-be":
        path.write_bytes(codecs.BOM_UTF16_BE + path.read_bytes())
    return path


def _quoted(cell: Any) -> str:
    text = str(cell)
    return f'"{text}"' if any(mark in text for mark in '\n\t"') else text


def _unmerged(rows: Rows, merged: Sequence[str]) -> Rows:
    """What a spreadsheet saves as text: it knows no merged cells, the clerk filled them in."""
    rows = [list(row) for row in rows]
    for place in merged:
        if place[0] == "E" and place.startswith("E") and place[-2] != place[1]:
            top = int(place[1:].partition(":")[0]) - 1
            rows[top + 1][4] = rows[top][4]
    return rows


def _write_ods(path: Path, sheets: dict[str, Rows], merged: dict[str, list[str]]) -> Path:
    tables = []
    for name, rows in sheets.items():
        spans = {_corner(place): _size(place) for place in merged.get(name, [])}
        lines = []
        for number, row in enumerate(rows):
            cells = "".join(
                _ods_cell(value, spans.get((number, column))) for column, value in enumerate(row)
            )
            lines.append(f"<table:table-row>{cells}</table:table-row>")
        tables.append(f'<table:table table:name="{escape(name)}">{"".join(lines)}</table:table>')
    names = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{names}:manifest:1.0"/>')
        file.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}'
            f':office:1.0" xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"'
            ' office:version="1.2"><office:body><office:spreadsheet>'
            f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_cell(value: Any, span: tuple[int, int] | None) -> str:
    over = ""
    if span:
        over = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if value == "":
        return f"<table:table-cell{over}/>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell {kind}{over}>{lines}</table:table-cell>"


def _corner(place: str) -> tuple[int, int]:
    first = place.partition(":")[0]
    return int(first[1:]) - 1, ord(first[0]) - ord("A")


def _size(place: str) -> tuple[int, int]:
    (top, left), (bottom, right) = _corner(place), _corner(place.partition(":")[2])
    return bottom - top + 1, right - left + 1


# --- reading back --------------------------------------------------------------------


def _as_told(pledge: Pledge) -> Told:
    names = {code: name for name, code in _CODES.items()}
    return Told(
        kind=pledge.kind.label,
        reg_no=pledge.reg_no or "",
        day=pledge.registered_on,
        pledgors=tuple(pledgor.name for pledgor in pledge.pledgors),
        city=names[pledge.city],
        county=names[pledge.county or ""],
        pledgees=tuple(pledgee.name for pledgee in pledge.pledgees),
        wan=Decimal(pledge.secured_amount_fen or 0) / 10**6,
        rights=tuple(right.number for right in pledge.rights),
        cancelled=next(
            (e.happened_on for e in pledge.events if e.kind is EventKind.CANCELLATION), None
        ),
    )


_WAYS = _ways()
_SHARES = 12


def test_that_there_are_enough_files_and_every_two_choices_meet() -> None:
    assert len(set(_WAYS)) >= 200
    for layout, format_ in itertools.product(_LAYOUTS, _FORMATS):
        assert any((way.layout, way.format) == (layout, format_) for way in _WAYS)


@pytest.mark.parametrize("share", range(_SHARES))
def test_that_every_way_of_writing_is_read_back_exactly(
    store: Store, tmp_path: Path, share: int
) -> None:
    for way in _WAYS[share::_SHARES]:
        plan = read(store, _write(way, tmp_path))
        assert plan.errors == (), f"{way}: {plan.errors[:2]}"
        found = [_as_told(entry.after) for entry in plan.entries if entry.after]
        assert sorted(found, key=lambda told: told.reg_no) == sorted(
            _TOLD, key=lambda told: told.reg_no
        ), way
        assert plan.counts[Status.NEW] == len(_TOLD), way
