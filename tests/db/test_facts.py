"""The statistics settings are kept in the store, as one act, and undone like any other."""

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, read_facts, write_facts
from ipfinance.domain.money import WAN, Unit
from tests import make

CHOSEN = Facts(
    office="示例市知识产权局",
    area=make.HUZHOU,
    inclusive_threshold_fen=2000 * WAN,
    total_first=True,
    amount_unit=Unit.YI,
    amount_decimals=1,
    rights_distinct=True,
)


def test_that_every_setting_is_kept_as_one_act_and_undone_as_one(store: Store) -> None:
    before = _acts(store)
    write_facts(store, CHOSEN)
    assert read_facts(store) == CHOSEN
    assert _acts(store) == before + 1
    history.undo(store)
    assert read_facts(store) == Facts()
    history.redo(store)
    assert read_facts(store) == CHOSEN


def test_that_nothing_is_written_when_nothing_changed(store: Store) -> None:
    write_facts(store, CHOSEN)
    acts = _acts(store)
    write_facts(store, CHOSEN)
    assert _acts(store) == acts


def _acts(store: Store) -> int:
    return int(store.connection.execute("SELECT count(*) FROM act").fetchone()[0])
