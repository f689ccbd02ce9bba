"""The named views of a page: opened, kept, replaced and removed from one menu."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.saved_views import SavedView, remove_view, save_view, saved_views
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import FACTS, Desk
from ipfinance.ui.dialogs.view_name import ViewNameDialog
from ipfinance.ui.icons import put_icon
from ipfinance.ui.widgets.button import button


class NamedViews(QObject):
    """`button` opens the menu; keeping and removing are acts that can be undone.

    What a view holds is the page's business, but for ``period``, which is kept only if wanted.
    """

    opened = Signal(object)  # the content, a mapping
    wanted = Signal()  # the page is to hand over what it shows, by `keep`
    done = Signal(str)  # what was done, in a sentence

    def __init__(self, desk: Desk, parent: QWidget, page: str, example: str) -> None:
        """`page` is the name that the views are kept under, `example` a name for one."""
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._example = example
        self._window = parent
        self._last = ""  # the name of the view opened or kept last
        self._menu = QMenu(tr("视图"), parent)
        self._menu.setObjectName("views_menu")
        self._menu.aboutToShow.connect(self.fill)
        self.button: QPushButton = button(
            tr("视图"), "folder", name="views", tip=tr("打开、保存和删除命名的视图")
        )
        self.button.setMenu(self._menu)

    def fill(self) -> None:
        """Fill the menu with the views that there are now."""
        self._menu.clear()
        kept = saved_views(self._desk.store, self._page)
        for one in kept:
            self._menu.addAction(self._action(one, self._on_open, self._menu))
        if not kept:
            self._menu.addAction(tr("还没有保存的视图")).setEnabled(False)
        self._menu.addSeparator()
        keep = self._menu.addAction(tr("保存当前视图…"))
        keep.setObjectName("keep_view")
        put_icon(keep, "save")
        keep.triggered.connect(self.wanted)
        if kept:
            removing = self._menu.addMenu(tr("删除视图"))
            put_icon(removing.menuAction(), "delete")
            for one in kept:
                removing.addAction(self._action(one, self._on_remove, removing))

    def keep(self, content: Mapping[str, object], period: str = "") -> None:
        """Ask for a name and keep what is shown; the period in these words only if wanted."""
        taken = {one.name for one in saved_views(self._desk.store, self._page)}
        answer = ViewNameDialog.ask(self._window, self._last, taken, period, self._example)
        if answer is None:
            return
        page, kept = self._page, dict(content)
        if not answer.with_period:
            kept["period"] = None

        def work(store: Store, _: Progress) -> str:
            save_view(store, page, answer.name, kept)
            return answer.name

        self._desk.work(work, self._on_kept, owner=self)

    # -- inside ----------------------------------------------------------------------------

    def _action(self, one: SavedView, slot: object, menu: QMenu) -> QAction:
        made = QAction(one.name.replace("&", "&&"), menu)
        made.setData(one)
        made.triggered.connect(slot)
        return made

    def _chosen(self) -> SavedView:
        sender = self.sender()
        assert isinstance(sender, QAction)
        one = sender.data()
        assert isinstance(one, SavedView)
        return one

    def _on_open(self) -> None:
        one = self._chosen()
        self._last = one.name
        self.opened.emit(one.content)

    def _on_kept(self, name: str) -> None:
        self._last = name
        self._desk.changes.tell(FACTS)
        self.done.emit(tr("已保存视图「{name}」。", name=name))

    def _on_remove(self) -> None:
        one = self._chosen()

        def work(store: Store, _: Progress) -> str:
            remove_view(store, one)
            return one.name

        self._desk.work(work, self._on_removed, owner=self)

    def _on_removed(self, name: str) -> None:
        self._last = "" if self._last == name else self._last
        self._desk.changes.tell(FACTS)
        self.done.emit(tr("已删除视图「{name}」，可以撤销。", name=name))
