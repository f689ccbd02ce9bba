"""The command that brings gazette notices in: read, held against the store, carried out."""

import sys
from pathlib import Path

import click

from ipfinance.commands import FOUND_SOMETHING, open_from, today
from ipfinance.commands.options import format_option, help_option
from ipfinance.commands.tables import echo_json
from ipfinance.db.divisions import all_divisions
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.notices.carrying_out import carry_out
from ipfinance.intake.notices.files import LARGEST_BYTES, decoded, read_notice_file
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_notices
from ipfinance.intake.notices.reading import read_notices

_SHOWN_OF_UNREAD = 60


@click.command(short_help="读取公告 (gazette notices)。")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="只识别，不写入 (read only, write nothing)。")
@click.option(
    "--city",
    default="",
    metavar="NAME",
    help="台账里没有的出质人所在的设区市 (city)：公告不载所在地，不写就列入待办。",
)
@click.option(
    "--county", default="", metavar="NAME", help="台账里没有的出质人所在的县（市、区） (county)。"
)
@click.option(
    "--place-from-name",
    is_flag=True,
    help="允许按企业名称开头的地名推定所在地 (place from name)，并在备注里注明。",
)
@format_option("text", "json")
@help_option
@click.pass_context
def notice(
    ctx: click.Context,
    file: Path,
    dry_run: bool,
    city: str,
    county: str,
    place_from_name: bool,
    shape: str,
) -> None:
    """读取粘贴的专利公告 (notice)：新增、补全、变更、注销登记；FILE 为 - 时读标准输入。

    PE01 新增或补全登记（公告没有金额，列入待补），PM01 变更，PC01 注销；台账里没有的登记号列入
    待办。退出状态：0 完成；1 完成但有待办、提醒或没有识别的文字；2 没能完成。
    """
    pasted = read_notices(_text(file))
    choice = PlaceChoice(city, county, place_from_name)
    with open_from(ctx) as store:
        divisions = all_divisions(store)
        _check_city(city, divisions)
        plan = plan_notices(pasted, store, Setting(divisions, today()), choice)
        if not dry_run:
            carry_out(plan, store)
    if shape == "json":
        echo_json(_as_json(plan))
    else:
        _show(plan, dry_run)
    if plan.found_something:
        ctx.exit(FOUND_SOMETHING)


def _check_city(city: str, divisions: Divisions) -> None:
    """A city that never existed is a slip of the hand, no fault of the notices."""
    try:
        if city:
            divisions.find_city(city)
    except AreaError as error:
        raise UserError(error.text, "请改正 --city。") from error


def _text(file: Path) -> str:
    if str(file) != "-":
        return read_notice_file(file)
    data = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise UserError("标准输入太长", "请分成几份，每份不超过 16 MB。")
    return decoded(data, "标准输入")


def _as_json(plan: NoticePlan) -> dict[str, object]:
    return {
        "events": [_event_json(item) for item in plan.items],
        "unread": [passage.text for passage in plan.unread],
    }


def _event_json(item: Planned) -> dict[str, object]:
    event = item.event
    return {
        "code": event.code.value,
        "reg_no": event.reg_no,
        "date": event.happened_on.isoformat() if event.happened_on else None,
        "pledgors": list(event.pledgors),
        "pledgees": list(event.pledgees),
        "rights": [right.number for right in event.rights],
        "changes": [
            {"item": change.item, "before": change.before, "after": change.after}
            for change in event.changes
        ],
        "outcome": item.outcome.value,
        "text": item.does,
        "reasons": list(item.reasons),
        "registrations": list(item.reg_nos),
    }


def _show(plan: NoticePlan, dry_run: bool) -> None:
    for item in plan.items:
        event = item.event
        named = event.reg_no or "、".join(right.number for right in event.rights) or "没有登记号"
        day = event.happened_on or "没有日期"
        click.echo(f"{item.outcome.label}　{event.code} {named} {day}：{item.does}。")
        if item.outcome is Outcome.WARNING and item.reg_nos and not event.code.is_pledge:
            click.echo(f"　　有关登记：{'、'.join(item.reg_nos)}")
        for reason in item.reasons:
            click.echo(f"　　{reason}")
    for passage in plan.unread:
        words = " ".join(passage.text.split())
        shown = words if len(words) <= _SHOWN_OF_UNREAD else f"{words[:_SHOWN_OF_UNREAD]}…"
        click.echo(f"没有识别：{shown}")
    counts = [
        f"{outcome.label} {plan.counts[outcome]}" for outcome in Outcome if plan.counts[outcome]
    ]
    summed = "，".join(counts) if counts else "没有认出公告"
    click.echo(f"共 {len(plan.items)} 项：{summed}；没有识别的文字 {len(plan.unread)} 处。")
    if dry_run:
        click.echo("只做了识别，没有写入。")
    elif not plan.changes_anything:
        click.echo("没有需要写入的内容。")
