"""The command line: every command, and the window when none is given."""

import importlib
import sys
from pathlib import Path

import click

from ipfinance import __version__
from ipfinance.errors import Cancelled, UserError

# Where each command lives; a module is loaded when one of its commands is used or listed, so
# that the window and quick commands do not wait for what they do not need.
_COMMANDS = {
    "import": "bring_in:import_ledgers",
    "batches": "bring_in:batches",
    "withdraw": "bring_in:withdraw",
    "notice": "bring_in_notices:notice",
    "template": "bring_in:template",
    "stats": "figures:stats",
    "trace": "figures:trace",
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

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"错误：{error}", err=True)
        except Cancelled:
            click.echo("已取消，没有写入任何内容。", err=True)
        ctx.exit(2)


@click.command(cls=_Commands, invoke_without_command=True)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="IPFINANCE_DB",
    help="数据文件 (store)；默认在用户数据文件夹里。",
)
@click.version_option(__version__, "--version", help="显示版本 (version)。")
@click.help_option("--help", help="显示帮助 (help)。")
@click.pass_context
def main(ctx: click.Context, db: Path | None) -> None:
    """知识产权质押登记统计 (ipfinance)。不带命令时打开窗口。"""
    from ipfinance.paths import default_store

    ctx.obj = db or default_store()
    if ctx.invoked_subcommand is None:
        from ipfinance.app import run

        sys.exit(run(ctx.obj))
