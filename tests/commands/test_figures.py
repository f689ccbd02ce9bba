"""`stats` prints exactly the figures that were counted, as a table, CSV and JSON."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ipfinance.cli import main
from ipfinance.db.connection import open_store
from tests import make
from tests.reports import standard

Run = Callable[..., Result]
EXPECTED = standard.expected_figures()


@pytest.fixture(scope="module")
def standard_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standard") / "standard.db"
    standard.build(path)
    return path


@pytest.fixture
def run(standard_file: Path) -> Run:
    def runs(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["--db", str(standard_file), *arguments])

    return runs


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("key", EXPECTED)
def test_that_stats_are_exactly_the_expected_figures(run: Run, key: str) -> None:
    period, kind, by = key.split("/")
    told = _json(run("stats", period, "--kind", kind, "--by", by, "--format", "json"))
    expected = dict(EXPECTED[key])
    total = expected.pop("total")
    assert {name: told["total"]["values"][name] for name in total} == total
    nothing = {name: "0.00" if name == "secured_amount" else 0 for name in MEASURES}
    rows = {row["code"]: row["values"] for row in told["rows"]}
    assert len(rows) == len(told["rows"])
    assert expected.keys() <= rows.keys()
    for code, values in rows.items():
        assert values == expected.get(code, nothing), code


MEASURES = (
    "registrations",
    "secured_amount",
    "enterprises",
    "rights",
    "rights_distinct",
    "inclusive_enterprises",
    "pledgees",
    "amount_missing",
)


def test_that_stats_have_the_shape_of_the_contract(run: Run) -> None:
    told = _json(run("stats", "2019", "--kind", "patent", "--by", "city", "--format", "json"))
    assert list(told) == ["period", "previous", "kind", "by", "rows", "total", "notes"]
    assert told["period"] == {
        "text": "2019",
        "label": "2019年",
        "start": "2019-01-01",
        "end": "2019-12-31",
    }
    assert told["previous"] == {"label": "2018年", "start": "2018-01-01", "end": "2018-12-31"}
    assert (told["kind"], told["by"]) == ("patent", "city")
    assert [row["code"] for row in told["rows"]] == [f"33{n:02}00" for n in range(1, 12)]
    row = told["rows"][0]
    assert list(row) == ["code", "name", "values", "previous", "growth", "share", "rank"]
    for part in ("values", "previous", "growth", "share", "rank"):
        assert tuple(row[part]) == MEASURES
    assert row["name"] == "杭州市"
    assert row["growth"]["registrations"] == -0.2857142857
    assert row["growth"]["amount_missing"] is None
    assert list(told["total"]) == ["values", "previous", "growth"]
    assert told["total"]["values"]["inclusive_rate"] == 0.6268656716
    assert told["total"]["values"]["counties"] == 90
    assert told["total"]["previous"]["counties"] == 89
    assert all(isinstance(note, str) for note in told["notes"])


def test_that_counties_whose_territory_changed_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "2021.db"
    with open_store(path) as store:
        make.stored(store, make.pledge(registered_on=date(2021, 5, 6)))
    arguments = ["--db", str(path), "stats", "2021", "--by", "county", "--format", "json"]
    told = _json(CliRunner().invoke(main, arguments))
    changed = {
        row["code"]: row["territory_changed"] for row in told["rows"] if "territory_changed" in row
    }
    assert changed == dict.fromkeys(("330102", "330105", "330110"), "2021-04-09")


def test_that_a_period_without_registrations_is_an_empty_table_that_says_so(run: Run) -> None:
    told = _json(run("stats", "2031", "--format", "json"))
    assert told["rows"] == []
    assert set(told["total"]["values"].values()) == {None}
    assert told["notes"][0] == "2031年没有登记。"
    for more in ([], ["--cross", "month"]):
        told_csv = run("stats", "2031", "--format", "csv", *more)
        assert len(told_csv.stdout.splitlines()) == 1
        assert told_csv.stderr == "2031年没有登记。\n"
        text = run("stats", "2031", *more).stdout
        assert text.splitlines()[1:] == ["2031年没有登记。"]


def test_that_the_first_rows_stand_with_their_own_total_and_that_of_all(run: Run) -> None:
    whole = _json(run("stats", "2019", "--format", "json"))
    told = _json(run("stats", "2019", "--top", "2", "--format", "json"))
    first = sorted(whole["rows"], key=lambda row: -float(row["values"]["secured_amount"]))[:2]
    assert told["rows"] == first
    assert told["total"] == whole["total"]
    values = told["top"]["values"]
    assert values["registrations"] == sum(row["values"]["registrations"] for row in first)
    assert float(values["secured_amount"]) == sum(
        float(row["values"]["secured_amount"]) for row in first
    )
    assert "前2位小计" in run("stats", "2019", "--top", "2").stdout
    refused = run("stats", "2019", "--by", "month", "--top", "2")
    assert refused.exit_code == 2
    assert "--top" in refused.stderr


def test_that_a_crossed_table_has_its_cells_and_totals(run: Run) -> None:
    asked = ("stats", "2019", "--by", "city", "--cross", "right_kind")
    told = _json(run(*asked, "--measure", "registrations", "--format", "json"))
    assert (
        told["total"]
        == _json(run("stats", "2019", "--format", "json"))["total"]["values"]["registrations"]
    )
    [hangzhou] = [row for row in told["rows"] if row["code"] == "330100"]
    assert hangzhou["cells"].keys() == {one["code"] for one in told["columns"]}
    for column, value in hangzhou["cells"].items():
        of = ("--of", "city=330100", "--of", f"right_kind={column}")
        traced = _json(run("trace", "2019", "--measure", "registrations", *of, "--format", "json"))
        assert value == traced["value"] == traced["count"]


@pytest.mark.parametrize("of", ["size", "foo=1", "month=2018-01", "enterprise=x", "right_kind=x"])
def test_that_a_row_or_column_that_there_is_not_is_told(run: Run, of: str) -> None:
    refused = run("trace", "2019", "--of", of)
    assert refused.exit_code == 2
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("by", "count"), [("year", 1), ("half", 2), ("quarter", 4), ("month", 12), ("none", 1)]
)
def test_that_other_groups_add_up_to_the_same_total(run: Run, by: str, count: int) -> None:
    told = _json(run("stats", "2019", "--by", by, "--format", "json"))
    assert len(told["rows"]) == count
    registrations = sum(row["values"]["registrations"] for row in told["rows"])
    assert registrations == told["total"]["values"]["registrations"] == 108


def test_that_the_text_is_an_aligned_table_with_notes(run: Run) -> None:
    result = run("stats", "2019", "--kind", "patent")
    assert result.exit_code == 0
    title, *lines = result.stdout.splitlines()
    assert title == "2019年浙江省专利权质押登记"
    table = [line for line in lines if not line[0].isdigit()]
    assert {_width(line) for line in table[2:]} == {_width(table[2])}
    [hangzhou] = [line.split() for line in lines if line.startswith("杭州市")]
    assert hangzhou[:7] == ["杭州市", "10", "-28.6%", "26,588.18", "-30.5%", "16.1%", "3"]
    assert "普惠率 62.7%（42 / 67 家），县（市、区）覆盖 45 / 90 个" in result.stdout
    assert "同比为与2018年相比。" in result.stdout


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def test_that_csv_is_long_with_codes(run: Run) -> None:
    result = run("stats", "2019", "--kind", "patent", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 11 * 8 + 11
    first = {key: rows[1][key] for key in ("code", "indicator", "unit", "value", "rank")}
    assert first == {
        "code": "330100",
        "indicator": "secured_amount",
        "unit": "元",
        "value": "265881804.00",
        "rank": "3",
    }
    assert (rows[-1]["by"], rows[-1]["code"], rows[-1]["indicator"]) == (
        *("total", "330000"),
        "inclusive_rate",
    )


def test_that_csv_can_be_wide(run: Run) -> None:
    result = run("stats", "2019", "--kind", "patent", "--format", "csv", "--wide")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == ["code", "name", *MEASURES]
    assert len(rows) == 12
    assert (rows[0]["name"], rows[0]["secured_amount"]) == ("杭州市", "265881804.00")
    assert rows[-1]["registrations"] == "70"


def test_that_unknown_amounts_are_not_printed_as_zero(empty_store: Path, tmp_path: Path) -> None:
    with make.store_copied(empty_store, tmp_path) as store:
        make.stored(store, make.pledge(secured_amount_fen=None))
    result = CliRunner().invoke(main, ["--db", str(store.path), "stats", "2019"])
    [hangzhou] = [line.split() for line in result.stdout.splitlines() if "杭州市" in line]
    assert hangzhou[3] == "[不详]"
    assert "另有 1 件金额待补" in result.stdout


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("area", [None, "330200", "330203"])
def test_that_what_is_traced_is_what_was_counted(run: Run, measure: str, area: str | None) -> None:
    arguments = ["--area", area] if area else []
    told = _json(run("trace", "2019", "--measure", measure, *arguments, "--format", "json"))
    by = "city" if area == "330200" else "county"
    stats = _json(run("stats", "2019", "--by", by, "--format", "json"))
    values = next((row["values"] for row in stats["rows"] if row["code"] == area), None)
    values = values or stats["total"]["values"]
    traced = told["registrations"]
    assert told["count"] == len(traced)
    if measure in ("registrations", "amount_missing"):
        assert len(traced) == values[measure]
    elif measure == "secured_amount":
        assert told["secured_amount"] == values["secured_amount"]
        fen = sum(int(one["secured_amount"].replace(".", "")) for one in traced)
        assert f"{fen // 100}.{fen % 100:02}" == values["secured_amount"]
    elif measure == "rights":
        assert sum(one["rights"] for one in traced) == values["rights"]
    else:
        assert (values[measure] == 0) == (not traced)


def test_that_a_traced_registration_tells_what_it_is(run: Run) -> None:
    told = _json(run("trace", "2019", "--kind", "patent", "--area", "330100", "--format", "json"))
    assert told["measure"] == "secured_amount"
    assert told["registrations"][0] == {
        "reg_no": "Y2019980000032",
        "kind": "patent",
        "registered_on": "2019-01-09",
        "pledgors": ["浙江立方万里光电股份有限公司"],
        "pledgee": "浙江泰隆商业银行股份有限公司杭州分行",
        "city": "杭州市",
        "city_code": "330100",
        "county": "拱墅区",
        "county_code": "330105",
        "secured_amount": "20362226.00",
        "rights": 2,
        "counted": "20362226.00",
    }


def test_that_traced_registrations_are_printed_and_written_as_csv(run: Run) -> None:
    result = run("trace", "2019", "--kind", "patent", "--area", "330100")
    assert "2019年 担保债权额 背后的登记" in result.stdout
    assert "共 10 笔，担保债权额合计 26,588.18 万元。" in result.stdout
    result = run("trace", "2019", "--kind", "patent", "--area", "330100", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 10
    assert rows[0]["reg_no"] == "Y2019980000032"
    assert rows[0]["county_code"] == "330105"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stats", "20199"], "期间「20199」看不懂"),
        (["trace", "2019", "--area", "999999"], "没有代码为 999999 的行政区划"),
        (["trace", "2019", "--measure", "money"], "没有名为 money 的指标"),
        (["stats", "2019", "--kind", "patents"], "--kind 的值不对"),
    ],
)
def test_that_wrong_questions_get_one_line_and_status_2(
    run: Run, arguments: list[str], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["stats", "trace", "report", "figure", "export"])
def test_that_every_command_explains_itself_in_chinese(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "(help)" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_that_reading_writes_nothing(standard_file: Path, run: Run) -> None:
    with open_store(standard_file) as store:
        before = make.dump(store)
    run("stats", "2019")
    run("trace", "2019")
    with open_store(standard_file) as store:
        assert make.dump(store) == before


def test_that_chosen_columns_tell_rule_base_exact_value_and_what_is_behind(run: Run) -> None:
    asked = ("stats", "2019", "--measure", "registrations", "--measure", "secured_amount")
    compared = ("--compare", "level", "--compare", "completion:1000亿元", "--compare", "yoy")
    refused = run(*asked, *compared)
    assert refused.exit_code == 2  # a number of registrations has no target in 元
    assert "登记件数完成率" in refused.stderr
    told = _json(run(*asked[:2], *asked[4:], *compared, "--format", "json"))
    plain = _json(run("stats", "2019", "--format", "json"))
    assert [row["code"] for row in told["rows"]] == [row["code"] for row in plain["rows"]]
    for row, known in zip(
        (*told["rows"], told["total"]), (*plain["rows"], plain["total"]), strict=True
    ):
        level, done, grown = row["figures"]
        amount = Decimal(known["values"]["secured_amount"])
        assert level["registrations"] == known["values"]["registrations"]
        assert Decimal(level["value"]) == amount
        assert Decimal(done["value"]) == pytest.approx(amount / 1000 / 10**8)
        assert (done["given"], done["base"]) == ("1,000亿元", "100000000000.00")
        assert done["rule"].endswith("完成率：本期数除以目标数。")
        growth = known["growth"]["secured_amount"]
        assert grown["value"] is None or float(grown["value"]) == pytest.approx(growth)
        assert (growth is None) == bool(grown["reason"])
    lines = run(*asked[:2], *asked[4:], *compared, "--format", "csv").stdout.splitlines()
    assert len(lines) == 1 + 3 * (len(told["rows"]) + 1)


def test_that_the_first_rows_stand_in_a_csv_file_too(run: Run) -> None:
    asked = ("stats", "2019", "--by", "pledgee", "--top", "2", "--format")
    told = _json(run(*asked, "json"))["top"]["values"]
    long = csv.DictReader(io.StringIO(run(*asked, "csv").stdout))
    firsts = {row["indicator"]: row for row in long if row["by"] == "top"}
    assert {key: row["value"] for key, row in firsts.items()} == {
        key: str(value) for key, value in told.items()
    }
    assert firsts["registrations"]["name"] == "前2位小计"
    wide = list(csv.DictReader(io.StringIO(run(*asked, "csv", "--wide").stdout)))
    assert wide[-2]["name"] == "前2位小计"
    assert wide[-2]["enterprises"] == str(told["enterprises"])
    both = _json(run(*asked, "json", "--compare", "level", "--measure", "enterprises"))
    assert both["top"]["figures"][0]["value"] == str(told["enterprises"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--compare", "sometimes"), "没有名为 sometimes 的比较"),
        (("--measure", "money"), "没有名为 money 的指标"),
        (("--compare", "yoy:3"), "yoy 后面不写数"),
        (("--compare", "first_above"), "没有写整数"),
        (("--compare", "increment", "--measure", "inclusive_rate"), "没有「增减量」"),
        (("--compare", "yoy", "--cross", "size"), "交叉表只有一个指标的本期数"),
        (("--compare", "yoy", "--wide", "--format", "csv"), "--wide"),
    ],
)
def test_that_columns_that_cannot_be_say_why(
    run: Run, options: tuple[str, ...], words: str
) -> None:
    refused = run("stats", "2019", *options)
    assert refused.exit_code == 2
    assert words in refused.stderr
