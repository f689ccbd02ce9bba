"""One right under two live pledges: what is said of it, in every door the same."""

from collections.abc import Mapping, Sequence
from datetime import date

from ipfinance.domain.faults import Fault
from ipfinance.domain.pledge import ENDINGS, Pledge
from ipfinance.language import listed, tr

RULE = "right_pledged_twice"
_NAMED = 3  # numbers that are named one by one


def is_live(pledge: Pledge, today: date) -> bool:
    """Whether a registration stands on a day."""
    return not any(event.kind in ENDINGS and event.happened_on <= today for event in pledge.events)


def called(reg_no: str | None, pledgor: str, day: date | str) -> str:
    """How a registration is called: by its number, else by first pledgor and day."""
    return reg_no or tr("{pledgor} {day} 的登记", pledgor=pledgor, day=day)


def named(pledge: Pledge) -> str:
    """How this registration is called."""
    return called(pledge.reg_no, pledge.pledgors[0].name, pledge.registered_on)


def overlap_warnings(pledge: Pledge, others: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Warnings, one for each other live registration that holds any of these rights; both are
    named. ``others`` are those by the number of the right they hold."""
    shared: dict[str, list[str]] = {}
    for right in pledge.rights:
        for other in others.get(right.number, ()):
            shared.setdefault(other, []).append(right.number)
    return [_warning(named(pledge), other, numbers) for other, numbers in shared.items()]


def _warning(one: str, other: str, numbers: Sequence[str]) -> Fault:
    rights = listed(numbers[:_NAMED])
    if len(numbers) > _NAMED:
        text = tr(
            "{rights} 等 {count} 件同时在 {one} 和 {other} 两笔有效的登记里，"
            "请核对号码，或是否有一笔应已注销",
            rights=rights,
            count=len(numbers),
            one=one,
            other=other,
        )
    else:
        text = tr(
            "{rights}同时在 {one} 和 {other} 两笔有效的登记里，请核对号码，或是否有一笔应已注销",
            rights=rights,
            one=one,
            other=other,
        )
    return Fault("rights", RULE, numbers[0], text, is_error=False)
