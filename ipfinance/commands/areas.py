"""The area that a command is asked for, by its code or by its name."""

from contextlib import suppress

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.domain.division import AreaError
from ipfinance.domain.period import Period
from ipfinance.errors import UserError


def known_area(store: Store, area: str | None, period: Period | None) -> str | None:
    """The code of an area; None for none. A county's name is that of the period's last day.

    Raises `UserError` for an unknown one.
    """
    if area is None:
        return None
    divisions = all_divisions(store)
    newest = max(one.valid_from for one in divisions if one.valid_from is not None)
    try:
        if area.isdigit():
            divisions.name_of(area)  # which knows abolished ones too
            return area
        if area == divisions.province.name:
            return divisions.province.code
        with suppress(AreaError):
            return divisions.find_city(area).code
        return divisions.find_county(area, period.end if period else newest).code
    except AreaError as error:
        raise UserError(error.text, "请用 6 位行政区划代码，如 330100。") from error
