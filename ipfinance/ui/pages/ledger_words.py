"""A filter of the ledger in words: what the subtitle says, and what no control shows."""

from datetime import date

from ipfinance.db import enterprises
from ipfinance.db.ledger import Filter
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, PledgeeKind
from ipfinance.language import in_chinese, listed, tr
from ipfinance.ui.desk import Desk


def window_words(desk: Desk, wanted: Filter) -> str:
    """The days and the area that are listed."""
    return f"{days_words(wanted)} · {_whole_area(desk, wanted)}"


def file_words(desk: Desk, wanted: Filter) -> str:
    """The same for the name of a file, which is in Chinese."""
    if wanted.start and wanted.end:
        days = Period.of(wanted.start, wanted.end).label_zh
    else:
        days = in_chinese(days_words(wanted))
    area = _area(desk, wanted.city) if wanted.city else desk.divisions.province.name
    return f"{days}_{area}"


def filter_words(desk: Desk, wanted: Filter, scope: Filter) -> str:
    """All that narrows the list, in Chinese, for a paper that stands alone; `scope` as in
    `scope_words`."""
    told = [in_chinese(days_words(wanted)), _whole_area(desk, wanted)]
    if len(wanted.kinds) == 1 and not scope.kinds:
        told.append(wanted.kinds[0].label_zh)
    if wanted.state:
        told.append(wanted.state.label_zh)
    if wanted.amount_missing:
        told.append("金额待补")
    if wanted.text:
        told.append(f"含「{wanted.text}」")
    beyond = in_chinese(scope_words(desk, scope))
    return " · ".join([*told, beyond] if beyond else told)


def days_words(wanted: Filter) -> str:
    """The days that are listed."""
    start, end = wanted.start, wanted.end
    if start and end:
        return tr("{start} – {end}", start=_day(start), end=_day(end))
    if start:
        return tr("{start}以来", start=_day(start))
    return tr("截至{end}", end=_day(end)) if end else tr("全部日期")


def scope_words(desk: Desk, scope: Filter) -> str:
    """What a filter narrows by beyond the controls, "" for nothing: to stand before 的登记."""
    return listed(_beyond(desk, scope))


def _beyond(desk: Desk, scope: Filter) -> list[str]:
    told = []
    if scope.enterprise is not None:
        rows = enterprises.rows(desk.store, [scope.enterprise], desk.today())
        told.append(tr("「{name}」出质", name=rows[0].name) if rows else tr("一家企业出质"))
    if scope.pledgee is not None:
        told.append(tr("同一质权人"))
    if scope.batch is not None:
        told.append(tr("第 {batch} 批导入", batch=scope.batch))
    if scope.county:
        told.append(tr("计入{area}", area=_area(desk, scope.county)))
    place = scope.pledgor_county or scope.pledgor_city
    if place and scope.with_enterprise:
        told.append(tr("有企业在{area}", area=_area(desk, place)))
    elif place:
        told.append(tr("有出质人在{area}", area=_area(desk, place)))
    elif scope.with_enterprise:
        told.append(tr("有企业出质"))
    if scope.pledgee_kind:
        told.append(tr("质权人类型为{kind}", kind=PledgeeKind(scope.pledgee_kind).label))
    if scope.channel:
        told.append(tr("{channel}办理", channel=scope.channel.label))
    if scope.at_most_fen is not None:
        told.append(tr("不超过 {amount} 万元", amount=wan(scope.at_most_fen, 0)))
    if scope.kinds and set(scope.kinds) != {Kind.PATENT, Kind.TRADEMARK}:
        told += [kind.label for kind in scope.kinds]
    if scope.counted_only:
        told.append(tr("计入统计"))
    return told


def _day(day: date) -> str:
    return Period.of(day, day).label


def _whole_area(desk: Desk, wanted: Filter) -> str:
    """The province, and the city where only that is listed."""
    province = desk.divisions.province.name
    return f"{province}{_area(desk, wanted.city)}" if wanted.city else province


def _area(desk: Desk, code: str) -> str:
    try:
        return desk.divisions.name_of(code)
    except LookupError:
        return code
