"""Reads a file of outside figures in a job: what can be kept is kept, the rest is named."""

from dataclasses import dataclass
from pathlib import Path

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.references import add
from ipfinance.errors import UserError
from ipfinance.language import sentences, tr
from ipfinance.progress import Progress
from ipfinance.statistics.outside_figures import RowFault, read_figures

CSV_FILES = (tr("CSV 文件 (*.csv)"), tr("所有文件 (*)"))
_NAMED = 12  # faults that are named in a message; more would not fit a screen


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new, were there already and were not kept, and why not."""

    new: int
    same: int
    rejected: int
    faults: tuple[RowFault, ...]

    @property
    def words(self) -> str:
        told = [tr("新增 {count:,} 条。", count=self.new)]
        if self.same:
            told.append(tr("已有 {count:,} 条。", count=self.same))
        if self.rejected:
            told.append(tr("没有保存 {count:,} 条。", count=self.rejected))
        return sentences(*told)

    @property
    def told(self) -> str:
        """The faults row by row."""
        lines = [fault.text for fault in self.faults[:_NAMED]]
        more = len(self.faults) - len(lines)
        if more > 0:
            lines.append(tr("……另有 {more:,} 处，改好以后再导入会逐行说明。", more=more))
        return "\n".join(lines)


def read_file(file: Path, store: Store, _progress: Progress) -> Imported:
    """Keep the figures of a file.

    Raises:
        UserError: when it cannot be read, is not text, or columns are missing.
    """
    read = read_figures(_text_of(file), all_divisions(store))
    new = add(store, read.figures)
    return Imported(new, len(read.figures) - new, read.rejected, read.faults)


def _text_of(file: Path) -> str:
    """UTF-8 with or without its mark, else GB18030, which is what Chinese spreadsheets save."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserError(
            tr("无法读取文件：{file}", file=file), tr("请检查文件是否被占用或没有权限。")
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(
        tr("认不出文件的编码：{name}", name=file.name), tr("请另存为「CSV UTF-8」后再导入。")
    )
