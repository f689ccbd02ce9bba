"""The number of a patent, a trademark or another right as it is written, made a right."""

from ipfinance.domain.identifiers import (
    Checked,
    check_patent_number,
    check_trademark_number,
    right_kind_of,
    sound_patent,
)
from ipfinance.domain.pledge import Kind, Right, RightKind


def sound_right(kind: Kind | None, number: str, name: str) -> Right | None:
    """The patent that a number of the usual form names, None for any other number.

    The same as `right_of` where that has nothing to doubt, by a much shorter way.
    """
    sound = sound_patent(number) if kind is Kind.PATENT else None
    return None if sound is None else Right(*sound, name)


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
