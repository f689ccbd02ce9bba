"""What goes out on the command line: the summary workbook, the figure, the ledger."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ipfinance.commands import FOUND_SOMETHING, console_progress, open_from, today
from ipfinance.commands.options import help_option, kind_option
from ipfinance.domain.period import parse_period

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _output(formats: str) -> Callable[[_Command], _Command]:
    """The option that names the file to write."""
    return click.option(
        "-o",
        "--output",
        "path",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        help=f"要写的 {formats} 文件 (output)。",
    )


@click.command()
@click.argument("period")
@_output(".xlsx")
@help_option
@click.pass_context
def report(ctx: click.Context, period: str, path: Path) -> None:
    """写出一个期间的汇总工作簿 (summary workbook)：各市统计表、两张图、台账和数据表。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.reports.workbook import write_report

    span = parse_period(period)
    with open_from(ctx) as store:
        write_report(store, span, path, today(), console_progress())
    click.echo(f"已写出：{path.resolve()}")


@click.command()
@click.argument("period")
@kind_option(required=True)
@_output(".png、.svg 或 .pdf")
@click.option(
    "--width", type=float, default=180, show_default=True, help="图宽，毫米 (width in mm)。"
)
@click.option(
    "--dpi", type=int, default=300, show_default=True, help="PNG 的分辨率 (dots per inch)。"
)
@help_option
@click.pass_context
def figure(ctx: click.Context, period: str, kind: str, path: Path, width: float, dpi: int) -> None:
    """画各市担保债权额、登记企业数和所涉件数的图 (per-city figure)。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.totals import Group
    from ipfinance.reports.figure import city_figure
    from ipfinance.reports.figure_files import write_figure
    from ipfinance.statistics.tables import KindChoice, table

    span = parse_period(period)
    with open_from(ctx) as store:
        figures = table(store, span, KindChoice(kind), Group.CITY, today())
    spec = city_figure(figures, today())
    note = write_figure(spec, path, width, dpi)
    if note:
        click.echo(f"注意：{note}", err=True)
    click.echo(f"已写出：{path.resolve()}")


@click.command()
@click.argument("path", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--period", help="只写这个期间登记的 (PERIOD)，如 2019；不写则为全部。")
@help_option
@click.pass_context
def export(ctx: click.Context, path: Path, period: str | None) -> None:
    """导出台账 (ledger) 到 OUT.xlsx 或 OUT.csv；再导入它不会改变任何内容。"""
    from ipfinance.reports.ledger import export_ledger

    span = parse_period(period) if period else None
    with open_from(ctx) as store:
        count = export_ledger(store, path, today(), console_progress(), span)
    click.echo(f"已写出 {count:,} 笔登记：{path.resolve()}")


@click.command()
@click.argument("form", type=click.Path(dir_okay=False, path_type=Path))
@_output(".xlsx")
@help_option
@click.pass_context
def fill(ctx: click.Context, form: Path, path: Path) -> None:
    """填写本单位的表样 (fill a form)：在要填的单元格里写 {{secured_amount 330100 2019}}。

    依次是指标、地区代码、期间，后面还可以写 patent、trademark，以及 yoy、rank 等比较。
    表样的格式保留不动；没有填上的标记逐个说明原因。
    """
    from ipfinance.reports.form import fill_form

    with open_from(ctx) as store:
        told = fill_form(store, form, path)
    faults = [one for one in told if one.fault]
    for one in faults:
        click.echo(f"{one.sheet}!{one.cell}：{one.fault}", err=True)
    click.echo(f"填写 {len(told) - len(faults)} 处，已写出：{path.resolve()}")
    if faults:
        ctx.exit(FOUND_SOMETHING)
