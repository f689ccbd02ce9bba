"""A statement is read from text and from the cells of a workbook; what is none is said."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from ipfinance.errors import UserError
from ipfinance.intake.statements import LONGEST, statement_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_that_a_paragraph_is_read_in_what_it_was_saved_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "语句.txt"
    path.write_text("2019年，质押金额达172亿元。", encoding=encoding)
    assert statement_text(path) == "2019年，质押金额达172亿元。"


def test_that_the_cells_of_every_sheet_become_lines(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["质权人", "金额\n(万元)"])
    book.worksheets[0].append(["甲 银行", 24998])
    book.create_sheet("二").append(["合计", 12837.5])
    path = tmp_path / "表.xlsx"
    book.save(path)
    assert statement_text(path).split("\n") == [
        *("质权人\t金额 (万元)", "甲 银行\t24998", "合计\t12837.5"),
    ]


def test_that_what_cannot_be_read_or_is_no_statement_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有这个文件"):
        statement_text(tmp_path / "无.txt")
    for name in ("文稿.docx", "文稿.PDF"):
        with pytest.raises(UserError, match="粘贴"):
            statement_text(tmp_path / name)
    long = tmp_path / "长.txt"
    long.write_text("数" * (LONGEST + 1), encoding="utf-8")
    with pytest.raises(UserError, match="文件太长"):
        statement_text(long)
    endless = tmp_path / "磁盘映像.txt"
    with endless.open("wb") as file:
        file.truncate(2**40)  # a terabyte on paper; to read it would be the end
    with pytest.raises(UserError, match="文件太长"):
        statement_text(endless)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04not a workbook")
    with pytest.raises(UserError):
        statement_text(broken)
    with pytest.raises(UserError, match="无法读取文件"):
        statement_text(tmp_path)
