"""Outside figures on the command line: figures published by others, brought in and listed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipfinance.commands import FOUND_SOMETHING, open_from
from ipfinance.commands.options import format_option, help_option
from ipfinance.commands.tables import echo_json
from ipfinance.errors import UserError

if TYPE_CHECKING:
    from ipfinance.domain.reference import ReferenceFigure


@click.group(short_help="外部数据 (outside figures)。")
@help_option
def reference() -> None:
    """外部数据 (reference)：全国、外省和台账以前的公布数，注明来源。"""


@reference.command("import", short_help="导入外部数据 (import outside figures)。")
@click.argument("file", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@format_option("text", "json")
@help_option
@click.pass_context
def import_figures(ctx: click.Context, file: Path, shape: str) -> None:
    """导入外部数据 (import)：看不懂的行逐行说明，其余保存。

    列 (columns)：region、region_name、period_start、period_end、kind、indicator、value、unit、
    qualifier、growth_percent、source、page、note。退出状态：0 全部保存；1 有行没有保存。
    """
    from ipfinance.db.divisions import all_divisions
    from ipfinance.db.references import add
    from ipfinance.statistics.outside_figures import read_figures

    text = _text_of(file)
    with open_from(ctx) as store:
        read = read_figures(text, all_divisions(store))
        new = add(store, read.figures)
    total, same = len(read.figures) + read.rejected, len(read.figures) - new
    if shape == "json":
        faults = [
            {
                "file": file.name,
                "row": fault.row,
                "column": fault.column,
                "value": fault.value,
                "rule": fault.rule,
                "text": fault.text,
            }
            for fault in read.faults
        ]
        counts = {"read": total, "new": new, "same": same, "rejected": read.rejected}
        echo_json({**counts, "faults": faults})
    else:
        for fault in read.faults:
            click.echo(fault.text)
        click.echo(f"读到 {total} 条：新增 {new} 条，已有 {same} 条，没有保存 {read.rejected} 条。")
    if read.faults:
        ctx.exit(FOUND_SOMETHING)


@reference.command("list", short_help="列出外部数据 (list outside figures)。")
@format_option("text", "json")
@help_option
@click.pass_context
def list_figures(ctx: click.Context, shape: str) -> None:
    """列出外部数据 (list)：地区、期间、类型、指标、数值、来源。"""
    from ipfinance.db.references import all_figures

    with open_from(ctx) as store:
        figures = all_figures(store)
    if shape == "json":
        echo_json({"figures": [_reference_json(one) for one in figures]})
        return
    for one in figures:
        click.echo(_told(one))
    click.echo(f"共 {len(figures):,} 条。")


def _told(figure: "ReferenceFigure") -> str:
    """全国 2019年 专利权 登记件数 7,060项，同比 30.5%　国家知识产权局公报，第 3 页."""
    from ipfinance.reports.grounds import printed_value, region_text, source_text
    from ipfinance.statistics.outside_figures import words_of
    from ipfinance.statistics.tables import KindChoice

    growth = "" if figure.growth_percent is None else f"，同比 {figure.growth_percent}%"
    named = (region_text(figure), figure.period.label, KindChoice(figure.kind).label)
    what = f"{words_of(figure.indicator)} {printed_value(figure)}{growth}"
    return f"{' '.join(named)} {what}　{source_text(figure)}"


def _reference_json(figure: "ReferenceFigure") -> dict[str, object]:
    growth = figure.growth_percent
    return {
        "region": figure.region,
        "region_name": figure.region_name,
        "period_start": figure.start.isoformat(),
        "period_end": figure.end.isoformat(),
        "kind": figure.kind,
        "indicator": figure.indicator,
        "value": str(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "growth_percent": None if growth is None else str(growth),
        "source": figure.source,
        "page": figure.page,
        "note": figure.note,
    }


def _text_of(file: Path) -> str:
    from ipfinance.intake.text_files import decoded

    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"没有这个文件：{file}", "请检查路径。") from error
    except OSError as error:
        raise UserError(f"无法读取文件：{file}", "请检查文件是否被占用或没有权限。") from error
    return decoded(data, file.name)
