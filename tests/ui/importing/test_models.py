"""The tables of the import's window hold to Qt's rules, and say in words what would happen."""

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.domain.reading import Setting
from ipfinance.intake.comparing import Status
from ipfinance.intake.findings import Place
from ipfinance.intake.importing import Plan, read_files
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.import_columns import letter_of
from ipfinance.ui.models.import_model import (
    city_columns,
    entry_columns,
    is_total,
    rows_of,
    signed_wan,
    where,
    with_total,
)
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.roles import Role, Tone
from tests.ui import ledgers_made as ledgers


@pytest.fixture
def plan(desk: Desk, store: Store, tmp_path: Path) -> Plan:
    rows = [
        ledgers.row(1),
        ledgers.row(2, registered_on="2019-02-30", secured_amount="五百"),
        ledgers.row(3, secured_amount=None),
    ]
    file = ledgers.write(tmp_path / "a.xlsx", rows)
    return read_files([file], store, Setting(desk.divisions, desk.today()), Progress())


def test_that_the_models_hold_to_the_rules_of_qt(qtmodeltester: ModelTester, plan: Plan) -> None:
    entries = RowsModel(entry_columns())
    entries.set_rows(rows_of(plan.entries))
    cities = RowsModel(city_columns(), is_total=is_total)
    cities.set_rows(with_total(plan.cities))
    for model in (entries, cities):
        qtmodeltester.check(model)
        qtmodeltester.check(model, force_py=True)
        for column in range(model.columnCount()):
            model.sort(column)


def test_that_each_entry_says_what_is_to_be_done(plan: Plan) -> None:
    new, rejected, warned = rows_of(plan.entries)
    assert (new.entry.status, new.remark, new.amount_fen) == (Status.NEW, "", 100 * WAN)
    assert rejected.entry.status is Status.REJECTED
    assert rejected.remark.endswith("（共 2 处错误）")
    assert (rejected.reg_no, rejected.pledgors) == ("Y2019980000002", "示例丙机械有限公司")
    assert rejected.amount_fen is None
    assert "列入待补" in warned.remark
    model = RowsModel(entry_columns())
    model.set_rows([new, rejected, warned])
    tones = [model.index(row, 5).data(Role.FAULT) for row in range(3)]
    assert tones == [None, Tone.DANGER, Tone.WARNING]
    assert [model.index(row, 4).data() for row in range(3)] == ["100.00", "—", "待补"]


def test_that_a_place_is_as_short_as_the_files_allow() -> None:
    place = Place("a.xlsx", "专利", (3, 4, 5))
    assert where(place) == "a.xlsx · 专利 · 第 3—5 行"
    assert where(place, file=False) == "专利 · 第 3—5 行"
    assert where(Place("a.xlsx", "专利", (7,)), file=False, sheet=False) == "第 7 行"


def test_that_the_total_is_the_sum_of_the_cities(plan: Plan) -> None:
    *cities, total = with_total(plan.cities)
    assert len(cities) == 11
    assert is_total(total)
    assert (total.fen_before, total.fen_after) == (0, 100 * WAN)
    assert total.registrations_after == 2


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "—"), (150 * WAN, "+150.00"), (-1_234_567_890, "−1,234.57")]
)
def test_that_a_difference_has_its_sign(fen: int, text: str) -> None:
    assert signed_wan(fen) == text


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ")]
)
def test_that_columns_are_called_as_spreadsheets_call_them(index: int, letters: str) -> None:
    assert letter_of(index) == letters
