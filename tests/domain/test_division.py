"""Cities and counties on a day, by code and by what people write."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipfinance.domain.division import AreaError, Divisions, Level, read_divisions
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError
from ipfinance.paths import resource

IDENTIFIERS = Path(__file__).parents[1] / "data" / "identifiers.json"
REFORM = date(2021, 4, 9)
HEADER = "code,name_zh,name_en,level,parent,valid_from,valid_to\n"


@pytest.fixture(scope="module")
def zhejiang() -> Divisions:
    return read_divisions(resource("divisions.csv").read_text(encoding="utf-8"))


def test_that_the_cities_are_in_code_order(zhejiang: Divisions) -> None:
    names = " ".join(city.name.removesuffix("市") for city in zhejiang.cities())
    assert names == "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水"
    assert zhejiang.province.code == "330000"
    assert zhejiang.city("330100").name_en == "Hangzhou"
    assert zhejiang.city_of("330383").name == "温州市"


@pytest.mark.parametrize(("day", "count"), [("2019-08-15", 89), ("2019-08-16", 90)])
def test_that_longgang_is_the_ninetieth_county(zhejiang: Divisions, day: str, count: int) -> None:
    counties = zhejiang.counties_on(date.fromisoformat(day))
    assert len(counties) == count
    assert [row.code for row in counties] == sorted({row.code for row in counties})


def test_that_every_county_belongs_to_one_city_on_every_day(zhejiang: Divisions) -> None:
    day = date(2012, 1, 1)
    while day < date(2024, 1, 1):
        counties = zhejiang.counties_on(day)
        assert len({row.code for row in counties}) == len(counties)
        by_city = [zhejiang.counties_on(day, city.code) for city in zhejiang.cities()]
        assert [row for rows in by_city for row in rows] == counties
        day += timedelta(days=97)


def test_that_a_period_lists_each_code_once_with_its_latest_territory(zhejiang: Divisions) -> None:
    rows = zhejiang.counties_in(Period.year(2021), "330100")
    assert [row.code for row in rows] == sorted({row.code for row in rows})
    assert {"330103", "330104", "330113", "330114"} <= {row.code for row in rows}
    assert next(row for row in rows if row.code == "330102").valid_from == REFORM
    assert len(zhejiang.counties_in(Period.year(2020))) == 90
    assert len(zhejiang.counties_in(Period.year(2021))) == 92
    assert len(zhejiang.counties_in(Period.year(2022))) == 90


@pytest.mark.parametrize("code", ["330102", "330105", "330110"])
def test_that_a_change_of_territory_within_the_period_is_told(
    zhejiang: Divisions, code: str
) -> None:
    assert zhejiang.territory_changed(code, Period.year(2021)) == REFORM
    assert zhejiang.territory_changed(code, parse_period("2021-03-01..2021-04-09")) == REFORM
    assert zhejiang.territory_changed(code, parse_period("2021-04-09..2021-12-31")) is None
    assert zhejiang.territory_changed(code, parse_period("2021-01-01..2021-04-08")) is None
    assert zhejiang.territory_changed(code, Period.year(2020)) is None


@pytest.mark.parametrize("code", ["330104", "330114", "330106", "330100", "330383", "000000"])
def test_that_a_new_or_abolished_code_is_no_change_of_territory(
    zhejiang: Divisions, code: str
) -> None:
    assert zhejiang.territory_changed(code, parse_period("2010-01..2023-12")) is None


def test_that_a_code_has_its_name_of_the_day(zhejiang: Divisions) -> None:
    assert zhejiang.name_of("330111") == "富阳区"
    assert zhejiang.name_of("330104", date(2024, 1, 1)) == "江干区"
    assert zhejiang.name_of("330100", date(2019, 1, 1)) == "杭州市"
    with pytest.raises(AreaError):
        zhejiang.name_of("440100")


@pytest.mark.parametrize(
    "text", ["杭州", "杭州市", " 杭 州 市", "330100", "浙江省杭州市", "浙江杭州"]
)
def test_that_a_city_is_found(zhejiang: Divisions, text: str) -> None:
    assert zhejiang.find_city(text).code == "330100"


@pytest.mark.parametrize("text", ["", "上海", "萧山区", "杭州县", "浙江省", "330109", "全省"])
def test_that_another_place_is_no_city(zhejiang: Divisions, text: str) -> None:
    with pytest.raises(AreaError) as caught:
        zhejiang.find_city(text)
    assert caught.value.rule == "area_unknown"
    assert "设区市" in caught.value.text


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("富阳", "2014-12-12", "330183"),
        ("富阳", "2014-12-13", "330111"),
        ("富阳市", "2014-12-12", "330183"),
        ("富阳区", "2014-12-13", "330111"),
        ("杭州市富阳区", "2019-01-01", "330111"),
        ("浙江省杭州市富阳区", "2019-01-01", "330111"),
        ("杭州富阳", "2019-01-01", "330111"),
        ("绍兴县", "2013-10-17", "330621"),
        ("柯桥", "2013-10-18", "330603"),
        ("上城", "2019-01-01", "330102"),
        ("上城区", "2022-01-01", "330102"),
        ("景宁", "2019-01-01", "331127"),
        ("景宁县", "2019-01-01", "331127"),
        ("景宁畲族自治县", "2019-01-01", "331127"),
        ("330383", "2019-08-16", "330383"),
        ("龙 港", "2019-08-16", "330383"),
    ],
)
def test_that_a_county_is_found_by_name_and_day(
    zhejiang: Divisions, text: str, day: str, code: str
) -> None:
    found = zhejiang.find_county(text, date.fromisoformat(day))
    assert found.code == code
    assert found.valid_on(date.fromisoformat(day))


def test_that_every_county_is_found_by_its_own_names(zhejiang: Divisions) -> None:
    for row in zhejiang:
        if row.level == Level.COUNTY:
            day = row.valid_to or row.valid_from or date(2019, 1, 1)
            with_city = zhejiang.city_of(row.code).name + row.name
            for text in (row.code, row.name, row.name[:-1], with_city):
                assert zhejiang.find_county(text, day, row.parent) == row


@pytest.mark.parametrize(
    ("text", "day", "rule", "words"),
    [
        ("富阳市", "2019-01-01", "area_not_on_date", "当时为富阳区"),
        ("江干", "2021-04-09", "area_not_on_date", "到 2021-04-08 为止"),
        ("临平区", "2021-04-08", "area_not_on_date", "自 2021-04-09 起"),
        ("龙港市", "2019-08-15", "area_not_on_date", "自 2019-08-16 起"),
        ("市本级", "2019-01-01", "area_unknown", "不是一个县（市、区）"),
        ("市辖区", "2019-01-01", "area_unknown", "不是一个县（市、区）"),
        ("杭州市本级", "2019-01-01", "area_unknown", "不是一个县（市、区）"),
        ("杭州市", "2019-01-01", "area_unknown", "没有「杭州市」"),
        ("桐庐市", "2019-01-01", "area_unknown", "是否为桐庐县"),
        ("浦东新区", "2019-01-01", "area_unknown", "没有「浦东新区」"),
        ("", "2019-01-01", "area_unknown", "没有「」"),
    ],
)
def test_that_a_wrong_county_is_refused_with_the_reason(
    zhejiang: Divisions, text: str, day: str, rule: str, words: str
) -> None:
    with pytest.raises(AreaError) as caught:
        zhejiang.find_county(text, date.fromisoformat(day))
    assert caught.value.rule == rule
    assert words in caught.value.text


@pytest.mark.parametrize("text", ["平湖", "嘉兴市平湖市", "330482"])
def test_that_a_county_of_another_city_is_refused(zhejiang: Divisions, text: str) -> None:
    with pytest.raises(AreaError, match="不在杭州市，属嘉兴市"):
        zhejiang.find_county(text, date(2019, 1, 1), "330100")


def test_that_the_examples_of_area_codes_come_out(zhejiang: Divisions) -> None:
    examples = json.loads(IDENTIFIERS.read_text(encoding="utf-8"))["area_code"]
    for example in examples["valid"]:
        day = date.fromisoformat(example["date"])
        assert zhejiang.find_county(example["input"], day).code == example["input"]
    for example in examples["invalid"]:
        with pytest.raises(AreaError) as caught:
            zhejiang.find_county(example["input"], date.fromisoformat(example["date"]))
        assert caught.value.rule == "area_not_on_date"


def test_that_another_province_is_another_table() -> None:
    divisions = read_divisions(
        "\ufeff"
        + HEADER
        + "320000,江苏省,Jiangsu,province,,,\n"
        + "320100,南京市,Nanjing,city,320000,,\n"
        + "320200,无锡市,Wuxi,city,320000,,\n"
        + "320106,鼓楼区,Gulou,county,320100,,\n"
        + "320299,鼓楼区,Gulou of Wuxi,county,320200,,\n"
        + "320427,沙县,Sha,county,320200,,\n"
    )
    day = date(2020, 1, 1)
    with pytest.raises(AreaError) as caught:
        divisions.find_county("鼓楼", day)
    assert caught.value.rule == "area_ambiguous"
    assert divisions.find_county("鼓楼", day, "320200").code == "320299"
    assert divisions.find_county("南京鼓楼区", day).code == "320106"
    assert divisions.find_county("江苏省无锡市沙县", day).code == "320427"
    assert len(divisions) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "缺少列"),
        ("code,name_zh\n", "缺少列 name_en"),
        (HEADER + "3301,杭州市,Hangzhou,city,330000,,\n", "第 2 行"),
        (HEADER + "330100,杭州市,Hangzhou,town,330000,,\n", "第 2 行"),
        (HEADER + "330100,杭州市,Hangzhou,city,330000,2021-02-30,\n", "第 2 行"),
        (HEADER + "330100,杭州市\n", "第 2 行"),
    ],
)
def test_that_a_bad_table_is_refused_with_its_row(text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read_divisions(text)
    assert words in caught.value.text
