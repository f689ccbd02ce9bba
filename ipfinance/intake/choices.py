"""What a person said of the columns of a ledger; it comes before all recognising.

Said in the window for one shape of table, remembered for such tables, or given on the command
line by the name of a column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.domain.money import Unit
from ipfinance.errors import UserError
from ipfinance.intake.labels import plain
from ipfinance.language import either, tr, word

LEFT_OUT = word("不导入")


class By(StrEnum):
    """How a column was matched with its field."""

    LABEL = "表头"
    ALIAS = "别名"
    CONTENT = "内容"
    HAND = "手工"
    REMEMBERED = "记住的"

    @property
    def label(self) -> str:
        return either(self.value, _ENGLISH[self])


_ENGLISH = {
    By.LABEL: "Head",
    By.ALIAS: "Alias",
    By.CONTENT: "Content",
    By.HAND: "By hand",
    By.REMEMBERED: "Remembered",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was said of the tables of one shape, by column from 0.

    ``columns`` gives the key of the field, None for a column that is left out; ``units`` the
    unit of amounts where none is written.
    """

    columns: Mapping[int, str | None] = field(default_factory=dict)
    units: Mapping[int, Unit] = field(default_factory=dict)

    def as_json(self) -> dict[str, dict[str, str | None]]:
        """For the store."""
        return {
            "columns": {str(index): key for index, key in self.columns.items()},
            "units": {str(index): str(unit) for index, unit in self.units.items()},
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to become of one column, and who said so."""

    key: str | None
    by: By


@dataclass(frozen=True)
class Choices:
    """Everything that was said before reading.

    ``now`` and ``remembered`` are by shape, what is said now going first. ``named`` are the
    columns of the command line by their plain label; ``unit`` holds where none is written.
    """

    now: Mapping[str, Choice] = field(default_factory=dict)
    remembered: Mapping[str, Choice] = field(default_factory=dict)
    named: Mapping[str, str | None] = field(default_factory=dict)
    unit: Unit | None = None

    def of(self, labels: Sequence[str]) -> dict[int, Chosen]:
        """What was said of the columns of a table with these labels."""
        if not (self.now or self.remembered or self.named):
            return {}
        shape = shape_of(labels)
        found: dict[int, Chosen] = {}
        if shape in self.remembered:
            _say(found, self.remembered[shape], By.REMEMBERED)
        for index, label in enumerate(labels):
            for name in _names_of(index, label):
                if name in self.named:
                    found[index] = Chosen(self.named[name], By.HAND)
        if shape in self.now:
            _say(found, self.now[shape], By.HAND)
        return {index: chosen for index, chosen in found.items() if index < len(labels)}

    def unit_of(self, labels: Sequence[str], index: int) -> Unit | None:
        """The unit that was said for a column of amounts."""
        shape = shape_of(labels)
        for kept in (self.now, self.remembered):
            if shape in kept and index in kept[shape].units:
                return kept[shape].units[index]
        return self.unit

    def with_remembered(
        self, kept: Mapping[str, Mapping[str, Mapping[str, str | None]]]
    ) -> "Choices":
        """Together with what the store remembers, as it is kept there."""
        return replace(
            self, remembered={shape: _from_json(content) for shape, content in kept.items()}
        )


def shape_of(labels: Sequence[str]) -> str:
    """What tables of one shape have in common: their labels and how many columns there are."""
    return f"{len(labels)}\n" + "\t".join(labels)


def names_of(labels: Sequence[str]) -> list[str]:
    """Everything that the columns with these labels may be called on the command line."""
    return [name for index, label in enumerate(labels) for name in _names_of(index, label)]


def _names_of(index: int, label: str) -> tuple[str, ...]:
    """第5列, and the label with and without what stands over it."""
    number = f"第{index + 1}列"
    return (number, label.rpartition("/")[2], label) if label else (number,)


def named_column(text: str) -> tuple[str, str | None]:
    """Label and key of 「列名=key」, the key None for a column that is to be left out.

    ``第5列`` names a column without a label. Raises `UserError`.
    """
    label, equals, said = (part.strip() for part in text.rpartition("="))
    if not equals or not label or not said:
        raise UserError(
            tr("--column 要写成「列名=字段」：{written}", written=text),
            tr("例如 --column 合同金额=secured_amount。"),
        )
    by_label = {one.label_zh: one.key for one in FIELDS}
    if said in (LEFT_OUT, "-"):
        return plain(label), None
    if said in BY_KEY:
        return plain(label), said
    if said in by_label:
        return plain(label), by_label[said]
    known = "、".join(f"{one.key}（{one.label_zh}）" for one in FIELDS)
    raise UserError(
        tr("没有叫「{said}」的字段", said=said),
        tr("可以写：{known}；不导入的列写 -。", known=known),
    )


def named_unit(text: str) -> Unit:
    """The unit of that name. Raises `UserError`."""
    try:
        return Unit(text.strip())
    except ValueError:
        known = "、".join(Unit)
        raise UserError(
            tr("不认识单位「{written}」", written=text), tr("可以写：{known}。", known=known)
        ) from None


def _say(found: dict[int, Chosen], choice: Choice, by: By) -> None:
    for index, key in choice.columns.items():
        found[index] = Chosen(key, by)


def _from_json(content: Mapping[str, Mapping[str, str | None]]) -> Choice:
    columns = {
        int(index): key
        for index, key in content.get("columns", {}).items()
        if key is None or key in BY_KEY
    }
    units = {int(index): Unit(unit) for index, unit in content.get("units", {}).items() if unit}
    return Choice(columns, units)
