"""Find the tables of a sheet: their headers, their rows of data, their printed totals.

Everything else that stands in a ledger (titles, a line with the unit, section headings, notes,
repeated headers) is recognised for what it is and never read as a registration.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ipfinance.domain.money import Unit
from ipfinance.intake.by_content import completed, header_without_names
from ipfinance.intake.choices import Choices
from ipfinance.intake.columns import MONEY_KEYS, Header, find_header, header_at, is_label
from ipfinance.intake.contents import Contents
from ipfinance.intake.findings import Finding
from ipfinance.intake.headings import Headings, lone_unit, merged_with, unit_line
from ipfinance.intake.labels import plain
from ipfinance.intake.sheets import Row, Sheet
from ipfinance.language import tr

_TOTAL = re.compile(r"(.{0,14}?)(小计|合计|总计|共计|累计)(?:\(.{0,10}\)|\d+\w?)?:?")
_NOTE = re.compile(
    r"(?:备?注|说明|附注|填表说明|数据来源|资料来源|填表人?|制表人?|填报人?|审核人?|复核人?|经办人?"
    r"|(?:单位|统计)?负责人|联系人|联系电话|电话|报出日期|填报日期|制表日期|填报单位|日期)"
    r"(?:[:.]|\(|\d)|以下空白|以下无|第\d+页|共\d+页|[-—/\\]+$"
)
# Rows that hold nothing but these are prepared lines that nobody filled in.
_PLACE_KEYS = frozenset(("kind", "city", "county"))
_RIGHT_KEYS = frozenset(("rights", "right_names", "rights_count", "note"))
_OFFICE_LINE = re.compile("(?:填报|填表|制表|报送|编制|主管)?(?:单位|机关|部门)")
_SHORT_COUNT = re.compile(r"\d{1,6}(?:\.0)?[笔件项个家户]?")
_LONGEST_HEADING = 40
# Pages of a ledger; a file with more is not searched for them to the end.
_MOST_HEADERS = 2000


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A row of totals: its index from 0, its words, and whether it sums up all and not a part."""

    row: int
    words: str
    is_grand: bool


@dataclass(slots=True)
class Table:
    """One table of a sheet.

    ``body`` are the indices (from 0) of its rows of data, ``continued`` those among them that
    only add rights to the row above. ``said`` gives the cells that the sheet's name, its title
    or a section heading fill in, by the first row they hold from. ``unit`` is that of the 单位
    line above it.
    """

    file: str
    sheet: Sheet
    header: Header
    units: Mapping[str, Unit]
    said: list[tuple[int, Mapping[str, str]]]
    unit: Unit | None = None
    body: list[int] = field(default_factory=list)
    continued: set[int] = field(default_factory=set)
    totals: list[PrintedTotal] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def remark(self, row: int, column: str, value: str, rule: str, text: str) -> None:
        """Add a warning about the table; ``row`` is an index from 0, -1 for the whole sheet."""
        self.remarks.append(
            Finding(self.file, self.sheet.name, row + 1, column, value, rule, text, is_error=False)
        )


@dataclass(frozen=True, slots=True)
class Clues:
    """What tables are recognised by: areas in headings and in cells, and what a person said."""

    headings: Headings
    contents: Contents
    choices: Choices


def find_tables(file: str, sheet: Sheet, clues: Clues) -> list[Table]:
    """The tables of a sheet from the top; none when it has no header of a ledger."""
    header = find_header(sheet, clues.choices) or header_without_names(
        sheet, clues.contents, clues.choices
    )
    if header is None:
        return []
    return _Reader(file, sheet, clues).read(header)


