"""Rejected rows as a workbook in the layout they came in, to be mended there and imported again.

Header rows and columns stand as they stood; the faulty cells are marked, the reason stands in a
column beside them. What the header lacks and a fault asks for gets a column of its own.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance.domain.cells import code_text, text_of
from ipfinance.domain.dates import from_1904
from ipfinance.domain.fields import BY_KEY, Form
from ipfinance.errors import UserError
from ipfinance.intake.choices import By
from ipfinance.intake.columns import LEFT_OUT_MARK, READ_AS
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.importing import Plan
from ipfinance.intake.labels import unit_of
from ipfinance.intake.layout import Table
from ipfinance.intake.ledgers import DATE_KEYS
from ipfinance.intake.new_workbook import (
    new_workbook,
    row_height,
    sheet_name,
    width_of,
    write_cell,
)
from ipfinance.language import in_chinese, tr

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

REASON = "退回原因"
ORIGIN = "原位置"
_NOT_BY_NAME = (By.CONTENT, By.HAND, By.REMEMBERED)
_NARROWEST, _WIDEST = 8, 42
_REASON_WIDTH = 60
_NUMBERS = frozenset(key for key, field in BY_KEY.items() if field.form in (Form.MONEY, Form.COUNT))
# A number among these is a code: as text it stays as it is when it is mended.
_CODES = frozenset(("reg_no", "uscc", "rights"))


def write_rejects(plan: Plan, target: Path) -> int:
    """Write the rejected registrations of a plan; how many. Nothing is written for none.

    Raises:
        UserError: when the target cannot be written; it is left as it was.
    """
    rejected = [entry for entry in plan.entries if entry.status is Status.REJECTED]
    if not rejected:
        return 0
    if target.resolve() in {source.path.resolve() for source in plan.sources}:
        raise UserError(
            tr("不能覆盖正在导入的文件：{target}", target=target), tr("请换一个文件名。")
        )
    with new_workbook(target) as book:
        styles = _Styles(book)
        taken: set[str] = set()
        for place, table in enumerate(plan.tables):
            of_table = [entry for entry in rejected if entry.draft.table is table]
            if of_table:
                is_first = not any(t.sheet is table.sheet for t in plan.tables[:place])
                name = sheet_name(table.sheet.name, taken)
                _TableWriter(book, styles, table, of_table, name, is_first).write()
    return len(rejected)


class _Styles:
    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}
        frame = {"border": 1, "border_color": "#B8C0CC", "valign": "vcenter"}
        self.head = book.add_format(
            {**frame, "bold": True, "bg_color": "#E9F0FD", "align": "center", "text_wrap": True}
        )
        self.title = book.add_format({"bold": True})
        self.reason = book.add_format({**frame, "font_color": "#C8322B", "text_wrap": True})
        self._frame = frame

    def cell(self, key: str | None, is_marked: bool) -> "Format":
        """The style of a cell of a field: codes as text, so that what is typed stays as typed."""
        number_format = "@"
        if key in DATE_KEYS:
            number_format = "yyyy-mm-dd"
        elif key in _NUMBERS or key is None:
            number_format = "General"
        made = self._made.get((number_format, is_marked))
        if made is None:
            marked = {"bg_color": "#FFD6D2", "bold": True} if is_marked else {}
            made = self._book.add_format({**self._frame, **marked, "num_format": number_format})
            self._made[number_format, is_marked] = made
        return made


class _TableWriter:
    def __init__(
        self,
        book: "Workbook",
        styles: _Styles,
        table: Table,
        entries: Sequence[Entry],
        name: str,
        is_first: bool,
    ) -> None:
        self._sheet = book.add_worksheet(name)
        self._styles = styles
        self._table = table
        self._entries = entries
        self._header = table.header
        self._width = max(len(row) for row in table.sheet.rows)
        # Above a later table of the same sheet stand the rows of the one before.
        self._top = 0 if is_first else self._header.first
        self._keeps_headings = is_first and name == table.sheet.name and len(table.said) == 1
        self._added = self._columns_to_add()

    def write(self) -> None:
        head_rows = self._header.last - self._top + 1 + (not self._header.is_written)
        self._write_head()
        row = head_rows
        for entry in self._entries:
            for source in entry.draft.rows:
                self._write_row(row, source, entry)
                row += 1
        self._sheet.freeze_panes(head_rows, 0)
        self._set_widths()

    def _columns_to_add(self) -> list[str]:
        """Fields without a column that a fault is about, or that a lost heading said."""
        wanted = [
            fault.field
            for entry in self._entries
            for fault in entry.errors
            if fault.field and not self._header.of(fault.field)
        ]
        if not self._keeps_headings:
            wanted += [key for _, said in self._table.said for key in said]
        wanted += [key for entry in self._entries for key in entry.mended or ()]
        keys = dict.fromkeys(wanted)
        return [key for key in keys if key in BY_KEY and not self._header.of(key)]

    def _write_head(self) -> None:
        rows, sheet = self._table.sheet.rows, self._sheet
        last = self._header.last - self._top
        if not self._header.is_written:
            # Nothing tells one damaged row by its contents: it gets the head that it never had.
            last += 1
            for about in self._header.columns:
                label = self._told(about.index, "")
                write_cell(sheet, last, about.index, label, self._styles.head)
        covered: set[tuple[int, int]] = set()
        for merge in self._table.sheet.merged:
            if self._top <= merge.top and merge.bottom <= self._header.last:
                style = self._head_style(merge.top)
                text = text_of(rows[merge.top][merge.left])
                if merge.bottom == self._header.last and merge.left == merge.right:
                    text = self._told(merge.left, text)
                if (merge.top, merge.left) != (merge.bottom, merge.right):
                    sheet.merge_range(
                        merge.top - self._top,
                        merge.left,
                        merge.bottom - self._top,
                        merge.right,
                        text,
                        style,
                    )
                covered.update(
                    (row, column)
                    for row in range(merge.top, merge.bottom + 1)
                    for column in range(merge.left, merge.right + 1)
                )
        for row in range(self._top, self._header.last + 1):
            for column in range(len(rows[row])):
                told = self._label(row, column)
                if (row, column) not in covered and told != "":
                    style = self._head_style(row)
                    write_cell(sheet, row - self._top, column, told, style)
        for place, label in enumerate((*map(self._added_label, self._added), REASON, ORIGIN)):
            sheet.write_string(last, self._width + place, label, self._styles.head)

    def _head_style(self, row: int) -> "Format":
        return self._styles.head if row >= self._header.first else self._styles.title

    def _label(self, row: int, column: int) -> object:
        """A label as it stands, with what the file alone would not tell when it comes back: the
        unit where the line that gave it stays behind, and what only contents or a person told."""
        label = self._table.sheet.rows[row][column]
        return label if row != self._header.last else self._told(column, str(label))

    def _told(self, column: int, label: str) -> str:
        about = self._header.columns[column]
        unit = self._table.units.get(about.key or "")
        is_written = unit is None or unit_of(label)[0] is not None
        # Above a first table the 单位 line goes along.
        if not is_written and (self._top or unit != self._table.unit):
            label = f"{label}({unit})"
        if about.by in _NOT_BY_NAME:
            label += READ_AS.format(BY_KEY[about.key].label_zh) if about.key else LEFT_OUT_MARK
        return label

    def _added_label(self, key: str) -> str:
        return BY_KEY[key].header

    def _write_row(self, row: int, source: int, entry: Entry) -> None:
        sheet, styles = self._sheet, self._styles
        marked = {fault.field for fault in entry.errors if fault.row == source + 1}
        is_first = source == entry.draft.rows[0]
        mended = entry.mended or {}
        for column in self._header.columns:
            value = self._table.sheet.rows[source][column.index]
            if is_first and column.key and column.key in mended:
                value = mended[column.key]
            if column.key in DATE_KEYS and self._table.sheet.from_1904:
                value = from_1904(value)
            style = styles.cell(column.key, column.key in marked)
            if column.key in _CODES:
                value = code_text(value)
            write_cell(sheet, row, column.index, value, style)
        for place, key in enumerate(self._added):
            style = styles.cell(key, key in marked)
            write_cell(sheet, row, self._width + place, text_of(entry.cells.get(key)), style)
        reasons = [
            f"{in_chinese(fault.column)}：{in_chinese(fault.text)}"
            for fault in entry.errors
            if fault.row == source + 1
        ]
        after = self._width + len(self._added)
        sheet.write_string(row, after, "\n".join(reasons) or "同一笔登记，见相邻行", styles.reason)
        origin = f"{entry.place.file} {entry.place.sheet} 第 {source + 1} 行"
        sheet.write_string(row, after + 1, origin, styles.cell(None, is_marked=False))
        sheet.set_row(row, row_height([("\n".join(reasons), _REASON_WIDTH)]))

    def _set_widths(self) -> None:
        rows = [row for entry in self._entries for row in entry.draft.rows][:200]
        rows.extend(range(self._header.first, self._header.last + 1))
        for column in range(self._width):
            widest = max(_widths(self._table.sheet.rows[row][column] for row in rows))
            self._sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
        after = self._width + len(self._added)
        self._sheet.set_column(self._width, after, 16)
        self._sheet.set_column(after, after, _REASON_WIDTH)
        self._sheet.set_column(after + 1, after + 1, 28)


def _widths(values: Iterable[object]) -> list[int]:
    return [0, *(width_of(line) for value in values for line in str(value).splitlines())]
