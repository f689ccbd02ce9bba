"""Check printed 小计 and 合计 against the rows that they should add up."""

from bisect import bisect
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate

from ipfinance.domain.cells import text_of
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import MoneyError, Unit, from_number, parse_fen, round_half_up
from ipfinance.intake.columns import MONEY_KEYS, Column
from ipfinance.intake.layout import Table
from ipfinance.language import tr

_COUNT = "rights_count"


def check_totals(table: Table, registrations: Iterable[tuple[int, ...]]) -> None:
    """Compare every printed total with the sum above it; differences become remarks.

    ``registrations`` are the rows (indices from 0) of each registration of the table: where one
    has several rows its amount may be printed in each and still counts once.
    """
    if not table.totals:
        return
    firsts = {rows[0] for rows in registrations}
    for column in table.header.columns:
        if column.key in MONEY_KEYS or column.key == _COUNT:
            _check_column(table, column, firsts)


def _check_column(table: Table, column: Column, firsts: set[int]) -> None:
    unit = table.units.get(column.key or "")
    cells = [table.sheet.rows[row][column.index] for row in table.body]
    values = [_value(cell, column, unit) or 0 for cell in cells]
    once = [value if row in firsts else 0 for row, value in zip(table.body, values, strict=True)]
    sums = [list(accumulate(each, initial=0)) for each in (once, values)]
    for total, ranges in zip(table.totals, _ranges(table), strict=True):
        cell = table.sheet.rows[total.row][column.index]
        printed = _value(cell, column, unit)
        if printed is None:
            continue
        found = [each[end] - each[start] for start, end in ranges for each in sums]
        if any(_agrees(printed, one, cell, column, unit) for one in found):
            continue
        table.remark(
            total.row,
            column.label,
            text_of(cell),
            "total_differs",
            tr(
                "{total}写的是 {printed}，上面各行相加为 {added}，相差 {difference}，请核对",
                total=total.words,
                printed=_shown(printed, column, unit),
                added=_shown(found[0], column, unit),
                difference=_shown(abs(printed - found[0]), column, unit),
            ),
        )


def _ranges(table: Table) -> list[list[tuple[int, int]]]:
    """For each total the stretches of rows of data that it may add up, the likeliest first.

    小计 the rows since the total before; 合计 all rows above, those since the 合计 before, or,
    when it stands first, all rows of the table.
    """
    ranges = []
    since_total = since_grand = 0
    for total in table.totals:
        end = bisect(table.body, total.row)
        if end == 0:
            ranges.append([(0, len(table.body))])
        elif total.is_grand:
            ranges.append([(0, end), (since_grand, end), (since_total, end)])
        else:
            ranges.append([(since_total, end), (since_grand, end)])
        since_total = end
        since_grand = end if total.is_grand else since_grand
    return ranges


def _value(cell: object, column: Column, unit: Unit | None) -> int | None:
    """分 of an amount, or a count; None where there is no number."""
    if column.key == _COUNT:
        text = text_of(cell if isinstance(cell, str | int | float) else None)
        text = text.removesuffix("件").strip()
        return int(text) if text.isascii() and text.isdigit() else None
    try:
        if isinstance(cell, int | float):
            return from_number(cell, unit)
        return parse_fen(cell, unit) if isinstance(cell, str) and cell.strip() else None
    except MoneyError:
        return None


def _agrees(printed: int, found: int, cell: object, column: Column, unit: Unit | None) -> bool:
    """Whether a sum is what is printed, at as many decimals as are printed."""
    if printed == found or column.key == _COUNT or unit is None:
        return printed == found
    shown = text_of(cell if isinstance(cell, str | int | float) else None)
    is_plain = shown.replace(",", "").replace(".", "").isdigit()
    decimals = len(shown.partition(".")[2]) if is_plain else 9
    exact = Decimal(found) / unit.fen
    return round_half_up(exact, decimals) == round_half_up(Decimal(printed) / unit.fen, decimals)


def _shown(value: int, column: Column, unit: Unit | None) -> str:
    if column.key == _COUNT:
        return tr("{value:,} 件", value=value)
    unit = unit or Unit(BY_KEY["secured_amount"].unit)
    return tr(
        "{amount} {unit}", amount=f"{(Decimal(value) / unit.fen).normalize():,f}", unit=unit.label
    )
