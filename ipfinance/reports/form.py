"""Fill a bureau's own form: an existing workbook whose marked cells take figures, styles kept.

A cell is marked ``{{secured_amount 330100 2019}}``: an indicator, an area code, a period, and
optionally a register (patent, trademark, all) and a comparison (yoy, share_of_province, rank).
Or it is named so, with underscores between the words: ``secured_amount_330100_2019``. Money is
written in 万元, rates and growth as fractions that the cell's own format shows.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.domain.period import parse_period
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.saving import whole_file
from ipfinance.statistics.borders import BROKEN
from ipfinance.statistics.claims import Comparison, Value
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell

# What openpyxl trips over in a damaged file; the XML reader's own error is a SyntaxError.
_UNREADABLE = (
    *(OSError, BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(LookupError, TypeError, ValueError, AttributeError, SyntaxError),
)
_MARK = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_COMPARED = {
    Comparison.YEAR_ON_YEAR.value: Values.year_on_year,
    Comparison.SHARE_OF_PROVINCE.value: Values.share_of_province,
    Comparison.SHARE_OF_NATION.value: Values.share_of_nation,
    Comparison.RANK.value: Values.rank,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """One marked cell: where, what stood there, and what was written; ``fault`` if nothing."""

    sheet: str
    cell: str
    mark: str
    value: int | float | None
    fault: str = ""


def fill_form(store: Store, form: Path, target: Path) -> list[Filled]:
    """Write a copy of a form with its marks filled; every mark that was found.

    A mark that is not understood stays as it is, one without a figure becomes —; both say why.

    Raises:
        UserError: when the form cannot be read, has no mark, or the target not written.
    """
    if target.suffix.lower() != ".xlsx":
        raise UserError(f"填好的表是 xlsx 文件：{target.name}", "文件名请以 .xlsx 结尾。")
    book = _read(form)
    values = Values(store)
    told = [_fill(values, cell) for sheet in book.worksheets for cell in _marked(sheet.iter_rows())]
    told += [_fill_words(values, cell, name, words) for cell, name, words in _named(book)]
    if not told:
        raise UserError(
            f"表样里没有标记：{form}",
            "请在要填的单元格里写 {{secured_amount 330100 2019}} 这样的标记，"
            "或把单元格命名为 secured_amount_330100_2019。",
        )
    with whole_file(target) as part:
        book.save(part)
    return told


def _read(form: Path) -> "Workbook":
    from openpyxl import load_workbook

    try:
        with form.open("rb") as file:  # which spares openpyxl's own opinion of the file's name
            return load_workbook(file)
    except _UNREADABLE as error:
        raise UserError(
            f"无法读取表样：{form}", "请选择 xlsx 工作簿，并关闭正在使用它的程序。"
        ) from error


def _marked(rows: "Iterator[tuple[Cell | MergedCell, ...]]") -> "Iterator[Cell]":
    from openpyxl.cell import Cell

    for row in rows:
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str) and _MARK.search(cell.value):
                yield cell


def _fill(values: Values, cell: "Cell") -> Filled:
    text = str(cell.value)
    mark = _MARK.fullmatch(text.strip())
    if mark is None:
        return Filled(cell.parent.title, cell.coordinate, text, None, "标记须独占一个单元格")
    return _fill_words(values, cell, text, mark[1].split())


def _fill_words(values: Values, cell: "Cell", text: str, words: list[str]) -> Filled:
    sheet = cell.parent.title
    try:
        value = _value(values, words)
    except UserError as error:
        return Filled(sheet, cell.coordinate, text, None, str(error))
    if value.value is None:
        cell.value = "—"
        return Filled(sheet, cell.coordinate, text, None, value.reason)
    number = _number(value)
    cell.value = number
    return Filled(sheet, cell.coordinate, text, number)


def _named(book: "Workbook") -> "Iterator[tuple[Cell, str, list[str]]]":
    """The single cells whose name says what is to be filled in; other names are the form's own."""
    from openpyxl.cell import Cell

    either = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
    for name, defined in ((name, each) for names in either for name, each in names.items()):
        found = _name_pattern().fullmatch(name)
        if found is None:
            continue
        for title, place in defined.destinations:
            cell = book[title][place.replace("$", "")] if title in book.sheetnames else None
            if isinstance(cell, Cell):
                yield cell, name, [word for word in found.groups() if word]


def _name_pattern() -> re.Pattern[str]:
    def either(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    kinds = either(kind.value for kind in KindChoice)
    return re.compile(
        rf"({either(CATALOGUE)})_(\d{{6}})_([0-9A-Za-z.]+)(?:_({kinds}))?(?:_({either(_COMPARED)}))?"
    )


def _value(values: Values, words: list[str]) -> Value:
    if len(words) < 3 or words[0] not in CATALOGUE:
        known = "、".join(CATALOGUE)
        raise UserError(
            f"看不懂标记「{' '.join(words)}」", f"写指标、地区代码、期间；指标有：{known}"
        )
    indicator, area, period = words[0], words[1], parse_period(words[2])
    kind, comparison = KindChoice.ALL, ""
    for word in words[3:]:
        if word in _COMPARED:
            comparison = word
        elif word in set(KindChoice):
            kind = KindChoice(word)
        else:
            raise UserError(
                f"看不懂标记里的「{word}」", "可用 patent、trademark、all 和 yoy、rank 等。"
            )
    known_areas = {division.code for division in values.levels.divisions}
    if area not in known_areas:
        raise UserError(f"没有代码为 {area} 的行政区划", "请用 6 位行政区划代码，如 330100。")
    value = _COMPARED.get(comparison, Values.level)(values, indicator, kind, period, area)
    is_growth = comparison == Comparison.YEAR_ON_YEAR
    if is_growth and values.borders.changed(area, period.previous(), period) is not None:
        return replace(value, value=None, reason=tr(BROKEN))
    return value


def _number(value: Value) -> int | float:
    """The value as the form shows it: 万元 for money, a fraction for rates, else a count."""
    assert value.value is not None
    is_money = value.indicator.form is Form.MONEY and value.comparison is Comparison.LEVEL
    exact = Fraction(value.value) / WAN if is_money else Fraction(value.value)
    return int(exact) if exact.denominator == 1 else float(exact)
