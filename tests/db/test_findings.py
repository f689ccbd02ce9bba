"""What is to be done: recounted in plain Python, settled, open again."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from statistics import median

import pytest

from ipfinance import language
from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import Finding, FindingKind
from ipfinance.db.findings import findings, settle, tell_duplicates_apart
from ipfinance.db.orphans import Orphan, keep, waiting
from ipfinance.db.pledges import find, get
from ipfinance.db.registrar import cancel, correct
from ipfinance.demonstration import fill
from ipfinance.domain.money import WAN
from ipfinance.domain.patent_terms import last_possible_day
from ipfinance.domain.pledge import VOIDINGS, EventKind, Kind, Pledge, RightKind
from ipfinance.errors import UserError
from ipfinance.language import Language
from ipfinance.progress import Progress
from tests import make

TODAY = date(2020, 1, 10)
FAR = date(2030, 1, 1)


def found(store: Store, kind: FindingKind, today: date = TODAY) -> list[Finding]:
    return findings(store, today)[kind]


def everything(store: Store) -> list[Pledge]:
    rows = store.connection.execute("SELECT id FROM pledge WHERE deleted_at IS NULL")
    return find(store, [row[0] for row in rows])


def recounted(pledges: list[Pledge]) -> dict[FindingKind, set[tuple[int, ...]]]:
    """The registrations of each kind, by the rules as they are told, one after the other."""
    counted = [p for p in pledges if not any(event.kind in VOIDINGS for event in p.events)]
    live = [p for p in counted if p.ending is None or p.ending.happened_on > TODAY]
    told: dict[FindingKind, set[tuple[int, ...]]] = {kind: set() for kind in FindingKind}
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    same: dict[object, list[Pledge]] = defaultdict(list)
    amounts: dict[tuple[int, int | None], dict[int, int]] = defaultdict(dict)
    for p in pledges:
        assert p.id is not None
        if p.reg_no_in_doubt is not None:
            bearers = (o for o in pledges if (o.kind, o.reg_no) == (p.kind, p.reg_no_in_doubt))
            told[FindingKind.REG_NO_IN_DOUBT].add((p.id, *(o.id for o in bearers if o.id)))
    for p in counted:
        assert p.id is not None
        if p.secured_amount_fen is None:
            told[FindingKind.AMOUNT_MISSING].add((p.id,))
            continue
        for pledgor in p.pledgors:
            if pledgor.enterprise:
                amounts[4, pledgor.enterprise][p.id] = p.secured_amount_fen
        for pledgee in p.pledgees:
            amounts[10, pledgee.pledgee][p.id] = p.secured_amount_fen
    for (fewest, _), of in amounts.items():
        for number, fen in of.items():
            others = [its for other, its in of.items() if other != number]
            if len(others) >= fewest and not (median(others) / 1000 < fen < 1000 * median(others)):
                told[FindingKind.AMOUNT_OUT_OF_RANGE].add((number,))
    for p in live:
        assert p.id is not None
        for right in p.rights:
            holders[right.number, right.kind].add(p.id)
        end = p.term_end_on(TODAY)
        if end is None:
            continue
        days = (end - TODAY).days
        for most, kind in (
            (-1, FindingKind.OVERDUE),
            (30, FindingKind.DUE_IN_30),
            (60, FindingKind.DUE_IN_60),
            (90, FindingKind.DUE_IN_90),
        ):
            if days <= most:
                told[kind].add((p.id,))
                break
        if p.kind is Kind.PATENT and any(_is_beyond(r.number, r.kind, end) for r in p.rights):
            told[FindingKind.BEYOND_PATENT_TERM].add((p.id,))
    for ids in holders.values():
        if len(ids) > 1:
            told[FindingKind.OVERLAPPING_RIGHT].add(tuple(sorted(ids)))
    for p in counted:
        key = (p.kind, p.registered_on, frozenset(o.enterprise or o.name for o in p.pledgors))
        same[key].append(p)
    for group in same.values():
        for one, other in combinations(sorted(group, key=lambda p: p.id or 0), 2):
            if _may_be_one(one, other):
                assert one.id is not None
                assert other.id is not None
                told[FindingKind.POSSIBLE_DUPLICATE].add((one.id, other.id))
    return told


def _is_beyond(number: str, kind: RightKind, end: date) -> bool:
    body = number.split(".")[0]
    year = int(body[:4]) if len(body) == 12 else 1900 + int(body[:2]) + 100 * (body < "85")
    years = {"invention": 20, "utility_model": 10, "design": 15 if year >= 2021 else 10}
    return kind.value in years and end > date(year + years[kind.value], 12, 31)


def _may_be_one(one: Pledge, other: Pledge) -> bool:
    amounts = {one.secured_amount_fen, other.secured_amount_fen} - {None}
    lenders = {frozenset(p.name for p in each.pledgees) for each in (one, other)} - {frozenset()}
    rights = {frozenset(r.number for r in each.rights) for each in (one, other)}
    numbers = rights - {frozenset()}
    if len(amounts) > 1 or len(lenders) > 1 or len(numbers) > 1:
        return False
    return rights == numbers or one.rights_count == other.rights_count


def test_that_every_kind_equals_a_plain_recount(store: Store) -> None:
    fill(store, TODAY, Progress(), size=1500)
    double = make.pledge(registered_on=date(2019, 11, 5), reg_no=None)
    company = make.pledgor("示例一致有限公司")
    make.stored(
        store,
        double,
        replace(double, reg_no="Y2019339999999", secured_amount_fen=None),
        make.pledge(reg_no_in_doubt="Y2019339999999", reg_no=None),
        make.pledge(reg_no_in_doubt="Y2019330000000", reg_no=None),
        *(
            make.pledge(
                pledgors=(company,),
                pledgees=(make.pledgee(f"示例丙{day}银行"),),
                reg_no=f"Y20193388888{day:02}",
                registered_on=date(2019, 6, day),
                secured_amount_fen=(300 + day) * (WAN if day > 1 else WAN * WAN),
            )
            for day in range(1, 7)
        ),
    )
    told = findings(store, TODAY)
    expected = recounted(everything(store))
    for kind in FindingKind:
        assert {one.pledges for one in told[kind]} == expected[kind], kind
    assert all(told[kind] for kind in FindingKind if kind is not FindingKind.ORPHAN_NOTICE)


@pytest.mark.parametrize(
    ("number", "kind", "last"),
    [
        ("200810000001.1", RightKind.INVENTION, date(2028, 12, 31)),
        ("200820000001.1", RightKind.UTILITY_MODEL, date(2018, 12, 31)),
        ("202030000001.1", RightKind.DESIGN, date(2030, 12, 31)),
        ("202130000001.1", RightKind.DESIGN, date(2036, 12, 31)),
        ("98100001.1", RightKind.INVENTION, date(2018, 12, 31)),
        ("02200001.1", RightKind.UTILITY_MODEL, date(2012, 12, 31)),
        ("3917439", RightKind.TRADEMARK, None),
        ("CN1", RightKind.INVENTION, None),
    ],
)
def test_when_a_patent_has_lapsed_for_certain(
    number: str, kind: RightKind, last: date | None
) -> None:
    assert last_possible_day(number, kind) == last


def test_that_a_debt_is_beyond_the_term_only_for_certain(store: Store) -> None:
    patent = make.right(make.patent_number(1, year=2008))
    inside, beyond = make.stored(
        store,
        make.pledge(rights=(patent,), term_end=date(2028, 12, 31)),
        make.pledge(
            rights=(make.right(make.patent_number(2, year=2008)),), term_end=date(2029, 1, 1)
        ),
    )
    assert [one.pledges for one in found(store, FindingKind.BEYOND_PATENT_TERM)] == [(beyond.id,)]
    assert inside.id is not None
    extension = make.event(
        EventKind.EXTENSION, happened_on=date(2020, 1, 1), term_end=date(2029, 2, 1)
    )
    correct(store, inside.id, replace(inside, events=(extension,)))
    assert len(found(store, FindingKind.BEYOND_PATENT_TERM)) == 2


def test_that_overlapping_rights_name_both_and_end_with_one(store: Store) -> None:
    shared = make.right()
    one, other = make.stored(
        store,
        make.pledge(rights=(shared, make.right()), term_end=FAR),
        make.pledge(rights=(shared,), registered_on=date(2019, 4, 1), term_end=FAR),
    )
    [finding] = found(store, FindingKind.OVERLAPPING_RIGHT)
    assert finding.pledges == (one.id, other.id)
    assert shared.number in finding.words
    assert one.id is not None
    cancel(store, [one.id], TODAY - timedelta(days=1))
    assert found(store, FindingKind.OVERLAPPING_RIGHT) == []


def test_that_a_settled_finding_is_gone_until_its_registration_changes(store: Store) -> None:
    [one] = make.stored(store, make.pledge(secured_amount_fen=None))
    assert one.id is not None
    before = found(store, FindingKind.AMOUNT_MISSING)
    settle(store, before, "纸件上就没有")
    assert found(store, FindingKind.AMOUNT_MISSING) == []
    history.undo(store)
    assert found(store, FindingKind.AMOUNT_MISSING) == before
    history.redo(store)
    assert found(store, FindingKind.AMOUNT_MISSING) == []
    correct(store, one.id, replace(get(store, one.id), term_end=date(2025, 1, 1)))
    assert found(store, FindingKind.AMOUNT_MISSING) == before  # it says something else now
    settle(store, before)
    assert found(store, FindingKind.AMOUNT_MISSING) == []


def test_that_what_is_settled_in_english_is_settled_in_chinese(store: Store) -> None:
    shared = make.right()
    make.stored(
        store,
        make.pledge(rights=(shared,), term_end=FAR),
        make.pledge(rights=(shared,), registered_on=date(2019, 4, 1), term_end=FAR),
    )
    language.choose(Language.ENGLISH)
    try:
        english = found(store, FindingKind.OVERLAPPING_RIGHT)
        settle(store, english)
    finally:
        language.choose(Language.CHINESE)
    assert [one.words for one in english] == [f"both hold {shared.number}"]
    assert found(store, FindingKind.OVERLAPPING_RIGHT) == []
    act = history.undoable(store)
    assert act is not None
    assert act.words == "已核对：重复质押"


def test_that_two_told_apart_are_no_duplicates_whatever_they_say_later(store: Store) -> None:
    pledge = make.pledge()
    one, _ = make.stored(store, pledge, replace(pledge, reg_no=None))
    [finding] = found(store, FindingKind.POSSIBLE_DUPLICATE)
    tell_duplicates_apart(store, [finding])
    assert found(store, FindingKind.POSSIBLE_DUPLICATE) == []
    assert one.id is not None
    correct(store, one.id, replace(get(store, one.id), note="改过"))
    assert found(store, FindingKind.POSSIBLE_DUPLICATE) == []
    with pytest.raises(UserError, match="只有"):
        tell_duplicates_apart(store, [replace(finding, kind=FindingKind.OVERDUE)])


def test_that_a_settled_notice_leaves_the_work_list(store: Store) -> None:
    with store.act("测试"):
        keep(store, Orphan("PC01", "Y2019330000001", date(2019, 9, 1), "注销", {}))
    [finding] = found(store, FindingKind.ORPHAN_NOTICE)
    assert "Y2019330000001" in finding.words
    settle(store, [finding], "不是本省的")
    assert waiting(store) == []
    assert found(store, FindingKind.ORPHAN_NOTICE) == []
    history.undo(store)
    assert found(store, FindingKind.ORPHAN_NOTICE) == [finding]
