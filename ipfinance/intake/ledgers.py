"""From the rows of a table to registrations: all rows with one 登记号 are one registration."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ipfinance.domain.cells import Cell, code_text, text_of
from ipfinance.domain.dates import from_1904
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY, Form
from ipfinance.domain.identifiers import ROUNDED
from ipfinance.domain.names import is_told_apart, split_list, split_names
from ipfinance.domain.words import kind_of
from ipfinance.intake.columns import MONEY_KEYS
from ipfinance.intake.findings import Finding, Place
from ipfinance.intake.layout import Table
from ipfinance.intake.workbook_parts import UNCALCULATED
from ipfinance.language import in_chinese, listed, tr

_GATHERED = ("rights", "right_names")
# What may differ between the rows of one registration.
_PER_ROW = frozenset((*_GATHERED, "rights_count", "note"))
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)
_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|错误)")
DATE_KEYS = frozenset(key for key, about in BY_KEY.items() if about.form is Form.DATE)
# Rules about a blank cell, with the columns of which one must be there.
_LACKING = {
    "kind_missing": ("kind",),
    "area_missing": ("city", "county"),
    "date_missing": ("registered_on",),
    "pledgor_missing": ("pledgor",),
}
_ADVISES = re.compile("请|须|应为|应大于|可以|采用|照样|只计|按号码计|不能")
_DAMAGED = ("cell_is_error", "formula_without_value", ROUNDED)


@dataclass(slots=True)
class Draft:
    """One registration as it stands in a file: its table, its rows (indices from 0) and cells.

    ``cells`` are keyed like the field catalogue. ``faults`` are those that reading the cells
    cannot find, each with the row it belongs to.
    """

    table: Table
    rows: tuple[int, ...]
    cells: Mapping[str, Cell]
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    @property
    def place(self) -> Place:
        rows = tuple(row + 1 for row in self.rows)
        return Place(self.table.file, self.table.sheet.name, rows)


def drafts_of(table: Table) -> list[Draft]:
    """The registrations of a table, in its order, not yet read."""
    return _Gatherer(table).gather()


def located(faults: Iterable[Fault], draft: Draft) -> list[Finding]:
    """Faults with their places: the row of a gathered number is the one it stands in.

    What cannot be read because the cell is damaged is told once.
    """
    rows = _Rows(draft)
    if not draft.faults:
        return [_located(draft, rows.of(fault), fault) for fault in faults]
    damaged = {fault.field for _, fault in draft.faults if fault.rule in _DAMAGED}
    return [
        _located(draft, rows.of(fault), fault) for fault in faults if fault.field not in damaged
    ] + [_located(draft, row, fault) for row, fault in draft.faults]


def number_key(cells: Mapping[str, Cell]) -> tuple[str, str] | None:
    """Kind and 登记号 as far as the raw cells tell them apart, None without a number."""
    number = _plain(cells.get("reg_no"))
    if not number or number[0] == "#" or ("+" in number and _SCIENTIFIC.fullmatch(number)):
        return None
    return _kind_label(text_of(cells.get("kind"))), number


@lru_cache(maxsize=1024)
def _kind_label(words: str) -> str:
    kind = kind_of(words)
    return kind.label_zh if kind else words


class _Gatherer:
    """Gathers the rows of a table; what grows is kept in lists, for a number may have any many
    rows."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows = table.sheet.rows
        columns: dict[str, list[int]] = {}
        for column in table.header.columns:
            if column.key:
                columns.setdefault(column.key, []).append(column.index)
        self._single = [(key, places[0]) for key, places in columns.items() if len(places) == 1]
        self._several = [(key, places) for key, places in columns.items() if len(places) > 1]
        self._says_from = [row for row, _ in table.said]
        self._says_anything = any(said for _, said in table.said)
        self._merged_numbers = self._rows_under_merged("reg_no")
        self._growing: dict[int, _Growing] = {}

    def gather(self) -> list[Draft]:
        drafts: list[Draft] = []
        by_number: dict[tuple[str, str], Draft] = {}
        for row in self._table.body:
            cells = self._cells(row)
            key = number_key(cells)
            draft = by_number.get(key) if key else None
            if row in self._table.continued and drafts:
                draft = drafts[-1]
                self._add(draft, row, cells, set())
            elif draft is not None and self._belongs(draft, row, cells):
                self._add(draft, row, cells, self._differing(draft, cells))
            else:
                draft = Draft(self._table, (row,), cells)
                drafts.append(draft)
                if key:
                    by_number.setdefault(key, draft)
            for name, value in cells.items():
                if type(value) is str and value[:1] == "#" and (fault := _damage(name, value)):
                    draft.faults.append((row, fault))
            if key is None and _SCIENTIFIC.fullmatch(text_of(cells.get("reg_no"))):
                draft.faults.append((row, _rounded_number(text_of(cells["reg_no"]))))
        for draft in drafts:
            grown = self._growing.get(id(draft))
            if grown:
                draft.rows = tuple(grown.rows)
        self._refuse_shared_amounts(drafts)
        return drafts

    def _cells(self, row: int) -> dict[str, Cell]:
        values = self._rows[row]
        cells: dict[str, Cell] = {
            key: value for key, place in self._single if (value := values[place]) != ""
        }
        for key, places in self._several:
            parts = [text for place in places if (text := code_text(values[place]))]
            if parts:
                cells[key] = "；".join(parts)
        if self._table.sheet.from_1904:
            for key in DATE_KEYS & cells.keys():
                cells[key] = from_1904(cells[key])
        if self._says_anything:
            said = self._table.said[bisect_right(self._says_from, row) - 1][1]
            for key, words in said.items():
                if not text_of(cells.get(key)):
                    cells[key] = words
        return cells

    def _belongs(self, first: Draft, row: int, cells: Mapping[str, Cell]) -> bool:
        """Whether a row with a known number is one more row of that registration.

        It is when it brings a right that is not there yet and names the same pledgor and day,
        or stands under the same merged number; else it is a second record.
        """
        if row in self._merged_numbers:
            grown = self._growing.get(id(first))
            last = grown.rows[-1] if grown else first.rows[0]
            return self._merged_numbers[row] == self._merged_numbers.get(last)
        for key in ("pledgor", "registered_on"):
            here = _plain(cells.get(key))
            if here and here != _plain(first.cells.get(key)):
                return False
        return bool(set(_parts(cells.get("rights"))) - self._grown(first).known)

    def _differing(self, first: Draft, cells: Mapping[str, Cell]) -> set[str]:
        """The fields in which a further row of a registration contradicts its first."""
        return {
            key
            for key, value in cells.items()
            if key not in _PER_ROW
            and (here := _plain(value))
            and (there := _plain(first.cells.get(key)))
            and here != there
        }

    def _add(self, first: Draft, row: int, cells: Mapping[str, Cell], differing: set[str]) -> None:
        grown = self._grown(first)
        grown.rows.append(row)
        grown.add(_named_rights(cells))
        gathered = first.cells
        assert isinstance(gathered, dict)
        gathered["rights"] = grown.numbers
        if grown.has_names:
            gathered["right_names"] = grown.names
        # Printed per row it is 1, or the whole number again: the numbers themselves count.
        gathered.pop("rights_count", None)
        for key, value in cells.items():
            if key not in _GATHERED and not text_of(gathered.get(key)):
                gathered[key] = value
        for key in sorted(differing):
            label = self._table.header.label_of(key)
            first.faults.append(
                (
                    row,
                    Fault(
                        key,
                        "rows_contradict",
                        text_of(cells[key]),
                        tr(
                            "与第 {row} 行是同一登记号，{column}却不同（{there}），请改为一致；"
                            "若是另一笔，请更正登记号",
                            row=first.rows[0] + 1,
                            column=label,
                            there=text_of(first.cells.get(key)),
                        ),
                    ),
                )
            )

    def _grown(self, first: Draft) -> "_Growing":
        grown = self._growing.get(id(first))
        if grown is None:
            grown = _Growing(list(first.rows))
            grown.add(_named_rights(first.cells))
            self._growing[id(first)] = grown
        return grown

    def _rows_under_merged(self, key: str) -> dict[int, int]:
        """Rows whose cell of a field is part of a merged one, with that one's first row."""
        places = {column.index for column in self._table.header.of(key)}
        return {
            row: merge.top
            for merge in self._table.sheet.merged
            if merge.left in places
            for row in range(merge.top, merge.bottom + 1)
        }

    def _refuse_shared_amounts(self, drafts: list[Draft]) -> None:
        """An amount merged over several registrations: nobody can tell whose it is."""
        for key in MONEY_KEYS:
            under = self._rows_under_merged(key)
            if not under:
                continue
            sharing: dict[int, list[Draft]] = {}
            for draft in drafts:
                if draft.rows[0] in under and text_of(draft.cells.get(key)):
                    sharing.setdefault(under[draft.rows[0]], []).append(draft)
            for top, shared in sharing.items():
                for draft in shared if len(shared) > 1 else ():
                    text = tr(
                        "{field}的单元格从第 {row} 行起合并，由 {count} 笔登记共用，"
                        "无法判断各是多少，请逐笔填写",
                        field=BY_KEY[key].label,
                        row=top + 1,
                        count=len(shared),
                    )
                    value = text_of(draft.cells.get(key))
                    draft.faults.append((draft.rows[0], Fault(key, "amount_merged", value, text)))


