"""What surrounds the rows of a sheet: titles, units, totals, notes, several tables."""

from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind
from ipfinance.intake.importing import Plan
from tests.intake.sheets_made import HEAD, KEYS, cells, ledger, read, row, rules, write_xlsx

_WIDTH = len(HEAD)
_NO_PLACE = [key for key in KEYS if key not in ("kind", "city", "county")]
_NO_KIND = [key for key in KEYS if key != "kind"]


def _line(text: str, column: int = 0) -> list[Any]:
    return [""] * column + [text] + [""] * (_WIDTH - column - 1)


def _head(keys: list[str]) -> list[Any]:
    return [HEAD[KEYS.index(key)] for key in keys]


def _plan(store: Store, folder: Path, sheets: Any, merged: Any = ()) -> Plan:
    return read(store, write_xlsx(folder / "台账.xlsx", sheets, merged))


def _pledges(plan: Plan) -> list[Any]:
    assert plan.errors == ()
    return [entry.after for entry in plan.entries]


def test_that_titles_notes_totals_and_signatures_are_no_registrations(
    store: Store, tmp_path: Path
) -> None:
    total = _line("合  计")
    total[KEYS.index("secured_amount")] = 1000
    signed = _line("单位负责人：张三")
    signed[4], signed[7] = "统计负责人：李四", "填表人：王五"
    rows = [
        _line("2019年度知识产权质押登记台账"),
        _line("填报单位：庆元县某局"),
        *ledger(cells(), cells()),
        total,
        _line("注：1.金额为登记的担保债权数额。2.2019年起按新口径。"),
        signed,
        _line("联系电话：0571-00000000"),
        _line("以下空白", 3),
    ]
    plan = _plan(store, tmp_path, rows)
    assert len(_pledges(plan)) == 2
    assert plan.warnings == ()
    assert plan.entries[0].place.rows == (4,)


@pytest.mark.parametrize(
    ("line", "amount", "fen"),
    [
        ("单位：万元", 12.5, 12_500_000),
        ("单位：元", 12.5, 1250),
        ("（单位：亿元）", 0.5, 5_000_000_000),
        ("计量单位：万元、家、件", 12.5, 12_500_000),
        ("金额单位：人民币万元", 12.5, 12_500_000),
    ],
)
def test_that_the_unit_line_gives_the_unit(
    store: Store, tmp_path: Path, line: str, amount: float, fen: int
) -> None:
    head, body = ledger(cells(secured_amount=amount))
    head[KEYS.index("secured_amount")] = "质押金额"
    [pledge] = _pledges(_plan(store, tmp_path, [_line(line, _WIDTH - 1), head, body]))
    assert pledge.secured_amount_fen == fen


def test_that_the_unit_may_stand_in_the_cell_beside(store: Store, tmp_path: Path) -> None:
    head, body = ledger(cells())
    head[KEYS.index("secured_amount")] = "质押金额"
    above = ["填报单位：某局", "", "", "单位：", "万元"]
    [pledge] = _pledges(_plan(store, tmp_path, [above, head, body]))
    assert pledge.secured_amount_fen == 500_000_000


def test_that_a_header_with_a_unit_overrules_the_unit_line(store: Store, tmp_path: Path) -> None:
    [pledge] = _pledges(_plan(store, tmp_path, [_line("单位：元"), *ledger(cells())]))
    assert pledge.secured_amount_fen == 500_000_000


def test_that_an_amount_without_any_unit_is_rejected(store: Store, tmp_path: Path) -> None:
    head, *body = ledger(cells(), cells(secured_amount="500万元"))
    head[KEYS.index("secured_amount")] = "质押金额"
    plan = _plan(store, tmp_path, [_line("填报单位：庆元县局"), head, *body])
    assert rules(plan) == [("质押金额", 3, "amount_unit_missing")]


def test_that_a_unit_that_is_not_understood_is_told_and_nothing_guessed(
    store: Store, tmp_path: Path
) -> None:
    head, body = ledger(cells())
    head[KEYS.index("secured_amount")] = "质押金额（百万元）"
    plan = _plan(store, tmp_path, [_line("单位：万元"), head, body])
    assert rules(plan) == [("质押金额（百万元）", 3, "amount_unit_missing")]
    assert [(w.rule, w.value) for w in plan.warnings] == [("unit_unknown", "百万元")]


@pytest.mark.parametrize("merged", [True, False])
def test_that_cities_hold_downwards_only_where_cells_are_merged(
    store: Store, tmp_path: Path, merged: bool
) -> None:
    rows = ledger(cells(county=""), cells(city="", county=""), cells(city="", county=""))
    plan = _plan(store, tmp_path, rows, ["F2:F4"] if merged else [])
    if merged:
        assert {pledge.city for pledge in _pledges(plan)} == {"330100"}
    else:
        assert rules(plan) == [("设区市", 3, "area_missing"), ("设区市", 4, "area_missing")]


def test_that_kind_and_city_may_stand_in_the_name_of_the_sheet(
    store: Store, tmp_path: Path
) -> None:
    mark = cells(rights="12345678", secured_amount=1)
    sheets = {
        "杭州专利": [_head(_NO_PLACE), row(cells(), _NO_PLACE)],
        "宁波市商标2019": [_head(_NO_PLACE), row(mark, _NO_PLACE)],
    }
    first, second = _pledges(_plan(store, tmp_path, sheets))
    assert (first.kind, first.city) == (Kind.PATENT, "330100")
    assert (second.kind, second.city) == (Kind.TRADEMARK, "330200")


