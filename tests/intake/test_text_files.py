"""Ledgers in text files: encodings, separators, quotes, codes a spreadsheet has spoilt."""

from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.errors import UserError
from ipfinance.intake.sheets import read_book
from ipfinance.intake.text_files import read_text
from tests.intake.sheets_made import cells, ledger, read, write_csv

_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", _ENCODINGS)
def test_that_a_text_file_is_read_in_the_encodings_of_spreadsheets(
    store: Store, tmp_path: Path, encoding: str
) -> None:
    made = cells(pledgor="示例㐂精密有限公司" if encoding != "gbk" else "示例甲公司", note="﨑")
    if encoding in ("gbk", "gb18030"):
        made["note"] = "备注"
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(made), encoding))
    assert plan.errors == ()
    assert plan.entries[0].cells["pledgor"] == made["pledgor"]


@pytest.mark.parametrize(("suffix", "mark"), [("tsv", "\t"), ("txt", "\t"), ("csv", ";")])
def test_that_other_separators_are_found(
    store: Store, tmp_path: Path, suffix: str, mark: str
) -> None:
    lines = [mark.join(map(str, line)) for line in ledger(cells(), cells())]
    path = tmp_path / f"台账.{suffix}"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(read(store, path).entries) == 2
    assert read(store, path).errors == ()


def test_that_a_cell_with_line_breaks_and_commas_is_one_cell(store: Store, tmp_path: Path) -> None:
    made = cells(rights="201520000017.2\n201520000025.0", right_names="甲,乙", note='说"好"')
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(made)))
    assert plan.errors == ()
    pledge = plan.entries[0].after
    assert pledge is not None
    assert [right.number for right in pledge.rights] == ["201520000017.2", "201520000025.0"]
    assert pledge.note == '说"好"'


def test_that_a_code_kept_as_text_by_a_formula_is_its_text(store: Store, tmp_path: Path) -> None:
    made = cells(reg_no='="2019980000001"')
    [entry] = read(store, write_csv(tmp_path / "台账.csv", ledger(made))).entries
    assert entry.after is not None
    assert entry.after.reg_no == "2019980000001"


@pytest.mark.parametrize("key", ["reg_no", "uscc", "rights"])
def test_that_a_code_rounded_by_a_spreadsheet_is_rejected(
    store: Store, tmp_path: Path, key: str
) -> None:
    made = cells(**{key: "9.13301E+17"})
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(made)))
    assert [(fault.field, fault.rule) for fault in plan.errors] == [(key, "code_rounded")]


def test_that_two_rounded_numbers_are_not_taken_for_one_registration(
    store: Store, tmp_path: Path
) -> None:
    made = ledger(cells(reg_no="2.01998E+12"), cells(reg_no="2.01998E+12"))
    plan = read(store, write_csv(tmp_path / "台账.csv", made))
    assert [entry.place.rows for entry in plan.entries] == [(2,), (3,)]
    assert {fault.rule for fault in plan.errors} == {"code_rounded"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_that_text_that_begins_like_a_formula_is_text(
    store: Store, tmp_path: Path, start: str
) -> None:
    made = cells(pledgee=f"{start}示例银行", note=f"{start}1+1")
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(made)))
    pledge = plan.entries[0].after
    assert pledge is not None
    assert (pledge.pledgees[0].name, pledge.note) == (f"{start}示例银行", f"{start}1+1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "编码"),
        ("登记号,登记日期\n".encode() + b"\x80\xff\xff", "编码"),
        (b"\x00\x01\x02\x03" * 50, "非文本"),
        ('登记号,登记日期,出质人\n"未闭合'.encode() + b"x" * 2**21, "引号"),
    ],
)
def test_that_what_is_no_text_is_refused_in_words(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        read_book(path)


def test_that_a_text_that_is_too_vast_is_told_by_its_rows_and_columns() -> None:
    data = "\r\n".join(["," * 8999] * 1000).encode()
    with pytest.raises(UserError, match="1,000 行 × 9,000 列，最多 8,000,000 格"):
        read_text(data, "宽.csv", ".csv")
