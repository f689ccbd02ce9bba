"""What a traced figure is, and what each registration behind it adds to it."""

from collections.abc import Iterable, Mapping

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import PLEDGE_COLUMNS, CountedRows, counted_rows
from ipfinance.db.facts import read_facts
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.statistics.claims import Number
from ipfinance.statistics.comparisons import share
from ipfinance.statistics.crossing import counties_within, recipe_of, which_of
from ipfinance.statistics.crossing_counts import RECIPES, Counter
from ipfinance.statistics.indicators import COUNTIES, RIGHTS_DISTINCT
from ipfinance.statistics.levels import RATIO_PARTS, Levels
from ipfinance.statistics.tables import KindChoice


def figure_of(
    store: Store,
    period: Period,
    kind: KindChoice,
    measure: str,
    area: str | None,
    keys: Mapping[Group, str],
) -> Number | None:
    """The figure that `traces.behind` opens with the same arguments."""
    levels = Levels(store)
    if not keys:
        return levels.value(measure, kind, period, area or levels.province)
    if measure in RATIO_PARTS:
        above, below = (
            figure_of(store, period, kind, part, area, keys) for part in RATIO_PARTS[measure]
        )
        assert isinstance(above, int)
        assert isinstance(below, int)
        return share(above, below)
    group, code = levels.group_of(area) if area else (Group.NONE, "")
    all_keys = dict(keys) if group is Group.NONE else {group: code, **keys}
    counties = levels.divisions.counties_on(period.end)
    if measure == COUNTIES.key:
        return counties_within(counties, all_keys)
    counter = Counter(_rows(store, period, kind, measure), [county.code for county in counties])
    counted = counter.count(recipe_of(measure), tuple(all_keys))
    return counted.get(tuple(all_keys.values()), 0)


def contributions(
    store: Store,
    period: Period,
    kind: KindChoice,
    measure: str,
    right_kind: str | None = None,
) -> Mapping[int, int] | None:
    """What each registration adds to a sum, by its number: 分 of an amount, else a count.

    None for what does not add up over registrations: distinct counts, rates and averages.
    ``right_kind`` narrows a sum of rights to one kind.
    """
    if measure in (RIGHTS_DISTINCT.key, COUNTIES.key, *RATIO_PARTS):
        return None
    recipe = RECIPES[recipe_of(measure)]
    if recipe.distinct:
        return None
    rows = _rows(store, period, kind, measure)
    if recipe.table == "rights" or (measure == "rights" and right_kind):
        # Both the kind that the measure counts and the one asked for, where there are two.
        sorts = {sort for sort in (recipe.is_ if recipe.only else None, right_kind) if sort}
        return _tally(number for number, _, sort in rows.rights if sorts == {sort})
    if not recipe.summed:
        return {_whole(row[0]): 1 for row in rows.pledges}
    place = PLEDGE_COLUMNS.index(recipe.summed)
    return {_whole(row[0]): _whole(row[place]) for row in rows.pledges}


def _rows(store: Store, period: Period, kind: KindChoice, measure: str) -> CountedRows:
    threshold = read_facts(store).inclusive_threshold_fen
    which = which_of(measure)
    return counted_rows(store, which, period.start, period.end, kind.kinds, threshold)


def _tally(numbers: Iterable[object]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number in map(_whole, numbers):
        found[number] = found.get(number, 0) + 1
    return found


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
