"""What is known of a pledgee, its head office above all, as a person corrects it."""

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.history import undo
from ipfinance.db.party_names import Party, add_former_name, rename
from ipfinance.db.pledgees import correct, details
from ipfinance.errors import UserError
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


def test_that_a_pledgee_taken_away_meanwhile_is_told_in_words(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    number = pledge.pledgees[0].pledgee or 0
    undo(store)
    said = "这家质权人已经不在了"
    with pytest.raises(UserError, match=said):
        correct(store, number, "示例银行", None, "")
    with pytest.raises(UserError, match=said):
        rename(store, Party.PLEDGEE, number, "示例银行")
    with pytest.raises(UserError, match=said):
        add_former_name(store, Party.PLEDGEE, number, "示例银行")
