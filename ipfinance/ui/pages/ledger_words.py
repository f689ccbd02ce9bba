"""A filter of the ledger in words: what the subtitle says, and what no control shows."""

from datetime import date

from ipfinance.db import enterprises
from ipfinance.db.ledger import Filter
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, PledgeeKind
from ipfinance.language import tr
from ipfinance.ui.desk import Desk


def window_words(desk: Desk, wanted: Filter, *, short: bool = False) -> str:
    """The days and the area that are listed; `short` for the name of a file."""
    days = _days(wanted.start, wanted.end, short=short)
    area = desk.divisions.province.name
    if wanted.city:
        city = _area(desk, wanted.city)
        area = city if short else f"{area}{city}"
    return f"{days}_{area}" if short else f"{days} · {area}"


def filter_words(desk: Desk, wanted: Filter, scope: Filter) -> str:
    """All that narrows the list, for a paper that stands alone; `scope` as in `scope_words`."""
    said = [window_words(desk, wanted)]
    if len(wanted.kinds) == 1 and not scope.kinds:
        said.append(wanted.kinds[0].label)
    if wanted.state:
        said.append(wanted.state.label)
    if wanted.amount_missing:
        said.append(tr("金额待补"))
    if wanted.text:
        said.append(tr("含「{said}」", said=wanted.text))
    beyond = scope_words(desk, scope)
    return " · ".join([*said, beyond] if beyond else said)


def days_words(wanted: Filter) -> str:
    """The days that are listed."""
    return _days(wanted.start, wanted.end, short=False)


def scope_words(desk: Desk, scope: Filter) -> str:
    """What a filter narrows by beyond the controls, "" for nothing: to stand before 的登记."""
    said = []
    if scope.enterprise is not None:
        rows = enterprises.rows(desk.store, [scope.enterprise], desk.today())
        said.append(tr("「{name}」出质", name=rows[0].name) if rows else tr("一家企业出质"))
    if scope.pledgee is not None:
        said.append(tr("同一质权人"))
    if scope.batch is not None:
        said.append(tr("第 {batch} 批导入", batch=scope.batch))
    if scope.county:
        said.append(tr("计入{desk}", desk=_area(desk, scope.county)))
    who = tr("企业") if scope.with_enterprise else tr("出质人")
    place = scope.pledgor_county or scope.pledgor_city
    if place:
        said.append(tr("有{who}在{desk}", who=who, desk=_area(desk, place)))
    elif scope.with_enterprise:
        said.append(tr("有企业出质"))
    if scope.pledgee_kind:
        said.append(tr("质权人类型为{label}", label=PledgeeKind(scope.pledgee_kind).label))
    if scope.channel:
        said.append(tr("{label}办理", label=scope.channel.label))
    if scope.at_most_fen is not None:
        said.append(tr("不超过 {at_most_fen} 万元", at_most_fen=wan(scope.at_most_fen, 0)))
    if scope.kinds and set(scope.kinds) != {Kind.PATENT, Kind.TRADEMARK}:
        said.append("、".join(kind.label for kind in scope.kinds))
    if scope.counted_only:
        said.append(tr("计入统计"))
    return "、".join(said)


def _days(start: date | None, end: date | None, *, short: bool) -> str:
    if start and end:
        label = Period.of(start, end).label
        return label if short else f"{_day(start)} – {_day(end)}"
    if start:
        return tr("{start}以来", start=_day(start))
    return tr("截至{end}", end=_day(end)) if end else tr("全部日期")


def _day(day: date) -> str:
    return tr("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)


def _area(desk: Desk, code: str) -> str:
    try:
        return desk.divisions.name_of(code)
    except LookupError:
        return code
