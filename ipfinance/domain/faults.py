"""Faults of data: what is wrong with one field, as a value that every floor can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field.

    ``field`` is a key of the field catalogue, ``value`` what stood there, ``rule`` the stable
    name of the rule, ``text`` a Chinese sentence that says what is wrong and what to do. An
    error keeps the registration out; a warning does not.
    """

    field: str
    rule: str
    value: str
    text: str
    is_error: bool = True
