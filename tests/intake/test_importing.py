"""From plan to store: one act, whole or not at all."""

import hashlib
import threading
from dataclasses import replace
from itertools import count as count_from
from pathlib import Path

import pytest

from ipfinance.db import history
from ipfinance.db.batches import all_batches
from ipfinance.db.connection import Store, open_store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import count
from ipfinance.db.registrar import register
from ipfinance.errors import Cancelled, UserError
from ipfinance.intake import importing
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.intake.mending import mend
from ipfinance.progress import Progress
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, rules, setting, write_xlsx


def test_that_good_rows_go_in_and_the_others_come_back(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "台账.xlsx",
        ledger(cells(), cells(secured_amount=250.5), cells(registered_on="2019-02-30")),
    )
    receipt = bring_in(store, path)
    assert (receipt.read, receipt.new, receipt.rejected) == (3, 2, 1)
    assert receipt.secured_amount_fen == 750_500_000
    assert count(store) == 2
    [fault] = receipt.faults
    assert fault.as_json() == {
        "file": "台账.xlsx",
        "sheet": "质押登记台账",
        "row": 4,
        "column": "登记日期",
        "value": "2019-02-30",
        "rule": "date_impossible",
        "text": "没有「2019-02-30」这一天，请核对月份和日数",
    }


def test_that_an_import_is_one_act_and_one_batch(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells(), cells(registered_on="")))
    receipt = bring_in(store, path)
    [batch] = all_batches(store)
    assert (batch.file_name, batch.who) == ("台账.xlsx", "测试员")
    assert batch.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (batch.read_count, batch.new_count, batch.rejected_count) == (2, 1, 1)
    assert (receipt.batch, receipt.batch_uid) == (batch.id, batch.uid)
    act = history.undoable(store)
    assert act is not None
    assert (act.id, act.words) == (batch.act, "导入 台账.xlsx")
    assert len(select(store, Filter(batch=batch.id), make.TODAY)) == 1


def test_that_undo_takes_an_import_back(store: Store, tmp_path: Path) -> None:
    before = make.dump(store, leaving_out=("act", "history", "sqlite_sequence"))
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells(), cells()))
    bring_in(store, path)
    history.undo(store)
    assert make.dump(store, leaving_out=("act", "history", "sqlite_sequence")) == before
    history.redo(store)
    assert bring_in(store, path).same == 2


def test_that_all_or_nothing_writes_nothing_for_one_rejected_row(
    store: Store, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells(), cells(county="无此县")))
    before = make.dump(store)
    plan = read(store, path)
    receipt = carry_out(plan, store, Progress(), all_or_nothing=True)
    assert (receipt.rejected, receipt.batch, receipt.is_written) == (1, None, False)
    assert make.dump(store) == before
    good = write_xlsx(tmp_path / "好.xlsx", ledger(cells()))
    assert carry_out(read(store, good), store, Progress(), all_or_nothing=True).new == 1


@pytest.mark.parametrize("least_bulk", [1, 5000])
def test_that_an_import_cancelled_at_any_step_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least_bulk: int
) -> None:
    monkeypatch.setattr(importing, "_LEAST_BULK", least_bulk)
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(*(cells() for _ in range(30))))
    before, schema = make.dump(store), _schema(store)
    for at in count_from(0):
        progress = _StoppedAt(at)
        try:
            receipt = carry_out(
                read_files([path], store, setting(store), progress), store, progress
            )
        except Cancelled:
            assert make.dump(store) == before
            assert _schema(store) == schema
        else:
            break
    assert receipt.new == 30
    assert at == progress.steps - 1 >= 10  # only at the last step it is too late
    assert _schema(store) == schema


class _StoppedAt(Progress):
    """Cancelled while one of its steps is shown, counted from 0."""

    def __init__(self, at: int) -> None:
        super().__init__(self._shown)
        self._at = at
        self.steps = 0

    def _shown(self, done: int, total: int, words: str) -> None:
        if self.steps == self._at:
            self.cancel()
        self.steps += 1


def _schema(store: Store) -> list[tuple[str, str]]:
    return sorted(
        map(tuple, store.connection.execute("SELECT name, sql FROM sqlite_master")), key=str
    )


def test_that_progress_moves_through_all_stages(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells()))
    steps: list[tuple[int, int, str]] = []
    progress = Progress(lambda *step: steps.append(step))
    carry_out(read_files([path], store, setting(store), progress), store, progress)
    assert [words for _, _, words in steps] == [
        # The file, its check, its one sheet, and that all is read.
        *["读取 台账.xlsx"] * 4,
        # Its one table, its one page, then what is double, who is known, and that all is done.
        *["核对登记"] * 5,
        *["写入登记"] * 2,
    ]
    assert all(done <= total for done, total, _ in steps)


