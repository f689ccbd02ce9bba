"""A call that cannot be understood is told in one line of Chinese, with exit status 2."""

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
        (["figure", "2019", "--kind", "patent", "-o", "x.png", "--dpi", "fine"], "--dpi 的值不对"),
        (["frobnicate"], "没有命令 frobnicate。用法见 ipfinance --help"),
        (["stats", "2019", "2020"], "看不懂这条命令"),
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


def test_that_every_command_has_help_in_chinese() -> None:
    context = click.Context(main)
    overview = CliRunner().invoke(main, ["--help"])
    assert overview.exit_code == 0
    for name in main.list_commands(context):
        told = CliRunner().invoke(main, [name, "--help"])
        assert told.exit_code == 0
        assert any("\u4e00" <= character <= "\u9fff" for character in told.stdout), name
