"""The sentences of a report with the evidence of each number, as a workbook that can be filed.

Sheets: the sentences; the numbers with exact value, rule, base and outside figures; and each
list of registrations once, with the numbers it bears.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import Filter, LedgerRow, Listing, Sort, rows, select
from ipfinance.errors import UserError
from ipfinance.language import aloud, for_files, tr
from ipfinance.progress import Progress
from ipfinance.reports.grounds import Ground, Grounds, reference_text, source_text
from ipfinance.reports.ledger_cells import PAGE, AreaNames
from ipfinance.reports.sentences import Sentence
from ipfinance.reports.workbook_ledger import LARGEST
from ipfinance.reports.workbook_styles import (
    Styles,
    day_number,
    height_for,
    new_workbook,
    set_page,
)
from ipfinance.reports.workbook_tables import exact_wan

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SENTENCES, NUMBERS = "语句", "依据"
HEADERS = (
    ("序号", 6.0), ("语句", 40.0), ("文中数字", 13.0), ("精确值", 22.0), ("指标", 16.0),
    ("范围", 24.0), ("计算口径", 44.0), ("对比基数", 24.0), ("外部数据", 30.0), ("来源", 34.0),
    ("登记件数", 10.0), ("登记清单", 10.0),
)  # fmt: skip
LIST_HEADERS = (
    ("登记号", 20.0), ("类型", 8.0), ("登记日期", 11.5), ("出质人", 36.0), ("质权人", 36.0),
    ("设区市", 9.0), ("县（市、区）", 12.0), ("担保债权额（万元）", 18.0), ("所涉件数", 9.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """What is written down: sentences as shown, edited words included, and their title."""

    title: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "\n".join(one.text for one in self.sentences)


@dataclass(frozen=True, slots=True)
class _List:
    name: str
    wanted: Filter
    numbers: list[int]


def write_evidence(
    store: Store, passage: Passage, path: Path, today: date, progress: Progress
) -> None:
    """Write the workbook; it appears whole or not at all.

    Raises:
        UserError: when the file cannot be written.
        Cancelled: when `progress` was cancelled; nothing is written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            tr("依据工作簿是 xlsx 文件：{file}", file=path.name), tr("文件名请以 .xlsx 结尾。")
        )
    with for_files():
        found = Grounds(store)
        grounds = [
            (number, sentence, found.of(figure))
            for number, (sentence, figure) in enumerate(
                ((one, figure) for one in passage.sentences for figure in one.figures), start=1
            )
        ]
    lists = _lists([(number, ground) for number, _, ground in grounds])
    with new_workbook(path) as workbook, for_files():
        styles = Styles(workbook)
        office = read_facts(store).office
        workbook.set_properties(
            {"title": passage.title, "author": office or "ipfinance", "company": office}
        )
        _write_sentences(workbook.add_worksheet(SENTENCES), styles, passage, office, today)
        _write_numbers(workbook.add_worksheet(NUMBERS), styles, passage.title, grounds, lists)
        for one in lists:
            listing = select(store, one.wanted, today, Sort.REGISTERED_ON, descending=False)
            _write_list(workbook, styles, store, one, listing, today, progress)


def _lists(numbered: Sequence[tuple[int, Ground]]) -> list[_List]:
    """Each list of registrations once, with the numbers that were counted from it."""
    lists: dict[Filter, _List] = {}
    for number, ground in numbered:
        if ground.wanted is not None:
            name = f"清单{len(lists) + 1}"
            lists.setdefault(ground.wanted, _List(name, ground.wanted, [])).numbers.append(number)
    return list(lists.values())


def _write_sentences(
    sheet: "Worksheet", styles: Styles, passage: Passage, office: str, today: date
) -> None:
    width = 120.0
    set_page(sheet, 1)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, width)
    sheet.write_string(0, 0, passage.title, styles["heading"])
    sheet.set_row(0, 26)
    for row, one in enumerate(passage.sentences, start=2):
        sheet.write_string(row, 0, one.text, styles["note"])
        sheet.set_row(row, height_for(one.text, width * 0.9) + 6)
    end = 3 + len(passage.sentences)
    made = f"{office} · " if office else ""
    sheet.write_string(end, 0, f"{made}数据截至 {today}", styles["soft"])
    sheet.write_string(
        end + 1, 0, "每个数字的精确值、口径、来源和登记清单见后面各表。", styles["soft"]
    )


