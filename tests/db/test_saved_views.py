"""Views that are kept under a name, each on its page."""

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.saved_views import remove_view, save_view, saved_views


def test_that_a_view_is_found_again_on_its_page_only(store: Store) -> None:
    save_view(store, "statistics", "年报", {"by": "city"})
    save_view(store, "ledger", "在押", {"state": "registered"})
    assert [(view.name, view.content) for view in saved_views(store, "statistics")] == [
        ("年报", {"by": "city"})
    ]


def test_that_a_view_of_the_same_name_is_replaced(store: Store) -> None:
    save_view(store, "statistics", "年报", {"by": "city"})
    save_view(store, "statistics", "年报", {"by": "county"})
    assert [view.content for view in saved_views(store, "statistics")] == [{"by": "county"}]


def test_that_a_removed_view_comes_back_by_undo(store: Store) -> None:
    save_view(store, "statistics", "年报", {"by": "city"})
    remove_view(store, saved_views(store, "statistics")[0])
    assert saved_views(store, "statistics") == []
    history.undo(store)
    assert [view.name for view in saved_views(store, "statistics")] == ["年报"]
