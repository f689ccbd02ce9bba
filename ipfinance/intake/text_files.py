"""Delimited text: which encoding and which separator a csv or tsv file is in, and its rows."""

import csv
import re
from collections.abc import Iterator

from ipfinance.errors import UserError
from ipfinance.intake.refusals import MOST_CELLS, too_vast
from ipfinance.language import tr

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE_AS = tr("请用 Excel 打开，另存为 xlsx 后再导入。")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
_LONGEST_CELL = 2**20
# Read, decoded and split it takes some four times as much memory.
_LARGEST_TEXT = 100 * 2**20
# ="0123": how spreadsheets are made to keep a code in a text file as it is.
_KEPT_TEXT = re.compile(r'="([0-9A-Za-z.\-]*)"')


def read_text(data: bytes, called: str, suffix: str) -> list[list[str]]:
    """The rows of a delimited text file, every one of the same length.

    UTF-8 with or without its mark, UTF-16, and else GB18030, which is what Chinese spreadsheets
    save. Raises `UserError` when it is none of these or no table.
    """
    if len(data) > _LARGEST_TEXT:
        raise UserError(
            tr(
                "文件超过 {megabytes} MB：{called}",
                megabytes=_LARGEST_TEXT >> 20,
                called=called,
            ),
            tr("请拆分后分批导入。"),
        )
    text = decoded(data, called)
    if "\0" in text or _CONTROL.search(text, 0, 2**16):
        raise UserError(tr("文件里有非文本的内容：{called}", called=called), _SAVE_AS)
    separator = _separator(text, suffix)
    rows_at_most = text.count("\n") + text.count("\r") - text.count("\r\n") + 1
    separators = text.count(separator)
    if separators + rows_at_most > MOST_CELLS:
        raise too_vast(rows_at_most, separators // rows_at_most + 1, called)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise UserError(
            tr(
                "第 {line} 行无法按分隔文本读取：{called}",
                line=reader.line_num,
                called=called,
            ),
            tr("多半是引号没有成对。{advice}", advice=_SAVE_AS),
        ) from error
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise too_vast(len(rows), width, called)
    if '="' in text:
        rows = [[_KEPT_TEXT.sub(r"\1", c) if c[:1] == "=" else c for c in row] for row in rows]
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without a second copy of the whole."""
    return (found[0] for found in _LINE.finditer(text))


def decoded(data: bytes, called: str) -> str:
    """The text of bytes in UTF-8, UTF-16 or GB18030; raises `UserError` for others."""
    tried = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    if not tried:
        # Text of one script in UTF-16 has every other byte the same; NUL for digits and commas.
        if b"\0" in data[:4096]:
            odd = data[1:4096:2].count(0) >= data[0:4096:2].count(0)
            tried.append("utf-16-le" if odd else "utf-16-be")
        tried += ["utf-8", "gb18030"]
    for encoding in tried:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(
        tr("认不出文件的编码：{called}", called=called),
        tr("请用 Excel 打开，另存为 xlsx 或「CSV UTF-8」后再导入。"),
    )


def _separator(text: str, suffix: str) -> str:
    """The separator that the first lines have most of; a comma where there is none."""
    head = text[:20000].splitlines()[:20]
    if suffix in (".tsv", ".tab"):
        return "\t"
    counts = {mark: sum(line.count(mark) for line in head) for mark in (",", "\t", ";", "|")}
    return max(counts, key=lambda mark: counts[mark])
