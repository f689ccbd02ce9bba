"""Rows of a worksheet that are pasted: what is known by a head, and what by the order."""

from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.division import Divisions
from ipfinance.domain.fields import FIELDS
from ipfinance.domain.money import WAN
from ipfinance.domain.reading import Setting
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import read_files
from ipfinance.intake.pasted import as_file, read_block
from ipfinance.progress import Progress
from tests import make

HEAD = "序号\t登记编号\t出质人\t登记日\t担保债权额（元）\t专利号\t联系人"


def test_that_a_row_with_its_head_is_known_by_the_head() -> None:
    number = make.patent_number(1)
    pasted = read_block(
        f"{HEAD}\n1\tY2019330000123\t示例甲公司\t2019.3.5\t5,000,000\t{number}\t王某\n"
    )
    assert pasted is not None
    assert pasted.rows == (
        {
            "reg_no": "Y2019330000123",
            "pledgor": "示例甲公司",
            "registered_on": "2019.3.5",
            "secured_amount": "500",
            "rights": number,
        },
    )
    assert pasted.unknown == ("序号", "联系人")


def test_that_a_cell_of_several_lines_stays_one_cell() -> None:
    pasted = read_block('出质人\t登记号\t登记日期\t专利号\n示例甲公司\t甲\t2019-3-5\t"a\nb"\n')
    assert pasted is not None
    assert [row["rights"] for row in pasted.rows] == ["a\nb"]


def test_that_without_a_head_the_order_of_the_ledger_holds() -> None:
    cells = ["专利", "Y2019330000123", "2019-03-05", "示例甲公司"]
    pasted = read_block("\t".join(cells))
    assert pasted is not None
    keys = [field.key for field in FIELDS[:4]]
    assert pasted.rows == (dict(zip(keys, cells, strict=True)),)
    whole = read_block(
        "\n".join("\t".join(["商标", *map(str, range(len(FIELDS) - 1))]) for _ in "ab")
    )
    assert whole is not None
    assert len(whole.rows) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "专利",
        "a\tb",
        "示例甲公司\t2019-03-05\t500",
        HEAD,  # a head with nothing beneath
        "\t".join(["专利", *"x" * len(FIELDS)]),  # more columns than the ledger has
    ],
)
def test_that_columns_which_are_not_known_are_not_guessed(text: str) -> None:
    assert read_block(text) is None


def test_that_an_import_reads_the_block(tmp_path: Path, divisions: Divisions, store: Store) -> None:
    lines = []
    for reg_no in ("甲", "乙"):
        told = {
            "kind": "专利",
            "reg_no": reg_no,
            "registered_on": "2019-03-05",
            "pledgor": "示例甲公司",
            "city": "杭州市",
            "secured_amount": "500",
        }
        lines.append("\t".join(told.get(field.key, "") for field in FIELDS))
    pasted = read_block("\n".join(lines))
    assert pasted is not None
    path = as_file(pasted, tmp_path)
    plan = read_files([path], store, Setting(divisions, make.TODAY), Progress())
    assert plan.counts[Status.NEW] == 2
    amounts = [entry.after.secured_amount_fen for entry in plan.entries if entry.after]
    assert amounts == [500 * WAN] * 2
