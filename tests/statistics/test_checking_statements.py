"""The checker on every statement of the source reports, as printed and with one thing altered."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ipfinance.db.connection import Store
from ipfinance.statistics.checking.figures import Checked
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG

ROWS = Path(__file__).parents[1] / "data" / "report_statements.csv"


class Printed(NamedTuple):
    """A row as a report prints it, the store it is true of, and the figures that are in it."""

    text: str
    fill: Callable[[Store], None]
    right: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()


# One for each row of the file, in its order.
STATEMENTS = (
    Printed(
        "2022年，浙江省知识产权质押融资覆盖面、普惠率、服务对象满意度列为评价指标。", told.half_year
    ),
    Printed(
        "2022年上半年，浙江省知识产权质押金额达489.9亿元，同比增长52.9%。",
        *(told.half_year, ("489.9亿元", "52.9%")),
    ),
    Printed(
        "2022年上半年，浙江省质押项目数和融资金额再创历史新高。", told.half_year, ("再创历史新高",)
    ),
    Printed(
        "2014年，湖州市获得省级专利权质押贷款贴息补助617.25万元，占全省的57.3%。",
        *(told.huzhou, ("617.25万元", "57.3%")),
    ),
    Printed("2014年，湖州市新增专利质押企业63家。", told.huzhou, ("63家",)),
    Printed(
        "2014年，湖州市专利权质押贷款3.57亿元，创历史新高。",
        *(told.huzhou, ("3.57亿元", "创历史新高")),
    ),
    Printed("2014年，安吉县成为全国首个知识产权试点县。", told.huzhou),
    Printed("2014年7月以来，湖州市线上绿色通道办理质押登记18件。", told.huzhou, ("18件",)),
    Printed(
        "2019年，浙江省专利权质押登记金额达到172亿元，同比增长68%。",
        *(told.white_paper, ("172亿元", "68%")),
    ),
    Printed(
        "2019年，浙江省商标专用权质押金额超过80亿元，同比增长40.3%。",
        *(told.white_paper, ("80亿元", "40.3%")),
    ),
    Printed("2019年，浙江省商标质押登记件数同比增长33.6%。", told.white_paper, ("33.6%",)),
    Printed(
        "2019年，浙江省商标质押登记件数占全国同期办理总量的45.8%。", told.white_paper, ("45.8%",)
    ),
    Printed(
        "2017年至2019年，浙江省商标质押登记件数连续三年居全国首位。",
        *(told.white_paper, ("连续三年居全国首位",)),
    ),
    Printed(
        "2019年，浙江省在全国率先实现县(市、区)质押登记全覆盖。", told.white_paper, ("全覆盖",)
    ),
    Printed("图5 2019年各设区市专利权质押融资情况", told.white_paper),
    Printed("图6 2019年各设区市商标专用权质押融资情况", told.white_paper),
    Printed(
        "2019年，浙江省专利权质押登记等8项管理事项实现网上办理。", told.white_paper, (), ("8项",)
    ),
    Printed("2019年，商标专用权质押登记受理点落户杭州高新区（滨江）。", told.white_paper),
    Printed(
        "In 2019, the registered amount of patent pledges in Zhejiang reached 17.2 billion yuan, "
        "up 68%.",
        *(told.white_paper, ("17.2 billion yuan", "68%")),
    ),
    Printed(
        "In 2019, the amount of trademark pledges in Zhejiang exceeded 8 billion yuan, an "
        "increase of 40.3%.",
        *(told.white_paper, ("8 billion yuan", "40.3%")),
    ),
    Printed(
        "In 2019, the number of trademark pledges in Zhejiang grew by 33.6%, accounting for "
        "45.8% of the national total, ranking first nationally for three consecutive years.",
        *(told.white_paper, ("33.6%", "45.8%", "three consecutive years")),
    ),
    Printed(
        "In 2019, Zhejiang became the first province with full county coverage of pledges.",
        *(told.white_paper, ("full county coverage",)),
    ),
)
# A value of the file in the unit in which it is printed above.
_IN_PRINT = {"6.1725": "617.25", "357": "3.57", "3": "三", "100": "全"}


def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_that_every_row_of_the_file_is_printed_with_its_numbers() -> None:
    assert len(rows()) == len(STATEMENTS)
    for row, printed in zip(rows(), STATEMENTS, strict=True):
        shares = re.findall(r"^[\d.]+", row["share_percent"])
        for number in filter(None, (row["value"], row["growth_percent"], *shares)):
            words = _IN_PRINT.get(number, number)
            assert words in printed.text or "full" in printed.text, (row, words)


@pytest.fixture(scope="module", params=[told.white_paper, told.half_year, told.huzhou])
def filled(
    request: pytest.FixtureRequest, empty_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Callable[[Store], None], Store]]:
    """Each of the stores the statements are true of; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("told")) as store:
        request.param(store)
        yield request.param, store