def _write_numbers(
    sheet: "Worksheet",
    styles: Styles,
    title: str,
    grounds: Sequence[tuple[int, Sentence, Ground]],
    lists: Sequence[_List],
) -> None:
    set_page(sheet, 1)
    _write_head(sheet, styles, f"{title}：数字依据", HEADERS)
    sheet.freeze_panes(2, 3)
    sheets = {one.wanted: one.name for one in lists}
    for row, (number, sentence, ground) in enumerate(grounds, start=2):
        texts = (
            sentence.text,
            ground.printed,
            ground.exact,
            ground.name,
            ground.subject,
            ground.rule,
            f"{ground.base_name} {ground.base}".strip() or "—",
            "\n".join(map(reference_text, ground.references)) or "—",
            "\n".join(map(source_text, ground.references)) or "—",
        )
        sheet.write_number(row, 0, number, styles["rank"])
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text, styles["wrapped"])
        if ground.wanted is None:
            sheet.write_string(row, 10, "—", styles["center"])
            sheet.write_string(row, 11, "—", styles["center"])
        else:
            name = sheets[ground.wanted]
            sheet.write_number(row, 10, ground.registrations, styles["count"])
            sheet.write_url(row, 11, f"internal:'{name}'!A1", styles["link"], name)
        sheet.set_row(
            row,
            max(
                height_for(text, HEADERS[column][1] - 2)
                for column, text in enumerate(texts, start=1)
            ),
        )


def _write_list(
    workbook: "Workbook",
    styles: Styles,
    store: Store,
    one: _List,
    listing: Listing,
    today: date,
    progress: Progress,
) -> None:
    sheet = workbook.add_worksheet(one.name)
    set_page(sheet, 1)
    numbers = "、".join(map(str, one.numbers))
    _write_head(
        sheet, styles, f"{one.name}：{len(listing):,} 笔登记，依据第 {numbers} 号数字", LIST_HEADERS
    )
    sheet.freeze_panes(2, 1)
    if len(listing) > LARGEST:
        said = f"超过 {LARGEST:,} 笔，不在此逐笔列出；请从统计报表打开并另行导出。"
        sheet.write_string(2, 0, said, styles["plain"])
        return
    areas = AreaNames(all_divisions(store))
    line = 2
    for start in range(0, len(listing), PAGE):
        progress.step(start, len(listing), aloud("写入{sheet}", sheet=one.name))
        for found in rows(store, listing.ids[start : start + PAGE], today):
            _write_row(sheet, styles, line, found, areas)
            line += 1
    sheet.autofilter(1, 0, line - 1, len(LIST_HEADERS) - 1)


def _write_row(
    sheet: "Worksheet", styles: Styles, line: int, found: LedgerRow, areas: AreaNames
) -> None:
    day = found.registered_on
    cells = (
        (0, found.reg_no, "cell"),
        (1, found.kind.label_zh, "center"),
        (3, found.pledgors, "cell"),
        (4, found.pledgees, "cell"),
        (5, areas.name(found.city, day), "center"),
        (6, areas.name(found.county, day), "center"),
    )
    for column, text, style in cells:
        sheet.write_string(line, column, text, styles[style])
    sheet.write_number(line, 2, day_number(day), styles["date"])
    if found.secured_amount_fen is None:
        sheet.write_string(line, 7, "待补", styles["exact"])
    else:
        sheet.write_number(line, 7, exact_wan(found.secured_amount_fen), styles["exact"])
    sheet.write_number(line, 8, found.rights_count, styles["count"])


def _write_head(
    sheet: "Worksheet", styles: Styles, title: str, headers: Sequence[tuple[str, float]]
) -> None:
    sheet.write_string(0, 0, title, styles["heading"])
    sheet.set_row(0, 24)
    sheet.set_row(1, 22)
    sheet.repeat_rows(1)
    for column, (words, width) in enumerate(headers):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, words, styles["header"])
