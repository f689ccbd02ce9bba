"""The official tables per city: 本期, 上年同期, 同比, 占比 and 排名, with totals as formulas."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ipfinance.reports.workbook_notes import COLUMNS_EACH, explanations
from ipfinance.reports.workbook_styles import (
    Styles,
    fitting_width,
    height_for,
    set_page,
)
from ipfinance.statistics.indicators import MEASURES, SECURED_AMOUNT, Form, Indicator
from ipfinance.statistics.presenting import (
    NONE,
    amount_unknown,
    measure_name,
    percent_text,
    unknown_text,
    value_text,
)
from ipfinance.statistics.table_rows import Row, Whole
from ipfinance.statistics.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

BLOCKS: tuple[tuple[Indicator, ...], ...] = (MEASURES[:4], MEASURES[4:])
"""The measures of the first table and of its continuation."""

_COMPARED = ("本期", "上年\n同期", "同比", "占比", "排名")
assert len(_COMPARED) == COLUMNS_EACH
_BLANK = "　　　　　　"
_SIGNATURES = (
    "单位负责人：",
    "统计负责人：",
    "填表人：",
    "联系电话：",
    "报出日期：20　　年　　月　　日",
)
_HEAD_ROWS = 4  # upper right


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table came to stand: charts and checks refer to its cells.

    Rows and columns count from zero; ``columns`` gives the column of 本期 of each measure,
    ``total`` the row of 合计, None where there is none.
    """

    sheet: str
    first: int
    last: int
    total: int | None
    columns: Mapping[str, int]

    def values(self, key: str) -> str:
        """The cities' cells of a measure, as a formula refers to them."""
        from xlsxwriter.utility import xl_range_abs

        column = self.columns[key]
        return f"'{self.sheet}'!{xl_range_abs(self.first, column, self.last, column)}"

    @property
    def names(self) -> str:
        from xlsxwriter.utility import xl_range_abs

        return f"'{self.sheet}'!{xl_range_abs(self.first, 0, self.last, 0)}"

    def total_cell(self, key: str) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        assert self.total is not None
        return f"'{self.sheet}'!{xl_rowcol_to_cell(self.total, self.columns[key], True, True)}"


def add_table_sheet(
    workbook: "Workbook", styles: Styles, name: str, table: Table, block: int
) -> Placed | None:
    """Add the sheet of one block of measures of a table by city.

    None where the period has no registration: then it has no figures that could be referred to.
    """
    sheet = workbook.add_worksheet(name)
    return _TableSheet(sheet, styles, name, table, block).write()


def table_title(table: Table, block: int = 0) -> str:
    """The title of a table: 浙江省各市专利权质押登记情况汇总表."""
    continued = "（续）" if block else ""
    return f"{table.area}各市{table.kind.label}质押登记情况汇总表{continued}"


def exact_wan(fen: int) -> float:
    """The number of 万元 that a cell holds: nearest to the exact one, of at most six decimals."""
    return fen / 1_000_000


