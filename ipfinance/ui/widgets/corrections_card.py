"""What was written about a registration, as a table: who made which field different and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ipfinance.db.act_words import said
from ipfinance.db.corrections import EVENT, PLEDGE, PLEDGEE, PLEDGOR, RIGHT, Correction
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.pledge import Channel, EventKind, Kind, Size
from ipfinance.language import tr
from ipfinance.ui.clock import local_time
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.widgets.table import ROW_HEIGHT, DataTable
from ipfinance.ui.widgets.table_card import TableCard

_MOST_ROWS = 8
_AROUND_ROWS = 86  # title, line and header of the table
_BLANK = tr("（空）")


class CorrectionsCard(TableCard):
    """Read-only; hidden while there is nothing to tell."""

    def __init__(self, divisions: Divisions, key: str, parent: QWidget | None = None) -> None:
        """`key` is the name under which the widths of the columns are remembered."""
        table = DataTable(key)
        self._model: RowsModel[Correction] = RowsModel(_columns(divisions), table)
        table.setModel(self._model)
        table.set_sortable(False)
        super().__init__(table, tr("修改记录"), parent, tools=False, footer=False)
        self.head.setContentsMargins(19, 14, 15, 10)
        self.tell(())

    def tell(self, told: Sequence[Correction]) -> None:
        """Show these, the newest first."""
        self._model.set_rows(told)
        self.setVisible(bool(told))
        self.setFixedHeight(_AROUND_ROWS + min(len(told), _MOST_ROWS) * ROW_HEIGHT)


def _columns(divisions: Divisions) -> list[Column[Correction]]:
    def before(told: Correction) -> str:
        return value_text(divisions, told, told.before)

    def act(told: Correction) -> str:
        return said(told.words)

    def after(told: Correction) -> str:
        return value_text(divisions, told, told.after)

    return [
        Column("at", tr("时间"), _when, width=140, soft=True),
        Column("who", tr("操作人"), lambda told: told.who or tr("程序之外"), width=84, soft=True),
        Column("words", tr("操作"), act, width=140, stretch=1, soft=True, tip=act),
        Column("column", tr("项目"), item_label, width=150),
        Column("before", tr("改前"), before, width=120, stretch=1, tip=before),
        Column("after", tr("改后"), after, width=130, stretch=2, tip=after),
    ]


def item_label(told: Correction) -> str:
    """What was made different: 担保债权额, 出质人 2 · 设区市, 专利号 2018…, 变更 · 日期."""
    column = column_label(told.column, told.part) if told.column else ""
    if told.part == PLEDGE:
        return column or tr("登记")
    row = {PLEDGOR: tr("出质人"), PLEDGEE: tr("质权人"), RIGHT: tr("权利"), EVENT: tr("办理")}[
        told.part
    ]
    if told.part in (PLEDGOR, PLEDGEE):
        row = f"{row} {told.which}"
    return f"{row} · {column}" if column else row


def column_label(column: str, part: str = PLEDGE) -> str:
    """What a column of the store is called on the form."""
    own = _OWN_WORDS.get((part, column))
    if own is not None:
        return own
    key = {"rights_declared": "rights_count"}.get(column, column.removesuffix("_fen"))
    field = BY_KEY.get(key)
    return column if field is None else field.label


_OWN_WORDS = {
    (PLEDGE, "deleted_at"): tr("删除"),
    **{(part, "name"): tr("名称") for part in (PLEDGOR, PLEDGEE, RIGHT)},
    (RIGHT, "number"): tr("号码"),
    (EVENT, "kind"): tr("事项"),
    (EVENT, "happened_on"): tr("日期"),
    (EVENT, "changes"): tr("变更内容"),
    (EVENT, "secured_amount_fen"): tr("变更后担保债权额"),
    (EVENT, "term_end"): tr("期限延至"),
}


def value_text(divisions: Divisions, told: Correction, value: object) -> str:
    """A stored value as the form would say it; of a whole row what a person knows it by."""
    if not isinstance(value, dict):
        return _text(divisions, told.part, told.column, value)
    if told.part == PLEDGE:
        return tr("已录入")
    shown = (_text(divisions, told.part, column, one) for column, one in value.items() if one)
    return "　".join(shown) or _BLANK


def _text(divisions: Divisions, part: str, column: str, value: object) -> str:
    if value in (None, ""):
        return _BLANK
    if column.endswith("_fen") and isinstance(value, int):
        return tr("{amount} 万元", amount=grouped_wan(value))
    text = str(value)
    if column == "kind":
        return (EventKind(text) if part == EVENT else Kind(text)).label
    if column == "channel":
        return Channel(text).label
    if column == "size":
        return Size(text).label
    if column == "industry":
        return Industry(text).label
    if column == "deleted_at":
        return local_time(text)
    if column in ("city", "county"):
        try:
            return divisions.name_of(text)
        except AreaError:
            return text
    return text


def _when(told: Correction) -> str:
    return local_time(told.happened_at)
