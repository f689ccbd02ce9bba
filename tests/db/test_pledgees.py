"""The head office of a pledgee, as a person corrects it."""

from ipfinance.db.connection import Store
from ipfinance.db.history import undo
from ipfinance.db.pledgees import correct, details
from tests import make


def test_that_a_head_is_corrected_by_a_person_and_taken_back(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    lender = pledge.pledgees[0]
    assert lender.pledgee is not None
    kind, told = details(store, lender.pledgee)
    assert told == "示例银行股份有限公司"
    correct(store, lender.pledgee, lender.name, kind, "另一银行")
    assert details(store, lender.pledgee) == (kind, "另一银行")
    undo(store)
    assert details(store, lender.pledgee) == (kind, told)
