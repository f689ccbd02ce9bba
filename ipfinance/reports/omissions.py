"""Why a comparison that a report's sentence could make is not made: its base, in words."""

from collections.abc import Callable

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.language import Words, listed, tr, word
from ipfinance.statistics.borders import BROKEN
from ipfinance.statistics.claims import Value
from ipfinance.statistics.indicators import REGISTRATIONS, SECURED_AMOUNT
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values

_Say = Callable[[Values, str, KindChoice, Period, str], Value]
_NAMES = Words(
    {
        KindChoice.ALL: word("知识产权质押"),
        KindChoice.PATENT: word("专利权质押"),
        KindChoice.TRADEMARK: word("商标专用权质押"),
    }
)
_GROWTH: tuple[tuple[str, str, _Say], ...] = (
    (SECURED_AMOUNT.key, word("登记金额同比"), Values.year_on_year),
    (REGISTRATIONS.key, word("登记件数同比"), Values.year_on_year),
)
_SHARE: tuple[str, str, _Say] = (
    REGISTRATIONS.key,
    word("登记件数占全国的比重"),
    Values.share_of_nation,
)


def omissions(store: Store, period: Period, area: str | None = None) -> tuple[str, ...]:
    """What the sentences of an area and a period leave out for want of a base, a reason each.

    ``area`` is a division code, None the whole province. None of a register without
    registrations in the period, of which there is nothing to say.
    """
    values = Values(store)
    place = area or values.levels.province
    is_changed = values.borders.changed(place, period.previous(), period) is not None
    changed = tr(BROKEN) if is_changed else ""
    told: dict[str, list[str]] = {}
    for kind, name in _NAMES.items():
        if not values.levels.value(REGISTRATIONS.key, kind, period, place):
            continue
        asked = _GROWTH[:1] if kind is KindChoice.ALL else _GROWTH
        if kind is not KindChoice.ALL and place == values.levels.province:
            asked = (*asked, _SHARE)
        for key, words, say in asked:
            value = say(values, key, kind, period, place)
            why = value.reason if value.value is None else ""
            if not why and (key, words, say) in _GROWTH:
                why = changed
            if why:
                told.setdefault(why, []).append(
                    tr("{register}{figure}", register=name, figure=tr(words))
                )
    return tuple(
        tr("没有写{names}：{why}。", names=listed(names), why=why) for why, names in told.items()
    )
