"""Which indicators stand in a table of figures, and what is said of each."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipfinance.language import tr
from ipfinance.statistics.chosen import COLUMNS, GROUPS, OTHERS, Pick, can_stand
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.presenting import with_unit
from ipfinance.ui.dialogs.given_fields import GivenFields
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import label, own_viewport
from ipfinance.ui.widgets.search_edit import SearchEdit

_COMPARISONS = tuple(COLUMNS)
_NAME_WIDTH, _CHECK_WIDTH, _HEIGHT, _ROW_HEIGHT = 220, 64, 600, 30
_AROUND = 80  # pixels beside the columns: margins of the window, frame and scroll bar
_BESIDE = 14  # beside the words of a head
_WIDEST = 1360  # the names give way
_HEADER_HEIGHT = 48  # two lines, for the longer names
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_NOTHING = tr("至少勾选一项，表中才有列。")
_HOW = tr("勾选的各项都成为表中的一列；列的先后可以在表头拖动。")


class FigureChoiceDialog(QDialog):
    """Edits a value; arrow keys move over the list and the space bar ticks."""

    def __init__(
        self, picks: Sequence[Pick], standard: Sequence[Pick], parent: QWidget | None = None
    ) -> None:
        """`picks` are ticked at first; `standard` are those that the program proposes."""
        super().__init__(parent)
        self.setObjectName("figure_choice")
        self.setWindowTitle(tr("选择指标"))
        self._standard = tuple(standard)
        self._search = SearchEdit(tr("查找指标"))
        self._search.setObjectName("search")
        self._search.setMaximumWidth(260)
        self._search.searched.connect(self._on_searched)
        self._tree = self._make_tree()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._fill()
        self._given = GivenFields()
        self._given.set_picks(picks)
        self._tick(picks)
        self._tree.itemChanged.connect(self._on_ticked)
        self._count = label("", "label")
        self._count.setObjectName("count")
        above = QHBoxLayout()
        above.addWidget(label(tr("选择指标"), "cardtitle"))
        above.addStretch(1)
        above.addWidget(self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(above)
        column.addWidget(label(_HOW, "hint"))
        column.addWidget(self._tree, 1)
        column.addWidget(self._given)
        column.addLayout(self._foot())
        self._on_ticked()
        DialogPlace(self, min(self._set_widths() + _AROUND, _WIDEST), _HEIGHT)
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def choose(
        cls, parent: QWidget | None, picks: Sequence[Pick], standard: Sequence[Pick]
    ) -> tuple[Pick, ...] | None:
        """What is to stand in the table, None when nothing is to change."""
        dialog = cls(picks, standard, parent)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog.picks() if accepted else None
        finally:
            dialog.deleteLater()

    def picks(self) -> tuple[Pick, ...]:
        """What is ticked, in the order of the list, with what is given to it.

        Raises `UserError` where that is missing or cannot be read.
        """
        return tuple(self._given.completed(pick) for pick in self._ticked())

    def _ticked(self) -> tuple[Pick, ...]:
        return tuple(
            Pick(key, comparison)
            for key, item in self._items.items()
            for at, comparison in enumerate(_COMPARISONS, 1)
            if item.data(at, Qt.ItemDataRole.CheckStateRole) is not None
            and item.checkState(at) == Qt.CheckState.Checked
        )

    # -- making ----------------------------------------------------------------------------

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        own_viewport(tree)
        tree.setObjectName("indicators")
        tree.setAccessibleName(tr("指标"))
        tree.setHeaderLabels([tr("指标"), *map(_in_lines, COLUMNS.values())])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setIndentation(12)
        tree.setSelectionBehavior(QTreeWidget.SelectionBehavior.SelectItems)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setFixedHeight(_HEADER_HEIGHT)
        header.setDefaultAlignment(_WRAPPED)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(_COMPARISONS) + 1):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
        return tree

    def _set_widths(self) -> int:
        """Give every column room for its head; the width of all together in pixels."""
        self._tree.ensurePolished()
        header = self._tree.header()
        font = header.font()
        font.setBold(True)
        wide = QFontMetrics(font).horizontalAdvance
        widths = [
            max(_CHECK_WIDTH, _BESIDE + max(map(wide, _in_lines(title).split("\n"))))
            for title in COLUMNS.values()
        ]
        for at, width in enumerate(widths, 1):
            header.resizeSection(at, width)
        return max(_NAME_WIDTH, self._tree.sizeHintForColumn(0)) + sum(widths)

    def _foot(self) -> QHBoxLayout:
        standard = button(tr("恢复默认"), name="standard")
        standard.clicked.connect(self._on_standard)
        cancel = button(tr("取消"), name="cancel")
        cancel.clicked.connect(self.reject)
        accept = button(tr("确定"), kind=Kind.PRIMARY, name="accept")
        accept.setDefault(True)
        accept.clicked.connect(self._on_accept)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(standard)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(accept)
        return foot

    def _fill(self) -> None:
        listed = {key for keys in GROUPS.values() for key in keys}
        others = tuple(key for key in CATALOGUE if key not in listed)
        for name, keys in (*GROUPS.items(), (OTHERS, others)):
            if not keys:
                continue
            group = QTreeWidgetItem(self._tree, [tr(name)])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setSizeHint(0, QSize(0, _ROW_HEIGHT))
            for key in keys:
                self._items[key] = self._item(group, key)
            group.setExpanded(True)
        self._tree.setCurrentItem(next(iter(self._items.values())), 1)

    def _item(self, group: QTreeWidgetItem, key: str) -> QTreeWidgetItem:
        one = CATALOGUE[key]
        name = with_unit(one.name, one.unit)
        item = QTreeWidgetItem(group, [name])
        item.setToolTip(0, f"{name}\n{one.rule}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        for at, comparison in enumerate(_COMPARISONS, 1):
            if can_stand(Pick(key, comparison)):
                item.setCheckState(at, Qt.CheckState.Unchecked)
                spoken = tr(
                    "{indicator}{comparison}", indicator=one.name, comparison=COLUMNS[comparison]
                )
                item.setData(at, Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _tick(self, picks: Iterable[Pick]) -> None:
        ticked = {(pick.indicator, pick.comparison) for pick in picks}
        self._tree.blockSignals(True)
        for key, item in self._items.items():
            for at, comparison in enumerate(_COMPARISONS, 1):
                if item.data(at, Qt.ItemDataRole.CheckStateRole) is not None:
                    on = (key, comparison) in ticked
                    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                    item.setCheckState(at, state)
        self._tree.blockSignals(False)
        self._tree.viewport().update()

    # -- what a person does ------------------------------------------------------------------

    def _on_searched(self, words: str) -> None:
        for key, item in self._items.items():
            one = CATALOGUE[key]
            known = (one.name, one.name_en, key)
            item.setHidden(not any(words.lower() in word.lower() for word in known))
        for at in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(at)
            if group is not None:
                group.setHidden(all(item.isHidden() for item in self._of(group)))

    def _of(self, group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        return [item for item in self._items.values() if item.parent() is group]

    def _on_standard(self) -> None:
        self._tick(self._standard)
        self._on_ticked()

    def _on_ticked(self) -> None:
        ticked = self._ticked()
        self._given.show_for(ticked)
        self._count.setText(tr("已选 {count} 列", count=len(ticked)))

    def _on_accept(self) -> None:
        if not self._ticked():
            self._count.setText(_NOTHING)
        elif self._given.check(self._ticked()):
            self.accept()


def _in_lines(title: str) -> str:
    """A title that is broken at a word into lines as short as can be: 高于 over 全国."""
    if not title.isascii():
        return f"{title[:2]}\n{title[2:]}" if len(title) == 4 else title
    ends = [at + 1 for at, letter in enumerate(title) if letter in " -"]
    both = [(title[:end].strip(), title[end:]) for end in ends]
    return "\n".join(min(both, key=lambda lines: max(map(len, lines)), default=(title,)))
