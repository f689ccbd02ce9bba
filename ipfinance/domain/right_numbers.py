"""The number of a patent, a trademark or another right as it is written, made a right."""

from ipfinance.domain.identifiers import (
    Checked,
    check_patent_number,
    check_trademark_number,
    is_sound_trademark,
    right_kind_of,
    sound_patent,
)
from ipfinance.domain.names import names_of_rights
from ipfinance.domain.pledge import Kind, Right, RightKind


def sound_rights(kind: Kind | None, text: str, named: str) -> tuple[Right, ...] | None:
    """The rights in a cell of usual numbers that ； tells apart, named by the cell beside it.

    The same as `right_of` gives for each, by a much shorter way; None where anything is doubtful
    or written otherwise, a number stands there twice, or the names are not as many.
    """
    numbers = text.split("；")
    if kind is Kind.PATENT:
        patents = list(map(sound_patent, numbers))
        if None in patents:
            return None
        found = dict(filter(None, patents))
    elif kind is Kind.TRADEMARK and all(map(is_sound_trademark, numbers)):
        found = dict.fromkeys(numbers, RightKind.TRADEMARK)
    else:
        return None
    names = names_of_rights(named, len(numbers)) if named else [""] * len(numbers)
    if not len(found) == len(numbers) == len(names):
        return None
    return tuple(map(Right, found, found.values(), names))


def right_of(kind: Kind | None, number: str, name: str) -> tuple[Right, Checked]:
    """The right that a number names under a register, and what is doubtful about the number."""
    if kind is Kind.PATENT:
        checked = check_patent_number(number)
        try:
            return Right(checked.normalized, right_kind_of(checked.normalized), name), checked
        except ValueError:
            return Right(checked.normalized, RightKind.OTHER, name), checked
    if kind is Kind.TRADEMARK:
        checked = check_trademark_number(number)
        return Right(checked.normalized, RightKind.TRADEMARK, name), checked
    return Right(number, RightKind.OTHER, name), Checked(number)


def names_no_right(kind: Kind | None, number: str) -> bool:
    """Whether words stand in place of a number: 见附件, or a ZL that waits for its digits.

    Counted it would be a patent.
    """
    return kind in (Kind.PATENT, Kind.TRADEMARK) and not any(map(str.isdigit, number))
