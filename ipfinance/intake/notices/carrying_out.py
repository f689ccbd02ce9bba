"""Carry out a plan of notices as one act, and the work list once its registrations are there."""

from ipfinance.db.act_words import ActWords, NoticePart
from ipfinance.db.connection import Store
from ipfinance.db.matching import newest_act
from ipfinance.db.orphans import keep, settle
from ipfinance.db.registrar import Registrar
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.notices.events import to_orphan
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_work_list
from ipfinance.language import tr


def carry_out(plan: NoticePlan, store: Store) -> None:
    """Write all that the plan does in one act; one that does nothing leaves no trace.

    Raises:
        UserError: when the store was written to since the plan was made; nothing is written.
    """
    if not plan.changes_anything:
        return
    with store.act(_words(plan)) as act:
        if newest_act(store, before=act) != plan.newest_act:
            raise UserError(tr("预览之后台账又有改动"), tr("请重新识别公告，核对后再执行。"))
        with Registrar(store) as registrar:
            for work in plan.works:
                if work.before is None:
                    registrar.register(work.after)
                else:
                    registrar.correct(work.before, work.after)
        for event in plan.orphans:
            keep(store, to_orphan(event))
        settle(store, plan.settled)


def apply_orphans(store: Store, setting: Setting, choice: PlaceChoice | None = None) -> NoticePlan:
    """Carry out what of the work list has its registration by now; the plan says what was done."""
    plan = plan_work_list(store, setting, choice or PlaceChoice())
    carry_out(plan, store)
    return plan


def _words(plan: NoticePlan) -> str:
    told = [
        NoticePart[outcome.name].format(count=plan.counts[outcome])
        for outcome in Outcome
        if outcome.writes and plan.counts[outcome]
    ]
    if plan.orphans:
        told.append(NoticePart.ORPHAN.format(count=len(plan.orphans)))
    return ActWords.NOTICES.format(done="、".join(told) or NoticePart.NOTHING)
