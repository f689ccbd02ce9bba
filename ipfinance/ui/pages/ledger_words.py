"""A filter of the ledger in words: what the subtitle says, and what no control shows."""

from collections.abc import Iterator, Sequence
from datetime import date

from ipfinance.db import enterprises
from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger import Filter
from ipfinance.db.memberships import member_names
from ipfinance.db.totals import Group
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.language import Words, in_chinese, listed, tr, word
from ipfinance.statistics.tables import GROUP_NAMES
from ipfinance.ui.desk import Desk

_NAMED = 3  # of several that will do
_WHICH = Words(
    {
        Which.OUTSTANDING: word("期末在押"),
        Which.CANCELLED: word("期间内注销"),
        Which.DUE: word("期间内到期"),
        Which.OVERDUE: word("期末到期未注销"),
    }
)
_DAYS_OF = {
    Which.REGISTERED: word("登记日期在 {first} – {last}"),
    Which.OUTSTANDING: word("登记日期在 {first} – {last}"),
    Which.CANCELLED: word("注销日期在 {first} – {last}"),
    Which.DUE: word("到期日期在 {first} – {last}"),
    Which.OVERDUE: word("登记日期在 {first} – {last}"),
}


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
    return listed(
        [
            *_parties_words(desk, scope),
            *_places_words(desk, scope),
            *_figure_words(scope),
            *_any_of_words(desk, scope),
        ]
    )


def _parties_words(desk: Desk, scope: Filter) -> Iterator[str]:
    """Who pledged, who lent, and what."""
    if scope.enterprise is not None:
        rows = enterprises.rows(desk.store, [scope.enterprise], desk.today())
        yield tr("「{name}」出质", name=rows[0].name) if rows else tr("一家企业出质")
    if scope.pledgee is not None:
        yield tr("同一质权人")
    for group, key in (
        (Group.HEAD_BANK, scope.head_bank),
        (Group.PLEDGEE_KIND, scope.pledgee_kind),
        (Group.SIZE, scope.size),
        (Group.INDUSTRY, scope.industry),
    ):
        if key is not None:
            yield _group_words(desk, group, (key,))
    if scope.right_kinds:
        yield _group_words(desk, Group.RIGHT_KIND, scope.right_kinds)
    if scope.from_bank:
        yield tr("质权人为银行或农信机构")
    if scope.first_time_since is not None:
        yield tr("有首次质押的企业")


def _places_words(desk: Desk, scope: Filter) -> Iterator[str]:
    """Where it counts, or where the pledgors are."""
    if scope.county:
        yield tr("计入{area}", area=_area(desk, scope.county))
    elif scope.county is not None:
        yield tr("没有写明县（市、区）")
    if scope.counties:
        yield tr("计入现有的县（市、区）")
    place = scope.pledgor_county or scope.pledgor_city
    if place and scope.with_enterprise:
        yield tr("有企业在{area}", area=_area(desk, place))
    elif place:
        yield tr("有出质人在{area}", area=_area(desk, place))
    elif scope.with_enterprise:
        yield tr("有企业出质")


def _figure_words(scope: Filter) -> Iterator[str]:
    """What the figure that was opened counts, or the import that it came by."""
    if scope.batch is not None:
        yield tr("第 {batch} 批导入", batch=scope.batch)
    if scope.which is not Which.REGISTERED:
        yield _WHICH[scope.which]
    if scope.first_day and scope.last_day:
        first, last = _day(scope.first_day), _day(scope.last_day)
        yield tr(_DAYS_OF[scope.which], first=first, last=last)
    if scope.having:
        fields = (BY_KEY[column.removesuffix("_fen")].label for column in scope.having)
        yield tr("填有{fields}", fields=listed(fields))
    if scope.channel:
        yield tr("{channel}办理", channel=scope.channel.label)
    if scope.at_most_fen is not None:
        yield tr("不超过 {amount} 万元", amount=wan(scope.at_most_fen, 0))
    if scope.kinds and set(scope.kinds) != {Kind.PATENT, Kind.TRADEMARK}:
        yield from (kind.label for kind in scope.kinds)
    if scope.counted_only:
        yield tr("计入统计")


def _any_of_words(desk: Desk, scope: Filter) -> Iterator[str]:
    """The rows of a table that were counted together."""
    if scope.any_of:
        group, keys = scope.any_of
        yield _group_words(desk, group, keys)


def _group_words(desk: Desk, group: Group, keys: Sequence[str]) -> str:
    """企业规模为小型, of several the first few: 设区市为杭州市、宁波市、温州市等 5 个之一."""
    names = listed(_name(desk, group, key) for key in keys[:_NAMED])
    if len(keys) > _NAMED:
        return tr(
            "{group}为{names}等 {count:,} 个之一",
            group=GROUP_NAMES[group],
            names=names,
            count=len(keys),
        )
    return tr("{group}为{names}", group=GROUP_NAMES[group], names=names)


def _name(desk: Desk, group: Group, key: str) -> str:
    if group in (Group.CITY, Group.COUNTY):
        return _area(desk, key)
    if group is Group.ENTERPRISE:  # there may be very many: one is looked up
        rows = enterprises.rows(desk.store, [int(key)], desk.today())
        return rows[0].name if rows else key
    try:
        return member_names(desk.store, group, [key])[0][1]
    except LookupError:
        return key


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
