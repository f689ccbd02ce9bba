"""The workbook's first two sheets: what stands where and agrees; how things are counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipfinance import __version__
from ipfinance.reports.workbook_ledger import PlacedLedger
from ipfinance.reports.workbook_notes import symbols
from ipfinance.reports.workbook_styles import Styles, height_for, set_page
from ipfinance.reports.workbook_tables import Placed, exact_wan
from ipfinance.statistics.indicators import (
    MEASURES,
    REGISTRATIONS,
    RIGHTS,
    SECURED_AMOUNT,
    WHOLE,
    Form,
    Indicator,
)
from ipfinance.statistics.presenting import NONE, amount_unknown, percent_text, unknown_text
from ipfinance.statistics.tables import KindChoice, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LAST = 6
_WIDTHS = (24, 10, 20, 20, 20, 20, 16)  # a page's width together
_OK, _NOT_OK = "相符", "不符"
_ROUNDING = (
    "表中金额为万元，单元格保存准确值、显示两位小数；先加总后四舍五入，"
    "各部分四舍五入后之和可能与合计略有出入，不作机械调整。"
)

Tables = dict[KindChoice, Table]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a sheet and what it is."""

    sheet: str
    what: str


def write_contents(
    sheet: "Worksheet",
    styles: Styles,
    tables: Tables,
    entries: Sequence[Entry],
    placed: dict[KindChoice, Placed | None],
    ledger: PlacedLedger,
    made_on: date,
) -> None:
    """Fill the first sheet; ``placed`` is where the first table of each register stands.

    A register without registrations has an empty table, and nothing stands in it.
    """
    _Contents(sheet, styles, tables).write(entries, placed, ledger, made_on)


def write_rules(sheet: "Worksheet", styles: Styles, tables: Tables) -> None:
    """Fill the sheet of counting rules and notes."""
    _Rules(sheet, styles, tables).write()


def contents_title(table: Table) -> str:
    """The title of the whole workbook."""
    return f"{table.period.label}{table.area}专利权、商标专用权质押登记统计"


class _Sheet:
    """A sheet of text in seven columns, written from the top down."""

    def __init__(self, sheet: "Worksheet", styles: Styles, tables: Tables) -> None:
        self._sheet = sheet
        self._styles = styles
        self._tables = tables
        self._whole = tables[KindChoice.ALL]
        self._at = 0
        set_page(sheet, 1, 1)
        sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)

    def _title(self, words: str) -> None:
        self._sheet.set_row(self._at, 32)
        self._merge(0, _LAST, words, "title")
        self._at += 1

    def _heading(self, words: str) -> None:
        self._at += 1
        self._sheet.set_row(self._at, 22)
        self._sheet.write_string(self._at, 0, words, self._styles["heading"])
        self._at += 1

    def _row(self, texts: tuple[str, ...], ends: tuple[int, ...], style: str) -> None:
        """Write a row whose cells end at these columns."""
        first = 0
        for text, last in zip(texts, ends, strict=True):
            self._merge(first, last, text, style)
            first = last + 1
        self._at += 1

    def _merge(self, first: int, last: int, text: str, style: str) -> None:
        look = self._styles[style]
        if last > first:
            self._sheet.merge_range(self._at, first, self._at, last, "", look)
        self._sheet.write_string(self._at, first, text, look)


