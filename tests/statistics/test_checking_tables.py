"""Checking a text: lists and tables are added up, and the slip pointed at."""

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.statistics.checking.figures import Form
from ipfinance.statistics.checking.statement import check
from ipfinance.statistics.checking.tables import find_tables
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, checked, verdicts

ROWS = (2000, 1900, 1500, 1200, 1000, 900, 800, 600, 439)
BANKS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")


def _top_ten(first: int, separator: str, total_cells: int = 3) -> str:
    lines = [
        separator.join((str(number), f"{bank}银行", str(amount)))
        for number, (bank, amount) in enumerate(zip(BANKS, (first, *ROWS), strict=True), 1)
    ]
    blank = [""] * (total_cells - 2)
    return "\n".join([*lines, separator.join(["合计", *blank, "12837"])])


@pytest.mark.parametrize(
    ("separator", "cells", "head"),
    [
        ("\t", 3, "序号\t银行\t金额(万元)\n"),
        ("\t", 2, ""),
        (",", 3, "序号,银行,金额(万元)\n"),
        (" ", 2, "前十名银行贷款额\n"),
        ("  ", 2, "序号  银行  金额（万元）\n"),
        ("|", 3, "序号|银行|金额(万元)\n"),
    ],
)
def test_that_the_slip_in_a_top_ten_list_is_pointed_at(
    store: Store, separator: str, cells: int, head: str
) -> None:
    found = checked(head + _top_ten(24998, separator, cells), store)
    assert found["24998"].verdict is WRONG
    assert "2498" in found["24998"].reason
    assert "多写了一位" in found["24998"].reason
    assert found["24998"].computed in ("2498", "24980000.00")
    assert [text for text, one in found.items() if one.verdict is WRONG] == ["24998"]
    assert len(found) == 11


def test_that_the_mended_list_foots(store: Store) -> None:
    found = checked("序号\t银行\t金额(万元)\n" + _top_ten(2498, "\t"), store)
    assert found["12837"].verdict is RIGHT
    assert found["12837"].form is Form.TOTAL
    assert found["12837"].computed == "128370000.00"
    assert {one.verdict for text, one in found.items() if text != "12837"} == {OPEN}


def test_that_a_total_told_above_a_list_serves_as_its_total(store: Store) -> None:
    lines = _top_ten(24998, "\t").rsplit("\n", 1)[0]
    text = f"前十名银行质押贷款合计12837万元：\n序号\t银行\t金额(万元)\n{lines}"
    assert checked(text, store)["24998"].verdict is WRONG


def test_that_a_total_that_no_single_slip_explains_is_itself_wrong(store: Store) -> None:
    found = checked("地区\t件数\n东\t310\n西\t520\n合计\t999\n", store)
    assert found["999"].verdict is WRONG
    assert found["999"].computed == "830"
    assert "相差169" in found["999"].reason


def test_that_no_row_is_blamed_when_several_could_be(store: Store) -> None:
    # 31 or 32 may each be 30 too many: nothing tells which.
    found = verdicts("地区\t件数\n东\t61\n西\t62\n合计\t93\n", store)
    assert found["93"] is WRONG


def test_that_rounded_amounts_may_miss_their_total_by_their_roundings(store: Store) -> None:
    head = "地区\t金额(亿元)\n"
    assert verdicts(f"{head}东\t10.4\n西\t10.4\n合计\t20.9\n", store)["20.9"] is RIGHT
    assert verdicts(f"{head}东\t10.4\n西\t10.4\n合计\t21.4\n", store)["21.4"] is WRONG
    counts = "地区\t登记件数(件)\n东\t10\n西\t10\n合计\t21\n"
    assert verdicts(counts, store)["21"] is WRONG


def test_that_distinct_counts_need_not_add_up_but_must_be_possible(store: Store) -> None:
    text = "地区\t登记企业数(家)\n东\t30\n西\t20\n合计\t{}\n"
    assert verdicts(text.format(48), store)["48"] is OPEN
    assert verdicts(text.format(50), store)["50"] is RIGHT
    assert verdicts(text.format(58), store)["58"] is WRONG
    assert verdicts(text.format(25), store)["25"] is WRONG


