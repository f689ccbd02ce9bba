"""A card with tools above, a table, and a footer with count and sum; empty, it says so."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import ElidedLabel, hairline, label
from ipfinance.ui.widgets.table import DataTable


class TableFooter(QFrame):
    """Left how many, right how much."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = ElidedLabel("", "label")
        self._sum_name = label("", "label")
        self._sum = label("", "sum")
        self.row = QHBoxLayout(self)  # a page may put more at the right
        self.row.setContentsMargins(16, 0, 16, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self._count, 1)
        self.row.addWidget(self._sum_name)
        self.row.addWidget(self._sum)
        self.setFixedHeight(38)

    def set_count(self, text: str, chosen: str = "") -> None:
        """E.g. "共 1,286 条" and "已选 3 条"; or a note, when the table needs no count."""
        self._count.setText(f"{text}\u3000{chosen}" if chosen else text)

    def set_sum(self, name: str, text: str) -> None:
        """E.g. "担保债权额合计" and "1,345,009.60 万元"."""
        self._sum_name.setText(name)
        self._sum.setText(text)


class TableCard(Card):
    """`tools` is the row above the table; `add_columns_button` ends it."""

    def __init__(
        self,
        table: DataTable,
        title: str = "",
        parent: QWidget | None = None,
        *,
        tools: bool = True,
        footer: bool = True,
    ) -> None:
        super().__init__(title, parent, padded=False)
        self.table = table
        if title:
            table.setAccessibleName(title)
        self.body.setSpacing(0)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(16, 12, 16, 12)
        self.tools.setSpacing(8)
        if tools:
            self.body.addLayout(self.tools)
        elif title:
            self.body.addSpacing(10)  # the title keeps off the line below it
        if tools or title:
            self.body.addWidget(hairline())
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self._stack, 1)
        self.body.addLayout(self._middle, 1)
        self.footer = TableFooter()
        self.footer.setVisible(footer)
        if footer:
            self.body.addWidget(self.footer)
        else:
            self.footer.setParent(self)
        self._empty: EmptyState | None = None

    def add_columns_button(self) -> None:
        """Put the button that chooses columns at the end of the tools."""
        chooser = button(tr("选择显示的列"), "columns", Kind.ICON, name="columns")
        chooser.setMenu(self.table.columns_menu())
        self.tools.addWidget(chooser)

    def add_beside(self, widget: QWidget) -> None:
        """Put something at the left of the table, as high as it."""
        self._middle.insertWidget(0, widget)

    def set_empty_state(self, empty: EmptyState) -> None:
        """What stands in the table's place while `show_empty(True)`."""
        self._empty = empty
        self._stack.addWidget(empty)

    def show_empty(self, empty: bool) -> None:
        """Show the empty state, or the table again."""
        if self._empty is not None:
            self._stack.setCurrentWidget(self._empty if empty else self.table)
