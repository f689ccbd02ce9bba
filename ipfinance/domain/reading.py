"""Read a registration from cells, as a form or a ledger gives them, and say what is wrong.

The one way from what people write to a :class:`Pledge`: the entry form and every import pass
through here, so that both accept the same spellings and complain in the same words.
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
    check_patent_number,
    check_trademark_number,
    check_uscc,
    right_kind_of,
)
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import MoneyError, Unit, from_number, parse_fen
from ipfinance.domain.names import is_natural_person, is_told_apart
from ipfinance.domain.parts import parts_of
from ipfinance.domain.pledge import (
    Channel,
    Event,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from ipfinance.domain.rules import check
from ipfinance.domain.words import choice_of, kind_of

_E = TypeVar("_E", bound=StrEnum)
# Of 件数: nobody pledges a million rights, and a number of any length is a code gone astray.
_LONGEST_COUNT = 6
_AMOUNTS = ("secured_amount", "credit_amount", "loan_amount", "appraised_value", "subsidy")


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading depends on besides the cells.

    ``units`` gives the unit of each amount key whose column or form states one; an amount
    without any unit is refused, not guessed.
    """

    divisions: Divisions
    today: date
    units: Mapping[str, Unit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the cells of one registration.

    ``pledge`` is None when there is an error. ``given`` are the keys of the fields that held
    something, because a blank never overwrites what the store has.
    """

    pledge: Pledge | None
    faults: tuple[Fault, ...]
    given: frozenset[str]

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.is_error)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if not fault.is_error)


def read_registration(cells: Mapping[str, Cell], setting: Setting) -> Reading:
    """Read one registration from its cells, keyed like the field catalogue.

    A cell may hold a list where a form has the parts already. Unknown keys are ignored.
    """
    return _Reader(cells, setting).read()


class _Reader:
    def __init__(self, cells: Mapping[str, Cell], setting: Setting) -> None:
        self._cells = cells
        self._setting = setting
        self._faults: list[Fault] = []

    def read(self) -> Reading:
        given = frozenset(
            key for key, value in self._cells.items() if key in BY_KEY and text_of(value)
        )
        kind = self._kind()
        registered_on = self._date("registered_on")
        if registered_on is None and not self._has_fault("registered_on"):
            self._error("registered_on", "date_missing", "没有登记日期，请补上年月日")
        pledgors = self._pledgors(registered_on)
        pledgees = self._pledgees()
        rights = self._rights(kind)
        amounts = {key: self._amount(key) for key in _AMOUNTS}
        declared = self._count()
        term_start, term_end = self._date("term_start"), self._date("term_end")
        cancelled_on = self._date("cancelled_on")
        channel = self._choice("channel", Channel)
        if kind is None or registered_on is None or not pledgors:
            return Reading(None, tuple(self._faults), given)
        pledge = Pledge(
            kind=kind,
            registered_on=registered_on,
            pledgors=pledgors,
            pledgees=pledgees,
            rights=rights,
            reg_no=self._code("reg_no") or None,
            secured_amount_fen=amounts["secured_amount"],
            credit_amount_fen=amounts["credit_amount"],
            loan_amount_fen=amounts["loan_amount"],
            appraised_value_fen=amounts["appraised_value"],
            subsidy_fen=amounts["subsidy"],
            rights_declared=declared,
            term_start=term_start,
            term_end=term_end,
            channel=channel,
            note=self._text("note"),
            events=(Event(EventKind.CANCELLATION, cancelled_on),) if cancelled_on else (),
        )
        unread = {fault.field for fault in self._faults}
        self._faults.extend(
            fault
            for fault in check(pledge, self._setting.today)
            if fault.is_error or fault.field not in unread
        )
        failed = any(fault.is_error for fault in self._faults)
        return Reading(None if failed else pledge, tuple(self._faults), given)

    def _text(self, key: str) -> str:
        return text_of(self._cells.get(key))

    def _parts(self, key: str, count: int | None = None) -> list[str]:
        """The parts of a cell; blank ones too when there are ``count`` with them."""
        value = self._cells.get(key)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [part.strip() for part in value]
        return parts_of(key, self._code_text(key), count)

    def _code_text(self, key: str) -> str:
        """The cell's text where it is a code: a number is spelled out, a rounded one refused."""
        value = self._cells.get(key)
        if isinstance(value, float):
            if abs(value) >= 10**SPREADSHEET_DIGITS:
                self._rounded(key, f"{value:g}")
                return ""
            return f"{value:.{SPREADSHEET_DIGITS}g}"
        if isinstance(value, int) and abs(value) >= 10**SPREADSHEET_DIGITS:
            self._rounded(key, str(value))
            return ""
        return self._text(key)

    def _code(self, key: str) -> str:
        return unicodedata.normalize("NFKC", self._code_text(key)).strip()

    def _rounded(self, key: str, shown: str) -> None:
        if not self._has_fault(key):
            self._error(
                key,
                ROUNDED,
                f"号码已被表格软件当作数字存成 {shown}，末尾几位已不可靠，请按原件重新录入为文本",
            )

    def _error(self, key: str, rule: str, text: str, value: str | None = None) -> None:
        self._faults.append(Fault(key, rule, self._text(key) if value is None else value, text))

    def _warn(self, key: str, rule: str, text: str, value: str | None = None) -> None:
        shown = self._text(key) if value is None else value
        self._faults.append(Fault(key, rule, shown, text, is_error=False))

    def _has_fault(self, key: str) -> bool:
        return any(fault.field == key for fault in self._faults)

    def _kind(self) -> Kind | None:
        text = self._text("kind")
        if not text:
            self._error("kind", "kind_missing", "没有写明质押类型，请填专利或商标")
            return None
        kind = kind_of(text)
        if kind is None:
            self._error("kind", "kind_unknown", f"「{text}」不是可识别的质押类型，请填专利或商标")
        return kind

    def _date(self, key: str) -> date | None:
        value = self._cells.get(key)
        if value is None or not self._text(key):
            return None
        try:
            day = read_date(value)
        except DateError as error:
            self._error(key, error.rule, error.text)
            return None
        if is_day_number(value):
            self._warn(key, "date_serial", f"按表格软件的日期序号读作 {day}，请核对")
        return day

    def _amount(self, key: str) -> int | None:
        value = self._cells.get(key)
        if value is None or not self._text(key):
            return None
        unit = self._setting.units.get(key)
        try:
            if isinstance(value, int | float):
                return from_number(value, unit)
            return parse_fen(self._text(key), unit)
        except MoneyError as error:
            # A ledger writes 0 or — for "none" in the columns besides the secured amount.
            if key != "secured_amount" and self._text(key) in ("0", "0.0", "0.00", "—", "-", "/"):
                return None
            self._error(key, error.rule, error.text)
            return None

    def _count(self) -> int | None:
        text = self._text("rights_count").removesuffix("件").strip()
        if not text:
            return None
        plain = unicodedata.normalize("NFKC", text)
        if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_COUNT and int(plain) > 0:
            return int(plain)
        self._warn("rights_count", "count_not_number", f"件数「{text}」不是合理的正整数，未采用")
        return None

    def _choice(self, key: str, kind: type[_E], text: str | None = None) -> _E | None:
        shown = self._text(key) if text is None else text
        if not shown:
            return None
        value = choice_of(key, shown)
        if value is not None:
            return kind(value)
        words = "、".join(BY_KEY[key].choices)
        self._warn(key, f"{key}_unknown", f"「{shown}」不在可选的词里（{words}），未采用", shown)
        return None

    def _pledgors(self, day: date | None) -> tuple[Pledgor, ...]:
        names = self._parts("pledgor")
        if not any(names):
            self._error("pledgor", "pledgor_missing", "没有出质人，请填写企业名称")
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
                size=self._choice("size", Size, size),
                industry=self._choice("industry", Industry, industry),
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
            f"有 {len(names)} 个出质人，{label}却有 {len(parts)} 个，按顺序对应，请核对",
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
            self._error("city", "area_missing", "没有写明设区市和县（市、区），请补上")
            return None
        for key, parts in (("city", cities), ("county", counties)):
            if len(parts) not in (0, 1, len(names)):
                self._error(
                    key,
                    "area_count_differs",
                    f"有 {len(names)} 个出质人，{BY_KEY[key].label}却有 {len(parts)} 个，"
                    "请写一个或逐个对应",
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
            self._error("city", "area_missing", "没有写明设区市和县（市、区），请补上")
            return None
        self._warn("county", "county_missing", "没有写明县（市、区），只计入设区市", "")
        return city_code, None

    def _pledgees(self) -> tuple[Pledgee, ...]:
        names = [name for name in self._parts("pledgee") if name]
        if not names:
            self._warn("pledgee", "pledgee_missing", "没有质权人，请补上")
            return ()
        kinds = self._aligned("pledgee_kind", names, one_for_all=True)
        return tuple(
            Pledgee(name=name, kind=self._choice("pledgee_kind", PledgeeKind, kind))
            for name, kind in zip(names, kinds, strict=True)
        )

    def _rights(self, kind: Kind | None) -> tuple[Right, ...]:
        numbers = self._parts("rights")
        names = self._parts("right_names", len(numbers))
        if len(numbers) == 1 and not is_told_apart(self._text("right_names")):
            names = [self._text("right_names")]  # 一种甲、乙的装置
        if len(names) != len(numbers):
            if names and numbers:
                self._warn(
                    "right_names",
                    "right_names_count_differs",
                    f"有 {len(numbers)} 个号码，名称却有 {len(names)} 个，按顺序对应，请核对",
                )
            names = (names + [""] * len(numbers))[: len(numbers)]
        rights: dict[str, Right] = {}
        for number, name in zip(numbers, names, strict=True):
            if not number:
                continue
            if kind in (Kind.PATENT, Kind.TRADEMARK) and not any(map(str.isdigit, number)):
                # 见附件, or a ZL that waits for its digits: counted it would be a patent.
                text = f"「{number}」里没有号码，不作为一件；请补上号码，或只填件数"
                self._warn("rights", "right_without_number", text, number)
                continue
            right = self._right(kind, number, name)
            if right.number in rights:
                self._warn("rights", "right_repeated", f"{right.number} 写了两次，只计一件", number)
            else:
                rights[right.number] = right
        return tuple(rights.values())

    def _right(self, kind: Kind | None, number: str, name: str) -> Right:
        if kind is Kind.PATENT:
            normalized = self._checked("rights", check_patent_number(number), number)
            try:
                return Right(normalized, right_kind_of(normalized), name)
            except ValueError:
                return Right(normalized, RightKind.OTHER, name)
        if kind is Kind.TRADEMARK:
            normalized = self._checked("rights", check_trademark_number(number), number)
            return Right(normalized, RightKind.TRADEMARK, name)
        return Right(number, RightKind.OTHER, name)