def test_that_kind_and_county_may_stand_in_the_title(store: Store, tmp_path: Path) -> None:
    rows = [["2019年义乌市专利权质押登记台账"], _head(_NO_PLACE), row(cells(), _NO_PLACE)]
    [pledge] = _pledges(_plan(store, tmp_path, rows))
    assert (pledge.kind, pledge.city, pledge.county) == (Kind.PATENT, "330700", "330782")


def test_that_a_bank_in_the_title_is_no_city(store: Store, tmp_path: Path) -> None:
    rows = [["宁波银行专利权质押登记"], _head(_NO_PLACE), row(cells(), _NO_PLACE)]
    assert rules(_plan(store, tmp_path, rows)) == [("设区市", 3, "column_missing")]


def test_that_a_title_of_both_kinds_says_neither(store: Store, tmp_path: Path) -> None:
    rows = [["专利权、商标权质押登记汇总"], _head(_NO_KIND), row(cells(), _NO_KIND)]
    assert rules(_plan(store, tmp_path, rows)) == [("质押类型", 3, "column_missing")]


def test_that_a_name_and_a_title_that_contradict_each_other_say_nothing(
    store: Store, tmp_path: Path
) -> None:
    sheets = {"宁波专利": [["杭州市专利"], _head(_NO_PLACE), row(cells(), _NO_PLACE)]}
    plan = _plan(store, tmp_path, sheets)
    assert rules(plan) == [("设区市", 3, "column_missing")]
    assert [warning.rule for warning in plan.remarks] == ["heading_contradicts"]


def test_that_a_cell_of_the_row_overrules_the_title(store: Store, tmp_path: Path) -> None:
    rows = [["宁波市专利质押登记台账"], *ledger(cells())]
    [pledge] = _pledges(_plan(store, tmp_path, rows))
    assert pledge.city == "330100"


def test_that_section_headings_hold_for_the_rows_below(store: Store, tmp_path: Path) -> None:
    rows = [
        _head(_NO_KIND),
        ["一、专利权质押"],
        row(cells(), _NO_KIND),
        ["二、商标专用权质押"],
        row(cells(rights="12345678"), _NO_KIND),
    ]
    plan = _plan(store, tmp_path, rows, ["A2:L2", "A4:L4"])
    assert [pledge.kind for pledge in _pledges(plan)] == [Kind.PATENT, Kind.TRADEMARK]


def test_that_a_header_repeated_on_each_page_is_skipped(store: Store, tmp_path: Path) -> None:
    title = _line("2019年度知识产权质押登记台账")
    first, second = ledger(cells(), cells()), ledger(cells())
    plan = _plan(store, tmp_path, [title, *first, [], title, *second])
    assert len(_pledges(plan)) == 3


def test_that_a_second_table_with_other_columns_is_read_by_its_own_header(
    store: Store, tmp_path: Path
) -> None:
    keys = ["registered_on", "reg_no", "pledgor", "county", "secured_amount", "rights"]
    rows = [
        ["专利权质押登记"],
        *ledger(cells()),
        ["商标专用权质押登记"],
        ["单位：亿元"],
        ["登记日期", "登记号", "出质人", "县区", "金额", "商标号"],
        row(cells(rights="12345678", secured_amount=0.5, reg_no="商1"), keys),
    ]
    first, second = _pledges(_plan(store, tmp_path, rows))
    assert (second.kind, second.secured_amount_fen) == (Kind.TRADEMARK, 5_000_000_000)
    assert first.kind is Kind.PATENT


def test_that_a_row_numbering_the_columns_is_skipped(store: Store, tmp_path: Path) -> None:
    head, body = ledger(cells())
    numbers = [number + 1 for number in range(_WIDTH)]
    words = ["甲", "乙", *(f"({number + 1})" for number in range(_WIDTH - 2))]
    assert len(_pledges(_plan(store, tmp_path, [head, numbers, body]))) == 1
    assert len(_pledges(_plan(store, tmp_path, [head, words, body]))) == 1


def test_that_prepared_lines_without_content_are_skipped(store: Store, tmp_path: Path) -> None:
    head, body = ledger(cells())
    rows = [["序号", *head], [1, *body], [2], [3, "专利", "", "", "", "", "杭州市", "上城区"]]
    assert len(_pledges(_plan(store, tmp_path, rows))) == 1


def test_that_nothing_half_filled_is_dropped_in_silence(store: Store, tmp_path: Path) -> None:
    half = dict.fromkeys(KEYS, "")
    rows = ledger(cells(), {**half, "secured_amount": 300}, {**half, "pledgor": "示例乙公司"})
    plan = _plan(store, tmp_path, rows)
    assert [entry.place.rows for entry in plan.entries if entry.errors] == [(3,), (4,)]


def test_that_a_sheet_that_may_be_a_ledger_is_not_left_out_in_silence(
    store: Store, tmp_path: Path
) -> None:
    keys = [key for key in KEYS if key not in ("registered_on", "reg_no")]
    sheets = {
        "一月": ledger(cells()),
        "二月": [_head(keys), row(cells(), keys)],
        "说明": [["本表由各市填报"]],
    }
    plan = _plan(store, tmp_path, sheets)
    assert len(plan.sources[0].skipped) == 2
    [warning] = plan.warnings
    assert (warning.sheet, warning.rule) == ("二月", "sheet_skipped")
    assert "缺少 登记日期" in warning.text


def test_that_blank_rows_and_columns_do_not_disturb(store: Store, tmp_path: Path) -> None:
    rows = [["", "", *line] for line in ledger(cells(), cells())]
    plan = _plan(store, tmp_path, [[], [], rows[0], [], rows[1], [], rows[2]])
    assert [entry.place.rows for entry in plan.entries] == [(5,), (7,)]
    assert _pledges(plan)
