"""Commands that print sentences, check those of others, and bring in outside figures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from ipfinance.cli import main
from ipfinance.db.connection import open_store
from ipfinance.domain.money import YI
from ipfinance.domain.pledge import Kind
from tests import make
from tests.reports import stores_told as told

Run = Callable[..., Result]
STATEMENT = "2019年，全省专利权质押登记金额达到172亿元，同比增长68%。"


@pytest.fixture
def path(empty_store: Path, tmp_path: Path) -> Path:
    with make.store_copied(empty_store, tmp_path) as store:
        return store.path


@pytest.fixture
def run(path: Path) -> Run:
    def runs(*arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(main, ["--db", str(path), *arguments], input=text)

    return runs


@pytest.fixture
def white_paper(path: Path) -> None:
    with open_store(path, who="测试员") as store:
        told.white_paper(store)


def _json(result: Result, status: int = 0) -> Any:
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


# --- sentence -----------------------------------------------------------------------------


@pytest.mark.usefixtures("white_paper")
def test_that_the_sentences_are_printed(run: Run) -> None:
    result = run("sentence", "2019")
    assert result.exit_code == 0
    for words in ("172亿元", "68%", "超过80亿元", "40.3%", "33.6%", "45.8%", "连续三年", "全覆盖"):
        assert words in result.stdout


@pytest.mark.usefixtures("white_paper")
def test_that_the_sentences_for_machines_have_the_promised_shape(run: Run) -> None:
    told_json = _json(run("sentence", "2019", "--format", "json"))
    assert told_json["lang"] == "zh"
    figures = {}
    for sentence in told_json["sentences"]:
        for figure in sentence["figures"]:
            assert sentence["text"][figure["start"] : figure["end"]] == figure["printed"]
            figures[figure["printed"]] = figure
    rule = figures["172亿元"].pop("rule")
    assert "担保债权" in rule
    assert figures["172亿元"] == {
        "printed": "172亿元",
        "start": figures["172亿元"]["start"],
        "end": figures["172亿元"]["end"],
        "indicator": "secured_amount",
        "comparison": "level",
        "kind": "patent",
        "exact": "17200000000.00",
        "registrations": 100,
        "reference": None,
    }
    assert figures["68%"]["exact"] == "0.68"
    assert figures["68%"]["comparison"] == "yoy"
    assert figures["三年"]["exact"] == "3"
    assert figures["45.8%"]["exact"] == "0.4575342466"
    assert "公报" in figures["45.8%"]["reference"]


@pytest.mark.usefixtures("white_paper")
def test_that_english_sentences_are_told_on_request(run: Run) -> None:
    assert "17.2 billion yuan" in run("sentence", "2019", "--lang", "en").stdout
    assert _json(run("sentence", "2019", "--lang", "en", "--format", "json"))["lang"] == "en"


@pytest.mark.usefixtures("white_paper")
def test_that_an_area_may_be_given_by_code_or_name(run: Run) -> None:
    assert "2019年，杭州市" in run("sentence", "2019", "--area", "330100").stdout
    assert "2019年，德清县" in run("sentence", "2019", "--area", "德清").stdout
    assert run("sentence", "2019", "--area", "330000").exit_code == 0


def test_that_an_unknown_area_or_period_is_one_line_and_status_2(run: Run) -> None:
    for arguments in (("sentence", "2019", "--area", "999999"), ("sentence", "去年")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith("错误：")
        assert result.stderr.count("\n") == 1


def test_that_a_period_without_registrations_says_so(run: Run) -> None:
    result = run("sentence", "2019")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "没有登记" in result.stderr
    for area, name in (((), ""), (("--area", "330521"), "德清县")):
        told = _json(run("sentence", "2019", *area, "--format", "json"))
        assert told["sentences"] == []
        assert told["notes"] == [f"{name}2019年没有登记，没有可写的语句。"]


@pytest.mark.usefixtures("white_paper")
def test_that_what_is_left_out_for_want_of_a_base_says_why(run: Run) -> None:
    result = run("sentence", "2018")
    assert "登记金额同比" not in result.stdout
    told = _json(run("sentence", "2018", "--format", "json"))
    assert told["notes"] == result.stderr.splitlines()
    assert any("2017年没有数据可比" in note for note in told["notes"])
    # A figure of the nation for another year is refused as a base.
    assert any("期间不同不能作分母" in note for note in told["notes"])


# --- check --------------------------------------------------------------------------------


@pytest.mark.usefixtures("white_paper")
def test_that_a_right_statement_from_stdin_has_status_0(run: Run) -> None:
    result = run("check", "-", text=STATEMENT)
    assert result.exit_code == 0, result.output
    assert "相符  172亿元" in result.stdout
    assert "共 2 个数：相符 2 个，不符 0 个，无法核对 0 个。" in result.stdout


@pytest.mark.usefixtures("white_paper")
def test_that_a_wrong_statement_has_status_1_and_the_promised_shape(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "段落.txt"
    file.write_text(STATEMENT.replace("172", "127"), encoding="utf-8")
    figures = _json(run("check", str(file), "--format", "json"), 1)["figures"]
    assert [list(one) for one in figures] == [
        ["text", "start", "end", "form", "verdict", "computed", "reason"]
    ] * 2
    assert (figures[0]["text"], figures[0]["start"], figures[0]["end"]) == ("127亿元", 19, 24)
    assert (figures[0]["form"], figures[0]["verdict"]) == ("amount", "不符")
    assert figures[0]["computed"] == "17200000000.00"
    assert (figures[1]["form"], figures[1]["verdict"]) == ("growth", "相符")


def test_that_arithmetic_needs_no_registrations(run: Run) -> None:
    text = "专利质押登记金额862亿元，商标质押登记金额212亿元，合计1047亿元。"
    result = run("check", "-", text=text)
    assert result.exit_code == 1
    assert "1074亿元" in result.stdout


def test_that_a_text_without_figures_says_so(run: Run) -> None:
    assert "没有找到" in run("check", "-", text="没有数。").stdout
    assert _json(run("check", "-", "--format", "json", text="")) == {"figures": []}


@pytest.mark.usefixtures("white_paper")
def test_that_a_default_period_may_be_given(run: Run) -> None:
    text = "全省专利权质押登记金额达到172亿元。"
    assert "无法核对  172亿元" in run("check", "-", text=text).stdout
    assert "相符  172亿元" in run("check", "-", "--period", "2019", text=text).stdout


@pytest.mark.usefixtures("white_paper")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_that_texts_in_the_usual_encodings_are_read(
    run: Run, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "段落.txt"
    file.write_bytes(STATEMENT.encode(encoding))
    assert "相符 2 个" in run("check", str(file)).stdout


@pytest.mark.parametrize("name", ["表.csv", "表.xlsx"])
def test_that_a_table_in_a_file_is_footed(run: Run, tmp_path: Path, name: str) -> None:
    rows: list[list[str | int]] = [
        ["银行", "金额(万元)"],
        ["甲", 24998],
        ["乙", 10339],
        ["合计", 12837],
    ]
    file = tmp_path / name
    if name.endswith(".csv"):
        file.write_text("\n".join(f"{one},{other}" for one, other in rows), encoding="utf-8")
    else:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        book.save(file)
    figures = _json(run("check", str(file), "--format", "json"), 1)["figures"]
    wrong = [one for one in figures if one["verdict"] == "不符"]
    assert [one["text"] for one in wrong] == ["24998"]
    assert "2498" in wrong[0]["reason"]
    assert wrong[0]["computed"] == "24980000.00"


def test_that_a_missing_file_is_one_line_and_status_2(run: Run, tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "无.txt"))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


# --- reference ----------------------------------------------------------------------------

HEAD = "region,region_name,period_start,period_end,kind,indicator,value,unit,qualifier,growth_percent,source,note\n"  # noqa: E501
ROW = "100000,全国,2019-01-01,2019-12-31,trademark,registrations,365,件,,,公报,第 3 页\n"


def test_that_figures_are_brought_in_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "外部.csv"
    file.write_text(HEAD + ROW, encoding="utf-8")
    first = _json(run("reference", "import", str(file), "--format", "json"))
    assert first == {"read": 1, "new": 1, "same": 0, "rejected": 0, "faults": []}
    again = _json(run("reference", "import", str(file), "--format", "json"))
    assert (again["new"], again["same"]) == (0, 1)
    listed = _json(run("reference", "list", "--format", "json"))["figures"]
    mine = [one for one in listed if one["source"] == "公报"]
    assert [(one["value"], one["unit"], one["note"]) for one in mine] == [("365", "件", "第 3 页")]
    assert "公报" in run("reference", "list").stdout


def test_that_rows_that_cannot_be_kept_are_named_and_the_rest_saved(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "外部.csv"
    bad = [ROW.replace("100000", "999999"), ROW.replace("365,件", "365,吨"),
           ROW.replace("2019-12-31", "2019-13-31")]  # fmt: skip
    file.write_text(HEAD + "".join([bad[0], ROW, *bad[1:]]), encoding="utf-8")
    result = run("reference", "import", str(file))
    assert result.exit_code == 1
    for words in ("第 2 行", "第 4 行", "第 5 行", "新增 1 条", "没有保存 3 条"):
        assert words in result.stdout
    read = _json(run("reference", "import", str(file), "--format", "json"), 1)
    assert (read["read"], read["rejected"]) == (4, 3)
    assert [(one["row"], one["rule"]) for one in read["faults"]] == [
        *((2, "area_unknown"), (4, "unit_unknown"), (5, "period_unknown")),
    ]


def test_that_a_brought_in_rank_makes_a_streak(run: Run, tmp_path: Path, path: Path) -> None:
    with open_store(path, who="测试员") as store:
        make.stored(store, *told.registrations(3, 10 * YI, Kind.TRADEMARK))
    row = "330000,,{0}-01-01,{0}-12-31,trademark,registrations_rank_of_nation,1,位,,,公报,\n"
    file = tmp_path / "名次.csv"
    file.write_text(HEAD + row.format(2018) + row.format(2019), encoding="utf-8")
    assert run("reference", "import", str(file)).exit_code == 0
    assert "连续两年居全国首位" in run("sentence", "2019").stdout


def test_that_a_file_without_the_columns_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "外部.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("reference", "import", str(file)).exit_code == 2


@pytest.mark.parametrize(
    "command", [("sentence",), ("check",), ("reference",), ("reference", "import")]
)
def test_that_help_is_in_chinese_with_english_names(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "显示帮助 (help)" in result.stdout
