"""Columns whose header is unknown or missing, matched by what they hold; what is not certain
is asked about and never taken.

No column of numbers ever becomes an amount here: nothing in it tells which of the amounts it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ipfinance.domain.fields import BY_KEY
from ipfinance.intake.choices import By, Choices
from ipfinance.intake.columns import (
    SEARCHED_ROWS,
    Column,
    Header,
    blocks,
    is_ledger,
    unlabelled,
)
from ipfinance.intake.contents import Contents, Held, are_amounts, are_bare_numbers, is_day
from ipfinance.intake.sheets import Row, Sheet
from ipfinance.language import listed, tr

_SAMPLE = 400
_FEWEST_CELLS = 3
_MOST_COLUMNS = 200
_TOTAL_WORDS = re.compile(r"^\s*(?:小|合|总|共|累)\s*计")
_HOW_TO_SAY = tr("请在「表头」里指定（命令行用 --column）")

# A header with one of these words says that its column is somebody else's or something else.
_OF_OTHERS = {
    "pledgor": "质权|债权|银行|代理|债务|借款|贷款|评估|担保|保险|申请|受让|许可|联系|法定|原|曾用"
    "|推荐|合作|机构|服务",
    "pledgee": "出质|代理|债务|借款|评估|开户|账户|托管|监管|保险|推荐|合作|原|担保",
    "rights": "公开|公告|优先权|同族|证书|登记|注册证|合同",
    "reg_no": "变更|注销|解除|原|合同",
}
_OF_OTHER_PARTIES = "质权|债权|银行|贷款|放款|代理|评估|担保|债务|借款|联系|法定|法人|受让"
_OTHER_DAYS = re.compile(
    "申请|受理|授权|公告|签订|合同|放款|到期|届满|起|止|注销|解除|变更|成立|评估"
)
_DAY_OF_REGISTRATION = re.compile("登记|质押|设立|生效|^时间$|^年月日$|^$")
_OF_AMOUNT = re.compile("金额|数额|债权|款|额$")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told about a column: its name, the rule, the sentence."""

    column: str
    rule: str
    text: str


def completed(sheet: Sheet, header: Header, contents: Contents) -> tuple[Header, list[Remark]]:
    """The header with the columns that are told by what they hold, and what is to be said."""
    rows = list(_rows_of_data(sheet, header.last + 1))
    free = _free(header)
    held = {
        column.index: found
        for column in free
        if (found := contents.of([row[column.index] for row in rows]))
    }
    taken: dict[int, str] = {}
    remarks: list[Remark] = []
    for key in dict.fromkeys(found.key for found in held.values()):
        if key in header.keys:
            continue
        could = [header.columns[at] for at, found in held.items() if found.key == key]
        meant = [column for column in could if not _is_of_others(key, column.label)]
        if key == "registered_on":
            remarks.extend(_days(meant, held, taken))
        elif len(meant) == 1:
            taken[meant[0].index] = key
        elif len(meant) > 1:
            remarks.append(_unclear(key, meant, held))
    remarks = [_told(header.columns[at], held[at], key) for at, key in taken.items()] + remarks
    columns = tuple(
        replace(column, key=taken[at], by=By.CONTENT, evidence=held[at].share)
        if (at := column.index) in taken
        else column
        for column in header.columns
    )
    fuller = replace(header, columns=columns)
    remarks.extend(_unsaid(fuller, rows))
    return fuller, remarks


def _free(header: Header) -> list[Column]:
    """The columns that are nothing yet, as many as a ledger may have."""
    free = (column for column in header.columns if column.key is None and column.by is None)
    return list(islice(free, _MOST_COLUMNS))


def header_without_names(sheet: Sheet, contents: Contents, choices: Choices) -> Header | None:
    """The header of a ledger that names do not tell: what it lacks is found by its contents.

    A row of labels of which none is known is no header, whatever stands beneath it; where there
    is no row of labels, the columns themselves must say that they are a ledger.
    """
    last = min(len(sheet.rows), SEARCHED_ROWS)
    for row in range(last):
        for header in blocks(sheet, row, choices):
            if len(header.keys) >= 2 and is_ledger(completed(sheet, header, contents)[0].keys):
                return header
    return _unlabelled(sheet, contents, choices)


def likeliest_header(sheet: Sheet) -> Header | None:
    """The row most like a header in a sheet that is no ledger, for a person to name its columns.

    Of equals the one further up. None for a sheet that holds no table at all.
    """
    found = [
        header
        for row in range(min(len(sheet.rows), SEARCHED_ROWS))
        for header in list(blocks(sheet, row))[:1]
        if len(_labels(header)) > 1 and not any(map(is_day, sheet.rows[row]))
    ]
    written = max(found, key=lambda one: (len(one.keys), len(_labels(one))), default=None)
    first = _first_row(sheet)
    if written is None and first is not None:
        return unlabelled(first, len(sheet.rows[first]), Choices())
    return written


def _labels(header: Header) -> set[str]:
    return {column.label for column in header.columns if column.label}


