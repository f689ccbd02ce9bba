"""What the cells of one registration say, field by field, and what is wrong with each.

The one definition of what people's spellings mean; :mod:`ipfinance.domain.reading` puts the
parts together.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from ipfinance.domain.cells import SPREADSHEET_DIGITS, Cell, text_of
from ipfinance.domain.dates import DateError, is_day_number, read_date
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.identifiers import (
    ROUNDED,
    Checked,
    check_organisation_code,
    check_uscc,
)
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import MoneyError, Unit, from_number, parse_fen
from ipfinance.domain.names import (
    is_natural_person,
    is_told_apart,
    names_of_rights,
)
from ipfinance.domain.parts import parts_of
from ipfinance.domain.pledge import (
    Kind,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    Size,
)
from ipfinance.domain.right_numbers import names_no_right, right_of
from ipfinance.domain.words import choice_of, kind_of
from ipfinance.language import listed, tr

_E = TypeVar("_E", bound=StrEnum)
# Of 件数: nobody pledges a million rights, and a number of any length is a code gone astray.
_LONGEST_COUNT = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading depends on besides the cells.

    ``units`` gives the unit of each amount key whose column or form states one; an amount
    without any unit is refused, not guessed.
    """

    divisions: Divisions
    today: date
    units: Mapping[str, Unit] = field(default_factory=dict)


