"""What must hold within one registration, and what is worth a warning: each rule once."""

from datetime import date, timedelta
from typing import Any

import pytest

from ipfinance.domain.money import WAN, YI
from ipfinance.domain.pledge import EventKind, Kind
from ipfinance.domain.rules import UNLIKELY_AMOUNT_FEN, check
from tests import make

TOMORROW = make.TODAY + timedelta(days=1)


def test_that_a_sound_registration_has_no_fault() -> None:
    assert check(make.pledge(), make.TODAY) == []
    assert check(make.pledge(kind=Kind.TRADEMARK), make.TODAY) == []


ERRORS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"registered_on": TOMORROW, "term_start": None, "term_end": None},
        *("registered_on", "date_in_future"),
    ),
    (
        {"term_start": date(2020, 1, 2), "term_end": date(2020, 1, 1)},
        *("term_end", "dates_out_of_order"),
    ),
    (
        {"events": (make.event(happened_on=date(2019, 3, 4)),)},
        *("cancelled_on", "dates_out_of_order"),
    ),
    (
        {"events": (make.event(EventKind.EXTENSION, happened_on=TOMORROW),)},
        *("events", "date_in_future"),
    ),
]
WARNINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"reg_no": None}, "reg_no", "reg_no_missing"),
    ({"reg_no": "Y201933000012"}, "reg_no", "pledge_number_form"),
    ({"reg_no": "201710601862.3"}, "reg_no", "pledge_number_is_patent"),
    ({"secured_amount_fen": None}, "secured_amount", "amount_missing"),
    ({"secured_amount_fen": UNLIKELY_AMOUNT_FEN + 1}, "secured_amount", "amount_unlikely"),
    ({"rights_declared": 2}, "rights_count", "rights_count_differs"),
    ({"rights": ()}, "rights", "rights_missing"),
]


@pytest.mark.parametrize(("changes", "field", "rule"), ERRORS)
def test_that_a_broken_rule_is_an_error_of_its_field(
    changes: dict[str, Any], field: str, rule: str
) -> None:
    [fault] = check(make.pledge(**changes), make.TODAY)
    assert (fault.field, fault.rule, fault.is_error) == (field, rule, True)
    assert fault.value in fault.text


@pytest.mark.parametrize(("changes", "field", "rule"), WARNINGS)
def test_that_what_is_unsure_warns_and_never_blocks(
    changes: dict[str, Any], field: str, rule: str
) -> None:
    [fault] = check(make.pledge(**changes), make.TODAY)
    assert (fault.field, fault.rule, fault.is_error) == (field, rule, False)
    assert fault.text


@pytest.mark.parametrize(
    "changes",
    [
        {"registered_on": make.TODAY, "term_start": None, "term_end": None},
        {"term_start": date(2020, 1, 1), "term_end": date(2020, 1, 1)},
        {"term_start": None, "term_end": date(1990, 1, 1)},
        {"events": (make.event(happened_on=date(2019, 3, 5)),)},
        {"events": (make.event(happened_on=make.TODAY),)},
        {"secured_amount_fen": UNLIKELY_AMOUNT_FEN},
        {"secured_amount_fen": 1},
        {"rights_declared": 1},
        {"rights": (), "rights_declared": 7},
        {"kind": Kind.TRADEMARK, "reg_no": "任意写法"},
    ],
)
def test_that_a_rule_ends_where_it_says(changes: dict[str, Any]) -> None:
    assert check(make.pledge(**changes), make.TODAY) == []


def test_that_amounts_are_told_as_they_are_written() -> None:
    [fault] = check(make.pledge(secured_amount_fen=12_000 * YI + 5 * WAN), make.TODAY)
    assert "120,000,005.00 万元" in fault.text
