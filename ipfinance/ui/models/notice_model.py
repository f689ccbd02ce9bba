"""The events of pasted notices as rows: what each is, and what becomes of it."""

from ipfinance.intake.notices.outcomes import Outcome, Planned
from ipfinance.intake.notices.words import Code
from ipfinance.language import listed, tr
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Tone

OUTCOME_TONES = {
    Outcome.CREATED: Tone.OK,
    Outcome.COMPLETED: Tone.OK,
    Outcome.CHANGED: Tone.INFO,
    Outcome.CLOSED: Tone.INFO,
    Outcome.SAME: Tone.NEUTRAL,
    Outcome.ORPHAN: Tone.WARNING,
    Outcome.WARNING: Tone.DANGER,
}


def columns() -> list[Column[Planned]]:
    """The columns of the list."""
    order = list(Outcome)
    return [
        Column(
            "outcome",
            tr("结果"),
            lambda item: item.outcome.label,
            sort=lambda item: order.index(item.outcome),
            width=70,
            words=tuple(outcome.label for outcome in Outcome),
            pill=lambda item: OUTCOME_TONES[item.outcome],
        ),
        Column(
            "event",
            tr("事项"),
            lambda item: item.event.code.label,
            width=92,
            words=tuple(code.label for code in Code),
        ),
        Column("reg_no", tr("登记号"), named, width=150),
        Column(
            "happened_on",
            tr("日期"),
            lambda item: str(item.event.happened_on or "—"),
            width=98,
        ),
        Column("does", tr("会做什么"), lambda item: item.does, width=200, stretch=1, tip=told),
    ]


def named(item: Planned) -> str:
    """What an event is called: its 登记号, else its patents."""
    rights = listed(right.number for right in item.event.rights)
    return item.event.reg_no or rights or tr("（没有登记号）")


def told(item: Planned) -> str:
    """All that is to be said of an event, a line each."""
    return "\n".join((item.does, *item.reasons))
