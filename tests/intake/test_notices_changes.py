"""Changes and ends that notices tell, recorded in a registration of the ledger."""

from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.mergers import facts_of
from ipfinance.db.party_names import Party, former_names
from ipfinance.db.registrar import cancel
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Change, Event, EventKind, Pledgee, Right
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.outcomes import Outcome
from tests import make
from tests.intake.notices_carried_out import PATENT, done, outcomes, registered, stored_as
from tests.intake.notices_made import Told, cancelled, changed, established


def test_that_a_change_is_recorded_with_its_words(store: Store, setting: Setting) -> None:
    registered(store)
    [item] = done(store, setting, changed())
    assert item.outcome is Outcome.CHANGED
    [event] = stored_as(store).events
    assert event == Event(
        EventKind.CHANGE,
        date(2020, 6, 15),
        changes=(Change("质权人", "示例担保有限公司", "示例银行湖州分行"),),
    )
    assert stored_as(store).pledgees[0].name == "示例银行股份有限公司杭州滨江支行"


@pytest.mark.parametrize(
    ("item", "after", "fen", "end"),
    [
        ("担保债权额", "800万元", 800 * WAN, None),
        ("债务履行期限", "2019年11月8日至2022年11月7日", None, date(2022, 11, 7)),
        ("债务履行期限", "20221107", None, date(2022, 11, 7)),
        ("担保债权额", "800", None, None),
        ("债务履行期限", "三年", None, None),
        ("质权人", "800万元担保公司", None, None),
    ],
)
def test_that_amount_and_term_count_from_the_day_of_the_change(
    store: Store, setting: Setting, item: str, after: str, fen: int | None, end: date | None
) -> None:
    registered(store)
    [planned] = done(store, setting, changed(item=item, before="原来的", after=after))
    assert planned.outcome is Outcome.CHANGED
    [event] = stored_as(store).events
    assert (event.secured_amount_fen, event.term_end) == (fen, end)
    if item != "质权人" and fen is None and end is None:
        assert planned.reasons


def test_that_another_item_of_the_same_day_joins_the_change(store: Store, setting: Setting) -> None:
    registered(store)
    done(store, setting, changed())
    more = changed(item="担保债权额", before="500万元", after="800万元")
    assert outcomes(done(store, setting, more)) == [Outcome.CHANGED]
    [event] = stored_as(store).events
    assert [change.item for change in event.changes] == ["质权人", "担保债权额"]
    assert event.secured_amount_fen == 800 * WAN
    assert outcomes(done(store, setting, changed(), more)) == [Outcome.SAME]


def test_that_a_cancellation_closes(store: Store, setting: Setting) -> None:
    registered(store)
    told = cancelled(出质人="杭州示例甲科技股份有限公司")
    [item] = done(store, setting, told)
    assert item.outcome is Outcome.CLOSED
    assert "出质人登记时是杭州示例甲科技有限公司" in item.reasons[0]
    assert stored_as(store).cancelled_on == date(2020, 12, 3)


@pytest.mark.parametrize("told", [cancelled(day="2020-12-04"), changed(day="2021-01-01")])
def test_that_what_comes_after_another_end_only_warns(
    store: Store, setting: Setting, told: Told
) -> None:
    stored = registered(store)
    assert stored.id is not None
    cancel(store, [stored.id], date(2020, 12, 1))
    [item] = done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert "2020-12-01 注销" in item.does


@pytest.mark.parametrize("day", ["2019-11-07", "2031-01-01"])
def test_that_a_cancellation_on_an_impossible_day_only_warns(
    store: Store, setting: Setting, day: str
) -> None:
    before = registered(store)
    [item] = done(store, setting, cancelled(day=day))
    assert item.outcome is Outcome.WARNING
    assert item.reasons
    assert stored_as(store) == before


def test_that_a_pledgor_the_ledger_lacks_is_told_not_added(store: Store, setting: Setting) -> None:
    registered(store, rights=(Right(PATENT, make.right().kind, "一种示例包装机"),))
    told = established(出质人=["杭州示例甲科技有限公司", "绍兴示例乙机械有限公司"])
    [item] = done(store, setting, told)
    assert item.outcome is Outcome.SAME
    assert "绍兴示例乙机械有限公司" in item.reasons[0]


def test_that_a_lender_spelt_otherwise_is_the_same(store: Store, setting: Setting) -> None:
    registered(
        store,
        pledgees=(Pledgee("示例银行股份有限公司(杭州滨江支行)"),),
        rights=(Right(PATENT, make.right().kind, "一种示例包装机"),),
    )
    told = established(质权人=["示例银行股份有限公司（杭州滨江支行）"])
    assert outcomes(done(store, setting, told)) == [Outcome.SAME]


def test_that_a_published_change_of_name_is_todays_name_and_keeps_the_former(
    store: Store, setting: Setting
) -> None:
    before = registered(store).pledgors[0]
    assert before.enterprise is not None
    [item] = done(store, setting, changed("出质人名称", before.name, "杭州示例新名有限公司"))
    assert item.outcome is Outcome.CHANGED
    facts = facts_of(store, Party.ENTERPRISE, before.enterprise)
    assert facts.name == "杭州示例新名有限公司"
    names = former_names(store, Party.ENTERPRISE, before.enterprise)
    assert [each.name for each in names] == [before.name]
    assert stored_as(store).pledgors[0].name == before.name  # as registered
