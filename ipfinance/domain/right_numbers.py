"""The number of a patent, a trademark or another right as it is written, made a right."""

from ipfinance.domain.identifiers import (
    Checked,
    check_patent_number,
    check_trademark_number,
    is_sound_trademark,
    right_kind_of,
    sound_patent,
)
from ipfinance.domain.pledge import Kind, Right, RightKind


def sound_numbers(kind: Kind | None, text: str) -> list[tuple[str, RightKind]] | None:
    """Number and kind of each right in a cell of numbers of the usual form, told apart by ；.

    The same as `right_of` gives for each, by a much shorter way; None where anything is doubtful
    or written otherwise, or a number stands there twice.
    """
    found: list[tuple[str, RightKind]] = []
    for number in text.split("；"):
        if kind is Kind.PATENT and (patent := sound_patent(number)):
            found.append(patent)
        elif kind is Kind.TRADEMARK and is_sound_trademark(number):
            found.append((number, RightKind.TRADEMARK))
        else:
            return None
    return found if len(found) == 1 or len(set(found)) == len(found) else None


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
