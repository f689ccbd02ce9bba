"""Values are equal, counted and replaced as frozen dataclasses are."""

from dataclasses import replace

from ipfinance.domain.pledge import Pledgee, PledgeeKind


def test_that_a_value_is_what_its_compared_fields_are() -> None:
    stored, read = (
        Pledgee("示例银行", PledgeeKind.BANK, pledgee=7),
        Pledgee("示例银行", PledgeeKind.BANK),
    )
    assert stored == read
    assert len({stored, read}) == 1
    assert replace(stored, kind=None) == Pledgee("示例银行") != stored
    assert replace(stored, kind=None).pledgee == 7
    assert not hasattr(stored, "__dict__")
