"""Notices planned and carried out in a store, and a registration that fits them."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.pledges import get, with_reg_no
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.carrying_out import carry_out
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_notices
from ipfinance.intake.notices.reading import read_notices
from tests import make
from tests.intake.notices_made import Told, written

NUMBER = "Y2019330000123"
IN_HANGZHOU = PlaceChoice(city="杭州", county="滨江区")
PATENT = "201920000017.5"


def plan_of(
    store: Store, setting: Setting, *told: Told, choice: PlaceChoice = IN_HANGZHOU
) -> NoticePlan:
    return plan_notices(read_notices("\n".join(map(written, told))), store, setting, choice)


def done(
    store: Store, setting: Setting, *told: Told, choice: PlaceChoice = IN_HANGZHOU
) -> list[Planned]:
    plan = plan_of(store, setting, *told, choice=choice)
    carry_out(plan, store)
    return list(plan.items)


def outcomes(items: list[Planned] | tuple[Planned, ...]) -> list[Outcome]:
    return [item.outcome for item in items]


def stored_as(store: Store, reg_no: str = NUMBER) -> Pledge:
    number = with_reg_no(store, Kind.PATENT, reg_no)
    assert number is not None
    return get(store, number)


def registered(store: Store, **changes: object) -> Pledge:
    """A registration that fits the notices made here."""
    values: dict[str, object] = {
        "reg_no": NUMBER,
        "registered_on": date(2019, 11, 8),
        "pledgors": (make.pledgor("杭州示例甲科技有限公司"),),
        "pledgees": (make.pledgee("示例银行股份有限公司杭州滨江支行"),),
        "rights": (make.right(PATENT),),
        "term_start": None,
        "term_end": None,
    }
    [stored] = make.stored(store, make.pledge(**(values | changes)))
    return stored
