"""Drafts are kept and forgotten, and are no acts."""

from ipfinance.db import history
from ipfinance.db.connection import Store, new_uid
from ipfinance.db.drafts import Draft, discard, drafts, keep
from tests import make


def test_that_a_draft_is_kept_replaced_and_forgotten_without_any_act(store: Store) -> None:
    before = make.dump(store, leaving_out=("draft", "sqlite_sequence"))
    one, other = new_uid(), new_uid()
    keep(store, Draft(one, None, {"single": {"reg_no": "甲"}}))
    keep(store, Draft(other, 7, {"single": {"reg_no": "乙"}}))
    keep(store, Draft(one, None, {"single": {"reg_no": "甲甲"}}))
    assert {draft.uid: draft.content["single"]["reg_no"] for draft in drafts(store)} == {
        one: "甲甲",
        other: "乙",
    }
    assert all(draft.kept_at for draft in drafts(store))
    assert history.undoable(store) is None
    discard(store, [one])
    assert [(draft.uid, draft.pledge) for draft in drafts(store)] == [(other, 7)]
    discard(store, [other])
    assert make.dump(store, leaving_out=("draft", "sqlite_sequence")) == before
