"""A notice that a pledge took effect: a new registration, or what a known one still lacks."""

from dataclasses import replace
from datetime import date

from ipfinance.domain.division import AreaError
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Kind, Pledge, Pledgee, Pledgor
from ipfinance.domain.rules import check
from ipfinance.intake.notices.events import NoticeEvent
from ipfinance.intake.notices.outcomes import Outcome, Planned
from ipfinance.intake.notices.places import Places, Source
from ipfinance.intake.notices.registrations import Registrations
from ipfinance.language import listed, tr

PLACE_NOTE = "所在地按企业名称推定，请核对"  # kept with the registration


class Establisher:
    """Plans events PE01, one after the other."""

    def __init__(self, registrations: Registrations, places: Places, today: date) -> None:
        self._registrations = registrations
        self._places = places
        self._today = today

    def plan(self, event: NoticeEvent) -> Planned:
        """What becomes of the event."""
        if event.faults or event.reg_no is None or event.happened_on is None:
            return Planned(event, Outcome.WARNING, tr("没有读全，未处理"), event.faults)
        stored = self._registrations.get(event.reg_no)
        if stored is not None:
            return self._complete(event, stored, stored)
        bare = _bare(event, event.happened_on)
        alike = self._registrations.without_number(bare)
        if len(alike) == 1:
            numbered = alike[0].numbered(event.reg_no)
            return self._complete(event, alike[0], numbered)
        if alike:
            text = tr(
                "台账里有 {count} 笔没有登记号的登记与它相符，分不清是哪一笔，未处理",
                count=len(alike),
            )
            return Planned(event, Outcome.WARNING, text)
        return self._create(event, event.happened_on, bare)

    def _create(self, event: NoticeEvent, day: date, bare: Pledge) -> Planned:
        pledgors, reasons, is_inferred = self._pledgors(event, day)
        if len(pledgors) < len(event.pledgors):
            text = tr("公告不载出质人的所在地，先列入待办")
            return Planned(event, Outcome.ORPHAN, text, tuple(reasons))
        pledge = replace(bare, pledgors=pledgors, note=PLACE_NOTE if is_inferred else "")
        faults = check(pledge, self._today)
        errors = tuple(fault.text for fault in faults if fault.is_error)
        if errors:
            return Planned(event, Outcome.WARNING, tr("不能登记，未处理"), errors)
        assert event.reg_no is not None
        reasons.extend(self._overlapping(pledge))
        self._registrations.put(event.reg_no, pledge)
        where = self._places.words(pledge.city, pledge.county, day)
        text = (
            tr(
                "新增登记，计入{where}，{count} 件专利；金额待补",
                where=where,
                count=pledge.rights_count,
            )
            if pledge.rights
            else tr("新增登记，计入{where}，没有写明专利号；金额待补", where=where)
        )
        return Planned(event, Outcome.CREATED, text, tuple(reasons), (event.reg_no,))

    def _pledgors(
        self, event: NoticeEvent, day: date
    ) -> tuple[tuple[Pledgor, ...], list[str], bool]:
        """Those whose place is known, what to say of the places, and whether a company's name
        alone told one of them."""
        pledgors: list[Pledgor] = []
        reasons: list[str] = []
        is_inferred = False
        for name in event.pledgors:
            try:
                place = self._places.find(name, day)
            except AreaError as error:
                reasons.append(tr("「{name}」：{said}", name=name, said=error.text))
                continue
            if place is None:
                near = self._places.suggestion(name, day)
                reasons.append(
                    tr(
                        "「{name}」不在台账里，不知道它的所在地，按企业名称可能在{place}",
                        name=name,
                        place=self._places.words(near.city, near.county, day),
                    )
                    if near
                    else tr("「{name}」不在台账里，不知道它的所在地", name=name)
                )
                continue
            where = self._places.words(place.city, place.county, day)
            if place.source is Source.NAME:
                is_inferred = True
                reasons.append(tr("按企业名称，{name}计入{where}，请核对", name=name, where=where))
            elif place.county is None:
                reasons.append(tr("{name}只计入{where}，县（市、区）待补", name=name, where=where))
            pledgors.append(self._places.pledgor(name, place))
        return tuple(pledgors), reasons, is_inferred

    def _overlapping(self, pledge: Pledge) -> list[str]:
        numbers = {right.number for right in pledge.rights}
        told = []
        for other in self._registrations.live_with(numbers, pledge.registered_on):
            shared = [right.number for right in other.rights if right.number in numbers]
            named = other.reg_no or f"{other.pledgors[0].name} {other.registered_on}"
            told.append(
                tr(
                    "专利 {rights} 当天还在另一笔质押 {other} 中，请核对",
                    rights=listed(shared),
                    other=named,
                )
            )
        return told

    def _complete(self, event: NoticeEvent, before: Pledge, stored: Pledge) -> Planned:
        """Add what the registration lacks; what it has is never written over."""
        assert event.reg_no is not None
        reg_nos = (event.reg_no,)
        against = _contradiction(event, stored)
        if against:
            return Planned(
                event, Outcome.WARNING, tr("{against}，未处理", against=against), (), reg_nos
            )
        names = {right.number: right.name for right in event.rights}
        rights = tuple(
            replace(right, name=right.name or names.get(right.number, ""))
            for right in stored.rights
        )
        known = {right.number for right in rights}
        more = tuple(right for right in event.rights if right.number not in known)
        declared = stored.rights_declared or 0
        if more and not stored.rights and len(more) < declared:
            # Listed numbers count before the declared 件数: a part of them would lower it.
            text = tr(
                "台账的件数是 {declared}，公告只列出 {count} 件，补入会使件数变少，未处理",
                declared=declared,
                count=len(more),
            )
            return Planned(
                event, Outcome.WARNING, text, (tr("请把这笔登记的公告一起粘贴"),), reg_nos
            )
        lenders = {name_key(pledgee.name) for pledgee in stored.pledgees}
        new_lenders = tuple(
            Pledgee(name) for name in event.pledgees if name_key(name) not in lenders
        )
        after = replace(stored, rights=(*rights, *more), pledgees=(*stored.pledgees, *new_lenders))
        reasons = _other_pledgors(event, stored)
        if after == before:
            return Planned(event, Outcome.SAME, tr("台账里已有，内容相同"), reasons, reg_nos)
        self._registrations.put(event.reg_no, after, before)
        added = [
            *([tr("登记号")] if before.reg_no is None else []),
            *([tr("{count} 件专利", count=len(more))] if more else []),
            *([tr("专利名称")] if rights != stored.rights else []),
            *(
                [tr("质权人{names}", names=listed(lender.name for lender in new_lenders))]
                if new_lenders
                else []
            ),
        ]
        return Planned(
            event, Outcome.COMPLETED, tr("补入{added}", added=listed(added)), reasons, reg_nos
        )


