"""Every way out of the import's window: stopped, given up, read again, closed."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs import import_jobs
from ipfinance.ui.dialogs.import_foot import Step
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.importing.hands import Opener, counts, mend, step, words_of


def held(gate: Event, work: Callable[..., Any]) -> Callable[..., Any]:
    """The work, begun only once the gate is open, so that a test comes before it."""

    def waits(*given: Any, **named: Any) -> Any:
        assert gate.wait(10)
        return work(*given, **named)

    return waits


def test_that_cancelling_leaves_nothing(
    desk: Desk, opened: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make.dump(store)
    gate = Event()
    monkeypatch.setattr(import_jobs, "read_files", held(gate, read_files))
    dialog = opened(ledgers.LEDGERS / "standard.xlsx", wait=False)
    assert words_of(dialog, "cancel") == "停止"
    click(dialog, "cancel")
    assert not dialog.isVisible()
    gate.set()
    assert desk.jobs.wait_idle()
    dialog = opened(ledgers.LEDGERS / "standard.xlsx")
    click(dialog, "cancel")
    assert not dialog.isVisible()
    assert make.dump(store) == before


def test_that_stopping_while_writing_leaves_nothing_and_stays(
    desk: Desk, opened: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    monkeypatch.setattr(import_jobs, "carry_out", held(gate, carry_out))
    dialog = opened(ledgers.LEDGERS / "standard.xlsx")
    before = make.dump(store)
    click(dialog, "do_import")
    assert step(dialog) is Step.WRITING
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    gate.set()
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.PREVIEW
    assert "什么也没有写入" in dialog.preview.banner.text
    assert make.dump(store) == before


def test_that_mended_rows_are_not_thrown_away_unasked(
    desk: Desk, opened: Opener, faulty: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-02-28")
    talk.answer = False
    click(dialog, "cancel")
    assert talk.said == ["放弃已改正的 1 笔？"]
    assert dialog.isVisible()
    talk.answer = True
    click(dialog, "cancel")
    assert not dialog.isVisible()


def test_that_a_file_that_is_no_ledger_says_what_to_do(
    desk: Desk, opened: Opener, tmp_path: Path, talk: AskedTalk, faulty: Path
) -> None:
    wrong = tmp_path / "甲.xlsx"
    wrong.write_bytes(b"nothing at all")
    dialog = opened(wrong)
    assert step(dialog) is Step.FAILED
    assert "甲.xlsx" in dialog.work.accessibleName()
    assert dialog.work.accessibleDescription()
    talk.open_files = lambda *_args, **_more: [faulty]  # type: ignore[method-assign]
    click(dialog, "other_files")
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.PREVIEW


def test_that_a_store_written_meanwhile_asks_to_read_again(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-02-28")
    make.stored(store, make.pledge())
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert "又有改动" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("read_again")
    assert desk.jobs.wait_idle()
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}  # what was mended stays so
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 4


def test_that_mended_rows_outlive_reading_again_in_vain(
    desk: Desk, opened: Opener, faulty: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-02-28")
    kept = faulty.read_bytes()
    faulty.write_bytes(b"nothing at all")
    dialog.preview.banner.linkActivated.emit("read_again")
    assert desk.jobs.wait_idle()
    assert step(dialog) is Step.FAILED
    talk.answer = False
    click(dialog, "cancel")
    assert talk.said == ["放弃已改正的 1 笔？"]
    assert dialog.isVisible()
    faulty.write_bytes(kept)
    dialog._on_read_lost()
    talk.answer = False
    click(dialog, "cancel")  # stopped, but not given up
    assert dialog.isVisible()
    assert desk.jobs.wait_idle()
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}


def test_that_it_is_freed_when_it_is_closed(qtbot: QtBot, desk: Desk, faulty: Path) -> None:
    dialog = ImportDialog(desk, [faulty])
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert desk.jobs.wait_idle()
    mend(dialog, desk, "registered_on", "2019-02-28")
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    click(dialog, "done")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
