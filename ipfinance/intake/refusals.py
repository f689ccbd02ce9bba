"""Why a workbook or a sheet of it is not read, in every way to read one the same words."""

from ipfinance.errors import UserError
from ipfinance.language import tr

# What fits into 500 MB of memory: a cell takes some 45 bytes even if blank.
MOST_CELLS = 8_000_000


def damaged(called: str) -> UserError:
    """A workbook that is torn."""
    return UserError(
        tr("工作簿已损坏：{called}", called=called), tr("请用 Excel 打开修复并另存后再导入。")
    )


def locked(called: str) -> UserError:
    """A workbook that opens with a password only."""
    return UserError(
        tr("工作簿有打开密码：{called}", called=called), tr("请在 Excel 中去掉密码、另存后再导入。")
    )


def too_vast(rows: int, width: int, called: str) -> UserError:
    """A sheet of more than `MOST_CELLS`."""
    return UserError(
        tr(
            "工作表的范围过大（{rows:,} 行 × {width:,} 列，最多 {most:,} 格）：{called}",
            rows=rows,
            width=width,
            most=MOST_CELLS,
            called=called,
        ),
        tr("请删除台账之外的空行和空列，或拆分后分批导入。"),
    )