def _damage(key: str, shown: str) -> Fault | None:
    """The fault of a cell that shows an error, or a formula that was never calculated."""
    if shown.startswith(UNCALCULATED):
        text = tr("单元格是没有计算结果的公式，请在 Excel 中打开保存一次，或改为数值")
        return Fault(key, "formula_without_value", shown.removeprefix(UNCALCULATED), text)
    if _ERROR.match(shown):
        return Fault(
            key, "cell_is_error", shown, tr("单元格显示错误 {shown}，请改为正确的内容", shown=shown)
        )
    return None


def _rounded_number(shown: str) -> Fault:
    text = tr("登记号已被表格软件变成近似数，末尾几位已丢失，请按原件重新录入为文本")
    return Fault("reg_no", ROUNDED, shown, text)


@dataclass(slots=True)
class _Growing:
    """The rows of a registration so far, and its rights in order."""

    rows: list[int]
    numbers: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    has_names: bool = False

    def add(self, rights: Iterable[tuple[str, str]]) -> None:
        for number, name in rights:
            if number not in self.known:
                self.known.add(number)
                self.numbers.append(number)
                self.names.append(name)
                self.has_names = self.has_names or bool(name)


def _located(draft: Draft, row: int, fault: Fault) -> Finding:
    lacking = _LACKING.get(fault.rule, ())
    if lacking and not draft.table.header.keys & set(lacking):
        # A column that is missing is mended once, a cell row by row: they are told apart.
        fault = replace(fault, rule="column_missing", text=_no_column(lacking))
    label = draft.table.header.label_of(fault.field)
    place = (draft.table.file, draft.table.sheet.name, row + 1)
    text = fault.text
    if not _ADVISES.search(in_chinese(text)):
        # Beside its field in the form the bare sentence is enough; a list far from it needs more.
        text = (
            tr("{fault}，请改正", fault=text)
            if fault.is_error
            else tr("{fault}，请按原件核对", fault=text)
        )
    return Finding(*place, label, fault.value, fault.rule, text, fault.is_error, fault.field)


