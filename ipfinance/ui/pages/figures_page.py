"""What the pages of figures share: period and register, asking the store, and saying "none"."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.reports.figure import nothing_registered
from ipfinance.reports.figure_chart import nothing_words
from ipfinance.statistics.charted import ChartWanted
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.tables import KindChoice, Table
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.figures_model import Asked
from ipfinance.ui.models.figures_reading import Answer, Question
from ipfinance.ui.pages.exports import Exports
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.period_text import default_period

KINDS = (
    (tr("专利权质押"), KindChoice.PATENT),
    (tr("商标专用权质押"), KindChoice.TRADEMARK),
    (tr("专利权和商标专用权合计"), KindChoice.ALL),
)
_SLOW_MS = 250  # what is answered by then needs no word about it


class FiguresPage(Page):
    """What is in sight stays there while the next figures are counted.

    A subclass puts `picker`, `kind` and `stack` where it wants them, adds what it shows to the
    stack, and fills it in `show_table`.
    """

    registrations_asked = Signal(object, str)  # Filter, title
    import_asked = Signal()
    demo_asked = Signal()

    def __init__(self, title: str, desk: Desk, icon: str) -> None:
        super().__init__(title)
        self.desk = desk
        self.exports = Exports(desk, self)
        self.answer: Answer | None = None
        self._chosen = False  # whether the period is settled, by a person or by being shown
        self.period_wanted: Period | None = None  # the one that a person chose
        self.picker = PeriodPicker(default_period(None, desk.today()))
        self.picker.period_changed.connect(self._on_choice)
        self.kind = ComboBox(KINDS)
        self.kind.setObjectName("kind")
        self.kind.setAccessibleName(tr("登记类型"))
        self.kind.activated.connect(self.on_other_choice)
        self.stack = QStackedWidget()
        bring_in = button(tr("导入台账"), "import", Kind.PRIMARY, name="import")
        bring_in.clicked.connect(self.import_asked)
        demo = button(tr("填入演示数据"), name="demo")
        demo.clicked.connect(self.demo_asked)
        self._nothing = EmptyState(
            icon, tr("还没有登记"), tr("导入台账或录入登记以后，这里自动统计。"), demo, bring_in
        )
        self._elsewhere = button("", name="elsewhere")
        self._elsewhere.clicked.connect(self._on_elsewhere)
        self._no_period = EmptyState("calendar", "", "", self._elsewhere)
        self._blank = QWidget()  # before the first answer
        for part in (self._blank, self._nothing, self._no_period):
            self.stack.addWidget(part)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._on_slow)

    # -- for the window --------------------------------------------------------------------

    def refresh(self) -> None:
        question = Question(
            period=self.picker.period() if self._chosen else None,
            # What Qt gives back of an enum is a bare str.
            kind=KindChoice(str(self.kind.value())),
            by=self.group(),
            city=self.city_wanted(),
            today=self.desk.today(),
            picks=self.columns_wanted(),
            cross=self.cross_wanted(),
            chart=self.chart_wanted(),
            top=self.top_wanted(),
        )
        self._slow.start()
        self.desk.work(
            question.read,
            self._on_answer,
            owner=self,
            replaces="figures",
            failed=self._on_failed,
        )

    @property
    def table(self) -> Table | None:
        """The table that is shown; None before the first answer and for an empty one."""
        if self.answer is None or self.answer.is_empty:
            return None
        return self.answer.table

    def show_period(self, period: Period) -> None:
        """Show the figures of another period."""
        self.choose_period(period)
        self.on_other_choice()

    def choose_period(self, period: Period) -> None:
        """Let the next answer be of this period."""
        self.picker.set_period(period)
        self._chosen = True
        self.period_wanted = period

    # -- for subclasses --------------------------------------------------------------------

    def group(self) -> Group:
        """What the rows of the table are."""
        return Group.CITY

    def city_wanted(self) -> str | None:
        """The code of the city whose counties are the rows; None for the whole province."""
        return None

    def columns_wanted(self) -> tuple[Pick, ...]:
        """The columns that a person chose; none for the table as it is."""
        return ()

    def cross_wanted(self) -> tuple[Group, str] | None:
        """What the columns of a crossed table are, and its indicator; None for no such table."""
        return None

    def top_wanted(self) -> int | None:
        """How many of the first rows are wanted; None for all."""
        return None

    def chart_wanted(self) -> ChartWanted | None:
        """Which chart is wanted beside the table; None for none."""
        return None

    def subject(self, table: Table) -> str:
        """What the page shows, after the period."""
        raise NotImplementedError

    def show_table(self, table: Table) -> QWidget:
        """Show a table that is not empty; gives the part of the stack that does."""
        raise NotImplementedError

    def show_no_table(self) -> None:
        """There is nothing to show, to copy and to write."""

    def open_behind(self, asked: Asked, kind: KindChoice) -> None:
        """Ask the window to open what is behind a number."""
        wanted = asked.wanted(self.desk.store, kind)
        self.registrations_asked.emit(wanted, asked.words)

    def on_other_choice(self) -> None:
        """A person wants to see something else."""
        self.banner.clear()
        self.refresh()

    # -- inside ----------------------------------------------------------------------------

    def _on_slow(self) -> None:
        self.set_subtitle(tr("正在统计{period}……", period=self.picker.period().label))

    def _on_failed(self, error: BaseException) -> None:
        self._slow.stop()
        self._say_subject()
        self.desk.talk.failure(error)

    def _on_answer(self, answer: Answer) -> None:
        self._slow.stop()
        self.answer = answer
        if not self._chosen:
            self.picker.set_period(answer.table.period)
        self.picker.set_reach(answer.reach, self.desk.today())
        self._say_subject()
        if self.table is not None:
            self._chosen = True  # what is in sight does not jump away by itself
            self.stack.setCurrentWidget(self.show_table(self.table))
        else:
            self.show_no_table()
            self.stack.setCurrentWidget(self._nothing if answer.reach is None else self._no_period)

    def _say_subject(self) -> None:
        if self.answer is None:
            self.set_subtitle("")
            return
        table, reach = self.answer.table, self.answer.reach
        charted = self.answer.charted
        period = charted.period if charted else table.period
        self.set_subtitle(f"{period.label} · {self.subject(table)}")
        if reach is not None:
            self._no_period.set_words(
                nothing_words(charted) if charted else nothing_registered(table),
                tr("已有的登记从 {first} 到 {last}。", first=reach[0], last=reach[1]),
            )
            self._elsewhere.setText(tr("查看{period}", period=self._default().label))
            self._elsewhere.setVisible(self._default() != table.period)

    def _on_choice(self) -> None:
        self.choose_period(self.picker.period())
        self.on_other_choice()

    def _on_elsewhere(self) -> None:
        self.show_period(self._default())

    def _default(self) -> Period:
        return default_period(self.answer.reach if self.answer else None, self.desk.today())
