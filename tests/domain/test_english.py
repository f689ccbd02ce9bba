"""What is read and written is the same in both languages; what is said of it is English."""

from datetime import date

import pytest

from ipfinance.domain.division import Divisions
from ipfinance.domain.event_text import read_events, write_events
from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import Unit
from ipfinance.domain.pledge import Channel, EventKind, PledgeeKind, Size, State
from ipfinance.domain.reading import Setting, read_registration
from ipfinance.domain.words import choice_of
from ipfinance.language import in_chinese
from tests import make

_CELLS = {
    "kind": "专利",
    "reg_no": "Y2019330000123",
    "registered_on": "2019-03-05",
    "pledgor": "示例甲精密机械有限公司；示例乙有限公司",
    "uscc": "91330106MA00000000",
    "city": "杭州市",
    "county": "西湖区",
    "size": "巨型",
    "secured_amount": "五百",
    "rights": "201810601862.3",
    "term_start": "2019-03-05",
    "term_end": "2018-03-04",
}


@pytest.fixture
def setting(divisions: Divisions) -> Setting:
    return Setting(divisions, make.TODAY, {"secured_amount": Unit.WAN})


def test_that_faults_are_composed_in_english_and_know_their_chinese(
    setting: Setting, request: pytest.FixtureRequest
) -> None:
    chinese = read_registration(_CELLS, setting).faults
    request.getfixturevalue("in_english")
    english = read_registration(_CELLS, setting).faults
    assert len(english) > 3
    assert [(one.field, one.rule, one.value) for one in english] == [
        (one.field, one.rule, one.value) for one in chinese
    ]
    assert [in_chinese(one.text) for one in english] == [one.text for one in chinese]
    said = {one.rule: one.text for one in english}
    assert said["uscc_count_differs"] == (
        "Pledgors: 2, but Unified social credit code: 1. They are matched in order; please check"
    )
    assert said["size_unknown"] == (
        '"巨型" is none of the words to choose from (大型, 中型, 小型, 微型); not used'
    )


def test_that_the_words_of_a_ledger_are_read_whatever_the_window_says(in_english: None) -> None:
    kinds: dict[str, tuple[Size | Industry | PledgeeKind | Channel, ...]] = {
        "size": tuple(Size),
        "industry": tuple(Industry),
        "pledgee_kind": tuple(PledgeeKind),
        "channel": tuple(Channel),
    }
    for key, ones in kinds.items():
        for one in ones:
            assert choice_of(key, one.label_zh) == one.value
            assert one.label != one.label_zh
            assert in_chinese(one.label) == one.label_zh
    assert State.OVERDUE.label == "Overdue"


def test_that_fields_have_their_header_for_files_and_a_name_for_the_window(
    in_english: None,
) -> None:
    amount = BY_KEY["secured_amount"]
    assert (amount.header, amount.label) == ("担保债权额(万元)", "Secured amount")
    assert amount.explained.startswith("The secured amount as registered")
    for field in FIELDS:
        assert field.label.isascii(), field.key


def test_that_events_are_written_and_read_alike(in_english: None) -> None:
    events = (
        make.event(EventKind.CHANGE, secured_amount_fen=3_000_000_00, changes=(make.change(),)),
        make.event(EventKind.REVOCATION, happened_on=date(2021, 5, 6)),
    )
    written = write_events(events)
    assert "变更：担保债权额 300 万元" in written
    assert read_events(written) == (events, ())
    assert events[0].label == "Change"