def test_that_subtotals_are_summed_and_not_summed_again(store: Store) -> None:
    text = "地区\t件数\n东一\t3\n东二\t4\n小计\t7\n西一\t5\n西二\t6\n小计\t11\n合计\t18\n"
    found = check(text, store)
    assert [one.text for one in found if one.verdict is RIGHT] == ["7", "11", "18"]


def test_that_districts_are_not_counted_twice_beside_their_sum(store: Store) -> None:
    text = "地区\t件数\n市本级\t7\n东区\t3\n西区\t4\n安县\t5\n合计\t12\n"
    assert verdicts(text, store)["12"] is RIGHT


def test_that_indented_parts_are_left_out_of_the_sum(store: Store) -> None:
    text = "项目\t件数\n专利\t10\n其中：发明\t4\n商标\t5\n合计\t15\n"
    assert verdicts(text, store)["15"] is RIGHT


def test_that_rates_and_shares_are_checked_against_their_levels(store: Store) -> None:
    text = (
        "地区\t本期(件)\t上年同期(件)\t同比(%)\t占比(%)\n"
        "东\t312\t202\t54.5\t61.2\n"
        "西\t198\t150\t{}\t38.8\n"
        "合计\t510\t352\t44.9\t100\n"
    )
    found = verdicts(text.format("32.0"), store)
    assert WRONG not in found.values()
    assert {found[one] for one in ("54.5", "32.0", "44.9", "61.2", "38.8")} == {RIGHT}
    found = verdicts(text.format("23.0"), store)
    assert [one for one, verdict in found.items() if verdict is WRONG] == ["23.0"]


def test_that_years_side_by_side_are_a_level_and_its_base(store: Store) -> None:
    text = "地区\t2018年\t2019年\t增长(%)\n东\t200\t300\t50\n西\t100\t90\t{}\n"
    assert verdicts(text.format("-10"), store)["-10"] is RIGHT
    assert verdicts(text.format("10"), store)["10"] is WRONG


def test_that_rows_of_areas_are_checked_against_the_store(store: Store) -> None:
    huzhou = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    make.stored(
        store,
        *told.registrations(3, 1234 * WAN),
        *told.registrations(2, 766 * WAN, pledgors=(huzhou,)),
    )
    text = (
        "2019年各市专利权质押登记情况\n单位：万元、件\n"
        "地区\t登记金额(万元)\t登记件数(件)\n"
        "杭州市\t{}\t3\n湖州市\t766.00\t2\n合计\t2000.00\t5\n"
    )
    assert set(verdicts(text.format("1234.00"), store).values()) == {RIGHT}
    found = verdicts(text.format("1243.00"), store)
    assert found["1243.00"] is WRONG
    assert found["766.00"] is RIGHT


def test_that_words_before_and_after_a_table_are_checked_too(store: Store) -> None:
    told.white_paper(store)
    text = (
        "2019年，全省专利权质押登记金额172亿元。\n\n"
        "地区\t件数\n东\t3\n西\t4\n合计\t8\n\n同比增长67%。"
    )
    found = verdicts(text, store)
    assert found["172亿元"] is RIGHT
    assert found["8"] is WRONG


@pytest.mark.parametrize(
    "text",
    [
        "2019年，全省专利权质押登记金额172亿元，同比增长68%。\n商标80亿元。",
        "In 2019, patents reached 17.2 billion yuan, up 68%.\nTrademarks reached 8 billion yuan.",
        "",
        "\n\n",
        "一行\t而已",
    ],
)
def test_that_paragraphs_are_no_tables(text: str) -> None:
    assert find_tables(text) == []


def test_that_quoted_fields_of_csv_keep_their_thousands(store: Store) -> None:
    text = '地区,金额(万元)\n东,"1,200.50"\n西,"2,300.50"\n合计,"3,501.00"\n'
    found = checked(text, store)
    assert found["3,501.00"].verdict is RIGHT
    assert found["3,501.00"].computed == "35010000.00"
