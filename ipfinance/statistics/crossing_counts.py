"""How any indicator is counted over groups of rows, one recipe each, with pandas.

The rows of a group that a registration has several of (its enterprises, lenders, rights) pair
with each other only within the same party or right: a joint registration of a large and a small
enterprise stands under 大型 with the large one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipfinance.db.counted_rows import (
    PLEDGE_COLUMNS,
    PLEDGEE_COLUMNS,
    PLEDGOR_COLUMNS,
    RIGHT_COLUMNS,
    CountedRows,
)
from ipfinance.db.totals import Group
from ipfinance.statistics.spans import SPANS, span_key

if TYPE_CHECKING:
    import pandas as pd

_AREAS = (Group.CITY, Group.COUNTY)
_HOME = {
    Group.ENTERPRISE: "pledgors",
    Group.SIZE: "pledgors",
    Group.INDUSTRY: "pledgors",
    Group.PLEDGEE: "pledgees",
    Group.HEAD_BANK: "pledgees",
    Group.PLEDGEE_KIND: "pledgees",
    Group.RIGHT_KIND: "rights",
}


@dataclass(frozen=True, slots=True)
class _Recipe:
    """Of which rows, those where ``only`` is set (or equal to ``is_``), and what is counted.

    ``distinct`` is the column counted without repetition, ``summed`` the column added up;
    without either every row counts once.
    """

    table: str = "pledges"
    summed: str = ""
    distinct: str = ""
    only: str = ""
    is_: str | bool = True


RECIPES: Mapping[str, _Recipe] = {
    "registrations": _Recipe(),
    "amount_missing": _Recipe(only="amount_missing"),
    "registrations_with_amount": _Recipe(only="amount_missing", is_=False),
    "inclusive_registrations": _Recipe(only="inclusive"),
    "online_registrations": _Recipe(only="online"),
    "enterprises": _Recipe("pledgors", distinct="enterprise"),
    "inclusive_enterprises": _Recipe("pledgors", distinct="enterprise", only="inclusive"),
    "first_time_enterprises": _Recipe("pledgors", distinct="enterprise", only="first_time"),
    "pledgees": _Recipe("pledgees", distinct="pledgee"),
    "head_banks": _Recipe("pledgees", distinct="head_bank", only="is_bank"),
    "inventions": _Recipe("rights", only="right_kind", is_="invention"),
    "utility_models": _Recipe("rights", only="right_kind", is_="utility_model"),
    "designs": _Recipe("rights", only="right_kind", is_="design"),
    "trademarks": _Recipe("rights", only="right_kind", is_="trademark"),
    "counties_covered": _Recipe(distinct="county", only="county_exists"),
    **{
        name: _Recipe(summed=name)
        for name in (
            *("secured_amount", "rights", "credit_amount", "loan_amount", "appraised_value"),
            *("subsidy", "inclusive_amount", "loan_with_value", "value_with_loan"),
        )
    },
}
_LISTED = _Recipe("rights")
_LISTED_ONCE = _Recipe("rights", distinct="right")
_UNLISTED = _Recipe(summed="unlisted")

Counts = dict[tuple[str, ...], int]


class Counter:
    """Counts what one reading of rows holds, over none, one or two groups at a time.

    ``counties`` are those that exist at the end of the period.
    """

    def __init__(self, rows: CountedRows, counties: Sequence[str]) -> None:
        import pandas as pd

        self.pledges = pd.DataFrame(list(rows.pledges), columns=list(PLEDGE_COLUMNS))
        self.pledgors = pd.DataFrame(list(rows.pledgors), columns=list(PLEDGOR_COLUMNS))
        self.pledgees = pd.DataFrame(list(rows.pledgees), columns=list(PLEDGEE_COLUMNS))
        self.rights = pd.DataFrame(list(rows.rights), columns=list(RIGHT_COLUMNS))
        self.pledges["unlisted"] = self.pledges["rights"] - self.pledges["listed"]
        self.pledges["county_exists"] = self.pledges["county"].isin(list(counties))

    @property
    def is_empty(self) -> bool:
        """Whether there is no registration at all."""
        return self.pledges.empty

    def count(self, measure: str, groups: Sequence[Group]) -> Counts:
        """The measure for each combination of keys that has anything, () for no groups."""
        counted: Counts = {}
        for recipe in _recipes(measure, groups):
            for keys, number in self._follow(recipe, groups).items():
                counted[keys] = counted.get(keys, 0) + number
        return counted

    def together(self, measure: str, group: Group, keys: Collection[str]) -> int:
        """The measure over several keys of a group as if they were one, nothing twice."""
        return sum(
            self._one(self._narrowed(recipe, group, keys), recipe)
            for recipe in _recipes(measure, [group])
        )

    def keys(self, group: Group) -> list[str]:
        """The keys of a group that any registration has, in order."""
        return sorted(keys[0] for keys in self._follow(RECIPES["registrations"], [group]))

    def _rows(self, recipe: _Recipe) -> "pd.DataFrame":
        """The rows that a recipe counts."""
        frame: pd.DataFrame = getattr(self, recipe.table)
        if recipe.only:
            frame = frame[frame[recipe.only] == recipe.is_]
        if recipe.table == "pledgors" and recipe.distinct:
            frame = frame[frame["enterprise"].notna()]
        return frame

    def _narrowed(self, recipe: _Recipe, group: Group, keys: Collection[str]) -> "pd.DataFrame":
        """The rows that a recipe counts of any of the keys, each once."""
        frame = self._rows(recipe)
        home = _home(group, recipe.table)
        other: pd.DataFrame = getattr(self, home)
        if home == recipe.table:
            return frame[self._keys_in(frame, group).isin(list(keys))]
        theirs = other[self._keys_in(other, group).isin(list(keys))]
        return frame[frame["pledge"].isin(theirs["pledge"])]

    def _follow(self, recipe: _Recipe, groups: Sequence[Group]) -> Counts:
        frame = self._rows(recipe)
        if frame.empty:
            return {}
        names = [f"by_{group.value}" for group in groups]
        keyed = self._keyed(frame, recipe.table, groups)
        if not groups:
            return {(): self._one(keyed, recipe)}
        grouped = keyed.groupby(names, sort=False, observed=True)
        if recipe.distinct:
            counted = grouped[recipe.distinct].nunique()
        elif recipe.summed:
            counted = grouped[recipe.summed].sum()
        else:
            counted = grouped.size()
        found = zip(counted.index.tolist(), counted.tolist(), strict=True)
        return {keys if isinstance(keys, tuple) else (keys,): int(number) for keys, number in found}

    def _one(self, frame: "pd.DataFrame", recipe: _Recipe) -> int:
        if recipe.distinct:
            return int(frame[recipe.distinct].nunique())
        return int(frame[recipe.summed].sum()) if recipe.summed else len(frame)

    def _keyed(self, frame: "pd.DataFrame", table: str, groups: Sequence[Group]) -> "pd.DataFrame":
        """The rows with a column of keys for each group; a row with several keys repeats."""
        elsewhere: dict[str, list[Group]] = {}
        for group in groups:
            elsewhere.setdefault(_home(group, table), []).append(group)
        for home, theirs in elsewhere.items():
            names = [f"by_{group.value}" for group in theirs]
            if home == table:
                frame = frame.assign(
                    **{
                        name: self._keys_in(frame, group)
                        for name, group in zip(names, theirs, strict=True)
                    }
                ).dropna(subset=names)
                continue
            other: pd.DataFrame = getattr(self, home)
            link = other[["pledge"]].assign(
                **{
                    name: self._keys_in(other, group)
                    for name, group in zip(names, theirs, strict=True)
                }
            )
            frame = frame.merge(link.dropna().drop_duplicates(), on="pledge")
        return frame

    def _keys_in(self, frame: "pd.DataFrame", group: Group) -> "pd.Series[str]":
        if group in SPANS:
            days = frame["day"].astype(object)
            return days.map({day: span_key(group, day) for day in days.unique()})
        if group in (Group.ENTERPRISE, Group.PLEDGEE):
            numbers = frame[group.value]
            return numbers.map({one: str(int(one)) for one in numbers.dropna().unique()})
        return frame[group.value]


def _recipes(measure: str, groups: Sequence[Group]) -> tuple[_Recipe, ...]:
    """What is counted for a measure and added up."""
    by_right = Group.RIGHT_KIND in groups
    if measure == "rights" and by_right:
        return (_LISTED,)
    if measure == "rights_distinct":
        return (_LISTED_ONCE,) if by_right else (_LISTED_ONCE, _UNLISTED)
    return (RECIPES[measure],)


def _home(group: Group, table: str) -> str:
    """The table that has the keys of a group, for rows of a table.

    Enterprises count where each of them is, all else where its registration does.
    """
    at_home = group in _AREAS and table == "pledgors"
    return table if at_home else _HOME.get(group, "pledges")
