"""Tables of a public register, pasted with their header: a row for each patent, tabs between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipfinance.intake.notices.notice import Field, Notice, Passage, make_notice
from ipfinance.intake.notices.plain_text import Plain
from ipfinance.intake.notices.values import Bit, bits, trimmed
from ipfinance.intake.notices.words import FORM_OF, KEY_OF, TITLE, Code, Form

_EVENT_LABELS = frozenset(
    ("事务", "事务类型", "事务数据", "法律状态", "法律状态信息", "公告类型", "业务类型", "登记类型")
)
_SHORT = {
    **dict.fromkeys(("质押", "生效", "设立", "质押登记", "登记", "质押生效"), Code.ESTABLISHED),
    **dict.fromkeys(("变更", "变更登记", "质押变更"), Code.CHANGED),
    **dict.fromkeys(("注销", "解除", "注销登记", "质押注销", "质押解除"), Code.CANCELLED),
}
# Without a column that names the event, each of these days tells one.
_BY_DAY = (
    ("effective_on", Code.ESTABLISHED),
    ("changed_on", Code.CHANGED),
    ("released_on", Code.CANCELLED),
)
_FEWEST_COLUMNS = 3
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A table: the plain text from ``start`` to ``end``, its header, and a notice or two a row."""

    start: int
    end: int
    header: Passage
    notices: tuple[Notice, ...]


def register_tables(plain: Plain) -> list[RegisterTable]:
    """The tables in a pasted text that have a header of known labels and rows under it."""
    found: list[RegisterTable] = []
    lines = list(_LINE.finditer(plain.text))
    place = 0
    while place < len(lines):
        header = _header(plain, lines[place])
        end = place + 1
        while header and end < len(lines) and _continues(lines[end - 1], lines[end]):
            end += 1
        notices = [
            notice
            for line in lines[place + 1 : end]
            for notice in _row(plain, header or [], _cells(line))
        ]
        if header and notices:
            first, last = lines[place], lines[end - 1]
            span = plain.span(first.start(), first.end())
            words = Passage(plain.source[slice(*span)], *span)
            found.append(RegisterTable(first.start(), last.end(), words, tuple(notices)))
            place = end
        else:
            place += 1
    return found


def _continues(above: re.Match[str], line: re.Match[str]) -> bool:
    return "\t" in line[0] and line.start() == above.end() + 1


def _cells(line: re.Match[str]) -> list[Bit]:
    cells, start = [], line.start()
    for text in line[0].split("\t"):
        cells.append(Bit(start, start + len(text)))
        start += len(text) + 1
    return cells


def _header(plain: Plain, line: re.Match[str]) -> list[str] | None:
    """The labels of a header, None for any other line."""
    labels = ["".join(plain.text[cell.start : cell.end].split()) for cell in _cells(line)]
    keys = [KEY_OF.get(label) for label in labels]
    known = [key for key in keys if key]
    tells_event = any(label in _EVENT_LABELS for label in labels) or any(
        key in known for key, _ in _BY_DAY
    )
    if len(known) < _FEWEST_COLUMNS or not tells_event or not {"reg_no", "rights"} & set(known):
        return None
    return labels


def _row(plain: Plain, labels: list[str], cells: list[Bit]) -> Iterator[Notice]:
    """The notices of a row: one by its event, else one for each day that tells of one."""
    fields: list[Field] = []
    code: Code | None = None
    title: Bit | None = None
    for place, cell in enumerate(cells):
        whole = trimmed(plain, cell.start, cell.end)
        if whole is None:
            continue
        label = labels[place] if place < len(labels) else ""
        if label in _EVENT_LABELS and (told := _code(plain.text[whole.start : whole.end])):
            code, title = told, whole
        else:
            fields.extend(_fields(plain, label, whole))
    if code and title:
        yield _notice(plain, code, title, fields)
        return
    for key, told in _BY_DAY:
        day = next((field for field in fields if field.key == key), None)
        if day:
            others = {other for other, _ in _BY_DAY} - {key}
            kept = [field for field in fields if field.key not in others]
            passage = Passage(day.text, day.start, day.end)
            yield make_notice(told, passage, kept)


def _code(words: str) -> Code | None:
    match = TITLE.fullmatch(words)
    if match:
        return next(code for code in Code if match[code.value])
    return next((code for code in Code if code == words), None) or _SHORT.get(words)


def _fields(plain: Plain, label: str, cell: Bit) -> Iterator[Field]:
    key = KEY_OF.get(label, "other")
    form = FORM_OF.get(key, Form.LINE)
    values = bits(plain, form, cell.start, cell.end) or [cell]
    # Whatever else stands in the cell belongs to its value, too.
    starts = [cell.start, *(bit.start for bit in values[1:])]
    ends = [*(bit.start for bit in values[1:]), cell.end]
    for bit, begin, stop in zip(values, starts, ends, strict=True):
        start, end = plain.span(bit.start, bit.end)
        last = plain.span(begin, stop)[1] if form is not Form.PARTIES else end
        words = plain.words(bit.start, bit.end)
        if form in (Form.NUMBER, Form.DATE, Form.PATENTS):
            words = " ".join(plain.text[bit.start : bit.end].split())
        yield Field(key, label, words, start, max(end, last), plain.span(begin, stop)[0])


def _notice(plain: Plain, code: Code, title: Bit, fields: list[Field]) -> Notice:
    words = plain.words(title.start, title.end)
    return make_notice(code, Passage(words, *plain.span(title.start, title.end)), fields)
