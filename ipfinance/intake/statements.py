"""The text of a statement to check, read from a file: a paragraph, or the sheets of a workbook."""

from pathlib import Path

from ipfinance.domain.cells import text_of
from ipfinance.errors import UserError
from ipfinance.intake.sheets import read_book
from ipfinance.intake.text_files import decoded
from ipfinance.language import tr

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_DOCUMENTS = (".docx", ".doc", ".wps", ".pdf")
LONGEST = 200_000
"""Characters: a statement is some pages long; a ledger is not one."""
_MOST_BYTES = 4  # that a character takes, in any encoding


def statement_text(path: Path) -> str:
    """The text of a file; a workbook's sheets become lines of cells with tabs between.

    Raises:
        UserError: when the file is missing, unreadable, no text, or too long for a statement.
    """
    suffix = path.suffix.lower()
    if suffix in _DOCUMENTS:
        raise UserError(
            tr("不能直接读取 Word 或 PDF 文档：{name}", name=path.name),
            tr("请复制要核对的文字后粘贴，或另存为纯文本（txt）。"),
        )
    if suffix in _WORKBOOKS:
        rows = (row for sheet in read_book(path).sheets for row in sheet.rows)
        text = "\n".join("\t".join(" ".join(text_of(cell).split()) for cell in row) for row in rows)
    else:
        text = decoded(_bytes_of(path), path.name)
    if len(text) > LONGEST:
        raise _too_long(path)
    return text


def _too_long(path: Path) -> UserError:
    return UserError(
        tr("文件太长：{name}", name=path.name),
        tr("请只留下要核对的段落或表格；台账请用「导入台账」。"),
    )


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file that is not too long whatever it was saved in."""
    try:
        if path.stat().st_size > _MOST_BYTES * LONGEST:
            raise _too_long(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(tr("没有这个文件：{path}", path=path), tr("请检查路径")) from error
    except OSError as error:
        raise UserError(
            tr("无法读取文件：{path}", path=path), tr("请检查文件是否被占用或没有权限")
        ) from error
