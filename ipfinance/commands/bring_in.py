"""Commands that bring ledgers in: import, the imports so far, taking one back, the template."""

from datetime import datetime
from pathlib import Path

import click

from ipfinance.commands import FOUND_SOMETHING, console_progress, open_from, today
from ipfinance.commands.options import format_option, help_option
from ipfinance.commands.tables import aligned, echo_json
from ipfinance.db.batches import all_batches
from ipfinance.db.divisions import all_divisions
from ipfinance.db.withdrawing import Edited, EditedSinceError
from ipfinance.domain.money import wan
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake import receipts
from ipfinance.intake.choices import Choices, named_column, named_unit
from ipfinance.intake.findings import Finding
from ipfinance.intake.importing import Plan, carry_out, read_files
from ipfinance.intake.numbers_in_doubt import all_with_number_taken, take_in_doubt
from ipfinance.intake.receipts import Receipt
from ipfinance.intake.rejects import write_rejects

_SHOWN_AT_MOST = 30


@click.command("import", short_help="导入台账 (import ledgers)。")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入 (check only, write nothing)。")
@click.option(
    "--all-or-nothing",
    is_flag=True,
    help="有一笔退回就全部不写入 (write nothing if anything is rejected)。",
)
@click.option(
    "--rejects",
    metavar="OUT.xlsx",
    type=click.Path(path_type=Path),
    help="把退回的行按原样式写到这个文件，标出错处和原因 (rejected rows)。",
)
@click.option("--sheet", metavar="NAME", help="只读这个工作表 (only this sheet)。")
@click.option(
    "--column",
    "columns",
    metavar="列名=KEY",
    multiple=True,
    help="指定一列是哪个字段，可重复；没有表头的写「第5列=KEY」，不导入的写「列名=-」 "
    "(which column is which field)。",
)
@click.option(
    "--unit",
    metavar="UNIT",
    help="没有写明单位的金额按它读：元、千元、万元、亿元 (unit of amounts without one)。",
)
@click.option(
    "--number-in-doubt",
    is_flag=True,
    help="登记号已属于另一笔登记的行不退回，照收，登记号待核 "
    "(take in rows whose number is another's, their number in doubt)。",
)
@format_option("text", "json")
@help_option
@click.pass_context
def import_ledgers(
    ctx: click.Context,
    files: tuple[Path, ...],
    dry_run: bool,
    all_or_nothing: bool,
    rejects: Path | None,
    sheet: str | None,
    columns: tuple[str, ...],
    unit: str | None,
    number_in_doubt: bool,
    shape: str,
) -> None:
    """导入台账 (import)：xlsx、xls、ods，或 UTF-8、UTF-16、GB18030 编码的 csv、tsv。

    正确的登记一次写入，其余退回并说明原因；同一文件再导入一次什么也不会变。
    退出状态：0 完成；1 完成但有退回；2 没能完成。
    """
    progress = console_progress()
    said = Choices(named=dict(map(named_column, columns)), unit=named_unit(unit) if unit else None)
    with open_from(ctx) as store:
        setting = Setting(all_divisions(store), today())
        plan = read_files(files, store, setting, progress, sheet=sheet, choices=said)
        if number_in_doubt:
            plan = take_in_doubt(plan, all_with_number_taken(plan), store)
        written = write_rejects(plan, rejects) if rejects else 0
        refused = all_or_nothing and bool(plan.errors)
        if dry_run:
            receipt = plan.receipt()
        else:
            receipt = carry_out(plan, store, progress, all_or_nothing=all_or_nothing)
    if shape == "json":
        echo_json(receipt.as_json())
    else:
        _show(plan, receipt, dry_run, refused)
        if rejects and written:
            click.echo(f"退回的 {written:,} 笔已写到：{rejects}")
        elif rejects:
            click.echo(f"没有退回的行，没有写出 {rejects}。")
    if receipt.rejected:
        ctx.exit(FOUND_SOMETHING)


@click.command(short_help="列出各次导入 (list imports)。")
@format_option("text", "json")
@help_option
@click.pass_context
def batches(ctx: click.Context, shape: str) -> None:
    """列出各次导入 (batches)，最近的在前；批次号用于 withdraw。"""
    with open_from(ctx) as store:
        listed = all_batches(store)
    if shape == "json":
        echo_json([receipts.batch_as_json(one) for one in listed])
        return
    if not listed:
        click.echo("还没有导入过台账。")
        return
    heads = ["批次", "时间", "操作人", "文件"]
    heads += ["读取", "新增", "更正", "相同", "退回", "略过", "登记号待核", "新增金额(万元)"]
    lines = []
    for one in listed:
        counts = (
            *(one.read_count, one.new_count, one.changed_count),
            *(one.same_count, one.rejected_count, one.left_out_count),
            one.in_doubt_count,
        )
        named = [str(one.id), _local(one.happened_at), one.who, one.file_name]
        lines.append([*named, *map(str, counts), wan(one.secured_amount_fen)])
    click.echo(aligned(heads, lines, words=4))


