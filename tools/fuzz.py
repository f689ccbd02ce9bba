"""Feed the intake with damaged files: ``python tools/fuzz.py [--count N] [--first NUMBER]``.

Each must be read or refused in words, within time and memory, and never written in part. What
breaks that is kept under build/fuzz, to be looked at and made a test.
"""

import faulthandler
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ipfinance.db.connection import Store, open_store  # noqa: E402
from ipfinance.db.divisions import all_divisions  # noqa: E402
from ipfinance.db.history import undo, undoable  # noqa: E402
from ipfinance.db.pledges import count  # noqa: E402
from ipfinance.db.verification import verify  # noqa: E402
from ipfinance.domain.reading import Setting  # noqa: E402
from ipfinance.errors import UserError  # noqa: E402
from ipfinance.intake import importing  # noqa: E402
from ipfinance.intake.comparing import Status  # noqa: E402
from ipfinance.intake.notices import carrying_out  # noqa: E402
from ipfinance.intake.notices.files import read_notice_file  # noqa: E402
from ipfinance.intake.notices.planning import plan_notices  # noqa: E402
from ipfinance.intake.notices.reading import read_notices  # noqa: E402
from ipfinance.intake.rejects import write_rejects  # noqa: E402
from ipfinance.progress import Progress  # noqa: E402
from tools.mutants import damaged_ledger, damaged_notice, ledgers, notices  # noqa: E402

TODAY = date(2026, 1, 15)
SECONDS = 30
MEGABYTES = 500
FOUND = ROOT / "build" / "fuzz"


class Trial:
    """Tries damaged files one by one against a store of its own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._empty = folder / "empty.db"
        with open_store(self._empty, who="试") as store:
            store.connection.execute("PRAGMA journal_mode = DELETE")
        self._ledgers, self._notices = ledgers(), notices()

    def file(self, number: int) -> Path:
        """The damaged file of a number, written into the folder: every third one a notice."""
        if number % 3 == 0:
            suffix, content = ".txt", damaged_notice(number, self._notices)
        else:
            suffix, content = damaged_ledger(number, self._ledgers)
        path = self._folder / f"{number}{suffix}"
        path.write_bytes(content)
        return path

    def run(self, number: int) -> str:
        """Try one; what became of it in a word.

        Raises:
            AssertionError: when it was written in part, or not as it was told.
        """
        path = self.file(number)
        target = self._folder / "store.db"
        shutil.copyfile(self._empty, target)
        try:
            with open_store(target, who="试") as store:
                return self._notice(store, path) if number % 3 == 0 else self._ledger(store, path)
        finally:
            path.unlink()
            for left in self._folder.glob("store.db*"):
                left.unlink()

    def _ledger(self, store: Store, path: Path) -> str:
        setting = Setting(all_divisions(store), TODAY)
        try:
            plan = importing.read_files([path], store, setting, Progress())
        except UserError as error:
            _is_told(error, path)
            _is_untouched(store)
            return "ledger refused"
        _is_untouched(store)
        receipt = importing.carry_out(plan, store, Progress())
        json.dumps([fault.value for fault in (*receipt.faults, *receipt.warnings)]).encode()
        assert receipt.read == len(plan.entries), "counts do not add up"
        assert all(fault.text and fault.rule for fault in receipt.faults), "a fault without words"
        rejected = [entry for entry in plan.entries if entry.status is Status.REJECTED]
        assert all(entry.errors for entry in rejected), "rejected without a reason"
        assert count(store) == receipt.new, "not written as told"
        assert _sum(store) == receipt.secured_amount_fen, "amounts do not add up"
        assert (found := verify(store)) == [], found[:3]
        if receipt.rejected:
            write_rejects(plan, self._folder / "rejects.xlsx")
            (self._folder / "rejects.xlsx").unlink()
        again = importing.read_files([path], store, setting, Progress())
        assert not again.changes_anything, "the same file again is not the same"
        _undone(store)
        return "ledger read" if receipt.new else "ledger rejected"

    def _notice(self, store: Store, path: Path) -> str:
        try:
            pasted = read_notices(read_notice_file(path))
        except UserError as error:
            _is_told(error, path)
            return "notice refused"
        setting = Setting(all_divisions(store), TODAY)
        plan = plan_notices(pasted, store, setting)
        _is_untouched(store)
        carrying_out.carry_out(plan, store)
        assert (found := verify(store)) == [], found[:3]
        again = plan_notices(pasted, store, setting)
        assert not again.changes_anything, "the same notices again are not the same"
        _undone(store)
        return "notice read" if plan.items else "notice unread"


def _is_told(error: UserError, path: Path) -> None:
    assert error.text, "refused without a word"
    assert "\n" not in str(error), f"no clear line: {error}"
    assert path.name in str(error), f"does not name the file: {error}"


def _is_untouched(store: Store) -> None:
    assert not store.connection.in_transaction, "left in the middle of an act"
    assert store.connection.execute("SELECT count(*) FROM act").fetchone()[0] <= 1, "written"
    assert count(store) == 0, "written before it was carried out"


def _sum(store: Store) -> int:
    query = "SELECT coalesce(sum(secured_amount_fen), 0) FROM pledge"
    return int(store.connection.execute(query).fetchone()[0])


def _undone(store: Store) -> None:
    while undoable(store):
        undo(store)
    assert count(store) == 0, "not undone whole"


def _work(numbers: range, at: Path, told: "multiprocessing.Queue[object]") -> None:
    """Try numbers in a process of their own, which may die of any of them."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        for number in numbers:
            at.write_text(str(number))
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            began, before = time.perf_counter(), _peak()
            try:
                outcomes[trial.run(number)] += 1
            except BaseException:
                told.put((number, traceback.format_exc()))
                outcomes["failed"] += 1
            if (peak := _peak()) > MEGABYTES > before:
                told.put((number, f"{peak} MB of memory"))
            if (took := time.perf_counter() - began) > SECONDS / 3:
                told.put((number, f"{took:.0f} s"))
    faulthandler.cancel_dump_traceback_later()
    at.unlink()
    told.put(outcomes)


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (2**20 if sys.platform == "darwin" else 2**10)


