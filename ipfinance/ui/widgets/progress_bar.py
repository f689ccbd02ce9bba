"""The slim strip that shows how far a job is, and stops it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ipfinance.language import tr
from ipfinance.ui.jobs import Job, Jobs
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label

DELAY_MS = 300  # what is done by then was never worth a strip


class ProgressStrip(QWidget):
    """For a status bar; shows itself for jobs that have a title, the one being done first."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._words = label("", "hint")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("进度"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._cancel = button(tr("停止"), "", Kind.QUIET, name="cancel_job")
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.show)
        jobs.started.connect(self._on_started)
        jobs.progressed.connect(self._on_progressed)
        jobs.finished.connect(self._on_finished)
        self.setFixedHeight(26)
        self.hide()
        for job in jobs.running:  # begun before there was a strip
            self._on_started(job)

    def _on_started(self, job: Job) -> None:
        if job.title and self._job is None:
            self._take(job)

    def _take(self, job: Job) -> None:
        self._job = job
        self._words.setText(job.title)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setText(tr("停止"))
        if self.isHidden():
            self._delay.start()

    def _on_progressed(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            if self._cancel.isEnabled():
                self._words.setText(
                    tr("{job}：{stage}", job=job.title, stage=words) if words else job.title
                )

    def _on_finished(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        waiting = next((one for one in self._jobs.running if one.title), None)
        if waiting is not None:
            self._take(waiting)
        else:
            self._delay.stop()
            self.hide()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._words.setText(tr("{job}：正在停止…", job=self._job.title))