class _TableSheet:
    def __init__(
        self, sheet: "Worksheet", styles: Styles, name: str, table: Table, block: int
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._name = name
        self._table = table
        self._block = block
        self._measures = BLOCKS[block]
        self._last_column = len(self._measures) * len(_COMPARED)
        header = _HEAD_ROWS + 3
        self._header = header
        count = len(table.rows)
        body = header + 3
        self._total = body if table.facts.total_first else body + count
        self._first = body + 1 if table.facts.total_first else body
        self._last = self._first + count - 1
        self._widths: list[int] = []

    def write(self) -> Placed | None:
        self._page()
        self._head()
        self._columns()
        if self._table.is_empty:
            body = self._header + 3
            said = f"{self._table.period.label}没有{self._table.kind.label}质押登记。"
            self._merge(body, 0, self._last_column, said, "center")
            self._sheet.set_row(body, 40)
            self._foot(body + 1)
            return None
        for index, row in enumerate(self._table.rows):
            self._row(self._first + index, row)
        self._total_row()
        self._foot(max(self._last, self._total) + 1)
        columns = {
            one.key: 1 + number * len(_COMPARED) for number, one in enumerate(self._measures)
        }
        return Placed(self._name, self._first, self._last, self._total, columns)

    def _page(self) -> None:
        set_page(self._sheet, 1, 1)
        self._sheet.repeat_rows(self._header, self._header + 2)
        self._sheet.hide_gridlines(2)
        rows = () if self._table.is_empty else self._table.rows
        figures: list[Row | Whole] = [*rows, *([self._table.total] if rows else [])]
        self._widths = [fitting_width(["设区市", "合计", *(row.name for row in rows)], least=9)]
        for one in self._measures:
            for which in ("values", "previous"):
                texts = [value_text(one, getattr(row, which)[one.key]) for row in figures]
                self._widths.append(fitting_width(texts, least=7))
            growths = [percent_text(row.growth[one.key]) for row in figures]
            shares = [percent_text(row.share[one.key]) for row in rows]
            self._widths.extend((fitting_width(growths, 8), fitting_width(shares, 7), 5))
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)

    def _head(self) -> None:
        table, last = self._table, self._last_column
        office = table.facts.office
        corner = (
            ("表　　号：", "内部工作表"),
            ("制定机关：", office or NONE),
            ("批准(备案)文号：", NONE),
            ("有效期至：", NONE),
        )
        for row, words in enumerate(corner):
            self._merge(row, last - 4, last, "".join(words), "small")
            self._sheet.set_row(row, 13)
        self._merge(_HEAD_ROWS, 0, last, table_title(table, self._block), "title")
        self._sheet.set_row(_HEAD_ROWS, 30)
        said = f"{table.period.label}（没有登记）" if table.is_empty else table.period.label
        self._merge(_HEAD_ROWS + 1, 0, last, said, "period")
        self._sheet.set_row(_HEAD_ROWS + 1, 18)
        units = "、".join(dict.fromkeys(one.unit for one in self._measures))
        middle = last // 2
        self._merge(_HEAD_ROWS + 2, 0, middle, f"填报单位：{office or _BLANK}", "plain")
        self._merge(_HEAD_ROWS + 2, middle + 1, last, f"计量单位：{units}", "right")
        self._sheet.set_row(_HEAD_ROWS + 2, 18)

    def _columns(self) -> None:
        sheet, head = self._sheet, self._styles["header"]
        top = self._header
        sheet.merge_range(top, 0, top + 1, 0, "", head)
        sheet.write_string(top, 0, "设区市", head)
        sheet.write_string(top + 2, 0, "甲", self._styles["letter"])
        column = 1
        for one in self._measures:
            name = f"{measure_name(one, self._table.kind)}（{one.unit}）"
            sheet.merge_range(top, column, top, column + len(_COMPARED) - 1, "", head)
            sheet.write_string(top, column, name, head)
            for compared in _COMPARED:
                sheet.write_string(top + 1, column, compared, head)
                sheet.write_number(top + 2, column, column, self._styles["letter"])
                column += 1
        sheet.set_row(top, 22)
        sheet.set_row(top + 1, 30)
        sheet.set_row(top + 2, 14)

    def _row(self, at: int, row: Row) -> None:
        self._sheet.set_row(at, 22)
        self._sheet.write_string(at, 0, row.name, self._styles["center"])
        for number, one in enumerate(self._measures):
            column = 1 + number * len(_COMPARED)
            known = not self._unknown(one, row.values)
            self._value(at, column, one, row.values)
            self._value(at, column + 1, one, row.previous)
            comparable = known and not self._unknown(one, row.previous)
            self._growth(at, column, row.growth[one.key], comparable)
            has_base = known and not self._unknown(one, self._table.total.values)
            self._share(at, column, row.share[one.key], has_base)
            has_any = has_base and self._table.total.values[one.key]
            self._rank(at, column, row.rank[one.key] if known else None, bool(has_any))

    def _total_row(self) -> None:
        at, whole = self._total, self._table.total
        self._sheet.set_row(at, 24)
        self._sheet.write_string(at, 0, "合计", self._styles["center", "total"])
        for number, one in enumerate(self._measures):
            column = 1 + number * len(_COMPARED)
            self._total_value(at, column, one, whole.values)
            self._total_value(at, column + 1, one, whole.previous)
            comparable = not (
                self._unknown(one, whole.values) or self._unknown(one, whole.previous)
            )
            self._growth(at, column, whole.growth[one.key], comparable, "total")
            known = not self._unknown(one, whole.values)
            has_any = known and whole.values[one.key]
            self._share(at, column, Fraction(1) if has_any else None, known, "total")
            self._sheet.write_string(at, column + 4, NONE, self._styles["rank", "total"])

    def _value(self, at: int, column: int, one: Indicator, values: Mapping[str, int]) -> None:
        if self._unknown(one, values):
            self._sheet.write_string(at, column, unknown_text(), self._styles["count"])
        else:
            self._sheet.write_number(at, column, _number(one, values), self._styles[_form(one)])

    def _total_value(self, at: int, column: int, one: Indicator, values: Mapping[str, int]) -> None:
        style = self._styles[_form(one), "total"]
        if self._unknown(one, values):
            self._sheet.write_string(at, column, unknown_text(), style)
        elif one.adds_up:
            cells = f"{self._cell(self._first, column)}:{self._cell(self._last, column)}"
            self._sheet.write_formula(at, column, f"=SUM({cells})", style, _number(one, values))
        else:  # counted on its own: the areas' distinct counts do not add up to it
            self._sheet.write_number(at, column, _number(one, values), style)

    def _growth(
        self,
        at: int,
        column: int,
        growth: Fraction | None,
        is_comparable: bool,
        *row: str,
    ) -> None:
        style = self._styles["percent", *row]
        if not is_comparable:
            self._sheet.write_string(at, column + 2, NONE, style)
            return
        now, then = self._cell(at, column), self._cell(at, column + 1)
        self._sheet.write_formula(
            *(at, column + 2, f'=IF({then}=0,"{NONE}",({now}-{then})/{then})', style),
            NONE if growth is None else float(growth),
        )

    def _share(
        self, at: int, column: int, share: Fraction | None, is_known: bool, *row: str
    ) -> None:
        style = self._styles["percent", *row]
        if not is_known:
            self._sheet.write_string(at, column + 3, NONE, style)
            return
        part, whole = self._cell(at, column), self._cell(self._total, column, True)
        self._sheet.write_formula(
            *(at, column + 3, f'=IF({whole}=0,"{NONE}",{part}/{whole})', style),
            NONE if share is None else float(share),
        )

    def _rank(self, at: int, column: int, rank: int | None, has_any: bool) -> None:
        """The rank; none where nobody has anything of what is ranked."""
        style = self._styles["rank"]
        if rank is None:
            self._sheet.write_string(at, column + 4, NONE, style)
            return
        first, last = (self._cell(row, column, True) for row in (self._first, self._last))
        ranked = f"RANK({self._cell(at, column)},{first}:{last})"
        formula = f'=IF(MAX({first}:{last})=0,"{NONE}",{ranked})'
        self._sheet.write_formula(at, column + 4, formula, style, rank if has_any else NONE)

    def _foot(self, at: int) -> None:
        count = self._last_column + 1
        edges = [count * number // len(_SIGNATURES) for number in range(len(_SIGNATURES) + 1)]
        for (start, end), words in zip(pairwise(edges), _SIGNATURES, strict=True):
            self._merge(at, start, end - 1, words, "plain")
        self._sheet.set_row(at, 28)
        width = sum(self._widths)  # merged cells do not grow by themselves
        for number, text in enumerate(explanations(self._table, self._measures), start=1):
            self._merge(at + number, 0, self._last_column, text, "note")
            self._sheet.set_row(at + number, height_for(text, width, 9))

    def _unknown(self, one: Indicator, values: Mapping[str, int]) -> bool:
        return one is SECURED_AMOUNT and amount_unknown(values)

    def _cell(self, row: int, column: int, is_row_fixed: bool = False) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return xl_rowcol_to_cell(row, column, row_abs=is_row_fixed)

    def _merge(self, row: int, first: int, last: int, text: str, style: str) -> None:
        # Written over the merged cell, because merge_range itself would guess at its type.
        self._sheet.merge_range(row, first, row, last, "", self._styles[style])
        self._sheet.write_string(row, first, text, self._styles[style])


def _form(one: Indicator) -> str:
    return "amount" if one.form is Form.MONEY else "count"


def _number(one: Indicator, values: Mapping[str, int]) -> int | float:
    value = values[one.key]
    return exact_wan(value) if one.form is Form.MONEY else value
