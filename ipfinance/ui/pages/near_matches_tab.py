"""Parties that may be one, with the reason; merged or told apart, several at once."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.near_matches import Near, NearMatch, near_matches
from ipfinance.db.party_names import Party
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.pages.party_acts import PartyActs
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import ElidedLabel
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

_RULE = tr("代码不同的企业不因名称相近而列出；合并与否由人决定。双击看合并后的变化。")


class NearMatchesTab(QWidget):
    """Looked for in the worker when the tab is entered: it takes seconds in a large store."""

    def __init__(self, desk: Desk, acts: PartyActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._acts = acts
        self.model = RowsModel(_columns(), self, number=_pair)
        self.table = DataTable("near_matches")
        self.table.setAccessibleName(tr("相近名称"))
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self.card = TableCard(self.table)
        self.party = ComboBox([(party.label, party) for party in Party], name=tr("企业或质权人"))
        self.party.setObjectName("near_party")
        self.party.activated.connect(self.refresh)
        self._apart = button(tr("不是同一家"), name="not_same", tip=tr("记住这是两家，不再提示"))
        self._apart.clicked.connect(self._on_apart)
        self._merge = button(tr("合并…"), name="near_merge")
        self._merge.clicked.connect(self._on_merge)
        self.card.tools.addWidget(self.party)
        self.card.tools.addWidget(ElidedLabel(_RULE, "hint"), 1)
        self.card.tools.addWidget(self._apart)
        self.card.tools.addWidget(self._merge)
        self._empty = EmptyState("search", tr("正在查找…"), "")
        self.card.set_empty_state(self._empty)
        self.card.show_empty(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.card)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.table.opened.connect(self._on_merge)
        self._on_chosen_changed(0)

    def refresh(self) -> None:
        """Look anew for parties that may be one."""
        self._desk.work(
            partial(_found, self._chosen_party()),
            self._on_found,
            owner=self,
            replaces="near matches",
        )

    def _on_found(self, found: tuple[Party, list[NearMatch]]) -> None:
        party, matches = found
        if party is not self._chosen_party():
            return
        self.model.set_rows(matches)
        self._place.restore()
        self._empty.set_words(
            tr("没有相近的名称"), tr("只差一个字、字号相同或代码相同的，会列在这里。"), "ok"
        )
        self.card.show_empty(not matches)
        self._on_chosen_changed(self.table.chosen_count())

    def _chosen_party(self) -> Party:
        return Party(str(self.party.value()))

    def _chosen(self) -> list[NearMatch]:
        return [match for match in self.table.chosen() if isinstance(match, NearMatch)]

    def _on_chosen_changed(self, count: int) -> None:
        self._merge.setEnabled(count == 1)
        self._apart.setEnabled(count > 0)
        self._apart.setText(
            tr("不是同一家（{count:,} 对）", count=count) if count > 1 else tr("不是同一家")
        )
        self.card.footer.set_count(tr("共 {count:,} 对", count=self.model.rowCount()))

    def _on_merge(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            one, other = sorted((chosen[0].one, chosen[0].other), key=_likelier, reverse=True)
            self._acts.merge(self._chosen_party(), one.id, other.id)

    def _on_apart(self) -> None:
        pairs = [(match.one.id, match.other.id) for match in self._chosen()]
        self._acts.tell_apart(self._chosen_party(), pairs)


def _pair(match: NearMatch) -> tuple[int, int]:
    return match.one.id, match.other.id


def _likelier(near: Near) -> tuple[bool, int]:
    """The one proposed to stay: it has a code, and more registrations."""
    return bool(near.code), near.registrations


def _columns() -> list[Column[NearMatch]]:
    def said(near: Near) -> str:
        told = (
            tr("{code}，{count:,} 笔登记", code=near.code, count=near.registrations)
            if near.code
            else tr("没有代码，{count:,} 笔登记", count=near.registrations)
        )
        return f"{near.name}\n{told}"

    return [
        Column(
            "one", tr("名称"), lambda m: m.one.name, width=210, stretch=2, tip=lambda m: said(m.one)
        ),
        Column("one_code", tr("代码"), lambda m: m.one.code or "—", width=170, soft=True),
        Column(
            "other",
            tr("相近的名称"),
            lambda m: m.other.name,
            width=210,
            stretch=2,
            tip=lambda m: said(m.other),
        ),
        Column("other_code", tr("代码"), lambda m: m.other.code or "—", width=170, soft=True),
        Column("reason", tr("理由"), lambda m: m.reason.label, width=220, stretch=1),
    ]


def _found(party: Party, store: Store, _: Progress) -> tuple[Party, list[NearMatch]]:
    return party, near_matches(store, party, all_divisions(store))
