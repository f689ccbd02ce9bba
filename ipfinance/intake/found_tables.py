"""The ledgers in the sheets of a file, what was left out, and what a person may name there."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.errors import UserError
from ipfinance.intake.by_content import completed, likeliest_header
from ipfinance.intake.choices import Choices, names_of
from ipfinance.intake.columns import Header, keys_seen, labels_seen
from ipfinance.intake.contents import Contents
from ipfinance.intake.findings import Finding
from ipfinance.intake.layout import Clues, Table, find_tables
from ipfinance.intake.sheets import Book, Sheet
from ipfinance.language import listed, tr


@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A table whose columns nobody can tell, and the row most like its header."""

    file: str
    sheet: Sheet
    header: Header


class NoLedger(UserError):
    """A file without a recognisable ledger; ``tables``: those whose columns a person may name."""

    def __init__(self, text: str, hint: str, tables: tuple[UnreadTable, ...]) -> None:
        super().__init__(text, hint)
        self.tables = tables


def tables_of_book(
    book: Book, clues: Clues, only: str | None
) -> tuple[list[Table], list[Finding], list[UnreadTable]]:
    """The tables of a file, why sheets were left out, and those whose columns may be named."""
    sheets = [sheet for sheet in book.sheets if only is None or sheet.name == only]
    if not sheets:
        names = "、".join(sheet.name for sheet in book.sheets)
        raise UserError(
            tr("{name} 里没有工作表「{only}」", name=book.name, only=only),
            tr("它的工作表有：{names}。", names=names),
        )
    tables: list[Table] = []
    left_out: list[Sheet] = []
    for sheet in sheets:
        found = find_tables(book.name, sheet, clues)
        tables.extend(found)
        if not found and any(any(row) for row in sheet.rows):
            left_out.append(sheet)
    unread = _unread(book, left_out, clues.contents)
    if not tables:
        raise _no_header(book, sheets, unread)
    if not any(table.body for table in tables):
        raise UserError(
            tr("{name} 里只有表头，没有登记数据", name=book.name),
            tr("请检查是否选错了文件或工作表。"),
        )
    # What names nothing of a registration is a cover or a note, and nobody need look at it.
    known = [table for table in unread if len(table.header.keys) > 1]
    return tables, [_left_out(book.name, sheet) for sheet in left_out], known


def _unread(book: Book, sheets: Sequence[Sheet], contents: Contents) -> list[UnreadTable]:
    """The sheets without a recognised header that hold a table all the same."""
    return [
        UnreadTable(book.name, sheet, completed(sheet, header, contents)[0])
        for sheet in sheets
        if (header := likeliest_header(sheet)) is not None
    ]


def refuse_unknown(choices: Choices, tables: Sequence[Table | UnreadTable]) -> None:
    """A column said by name that no file has is a slip of the pen, not to be passed over."""
    here = {label for table in tables for label in names_of(table.header.labels)}
    lacking = [name for name in choices.named if name not in here]
    if lacking:
        seen = "、".join(
            dict.fromkeys(column.name for table in tables for column in table.header.columns)
        )
        raise UserError(
            tr("表头里没有「{name}」这一列", name=lacking[0]),
            tr("见到的是：{seen}。", seen=seen),
        )


def _left_out(file: str, sheet: Sheet) -> Finding:
    """Why a sheet was not read; a rule only where it looks like a ledger that lacks columns."""
    seen = keys_seen(sheet)
    said = tr("{file} 的工作表「{name}」没有台账的表头，未读取", file=file, name=sheet.name)
    rule = ""
    if len(seen) > 2:
        lacking = [BY_KEY[key].label for key in ("pledgor", "registered_on") if key not in seen]
        if lacking:
            said = tr("{said}（缺少 {lacking}）", said=said, lacking=listed(lacking))
        rule = "sheet_skipped"
    return Finding(file, sheet.name, 0, "", "", rule, said, is_error=False)


def _no_header(book: Book, sheets: Sequence[Sheet], unread: Sequence[UnreadTable]) -> UserError:
    if not any(any(row) for sheet in book.sheets for row in sheet.rows):
        return UserError(tr("{name} 是空的", name=book.name), tr("请检查是否选错了文件。"))
    wanted = "、".join(field.header for field in FIELDS)
    seen = (label.replace("\n", "") for sheet in sheets for label in labels_seen(sheet))
    shown = "、".join(list(dict.fromkeys(seen))[:30]) or tr("没有像表头的行")
    return NoLedger(
        tr("{name} 里没有认出台账的表头：至少要有「出质人」和「登记日期」两列", name=book.name),
        tr(
            "找的是：{wanted}；见到的是：{shown}。请指定各列（命令行用 --column 列名=字段），"
            "或按模板改列名（ipfinance template）。",
            wanted=wanted,
            shown=shown,
        ),
        tuple(unread),
    )
