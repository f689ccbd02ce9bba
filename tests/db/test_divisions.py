"""The areas of a store are made once from its rows, and anew when a row has changed."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from tests import make


def test_that_a_changed_row_is_seen_at_once(store: Store) -> None:
    before = all_divisions(store)
    assert all_divisions(store) is before
    store.connection.execute(
        "UPDATE division SET name = '另一区', valid_to = '2020-12-31' WHERE code = ?", (make.XIHU,)
    )
    after = all_divisions(store)
    assert after.name_of(make.XIHU) == "另一区"
    assert before.name_of(make.XIHU) == "西湖区"


def test_that_the_counties_of_a_day_are_those_that_existed_on_it(store: Store) -> None:
    divisions = all_divisions(store)
    for day in (date(2019, 8, 15), date(2019, 8, 16), date(2021, 4, 8), date(2021, 4, 9)):
        for _ in range(2):
            for city in (None, make.HANGZHOU):
                there = divisions.counties_on(day, city)
                assert there == [
                    one
                    for one in divisions
                    if one.level == "county"
                    and city in (None, one.parent)
                    and (one.valid_from or day) <= day <= (one.valid_to or day)
                ]
                there.clear()  # whoever asks has a list of his own