def _unlabelled(sheet: Sheet, contents: Contents, choices: Choices) -> Header | None:
    at = _first_row(sheet)
    if at is None or _labels_above(sheet, at):
        return None
    header = unlabelled(at, len(sheet.rows[at]), choices)
    full = completed(sheet, header, contents)[0]
    is_said = any(column.by is not None for column in header.columns)
    is_told = full.keys & {"rights", "reg_no", "pledgee"}
    return header if is_ledger(full.keys) and (is_said or is_told) else None


def _first_row(sheet: Sheet) -> int | None:
    """The first row that may be a registration: it holds some cells, and a day among them."""
    for at, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if sum(cell != "" for cell in row) > _FEWEST_CELLS and any(map(is_day, row)):
            return at
    return None


def _labels_above(sheet: Sheet, row: int) -> bool:
    """Whether the row above holds labels, only none that is known."""
    above = sheet.rows[row - 1] if row else []
    return sum(isinstance(cell, str) and cell != "" for cell in above) > _FEWEST_CELLS


def _rows_of_data(sheet: Sheet, first: int) -> Iterator[Row]:
    """The rows from there on that hold enough to be registrations, as many as tell enough."""
    found = 0
    for row in sheet.rows[first:]:
        filled = [cell for cell in row if cell != ""]
        is_total = any(isinstance(cell, str) and _TOTAL_WORDS.match(cell) for cell in filled[:3])
        if len(filled) >= _FEWEST_CELLS and not is_total:
            found += 1
            yield row
            if found == _SAMPLE:
                return


def _is_of_others(key: str, label: str) -> bool:
    return re.search(_OF_OTHERS.get(key, _OF_OTHER_PARTIES), label) is not None


def _days(
    could: Sequence[Column],
    held: dict[int, Held],
    taken: dict[int, str],
) -> list[Remark]:
    """The day of registration, where one column alone can be it."""
    meant = [
        column
        for column in could
        if _DAY_OF_REGISTRATION.search(column.label) and not _OTHER_DAYS.search(column.label)
    ]
    if len(meant) == 1 and (meant[0].label or len(could) == 1):
        taken[meant[0].index] = "registered_on"
        return []
    return [_unclear("registered_on", could, held)] if could else []


def _told(column: Column, held: Held, key: str) -> Remark:
    told = {"number": column.index + 1, "content": held.words, "field": BY_KEY[key].label}
    if column.label:
        text = tr(
            "第 {number} 列「{label}」不是认识的表头，内容是{content}，读作{field}",
            label=column.label,
            **told,
        )
    else:
        text = tr("第 {number} 列没有表头，内容是{content}，读作{field}", **told)
    return Remark(column.label, "column_by_content", text)


def _unclear(key: str, columns: Sequence[Column], held: dict[int, Held]) -> Remark:
    named = _named(columns)
    words, meant = held[columns[0].index].words, BY_KEY[key].label
    text = (
        tr(
            "{named}的内容是{words}，无法断定是不是{meant}，没有采用；{how}",
            named=named,
            words=words,
            meant=meant,
            how=_HOW_TO_SAY,
        )
        if len(columns) == 1
        else tr(
            "{named}的内容都是{words}，无法判断哪一列是{meant}，都没有采用；{how}",
            named=named,
            words=words,
            meant=meant,
            how=_HOW_TO_SAY,
        )
    )
    return Remark(columns[0].label, "column_unclear", text)


def _unsaid(header: Header, rows: Sequence[Row]) -> Iterator[Remark]:
    """Numbers that may be what the ledger lacks; only a person can say so."""
    free = _free(header)
    if "secured_amount" not in header.keys and "pledgor" in header.keys:
        label = BY_KEY["secured_amount"].label
        numbers = [
            column
            for column in free
            if (not column.label or _OF_AMOUNT.search(column.label))
            and are_amounts([row[column.index] for row in rows])
        ]
        if numbers:
            yield Remark(
                numbers[0].label,
                "column_unclear",
                tr(
                    "没有认出{field}的列；{named}是数字，没有当作{field}，如果是，{how}",
                    field=label,
                    named=_named(numbers),
                    how=_HOW_TO_SAY,
                ),
            )
        else:
            yield Remark(
                "",
                "column_missing",
                tr(
                    "表里没有{field}的列，各笔的金额列入待补；{how}",
                    field=label,
                    how=_HOW_TO_SAY,
                ),
            )
    if "rights" not in header.keys:
        for column in free:
            found = are_bare_numbers([row[column.index] for row in rows])
            if found and not _is_of_others("rights", column.label) and "号" in column.label:
                yield Remark(
                    column.label,
                    "column_unclear",
                    tr(
                        "第 {number} 列「{label}」可能是商标注册号（{hits}/{cells}），"
                        "也可能是别的编号，没有采用；{how}",
                        number=column.index + 1,
                        label=column.label,
                        hits=found.hits,
                        cells=found.cells,
                        how=_HOW_TO_SAY,
                    ),
                )


def _named(columns: Sequence[Column]) -> str:
    return listed(
        tr("第 {number} 列「{label}」", number=one.index + 1, label=one.label)
        if one.label
        else tr("第 {number} 列", number=one.index + 1)
        for one in columns
    )
