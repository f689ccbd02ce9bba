"""The cards of the life of a registration: as registered, parties, rights."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.pledge import Pledge, Pledgor, Right, RightKind, State
from ipfinance.language import listed, tr
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import ROW_HEIGHT, DataTable
from ipfinance.ui.widgets.table_card import TableCard

_MOST_RIGHTS = 6
_AROUND_ROWS = 86
_TOP = Qt.AlignmentFlag.AlignTop
Line = tuple[str, str]


def due_words(pledge: Pledge, today: date) -> str:
    """How far the end of the term is away; "" for what has ended or has none."""
    end, state = pledge.term_end_on(today), pledge.state_on(today)
    if end is None or state not in (State.LIVE, State.DUE_SOON, State.OVERDUE):
        return ""
    days = (end - today).days
    if days < 0:
        return tr("{end} 到期，已过 {days:,} 天", end=end, days=-days)
    if days:
        return tr("{end} 到期，还有 {days:,} 天", end=end, days=days)
    return tr("{end} 到期，就是今天", end=end)


def registered_card(pledge: Pledge, today: date) -> Card:
    """What was registered; beside it what has changed since."""
    lines: list[Line] = [
        (tr("类型"), tr("{label}质押", label=pledge.kind.label)),
        (tr("登记号"), _reg_no(pledge)),
        (tr("登记日期"), str(pledge.registered_on)),
        (tr("担保债权额"), _secured(pledge, today)),
    ]
    for key in ("credit_amount", "loan_amount", "appraised_value", "subsidy"):
        fen: int | None = getattr(pledge, f"{key}_fen")
        if fen is not None:
            lines.append((BY_KEY[key].label, tr("{amount} 万元", amount=grouped_wan(fen))))
    lines.append((tr("债务履行期限"), _term(pledge, today)))
    if pledge.rights_declared is not None:
        lines.append((tr("件数"), tr("{count:,} 件", count=pledge.rights_declared)))
    if pledge.channel is not None:
        lines.append((tr("办理渠道"), pledge.channel.label))
    if pledge.note:
        lines.append((tr("备注"), pledge.note))
    card = Card(tr("登记时"))
    card.body.addWidget(grid_of(lines))
    return card


def parties_card(pledge: Pledge, divisions: Divisions, today: date) -> Card:
    """Pledgors with their place on the day, pledgees, and who holds the claim now."""
    lines: list[Line] = []
    several = len(pledge.pledgors) > 1
    for at, pledgor in enumerate(pledge.pledgors, 1):
        words = _pledgor_words(pledgor, divisions, pledge.registered_on)
        lines.append((tr("出质人 {at}", at=at) if several else tr("出质人"), words))
    several = len(pledge.pledgees) > 1
    for at, pledgee in enumerate(pledge.pledgees, 1):
        words = (
            tr("{label}（{name}）", label=pledgee.name, name=pledgee.kind.label)
            if pledgee.kind
            else pledgee.name
        )
        lines.append((tr("质权人 {at}", at=at) if several else tr("质权人"), words))
    if not pledge.pledgees:
        lines.append((tr("质权人"), tr("（待补）")))
    holders = pledge.pledgees_on(today)
    if holders != tuple(one.name for one in pledge.pledgees):
        lines.append((tr("现质权人"), listed(holders)))
    card = Card(tr("当事人"))
    card.body.addWidget(grid_of(lines))
    return card


class RightsCard(TableCard):
    """The rights pledged, a few at sight and the rest by scrolling."""

    def __init__(self, rights: Sequence[Right]) -> None:
        table = DataTable("life_rights")
        model: RowsModel[Right] = RowsModel(_RIGHT_COLUMNS, table)
        table.setModel(model)
        super().__init__(
            table, tr("出质权利　{count:,} 件", count=len(rights)), tools=False, footer=False
        )
        self.head.setContentsMargins(19, 14, 15, 10)
        model.set_rows(rights)
        self.setVisible(bool(rights))
        self.setFixedHeight(_AROUND_ROWS + min(len(rights), _MOST_RIGHTS) * ROW_HEIGHT)


_RIGHT_COLUMNS: list[Column[Right]] = [
    Column("number", tr("号码"), lambda right: right.number, width=150),
    Column(
        "kind",
        tr("种类"),
        lambda right: right.kind.label,
        width=84,
        words=tuple(kind.label for kind in RightKind),
        soft=True,
    ),
    Column("name", tr("名称"), lambda right: right.name, width=160, stretch=1),
]


def _reg_no(pledge: Pledge) -> str:
    if pledge.reg_no_in_doubt is not None:
        return tr("（待核：另一笔登记也是 {reg_no}）", reg_no=pledge.reg_no_in_doubt)
    return pledge.reg_no or tr("（待补）")


def _secured(pledge: Pledge, today: date) -> str:
    then, now = pledge.secured_amount_fen, pledge.amount_on(today)
    words = tr("（待补）") if then is None else tr("{amount} 万元", amount=grouped_wan(then))
    if now != then and now is not None:
        today_words = tr("现为 {amount} 万元", amount=grouped_wan(now))
        return f"{words}　{today_words}"
    return words


def _term(pledge: Pledge, today: date) -> str:
    start, end, now = pledge.term_start, pledge.term_end, pledge.term_end_on(today)
    if start is None and end is None and now is None:
        return tr("（没有记）")
    words = tr("{start} 至 {end}", start=start or "…", end=end or "…")
    if now == end:
        return words
    extended = tr("现延至 {day}", day=now)
    return f"{words}　{extended}"


def _pledgor_words(pledgor: Pledgor, divisions: Divisions, day: date) -> str:
    try:
        place = divisions.name_of(pledgor.city)
    except AreaError:
        place = pledgor.city
    if pledgor.county is not None:
        there = divisions.counties_on(day, pledgor.city)
        place += next((one.name for one in there if one.code == pledgor.county), pledgor.county)
    size = pledgor.size.label if pledgor.size else ""
    industry = pledgor.industry.label if pledgor.industry else ""
    # Two lines: in one it breaks wherever the card ends, in the middle of a place.
    lines = ((pledgor.name, pledgor.uscc), (place, size, industry))
    return "\n".join("　".join(part for part in line if part) for line in lines)


def grid_of(lines: Sequence[Line]) -> QWidget:
    """Names and what is told of each, one under another."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for line, (name, words) in enumerate(lines):
        grid.addWidget(label(name, "soft"), line, 0, _TOP)
        value = _wrapped(words)
        value.setAccessibleName(tr("{label}：{words}", label=name, words=words))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, line, 1, _TOP)
    return made


def _wrapped(text: str) -> QLabel:
    made = label(text)
    made.setWordWrap(True)
    return made
