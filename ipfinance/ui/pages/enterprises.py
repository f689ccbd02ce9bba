"""The enterprises that pledged and the pledgees, with their totals, and those that may be one."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.enterprises import EnterpriseRow, EnterpriseSort
from ipfinance.db.ledger import Filter
from ipfinance.db.party_names import Party
from ipfinance.db.reach import is_empty
from ipfinance.domain.money import wan
from ipfinance.language import either, tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.enterprise_model import EnterpriseModel
from ipfinance.ui.pages.near_matches_tab import NearMatchesTab
from ipfinance.ui.pages.party_acts import PartyActs
from ipfinance.ui.pages.pledgees_tab import PledgeesTab
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace


class EnterprisesPage(Page):
    """Search above, table beneath; a double click or Enter opens what an enterprise pledged."""

    registrations_asked = Signal(Filter, str)
    import_asked = Signal()
    undo_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("企业"), parent)
        self._desk = desk
        self.acts = PartyActs(desk, self.banner, self)
        self.acts.registrations_asked.connect(self.registrations_asked)
        self.set_subtitle(
            tr("出质企业和质权人名录 · {province}", province=desk.divisions.province.name)
        )
        self.model = EnterpriseModel(desk, self)
        self.table = DataTable("enterprises")
        self.table.setAccessibleName(tr("出质企业"))
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self._shown: tuple[object, ...] = ()
        self.table.sort_by(EnterpriseSort.SECURED_AMOUNT.value, Qt.SortOrder.DescendingOrder)
        self.card = TableCard(self.table)
        self.search = SearchEdit(tr("名称、曾用名、拼音首字母、统一社会信用代码"))
        self.search.setObjectName("enterprise_search")
        self.search.setAccessibleName(tr("搜索"))
        self.card.tools.addWidget(self.search, 1)
        self.card.tools.addWidget(label(tr("双击一家企业，看它的全部登记"), "hint"))
        self._facts = button(
            tr("资料…"), "edit", name="enterprise_facts", tip=tr("名称、曾用名、合并")
        )
        self._facts.clicked.connect(self._on_facts)
        self._merge = button(tr("合并…"), name="enterprise_merge", tip=tr("选中两家，合并为一家"))
        self._merge.clicked.connect(self._on_merge)
        self.card.tools.addWidget(self._facts)
        self.card.tools.addWidget(self._merge)
        self.card.add_columns_button()
        clear = button(tr("清除搜索"), "reset", name="enterprise_clear")
        clear.clicked.connect(self._on_clear)
        self.card.set_empty_state(
            EmptyState("search", tr("没有符合条件的企业"), tr("换一个词，或清除搜索。"), clear)
        )
        bring = button(tr("导入台账"), "import", Kind.PRIMARY, name="enterprise_import")
        bring.clicked.connect(self.import_asked)
        self.beginning = Card()
        self.beginning.body.addWidget(
            EmptyState(
                "enterprise",
                tr("还没有出质企业"),
                tr("登记录入或导入以后，企业会列在这里。"),
                bring,
            )
        )
        enterprises = QWidget()
        column = QVBoxLayout(enterprises)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.card, 1)
        column.addWidget(self.beginning, 1)
        self.pledgees = PledgeesTab(desk, self.acts)
        self.pledgees.registrations_asked.connect(self.registrations_asked)
        self.pledgees.import_asked.connect(self.import_asked)
        self.near = NearMatchesTab(desk, self.acts)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(tr("企业、质权人和相近名称"))
        for tab, words in (
            (enterprises, tr("出质企业")),
            (self.pledgees, either("质权人", "Pledgees")),
            (self.near, tr("相近名称")),
        ):
            self.tabs.addTab(tab, words)
        self.tabs.currentChanged.connect(self.refresh)
        self.body.addWidget(self.tabs, 1)
        # The table was made before the tools that stand above it.
        columns = self.card.findChild(QPushButton, "columns")
        assert columns is not None
        self.setTabOrder(columns, self.table)
        self.search.searched.connect(self._on_searched)
        self.table.opened.connect(self._on_opened)
        self.table.too_many_to_copy.connect(self.say_too_many_to_copy)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.model.listed.connect(self._on_listed)
        self.banner.linkActivated.connect(self._on_link)
        self._on_chosen_changed(0)

    @override
    def refresh(self) -> None:
        """Read the list in sight anew; the search stays."""
        for tab in (self.pledgees, self.near):
            if self.tabs.currentWidget() is tab:
                tab.refresh()
                return
        empty = is_empty(self._desk.store)
        self.card.setVisible(not empty)
        self.beginning.setVisible(empty)
        if not empty:
            self.model.show(self.search.text().strip())

    def focus_search(self) -> None:
        """Let the next key be part of the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_searched(self, text: str) -> None:
        if text != self.model.text:  # else it was cleared, and is shown already
            self.model.show(text)

    def _on_clear(self) -> None:
        self.search.clear()
        self.model.show("")

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(Role.ROW)
        if isinstance(row, EnterpriseRow):
            self.registrations_asked.emit(
                Filter(enterprise=row.id), tr("{name} 的登记", name=row.name)
            )

    def _on_listed(self) -> None:
        listing = self.model.listing
        if listing is None:
            return
        self.card.show_empty(not len(listing))
        question = (self.model.text, *self.model.sorting)
        if question == self._shown:
            self._place.restore()
        else:
            self._shown = question
            self.table.scrollToTop()
        self._say_count(self.table.chosen_count())
        registrations, missing = listing.registrations, listing.amount_missing
        self.card.footer.set_sum(
            tr(
                "登记 {registrations:,} 件（{missing:,} 件金额待补），担保债权额合计",
                registrations=registrations,
                missing=missing,
            )
            if missing
            else tr("登记 {registrations:,} 件，担保债权额合计", registrations=registrations),
            tr("{amount} 万元", amount=wan(listing.secured_amount_fen)),
        )
        self.card.footer.setToolTip(tr("几家企业共同出质的登记，合计中只计一次。"))

    def _on_chosen_changed(self, count: int) -> None:
        self._facts.setEnabled(count == 1)
        self._merge.setEnabled(count == 2)
        self._say_count(count)

    def _chosen(self) -> list[EnterpriseRow]:
        return [row for row in self.table.chosen() if isinstance(row, EnterpriseRow)]

    def _on_facts(self) -> None:
        self.acts.look_into(Party.ENTERPRISE, self._chosen()[0].id)

    def _on_merge(self) -> None:
        one, other = self._chosen()
        self.acts.merge(Party.ENTERPRISE, one.id, other.id)

    def _on_link(self, key: str) -> None:
        if key == "undo":
            self.banner.clear()
            self.undo_asked.emit()

    def _say_count(self, chosen: int) -> None:
        if self.model.listing is None:
            self.card.footer.set_count(tr("正在读取名录…"))
            return
        said = tr("已选 {count:,} 家", count=chosen) if chosen > 1 else ""
        self.card.footer.set_count(tr("共 {count:,} 家", count=self.model.rowCount()), said)
