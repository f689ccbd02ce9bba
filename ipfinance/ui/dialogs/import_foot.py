"""Where the import is, and the buttons that go with each of its steps."""

from enum import Enum, auto

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from ipfinance.language import tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.tag import Tag


class Step(Enum):
    """What the window shows."""

    READING = auto()
    FAILED = auto()
    PREVIEW = auto()
    WRITING = auto()
    RECEIPT = auto()


_TAGS = (tr("读取"), tr("预览"), tr("回执"))
_PLACES = {Step.READING: 0, Step.FAILED: 0, Step.PREVIEW: 1, Step.WRITING: 1, Step.RECEIPT: 2}


class StepTags(QWidget):
    """读取 › 预览 › 回执, the present one in the accent's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = Step.READING
        self._tags = [
            Tag(f"{place} {words}", Tone.NEUTRAL, height=24) for place, words in enumerate(_TAGS, 1)
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        for place, tag in enumerate(self._tags):
            if place:
                row.addWidget(label("›", "hint"))
            row.addWidget(tag)

    def show_step(self, step: Step) -> None:
        self.step = step
        present = _PLACES[step]
        for place, (tag, words) in enumerate(zip(self._tags, _TAGS, strict=True)):
            tone = Tone.INFO if place == present else Tone.OK if place < present else Tone.NEUTRAL
            tag.say(f"{place + 1} {words}", tone)
        self.setAccessibleName(
            tr(
                "第 {present} 步，共 {count} 步：{step}",
                present=present + 1,
                count=len(_TAGS),
                step=_TAGS[present],
            )
        )


class ImportFoot(QWidget):
    """The choice at the left, the buttons at the right; which are there depends on the step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cancel = button(tr("取消"), name="cancel")
        self.other_files = button(tr("换文件…"), "folder", name="other_files")
        self.rejects = button(tr("导出退回的行…"), "excel", name="export_rejects")
        self.do = button(tr("导入"), "import", Kind.PRIMARY, name="do_import", tip="Ctrl+Enter")
        self.do.setShortcut("Ctrl+Return")
        self.print = button(tr("打印…"), "print", name="print_receipt")
        self.pdf = button(tr("另存为 PDF…"), "document", name="save_receipt")
        self.done = button(tr("完成"), "check", Kind.PRIMARY, name="done")
        self._good_only = QRadioButton(tr("只导入正确的"))
        self._good_only.setObjectName("good_only")
        self._all = QRadioButton(tr("全部正确才导入"))
        self._all.setObjectName("all_or_nothing")
        self._good_only.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._good_only)
        group.addButton(self._all)
        self._choice = QWidget()
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.setSpacing(16)
        choice.addWidget(self._good_only)
        choice.addWidget(self._all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._choice)
        row.addStretch(1)
        for one in (
            *(self.other_files, self.rejects, self.print, self.pdf),
            *(self.cancel, self.do, self.done),
        ):
            row.addWidget(one)

    @property
    def all_or_nothing(self) -> bool:
        """Whether a single rejected registration keeps all of them out."""
        return self._all.isChecked()

    def choose_good_only(self) -> None:
        self._good_only.setChecked(True)

    def show_step(self, step: Step) -> None:
        """The buttons of a step; the one that goes on answers to Enter."""
        is_preview, is_receipt = step is Step.PREVIEW, step is Step.RECEIPT
        self._choice.setVisible(is_preview)
        self.other_files.setVisible(step is Step.FAILED)
        self.rejects.setVisible(is_preview or is_receipt)
        self.do.setVisible(is_preview)
        self.print.setVisible(is_receipt)
        self.pdf.setVisible(is_receipt)
        self.done.setVisible(is_receipt)
        self.cancel.setVisible(not is_receipt)
        working = step in (Step.READING, Step.WRITING)
        self.cancel.setText(
            tr("停止") if working else tr("关闭") if step is Step.FAILED else tr("取消")
        )
        for one, default in ((self.do, False), (self.done, is_receipt), (self.cancel, working)):
            one.setDefault(default)

    def show_plan(self, count: int, rejected: int) -> None:
        """How many would be written; where there is nothing to write the window only closes."""
        self.do.setText(tr("导入 {count:,} 笔", count=count))
        self.do.setVisible(bool(count))
        self.cancel.setText(tr("取消") if count else tr("关闭"))
        self._choice.setVisible(bool(rejected and count))
        self.rejects.setVisible(bool(rejected))

    def show_rejected(self, rejected: int) -> None:
        """Whether there are rows to give back."""
        self.rejects.setVisible(bool(rejected))
