"""Stores made so that a report's statement is true of them, in as few registrations as may be."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.references import add
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Channel, Kind, Pledge
from ipfinance.domain.reference import ReferenceFigure
from tests import make

PROVINCE, NATION = "330000", "100000"
BARE: dict[str, Any] = {
    "credit_amount_fen": None,
    "loan_amount_fen": None,
    "appraised_value_fen": None,
    "subsidy_fen": None,
    "channel": Channel.WINDOW,
}


def registrations(
    count: int, total_fen: int, kind: Kind = Kind.PATENT, year: int = 2019, **changes: Any
) -> list[Pledge]:
    """So many registrations of a year that add up to an amount, each as large as the others."""
    each, rest = divmod(total_fen, count)
    made = make.pledge(**{"registered_on": date(year, 3, 5), "kind": kind, **BARE, **changes})
    return [
        replace(
            made,
            reg_no=f"{kind.value}-{year}-{number}-{next(_serial)}",
            rights=(make.mark() if kind is Kind.TRADEMARK else make.right(),),
            secured_amount_fen=each + (rest if number == 0 else 0),
        )
        for number in range(count)
    ]


def _serials() -> Iterable[int]:
    number = 0
    while True:
        yield number
        number += 1


_serial = iter(_serials())


def everywhere(store: Store, year: int, leaving_out: int = 0) -> list[Pledge]:
    """One registration of 1 分 in each county, but in the last so many."""
    counties = all_divisions(store).counties_on(date(year, 12, 31))
    return [
        one
        for county in counties[: len(counties) - leaving_out]
        for one in registrations(
            1,
            1,
            year=year,
            pledgors=(make.pledgor(f"{county.name}公司", city=county.parent, county=county.code),),
        )
    ]


def reference(indicator: str, value: str, unit: str, **changes: Any) -> ReferenceFigure:
    """An outside figure of the province, trademarks, 2019."""
    year = Period.year(2019)
    made = ReferenceFigure(
        region=PROVINCE,
        region_name="浙江省",
        start=year.start,
        end=year.end,
        kind="trademark",
        indicator=indicator,
        value=Decimal(value),
        unit=unit,
        source="公报",
    )
    return replace(made, **changes)


def first_for(store: Store, *years: int, place: int = 1) -> None:
    """Publish the rank of the province's trademark registrations in years."""
    add(
        store,
        [
            reference(
                "registrations_rank_of_nation",
                str(place),
                "位",
                start=Period.year(year).start,
                end=Period.year(year).end,
            )
            for year in years
        ],
    )


def white_paper(store: Store, uncovered: int = 0) -> None:
    """2019: patents 172亿元, +68 %; trademarks over 80亿元, +40.3 %; number +33.6 %, 45.8 %."""
    covered = everywhere(store, 2019, uncovered)
    base = round(Fraction(172 * YI) / Fraction("1.68"))
    earlier = round(Fraction(804, 10) * YI / Fraction("1.403"))
    make.stored(
        store,
        *covered,
        *registrations(10, 172 * YI - len(covered)),
        *registrations(10, base, year=2018),
        *registrations(167, 804 * YI // 10, Kind.TRADEMARK),
        *registrations(125, earlier, Kind.TRADEMARK, 2018),
    )
    nation = {"region": NATION, "region_name": "全国"}
    # 167 of 365 are 45.75 %, printed 45.8 %.
    add(store, [reference("registrations", "365", "件", **nation)])
    first_for(store, 2017, 2018, 2019)
    first_for(store, 2016, place=2)


def half_year(store: Store, growing: bool = True) -> None:
    """The first halves of 2021 and 2022: 489.9亿元, +52.9 %, both records unless not growing."""
    base = round(Fraction(4899, 10) * YI / Fraction("1.529"))
    make.stored(
        store,
        *registrations(6, base if growing else 600 * YI, year=2021),
        *registrations(9 if growing else 5, 4899 * YI // 10, year=2022),
    )


def huzhou(store: Store) -> None:
    """2014: 63 enterprises, 3.57亿元 lent, 617.25万元 of the province's 1077.23, 18 online."""
    here: dict[str, Any] = {"city": make.HUZHOU, "county": make.DEQING}
    made = [
        replace(one, pledgors=(make.pledgor(f"湖州第{number}公司", **here, uscc=None),))
        for number, one in enumerate(registrations(63, 4 * YI, year=2014))
    ]
    made = [
        replace(
            one,
            registered_on=date(2014, 8, 1) if number < 18 else date(2014, 3, 1),
            channel=Channel.ONLINE if number < 18 else Channel.WINDOW,
            loan_amount_fen=357 * YI // 100 if number == 0 else None,
            subsidy_fen=61725 * WAN // 100 if number == 0 else None,
        )
        for number, one in enumerate(made)
    ]
    last_year = replace(
        registrations(1, 2 * YI, year=2013, pledgors=(make.pledgor("湖州旧公司", **here),))[0],
        loan_amount_fen=2 * YI,
    )
    elsewhere = replace(
        registrations(1, YI, year=2014)[0], subsidy_fen=(107723 - 61725) * WAN // 100
    )
    make.stored(store, *made, last_year, elsewhere)


# Each store with the period and the area that its statement is about; None: the province.
STATEMENTS = [
    (white_paper, "2019", None),
    (half_year, "2022H1", None),
    (huzhou, "2014", make.HUZHOU),
]
