"""The text of a file with notices, whatever it was saved in."""

import stat
from pathlib import Path

from ipfinance.errors import UserError
from ipfinance.language import tr

LARGEST_BYTES = 16 * 2**20
_MARKED = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_notice_file(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        UserError: when it cannot be opened, is too long, or is no text.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            raise UserError(
                tr("这不是普通文件：{name}", name=path.name), tr("请选择磁盘上的文本文件。")
            )
        if about.st_size > LARGEST_BYTES:
            raise UserError(
                tr("文件太大：{name}", name=path.name), tr("请分成几份，每份不超过 16 MB。")
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            tr("没有这个文件：{path}", path=path), tr("请检查文件名和文件夹。")
        ) from error
    except OSError as error:
        raise UserError(
            tr("无法打开文件：{path}", path=path), tr("请检查它是否是文件、是否有权限。")
        ) from error
    return decoded(data, path.name)


def decoded(data: bytes, called: str) -> str:
    """Bytes as text; ``called`` names where they come from.

    Raises:
        UserError: when they are no text.
    """
    marked = [encoding for mark, encoding in _MARKED if data.startswith(mark)]
    for encoding in marked or ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError(
        tr("{called} 不是文本文件", called=called),
        tr("请粘贴公告的文字，或另存为 UTF-8 编码的 txt 文件。"),
    )
