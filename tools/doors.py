"""Every page and dialog of the window and the way to each: for pictures and for checks.

A dialog is opened as a person opens it, by the action or button that leads there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QPushButton, QWidget

from ipfinance.db import drafts
from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter
from ipfinance.demonstration import fill
from ipfinance.domain.period import Period
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.ui.main_window import PAGES, MainWindow
from ipfinance.ui.pages.enterprises import EnterprisesPage
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.figures_page import FiguresPage
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.named_views import NamedViews
from ipfinance.ui.pages.sentences import SentencesPage
from ipfinance.ui.talk import Talk
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.table import DataTable

TODAY = date(2020, 1, 10)
PERIOD = Period.year(2019)
LEDGERS = Path(__file__).parents[1] / "tests/data/ledgers"
_LONG_NAME = "示例杭州钱塘新区精密智能装备研究开发制造有限责任公司"
_STATEMENT = "2019年，全省专利权质押登记2469项，担保债权额24998万元，同比增长10.2%。"
_PATIENCE_MS = 20_000
_TICK_MS = 20


@dataclass(frozen=True)
class Door:
    """``open`` goes there from any page; what is to be seen then is the modal dialog of the
    object name ``dialog``, or the window itself when that is empty. ``only_drawn``: worth a
    picture, while its controls are those of another door."""

    name: str
    open: Callable[[MainWindow], object]
    dialog: str = ""
    needs_data: bool = False
    only_drawn: bool = False


class FilesTalk(Talk):
    """Never shows a file dialog: gives the ledger that it holds."""

    def __init__(self, window: MainWindow, file: Path) -> None:
        super().__init__(lambda: window)
        self._file = file

    def open_files(self, *_: object, **__: object) -> list[Path]:
        return [self._file]


def furnish(store: Store, today: date, size: int) -> None:
    """Fill a new store so that no list of the window is empty."""
    fill(store, today=today, progress=Progress(), size=size)
    setting = Setting(all_divisions(store), today)
    plan = read_files([LEDGERS / "gbk.csv"], store, setting, Progress())
    carry_out(plan, store, Progress())
    typed = {"single": {"registered_on": "2020-01-08"}, "rows": {"pledgor": [_LONG_NAME]}}
    drafts.keep(store, drafts.Draft(str(UUID(int=1)), None, typed))


def visit(window: MainWindow, door: Door, act: Callable[[QWidget], None]) -> None:
    """Go through a door, act on what is seen once nothing is worked on, and close it again.

    A dialog that is executed blocks its opener, so the look is taken by a timer.
    """
    deadline = QDeadlineTimer(_PATIENCE_MS)
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(_TICK_MS)
    problems: list[BaseException] = []
    still = 0

    def on_tick() -> None:
        nonlocal still
        seen = _seen(window, door.dialog)
        still = still + 1 if seen is not None and not window.desk.jobs.busy else 0
        if still < 3 and not deadline.hasExpired():
            return
        timer.stop()
        try:
            if seen is None:
                raise LookupError(f"{door.name}: {door.dialog} did not open")
            act(seen)
        except BaseException as problem:
            problems.append(problem)
        finally:
            close_dialogs()
            window.tour.end()
            loop.quit()

    timer.timeout.connect(on_tick)
    timer.start()
    door.open(window)
    if timer.isActive():
        loop.exec()
    if problems:
        raise problems[0]


def close_dialogs() -> None:
    """Close every modal dialog, the one opened last first."""
    while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
        dialog.done(QDialog.DialogCode.Rejected)


def _seen(window: MainWindow, name: str) -> QWidget | None:
    if not name:
        return window
    dialog = QApplication.activeModalWidget()
    return dialog if dialog is not None and dialog.objectName() == name else None


# -- ways ----------------------------------------------------------------------------------


def _page(key: str, window: MainWindow) -> QWidget:
    window.show_page(key)
    page = window.page(key)
    if isinstance(page, FiguresPage):
        page.show_period(PERIOD)
    return page


def _do(action: str, window: MainWindow) -> None:
    window.actions_by_id[action].trigger()


def _press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    if found is None:
        raise LookupError(name)
    found.click()


def _first(parent: QWidget, table: str, count: int = 1) -> None:
    """Choose the first rows of a table."""
    found = parent.findChild(DataTable, f"table_{table}")
    if found is None:
        raise LookupError(table)
    found.clearSelection()
    mode = found.selectionMode()
    found.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
    for row in range(count):
        found.selectRow(row)
    found.setSelectionMode(mode)


def _ledger(window: MainWindow, act: str) -> None:
    page = _page("ledger", window)
    assert isinstance(page, LedgerPage)
    window.desk.jobs.wait_idle()
    _first(page, "ledger", 2)
    found = page.findChild(QAction, act)
    assert found is not None, act
    found.trigger()


def _number(window: MainWindow) -> int:
    page = _page("ledger", window)
    assert isinstance(page, LedgerPage)
    window.desk.jobs.wait_idle()
    _first(page, "ledger")
    return page.card.chosen_numbers()[0]


def _life(window: MainWindow) -> None:
    window.show_life(_number(window))


def _event(act: str, window: MainWindow) -> None:
    _life(window)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    window.desk.jobs.wait_idle()
    _press(dialog, act)


def _faults(window: MainWindow) -> None:
    window.new_registration()
    page = window.page("entry")
    assert isinstance(page, EntryPage)
    page.save()


def _edited(window: MainWindow) -> None:
    window.edit_registration(_number(window))


def _statement(window: MainWindow) -> None:
    page = _page("sentences", window)
    assert isinstance(page, SentencesPage)
    page.tabs.setCurrentIndex(1)
    page.checking.edit.setPlainText(_STATEMENT)
    page.checking.check()


def _enterprises(tab: int, window: MainWindow) -> EnterprisesPage:
    page = _page("enterprises", window)
    assert isinstance(page, EnterprisesPage)
    page.tabs.setCurrentIndex(tab)
    window.desk.jobs.wait_idle()
    return page


def _of_enterprise(button: str, count: int, window: MainWindow) -> None:
    page = _enterprises(0, window)
    _first(page, "enterprises", count)
    _press(page, button)


def _settle(window: MainWindow) -> None:
    page = _page("to_do", window)
    window.desk.jobs.wait_idle()
    _first(page, "to_do", 1)
    _press(page, "settle")


def _drafts(window: MainWindow) -> None:
    page = _page("entry", window)
    assert isinstance(page, EntryPage)
    page.show_drafts()


def _behind(window: MainWindow) -> None:
    window.show_registrations(Filter(), tr("质押登记"))


def _fail(window: MainWindow) -> None:
    try:
        raise RuntimeError("an example")
    except RuntimeError as error:
        window.desk.talk.failure(error)


def _refuse(window: MainWindow) -> None:
    window.desk.talk.failure(
        UserError(tr("无法打印"), tr("请检查打印机是否就绪，或换一个位置存为 PDF。"))
    )


def _page_button(key: str, button: str, window: MainWindow) -> None:
    page = _page(key, window)
    window.desk.jobs.wait_idle()
    _press(page, button)


def _keep_view(window: MainWindow) -> None:
    page = _page("statistics", window)
    window.desk.jobs.wait_idle()
    views = page.findChild(NamedViews)
    assert views is not None
    views.wanted.emit()


def _tour(window: MainWindow) -> None:
    window.start_tour()
    for _ in range(2):
        _press(window, "tour_on")


def _facets(window: MainWindow) -> None:
    page = _page("ledger", window)
    window.desk.jobs.wait_idle()
    counts = page.findChild(QPushButton, "ledger_facets")
    assert counts is not None
    if not counts.isChecked():  # it is remembered
        counts.click()


def _chart(kind: ChartKind, window: MainWindow) -> None:
    page = _page("charts", window)
    combo = page.findChild(ComboBox, "chart_kind")
    assert combo is not None
    combo.set_value(kind.value)
    combo.activated.emit(combo.currentIndex())


DOORS: tuple[Door, ...] = (
    *(Door(key, partial(_page, key)) for key, *_ in PAGES),
    *(
        Door(
            f"chart-{kind.value}",
            partial(_chart, kind),
            needs_data=True,
            only_drawn=kind is not ChartKind.COMPARED,  # it alone asks for a second period
        )
        for kind in ChartKind
    ),
    Door("ledger-facets", _facets, needs_data=True),
    Door("entry-faults", _faults),
    Door("entry-edit", _edited, needs_data=True),
    Door("statement", _statement),
    Door("pledgees", partial(_enterprises, 1)),
    Door("near-matches", partial(_enterprises, 2)),
    Door("import", partial(_do, "import"), "import_dialog"),
    Door("notices", partial(_do, "notices"), "notices_dialog"),
    Door("batches", partial(_do, "batches"), "batches_dialog"),
    Door("trash", partial(_do, "trash"), "trash_dialog"),
    Door("facts", partial(_do, "facts"), "facts_dialog"),
    Door("backups", partial(_do, "backups"), "backups_dialog"),
    Door("tour", _tour),
    Door("keys", partial(_do, "keys"), "keys_dialog"),
    Door("about", partial(_do, "about"), "about_dialog"),
    Door("error", _fail, "message"),
    Door("refused", _refuse, "message"),
    Door("registrations", _behind, "registrations_dialog"),
    Door("life", _life, "life_dialog", needs_data=True),
    *(
        Door(f"event-{act}", partial(_event, f"act_{act}"), "event_dialog", needs_data=True)
        for act in ("change", "extend", "transfer", "cancel_one")
    ),
    Door("cancel", partial(_ledger, act="act_cancel"), "cancel_dialog", needs_data=True),
    Door("party", partial(_of_enterprise, "enterprise_facts", 1), "party_dialog", needs_data=True),
    Door("merge", partial(_of_enterprise, "enterprise_merge", 2), "merge_dialog", needs_data=True),
    Door("settle", _settle, "settle_dialog", needs_data=True),
    Door("drafts", _drafts, "drafts_dialog", needs_data=True),
    Door("reference", partial(_page_button, "references", "add"), "reference_dialog"),
    Door("figure-choice", partial(_page_button, "statistics", "choose"), "figure_choice"),
    Door("view-name", _keep_view, "view_name"),
)