class Cells:
    """The cells of one registration, or those of them that are asked for.

    Each method reads one field, or the fields that belong together, and adds to ``faults``;
    it looks at no other cells.
    """

    def __init__(self, cells: Mapping[str, Cell], setting: Setting) -> None:
        self._cells = cells
        self._setting = setting
        self.faults: list[Fault] = []

    def registered_on(self) -> date | None:
        day = self.day("registered_on")
        if day is None and not self._has_fault("registered_on"):
            self._error("registered_on", "date_missing", tr("没有登记日期，请补上年月日"))
        return day

    def text(self, key: str) -> str:
        return text_of(self._cells.get(key))

    def _parts(self, key: str, count: int | None = None) -> list[str]:
        """The parts of a cell; blank ones too when there are ``count`` with them."""
        value = self._cells.get(key)
        if value is None:
            return []
        if not isinstance(value, str) and isinstance(value, Sequence):
            return [part.strip() for part in value]
        return parts_of(key, self._code_text(key), count)

    def _code_text(self, key: str) -> str:
        """The cell's text where it is a code: a number is spelled out, a rounded one refused."""
        value = self._cells.get(key)
        if isinstance(value, str):  # first, because nearly every cell is
            return value.strip()
        if isinstance(value, float):
            if abs(value) >= 10**SPREADSHEET_DIGITS:
                self._rounded(key, f"{value:g}")
                return ""
            return f"{value:.{SPREADSHEET_DIGITS}g}"
        if isinstance(value, int) and abs(value) >= 10**SPREADSHEET_DIGITS:
            self._rounded(key, str(value))
            return ""
        return self.text(key)

    def code(self, key: str) -> str:
        text = self._code_text(key)
        return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()

    def _rounded(self, key: str, shown: str) -> None:
        if not self._has_fault(key):
            self._error(
                key,
                ROUNDED,
                tr(
                    "号码已被表格软件当作数字存成 {shown}，末尾几位已不可靠，"
                    "请按原件重新录入为文本",
                    shown=shown,
                ),
            )

    def _error(self, key: str, rule: str, text: str, value: str | None = None) -> None:
        self.faults.append(Fault(key, rule, self.text(key) if value is None else value, text))

    def _warn(self, key: str, rule: str, text: str, value: str | None = None) -> None:
        shown = self.text(key) if value is None else value
        self.faults.append(Fault(key, rule, shown, text, is_error=False))

    def _has_fault(self, key: str) -> bool:
        return any(fault.field == key for fault in self.faults)

    def kind(self) -> Kind | None:
        text = self.text("kind")
        if not text:
            self._error("kind", "kind_missing", tr("没有写明质押类型，请填专利或商标"))
            return None
        kind = kind_of(text)
        if kind is None:
            self._error(
                "kind",
                "kind_unknown",
                tr("「{written}」不是可识别的质押类型，请填专利或商标", written=text),
            )
        return kind

    def day(self, key: str) -> date | None:
        value = self._cells.get(key)
        if value is None or not self.text(key):
            return None
        try:
            day = read_date(value)
        except DateError as error:
            self._error(key, error.rule, error.text)
            return None
        if is_day_number(value):
            self._warn(key, "date_serial", tr("按表格软件的日期序号读作 {day}，请核对", day=day))
        return day

    def amount(self, key: str) -> int | None:
        value = self._cells.get(key)
        if value is None or not self.text(key):
            return None
        unit = self._setting.units.get(key)
        try:
            if isinstance(value, int | float):
                return from_number(value, unit)
            return parse_fen(self.text(key), unit)
        except MoneyError as error:
            # A ledger writes 0 or — for "none" in the columns besides the secured amount.
            if key != "secured_amount" and self.text(key) in ("0", "0.0", "0.00", "—", "-", "/"):
                return None
            self._error(key, error.rule, error.text)
            return None

    def count(self) -> int | None:
        text = self.text("rights_count").removesuffix("件").strip()
        if not text:
            return None
        plain = unicodedata.normalize("NFKC", text)
        if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_COUNT and int(plain) > 0:
            return int(plain)
        self._warn(
            "rights_count",
            "count_not_number",
            tr("件数「{written}」不是合理的正整数，未采用", written=text),
        )
        return None

    def choice(self, key: str, kind: type[_E], text: str | None = None) -> _E | None:
        shown = self.text(key) if text is None else text
        if not shown:
            return None
        value = choice_of(key, shown)
        if value is not None:
            return kind(value)
        words = listed(BY_KEY[key].choices)
        self._warn(
            key,
            f"{key}_unknown",
            tr("「{shown}」不在可选的词里（{words}），未采用", shown=shown, words=words),
            shown,
        )
        return None

    def pledgors(self, day: date | None) -> tuple[Pledgor, ...]:
        names = self._parts("pledgor")
        if not any(names):
            self._error("pledgor", "pledgor_missing", tr("没有出质人，请填写企业名称"))
            return ()
        codes = self._aligned("uscc", names)
        sizes = self._aligned("size", names, one_for_all=True)
        industries = self._aligned("industry", names, one_for_all=True)
        places = self._places(names, day)
        if places is None:
            return ()
        return tuple(
            Pledgor(
                name=name,
                city=city,
                county=county,
                uscc=self._enterprise_code(code),
                size=self.choice("size", Size, size),
                industry=self.choice("industry", Industry, industry),
                is_person=is_natural_person(name, code or None),
            )
            for name, code, size, industry, (city, county) in zip(
                names, codes, sizes, industries, places, strict=True
            )
        )

    def _aligned(self, key: str, names: list[str], one_for_all: bool = False) -> list[str]:
        """The parts of a column in the order of the pledgors, blank where there is none."""
        parts = self._parts(key, len(names))
        if len(parts) == len(names) or not parts:
            return parts or [""] * len(names)
        if one_for_all and len(parts) == 1:
            return parts * len(names)
        label = BY_KEY[key].label
        self._warn(
            key,
            f"{key}_count_differs",
            tr(
                "有 {pledgors} 个出质人，{field}却有 {parts} 个，按顺序对应，请核对",
                pledgors=len(names),
                field=label,
                parts=len(parts),
            ),
        )
        return (parts + [""] * len(names))[: len(names)]

    def _enterprise_code(self, code: str) -> str | None:
        if not code:
            return None
        checked = check_uscc(code)
        if not checked.ok:
            old = check_organisation_code(code)
            if old.ok:
                return old.normalized
        return self._checked("uscc", checked, code) or None

    def _checked(self, key: str, checked: Checked, written: str) -> str:
        if checked.rule == ROUNDED:
            self._error(key, ROUNDED, checked.fault or "", written)
        elif checked.fault is not None:
            self._warn(key, checked.rule or "form", checked.fault, written)
        return checked.normalized

    def _places(self, names: list[str], day: date | None) -> list[tuple[str, str | None]] | None:
        """City and county codes of each pledgor, None when any of them cannot be told."""
        cities, counties = (self._parts(key, len(names)) for key in ("city", "county"))
        if not cities and not counties:
            self._error("city", "area_missing", tr("没有写明设区市和县（市、区），请补上"))
            return None
        for key, parts in (("city", cities), ("county", counties)):
            if len(parts) not in (0, 1, len(names)):
                self._error(
                    key,
                    "area_count_differs",
                    tr(
                        "有 {pledgors} 个出质人，{field}却有 {parts} 个，请写一个或逐个对应",
                        pledgors=len(names),
                        field=BY_KEY[key].label,
                        parts=len(parts),
                    ),
                )
                return None
        if day is None:
            return None
        places = []
        for index in range(len(names)):
            city = cities[index % len(cities)] if cities else ""
            county = counties[index % len(counties)] if counties else ""
            place = self._place(city, county, day)
            if place is None:
                return None
            places.append(place)
        return places

    def _place(self, city: str, county: str, day: date) -> tuple[str, str | None] | None:
        divisions = self._setting.divisions
        key = "city"
        try:
            city_code = divisions.find_city(city).code if city else None
            key = "county"
            if county:
                found = divisions.find_county(county, day, city_code)
                assert found.parent is not None
                return found.parent, found.code
        except AreaError as error:
            self._error(key, error.rule, error.text, city if key == "city" else county)
            return None
        if city_code is None:
            self._error("city", "area_missing", tr("没有写明设区市和县（市、区），请补上"))
            return None
        self._warn("county", "county_missing", tr("没有写明县（市、区），只计入设区市"), "")
        return city_code, None

    def pledgees(self) -> tuple[Pledgee, ...]:
        names = [name for name in self._parts("pledgee") if name]
        if not names:
            self._warn("pledgee", "pledgee_missing", tr("没有质权人，请补上"))
            return ()
        kinds = self._aligned("pledgee_kind", names, one_for_all=True)
        return tuple(
            Pledgee(name=name, kind=self.choice("pledgee_kind", PledgeeKind, kind))
            for name, kind in zip(names, kinds, strict=True)
        )

    def rights(self, kind: Kind | None) -> tuple[Right, ...]:
        numbers = self._parts("rights")
        names = self._right_names(len(numbers))
        rights: dict[str, Right] = {}
        for number, name in zip(numbers, names, strict=True):
            if not number:
                continue
            if names_no_right(kind, number):
                text = tr(
                    "「{number}」里没有号码，不作为一件；请补上号码，或只填件数", number=number
                )
                self._warn("rights", "right_without_number", text, number)
                continue
            right, checked = right_of(kind, number, name)
            self._checked("rights", checked, number)
            if right.number in rights:
                self._warn(
                    "rights",
                    "right_repeated",
                    tr("{number} 写了两次，只计一件", number=right.number),
                    number,
                )
            else:
                rights[right.number] = right
        return tuple(rights.values())

    def _right_names(self, count: int) -> list[str]:
        """As many names as there are numbers, blank where there is none."""
        written = self._cells.get("right_names")
        if written is None or isinstance(written, str):
            names = names_of_rights((written or "").strip(), count)
        else:
            names = self._parts("right_names", count)
            if count == 1 and not is_told_apart(self.text("right_names")):
                names = [self.text("right_names")]
        if len(names) != count:
            if names:
                told = (
                    tr(
                        "有 {numbers} 个号码，名称却有 {names} 个，按顺序对应，请核对",
                        numbers=count,
                        names=len(names),
                    )
                    if count
                    else tr(
                        "没有号码，名称却有 {names} 个，名称未采用，请补上号码", names=len(names)
                    )
                )
                self._warn("right_names", "right_names_count_differs", told)
            names = (names + [""] * count)[:count]
        return names
