"""Commands that keep the store: backup, restore, verify, and the demonstration."""

from datetime import datetime
from pathlib import Path

import click

from ipfinance.commands import FOUND_SOMETHING, console_progress, open_from, today
from ipfinance.commands.options import help_option
from ipfinance.db import backup as copies
from ipfinance.db import verification
from ipfinance.db.connection import Store
from ipfinance.demonstration import USUAL_END, USUAL_SIZE, fill
from ipfinance.errors import UserError

_LARGEST_DEMO = 2_000_000


@click.command(short_help="备份数据文件 (back up the store)。")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path)
)
@help_option
@click.pass_context
def backup(ctx: click.Context, folder: Path | None) -> None:
    """备份数据文件 (backup)：复制到文件夹 DIR，文件名带日期和时间；不写 DIR 就放在数据文件旁边。"""
    with _existing(ctx) as store:
        written = copies.backup(store, folder or store.path.parent / "backups")
    click.echo(f"已备份到：{written}")


@click.command(short_help="恢复备份 (restore a backup)。")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@help_option
@click.pass_context
def restore(ctx: click.Context, file: Path) -> None:
    """恢复备份 (restore)：先检查备份 FILE，再由它取代现在的数据文件；原来的另存一份。"""
    path = ctx.obj
    assert isinstance(path, Path)
    registrations = copies.look_into(file)
    kept = copies.restore(file, path)
    click.echo(f"已恢复 {registrations:,} 笔登记：{path}")
    if kept is not None:
        click.echo(f"原来的数据保存在：{kept}")


@click.command(short_help="检查数据文件 (verify the store)。")
@help_option
@click.pass_context
def verify(ctx: click.Context) -> None:
    """检查数据文件 (verify)：文件完整性、引用、派生数据、区划、导入批次和操作历史。

    退出状态：0 完好；1 发现问题；2 没能检查。
    """
    with _existing(ctx) as store:
        found = verification.verify(store)
    for sentence in found:
        click.echo(sentence)
    if found:
        click.echo(f"发现 {len(found)} 个问题。请用「restore」取回最近的备份，或逐笔核对。")
        ctx.exit(FOUND_SOMETHING)
    click.echo("数据文件完好。")


@click.command(short_help="填入演示数据 (demonstration data)。")
@click.option(
    "--size",
    metavar="N",
    type=click.IntRange(1, _LARGEST_DEMO),
    default=USUAL_SIZE,
    show_default=True,
    help="登记笔数 (number of registrations)。",
)
@click.option(
    "--seed", metavar="S", type=int, default=1, show_default=True, help="随机种子 (seed)。"
)
@click.option(
    "--until",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    default=USUAL_END.isoformat(),
    show_default=True,
    help="最后一笔的登记日期不晚于这一天 (last day)。",
)
@help_option
@click.pass_context
def demo(ctx: click.Context, size: int, seed: int, until: datetime) -> None:
    """填入演示数据 (demo)：把虚构的登记写入一个新的数据文件；已有登记的文件不接受。

    名称全部虚构；种子相同，登记就相同。
    """
    progress = console_progress()
    with open_from(ctx) as store:
        written = fill(store, today(), progress, size=size, seed=seed, until=until.date())
        path = store.path
    click.echo(f"已填入 {written:,} 笔虚构的登记：{path}")


def _existing(ctx: click.Context) -> Store:
    """The store that ``--db`` names, not made when it is missing: there is nothing to keep."""
    path = ctx.obj
    assert isinstance(path, Path)
    if not path.exists():
        raise UserError(f"没有这个数据文件：{path}", "请检查 --db 或 IPFINANCE_DB 写的位置。")
    return open_from(ctx)
