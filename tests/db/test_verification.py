"""A sound store has nothing to tell; every sort of harm is found."""

from collections.abc import Callable
from datetime import date

import pytest

from ipfinance.db import history
from ipfinance.db.batches import write_batch
from ipfinance.db.connection import Store, open_store
from ipfinance.db.party_names import Party, rename
from ipfinance.db.registrar import Registrar, cancel, delete, purge
from ipfinance.db.verification import verify
from ipfinance.demonstration import fill
from ipfinance.domain.pledge import EventKind
from ipfinance.progress import Progress
from tests import make


@pytest.fixture
def worked(store: Store) -> Store:
    """A store after all sorts of work."""
    stored = make.stored(
        store,
        make.pledge(reg_no="甲", events=(make.event(EventKind.EXTENSION),)),
        make.pledge(reg_no="乙", pledgors=(make.pledgor(), make.person())),
        make.pledge(reg_no="丙", rights=(), rights_declared=3),
        make.pledge(reg_no="丁", events=(make.event(EventKind.REVOCATION),)),
    )
    numbers = [pledge.id for pledge in stored if pledge.id is not None]
    cancel(store, numbers[:1], date(2021, 1, 1))
    delete(store, numbers[1:2])
    history.undo(store)
    history.undo(store)
    history.redo(store)
    return store


def test_that_a_sound_store_has_nothing_to_tell(worked: Store) -> None:
    assert verify(worked) == []


def test_that_a_demonstration_is_sound(store: Store) -> None:
    fill(store, make.TODAY, Progress(), size=500)
    assert verify(store) == []
    history.undo(store)
    assert verify(store) == []


def _without_triggers(*sql: str) -> Callable[[Store], None]:
    """Write past the triggers, as a damaged or a meddling program would."""

    def harm(store: Store) -> None:
        connection = store.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER {trigger['name']}")
        for statement in sql:
            connection.execute(statement)
        for trigger in triggers:
            connection.execute(trigger["sql"])

    return harm


HARMS: dict[str, tuple[str, ...]] = {
    "出质人所带的登记日期": ("UPDATE pledge_pledgor SET secured_amount_fen = 1 WHERE pledge = 1",),
    "质权人所带的登记日期": ("UPDATE pledge_pledgee SET city = '330200' WHERE pledge = 1",),
    "权利所带的登记日期": ("UPDATE pledge_right SET counted = 0 WHERE pledge = 1",),
    "没有第一出质人": ("DELETE FROM pledge_pledgor WHERE pledge = 1",),
    "不是第一出质人的地区": ("UPDATE pledge SET county = '330106' WHERE id = 1",),
    "件数与所列权利不一致": ("UPDATE pledge SET rights_count = 9 WHERE id = 3",),
    "终止日期或终止原因": ("UPDATE pledge SET ended_on = NULL WHERE id = 1",),
    "计数标记与事件": ("UPDATE pledge SET counted = 1 WHERE id = 4",),
    "当天不存在": ("UPDATE pledge_pledgor SET county = '330114' WHERE pledge = 1",),
    "不属于所写的设区市": ("UPDATE pledge_pledgor SET city = '330200' WHERE pledge = 1",),
    "设区市不在行政区划表里": ("UPDATE pledge_pledgor SET city = '320100' WHERE pledge = 1",),
    "事件早于登记日期": ("UPDATE event SET happened_on = '2018-01-01' WHERE pledge = 1",),
    "引用了 pledgee 中不存在的记录": ("DELETE FROM pledgee",),
    "与操作历史不符": ("UPDATE setting SET value = '旁门'",),
    "历史里却没有删除": ("DELETE FROM setting",),
    "没有来历": (
        "INSERT INTO pledgee (uid, name, name_key) VALUES (printf('%036d', 1), '甲', '甲')",
    ),
    "记载新增 2 笔，实际有 1 笔": (
        """
        INSERT INTO batch (uid, act, file_name, sha256, read_count, new_count, changed_count,
            same_count, rejected_count, secured_amount_fen)
        VALUES (printf('%036d', 2), 1, '台账.xlsx', printf('%064d', 1), 2, 2, 0, 0, 0, 0)
        """,
        "UPDATE pledge SET batch = 1 WHERE id = 1",
    ),
}


@pytest.mark.parametrize("said", HARMS)
def test_that_harm_is_found(worked: Store, said: str) -> None:
    with worked.act("设置"):
        worked.connection.execute("INSERT INTO setting (name, value) VALUES ('office', '一')")
        worked.connection.execute("UPDATE setting SET value = '二'")
    _without_triggers(*HARMS[said])(worked)
    assert any(said in sentence for sentence in verify(worked))


def test_that_a_registration_is_named(worked: Store) -> None:
    _without_triggers("UPDATE pledge SET rights_count = 9 WHERE id = 3")(worked)
    assert verify(worked) == ["登记 丙：件数与所列权利不一致"]


@pytest.mark.parametrize("party", Party)
def test_that_a_party_under_another_name_is_not_called_wrong(store: Store, party: Party) -> None:
    make.stored(store, make.pledge())
    rename(store, party, 1, "示例新名有限公司")
    assert verify(store) == []


def test_that_damaged_pages_are_told_and_nothing_more(worked: Store) -> None:
    found = "SELECT rootpage FROM sqlite_master WHERE name = 'pledge_figures'"
    root = worked.connection.execute(found).fetchone()[0]
    size = worked.connection.execute("PRAGMA page_size").fetchone()[0]
    path = worked.path
    worked.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with open_store(path) as damaged:
        told = verify(damaged)
    assert told
    assert all(sentence.startswith("文件损坏：") for sentence in told)


def test_that_many_of_one_sort_are_counted(store: Store) -> None:
    make.stored(store, *(make.pledge() for _ in range(30)))
    _without_triggers("UPDATE pledge SET rights_count = 9")(store)
    found = verify(store)
    assert len(found) == 21
    assert found[-1] == "还有 10 处：件数与所列权利不一致"


def test_that_a_registration_removed_for_good_is_not_missed_in_its_import(store: Store) -> None:
    with store.act("导入") as act:
        batch, _ = write_batch(store, act, "台账.xlsx", "0" * 64, (2, 0, 0, 0, 0, 0), 0)
        with Registrar(store, batch) as registrar:
            gone, stays = registrar.register(make.pledge()), registrar.register(make.pledge())
    assert verify(store) == []
    delete(store, [gone])
    purge(store, [gone])
    assert verify(store) == []
    store.connection.execute("UPDATE pledge SET batch = NULL WHERE id = ?", (stays,))
    assert any("台账.xlsx：记载新增 2 笔，实际有 1 笔" in each for each in verify(store))