@click.command(short_help="整批撤回一次导入 (withdraw an import)。")
@click.argument("batch", metavar="ID")
@click.option(
    "--edited",
    type=click.Choice([str(one) for one in Edited]),
    help="后来又改动过的登记：keep 保留它们、撤回其余，take 连同改动一起撤回 "
    "(registrations edited since)。",
)
@help_option
@click.pass_context
def withdraw(ctx: click.Context, batch: str, edited: str | None) -> None:
    """整批撤回一次导入 (withdraw)：ID 是 batches 列出的批次号，或导入时给出的编号。

    那批登记后来又有改动时，列出是哪些改动，由 --edited 决定它们的去留；没有写明就不撤回。
    """
    with open_from(ctx) as store:
        try:
            done = receipts.withdraw(store, batch, Edited(edited) if edited else None)
        except EditedSinceError as error:
            for act in error.acts:
                named = "、".join(act.registrations[:5])
                more = f" 等 {len(act.registrations):,} 笔" if len(act.registrations) > 5 else ""
                click.echo(f"{_local(act.happened_at)}  {act.who}  {act.words}：{named}{more}")
            raise UserError(
                f"这批导入的登记后来又有 {len(error.acts):,} 次改动，"
                f"涉及 {error.registrations:,} 笔，没有撤回",
                "用 --edited keep 保留这些登记、撤回其余，或用 --edited take 连同改动一起撤回。",
            ) from error
    kept = f"，改动过的 {done.kept:,} 笔保留" if done.kept else ""
    click.echo(
        f"已撤回批次 {done.batch.id}（{done.batch.file_name}）：新增的 {done.removed:,} 笔已移除，"
        f"更正的 {done.restored:,} 笔已恢复原样{kept}。"
    )


@click.command(short_help="写出空白台账 (blank ledger)。")
@click.argument("target", metavar="OUT.xlsx", type=click.Path(path_type=Path))
@help_option
def template(target: Path) -> None:
    """写出空白台账 (template)：列名齐全，号码列为文本，有下拉选项和填写说明。"""
    from ipfinance.intake.template import write_template

    write_template(target)
    click.echo(f"空白台账已写到：{target}")


def _local(happened_at: str) -> str:
    """A moment of the store (UTC) on the clock of this machine."""
    return f"{datetime.fromisoformat(happened_at).astimezone():%Y-%m-%d %H:%M:%S}"


def _show(plan: Plan, receipt: Receipt, dry_run: bool, refused: bool) -> None:
    for line in receipt.lines():
        click.echo(line)
    for source in plan.sources:
        if source.repeats:
            click.echo(f"{source.name} 与 {source.repeats} 内容相同，没有再读。")
        elif source.known:
            known = source.known
            click.echo(
                f"{source.name} 曾经导入过：批次 {known.id}，"
                f"{_local(known.happened_at)} 由 {known.who} 导入，内容没有改动。"
            )
    for words in receipt.skipped:
        click.echo(f"提示：{words}。")
    _list("退回", receipt.faults, with_file=len(plan.sources) > 1)
    if plan.numbers_taken:
        click.echo(
            f"其中 {plan.numbers_taken:,} 笔只因登记号已属于另一笔登记而退回；"
            "加 --number-in-doubt 可以照收，登记号待核。"
        )
    _list("提醒", receipt.warnings, with_file=len(plan.sources) > 1)
    if dry_run:
        click.echo("只做了检查，没有写入。")
    elif refused:
        click.echo("有退回的登记，按要求全部没有写入。")
    elif receipt.is_written:
        click.echo(f"已写入，批次 {receipt.batch}；撤回用 ipfinance withdraw {receipt.batch}。")
    else:
        click.echo("没有需要写入的内容。")


def _list(title: str, findings: tuple[Finding, ...], with_file: bool) -> None:
    for finding in findings[:_SHOWN_AT_MOST]:
        file = f"{finding.file} " if with_file else ""
        click.echo(f"{title}：{file}{finding}")
    more = len(findings) - _SHOWN_AT_MOST
    if more > 0:
        click.echo(f"{title}：另有 {more:,} 处，用 --format json 查看全部。")