def _bare(event: NoticeEvent, day: date) -> Pledge:
    """The registration as the notice tells it, its pledgors without places."""
    return Pledge(
        kind=Kind.PATENT,
        registered_on=day,
        pledgors=tuple(Pledgor(name, "") for name in event.pledgors),
        pledgees=tuple(Pledgee(name) for name in event.pledgees),
        rights=event.rights,
        reg_no=event.reg_no,
    )


def _contradiction(event: NoticeEvent, stored: Pledge) -> str:
    """Why the notice cannot be of this registration, blank when it can."""
    if event.happened_on != stored.registered_on:
        return tr(
            "台账的登记日期是 {stored}，公告是 {told}",
            stored=stored.registered_on,
            told=event.happened_on,
        )
    here = {name_key(pledgor.name) for pledgor in stored.pledgors}
    numbers = {right.number for right in stored.rights}
    if here.isdisjoint(map(name_key, event.pledgors)) and numbers.isdisjoint(
        right.number for right in event.rights
    ):
        names = "、".join(pledgor.name for pledgor in stored.pledgors)
        return tr(
            "台账的出质人是{stored}，公告是{told}",
            stored=names,
            told=listed(event.pledgors),
        )
    return ""


def _other_pledgors(event: NoticeEvent, stored: Pledge) -> tuple[str, ...]:
    """A pledgor that the registration lacks would bring a place along: told, not added."""
    here = {name_key(pledgor.name) for pledgor in stored.pledgors}
    more = [name for name in event.pledgors if name_key(name) not in here]
    return (tr("公告的出质人{more}台账里没有，请核对", more=listed(more)),) if more else ()
