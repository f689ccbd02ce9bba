"""Where the pledgor of a notice is: told, known of it, given, and never guessed."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.orphans import waiting
from ipfinance.db.pledges import count
from ipfinance.domain.division import Divisions
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.establishing import PLACE_NOTE
from ipfinance.intake.notices.outcomes import Outcome
from ipfinance.intake.notices.places import PlaceChoice, Places, Source
from tests import make
from tests.intake.notices_carried_out import done, stored_as
from tests.intake.notices_made import established


def test_that_a_place_that_the_notice_does_not_tell_is_not_guessed(
    store: Store, setting: Setting
) -> None:
    [item] = done(store, setting, established(), choice=PlaceChoice())
    assert item.outcome is Outcome.ORPHAN
    assert "按企业名称可能在杭州市" in item.reasons[0]
    assert count(store) == 0
    assert [orphan.code for orphan in waiting(store)] == ["PE01"]


def test_that_a_known_enterprise_has_the_place_of_its_last_registration_by_that_day(
    store: Store, setting: Setting
) -> None:
    company = make.pledgor("杭州示例甲科技有限公司")
    moved = replace(company, county=make.XIHU)
    make.stored(
        store,
        make.pledge(pledgors=(company,), registered_on=date(2018, 1, 1)),
        make.pledge(pledgors=(moved,), registered_on=date(2019, 10, 1)),
        make.pledge(pledgors=(company,), registered_on=date(2021, 1, 1)),
    )
    [item] = done(store, setting, established(), choice=PlaceChoice())
    assert item.outcome is Outcome.CREATED
    [pledgor] = stored_as(store).pledgors
    assert (pledgor.city, pledgor.county) == (make.HANGZHOU, make.XIHU)
    assert pledgor.uscc == company.uscc


def test_that_a_county_whose_territory_changed_since_is_left_open(
    store: Store, setting: Setting
) -> None:
    company = make.pledgor("杭州示例甲科技有限公司", county=make.YUHANG)
    make.stored(store, make.pledge(pledgors=(company,), registered_on=date(2019, 1, 1)))
    told = established(登记生效日="2022-01-05")
    [item] = done(store, setting, told, choice=PlaceChoice())
    assert item.outcome is Outcome.CREATED
    assert (stored_as(store).city, stored_as(store).county) == (make.HANGZHOU, None)
    assert "县（市、区）待补" in item.reasons[0]


def test_that_the_name_tells_the_place_only_when_allowed_and_is_noted(
    store: Store, setting: Setting
) -> None:
    told = established(出质人=["绍兴示例乙机械有限公司", "新昌示例丙轴承有限公司"])
    [item] = done(store, setting, told, choice=PlaceChoice(from_names=True))
    assert item.outcome is Outcome.CREATED
    pledge = stored_as(store)
    assert [(each.city, each.county) for each in pledge.pledgors] == [
        ("330600", None),
        ("330600", "330624"),
    ]
    assert pledge.note == PLACE_NOTE


@pytest.mark.parametrize(
    ("name", "city", "county"),
    [
        ("杭州滨江示例有限公司", "330100", None),  # 滨江 is a brand as well
        ("杭州市滨江区示例有限公司", "330100", "330108"),
        ("浙江新昌示例有限公司", "330600", "330624"),
        ("义乌市示例有限公司", "330700", "330782"),
    ],
)
def test_that_a_name_may_begin_with_its_place(
    store: Store, divisions: Divisions, name: str, city: str, county: str | None
) -> None:
    found = Places(store, divisions, PlaceChoice()).suggestion(name, date(2020, 1, 1))
    assert found is not None
    assert (found.city, found.county, found.source) == (city, county, Source.NAME)


@pytest.mark.parametrize(
    "name",
    [
        "杭州湾示例有限公司",
        "西湖示例有限公司",
        "浙江示例有限公司",
        "示例有限公司",
        "杭州某（自然人）",
    ],
)
def test_that_most_names_tell_no_place(store: Store, divisions: Divisions, name: str) -> None:
    assert Places(store, divisions, PlaceChoice()).suggestion(name, date(2020, 1, 1)) is None


def test_that_a_given_county_must_exist_on_the_day(store: Store, setting: Setting) -> None:
    told = established(登记生效日="2018-01-05")
    [item] = done(store, setting, told, choice=PlaceChoice(county="龙港市"))
    assert item.outcome is Outcome.ORPHAN
    assert "2019-08-16 起设立" in item.reasons[0]
