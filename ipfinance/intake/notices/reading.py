"""Read pasted text: every notice in it with its fields by label, and all that is no notice."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipfinance.intake.notices.notice import Field, Notice, Passage, make_notice
from ipfinance.intake.notices.plain_text import SEPARATORS, Plain, make_plain
from ipfinance.intake.notices.tables import register_tables
from ipfinance.intake.notices.values import Bit, bits
from ipfinance.intake.notices.words import (
    FIRST_LABEL,
    FORM_OF,
    KEY_OF,
    LABEL,
    TITLE,
    UNKNOWN_LABEL,
    Code,
    Form,
)

_AFTER_TITLE = re.compile(r"[\s;,。:|.]*")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z\d、]")
_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text read: its notices in order, and what belongs to none of them.

    ``headers`` are those of tables, whose labels hold for the rows below.
    """

    text: str
    notices: tuple[Notice, ...]
    unread: tuple[Passage, ...]
    headers: tuple[Passage, ...] = ()


def read_notices(text: str) -> Pasted:
    """Read everything that is a notice; the rest is given back as unread, never dropped.

    Never raises, whatever the text.
    """
    plain = make_plain(text)
    tables = register_tables(plain)
    titles = [
        (title, code)
        for title, code in _titles(plain)
        if not any(table.start <= title.start < table.end for table in tables)
    ]
    notices = [notice for table in tables for notice in table.notices]
    for place, (found, code) in enumerate(titles):
        end = titles[place + 1][0].start if place + 1 < len(titles) else len(plain.text)
        end = min([end, *(table.start for table in tables if table.start > found.start)])
        title = Passage(plain.words(found.start, found.end), *plain.span(found.start, found.end))
        notices.append(make_notice(code, title, list(_fields(plain, found.end, end))))
    notices.sort(key=lambda notice: notice.start)
    headers = tuple(table.header for table in tables)
    return Pasted(text, tuple(notices), tuple(_unread(plain, notices, headers)), headers)


def _titles(plain: Plain) -> Iterator[tuple[Bit, Code]]:
    """The titles that begin a notice: a heading or a sentence with such words has no fields."""
    text = plain.text
    found: list[tuple[Bit, Code]] = []
    for match in TITLE.finditer(text):
        if not _stands_alone(text, match):
            continue
        code = next(code for code in Code if match[code.value])
        # The table of a register says it twice, in its own column and in the notice.
        if found and found[-1][1] is code and not text[found[-1][0].end : match.start()].strip():
            found[-1] = Bit(found[-1][0].start, match.end()), code
        else:
            found.append((Bit(match.start(), match.end()), code))
    for place, (title, code) in enumerate(found):
        end = found[place + 1][0].start if place + 1 < len(found) else len(text)
        if next(_labels(text, title.end, end), None):
            yield title, code


def _stands_alone(text: str, title: re.Match[str]) -> bool:
    if _first_label(text, title.end(), len(text)):
        return True
    before = text[title.start() - 1 : title.start()] if title.start() else ""
    after = text[title.end() : title.end() + 1]
    return not _WORD_BEFORE.match(before) and not _WORD.match(after)


def _first_label(text: str, start: int, end: int) -> re.Match[str] | None:
    """The label right after a title."""
    gap = _AFTER_TITLE.match(text, start, end)
    assert gap is not None  # it matches nothing, too
    return FIRST_LABEL.match(text, gap.end(), end)


def _labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The known labels from the end of a title."""
    first = _first_label(text, start, end)
    if first:
        yield first
    yield from LABEL.finditer(text, first.end() if first else start, end)


def _fields(plain: Plain, start: int, end: int) -> Iterator[Field]:
    """The fields from the end of a title to where the next notice begins."""
    known: list[re.Match[str]] = []
    for match in _labels(plain.text, start, end):
        # 变更前:出质人:甲公司 tells what was changed, not who pledges.
        if known and _key(known[-1]) in ("before", "after") and match.start() == known[-1].end():
            continue
        known.append(match)
    if not known:
        return
    # What follows the last label's line is no longer the notice's own, unless it is labelled.
    last = known[-1].end()
    while last < end and plain.text[last] in " \n\t":
        last += 1
    stop = plain.text.find("\n", last, end)
    end = end if stop < 0 else stop
    taken = {match.start() for match in known}
    others = [
        match
        for match in UNKNOWN_LABEL.finditer(plain.text, start, end)
        if not any(match.start() <= at < match.end() for at in taken)
    ]
    labels = sorted([*known, *others], key=lambda match: match.start())
    for place, match in enumerate(labels):
        stop = labels[place + 1].start() if place + 1 < len(labels) else end
        yield from _field(plain, match, _key(match), stop)


def _field(plain: Plain, match: re.Match[str], key: str, stop: int) -> Iterator[Field]:
    form = FORM_OF.get(key, Form.LINE)
    label = match[0].rstrip(" :").replace(" ", "")
    begin = plain.span(match.start(), match.end())[0]
    values = bits(plain, form, match.end(), stop)
    if not values:
        at = plain.span(match.start(), match.end())[1]
        yield Field(key, label, "", at, at, begin)
    for bit in values:
        start, end = plain.span(bit.start, bit.end)
        words = plain.words(bit.start, bit.end)
        if form in (Form.NUMBER, Form.DATE, Form.PATENTS) or key == "ipc":
            words = " ".join(plain.text[bit.start : bit.end].split())
        yield Field(key, label, words, start, end, begin)
        begin = start


def _key(match: re.Match[str]) -> str:
    return KEY_OF.get(match[0].rstrip(" :").replace(" ", ""), "other")


def _unread(
    plain: Plain, notices: Iterable[Notice], headers: Iterable[Passage]
) -> Iterator[Passage]:
    """What no title, field or header covers, without the separators around it."""
    covered = [(header.start, header.end) for header in headers]
    for notice in notices:
        covered.append((notice.title.start, notice.title.end))
        covered.extend((field.begin, field.end) for field in notice.fields)
    at = 0
    for start, end in [*sorted(covered), (len(plain.source), len(plain.source))]:
        if start > at:
            yield from _said(plain, at, start)
        at = max(at, end)


def _said(plain: Plain, start: int, end: int) -> Iterator[Passage]:
    """The words between two places of the source, if there are any."""
    first, last = bisect_left(plain.starts, start), bisect_left(plain.starts, end)
    says = [place for place in range(first, last) if plain.text[place] not in SEPARATORS]
    if says:
        begin, stop = plain.starts[says[0]], plain.ends[says[-1]]
        yield Passage(plain.source[begin:stop], begin, stop)
