"""Which counties became which, and which bank has which head office."""

from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.territories import all_successions
from ipfinance.domain.head_banks import head_name
from ipfinance.domain.period import Period
from ipfinance.domain.succession import Piece, Succession, Successions

CHANGE = date(2021, 4, 9)
BEFORE, AFTER = Period.of(date(2021, 1, 1), date(2021, 4, 8)), Period.of(CHANGE, date(2021, 12, 31))
YEAR = Period.year(2021)


def test_that_a_merged_county_has_the_pieces_of_those_before_it() -> None:
    known = Successions(
        [Succession("330103", "330105", CHANGE, True), Succession("330105", "330105", CHANGE, True)]
    )
    assert known.pieces("330105", YEAR, YEAR.end) == [
        Piece("330105", AFTER, True),
        Piece("330103", BEFORE, True),
        Piece("330105", BEFORE, True),
    ]
    assert known.pieces("330105", YEAR, date(2021, 4, 8)) == [Piece("330105", YEAR, True)]


def test_that_a_part_of_a_county_is_never_sure() -> None:
    known = Successions([Succession("330110", "330113", CHANGE, False)])
    assert known.pieces("330113", YEAR, YEAR.end) == [
        Piece("330113", AFTER, True),
        Piece("330110", BEFORE, False),
    ]


def test_that_a_new_store_knows_what_became_of_hangzhou(store: Store) -> None:
    known = all_successions(store)
    assert known.changed("330105", YEAR) == CHANGE
    assert known.changed("330106", YEAR) is None
    old = {one.code: one.is_sure for one in known.pieces("330102", BEFORE, YEAR.end)}
    assert old == {"330102": True, "330104": False}


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("中国工商银行股份有限公司杭州分行", "中国工商银行股份有限公司"),
        ("中国工商银行股份有限公司杭州分行营业部", "中国工商银行股份有限公司"),
        ("德清农村商业银行股份有限公司武康支行", "德清农村商业银行股份有限公司"),
        ("汇丰银行（中国）有限公司杭州分行", "汇丰银行（中国）有限公司"),
        ("国家开发银行浙江省分行", "国家开发银行"),
        ("杭州银行股份有限公司", "杭州银行股份有限公司"),
        ("示例融资担保有限公司杭州分公司", "示例融资担保有限公司杭州分公司"),
        ("银行支行", "银行支行"),
    ],
)
def test_that_only_a_plain_branch_has_another_head(name: str, head: str) -> None:
    assert head_name(name) == head
