"""What reports say, on the command line: their sentences, and checking one of others."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipfinance.commands import FOUND_SOMETHING, open_from
from ipfinance.commands.areas import known_area
from ipfinance.commands.options import area_option, format_option, help_option
from ipfinance.commands.tables import echo_json
from ipfinance.domain.period import parse_period

if TYPE_CHECKING:
    from ipfinance.reports.sentences import Figure, Sentence
    from ipfinance.statistics.checking.figures import Checked
    from ipfinance.statistics.claims import Value


@click.command(short_help="报告里的语句 (the report's sentences)。")
@click.argument("period")
@click.option(
    "--lang",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    help="中文 (zh) 或英文 (en)。",
)
@area_option
@format_option("text", "json")
@help_option
@click.pass_context
def sentence(ctx: click.Context, period: str, lang: str, area: str | None, shape: str) -> None:
    """报告里的语句 (sentence)：每个数都有口径、准确值和背后的登记笔数，不成立的话不写。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.divisions import all_divisions
    from ipfinance.reports.omissions import omissions
    from ipfinance.reports.sentences import sentences
    from ipfinance.reports.wording import Language

    span = parse_period(period)
    with open_from(ctx) as store:
        code = known_area(store, area, span)
        place = all_divisions(store).name_of(code, span.end) if code else ""
        said = sentences(store, span, Language(lang), code)
        notes = omissions(store, span, code)
    if not said:
        notes = (f"{place}{span.label}没有登记，没有可写的语句。",)
    if shape == "json":
        told = {
            "lang": lang,
            "sentences": [_sentence_json(one) for one in said],
            "notes": list(notes),
        }
        echo_json(told)
        return
    if said:
        between = "\n" if lang == "zh" else " "
        click.echo(between.join(one.text for one in said))
    for note in notes:
        click.echo(note, err=True)


@click.command(short_help="核对一段文字或一张表里的数 (check a statement)。")
@click.argument("file", metavar="FILE|-", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--period", help="文中没有写期间时用的期间 (default period)，如 2019。")
@area_option
@format_option("text", "json")
@help_option
@click.pass_context
def check(ctx: click.Context, file: str, period: str | None, area: str | None, shape: str) -> None:
    """核对 (check)：把文字或表格里的每个数标为相符、不符或无法核对，并说明理由。

    FILE 是文字、CSV 或工作簿，- 是标准输入。退出状态：0 没有不符；1 有不符；2 没能核对。
    """
    from ipfinance.statistics.checking.statement import check as check_text

    span = parse_period(period) if period else None
    text = _text_of(file)
    with open_from(ctx) as store:
        checked = check_text(text, store, span, known_area(store, area, span))
    if shape == "json":
        echo_json({"figures": [_checked_json(one) for one in checked]})
    else:
        for one in checked:
            click.echo(f"{one.verdict.value}  {one.text}：{one.reason}")
        click.echo(_summed_up(checked))
    if any(one.verdict.is_wrong for one in checked):
        ctx.exit(FOUND_SOMETHING)


def _sentence_json(said: "Sentence") -> dict[str, object]:
    return {"text": said.text, "figures": [_figure_json(one) for one in said.figures]}


def _figure_json(figure: "Figure") -> dict[str, object]:
    from ipfinance.reports.grounds import cited

    value = figure.value
    return {
        "printed": figure.text,
        "start": figure.start,
        "end": figure.end,
        "indicator": value.indicator.key,
        "comparison": value.comparison.value,
        "kind": value.kind.value,
        "exact": _exact(value),
        "rule": value.rule,
        "registrations": figure.registrations,
        "reference": cited(value.references) or None,
    }


def _exact(value: "Value") -> str | None:
    from ipfinance.statistics.checking.telling import exact_text
    from ipfinance.statistics.claims import Comparison
    from ipfinance.statistics.indicators import Form

    if value.value is None:
        return None
    is_level = value.comparison in (Comparison.LEVEL, Comparison.INCREMENT)
    return exact_text(value.value, is_level and value.indicator.form is Form.MONEY)


def _checked_json(one: "Checked") -> dict[str, object]:
    return {
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "form": one.form.value,
        "verdict": one.verdict.value,
        "computed": one.computed,
        "reason": one.reason,
    }


def _summed_up(checked: "list[Checked]") -> str:
    from ipfinance.statistics.checking.figures import Verdict

    if not checked:
        return "没有找到可核对的数。"
    counts = "，".join(
        f"{verdict.value} {sum(one.verdict is verdict for one in checked)} 个"
        for verdict in Verdict
    )
    return f"共 {len(checked)} 个数：{counts}。"


def _text_of(file: str) -> str:
    """The text to check, from a file or from what is piped in."""
    from ipfinance.intake.statements import statement_text
    from ipfinance.intake.text_files import decoded

    if file == "-":
        return decoded(sys.stdin.buffer.read(), "标准输入")
    return statement_text(Path(file))
