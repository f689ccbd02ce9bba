"""The program is killed in the middle of a registration; the next start offers what was typed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from pytestqt.qtbot import QtBot

from ipfinance.db import history, pledges
from ipfinance.db.connection import Store
from ipfinance.db.drafts import Draft, drafts
from ipfinance.ui.dialogs.drafts import DraftsDialog, summary
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.theme import Theme
from tests.journeys.windows import put, settled, window_over
from tests.ui.clicking import click

ROOT = Path(__file__).parents[2]
TYPED = "Y2019330000123　示例甲精密机械有限公司　2019-03-05"
PATIENCE = 60  # seconds, on a busy machine


def test_that_a_draft_is_recovered_after_a_kill(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path
) -> None:
    typing = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typed_and_killed", str(store.path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        kept = _awaited(store, typing)
    finally:
        typing.kill()
        typing.communicate()
    assert typing.returncode == -signal.SIGKILL
    assert kept.pledge is None
    assert pledges.count(store) == 0
    assert history.undoable(store) is None

    # The next start: the first page says so, the form goes on where it was left.
    window, _ = window_over(store, jobs, theme, qtbot, [])
    overview = window.page("overview")
    assert "上次有 1 份登记没有保存" in overview.banner.accessibleName()
    overview.banner.linkActivated.emit("drafts")
    page = window.page("entry")
    assert isinstance(page, EntryPage)
    assert page.isVisible()
    click(page, "drafts")
    dialog = window.findChild(DraftsDialog)
    assert dialog is not None
    assert [summary(one) for one in dialog.model.rows] == [TYPED]
    click(dialog, "go_on")
    assert page.form.single.chosen_kind() is not None
    put(page, "city", "杭州市")
    put(page, "secured_amount", "500")
    click(page, "button_save")
    settled(qtbot, jobs)
    [stored] = pledges.find(store, [1])
    assert stored.reg_no == "Y2019330000123"
    assert stored.pledgors[0].name == "示例甲精密机械有限公司"
    assert drafts(store) == []
    window.hide()


def _awaited(store: Store, typing: "subprocess.Popen[bytes]") -> Draft:
    """The draft with everything that was typed, as soon as the store has it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for draft in drafts(store):
            if summary(draft) == TYPED:
                return draft
        if typing.poll() is not None:
            assert typing.stderr is not None
            raise AssertionError(typing.stderr.read().decode())
        time.sleep(0.1)
    raise AssertionError(f"not kept: {[summary(draft) for draft in drafts(store)]}")
