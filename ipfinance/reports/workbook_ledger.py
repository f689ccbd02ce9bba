"""The ledger of the period in the summary workbook: the registrations behind its figures."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, Listing, Sort, select
from ipfinance.domain.fields import FIELDS, Field, Form
from ipfinance.domain.period import Period
from ipfinance.language import aloud
from ipfinance.progress import Progress
from ipfinance.reports.ledger_cells import AreaNames, LedgerCell, cells_of, read_pledges
from ipfinance.reports.workbook_styles import Styles, day_number, height_for, set_page, text_width
from ipfinance.reports.workbook_tables import exact_wan
from ipfinance.statistics.tables import KindChoice

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COUNTED = "所涉件数"
"""Header of the number of rights that counts, which is not the declared 件数 of an import."""

# More would fill the memory, and nobody reads them in a summary; `export` writes them all.
LARGEST = 100_000
# Columns that stand there even when the whole period has nothing in them.
_ALWAYS = {
    *("kind", "reg_no", "registered_on", "pledgor", "uscc", "city", "county", "pledgee"),
    *("secured_amount", "rights", "right_names", "rights_count"),
}
_WIDEST = 34
_CELL_LIMIT = 32_000
_STYLES = {
    Form.TEXT: "text_wrapped",
    Form.LIST: "text_wrapped",
    Form.CHOICE: "center",
    Form.DATE: "date",
    Form.MONEY: "exact",
    Form.COUNT: "count",
}


@dataclass(frozen=True, slots=True)
class PlacedLedger:
    """Where the ledger's totals stand, None when they are not written; and how many lines."""

    count: int
    amount_cell: str | None
    rights_cell: str | None


def period_ledger(store: Store, period: Period, today: date) -> Listing:
    """The registrations that the figures of both registers count in the period."""
    wanted = Filter(
        kinds=KindChoice.ALL.kinds, start=period.start, end=period.end, counted_only=True
    )
    return select(store, wanted, today, Sort.REGISTERED_ON, descending=False)


def add_ledger_sheet(
    workbook: "Workbook",
    styles: Styles,
    name: str,
    store: Store,
    period: Period,
    listing: Listing,
    progress: Progress,
) -> PlacedLedger:
    """Add the sheet of the registrations of the period, with a line of totals at the foot."""
    sheet = workbook.add_worksheet(name)
    set_page(sheet, pages_wide=2)
    if len(listing) > LARGEST or not listing:
        said = f"{period.label}没有登记。"
        if listing:
            said = (
                f"{period.label}共有 {len(listing):,} 笔登记，超过本表可容纳的 {LARGEST:,} 笔；"
                "请另行导出台账（ipfinance export）。"
            )
        sheet.write_string(0, 0, said, styles["plain"])
        return PlacedLedger(len(listing), None, None)
    return _LedgerSheet(sheet, styles, name).write(_rows(store, listing.ids, progress), listing)


def _rows(store: Store, ids: "array[int]", progress: Progress) -> list[Mapping[str, LedgerCell]]:
    areas = AreaNames(all_divisions(store))
    return [
        # Added up they are the figure in the tables.
        {**cells_of(pledge, areas), "rights_count": pledge.rights_count}
        for pledge in read_pledges(store, ids, progress, aloud("写入台账"))
    ]


class _LedgerSheet:
    def __init__(self, sheet: "Worksheet", styles: Styles, name: str) -> None:
        self._sheet = sheet
        self._styles = styles
        self._name = name

    def write(self, rows: Sequence[Mapping[str, LedgerCell]], listing: Listing) -> PlacedLedger:
        fields = [
            field
            for field in FIELDS
            if field.key in _ALWAYS or any(row[field.key] not in ("", None) for row in rows)
        ]
        sheet = self._sheet
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        sheet.print_across()  # the halves of a line come one after the other
        sheet.set_row(0, 32)
        heights = [0.0] * len(rows)
        for column, field in enumerate(fields):
            width = self._width(field, rows)
            sheet.set_column(column, column, width)
            if field.form in (Form.TEXT, Form.LIST):
                for number, row in enumerate(rows):
                    needed = height_for(str(row[field.key]), width)
                    heights[number] = max(heights[number], needed)
            header = COUNTED if field.key == "rights_count" else field.header
            sheet.write_string(0, column, header, self._styles["header"])
            style = self._styles[_STYLES[field.form]]
            for number, row in enumerate(rows, start=1):
                self._write(number, column, field, row[field.key], style)
        for number, height in enumerate(heights, start=1):
            sheet.set_row(number, height)
        total = len(rows) + 1
        sheet.set_row(total, 20)
        places = {field.key: column for column, field in enumerate(fields)}
        for column in range(len(fields)):
            sheet.write_blank(total, column, None, self._styles["center", "total"])
        sheet.write_string(total, 0, "合计", self._styles["center", "total"])
        sheet.write_string(
            total, places["reg_no"], f"{len(rows):,} 笔", self._styles["center", "total"]
        )
        counted = sum(int(str(row["rights_count"])) for row in rows)
        amount = exact_wan(listing.secured_amount_fen)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{total + 1}"})
        return PlacedLedger(
            len(rows),
            self._sum(total, places["secured_amount"], "exact", amount),
            self._sum(total, places["rights_count"], "count", counted),
        )

    def _sum(self, total: int, column: int, style: str, value: float) -> str:
        from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

        formula = f"=SUM({xl_range(1, column, total - 1, column)})"
        self._sheet.write_formula(total, column, formula, self._styles[style, "total"], value)
        return f"'{self._name}'!{xl_rowcol_to_cell(total, column, True, True)}"

    def _width(self, field: Field, rows: Sequence[Mapping[str, LedgerCell]]) -> float:
        """Wide enough for the words of the header and, up to a limit, for what stands there."""
        header = max(8, (text_width(field.header) + 1) // 2 + 2)
        if field.form is Form.DATE:
            return 11.5
        if field.form is Form.MONEY:
            return max(header, 13)
        widest = max((text_width(str(row[field.key] or "")) for row in rows), default=0) + 2
        return max(header, min(_WIDEST, field.width, widest))

    def _write(
        self, row: int, column: int, field: Field, value: LedgerCell, style: "Format"
    ) -> None:
        if value is None or value == "":
            self._sheet.write_blank(row, column, None, style)
        elif isinstance(value, date):
            self._sheet.write_number(row, column, day_number(value), style)
        elif isinstance(value, str):
            cut = value if len(value) <= _CELL_LIMIT else f"{value[:_CELL_LIMIT]}…"
            self._sheet.write_string(row, column, cut, style)
        elif field.form is Form.MONEY:
            self._sheet.write_number(row, column, exact_wan(value), style)
        else:
            self._sheet.write_number(row, column, value, style)
