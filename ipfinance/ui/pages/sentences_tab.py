"""The sentences of a period and an area, in which every number tells what it rests on."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ipfinance.db.connection import Store
from ipfinance.db.facts import read_facts
from ipfinance.db.wordings import all_wordings, forget_wording, keep_wording
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.reports.drafts import Draft, fitted, kept_form
from ipfinance.reports.evidence import Passage
from ipfinance.reports.grounds import Ground
from ipfinance.reports.wording import Language
from ipfinance.ui.desk import FACTS, Desk
from ipfinance.ui.models.sentences_reading import SentencesAnswer, SentencesQuestion, Shown
from ipfinance.ui.pages.exports import Exports
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.ground_card import GroundCard
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.period_text import default_period
from ipfinance.ui.widgets.sentence_row import SentenceRow

_WIDEST = 980  # pixels: longer lines are hard to follow
_SLOW_MS = 250  # what is answered by then needs no word about it
_LANGUAGES = ((tr("中文"), Language.CHINESE), ("English", Language.ENGLISH))
_HINT = tr("单击数字打开它背后的登记；右侧的笔可以改写一句，数字不变。")


class EvidenceExport(Exports):
    """Writes the sentences with the evidence of their numbers."""

    def passage(self, passage: Passage) -> None:
        """Ask where, then write the workbook."""
        target = self._ask(tr("导出报告语句和依据"), passage.title, ".xlsx")
        if target is None:
            return
        today = self._desk.today()

        def work(store: Store, progress: Progress) -> str:
            from ipfinance.reports.evidence import write_evidence

            write_evidence(store, passage, target, today, progress)
            return ""

        self._run(work, target, tr("导出报告语句"))


class SentencesTab(QWidget):
    """What is in sight stays there while the next sentences are made."""

    shown = Signal()  # other sentences, or none
    registrations_asked = Signal(object, str)  # Filter, title
    import_asked = Signal()
    demo_asked = Signal()
    page_asked = Signal(str)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._exports = EvidenceExport(desk, page)
        self._answer: SentencesAnswer | None = None
        self._chosen = False  # whether the period is settled, by a person or by being shown
        self.rows: list[SentenceRow] = []
        self.picker = PeriodPicker(default_period(None, desk.today()))
        self.picker.period_changed.connect(self._on_choice)
        self._own_area: str | None = None  # the bureau's, on which the page opens
        self._area_chosen = False  # whether a person chose the area
        self.area = ComboBox((), name=tr("地区"))
        self.area.setObjectName("area")
        self.area.activated.connect(self._on_area)
        self._fill_areas(None)
        self.language = ComboBox(_LANGUAGES, name=tr("语言"))
        self.language.setObjectName("language")
        for combo in (self.area, self.language):
            combo.activated.connect(self._on_choice)
        self._make_states()
        self.ground = GroundCard()
        self.ground.registrations_asked.connect(self._open)
        self.ground.references_asked.connect(self._on_references)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        card = Card(padded=False)
        card.body.addLayout(self._tools())
        card.body.addWidget(hairline())
        card.body.addWidget(self._stack, 1)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(card, 1)
        column.addWidget(self.ground)

    # -- making ----------------------------------------------------------------------------

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 12, 16, 12)
        tools.setSpacing(8)
        for one in (self.picker, self.area, self.language):
            tools.addWidget(one)
        tools.addStretch(1)
        return tools

    def _make_states(self) -> None:
        self._stack = QStackedWidget()
        bring_in = button(tr("导入台账"), "import", Kind.PRIMARY, name="import")
        bring_in.clicked.connect(self.import_asked)
        demo = button(tr("填入演示数据"), name="demo")
        demo.clicked.connect(self.demo_asked)
        self._nothing = EmptyState(
            "sentence",
            tr("还没有登记"),
            tr("导入台账或录入登记以后，这里自动写出报告语句。"),
            demo,
            bring_in,
        )
        self._elsewhere = button("", name="elsewhere")
        self._elsewhere.clicked.connect(self._on_elsewhere)
        self._no_period = EmptyState("calendar", "", "", self._elsewhere)
        self._blank = QWidget()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self._blank, self._nothing, self._no_period, self._area):
            self._stack.addWidget(part)

    # -- for the page ----------------------------------------------------------------------

    @property
    def subject(self) -> str:
        """What is shown, for the line under the page's title."""
        if self._answer is None:
            return ""
        how = tr("每个数字都可以追到登记和来源")
        return f"{self._answer.period.label} · {self._answer.place} · {how}"

    @property
    def text(self) -> str:
        """The sentences as they are copied."""
        return self._answer.passage.text if self._answer else ""

    def refresh(self) -> None:
        """Read anew; a sentence that is being rewritten stays as it is."""
        if any(row.is_editing for row in self.rows):
            return
        own = read_facts(self._desk.store).area or None
        if own != self._own_area:
            self._fill_areas(own)
        question = SentencesQuestion(
            period=self.picker.period() if self._chosen else None,
            area=self._area_code(),
            language=Language(str(self.language.value())),
            today=self._desk.today(),
        )
        self._slow.start()
        self._desk.work(
            question.read,
            self._on_answer,
            owner=self,
            replaces="sentences",
            failed=self._on_failed,
        )

    def show_period(self, period: Period) -> None:
        """Show the sentences of another period."""
        self.picker.set_period(period)
        self._on_choice()

    def copy(self) -> None:
        """Put the sentences on the clipboard, as plain text."""
        QGuiApplication.clipboard().setText(self.text)
        self._exports.mention(tr("已复制全部语句，可以粘贴到 Word。"))

    def export(self) -> None:
        """Write the sentences and their evidence."""
        if self._answer is not None:
            self._exports.passage(self._answer.passage)

    # -- inside ----------------------------------------------------------------------------

    def _area_code(self) -> str | None:
        code = self.area.value()
        return None if code is None else str(code)

    def _fill_areas(self, own: str | None) -> None:
        """The province, its cities, and the bureau's county where it is of one."""
        divisions = self._desk.divisions
        areas: list[tuple[str, object]] = [(tr("全省"), None)]
        areas += [(city.name, city.code) for city in divisions.cities()]
        if own is not None and all(own != code for _, code in areas):
            areas.append((divisions.name_of(own), own))
        self._own_area = own
        self.area.set_entries(areas)
        if not self._area_chosen:
            self.area.set_value(own)

    def _on_area(self) -> None:
        self._area_chosen = True

    def _on_choice(self) -> None:
        self._chosen = True
        for row in self.rows:
            row.save()  # what is half rewritten is not lost
        self._page.banner.clear()
        self.refresh()

    def _on_slow(self) -> None:
        self._page.set_subtitle(tr("正在写{period}的语句……", period=self.picker.period().label))

    def _on_failed(self, error: BaseException) -> None:
        self._slow.stop()
        self.shown.emit()
        self._desk.talk.failure(error)

    def _on_answer(self, answer: SentencesAnswer) -> None:
        self._slow.stop()
        if any(row.is_editing for row in self.rows):
            return
        self._answer = answer
        if not self._chosen:
            self.picker.set_period(answer.period)
        self.picker.set_reach(answer.reach, self._desk.today())
        self.ground.clear()
        self._fill(answer.shown, answer.omitted)
        self.ground.setVisible(bool(answer.shown))
        if answer.shown:
            self._chosen = True  # what is in sight does not jump away by itself
            self._stack.setCurrentWidget(self._area)
        elif answer.reach is None:
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._say_no_period(answer)
        self.shown.emit()

    def _say_no_period(self, answer: SentencesAnswer) -> None:
        assert answer.reach is not None
        self._no_period.set_words(
            tr("{place}{period}没有质押登记", place=answer.place, period=answer.period.label),
            tr(
                "没有登记就没有可写的语句。已有的登记从 {first} 到 {last}。",
                first=answer.reach[0],
                last=answer.reach[1],
            ),
        )
        default = default_period(answer.reach, self._desk.today())
        self._elsewhere.setText(tr("查看{period}", period=default.label))
        self._elsewhere.setVisible(default != answer.period)
        self._stack.setCurrentWidget(self._no_period)

    def _fill(self, shown: tuple[Shown, ...], omitted: tuple[str, ...]) -> None:
        self.rows = []
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 16, 18)
        column.setSpacing(10)
        for number, one in enumerate(shown):
            row = SentenceRow(one, number)
            row.setMaximumWidth(_WIDEST)
            row.told.connect(self._on_told)
            row.opened.connect(self._open)
            row.rewritten.connect(self._on_rewritten)
            row.editing_changed.connect(self._on_editing_changed)
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        for words in omitted:
            note = label(words, "hint")
            note.setWordWrap(True)
            column.addWidget(note)
        column.addWidget(label(_HINT, "hint"))
        self._area.setWidget(inside)

    def _on_told(self, ground: Ground) -> None:
        self.ground.tell(ground)
        for row in self.rows:
            known = row.shown.grounds
            row.view.light(known.index(ground) if ground in known else None)

    def _open(self, ground: Ground) -> None:
        self._on_told(ground)
        if ground.wanted is not None:
            title = f"{ground.subject.replace(' · ', ' ')} {ground.name}"
            self.registrations_asked.emit(ground.wanted, title)

    def _on_references(self) -> None:
        self.page_asked.emit("references")

    def _on_editing_changed(self) -> None:
        if not any(row.is_editing for row in self.rows):
            # Not before the row has told what was rewritten.
            QTimer.singleShot(0, self.refresh)

    def _on_rewritten(self, shown: Shown, draft: Draft | None) -> None:
        store, pattern = self._desk.store, shown.original.pattern
        if draft is None:
            others = {key: one for key, one in all_wordings(store).items() if key != pattern}
            if fitted(shown.original, others) == shown.original:
                forget_wording(store, pattern)
            else:  # the words of a sentence like it would be taken instead
                keep_wording(store, pattern, kept_form(shown.original, shown.original))
            self._exports.mention(tr("已恢复原文。"))
        else:
            keep_wording(store, pattern, kept_form(draft, shown.original))
            self._exports.mention(tr("已保存改写；以后各期的同一句都按它写，数字另取。"))
        self._desk.changes.tell(FACTS)

    def _on_elsewhere(self) -> None:
        reach = self._answer.reach if self._answer else None
        self.show_period(default_period(reach, self._desk.today()))
