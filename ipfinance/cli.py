"""The command line: every command, and the window when none is given."""

import importlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand
from typing_extensions import override

from ipfinance import __version__
from ipfinance.errors import Cancelled, UserError
from ipfinance.paths import default_store

# Where each command lives; a module is loaded when one of its commands is used or listed, so
# that the window and quick commands do not wait for what they do not need.
_COMMANDS = {
    "import": "bring_in:import_ledgers",
    "batches": "bring_in:batches",
    "withdraw": "bring_in:withdraw",
    "notice": "bring_in_notices:notice",
    "template": "bring_in:template",
    "stats": "figures:stats",
    "trace": "tracing:trace",
    "sentence": "saying:sentence",
    "check": "saying:check",
    "reference": "outside:reference",
    "report": "going_out:report",
    "figure": "going_out:figure",
    "export": "going_out:export",
    "fill": "going_out:fill",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "verify": "keeping:verify",
    "demo": "keeping:demo",
}
# In click's own words, which tell no kind of mistake but this.
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")


class _Commands(click.Group):
    """Finds commands by name, and turns what a user can cause into one line on stderr."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command = getattr(importlib.import_module(f"ipfinance.commands.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    @override
    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
        except click.ClickException as error:
            click.echo(f"错误：{_mistake(error)}", err=True)
            status = 2
        except click.Abort:
            click.echo("已取消。", err=True)
            status = 2
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"错误：{error}", err=True)
        except Cancelled:
            click.echo("已取消，没有写入任何内容。", err=True)
        ctx.exit(2)


def _mistake(error: click.ClickException) -> str:
    """What is wrong with the words of a call, in one line, and where to look it up."""
    context = getattr(error, "ctx", None)
    help_words = f"{context.command_path if context else 'ipfinance'} --help"
    if isinstance(error, NoSuchCommand):
        said = f"没有命令 {error.command_name}"
    elif isinstance(error, NoArgsIsHelpError):
        said = "没有写明做什么"
    elif isinstance(error, click.NoSuchOption):
        said = f"没有选项 {error.option_name}"
    elif isinstance(error, click.MissingParameter):
        said = f"缺少参数 {_named(error.param)}"
    elif isinstance(error, click.BadParameter) and error.param is not None:
        said = f"{_named(error.param)} 的值不对，{_wanted(error.param.type)}"
    elif isinstance(error, click.BadOptionUsage):
        bare = "does not take a value" in error.message
        said = f"{error.option_name} {'后面不写值' if bare else '后面没有写值'}"
    elif extra := _EXTRA.search(error.message):
        said = f"看不懂这条命令，多了「{extra[1]}」"
    else:
        said = f"看不懂这条命令（{error.message}）"
    return f"{said}。用法见 {help_words}"


def _wanted(kind: "click.ParamType[Any]") -> str:
    """What the value of an option or argument may be."""
    match kind:
        case click.Choice():
            return f"可用：{'、'.join(map(str, kind.choices))}"
        case click.IntRange(min=int(least), max=None):
            return f"应为不小于 {least} 的整数"
        case click.IntRange():
            return f"应为 {kind.min} 到 {kind.max} 的整数"
        case click.DateTime():
            return "应为 2019-03-05 这样的日期"
        case click.Path(file_okay=False):
            return "应为文件夹，不是文件"
        case click.Path():
            return "应为可以读取的文件，不是文件夹"
    return "应为整数" if kind is click.INT else "应为数字"


def _named(param: click.Parameter | None) -> str:
    """An option as it is typed (--kind), an argument as the usage line has it (PERIOD)."""
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.human_readable_name if param else ""


@click.command(cls=_Commands, invoke_without_command=True)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="数据文件 (store)；不写则为环境变量 IPFINANCE_DB 所写的，再不写则在用户数据文件夹里。",
)
@click.version_option(__version__, "--version", help="显示版本 (version)。")
@click.help_option("--help", help="显示帮助 (help)。")
@click.pass_context
def main(ctx: click.Context, db: Path | None) -> None:
    """知识产权质押登记统计 (ipfinance)。不带命令时打开窗口。"""
    ctx.obj = db or default_store()
    if ctx.invoked_subcommand is None:
        from ipfinance.start import run

        sys.exit(run(ctx.obj))
