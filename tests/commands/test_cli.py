"""A call that cannot be understood is told in one line of Chinese, with exit status 2."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ipfinance.cli import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stats"], "缺少参数 PERIOD。用法见 ipfinance stats --help"),
        (["stats", "2019", "--nope"], "没有选项 --nope"),
        (["stats", "2019", "--by", "planet"], "--by 的值不对，可用：city、county"),
        (["figure", "2019", "--kind", "patent", "-o", "x.png", "--dpi", "fine"], "应为整数"),
        (["figure", "2019", "--kind", "patent", "-o", "x.png", "--width", "wide"], "应为数字"),
        (["figure", "2019", "--kind", "patent", "-o", "."], "-o 的值不对，应为可以读取的文件"),
        (["backup", __file__], "应为文件夹，不是文件"),
        (["stats", "2019", "--top", "0"], "--top 的值不对，应为不小于 1 的整数"),
        (["demo", "--size", "0"], "应为 1 到 2000000 的整数"),
        (["demo", "--until", "2019-02-30"], "应为 2019-03-05 这样的日期"),
        (["stats", "2019", "--kind"], "--kind 后面没有写值"),
        (["import", "a.csv", "--dry-run=1"], "--dry-run 后面不写值"),
        (["reference"], "没有写明做什么。用法见 ipfinance reference --help"),
        (["frobnicate"], "没有命令 frobnicate。用法见 ipfinance --help"),
        (["stats", "2019", "2020"], "看不懂这条命令，多了「2020」"),
        (["stats", "2019x"], "期间「2019x」看不懂"),
    ],
)
def test_that_a_mistaken_call_is_told_in_one_line(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = CliRunner().invoke(
        main, ["--db", str(tmp_path / "store.db"), *arguments], prog_name="ipfinance"
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not re.search(r"(?<!-)\b(is|not|valid|requires|Got)\b", result.stderr)


def test_that_the_store_of_the_environment_is_found_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_store: Path
) -> None:
    (tmp_path / "store.db").write_bytes(empty_store.read_bytes())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("IPFINANCE_DB", "~/store.db")
    result = CliRunner().invoke(main, ["verify"], prog_name="ipfinance")
    assert (result.exit_code, result.stdout) == (0, "数据文件完好。\n")


def test_that_every_command_has_help_in_chinese() -> None:
    context = click.Context(main)
    overview = CliRunner().invoke(main, ["--help"])
    assert overview.exit_code == 0
    for name in main.list_commands(context):
        told = CliRunner().invoke(main, [name, "--help"])
        assert told.exit_code == 0
        assert any("\u4e00" <= character <= "\u9fff" for character in told.stdout), name
