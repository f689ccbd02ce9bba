"""Values that are made by the hundred thousand and never changed."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(made: type[_T]) -> type[_T]:
    """A dataclass that mypy holds to be frozen.

    Equality, hash and ``replace`` are those of a frozen one, which Python would make ten times
    slower: it sets each field through ``object.__setattr__``.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
