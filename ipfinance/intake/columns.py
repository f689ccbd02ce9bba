"""Recognise the header of a ledger: which column is which field, and in which unit its amounts are.

A header may have up to three rows with merged cells. Labels are compared with the names and
aliases of the field catalogue after width, blanks, brackets and units are taken off; they must
then be equal, so that 贷款合同金额 is never taken for the secured amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ipfinance.domain.fields import BY_KEY, FIELDS, Form
from ipfinance.domain.money import Unit
from ipfinance.intake.choices import LEFT_OUT, By, Choices, shape_of
from ipfinance.intake.labels import BRACKETED, UNIT_AT_END, plain, unit_of, without_blanks
from ipfinance.intake.sheets import Row, Sheet
from ipfinance.language import tr

HEADER_ROWS = 3
SEARCHED_ROWS = 60

MONEY_KEYS = tuple(field.key for field in FIELDS if field.form is Form.MONEY)
# A ledger may keep the numbers of patents and of trademarks in columns of their own.
_SPLIT_KEYS = ("rights", "right_names", "rights_count")

_NUMBERED = re.compile(r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|\*)")
_MARKS = re.compile(r"[()\[\]【】〔〕《》<>、/,。.:;*·_\-—\"'“”!?|]")
# How a workbook of rejected rows names what a column was taken for, whatever is written over it.
READ_AS = "〔读作{}〕"
LEFT_OUT_MARK = f"〔{LEFT_OUT}〕"
_READ_AS = re.compile(r"〔(?:读作(.+)|不导入)〕$")

# Under a head of their own these words mean something of that head only: 贷款情况 / 金额 is
# no secured amount, 出质人信息 / 名称 no name of a patent.
_VAGUE = frozenset(
    (
        *("金额", "数额", "日期", "名称", "类型", "类别", "号码", "企业", "银行", "规模", "市"),
        *("件数", "到期日", "登记号", "登记编号", "登记日"),
    )
)
_OTHER_HEADS = re.compile(
    "授信|贷款|放款|(?<!质押)融资|评估|贴息|补助|补贴|保费|保险|担保费|反担保|注销|解除|变更|延期|联系|法定"
)
_PARTY_HEADS = re.compile("出质人|质权人|企业|银行|债务人|债权人|申请人")
_PARTY_WORDS = frozenset(("名称", "类型", "类别", "号码"))
_HEAD_TAIL = re.compile("(?:基本)?(?:信息|情况|资料|内容)$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a ledger: its place from 0, its label as it stands, and what it is.

    ``key`` is None for a column that is not in the field catalogue. ``unit`` is the unit in the
    header, or the one said for it; ``strange_unit`` one that is written there and not understood.
    ``by`` tells how the field was matched, or that a person left the column out; ``evidence``
    how many of its cells are what it was matched by: 38/40.
    """

    index: int
    label: str
    key: str | None
    unit: Unit | None = None
    strange_unit: str = ""
    by: By | None = None
    evidence: str = ""

    @property
    def name(self) -> str:
        """What it is called: its label, 第 5 列 where it has none."""
        return self.label or tr("第 {number} 列", number=self.index + 1)


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: its first and last row from 0, and its columns from the left.

    ``labels`` are all words over each column, made comparable. Where the columns are told by what
    they hold alone there is no row of labels, and ``last`` is the row before ``first``.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    labels: tuple[str, ...] = ()

    @property
    def shape(self) -> str:
        """What tables of this shape have in common."""
        return shape_of(self.labels)

    @property
    def is_written(self) -> bool:
        """Whether there is a row of labels at all."""
        return self.last >= self.first

    @property
    def keys(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The labels that are no field of the catalogue."""
        return tuple(column.label for column in self.columns if not column.key and column.label)

    def of(self, key: str) -> tuple[Column, ...]:
        """The columns of a field, from the left."""
        return tuple(column for column in self.columns if column.key == key)

    def label_of(self, key: str) -> str:
        """What the column of a field is called in this file, else in the catalogue."""
        columns = self.of(key)
        return columns[0].name if columns else BY_KEY[key].label

    def same_columns(self, other: "Header") -> bool:
        """Whether another header puts the same fields into the same columns."""
        return [(c.index, c.key, c.unit) for c in self.columns if c.key] == [
            (c.index, c.key, c.unit) for c in other.columns if c.key
        ]


_NOTHING_SAID = Choices()


def find_header(sheet: Sheet, choices: Choices = _NOTHING_SAID) -> Header | None:
    """The first header of a ledger in a sheet, None when there is none."""
    last = min(len(sheet.rows), SEARCHED_ROWS)
    return next((found for row in range(last) if (found := header_at(sheet, row, choices))), None)


def header_at(sheet: Sheet, row: int, choices: Choices = _NOTHING_SAID) -> Header | None:
    """The header that begins in this row, or in one of the two below when that says more."""
    found = [
        header
        for first in range(row, row + HEADER_ROWS)
        for header in blocks(sheet, first, choices)
    ]
    good = [header for header in found if is_ledger(header.keys)]
    # Of equals the shorter one: a title above a header adds rows and tells nothing more.
    best = max(good, key=lambda found: (len(found.keys), found.first - found.last), default=None)
    # A header further down is found from its own row; here only what begins at this one counts.
    return best if best and any(header.first == row for header in good) else None


def unlabelled(row: int, width: int, choices: Choices) -> Header:
    """The header of a table that has no row of labels and begins with this row of data."""
    return replace(_header(row, [[""] * width], choices), last=row - 1)


def is_ledger(keys: frozenset[str]) -> bool:
    """Whether these columns are enough to read registrations, or to complete stored ones."""
    return (len(keys) >= 3 and {"pledgor", "registered_on"} <= keys) or (
        len(keys) >= 3 and "reg_no" in keys
    )


def keys_seen(sheet: Sheet) -> frozenset[str]:
    """The fields that the row most like a header names, in a sheet that is no ledger."""
    last = min(len(sheet.rows), SEARCHED_ROWS)
    seen = (header.keys for row in range(last) for header in blocks(sheet, row))
    return max(seen, key=len, default=frozenset())


def labels_seen(sheet: Sheet) -> tuple[str, ...]:
    """What stands in the row that looks most like a header, for saying that none was found."""
    best = max(_first_rows(sheet), key=len, default=())
    return best if len(best) > 1 else ()


def is_label(text: str) -> bool:
    """Whether a text is the name of a field, so that its row may be a repeated header."""
    return _match((text,)) is not None


def _first_rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for row in sheet.rows[:SEARCHED_ROWS]:
        texts = (cell.strip() for cell in row if isinstance(cell, str))
        yield tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= 30))


def blocks(sheet: Sheet, first: int, choices: Choices = _NOTHING_SAID) -> Iterator[Header]:
    """The headers that one, two and three rows from ``first`` on would make."""
    rows: list[list[str]] = []
    for index in range(first, min(first + HEADER_ROWS, len(sheet.rows))):
        texts = _labels(sheet.rows[index])
        if texts is None or not any(texts):
            return
        if rows and not sheet.merged:
            rows[-1] = _over(rows[-1], texts)
        rows.append(_spread(sheet, index, texts))
        yield _header(first, rows, choices)


def _labels(row: Row) -> list[str] | None:
    """The texts of a row, None when it holds a number or a date, as no header does."""
    if any(cell != "" and not isinstance(cell, str) for cell in row):
        return None
    return [cell.strip() for cell in row]


def _spread(sheet: Sheet, index: int, texts: list[str]) -> list[str]:
    """The texts of a head row with merged ones in each column that they stand over."""
    spread = list(texts)
    for merge in sheet.across(index):
        for column in range(merge.left + 1, min(merge.right + 1, len(spread))):
            spread[column] = spread[column] or spread[merge.left]
    return spread


def _over(texts: list[str], below: list[str]) -> list[str]:
    """A head row of a file that lost its merged cells: a blank one with something below it
    belongs to the head on its left."""
    spread = list(texts)
    for column in range(1, len(spread)):
        if not spread[column] and below[column]:
            spread[column] = spread[column - 1]
    return spread


def _header(first: int, rows: Sequence[Sequence[str]], choices: Choices) -> Header:
    over = zip(*rows, strict=True)
    stacks = [tuple(dict.fromkeys(text for text in stack if text)) for stack in over]
    labels = tuple("/".join(map(plain, stack)) for stack in stacks)
    chosen = choices.of(labels)
    matches = [None if at in chosen else _match(stack) for at, stack in enumerate(stacks)]
    best: dict[str, int] = {one.key: at for at, one in chosen.items() if one.key}
    taken = frozenset(best)
    for index, match in enumerate(matches):
        if match and match[0] in taken:
            matches[index] = match if match[0] in _SPLIT_KEYS else None
        elif match and (match[0] not in best or match[1] < _rank(matches[best[match[0]]])):
            best[match[0]] = index
    columns = []
    for index, (stack, match) in enumerate(zip(stacks, matches, strict=True)):
        key = match[0] if match else None
        if key and key not in _SPLIT_KEYS and best[key] != index:
            key = None  # another column bears the field's better name
        by = (By.ALIAS if match and match[1] > 1 else By.LABEL) if key else None
        if index in chosen:
            key, by = chosen[index].key, chosen[index].by
        elif stack and _is_left_out(stack[-1]):
            by = By.LABEL
        label = without_blanks(stack[-1]) if stack else ""
        column = Column(index, label, key, by=by)
        columns.append(with_unit(column, stack) if key in MONEY_KEYS else column)
    return Header(first, first + len(rows) - 1, tuple(columns), labels)


def with_unit(column: Column, stack: Sequence[str]) -> Column:
    """The column with the unit that stands in the words over it, the nearest first."""
    for label in reversed(stack):
        unit, strange = unit_of(label)
        if unit or strange:
            return replace(column, unit=unit, strange_unit=strange)
    return column


def _rank(match: tuple[str, int] | None) -> int:
    return match[1] if match else 99


@lru_cache(maxsize=4096)
def _match(stack: tuple[str, ...]) -> tuple[str, int] | None:
    """The field that the labels over a column name, top down, and how good its name is."""
    if not stack:
        return None
    *heads, own = stack
    if said := _READ_AS.search(plain(own)):
        return _named(said[1]) if said[1] else None
    for start in range(len(heads)):
        joined = [plain(head) for head in heads[start:]]
        tails = [_HEAD_TAIL.sub("", head) for head in joined]
        for head in ("".join(joined), "".join(tails), tails[-1]):
            found = _named(head + plain(own))
            if found:
                return found
    bare = _MARKS.sub("", plain(own))
    above = "".join(heads)
    if bare in _VAGUE and _OTHER_HEADS.search(above):
        return None
    if bare in _PARTY_WORDS and _PARTY_HEADS.search(above):
        return None
    return _named(plain(own))


def _is_left_out(label: str) -> bool:
    return label.endswith(LEFT_OUT_MARK)


def _named(label: str) -> tuple[str, int] | None:
    text = _NUMBERED.sub("", label)
    bare = BRACKETED.sub("", text)
    for form in (text, bare, UNIT_AT_END.sub("", bare)):
        found = _NAMES.get(_MARKS.sub("", form))
        if found:
            return found
    return None


def _catalogue_names() -> dict[str, tuple[str, int]]:
    names: dict[str, tuple[str, int]] = {}
    for field in FIELDS:
        label = plain(field.label_zh)
        # Up to 1 it is the field's own name, above an alias.
        own = ((field.label_zh, 0), (field.header, 1), (BRACKETED.sub("", label), 1))
        others = enumerate(field.aliases, 2)
        for name, rank in (*own, *((name, rank) for rank, name in others)):
            names.setdefault(_MARKS.sub("", plain(name)), (field.key, rank))
    return names


_NAMES = _catalogue_names()
