"""Which column of a ledger was taken for which field, as a table."""

from dataclasses import dataclass

from ipfinance.domain.fields import BY_KEY
from ipfinance.intake.layout import Table
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Tone


@dataclass(frozen=True, slots=True)
class Recognised:
    """One column of a ledger: where it stands, what it is called, what it was taken for."""

    letter: str
    label: str
    key: str | None
    unit: str

    @property
    def meaning(self) -> str:
        if self.key is None:
            return "未采用"
        field = BY_KEY[self.key]
        return f"{field.label}（{self.unit}）" if self.unit else field.label


def recognised(table: Table) -> list[Recognised]:
    """The columns of a table that have a header, from the left."""
    return [
        Recognised(
            letter_of(one.index), one.label, one.key, str(table.units.get(one.key or "", ""))
        )
        for one in table.header.columns
        if one.label
    ]


def recognised_columns() -> list[Column[Recognised]]:
    """The columns of the list of what was recognised."""
    return [
        Column("letter", "列", lambda one: one.letter, width=52, soft=True),
        Column("label", "文件里的表头", lambda one: one.label, width=130, stretch=1),
        Column(
            "meaning",
            "识别为",
            lambda one: one.meaning,
            width=130,
            stretch=1,
            pill=lambda one: None if one.key else Tone.NEUTRAL,
        ),
    ]


def letter_of(index: int) -> str:
    """The name of a column as spreadsheets show it: 0 → A, 27 → AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
