"""Merge two parties: which name and code stay, what moves, which figures change."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ipfinance.db import mergers
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.mergers import CountChange, MergePreview
from ipfinance.db.party_names import Party
from ipfinance.domain.pledge import Kind as Register
from ipfinance.errors import UserError
from ipfinance.language import sentences, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard

_BOTH = tr("专利和商标")


class MergeDialog(QDialog):
    """Shows what would be done anew for each choice; whoever opened it does it."""

    registrations_asked = Signal(Filter, str)

    def __init__(
        self, desk: Desk, party: Party, one: int, other: int, parent: QWidget | None = None
    ) -> None:
        """``one`` is the party proposed to stay."""
        super().__init__(parent)
        self.setObjectName("merge_dialog")
        self.setWindowTitle(tr("合并{label}", label=party.label.lower()))
        self._desk = desk
        self._party = party
        self._numbers = (one, other)
        self.preview: MergePreview | None = None
        self._facts = tuple(mergers.facts_of(desk.store, party, each) for each in self._numbers)
        self._names = self._choice("keep", [facts.name for facts in self._facts])
        codes = [facts.code for facts in self._facts]
        self._codes = self._choice("code", codes) if all(codes) else None
        self._said = label("", "label")
        self._said.setWordWrap(True)
        self._said.setObjectName("said")
        self.counts = RowsModel(_columns(desk), self)
        table = DataTable("merge_counts")
        table.setModel(self.counts)
        table.set_sortable(False)
        self._card = TableCard(
            table, tr("{label}数的变化", label=party.label.lower()), tools=False, footer=False
        )
        behind = button(tr("查看将移动的登记"), "ledger", Kind.QUIET, name="behind")
        behind.clicked.connect(self._on_behind)
        back = button(tr("取消"), name="cancel")
        back.clicked.connect(self.reject)
        self._do = button(tr("合并"), kind=Kind.PRIMARY, name="save")
        self._do.setDefault(True)
        self._do.setEnabled(False)
        self._do.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(behind)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(tr("合并两家{label}", label=party.label.lower()), "cardtitle"))
        column.addWidget(label(tr("保留哪一家的名称"), "label"))
        self._add_choices(column, self._names)
        if self._codes is not None:
            column.addWidget(label(tr("保留哪一个代码"), "label"))
            self._add_choices(column, self._codes)
        column.addWidget(self._said)
        column.addWidget(self._card, 1)
        hint = tr(
            "合并可以撤销；以后发现不对，也可以在{label}资料里拆分。", label=party.label.lower()
        )
        column.addWidget(label(hint, "hint"))
        column.addLayout(foot)
        DialogPlace(self, 640, 620)
        self._names.button(0).setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    @property
    def takes_code(self) -> bool:
        """Whether the code of the one that goes is to stay."""
        return self._codes is not None and self._codes.checkedId() != self._names.checkedId()

    def _choice(self, name: str, texts: list[str]) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, text in enumerate(texts):
            facts = self._facts[place]
            more = (
                tr("{registrations:,} 笔登记", registrations=facts.registrations)
                if name == "keep"
                else facts.name
            )
            one = QRadioButton(tr("{label}（{name}）", label=text, name=more))
            one.setObjectName(f"{name}_{place}")
            group.addButton(one, place)
        group.button(0).setChecked(True)
        group.idToggled.connect(self._on_toggled)
        return group

    @staticmethod
    def _add_choices(column: QVBoxLayout, group: QButtonGroup) -> None:
        for one in group.buttons():
            column.addWidget(one)

    def _on_toggled(self, _: int, checked: bool) -> None:
        if checked:
            self._look()

    def _look(self) -> None:
        self.preview = None
        self._do.setEnabled(False)
        self._said.setText(tr("正在计算合并后的变化…"))
        place = self._names.checkedId()
        kept, gone = self._numbers[place], self._numbers[1 - place]
        self._desk.work(
            partial(_previewed, self._party, kept, gone, self.takes_code),
            self._on_preview,
            owner=self,
            replaces="preview",
            failed=self._on_failed,
        )

    def _on_preview(self, preview: MergePreview) -> None:
        self.preview = preview
        gone, kept = preview.gone.name, preview.kept.name
        said = [
            tr(
                "「{gone}」的 {count:,} 笔登记改归「{kept}」，金额、件数不变。",
                gone=gone,
                count=len(preview.moved),
                kept=kept,
            )
        ]
        if self._party is Party.ENTERPRISE:
            said.append(tr("登记上写的名称照原样保留。"))
        said.append(tr("「{gone}」记为曾用名，以后再出现仍归这一家。", gone=gone))
        if preview.code:
            said.append(tr("代码保留 {code}。", code=preview.code))
        if preview.code and preview.other_code:
            said.append(tr("用 {other_code} 仍可查到这一家。", other_code=preview.other_code))
        if not preview.counts:
            said.append(tr("各期间的{label}数都不变。", label=self._party.label.lower()))
        self._said.setText(sentences(*said))
        self.counts.set_rows(preview.counts)
        self._card.setVisible(bool(preview.counts))
        self._do.setEnabled(True)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._said.setText(str(error))
        else:
            self._said.clear()
            self._desk.talk.failure(error)

    def _on_behind(self) -> None:
        if self.preview is not None:
            gone = self.preview.gone
            is_enterprise = self._party is Party.ENTERPRISE
            wanted = Filter(enterprise=gone.id) if is_enterprise else Filter(pledgee=gone.id)
            self.registrations_asked.emit(wanted, tr("{name} 的登记", name=gone.name))


def _columns(desk: Desk) -> list[Column[CountChange]]:
    def area(change: CountChange) -> str:
        return desk.divisions.name_of(change.city) if change.city else tr("全省")

    return [
        Column(
            "year",
            tr("期间"),
            lambda one: tr("{year}年", year=one.year) if one.year else tr("全部"),
            width=90,
        ),
        Column(
            "kind",
            tr("类型"),
            lambda one: Register(one.kind).label if one.kind else _BOTH,
            width=110,
            words=(_BOTH,),
        ),
        Column("city", tr("地区"), area, width=110, stretch=1),
        Column("before", tr("合并前"), lambda one: f"{one.before:,}", width=90, number=True),
        Column("after", tr("合并后"), lambda one: f"{one.after:,}", width=90, number=True),
    ]


def _previewed(
    party: Party, kept: int, gone: int, takes_code: bool, store: Store, _: Progress
) -> MergePreview:
    return mergers.preview(store, party, kept, gone, takes_code=takes_code)