def test_that_a_plan_is_not_carried_out_on_a_store_that_changed_since(
    store: Store, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells()))
    plan = read(store, path)
    register(store, make.pledge())
    before = make.dump(store)
    with pytest.raises(UserError, match="又有改动"):
        carry_out(plan, store, Progress())
    assert make.dump(store) == before


def test_that_a_plan_can_be_made_on_another_thread(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells()))
    made = []

    def work() -> None:
        with open_store(store.path) as own:
            made.append(read(own, path))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert carry_out(made[0], store, Progress()).new == 1


def test_that_the_sums_per_city_are_told_before_and_after(store: Store, tmp_path: Path) -> None:
    made = cells(secured_amount=100)
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(made, cells(secured_amount=50))))
    later = [
        {**made, "secured_amount": 120},
        cells(city="宁波市", county="海曙区", secured_amount=30),
        cells(city="宁波市", county="无此县", secured_amount=999),
    ]
    plan = read(store, write_xlsx(tmp_path / "后.xlsx", ledger(*later)))
    sums = {city.name: city for city in plan.cities}
    assert list(sums)[:2] == ["杭州市", "宁波市"]
    assert len(sums) == 11
    hangzhou, ningbo = sums["杭州市"], sums["宁波市"]
    assert (hangzhou.registrations_before, hangzhou.registrations_after) == (2, 2)
    assert (hangzhou.fen_before, hangzhou.fen_after) == (150_000_000, 170_000_000)
    assert (ningbo.registrations_after, ningbo.fen_before, ningbo.fen_after) == (1, 0, 30_000_000)


def test_that_a_rejected_entry_can_be_mended_in_place(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "台账.xlsx",
        ledger(cells(), cells(registered_on="2019-02-30", county="无此县"), cells()),
    )
    plan = read(store, path)
    half = mend(plan, 1, {"registered_on": "2019-02-28"}, store)
    assert rules(half) == [("县(市、区)", 3, "area_unknown")]
    whole = mend(half, 1, {"county": "西湖区"}, store)
    assert whole.counts[Status.NEW] == 3
    assert whole.errors == ()
    assert whole.entries[1].cells["registered_on"] == "2019-02-28"
    assert carry_out(whole, store, Progress()).new == 3


def test_that_what_is_mended_is_held_against_the_store_and_the_other_rows(
    store: Store, tmp_path: Path
) -> None:
    known = cells()
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(known)))
    first, second = cells(), cells(pledgor="")
    plan = read(store, write_xlsx(tmp_path / "后.xlsx", ledger(first, second)))
    mended = {"pledgor": "示例甲精密机械有限公司", "reg_no": first["reg_no"]}
    assert rules(mend(plan, 1, mended, store)) == [("登记号", 3, "reg_no_duplicate")]
    again = mend(plan, 1, {**mended, "reg_no": known["reg_no"], "note": "新"}, store)
    assert again.entries[1].status is Status.CHANGED


def test_that_a_cell_with_an_error_can_be_mended(store: Store, tmp_path: Path) -> None:
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", ledger(cells(secured_amount="#DIV/0!"))))
    assert [fault.rule for fault in plan.errors] == ["cell_is_error"]
    assert mend(plan, 0, {"secured_amount": "500万元"}, store).errors == ()


def test_that_counts_add_up_whatever_the_file_holds(store: Store, tmp_path: Path) -> None:
    made = [cells(), cells(), cells()]
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(*made)))
    later = [
        made[0],
        {**made[1], "note": "改"},
        cells(),
        cells(kind="不明"),
        {**made[2], "rights": make.patent_number(800_001)},
    ]
    receipt = bring_in(store, write_xlsx(tmp_path / "后.xlsx", ledger(*later)))
    told = receipt.as_json()
    assert [told[key] for key in ("read", "new", "changed", "same", "rejected")] == [5, 1, 2, 1, 1]
    assert told["secured_amount"] == "5000000.00"


def test_that_files_of_one_name_are_told_apart_by_their_folders(
    store: Store, tmp_path: Path
) -> None:
    paths = []
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        paths.append(write_xlsx(tmp_path / folder / "台账.xlsx", ledger(cells(county="无此县"))))
    plan = read(store, *paths)
    assert [fault.file for fault in plan.errors] == [str(path) for path in paths]
    assert plan.name.endswith("等 2 个文件")


def test_that_a_plan_is_a_value_of_its_own(store: Store, tmp_path: Path) -> None:
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", ledger(cells())))
    other = replace(plan, entries=())
    assert (plan.counts[Status.NEW], other.counts[Status.NEW]) == (1, 0)
    assert not other.changes_anything
