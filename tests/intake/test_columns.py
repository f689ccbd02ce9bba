"""Columns known by their labels, with the unit that is written in them."""

from collections.abc import Sequence

import pytest

from ipfinance.domain.fields import FIELDS
from ipfinance.domain.money import Unit
from ipfinance.intake.columns import Header, find_header, labels_seen
from ipfinance.intake.labels import unit_of
from ipfinance.intake.sheets import Sheet
from ipfinance.intake.workbook_parts import Merge


def _sheet(*rows: Sequence[object], merged: tuple[Merge, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("表", [[*row, *[""] * (width - len(row))] for row in rows], merged)


def _header(*rows: Sequence[object], merged: tuple[Merge, ...] = ()) -> Header:
    header = find_header(_sheet(*rows, merged=merged))
    assert header is not None
    return header


def _keys(header: Header) -> list[str | None]:
    return [column.key for column in header.columns]


def test_that_every_name_of_the_catalogue_is_recognised() -> None:
    base = ["登记日期", "出质人", "登记号"]
    for field in FIELDS:
        for name in (field.label, field.header, *field.aliases):
            others = [label for label in base if label != field.label]
            header = _header([name, *others, "甲", "乙"])
            if field.key in ("registered_on", "pledgor", "reg_no"):
                assert field.key in header.keys, name
            else:
                assert header.columns[0].key == field.key, name


@pytest.mark.parametrize(
    ("label", "key"),
    [
        (" 出 质 人 ", "pledgor"),
        ("出质人\n（企业）", "pledgor"),
        ("*质权人", "pledgee"),
        ("3.质权人", "pledgee"),
        ("县（市、区）", "county"),
        ("县（市,区）", "county"),
        ("县市区", "county"),
        ("专利（商标）号", "rights"),
        ("担保债权额（万元）", "secured_amount"),
        ("担保债权额／万元", "secured_amount"),
        ("质押金额（单位：亿元）", "secured_amount"),
        ("ＣＨＡＮＮＥＬ", None),
        ("贷款合同金额", None),
        ("质押贷款金额（万元）", None),
        ("金额合计", None),
        ("反担保金额", None),
    ],
)
def test_that_labels_are_compared_without_width_blanks_brackets_and_units(
    label: str, key: str | None
) -> None:
    assert _header(["登记号", "登记日期", "企业名称", label]).columns[3].key == key


@pytest.mark.parametrize(
    ("label", "unit", "strange"),
    [
        ("金额（万元）", Unit.WAN, ""),
        ("金额(人民币元)", Unit.YUAN, ""),
        ("金额【亿元】", Unit.YI, ""),
        ("金额（单位：万元）", Unit.WAN, ""),
        ("金额：元", Unit.YUAN, ""),
        ("金额万元", Unit.WAN, ""),
        ("金额", None, ""),
        ("金额（美元）", None, "美元"),
        ("金额（千元）", Unit.QIAN, ""),
        ("金额（百万元）", None, "百万元"),
        ("金额百万元", None, ""),
        ("县(市、区)", None, ""),
    ],
)
def test_that_the_unit_is_read_from_a_label_and_never_guessed(
    label: str, unit: Unit | None, strange: str
) -> None:
    assert unit_of(label) == (unit, strange)


def test_that_merged_heads_are_joined_with_what_stands_below_them() -> None:
    header = _header(
        ["出质人信息", "", "质权人", "", "登记", "", "贷款情况", "", "评估", "备注"],
        ["名称", "信用代码", "名称", "类型", "日期", "金额", "金额", "日期", "金额", ""],
        merged=(
            Merge(0, 0, 0, 1),
            Merge(0, 2, 0, 3),
            Merge(0, 4, 0, 5),
            Merge(0, 6, 0, 7),
            Merge(0, 9, 1, 9),
        ),
    )
    assert (header.first, header.last) == (0, 1)
    assert _keys(header) == [
        *("pledgor", "uscc", "pledgee", "pledgee_kind", "registered_on", "secured_amount"),
        *("loan_amount", None, "appraised_value", "note"),
    ]


def test_that_a_text_file_without_merged_cells_has_the_same_heads() -> None:
    header = _header(
        ["地市", "出质人信息", "", "质权人", "", "登记日"],
        ["", "名称", "信用代码", "名称", "类型", ""],
    )
    assert _keys(header) == ["city", "pledgor", "uscc", "pledgee", "pledgee_kind", "registered_on"]


def test_that_three_header_rows_are_recognised() -> None:
    header = _header(
        ["质押登记基本情况", "", "", ""],
        ["出质人", "登记", "", "金额"],
        ["名称", "登记号", "登记日", "（万元）"],
        merged=(Merge(0, 0, 0, 3), Merge(1, 1, 1, 2)),
    )
    assert _keys(header) == ["pledgor", "reg_no", "registered_on", "secured_amount"]
    assert header.columns[3].unit is Unit.WAN
    assert header.last == 2


def test_that_the_title_above_and_the_rows_below_are_not_the_header() -> None:
    header = _header(
        ["2019年专利权质押贷款登记台账"],
        ["登记号", "登记日期", "企业名称", "银行"],
        ["Y2019980000001", "2019-03-05", "企业", "银行"],
    )
    assert (header.first, header.last) == (1, 1)


def test_that_the_better_name_wins_where_two_columns_could_be_one_field() -> None:
    header = _header(["日期", "登记日期", "企业", "出质人", "登记号"])
    assert _keys(header) == [None, "registered_on", None, "pledgor", "reg_no"]
    assert header.unmatched == ("日期", "企业")


def test_that_patents_and_trademarks_may_have_columns_of_their_own() -> None:
    header = _header(["登记号", "登记日期", "出质人", "专利号", "商标注册号"])
    assert _keys(header)[3:] == ["rights", "rights"]


def test_that_a_list_of_totals_per_city_is_no_ledger() -> None:
    assert find_header(_sheet(["地市", "金额（万元）", "件数", "企业"])) is None


def test_that_a_list_that_only_adds_to_known_numbers_is_a_ledger() -> None:
    assert _keys(_header(["登记号", "类型", "注销日期"])) == ["reg_no", "kind", "cancelled_on"]


def test_that_the_labels_seen_can_be_told() -> None:
    assert labels_seen(_sheet(["某表"], ["姓名", "年龄", "学历"])) == ("姓名", "年龄", "学历")