class _Reader:
    def __init__(self, file: str, sheet: Sheet, clues: Clues) -> None:
        self._file = file
        self._sheet = sheet
        self._clues = clues
        self._headings = clues.headings
        self._rows = sheet.rows
        self._unit: Unit | None = None
        self._said: Mapping[str, str] = {}
        self._tables: list[Table] = []
        self._above: set[str] = set()
        self._heads: list[Row] = []
        self._headers_sought = 0

    def read(self, header: Header) -> list[Table]:
        name = self._headings.read(self._sheet.name)
        title: dict[str, str] = {}
        for row in self._rows[: header.first]:
            texts = _texts(row)
            self._take_unit(texts)
            for _, text in texts:
                self._above.add(text)
                if not _OFFICE_LINE.match(plain(text)):
                    title.update(self._headings.read(text))
        self._said = merged_with(name, title)
        table = self._table(header)
        for key in sorted((name.keys() & title.keys()) - self._said.keys()):
            table.remark(
                -1,
                "",
                name[key],
                "heading_contradicts",
                tr(
                    "工作表名称写的是{sheet}，标题写的是{title}，两者都未采用",
                    sheet=name[key],
                    title=title[key],
                ),
            )
        for rule, text in self._sheet.remarks:
            table.remark(-1, "", "", rule, text)
        self._walk(table)
        return self._tables

    def _table(self, named: Header) -> Table:
        self._named = named
        header, told = completed(self._sheet, named, self._clues.contents)
        header = self._with_units(header)
        units = {}
        for column in header.columns:
            if column.key in MONEY_KEYS and not column.strange_unit:
                unit = column.unit or self._unit
                if column.key and unit:
                    units[column.key] = unit
        table = Table(
            self._file, self._sheet, header, units, [(header.last + 1, self._said)], self._unit
        )
        for column in header.columns:
            if column.strange_unit:
                table.remark(
                    header.last,
                    column.label,
                    column.strange_unit,
                    "unit_unknown",
                    tr(
                        "不认识单位「{unit}」，只认元、千元、万元、亿元；该列的金额须写明单位",
                        unit=column.strange_unit,
                    ),
                )
        for one in told:
            table.remark(header.last, one.column, "", one.rule, one.text)
        self._tables.append(table)
        self._heads = self._rows[header.first : header.last + 1]
        return table

    def _with_units(self, header: Header) -> Header:
        """The header with the units that a person said, where none is written."""
        if self._unit:
            return header
        choices = self._clues.choices
        columns = tuple(
            replace(column, unit=choices.unit_of(header.labels, column.index))
            if column.key in MONEY_KEYS and not (column.unit or column.strange_unit)
            else column
            for column in header.columns
        )
        return replace(header, columns=columns)

    def _walk(self, table: Table) -> None:
        """Sort the rows under a header; nearly all are data and told by two cells."""
        rows, index = self._rows, table.header.last + 1
        pledgor, day = _anchors(table.header)
        if index < len(rows) and _numbers_columns(rows[index]):
            index += 1
        while index < len(rows):
            row = rows[index]
            date_cell = row[day]
            if date_cell != "" and row[pledgor] != "":
                if not isinstance(date_cell, str) or _is_value(date_cell):
                    if row not in self._heads:
                        table.body.append(index)
                    index += 1
                    continue
            elif not any(row):
                index += 1
                continue
            if row in self._heads:
                index += 1
                continue
            header = self._header_at(row, index)
            if header is None:
                self._take(table, index, row)
                index += 1
                continue
            index = header.last + 1
            if not header.same_columns(self._named) or self._unit_changes(table, header):
                table = self._table(header)
                pledgor, day = _anchors(table.header)

    def _header_at(self, row: Row, index: int) -> Header | None:
        """A header repeated on each page, or the one of another table in the same sheet."""
        if self._headers_sought > _MOST_HEADERS:
            return None
        labels = [cell for cell in row if isinstance(cell, str) and 0 < len(cell) <= 30]
        if sum(map(is_label, labels)) < 2:
            return None
        self._headers_sought += 1
        return header_at(self._sheet, index, self._clues.choices)

    def _unit_changes(self, table: Table, header: Header) -> bool:
        return self._unit is not None and any(
            column.key and not column.unit and table.units.get(column.key) != self._unit
            for column in header.columns
            if column.key in MONEY_KEYS
        )

    def _take(self, table: Table, index: int, row: Row) -> None:
        texts = _texts(row)
        if not texts:
            return
        columns = {column.index: column.key for column in table.header.columns if column.key}
        keys = {columns[column] for column, _ in texts if column in columns}
        if self._take_total(table, index, texts, columns):
            return
        if "registered_on" not in keys and not ("reg_no" in keys and len(keys) > 2):
            first = plain(texts[0][1])
            if _NOTE.match(first) or (first[:1] == "注" and len(texts) == 1):
                return
            if self._take_unit(texts):
                return
            if len(texts) == 1 and self._take_heading(table, index, texts[0][1], keys):
                return
        if not keys or keys <= _PLACE_KEYS:
            return
        if keys <= _RIGHT_KEYS and "rights" in keys and table.body and table.body[-1] == index - 1:
            table.continued.add(index)
        table.body.append(index)

    def _take_total(
        self, table: Table, index: int, texts: list[tuple[int, str]], columns: Mapping[int, str]
    ) -> bool:
        """A row of printed totals: it says so, and has neither a date nor a number of its own."""
        for place, text in texts:
            found = _TOTAL.fullmatch(plain(text))
            if not found:
                continue
            for column, other in texts:
                key = columns.get(column) if column != place else None
                if key == "registered_on" or (
                    key == "reg_no" and not _SHORT_COUNT.fullmatch(plain(other))
                ):
                    return False
            words = found[1] + found[2]
            table.totals.append(PrintedTotal(index, words, is_grand=found[2] != "小计"))
            return True
        return False

    def _take_heading(self, table: Table, index: int, text: str, keys: set[str]) -> bool:
        """A section heading between the rows, or a title repeated; no lone cell of a record."""
        if text in self._above:
            return True
        merged = bool(self._sheet.across(index))
        if not merged and not keys <= _PLACE_KEYS:
            return False
        if len(text) <= _LONGEST_HEADING and not plain(text).startswith(("以上", "其中")):
            said = self._headings.read(text)
            if said:
                self._said = {**self._said, **said}
                table.said.append((index + 1, self._said))
        return True

    def _take_unit(self, texts: list[tuple[int, str]]) -> bool:
        """Take the unit of a 单位 line; its cells may be apart: 「单位：」 and 「万元」."""
        for place, (_, text) in enumerate(texts):
            unit = unit_line(text)
            label = plain(text)
            if unit is None and label.endswith(("单位", "单位:")) and not label.startswith("填"):
                unit = lone_unit(texts[place + 1][1]) if place + 1 < len(texts) else None
            if unit is None and len(texts) <= 2 and len(label) <= 8:
                unit = lone_unit(text)
            if unit is not None:
                self._unit = unit
                return True
        return False


def _anchors(header: Header) -> tuple[int, int]:
    """Two columns that every registration fills and no other row does: who, and when."""
    pledgor = header.of("pledgor") or header.of("reg_no")
    day = header.of("registered_on") or header.of("reg_no")
    return pledgor[0].index, day[0].index


def _is_value(text: str) -> bool:
    """Whether the text under a date or number is one, and no repeated label or total."""
    return text[:1].isdigit() or not (is_label(text) or _TOTAL.fullmatch(plain(text)))


def _numbers_columns(row: Row) -> bool:
    """Whether a row numbers the columns, as forms do under their header: 1 2 3, 甲 乙 (1) (2)."""
    texts = [plain(text).strip("()") for _, text in _texts(row)]
    numbers = [text.removesuffix(".0") for text in texts if text not in tuple("甲乙丙丁戊己庚辛")]
    return len(texts) >= 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _texts(row: Row) -> list[tuple[int, str]]:
    return [(column, text) for column, cell in enumerate(row) if (text := _text(cell))]


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else str(cell)