def _no_column(keys: tuple[str, ...]) -> str:
    named = listed(BY_KEY[key].label for key in keys)
    if keys[0] in ("kind", "city"):
        return tr(
            "表里没有{named}的列，工作表名称和标题也没有写清楚；"
            "请补上这一列，或在导入窗口的「表头」里指定是哪一列",
            named=named,
        )
    return tr(
        "表里没有{named}的列；请补上这一列，或在导入窗口的「表头」里指定是哪一列", named=named
    )


class _Rows:
    """Tells which row of a registration a fault belongs to."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._of_part: dict[str, dict[str, int]] = {}

    def of(self, fault: Fault) -> int:
        draft = self._draft
        if len(draft.rows) == 1 or fault.field not in _GATHERED:
            return draft.rows[0]
        parts = self._of_part.get(fault.field)
        if parts is None:
            rows = draft.table.sheet.rows
            parts = self._of_part[fault.field] = {
                part: row
                for row in reversed(draft.rows)
                for column in draft.table.header.of(fault.field)
                for part in _parts(rows[row][column.index])
            }
        return parts.get(fault.value, draft.rows[0])


def _plain(value: Cell) -> str:
    text = text_of(value)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _named_rights(cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """The numbers in a row with the names beside them, split as a single row is."""
    numbers = _parts(cells.get("rights"))
    text = code_text(cells.get("right_names"))
    if len(numbers) == 1 and not is_told_apart(text):
        names = [text]  # 一种甲、乙的装置
    else:
        names = split_names(text, keep_blanks=True)
        names = names if len(names) == len(numbers) else split_names(text)
    names = (names + [""] * len(numbers))[: len(numbers)]
    return list(zip(numbers, names, strict=True))


def _parts(value: Cell) -> list[str]:
    return list(value) if isinstance(value, list) else split_list(code_text(value))