@click.command()
@click.option("--count", "size", default=10_000, help="个数 (number of files)。")
@click.option("--first", default=1, help="第一个的编号 (number of the first)。")
@click.option("--jobs", default=2, help="进程数 (processes)。")
def main(size: int, first: int, jobs: int) -> None:
    """把损坏的台账和公告喂给导入 (fuzz)：不崩溃、不卡死、不写半截。"""
    FOUND.mkdir(parents=True, exist_ok=True)
    outcomes: Counter[str] = Counter()
    complaints: dict[int, str] = {}
    waiting = [range(first + job, first + size, jobs) for job in range(jobs)]
    with tempfile.TemporaryDirectory() as folder:
        running: list[tuple[range, Path, multiprocessing.Process]] = []
        told: multiprocessing.Queue[object] = multiprocessing.Queue()
        started = 0
        while waiting or running:
            while waiting:
                started += 1
                numbers, at = waiting.pop(), Path(folder) / str(started)
                process = multiprocessing.Process(target=_work, args=(numbers, at, told))
                process.start()
                running.append((numbers, at, process))
            time.sleep(0.5)
            while not told.empty():
                said = told.get()
                if isinstance(said, Counter):
                    outcomes.update(said)
                elif isinstance(said, tuple):
                    complaints[said[0]] = said[1]
                    click.echo(f"{said[0]}: {said[1].strip().splitlines()[-1]}", err=True)
            for each in [each for each in running if not each[2].is_alive()]:
                running.remove(each)
                numbers, at, process = each
                if at.exists():
                    number = int(at.read_text())
                    complaints[number] = f"the process ended with {process.exitcode}"
                    click.echo(f"{number}: {complaints[number]}", err=True)
                    waiting.append(range(number + numbers.step, numbers.stop, numbers.step))
        while not told.empty():
            said = told.get()
            if isinstance(said, Counter):
                outcomes.update(said)
            elif isinstance(said, tuple):
                complaints[said[0]] = said[1]
    _keep(complaints)
    for outcome, times in sorted(outcomes.items()):
        click.echo(f"{times:>7,}  {outcome}")
    click.echo(f"{len(complaints):>7,}  to be mended{f' (see {FOUND})' if complaints else ''}")
    sys.exit(1 if complaints else 0)


def _keep(complaints: dict[int, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        for number, said in sorted(complaints.items()):
            path = trial.file(number)
            shutil.move(path, FOUND / path.name)
            (FOUND / f"{number}.why").write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()
