"""The summary workbook of a period: contents, tables, charts, ledger and figures for machines."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance import __version__
from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.language import aloud, for_files, in_chinese, tr
from ipfinance.progress import Progress
from ipfinance.reports.figure import city_figure
from ipfinance.reports.workbook_charts import add_chart_sheet
from ipfinance.reports.workbook_contents import (
    Entry,
    contents_title,
    write_contents,
    write_rules,
)
from ipfinance.reports.workbook_data import add_data_sheet
from ipfinance.reports.workbook_ledger import add_ledger_sheet, period_ledger
from ipfinance.reports.workbook_shown import ShownTable, add_shown_sheet
from ipfinance.reports.workbook_styles import Styles, new_workbook
from ipfinance.reports.workbook_tables import Placed, add_table_sheet, table_title
from ipfinance.statistics.tables import KindChoice, Table, table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CONTENTS, RULES, LEDGER, DATA, SHOWN = "目录", "口径", "台账", "数据", "自选表"
TABLES: dict[KindChoice, tuple[str, str]] = {
    KindChoice.PATENT: ("表1 专利权", "表2 专利权（续）"),
    KindChoice.TRADEMARK: ("表3 商标专用权", "表4 商标专用权（续）"),
    KindChoice.ALL: ("表5 合计", "表6 合计（续）"),
}
"""The sheets of each register: the first table and its continuation."""
CHARTS: dict[KindChoice, str] = {
    KindChoice.PATENT: "图1 专利权",
    KindChoice.TRADEMARK: "图2 商标专用权",
}


def write_report(
    store: Store,
    period: Period,
    path: Path,
    today: date,
    progress: Progress,
    shown: ShownTable | None = None,
) -> None:
    """Write the summary workbook of a period; it appears whole or not at all.

    ``shown`` is a table that a person has chosen, which then has a sheet of its own.

    Raises:
        UserError: when the file cannot be written.
        Cancelled: when `progress` was cancelled; nothing is written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            tr("汇总工作簿是 xlsx 文件：{file}", file=path.name), tr("文件名请以 .xlsx 结尾。")
        )
    tables: dict[KindChoice, Table] = {}
    for number, kind in enumerate(KindChoice):
        said = tr("统计{register}质押登记", register=kind.label)
        progress.step(number, len(KindChoice), said)
        with for_files():
            tables[kind] = table(store, period, kind, Group.CITY, today)
    listing = period_ledger(store, period, today)
    with new_workbook(path) as workbook, for_files():
        styles = Styles(workbook)
        _describe(workbook, tables[KindChoice.ALL], today)
        contents = workbook.add_worksheet(CONTENTS)
        write_rules(workbook.add_worksheet(RULES), styles, tables)
        entries = [Entry(RULES, "各项指标的计算口径、符号和说明")]
        placed: dict[KindChoice, Placed | None] = {}
        for kind, names in TABLES.items():
            for block, name in enumerate(names):
                where = add_table_sheet(workbook, styles, name, tables[kind], block)
                placed.setdefault(kind, where)
                entries.append(Entry(name, f"{period.label}{table_title(tables[kind], block)}"))
        for kind, name in CHARTS.items():
            spec = city_figure(tables[kind], today)
            add_chart_sheet(workbook, styles, name, spec, placed[kind])
            entries.append(Entry(name, f"{spec.title}（图）"))
        if shown is not None:
            add_shown_sheet(workbook, styles, SHOWN, shown)
            entries.append(Entry(SHOWN, in_chinese(shown.title)))
        ledger = add_ledger_sheet(workbook, styles, LEDGER, store, period, listing, progress)
        entries.append(Entry(LEDGER, f"{period.label}登记台账，{ledger.count:,} 笔"))
        area_code = all_divisions(store).province.code
        add_data_sheet(workbook, styles, DATA, list(tables.values()), area_code)
        entries.append(Entry(DATA, "全部数据的长表，供程序读取：金额为元，同比、占比为小数"))
        write_contents(contents, styles, tables, entries, placed, ledger, today)
        contents.activate()
        progress.step(len(listing), len(listing), aloud("保存工作簿"))


def _describe(workbook: "Workbook", whole: Table, today: date) -> None:
    workbook.set_properties(
        {
            "title": contents_title(whole),
            "subject": "知识产权质押登记统计",
            "author": whole.facts.office or "ipfinance",
            "company": whole.facts.office,
            "category": "统计报表",
            "keywords": "知识产权质押, 专利权, 商标专用权, 担保债权额",
            "comments": f"由 ipfinance {__version__} 生成",
            "created": datetime(today.year, today.month, today.day),
        }
    )