class _Contents(_Sheet):
    def write(
        self,
        entries: Sequence[Entry],
        placed: dict[KindChoice, Placed | None],
        ledger: PlacedLedger,
        made_on: date,
    ) -> None:
        self._title(contents_title(self._whole))
        self._facts(made_on)
        self._entries(entries)
        if not self._whole.is_empty:
            self._cross_foot(placed, ledger)
            self._coverage()

    def _facts(self, made_on: date) -> None:
        whole, before = self._whole, self._whole.previous_period
        facts = (
            ("统计期间", f"{whole.period.label}（{whole.period.start} 至 {whole.period.end}）"),
            (
                "对比期间",
                f"{before.label}（{before.start} 至 {before.end}）",
            ),
            ("统计地区", whole.area),
            ("填报单位", whole.facts.office or NONE),
            ("生成日期", made_on.isoformat()),
            ("生成程序", f"ipfinance {__version__}"),
        )
        for name, value in facts:
            self._sheet.write_string(self._at, 0, name, self._styles["strong"])
            self._merge(1, _LAST, value, "plain")
            self._at += 1
        if whole.is_empty:
            said = f"{whole.period.label}没有登记：各表和台账为空，不绘图。"
            self._merge(0, _LAST, said, "heading")
            self._at += 1

    def _entries(self, entries: Sequence[Entry]) -> None:
        self._heading("目录")
        self._row(("工作表", "内容"), (1, _LAST), "header")
        for entry in entries:
            self._sheet.merge_range(self._at, 0, self._at, 1, "", self._styles["link"])
            place = f"internal:'{entry.sheet}'!A1"
            self._sheet.write_url(
                *(self._at, 0, place, self._styles["link"], entry.sheet, f"转到「{entry.sheet}」")
            )
            self._merge(2, _LAST, entry.what, "cell")
            self._at += 1

    def _cross_foot(self, placed: dict[KindChoice, Placed | None], ledger: PlacedLedger) -> None:
        """Whether the two registers add up to both together, and these to the ledger."""
        self._heading("勾稽")
        head = ("指标", "计量单位", "专利权", "商标专用权", "合计表", "台账", "结果")
        for column, words in enumerate(head):
            self._sheet.write_string(self._at, column, words, self._styles["header"])
        self._at += 1
        lines = (
            (REGISTRATIONS, None),
            (SECURED_AMOUNT, ledger.amount_cell),
            (RIGHTS, ledger.rights_cell),
        )
        for indicator, ledger_cell in lines:
            self._cross_foot_line(indicator, placed, ledger_cell, ledger.count)

    def _cross_foot_line(
        self,
        indicator: Indicator,
        placed: dict[KindChoice, Placed | None],
        ledger_cell: str | None,
        ledger_count: int,
    ) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        sheet, at, styles = self._sheet, self._at, self._styles
        style = styles["amount" if indicator.form is Form.MONEY else "count"]
        sheet.write_string(at, 0, indicator.name, styles["cell"])
        sheet.write_string(at, 1, indicator.unit, styles["center"])
        for column, kind in enumerate(KindChoice, start=2):
            where = placed[kind]
            if where is None:
                sheet.write_string(at, column, NONE, style)
                continue
            formula = f"={where.total_cell(indicator.key)}"
            sheet.write_formula(at, column, formula, style, self._told(indicator, kind))
        patents, trademarks, both, ledger = (
            xl_rowcol_to_cell(at, column) for column in range(2, 6)
        )
        checks = [f"ROUND(N({patents})+N({trademarks})-N({both}),6)=0"]
        parts = self._exact(indicator, KindChoice.PATENT) + self._exact(
            indicator, KindChoice.TRADEMARK
        )
        agrees = parts == self._exact(indicator, KindChoice.ALL)
        if indicator is REGISTRATIONS:
            sheet.write_number(at, 5, ledger_count, style)
            checks.append(f"{ledger}={both}")
            agrees = agrees and ledger_count == self._exact(indicator, KindChoice.ALL)
        elif ledger_cell is not None:
            value = self._number(indicator, KindChoice.ALL)
            sheet.write_formula(at, 5, f"={ledger_cell}", style, value)
            checks.append(f"ROUND({ledger}-N({both}),6)=0")
        else:
            sheet.write_string(at, 5, NONE, style)
        condition = ",".join(checks)
        formula = f'=IF(AND({condition}),"{_OK}","{_NOT_OK}")'
        sheet.write_formula(at, 6, formula, styles["center"], _OK if agrees else _NOT_OK)
        self._at += 1

    def _coverage(self) -> None:
        """Figures of the whole area that the tables have no row for."""
        self._heading("覆盖面和普惠率")
        self._row(("指标", "专利权", "商标专用权", "合计"), (1, 2, 3, 4), "header")
        texts: list[list[str]] = [
            ["有登记的县（市、区）", *self._each(lambda table: _covered(table, False))],
            ["　上年同期", *self._each(lambda table: _covered(table, True))],
            ["普惠率", *self._each(lambda table: percent_text(table.total.inclusive_rate))],
            [
                "　上年同期",
                *self._each(lambda table: percent_text(table.total.inclusive_rate_previous)),
            ],
        ]
        for name, *figures in texts:
            self._merge(0, 1, name, "cell")
            for column, figure in enumerate(figures, start=2):
                self._merge(column, column, figure, "center")
            self._at += 1

    def _each(self, told: Callable[[Table], str]) -> list[str]:
        return [told(self._tables[kind]) for kind in KindChoice]

    def _exact(self, indicator: Indicator, kind: KindChoice) -> int:
        return self._tables[kind].total.values[indicator.key]

    def _told(self, indicator: Indicator, kind: KindChoice) -> float | str:
        """What the table's total says: a number, or that nobody knows."""
        values = self._tables[kind].total.values
        if indicator is SECURED_AMOUNT and amount_unknown(values):
            return unknown_text()
        return self._number(indicator, kind)

    def _number(self, indicator: Indicator, kind: KindChoice) -> float:
        value = self._exact(indicator, kind)
        return exact_wan(value) if indicator.form is Form.MONEY else value


class _Rules(_Sheet):
    def write(self) -> None:
        self._title("口径与说明")
        self._rules()
        self._notes()

    def _rules(self) -> None:
        self._heading("口径")
        self._row(("指标", "计量单位", "计算口径"), (0, 1, _LAST), "header")
        width = sum(_WIDTHS[2:]) - 2
        for one in (*MEASURES, *WHOLE):
            self._sheet.write_string(self._at, 0, one.name, self._styles["cell"])
            self._sheet.write_string(self._at, 1, one.unit, self._styles["center"])
            self._sheet.set_row(self._at, height_for(one.rule, width) + 3)
            self._merge(2, _LAST, one.rule, "wrapped")
            self._at += 1

    def _notes(self) -> None:
        self._heading("说明")
        told = [
            *self._of_tables(),
            "合计由专利权、商标专用权两个登记簿相加；组合质押在两个登记簿各计一次。",
            _ROUNDING,
            "著作权、数据知识产权、集成电路布图设计、地理标志质押属其他登记簿，不计入本统计。",
            symbols(),
        ]
        for number, text in enumerate(told, start=1):
            words = f"{number}. {text}"
            self._sheet.set_row(self._at, height_for(words, sum(_WIDTHS), 9))
            self._merge(0, _LAST, words, "note")
            self._at += 1

    def _of_tables(self) -> list[str]:
        """The notes under the tables, each once; one that is not of all says of which it is."""
        kinds: dict[str, list[KindChoice]] = {}
        for kind, table in self._tables.items():
            for note in table.notes:
                kinds.setdefault(note, []).append(kind)
        return [
            note
            if len(of) == len(self._tables)
            else f"{'、'.join(kind.label for kind in of)}：{note}"
            for note, of in kinds.items()
        ]


def _covered(table: Table, is_previous: bool) -> str:
    whole = table.total
    if not (whole.previous if is_previous else whole.values)["registrations"]:
        return NONE
    if is_previous:
        return f"{whole.counties_covered_previous} / {whole.counties_previous}"
    return f"{whole.counties_covered} / {whole.counties}"
