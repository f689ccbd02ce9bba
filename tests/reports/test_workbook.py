"""The workbook of a period: its tables, contents, ledger and data, head, foot and paper."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipfinance import __version__
from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.totals import Group
from ipfinance.domain.fields import FIELDS
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Kind
from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress
from ipfinance.reports.workbook import CHARTS, CONTENTS, DATA, LEDGER, RULES, TABLES, write_report
from ipfinance.reports.workbook_tables import BLOCKS
from ipfinance.statistics.indicators import MEASURES, SECURED_AMOUNT
from ipfinance.statistics.presenting import as_long
from ipfinance.statistics.tables import KindChoice, Table, table
from tests import make
from tests.reports import standard

YEAR = Period.year(2019)
FIRST_ROW = 11  # of the body, where 合计 stands last


def _written(store: Store, path: Path, period: Period = YEAR) -> Path:
    write_report(store, period, path, make.TODAY, Progress())
    return path


@pytest.fixture(scope="module")
def values(report: Path) -> Workbook:
    return openpyxl.load_workbook(report, data_only=True)


@pytest.fixture(scope="module")
def formulas(report: Path) -> Workbook:
    return openpyxl.load_workbook(report)


def _table(store: Store, kind: KindChoice, period: Period = YEAR) -> Table:
    return table(store, period, kind, Group.CITY, make.TODAY)


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _cells(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def _texts(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows(values_only=True):
        yield from (value for value in row if isinstance(value, str))


def _shown(fraction: Fraction | None) -> Any:
    return "—" if fraction is None else pytest.approx(float(fraction), abs=1e-12)


def _measure(key: str, value: int) -> float:
    return value / WAN if key == SECURED_AMOUNT.key else value


def test_that_the_sheets_stand_in_order(values: Workbook) -> None:
    tables = [name for names in TABLES.values() for name in names]
    assert values.sheetnames == [CONTENTS, RULES, *tables, *CHARTS.values(), LEDGER, DATA]
    assert values.active is values[CONTENTS]


@pytest.mark.parametrize("block", [0, 1])
@pytest.mark.parametrize("kind", list(KindChoice))
def test_that_the_tables_say_what_the_figures_are(
    values: Workbook, standard_store: Store, kind: KindChoice, block: int
) -> None:
    found = _table(standard_store, kind)
    sheet = _sheet(values, TABLES[kind][block])
    for at, row in enumerate(found.rows, start=FIRST_ROW):
        cells = _cells(sheet, at)
        assert cells[0] == row.name
        for number, one in enumerate(BLOCKS[block]):
            has_any = any(other.values[one.key] for other in found.rows)
            assert cells[1 + 5 * number : 6 + 5 * number] == [
                _measure(one.key, row.values[one.key]),
                _measure(one.key, row.previous[one.key]),
                _shown(row.growth[one.key]),
                _shown(row.share[one.key]),
                row.rank[one.key] if has_any else "—",
            ]


@pytest.mark.parametrize("block", [0, 1])
@pytest.mark.parametrize("kind", list(KindChoice))
def test_that_totals_are_sums_only_where_the_cities_add_up(
    values: Workbook, formulas: Workbook, standard_store: Store, kind: KindChoice, block: int
) -> None:
    found = _table(standard_store, kind)
    name, at = TABLES[kind][block], FIRST_ROW + len(found.rows)
    cells, written = _cells(_sheet(values, name), at), _cells(_sheet(formulas, name), at)
    assert cells[0] == "合计"
    for number, one in enumerate(BLOCKS[block]):
        column = 1 + 5 * number
        whole = found.total
        assert cells[column] == _measure(one.key, whole.values[one.key])
        assert cells[column + 1] == _measure(one.key, whole.previous[one.key])
        assert cells[column + 2] == _shown(whole.growth[one.key])
        is_sum = str(written[column]).startswith("=SUM(")
        assert is_sum is one.adds_up
        assert str(written[column + 2]).startswith("=IF(")


def test_that_the_cells_hold_exact_amounts(values: Workbook, standard_store: Store) -> None:
    found = _table(standard_store, KindChoice.ALL)
    sheet = _sheet(values, TABLES[KindChoice.ALL][0])
    cells = [sheet.cell(FIRST_ROW + at, 7) for at in range(len(found.rows))]
    for cell, row in zip(cells, found.rows, strict=True):
        assert isinstance(cell.value, int | float)
        assert round(cell.value * WAN) == row.values["secured_amount"]
        assert "0.00" in cell.number_format


def test_that_head_and_foot_are_those_of_an_official_table(values: Workbook) -> None:
    sheet = _sheet(values, TABLES[KindChoice.PATENT][0])
    texts = list(_texts(sheet))
    assert texts[:9] == [
        "表　　号：内部工作表",
        f"制定机关：{standard.OFFICE}",
        "批准(备案)文号：—",
        "有效期至：—",
        "浙江省各市专利权质押登记情况汇总表",
        "2019年",
        f"填报单位：{standard.OFFICE}",
        "计量单位：件、万元、家",
        "设区市",
    ]
    foot = ("单位负责人：", "统计负责人：", "填表人：", "联系电话：", "报出日期：")
    assert [text[: len(words)] for text in texts for words in foot if text.startswith(words)] == [
        *foot
    ]
    explained = "\n".join(texts)
    for words in ("统计范围", "指标解释", "审核关系", "第 11、12 栏去重计数", "[不详]"):
        assert words in explained


def test_that_every_sheet_prints_on_a4_landscape_with_page_numbers(values: Workbook) -> None:
    for sheet in values.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.paperSize == 9, sheet.title
        footer = sheet.oddFooter
        assert footer is not None
        assert footer.center is not None
        assert footer.center.text == "第 &P 页，共 &N 页", sheet.title
    for name in (LEDGER, DATA):
        assert _sheet(values, name).print_title_rows == "$1:$1"


def test_that_the_total_stands_where_the_office_wants_it(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge())
    write_facts(store, Facts(total_first=True))
    book = openpyxl.load_workbook(_written(store, tmp_path / "first.xlsx"))
    sheet = _sheet(book, TABLES[KindChoice.PATENT][0])
    assert sheet.cell(FIRST_ROW, 1).value == "合计"
    assert sheet.cell(FIRST_ROW, 2).value == f"=SUM(B{FIRST_ROW + 1}:B{FIRST_ROW + 11})"
    assert sheet.cell(FIRST_ROW + 1, 1).value == "杭州市"
    assert sheet.cell(FIRST_ROW + 11, 1).value == "丽水市"


def test_that_the_contents_lead_to_every_sheet(values: Workbook) -> None:
    sheet = _sheet(values, CONTENTS)
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in values.sheetnames[1:]]
    texts = list(_texts(sheet))
    assert texts[0] == "2019年浙江省专利权、商标专用权质押登记统计"
    for words in ("2019年（2019-01-01 至 2019-12-31）", "2026-11-23", f"ipfinance {__version__}"):
        assert words in texts


def test_that_the_registers_and_the_ledger_agree(values: Workbook, standard_store: Store) -> None:
    sheet = _sheet(values, CONTENTS)
    lines = {row[0]: row[2:] for row in sheet.iter_rows(values_only=True) if row[6]}
    whole = {kind: _table(standard_store, kind).total.values for kind in KindChoice}
    for words, key in (
        ("登记件数", "registrations"),
        ("担保债权额", "secured_amount"),
        ("所涉专利/商标件次", "rights"),
    ):
        told = [_measure(key, whole[kind][key]) for kind in KindChoice]
        assert lines[words] == (*told, told[-1], "相符")


def test_that_every_counting_rule_is_told(values: Workbook) -> None:
    texts = set(_texts(_sheet(values, RULES)))
    assert {one.name for one in MEASURES} <= texts
    assert {one.rule for one in MEASURES} <= texts


def test_that_the_ledger_holds_the_period_with_codes_as_text(values: Workbook) -> None:
    sheet = _sheet(values, LEDGER)
    headers = _cells(sheet, 1)
    known = ["所涉件数" if one.key == "rights_count" else one.header for one in FIELDS]
    assert [known.index(header) for header in headers] == sorted(map(known.index, headers))
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    *body, total = (dict(zip(headers, row, strict=True)) for row in rows)
    assert len(body) == 108
    days = [row["登记日期"] for row in body]
    assert days == sorted(days)
    assert all(isinstance(day, datetime) and day.year == 2019 for day in days)
    for row in body:
        assert isinstance(row["登记号"], str)
        assert isinstance(row["统一社会信用代码"], str)
        assert isinstance(row["专利号/商标注册号"], str)
    assert (total["质押类型"], total["登记号"]) == ("合计", "108 笔")
    amounts = sum(round(row["担保债权额(万元)"] * WAN) for row in body)
    assert round(total["担保债权额(万元)"] * WAN) == amounts
    assert total["所涉件数"] == sum(row["所涉件数"] for row in body)
    dates = [cell.number_format for cell in sheet["C"][1:-1]]
    assert set(dates) == {"yyyy-mm-dd"}


def test_that_the_data_sheet_is_plain_and_complete(values: Workbook, standard_store: Store) -> None:
    sheet = _sheet(values, DATA)
    assert sheet.merged_cells.ranges == set()
    headers, *rows = sheet.iter_rows(values_only=True)
    assert headers[:8] == ("period", "start", "end", "kind", "by", "code", "name", "indicator")
    expected = [
        row for kind in KindChoice for row in as_long(_table(standard_store, kind), "330000")
    ]
    assert len(rows) == len(expected) == 3 * (11 * 8 + 11)
    for row, one in zip(rows, expected, strict=True):
        cells = dict(zip(headers, row, strict=True))
        assert cells["code"] == one.code
        assert isinstance(cells["code"], str)
        assert cells["start"] == "2019-01-01"
        for key in ("indicator", "unit", "by", "name", "rank"):
            assert cells[key] == getattr(one, key)
        for key in ("value", "previous", "growth", "share"):
            exact = getattr(one, key)
            assert cells[key] == (None if exact is None else float(exact))


def test_that_the_file_says_what_it_is(values: Workbook) -> None:
    properties = values.properties
    assert properties.title == "2019年浙江省专利权、商标专用权质押登记统计"
    assert properties.creator == standard.OFFICE
    assert properties.created.date() == make.TODAY
    assert __version__ in (properties.description or "")


def test_that_the_same_data_make_the_same_file(
    report: Path, standard_store: Store, tmp_path: Path
) -> None:
    again = _written(standard_store, tmp_path / "again.xlsx")
    assert again.read_bytes() == report.read_bytes()


def test_that_a_period_without_registrations_says_so(standard_store: Store, tmp_path: Path) -> None:
    path = _written(standard_store, tmp_path / "empty.xlsx", Period.year(2001))
    book = openpyxl.load_workbook(path, data_only=True)
    assert "2001年没有登记：各表和台账为空，不绘图。" in _texts(_sheet(book, CONTENTS))
    chart = _sheet(book, CHARTS[KindChoice.PATENT])
    assert "2001年没有专利权质押登记，不绘图。" in _texts(chart)
    assert list(_texts(_sheet(book, LEDGER))) == ["2001年没有登记。"]
    for kind, names in TABLES.items():
        for name in names:
            sheet = _sheet(book, name)
            assert sheet.cell(FIRST_ROW, 1).value == f"2001年没有{kind.label}质押登记。"
            assert not {"杭州市", "合计"} & set(_texts(sheet))
    # No zero anywhere that could be taken for a figure; the columns' numbers begin with 1.
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert not [(cell.parent.title, cell.coordinate) for cell in cells if cell.value == 0]
    assert _sheet(book, DATA).max_row == 1


def test_that_one_empty_register_does_not_hide_the_other(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge())
    book = openpyxl.load_workbook(_written(store, tmp_path / "one.xlsx"), data_only=True)
    assert "2019年没有商标专用权质押登记，不绘图。" in _texts(
        _sheet(book, CHARTS[KindChoice.TRADEMARK])
    )
    assert not any("不绘图" in text for text in _texts(_sheet(book, CHARTS[KindChoice.PATENT])))
    trademarks = _sheet(book, TABLES[KindChoice.TRADEMARK][0])
    assert trademarks.cell(FIRST_ROW, 1).value == "2019年没有商标专用权质押登记。"
    lines = [list(row) for row in _sheet(book, CONTENTS).iter_rows(values_only=True)]
    [footed] = [row for row in lines if row[0] == "登记件数"]
    assert footed[2:] == [1, "—", 1, 1, "相符"]
    [covered] = [row for row in lines if row[0] == "有登记的县（市、区）"]
    assert covered[2:5] == ["1 / 90", "—", "1 / 90"]


def test_that_missing_amounts_are_unknown_and_compared_with_nothing(
    store: Store, tmp_path: Path
) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=None),
        make.pledge(registered_on=date(2018, 3, 5)),
        make.pledge(pledgors=(make.pledgor(city=make.NINGBO, county=make.HAISHU),)),
    )
    book = openpyxl.load_workbook(_written(store, tmp_path / "some.xlsx"), data_only=True)
    sheet = _sheet(book, TABLES[KindChoice.PATENT][0])
    assert _cells(sheet, FIRST_ROW)[6:11] == ["[不详]", 500, "—", "—", "—"]
    assert _cells(sheet, FIRST_ROW + 1)[6:11] == [500, 0, "—", 1, 1]
    assert _cells(sheet, FIRST_ROW + 11)[6:9] == [500, 500, 0]
    assert any("另有 1 件金额待补" in text for text in _texts(sheet))


def test_that_a_note_that_is_not_of_all_tables_says_of_which_it_is(
    store: Store, tmp_path: Path
) -> None:
    unknown = [make.pledge(secured_amount_fen=None) for _ in range(2)]
    make.stored(store, *unknown, make.pledge(kind=Kind.TRADEMARK))
    book = openpyxl.load_workbook(_written(store, tmp_path / "some.xlsx"), data_only=True)
    told = [text for text in _texts(_sheet(book, RULES)) if "金额待补，" in text]
    assert [text.partition(". ")[2] for text in told] == [
        "专利权、专利权和商标专用权：另有 2 件金额待补，未计入担保债权额。"
    ]
    assert any(". 普惠标准：" in text for text in _texts(_sheet(book, RULES)))


def test_that_text_is_text_whatever_it_begins_with(store: Store, tmp_path: Path) -> None:
    names = ("=1+1", "+2", "-3", "@SUM(A1)", "https://example.invalid", "007")
    make.stored(
        store,
        *(make.pledge(pledgors=(make.pledgor(name),), note=name) for name in names),
    )
    book = openpyxl.load_workbook(_written(store, tmp_path / "text.xlsx"))
    sheet = _sheet(book, LEDGER)
    headers = _cells(sheet, 1)
    for header in ("出质人", "备注"):
        column = headers.index(header) + 1
        cells = [sheet.cell(row, column) for row in range(2, 2 + len(names))]
        assert sorted(str(cell.value) for cell in cells) == sorted(names)
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(cell.hyperlink for cell in cells)


def test_that_both_halves_of_a_line_are_printed_one_after_the_other(values: Workbook) -> None:
    sheet = values["台账"]
    assert sheet.page_setup.pageOrder == "overThenDown"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")


def test_that_what_no_figure_counts_stays_out_of_the_ledger(store: Store, tmp_path: Path) -> None:
    make.stored(
        store,
        make.pledge(),
        make.pledge(kind=Kind.DATA),
        make.pledge(events=(make.event(EventKind.REVOCATION),)),
    )
    book = openpyxl.load_workbook(_written(store, tmp_path / "some.xlsx"), data_only=True)
    assert _sheet(book, LEDGER).max_row == 3  # header, one registration, total
    assert "不符" not in _texts(_sheet(book, CONTENTS))


def test_that_a_cancelled_report_leaves_nothing(standard_store: Store, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_report(standard_store, YEAR, tmp_path / "r.xlsx", make.TODAY, progress)
    assert list(tmp_path.iterdir()) == []


def test_that_a_report_broken_off_late_leaves_the_old_one(
    standard_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_text("before")
    progress = Progress()
    progress.on_step = lambda _done, _total, words: progress.cancel() if "台账" in words else None
    with pytest.raises(Cancelled):
        write_report(standard_store, YEAR, path, make.TODAY, progress)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_report_is_an_xlsx_file(standard_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        _written(standard_store, tmp_path / "report.xls")


def test_that_too_long_a_ledger_is_left_to_export(
    standard_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipfinance.reports.workbook_ledger.LARGEST", 10)
    book = openpyxl.load_workbook(_written(standard_store, tmp_path / "r.xlsx"), data_only=True)
    [said] = _texts(_sheet(book, LEDGER))
    assert "108 笔" in said
    assert "ipfinance export" in said
    assert "不符" not in _texts(_sheet(book, CONTENTS))


def test_that_amounts_are_wide_enough_to_be_shown(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(secured_amount_fen=48_990_001_234_567))
    book = openpyxl.load_workbook(_written(store, tmp_path / "wide.xlsx"))
    sheet = _sheet(book, TABLES[KindChoice.PATENT][0])
    assert sheet.column_dimensions["G"].width >= len("48,990,001.23")
