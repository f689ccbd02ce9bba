"""Sums and distinct members of what is kept by month, by any group, in whole numbers.

numpy is imported where it is used: no window waits for it.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ipfinance.db.months import Month, read_records

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]


class Columns:
    """The tables of several months, joined; each column is an array as long as its table.

    Of the rights there are only those pledged more than once among these months: the others
    are as many as they are, whatever they are counted by.
    """

    def __init__(self, months: Sequence[Month]) -> None:
        self.months = months
        self._tables: dict[str, tuple[npt.NDArray[np.void], Numbers]] = {}
        self._columns: dict[tuple[str, str], Numbers] = {}

    def column(self, table: str, name: str) -> "Numbers":
        """A column by its name in `months.LAYOUTS`.

        ``month`` is the place of the record's month among the months.
        """
        import numpy as np

        if (table, name) not in self._columns:
            records, months = self._table(table)
            # One after the other: reading them out of records each time takes far longer.
            self._columns[table, name] = (
                months if name == "month" else records[name].astype(np.int64)
            )
        return self._columns[table, name]

    def _table(self, name: str) -> "tuple[npt.NDArray[np.void], Numbers]":
        """The records of all months, and of each its month's place."""
        import numpy as np

        if name not in self._tables:
            tables = [month.tables[name] for month in self.months]
            records = read_records(name, b"".join(tables))
            lengths = [len(each) // records.itemsize for each in tables]
            months = np.repeat(np.arange(len(tables)), lengths)
            if name == "rights" and len(records):
                members = records["member"].astype(np.int64)
                members -= members.min()
                is_again = np.bincount(members)[members] > 1
                records, months = records[is_again], months[is_again]
            self._tables[name] = records, months
        return self._tables[name]


class Groups:
    """Which group each record belongs to, as a number in ``names``, the groups in order.

    A group is a month's ``name_of``, or where that is None the county of the record.
    """

    def __init__(self, columns: Columns, name_of: Callable[[Month], str] | None) -> None:
        import numpy as np

        self._columns = columns
        self._by_county = name_of is None
        of_months = [(name_of(each),) if name_of else each.counties for each in columns.months]
        self.names = sorted({name for names in of_months for name in names})
        number = {name: place for place, name in enumerate(self.names)}
        self._numbers = np.array([number[name] for each in of_months for name in each], np.int64)
        # Where the groups of each month begin in the list above.
        self._starts = np.cumsum([0, *(len(names) for names in of_months)], dtype=np.int64)
        self._of: dict[str, Numbers] = {}

    def of(self, table: str) -> "Numbers":
        """The group of each record of a table."""
        if table not in self._of:
            place = self._starts[self._columns.column(table, "month")]
            if self._by_county:
                place += self._columns.column(table, "county")
            self._of[table] = self._numbers[place]
        return self._of[table]

    def count(self, groups: "Numbers") -> "Numbers":
        """How many records each group has."""
        import numpy as np

        return np.bincount(groups, minlength=len(self.names))

    def add(self, groups: "Numbers", values: "Numbers") -> "Numbers":
        """Sums by group; those of `numpy.bincount` would be rounded above 2^53."""
        import numpy as np

        result = np.zeros(len(self.names), np.int64)
        np.add.at(result, groups, values)
        return result

    def last(self, groups: "Numbers", values: "Numbers") -> "Numbers":
        """The largest value of each group, 0 where there is none."""
        import numpy as np

        result = np.zeros(len(self.names), np.int64)
        np.maximum.at(result, groups, values)
        return result

    def distinct(self, groups: "Numbers", members: "Numbers") -> "Numbers":
        """How many different members each group has."""
        import numpy as np

        if not len(members):
            return np.zeros(len(self.names), np.int64)
        span = int(members.max()) + 1
        pairs = groups * span + members
        pairs.sort()
        is_first = np.ones(len(pairs), bool)
        np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
        return np.bincount(pairs[is_first] // span, minlength=len(self.names))
