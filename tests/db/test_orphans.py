"""The work list of notices: kept, written over, settled, and told in the history."""

import json
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from ipfinance.db import history
from ipfinance.db.connection import APPLICATION_ID, SCHEMA_VERSION, Store, connect, open_store
from ipfinance.db.migrations import MIGRATIONS
from ipfinance.db.orphans import Orphan, keep, settle, waiting
from ipfinance.db.pledged_rights import holding, known_place
from ipfinance.db.registrar import delete
from tests import make


def _orphan(**changes: object) -> Orphan:
    values: dict[str, object] = {
        "code": "PC01",
        "reg_no": "Y2019330000123",
        "happened_on": date(2020, 12, 3),
        "text": "专利权质押合同登记的注销",
        "fields": {"pledgors": ["甲公司"]},
    }
    return Orphan(**(values | changes))  # type: ignore[arg-type]


def test_that_a_store_without_a_work_list_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before="m0008_create_notice_orphans")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with open_store(path) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        with store.act("测试"):
            keep(store, _orphan())
        assert len(waiting(store)) == 1
    assert list(tmp_path.glob("old.db.v7-*.bak"))


def test_that_what_is_kept_comes_back_as_it_was(store: Store) -> None:
    orphan = _orphan(reg_no=None, happened_on=None)
    with store.act("测试"):
        keep(store, orphan)
    [kept] = waiting(store)
    assert kept.id is not None
    assert kept == _orphan(reg_no=None, happened_on=None, id=kept.id)


def test_that_a_waiting_one_is_written_over_and_settled_with_history(store: Store) -> None:
    with store.act("列入"):
        keep(store, _orphan())
    [kept] = waiting(store)
    assert kept.id is not None
    with store.act("再粘贴"):
        keep(store, _orphan(id=kept.id, fields={"pledgors": ["甲公司", "乙公司"]}))
    with store.act("执行"):
        settle(store, [kept.id])
    assert waiting(store) == []
    told = history.of_row(store, "notice_orphan", kept.id)
    assert [(change.words, change.column) for change in told] == [
        ("再粘贴", "fields"),
        ("执行", "done"),
    ]
    assert json.loads(str(told[0].after)) == {"pledgors": ["甲公司", "乙公司"]}
    history.undo(store)
    history.undo(store)
    assert waiting(store) == [kept]
    history.undo(store)
    assert waiting(store) == []


def test_that_a_patent_is_found_in_the_registrations_that_count(store: Store) -> None:
    right = make.right()
    one, other = make.stored(
        store, make.pledge(rights=(right,)), make.pledge(rights=(make.right(), right))
    )
    assert holding(store, [right.number, "1"]) == {right.number: [one.id, other.id]}
    assert one.id is not None
    delete(store, [one.id])
    assert holding(store, [right.number]) == {right.number: [other.id]}


def test_that_a_place_is_that_of_the_nearest_registration_before(store: Store) -> None:
    company = make.pledgor()
    make.stored(
        store,
        make.pledge(pledgors=(company,), registered_on=date(2018, 1, 1)),
        make.pledge(pledgors=(make.pledgor(county=make.XIHU),), registered_on=date(2020, 1, 1)),
    )
    for day, county in (
        (date(2019, 12, 31), make.BINJIANG),
        (date(2021, 1, 1), make.XIHU),
        (date(2015, 1, 1), make.BINJIANG),
    ):
        place = known_place(store, company.name, day)
        assert place is not None
        assert (place.city, place.county, place.code) == (make.HANGZHOU, county, company.uscc)
    assert known_place(store, "没有这家公司", date(2019, 1, 1)) is None


def test_that_namesakes_tell_no_place(store: Store) -> None:
    make.stored(
        store,
        make.pledge(pledgors=(make.pledgor("同名公司", uscc=make.credit_code()),)),
        make.pledge(pledgors=(make.pledgor("同名公司", uscc=make.credit_code()),)),
    )
    assert known_place(store, "同名公司", date(2020, 1, 1)) is None
