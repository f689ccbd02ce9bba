"""The ledger page over seven registrations, shown."""

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.ledger import LedgerPage
from tests import make
from tests.ui.ledger.hands import shown


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    """Two years, both registers, two cities, one without an amount, one that does not count."""
    ningbo = make.pledgor("示例乙化工有限公司", city=make.NINGBO, county=make.HAISHU)
    return make.stored(
        store,
        make.pledge(registered_on=date(2018, 5, 1), secured_amount_fen=400 * WAN, term_end=None),
        make.pledge(registered_on=date(2018, 6, 1), term_end=make.TODAY + timedelta(days=30)),
        make.pledge(registered_on=date(2019, 1, 1), secured_amount_fen=1200 * WAN),
        make.pledge(registered_on=date(2019, 2, 1), pledgors=(ningbo,)),
        make.pledge(registered_on=date(2019, 3, 1), secured_amount_fen=None),
        make.pledge(
            registered_on=date(2019, 12, 31),
            kind=Kind.TRADEMARK,
            pledgees=(make.pledgee("示例乙银行"),),
            secured_amount_fen=300 * WAN,
        ),
        make.pledge(registered_on=date(2019, 6, 1), events=(make.event(EventKind.REFUSAL),)),
    )


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, pledges: list[Pledge]) -> LedgerPage:
    return shown(qtbot, desk)
