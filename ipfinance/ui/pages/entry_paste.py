"""What becomes of rows of a worksheet that are pasted into the entry form."""

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Signal
from PySide6.QtWidgets import QWidget

from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.names import split_list, split_names
from ipfinance.domain.words import kind_of
from ipfinance.intake.pasted import Pasted, Texts, as_file, read_block
from ipfinance.language import listed, tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.entry_form import EntryForm
from ipfinance.ui.pages.entry_reading import PLEDGEE_KEYS, PLEDGOR_KEYS, RIGHT_KEYS, FormCells, Spot
from ipfinance.ui.roles import Tone
from ipfinance.ui.talk import Talk
from ipfinance.ui.widgets.banner import Banner

UNKNOWN_BLOCK = tr(
    "粘贴的内容有好几列，认不出各是哪一项："
    "请连同表头一起复制，或按台账的列顺序从「质押类型」复制起。"
)


class BlockPaste(QObject):
    """Fills in a row of a worksheet; several go to the import, or one after another."""

    filled = Signal()

    def __init__(self, desk: Desk, form: EntryForm, banner: Banner, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._form, self._banner, self._page = desk, form, banner, page
        self._folders: list[QTemporaryDir] = []  # as long as an import may read them
        self.waiting: list[Texts] = []  # rows that are still to be entered
        form.watch.takes_block = self._take

    def fill_next(self) -> None:
        """Fill in the row that waits longest, where there is one."""
        if self.waiting:
            self._put(self.waiting.pop(0))
        self.filled.emit()

    def _take(self, text: str, spot: Spot) -> bool:
        """Whether the form took what was pasted; else the field does."""
        pasted = read_block(text)
        if pasted is None:
            if spot[0] in RIGHT_KEYS:
                return False  # numbers and names: the list of rights takes them
            self._banner.say(Tone.WARNING, UNKNOWN_BLOCK)
            return True
        where = ask_where(self._desk.talk, pasted) if len(pasted.rows) > 1 else Where.HERE
        if where is Where.IMPORT:
            self._import(pasted)
        elif where is Where.HERE:
            self.waiting = list(pasted.rows)
            self._tell(self.waiting[0], pasted.unknown)
            self.fill_next()
        return True

    def _tell(self, texts: Texts, unknown: Sequence[str]) -> None:
        cells = self._form.cells()
        known = cells.single.keys() | cells.rows.keys()
        left = [*unknown, *(BY_KEY[key].label for key in texts if key not in known)]
        count = len(texts.keys() & known)
        self._banner.say(
            Tone.OK,
            tr(
                "已填入 {count} 项；没有用上的列：{columns}，请核对后保存。",
                count=count,
                columns=listed(left),
            )
            if left
            else tr("已填入 {count} 项，请核对后保存。", count=count),
        )

    def _put(self, texts: Texts) -> None:
        self._form.put(filled(self._form.cells(), texts))

    def _import(self, pasted: Pasted) -> None:
        from ipfinance.ui.dialogs.import_ledgers import ImportDialog

        folder = QTemporaryDir()
        self._folders.append(folder)
        path = as_file(pasted, Path(folder.path()))
        ImportDialog(self._desk, [path], self._page.window()).open()


class Where(Enum):
    """Where several rows go."""

    NOWHERE = auto()
    HERE = auto()  # one after another through the form
    IMPORT = auto()


def ask_where(talk: Talk, pasted: Pasted) -> Where:
    """Ask what becomes of several rows; those that share a 登记号 can only be imported."""
    numbers = [row["reg_no"] for row in pasted.rows if row.get("reg_no")]
    count = len(pasted.rows)
    if len(set(numbers)) < len(numbers):
        wanted = talk.ask(
            tr("粘贴了 {count} 行，其中有的登记号相同", count=count),
            tr("同一登记号的几行是一笔登记，请用导入来合并；导入前可以先看结果。"),
            tr("打开导入"),
        )
        return Where.IMPORT if wanted else Where.NOWHERE
    answer = talk.choose(
        tr("粘贴了 {count} 行登记", count=count),
        tr("可以整批导入，导入前先看结果；也可以逐笔填入表单，保存一笔再填下一笔。"),
        (tr("取消"), tr("逐笔填入"), tr("打开导入")),
    )
    return {1: Where.HERE, 2: Where.IMPORT}.get(answer or 0, Where.NOWHERE)


def filled(cells: FormCells, texts: Texts) -> FormCells:
    """What stands in the form with a pasted row over it; what the row leaves blank stays."""
    single = dict(cells.single)
    rows = {key: list(column) for key, column in cells.rows.items()}
    for key, text in texts.items():
        if key in single:
            single[key] = text
    kind = kind_of(texts.get("kind", ""))
    if kind is not None:
        single["kind"] = kind.label_zh
    for keys in (PLEDGOR_KEYS, PLEDGEE_KEYS, RIGHT_KEYS):
        given = [key for key in keys if key in texts and key in rows]
        if given:
            _fill_rows(rows, [key for key in keys if key in rows], texts)
    return FormCells(single, rows)


def _fill_rows(rows: dict[str, list[str]], keys: list[str], texts: Texts) -> None:
    """One row for each party or right of the first field; the others follow its order."""
    first = keys[0]
    names = _parts(first, texts[first]) if first in texts else [""] * len(rows[first])
    for key in keys:
        if key not in texts:
            kept = rows[key] if first not in texts else []
            rows[key] = (kept + [""] * len(names))[: len(names)]
            continue
        parts = _parts(key, texts[key])
        if len(parts) == 1 and key not in RIGHT_KEYS:
            parts *= len(names)  # one place, one size for all
        rows[key] = (parts + [""] * len(names))[: max(len(names), 1)]


def _parts(key: str, text: str) -> list[str]:
    if key == "right_names":
        return split_names(text, keep_blanks=True)
    return split_list(text, keep_blanks=True)
