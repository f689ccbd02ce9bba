"""Cells that are sound, and what is read of them once a test has changed some."""

from typing import Any

from ipfinance.domain.faults import Fault
from ipfinance.domain.money import Unit
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Reading, Setting, read_registration
from tests import make

CODE = make.credit_code(3)
PATENT = "201710601862.3"
# Everything sound; a test changes what it is about.
CELLS: dict[str, Any] = {
    "kind": "专利",
    "reg_no": "Y2019330000123",
    "registered_on": "2019-03-05",
    "pledgor": "示例甲有限公司",
    "uscc": CODE,
    "city": "杭州",
    "county": "滨江区",
    "size": "小型",
    "pledgee": "示例银行",
    "pledgee_kind": "银行",
    "secured_amount": "500",
    "rights": PATENT,
    "right_names": "一种示例装置",
    "rights_count": "1",
    "term_start": "2019-03-01",
    "term_end": "2022-02-28",
    "channel": "线上",
}
UNITS = dict.fromkeys(
    ("secured_amount", "credit_amount", "loan_amount", "appraised_value", "subsidy"), Unit.WAN
)


def read_cells(setting: Setting, **changes: Any) -> Reading:
    return read_registration({**CELLS, **changes}, setting)


def pledge_read(setting: Setting, **changes: Any) -> Pledge:
    reading = read_cells(setting, **changes)
    assert reading.errors == ()
    assert reading.pledge is not None
    return reading.pledge


def only_fault(reading: Reading, rule: str) -> Fault:
    [fault] = [each for each in reading.faults if each.rule == rule]
    return fault
