"""Files that appear whole or not at all: written beside the target, then moved onto it."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from ipfinance.errors import UserError
from ipfinance.language import tr


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path beside the target to write to; moved onto it on success, removed otherwise.

    Raises:
        UserError: when the target cannot be written: folder missing or not writable, file
            open in another program or read-only, disk full. The target is left as it was.
    """
    if target.is_dir():
        raise UserError(tr("「{target}」是一个文件夹", target=target), tr("请写上文件名。"))
    if not target.parent.is_dir():
        raise UserError(
            tr("文件夹不存在：{parent}", parent=target.parent), tr("请先建立文件夹，或换一个位置。")
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise UserError(
            tr("文件只读：{target}", target=target), tr("请取消文件的只读属性，或换一个文件名。")
        )
    # Short and of plain letters, so that no limit on names is met that the target keeps.
    written = target.with_name(f".{uuid4().hex[:12]}.part")
    try:
        yield written
        written.replace(target)
    except OSError as error:
        raise _translated(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


def _translated(error: OSError, target: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            tr("磁盘已满，没有写出：{target}", target=target), tr("请腾出空间后重试。")
        )
    if isinstance(error, PermissionError):
        if os.access(target.parent, os.W_OK) and target.exists():
            return UserError(
                tr("文件正被 Excel 占用：{target}", target=target), tr("请关闭后重试。")
            )
        return UserError(
            tr("文件夹不可写：{parent}", parent=target.parent), tr("请检查权限，或换一个位置。")
        )
    reason = error.strerror or str(error)
    return UserError(
        tr("无法写出文件：{target}（{reason}）", target=target, reason=reason),
        tr("请换一个位置或文件名重试。"),
    )
