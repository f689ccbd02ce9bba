"""Dates as people write them, read exactly or not at all."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from ipfinance.language import tr

_SEPARATED = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?号?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PARTIAL = re.compile(r"\d{4}([-/.年]\d{1,2}月?|年)?|\d{1,2}[-/.月]\d{1,2}日?")
# Day numbers of a spreadsheet (1900 system) from 1954 to 2119: what a date cell without a date
# format shows. Nothing else in a date column is a bare number of five digits.
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000
_SERIAL_EPOCH = date(1899, 12, 30)
# Workbooks made on a Mac may count their days from 1904-01-01 instead.
_DAYS_TO_1904 = (date(1904, 1, 1) - _SERIAL_EPOCH).days


class DateError(ValueError):
    """A date that cannot be read: ``rule`` is date_incomplete or date_impossible."""

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(text)
        self.rule = rule
        self.text = text


def read_date(value: object) -> date:
    """The day in a cell: a date, 2019-03-05, 2019/3/5, 2019.3.5, 20190305, 2019年3月5日, or the
    day number of a spreadsheet.

    Month and day are never swapped and missing parts never filled in. Raises `DateError`.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and is_day_number(value):
        return _SERIAL_EPOCH + timedelta(days=value)
    return _from_text(str(value))


def is_day_number(value: object) -> bool:
    """Whether a cell holds a spreadsheet's day number, which is worth a second look."""
    return isinstance(value, int | float) and _FIRST_SERIAL <= value <= _LAST_SERIAL


def from_1904(value: Any) -> Any:
    """A day number of a workbook that counts from 1904 as others count; all else as it is."""
    return value + _DAYS_TO_1904 if isinstance(value, int | float) and value > 0 else value


def _from_text(text: str) -> date:
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _TIME.sub("", plain)
    plain = re.sub(r"\s+", "", plain).replace("。", ".")
    found = _SEPARATED.fullmatch(plain)
    if found and (found[2] == found[4] or (found[2], found[4]) == ("年", "月")):
        year, month, day = found[1], found[3], found[5]
    elif found := _COMPACT.fullmatch(plain):
        year, month, day = found[1], found[2], found[3]
    elif _PARTIAL.fullmatch(plain):
        raise DateError(
            "date_incomplete", tr("日期「{written}」不完整，须写明年、月、日", written=text.strip())
        )
    else:
        raise DateError(
            "date_impossible",
            tr("「{written}」不是日期，请写成 2019-03-05 这样的年月日", written=text.strip()),
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise DateError(
            "date_impossible", tr("没有「{written}」这一天，请核对月份和日数", written=text.strip())
        ) from None
