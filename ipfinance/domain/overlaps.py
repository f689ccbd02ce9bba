"""One right under two live pledges: what is said of it, in every door the same."""

from collections.abc import Mapping, Sequence
from datetime import date

from ipfinance.domain.faults import Fault
from ipfinance.domain.pledge import Pledge

RULE = "right_pledged_twice"
_NAMED = 3  # numbers that are named one by one


def is_live(pledge: Pledge, today: date) -> bool:
    """Whether a registration stands on a day."""
    ending = pledge.ending if pledge.events else None
    return ending is None or ending.happened_on > today


def named(pledge: Pledge) -> str:
    """How a registration is called: by its number, else by pledgor and day."""
    return pledge.reg_no or f"{pledge.pledgors[0].name} {pledge.registered_on} 的登记"


def overlap_warnings(pledge: Pledge, others: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Warnings, one for each other live registration that holds any of these rights; both are
    named. ``others`` are those by the number of the right they hold."""
    shared: dict[str, list[str]] = {}
    for right in pledge.rights:
        for other in others.get(right.number, ()):
            shared.setdefault(other, []).append(right.number)
    return [_warning(named(pledge), other, numbers) for other, numbers in shared.items()]


def _warning(one: str, other: str, numbers: Sequence[str]) -> Fault:
    listed = "、".join(numbers[:_NAMED])
    more = f" 等 {len(numbers)} 件" if len(numbers) > _NAMED else ""
    text = (
        f"{listed}{more}同时在 {one} 和 {other} 两笔有效的登记里，请核对号码，或是否有一笔应已注销"
    )
    return Fault("rights", RULE, numbers[0], text, is_error=False)
