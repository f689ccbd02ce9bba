"""Whether two registrations are one: without a number to tell, or in spite of the same number."""

from collections.abc import Iterable, Mapping, Set

from ipfinance.db.connection import Store
from ipfinance.db.party_names import names_of_enterprises
from ipfinance.domain.faults import Fault
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Pledge, PledgeeKind
from ipfinance.language import tr


def agree(one: object, other: object) -> bool:
    return not one or not other or one == other


def pledgor_names(store: Store, stored: Iterable[Pledge]) -> dict[int, set[str]]:
    """The normalised names that the enterprises of these registrations have and had."""
    pledgors = (pledgor.enterprise for pledge in stored for pledgor in pledge.pledgors)
    return names_of_enterprises(store, (number for number in pledgors if number is not None))


def says_the_same(read: Pledge, stored: Pledge, names: Mapping[int, Set[str]]) -> bool:
    """Whether a stored registration says all that a row without a number says.

    A pledgor is the same by any name that its enterprise has or had; ``names`` are those of each
    enterprise, normalised.
    """
    own = {
        other: name_key(p.name)
        for p in stored.pledgors
        for other in names.get(p.enterprise or 0, ())
    }
    written = {name_key(p.name) for p in read.pledgors}
    known = {name_key(p.name) for p in stored.pledgors}
    return (
        (written == known or {own.get(name, name) for name in written} == known)
        and agree(
            {name_key(p.name) for p in read.pledgees}, {name_key(p.name) for p in stored.pledgees}
        )
        and agree({r.number for r in read.rights}, {r.number for r in stored.rights})
    )


def is_another(read: Pledge, stored: Pledge) -> bool:
    """Whether two registrations with one number have nothing in common: no mend, another one.

    Taken for a correction it would put one registration in the place of another, unseen among
    many.
    """
    return (
        read.registered_on != stored.registered_on
        and not {name_key(p.name) for p in read.pledgors}
        & {name_key(p.name) for p in stored.pledgors}
        and not {p.uscc for p in read.pledgors if p.uscc} & {p.uscc for p in stored.pledgors}
        and not {r.number for r in read.rights} & {r.number for r in stored.rights}
    )


def content_of(pledge: Pledge) -> tuple[object, ...]:
    return (
        pledge.kind,
        pledge.registered_on,
        pledge.secured_amount_fen,
        frozenset(name_key(pledgor.name) for pledgor in pledge.pledgors),
        frozenset(name_key(pledgee.name) for pledgee in pledge.pledgees),
        frozenset(right.number for right in pledge.rights),
    )


def taken_fault(stored: Pledge) -> Fault:
    text = tr(
        "登记号 {reg_no} 在台账里是另一笔登记（{day} {pledgor}），"
        "出质人、日期和号码都不同，请核对登记号",
        reg_no=stored.reg_no,
        day=stored.registered_on,
        pledgor=stored.pledgors[0].name,
    )
    return Fault("reg_no", "reg_no_duplicate", stored.reg_no or "", text)


def lender_fault(name: str, written: PledgeeKind, known: PledgeeKind) -> Fault:
    text = tr(
        "{name}在台账里是「{known}」，这里写的是「{written}」，没有采用；"
        "如需更改，请在质权人资料里统一改",
        name=name,
        known=known.label,
        written=written.label,
    )
    return Fault("pledgee_kind", "pledgee_kind_differs", written.label_zh, text, is_error=False)
