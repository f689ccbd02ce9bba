"""A corpus of damaged cells: each is rejected or warned about by its rule, at its place, in words
that say what to do, and none changes a number in silence."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ipfinance.db.connection import Store
from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.domain.money import WAN
from ipfinance.intake.comparing import Status
from tests import make
from tests.intake.sheets_made import cells, read, write_csv, write_xlsx

_PATENT = make.patent_number(765_432)
_SOUND: dict[str, Any] = {
    **dict.fromkeys(BY_KEY, ""),
    **cells(),
    "reg_no": "Y2019330009001",
    "size": "小型",
    "credit_amount": 400,
    "loan_amount": 300,
    "appraised_value": 1000,
    "subsidy": 5,
    "rights": _PATENT,
    "rights_count": 1,
    "term_start": date(2019, 3, 1),
    "term_end": date(2022, 2, 28),
    "channel": "线上",
}
_OTHER = {**_SOUND, "reg_no": "Y2019330009002", "rights": make.patent_number(765_433)}
_AMOUNTS = (
    *("secured_amount_fen", "credit_amount_fen", "loan_amount_fen", "appraised_value_fen"),
    *("subsidy_fen", "rights_count"),
)
_ADVICE = re.compile("请|须|应|可以|未采用|照样|只计|按号码计|不能")


class Damage(NamedTuple):
    """One damaged cell: its field, what stands in it, and what must be said of it.

    ``told_of`` is the field that the finding belongs to where it is another one; ``counts`` what
    the record's figures are then, where they are not those of the sound one.
    """

    key: str
    value: Any
    rule: str
    is_error: bool = True
    told_of: str = ""
    counts: Mapping[str, Any] = {}


def _warned(key: str, value: Any, rule: str, told_of: str = "", **counts: Any) -> Damage:
    return Damage(key, value, rule, False, told_of, counts)


_DAMAGED = (
    # dates
    Damage("registered_on", "2019-02-30", "date_impossible"),
    Damage("registered_on", "2019-13-01", "date_impossible"),
    Damage("registered_on", "2019/3/32", "date_impossible"),
    Damage("registered_on", "03/05/2019", "date_impossible"),
    Damage("registered_on", "去年三月", "date_impossible"),
    Damage("registered_on", "2019.03", "date_incomplete"),
    Damage("registered_on", "2019年", "date_incomplete"),
    Damage("registered_on", "3月5日", "date_incomplete"),
    Damage("registered_on", 2019, "date_incomplete"),
    Damage("registered_on", "", "date_missing"),
    Damage("registered_on", "2999-01-01", "date_in_future"),
    Damage("registered_on", datetime(2027, 1, 1), "date_in_future"),
    Damage("registered_on", 2_958_466, "date_impossible"),
    Damage("registered_on", -5, "date_impossible"),
    Damage("registered_on", 0.5, "date_incomplete"),
    _warned("registered_on", 43_529, "date_serial"),
    Damage("term_end", "2018-01-01", "dates_out_of_order"),
    Damage("term_end", "2022-02-29", "date_impossible"),
    Damage("term_start", "2019", "date_incomplete"),
    Damage("cancelled_on", "2019-01-01", "dates_out_of_order"),
    Damage("cancelled_on", "2999-01-01", "date_in_future"),
    Damage("cancelled_on", "已注销", "date_impossible"),
    Damage("events", "2020-02-30 撤销", "date_impossible"),
    Damage("events", "2019-01-01 撤销", "dates_out_of_order"),
    Damage("events", "2999-01-01 撤销", "date_in_future"),
    _warned("events", "换过质权人", "event_not_read"),
    # amounts
    Damage("secured_amount", 0, "amount_not_positive"),
    Damage("secured_amount", "０", "amount_not_positive"),
    Damage("secured_amount", -500, "amount_not_positive"),
    Damage("secured_amount", "-500万元", "amount_not_positive"),
    Damage("secured_amount", "五百", "amount_not_number"),
    Damage("secured_amount", "约500", "amount_not_number"),
    Damage("secured_amount", "500万美元", "amount_not_number"),
    Damage("secured_amount", "500万元5亿元", "amount_not_number"),
    Damage("secured_amount", "500/300", "amount_not_number"),
    Damage("secured_amount", "1,00", "amount_not_number"),
    Damage("secured_amount", "1e3", "amount_not_number"),
    Damage("secured_amount", True, "amount_not_number"),
    Damage("secured_amount", 1e300, "amount_not_number"),
    Damage("secured_amount", "0.0000001", "amount_too_precise"),
    Damage("secured_amount", "授信500", "amount_not_number"),
    Damage("secured_amount", date(2019, 3, 5), "amount_not_number"),
    _warned("secured_amount", "", "amount_missing", secured_amount_fen=None),
    _warned("secured_amount", 5_000_000, "amount_unlikely", secured_amount_fen=5_000_000 * WAN),
    Damage("loan_amount", "若干", "amount_not_number"),
    Damage("credit_amount", -1, "amount_not_positive"),
    # codes and numbers
    Damage("uscc", 9.13301e17, "code_rounded"),
    Damage("uscc", "9.13301E+17", "code_rounded"),
    _warned("uscc", "91330106MA27W50P3X", "uscc_check"),
    _warned("uscc", "9133010", "uscc_length"),
    _warned("uscc", "９１３３０１０６ＭＡ２７Ｗ５０Ｐ３Ｘ", "uscc_check"),
    _warned("uscc", f"{make.credit_code(1)}；{make.credit_code(2)}", "uscc_count_differs"),
    Damage("reg_no", 2.01999e15, "code_rounded"),
    Damage("reg_no", "2.01999E+15", "code_rounded"),
    _warned("reg_no", "", "reg_no_missing"),
    _warned("reg_no", "Y20193300", "pledge_number_form"),
    Damage("rights", 2.01710601862e15, "code_rounded"),
    _warned("rights", _PATENT[:-1] + ("0" if _PATENT[-1] != "0" else "1"), "patent_check"),
    _warned("rights", _PATENT.partition(".")[0], "patent_check_missing"),
    _warned("rights", "CN112272063B", "patent_is_publication"),
    _warned("rights", "CN201911354997.XA", "patent_kind_code"),
    _warned("rights", "ZL", "right_without_number"),
    _warned("rights", "见附件", "right_without_number"),
    _warned("rights", "12345", "patent_form"),
    _warned("rights", f"{_PATENT}、ZL{_PATENT}", "right_repeated"),
    _warned("rights", "", "right_names_count_differs", told_of="right_names"),
    _warned("right_names", "甲；乙", "right_names_count_differs"),
    _warned("rights_count", 3, "rights_count_differs"),
    _warned("rights_count", "若干", "count_not_number"),
    _warned("rights_count", "9" * 40, "count_not_number"),
    # kinds, parties, areas
    Damage("kind", "", "kind_missing"),
    Damage("kind", "房产", "kind_unknown"),
    Damage("kind", "专利、商标", "kind_unknown"),
    Damage("pledgor", "", "pledgor_missing"),
    Damage("pledgor", "；、", "pledgor_missing"),
    Damage("pledgor", "甲公司；乙公司、丙公司", "area_count_differs", told_of="city"),
    Damage("city", "南京市", "area_unknown"),
    Damage("city", "宁波市", "area_unknown", told_of="county"),
    Damage("county", "无此县", "area_unknown"),
    Damage("county", "钱塘区", "area_not_on_date"),
    Damage("county", "龙港市", "area_unknown"),
    _warned("county", "", "county_missing"),
    _warned("pledgee", "", "pledgee_missing"),
    _warned("pledgee_kind", "当铺", "pledgee_kind_unknown"),
    _warned("size", "特大", "size_unknown"),
    _warned("industry", "修仙", "industry_unknown"),
    _warned("channel", "邮寄", "channel_unknown"),
    # what spreadsheets leave behind
    *(
        Damage(key, error, "cell_is_error")
        for key, error in (
            ("secured_amount", "#REF!"),
            ("registered_on", "#N/A"),
            ("pledgor", "#NAME?"),
            ("reg_no", "#VALUE!"),
            ("uscc", "#DIV/0!"),
            ("note", "#NULL!"),
            ("rights", "#NUM!"),
        )
    ),
    Damage("secured_amount", "=SUM(A1:A9)", "formula_without_value"),
    Damage("reg_no", "=A1", "formula_without_value"),
)


def _row(key: str, value: Any) -> list[Any]:
    made = {**_SOUND, key: value}
    if key in ("city", "pledgor") and "；" in str(value):
        made["city"], made["county"] = "杭州市；宁波市", "滨江区；海曙区"
    return [made[field.key] for field in FIELDS]


def _file(folder: Path, damage: Damage) -> Path:
    rows = [
        [field.header for field in FIELDS],
        [_OTHER[field.key] for field in FIELDS],
        _row(damage.key, damage.value),
    ]
    path = write_xlsx(folder / "台账.xlsx", rows)
    if damage.rule == "formula_without_value":
        book = openpyxl.load_workbook(path)
        column = [field.key for field in FIELDS].index(damage.key) + 1
        book.worksheets[0].cell(3, column).value = damage.value
        book.save(path)
    return path


def test_that_there_are_enough_of_them() -> None:
    assert len(_DAMAGED) >= 60
    assert len({(damage.key, str(damage.value)) for damage in _DAMAGED}) == len(_DAMAGED)


@pytest.mark.parametrize("damage", _DAMAGED, ids=lambda d: f"{d.key}={str(d.value)[:20]}")
def test_that_a_damaged_cell_is_told_by_rule_and_place(
    store: Store, tmp_path: Path, damage: Damage
) -> None:
    plan = read(store, _file(tmp_path, damage))
    other, entry = plan.entries
    assert (other.status, other.faults) == (Status.NEW, ())
    found = [fault for fault in entry.faults if fault.rule == damage.rule]
    assert found, [(fault.rule, fault.column, fault.text) for fault in entry.faults]
    fault = found[0]
    told_of = BY_KEY[damage.told_of or damage.key]
    assert (fault.sheet, fault.row, fault.column) == ("质押登记台账", 3, told_of.header)
    assert fault.is_error is damage.is_error
    assert _ADVICE.search(fault.text), fault.text
    assert [each for each in entry.faults if each.is_error and each is not fault] == []
    assert entry.status is (Status.REJECTED if damage.is_error else Status.NEW)
    if entry.after is not None:
        # Nothing but the cell in question is otherwise than in the sound one.
        sound = replace(other.after, rights=entry.after.rights) if other.after else None
        expected = {name: getattr(sound, name) for name in _AMOUNTS} | dict(damage.counts)
        assert {name: getattr(entry.after, name) for name in _AMOUNTS} == expected


def test_that_a_second_record_with_a_number_is_rejected(store: Store, tmp_path: Path) -> None:
    second = {**_OTHER, "registered_on": "2019-04-01", "rights": make.patent_number(765_434)}
    rows = [_OTHER, _SOUND, second]
    made = [[each[field.key] for field in FIELDS] for each in rows]
    path = write_xlsx(tmp_path / "台账.xlsx", [[field.header for field in FIELDS], *made])
    plan = read(store, path)
    assert [(f.row, f.column, f.value, f.rule) for f in plan.errors] == [
        (4, "登记号", _OTHER["reg_no"], "reg_no_duplicate")
    ]


@pytest.mark.parametrize(
    ("value", "rule"),
    [("=1+1", "amount_not_number"), ("#REF!", "cell_is_error"), ("5 0 0 x", "amount_not_number")],
)
def test_that_a_text_file_is_judged_the_same(
    store: Store, tmp_path: Path, value: str, rule: str
) -> None:
    rows = [[field.header for field in FIELDS], _row("secured_amount", value)]
    [entry] = read(store, write_csv(tmp_path / "台账.csv", rows)).entries
    assert [(f.row, f.column, f.rule) for f in entry.errors] == [(2, "担保债权额(万元)", rule)]


def test_that_a_book_of_the_1904_system_has_its_own_days(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "台账.xlsx", [[field.header for field in FIELDS], _row("note", "")]
    )
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for cell in sheet[2]:
        if isinstance(cell.value, datetime):
            cell.value = cell.value  # written anew, counted from 1904
    book.save(path)
    [entry] = read(store, path).entries
    assert entry.after is not None
    assert entry.after.registered_on == _SOUND["registered_on"]


def test_that_long_texts_and_full_width_are_read_as_they_are(store: Store, tmp_path: Path) -> None:
    long = "长" * 40_000
    wide = {
        "secured_amount": "５００．５",
        "registered_on": "２０１９．３．５",
        "rights_count": "１",
    }
    made = {**_SOUND, **wide, "note": long}
    rows = [[field.header for field in FIELDS], [made[field.key] for field in FIELDS]]
    [entry] = read(store, write_csv(tmp_path / "台账.csv", rows)).entries
    assert entry.after is not None
    assert (entry.after.note, entry.after.registered_on) == (long, date(2019, 3, 5))
    assert entry.after.secured_amount_fen == 500_500_000
