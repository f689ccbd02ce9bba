"""One builder for each fact of the domain, valid as it stands: a test names what it is about.

Registrations, rights and credit codes are new at every call, so that two of them never clash;
parties are the same at every call, so that two registrations share them.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from stdnum.cn import uscc as _uscc

from ipfinance.db.connection import Store, open_store
from ipfinance.db.pledges import get
from ipfinance.db.registrar import Registrar
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    Change,
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

TODAY = date(2026, 11, 23)
HANGZHOU, NINGBO, WENZHOU, HUZHOU = "330100", "330200", "330300", "330500"
BINJIANG, XIHU, YUHANG, HAISHU, DEQING = "330108", "330106", "330110", "330203", "330521"

_numbers = count(1)
_PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def credit_code(number: int | None = None) -> str:
    """A valid 统一社会信用代码; a new one, or always the same one for ``number``."""
    organisation = f"MA{(next(_numbers) if number is None else number):06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(organisation, weights, strict=True))
    check = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    body = f"91330100{organisation}{check}"
    return body + str(_uscc.calc_check_digit(body))


def patent_number(number: int | None = None, year: int = 2018, kind: int = 1) -> str:
    """A valid patent number; a new one, or always the same one for ``number``."""
    body = f"{year}{kind}{(next(_numbers) if number is None else number):07d}"
    check = sum(int(d) * w for d, w in zip(body, _PATENT_WEIGHTS, strict=True)) % 11
    return f"{body}.{'X' if check == 10 else check}"


def pledgor(name: str = "示例甲精密机械有限公司", **changes: Any) -> Pledgor:
    """A company of 滨江区; the same name has the same credit code."""
    code = credit_code(sum(map(ord, name)) % 1_000_000)
    made = Pledgor(name=name, city=HANGZHOU, county=BINJIANG, uscc=code, size=Size.SMALL)
    return replace(made, **changes)


def person(name: str = "王某甲（自然人）", **changes: Any) -> Pledgor:
    """A natural person of 滨江区."""
    return replace(Pledgor(name=name, city=HANGZHOU, county=BINJIANG, is_person=True), **changes)


def pledgee(name: str = "示例银行股份有限公司杭州分行", **changes: Any) -> Pledgee:
    """A bank."""
    return replace(Pledgee(name=name, kind=PledgeeKind.BANK), **changes)


def right(number: str | None = None, **changes: Any) -> Right:
    """An invention patent, a new one unless its number is given."""
    made = Right(number or patent_number(), RightKind.INVENTION, "一种示例装置")
    return replace(made, **changes)


def mark(number: str | None = None, **changes: Any) -> Right:
    """A trademark, a new one unless its number is given."""
    made = Right(number or str(10_000_000 + next(_numbers)), RightKind.TRADEMARK, "示例牌")
    return replace(made, **changes)


def change(**changes: Any) -> Change:
    """One changed item of a change event."""
    return replace(Change("质权人", "示例银行杭州分行", "示例银行宁波分行"), **changes)


def event(kind: EventKind = EventKind.CANCELLATION, **changes: Any) -> Event:
    """An event at the end of 2020."""
    return replace(Event(kind, date(2020, 12, 31)), **changes)


def pledge(**changes: Any) -> Pledge:
    """A patent pledge of 500万元 registered on 2019-03-05, with no fault at all.

    Other kinds than patents get a right and a number that fit them.
    """
    number = next(_numbers)
    kind = changes.get("kind", Kind.PATENT)
    is_patent = kind is Kind.PATENT
    made = Pledge(
        kind=kind,
        registered_on=date(2019, 3, 5),
        pledgors=(pledgor(),),
        pledgees=(pledgee(),),
        rights=(right() if is_patent else mark(),),
        reg_no=f"Y201933{number:07d}" if is_patent else f"商质2019{number:05d}",
        secured_amount_fen=500 * WAN,
        credit_amount_fen=400 * WAN,
        loan_amount_fen=300 * WAN,
        appraised_value_fen=1000 * WAN,
        subsidy_fen=5 * WAN,
        term_start=date(2019, 3, 1),
        term_end=date(2022, 2, 28),
        channel=Channel.ONLINE,
        note="示例",
    )
    return replace(made, **changes)


def stored(store: Store, *pledges: Pledge, words: str = "测试") -> list[Pledge]:
    """Register pledges in one act, and give them back as the store has them."""
    with store.act(words), Registrar(store) as registrar:
        numbers = [registrar.register(each) for each in pledges]
    return [get(store, number) for number in numbers]


def store_copied(empty: Path, folder: Path) -> Store:
    """A store of its own, copied from an empty one that is closed."""
    path = folder / "ipfinance.db"
    shutil.copyfile(empty, path)
    store = open_store(path, who="测试员")
    # No test outlives the machine: waiting for the disk after every act shows nothing.
    store.connection.execute("PRAGMA synchronous = OFF")
    return store


def dump(store: Store, leaving_out: Sequence[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but the named ones, to compare two states of a store.

    What is kept for figures follows from the rest and changes by mere looking: it is left out.
    """
    tables = store.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    )
    return {
        name: [tuple(row) for row in store.connection.execute(f"SELECT * FROM {name} ORDER BY 1")]
        for (name,) in tables.fetchall()
        if name not in (*leaving_out, "counted_month", "stale_month")
    }