def of_store(fill: Callable[[Store], None]) -> list[Printed]:
    return [one for one in STATEMENTS if one.fill is fill]


def test_that_each_statement_is_right_as_printed(
    filled: tuple[Callable[[Store], None], Store],
) -> None:
    fill, store = filled
    for one in of_store(fill):
        found = check(one.text, store)
        assert [figure.text for figure in found if figure.verdict is RIGHT] == list(one.right)
        assert [figure.text for figure in found if figure.verdict is OPEN] == list(one.left_open)
        assert [figure.text for figure in found if figure.verdict is WRONG] == []


def test_that_nothing_is_wrong_in_another_store_by_rounding(store: Store) -> None:
    """Without data nothing can be refuted, whatever is printed."""
    for one in STATEMENTS:
        assert [figure for figure in check(one.text, store) if figure.verdict is WRONG] == []


def altered(printed: Printed, figure: Checked) -> Iterator[str]:
    """The statement with one digit, one unit or one rank of a figure changed."""
    before, after = printed.text[: figure.start], printed.text[figure.end :]
    is_above = re.search(r"超过$|exceeded $", before) is not None
    for at, letter in enumerate(figure.text):
        if letter.isdigit():
            for step in (1, -1):
                digit = int(letter) + step
                # Above 70 is true of what is above 80; a first zero is no number.
                if (step < 0 and is_above) or not (1 if at == 0 else 0) <= digit <= 9:
                    continue
                yield before + figure.text[:at] + str(digit) + figure.text[at + 1 :] + after
    for unit, other in UNITS:
        if unit in figure.text and not (is_above and other == "万元"):
            yield before + figure.text.replace(unit, other) + after
    for rank, other in RANKS:
        if rank in figure.text:
            yield before + figure.text.replace(rank, other) + after
    for way, other in WAYS:
        if before.endswith(way):
            yield before.removesuffix(way) + other + figure.text + after


UNITS = (
    *(("亿元", "万元"), ("亿元", "万亿元"), ("万元", "亿元"), ("万元", "元")),
    *((" billion yuan", " million yuan"), (" billion yuan", " trillion yuan")),
)
RANKS = (
    *(("连续三年", "连续四年"), ("连续三年", "连续两年"), ("首位", "第2位"), ("首位", "第三位")),
    *(("three consecutive", "four consecutive"), ("three consecutive", "two consecutive")),
)
WAYS = (("同比增长", "同比下降"), ("up ", "down "), ("grew by ", "fell by "))


def test_that_each_altered_figure_is_wrong_and_no_other(
    filled: tuple[Callable[[Store], None], Store],
) -> None:
    fill, store = filled
    tried, missed = 0, []
    for one in of_store(fill):
        for figure in check(one.text, store):
            if figure.verdict is not RIGHT:
                continue
            for text in altered(one, figure):
                tried += 1
                found = check(text, store)
                wrong = [other.start for other in found if other.verdict is WRONG]
                if len(wrong) != 1 or abs(wrong[0] - figure.start) > 4:
                    missed.append(
                        (figure.text, text, [(o.text, o.verdict, o.reason) for o in found])
                    )
    assert not missed, "\n".join(map(str, missed))
    assert tried >= 5


@pytest.mark.parametrize("uncovered", [1, 5])
def test_that_full_coverage_is_wrong_with_a_county_left_out(store: Store, uncovered: int) -> None:
    told.white_paper(store, uncovered=uncovered)
    for printed in (STATEMENTS[13], STATEMENTS[21]):
        assert [one.verdict for one in check(printed.text, store)] == [WRONG]


def test_that_a_record_is_wrong_where_an_earlier_half_was_higher(store: Store) -> None:
    told.half_year(store, growing=False)
    assert [one.verdict for one in check(STATEMENTS[2].text, store)] == [WRONG]
