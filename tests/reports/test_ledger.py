"""The ledger as a workbook and as CSV, and that it comes back as it was."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, Sort, select
from ipfinance.db.pledges import find
from ipfinance.db.registrar import delete
from ipfinance.domain.fields import FIELDS
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import Unit
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Kind, Pledge, RightKind, Size
from ipfinance.domain.reading import Setting, read_registration
from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress
from ipfinance.reports import ledger
from ipfinance.reports.ledger import export_ledger, write_ledger
from ipfinance.reports.ledger_cells import in_parts
from tests import make

KEYS = [field.key for field in FIELDS]
HEADERS = [field.header for field in FIELDS]


def _xlsx_rows(path: Path) -> list[list[Any]]:
    [sheet] = openpyxl.load_workbook(path).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _csv_rows(path: Path) -> list[list[Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


READERS: dict[str, Callable[[Path], list[list[Any]]]] = {".xlsx": _xlsx_rows, ".csv": _csv_rows}


def _export(store: Store, path: Path, period: Period | None = None) -> list[list[Any]]:
    export_ledger(store, path, make.TODAY, Progress(), period)
    return READERS[path.suffix](path)


def _read_back(store: Store, rows: list[list[Any]]) -> list[Pledge]:
    amounts = [field.key for field in FIELDS if field.unit]
    setting = Setting(all_divisions(store), make.TODAY, dict.fromkeys(amounts, Unit.WAN))
    headers, *body = rows
    assert headers == HEADERS
    pledges = []
    for row in body:
        reading = read_registration(dict(zip(KEYS, row, strict=True)), setting)
        assert reading.pledge is not None, reading.errors
        pledges.append(reading.pledge)
    return pledges


def _bare(pledge: Pledge) -> Pledge:
    """Without the numbers that the store gives, and without what a ledger has no column for."""
    return replace(
        pledge,
        id=None,
        uid="",
        pledgors=tuple(replace(one, enterprise=None) for one in pledge.pledgors),
        pledgees=tuple(replace(one, pledgee=None) for one in pledge.pledgees),
        events=tuple(replace(event, id=None) for event in pledge.events),
    )


def _stored(store: Store) -> list[Pledge]:
    listing = select(store, Filter(), make.TODAY, Sort.REGISTERED_ON, descending=False)
    return [_bare(pledge) for pledge in find(store, listing.ids)]


@pytest.mark.parametrize("suffix", READERS)
def test_that_the_standard_ledger_comes_back_as_it_was(
    standard_store: Store, tmp_path: Path, suffix: str
) -> None:
    rows = _export(standard_store, tmp_path / f"out{suffix}")
    assert len(rows) == 401
    assert _read_back(standard_store, rows) == _stored(standard_store)


@pytest.mark.parametrize("suffix", READERS)
def test_that_every_field_comes_back(store: Store, tmp_path: Path, suffix: str) -> None:
    make.stored(
        store,
        make.pledge(),
        make.pledge(
            pledgors=(
                make.pledgor("甲示例有限公司"),
                make.pledgor(
                    "乙示例有限公司", city=make.NINGBO, county=make.HAISHU, size=Size.LARGE
                ),
            ),
            pledgees=(make.pledgee(), make.pledgee("示例担保（集团）有限公司")),
            rights=(make.right(), make.right(name="一种装置")),
            secured_amount_fen=1_709_268_01,
        ),
        make.pledge(kind=Kind.TRADEMARK, channel=None, term_start=None, term_end=None, note=""),
        make.pledge(kind=Kind.DATA, rights=(make.mark("数据001", kind=RightKind.OTHER),)),
        make.pledge(rights=(), rights_declared=7),
        make.pledge(
            secured_amount_fen=None,
            credit_amount_fen=None,
            loan_amount_fen=None,
            appraised_value_fen=None,
            subsidy_fen=None,
        ),
        make.pledge(reg_no="00012345", note="=1+1"),
        make.pledge(pledgors=(make.person(),)),
        make.pledge(events=(make.event(EventKind.CANCELLATION),)),
    )
    rows = _export(store, tmp_path / f"out{suffix}")
    assert _read_back(store, rows) == _stored(store)


def test_that_a_workbook_holds_codes_as_text_and_days_as_days(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(reg_no="2019990000410", note="=1+1"))
    path = tmp_path / "out.xlsx"
    _, row = _export(store, path)
    cells = dict(zip(KEYS, row, strict=True))
    assert cells["reg_no"] == "2019990000410"
    assert cells["registered_on"] == datetime(2019, 3, 5)
    assert cells["secured_amount"] == 500
    [sheet] = openpyxl.load_workbook(path).worksheets
    column = KEYS.index("note") + 1
    assert sheet.cell(2, column).data_type == "s"
    assert sheet.cell(2, KEYS.index("reg_no") + 1).number_format == "@"
    assert sheet.cell(2, KEYS.index("registered_on") + 1).number_format == "yyyy-mm-dd"
    assert sheet.print_title_rows == "$1:$1"


def test_that_a_printed_workbook_can_be_read(standard_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    _export(standard_store, path)
    [sheet] = openpyxl.load_workbook(path).worksheets
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 0)
    assert sheet.page_setup.pageOrder == "overThenDown"
    # Kind and number of a registration stand on each part of its line.
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$1:$1")


def test_that_a_csv_has_a_mark_that_excel_knows_and_iso_days(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(secured_amount_fen=1_709_268_01))
    path = tmp_path / "out.csv"
    _, row = _export(store, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = dict(zip(KEYS, row, strict=True))
    assert cells["registered_on"] == "2019-03-05"
    assert cells["secured_amount"] == "170.926801"


def test_that_an_amount_of_more_digits_than_a_cell_keeps_is_text(
    store: Store, tmp_path: Path
) -> None:
    fen = 1_234_567_890_123_456
    make.stored(store, make.pledge(secured_amount_fen=fen))
    rows = _export(store, tmp_path / "out.xlsx")
    assert rows[1][KEYS.index("secured_amount")] == "1234567890.123456"
    assert _read_back(store, rows)[0].secured_amount_fen == fen


def test_that_a_period_narrows_the_export(standard_store: Store, tmp_path: Path) -> None:
    rows = _export(standard_store, tmp_path / "out.csv", Period.year(2019))
    days = [row[KEYS.index("registered_on")] for row in rows[1:]]
    assert len(days) == 108
    assert {day[:4] for day in days} == {"2019"}


def test_that_what_a_filter_selects_is_written_in_its_order(
    standard_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    wanted = Filter(city=make.NINGBO, kinds=(Kind.PATENT,))
    count = write_ledger(
        *(standard_store, path, wanted, make.TODAY, Sort.SECURED_AMOUNT, True),
        progress=Progress(),
    )
    rows = _csv_rows(path)[1:]
    assert len(rows) == count > 20
    assert {row[KEYS.index("city")].split("；")[0] for row in rows} == {"宁波市"}
    amounts = [Decimal(row[KEYS.index("secured_amount")]) for row in rows]
    assert amounts == sorted(amounts, reverse=True)


def test_that_deleted_registrations_stay_behind_and_uncounted_ones_go_along(
    store: Store, tmp_path: Path
) -> None:
    deleted, _ = make.stored(
        store, make.pledge(), make.pledge(events=(make.event(EventKind.REVOCATION),))
    )
    assert deleted.id is not None
    delete(store, [deleted.id])
    assert len(_export(store, tmp_path / "out.csv")) == 2


def test_that_an_empty_store_gives_a_header(store: Store, tmp_path: Path) -> None:
    assert _export(store, tmp_path / "out.xlsx") == [HEADERS]


def test_that_a_registration_of_very_many_rights_takes_several_rows(
    store: Store, tmp_path: Path
) -> None:
    pledge = make.pledge(rights=tuple(make.right() for _ in range(3000)))
    [stored] = make.stored(store, pledge)
    rows = _export(store, tmp_path / "out.xlsx")
    assert len(rows) == 3
    parts = _read_back(store, rows)
    assert {part.reg_no for part in parts} == {pledge.reg_no}
    assert tuple(right for part in parts for right in part.rights) == stored.rights


def test_that_parts_are_as_long_as_a_cell_allows() -> None:
    pledge = make.pledge(rights=tuple(make.right(name="名称") for _ in range(5)))
    length = len(pledge.rights[0].number) + 1
    assert [len(part.rights) for part in in_parts(pledge, 2 * length)] == [2, 2, 1]
    assert [len(part.rights) for part in in_parts(pledge, 1)] == [1] * 5
    assert list(in_parts(pledge, 5 * length)) == [pledge]
    bare = make.pledge(rights=())
    assert list(in_parts(bare, 10)) == [bare]


@pytest.mark.parametrize("suffix", READERS)
def test_that_a_cancelled_export_leaves_nothing(
    standard_store: Store, tmp_path: Path, suffix: str
) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        export_ledger(standard_store, tmp_path / f"out{suffix}", make.TODAY, progress)
    assert list(tmp_path.iterdir()) == []


def test_that_progress_is_told(standard_store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, words: told.append((done, total, words)))
    assert export_ledger(standard_store, tmp_path / "out.csv", make.TODAY, progress) == 400
    assert told == [(0, 400, "写出台账"), (400, 400, "写出台账")]


def test_that_little_of_the_store_is_kept_in_memory_while_it_is_written_out(
    standard_store: Store, tmp_path: Path
) -> None:
    """At 100,000 registrations what SQLite keeps would be twice all the rest."""
    kept: list[int] = []

    def look(done: int, total: int, words: str) -> None:
        kept.append(standard_store.connection.execute("PRAGMA cache_size").fetchone()[0])

    export_ledger(standard_store, tmp_path / "out.xlsx", make.TODAY, Progress(look))
    assert kept
    assert all(-8192 <= pages < 0 for pages in kept)


def test_that_another_format_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"不支持「.ods」格式的台账"):
        export_ledger(store, tmp_path / "out.ods", make.TODAY, Progress())


def test_that_more_rows_than_a_sheet_has_are_refused(
    standard_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_MOST_ROWS", 100)
    with pytest.raises(UserError, match="超过一张工作表的 100 行"):
        export_ledger(standard_store, tmp_path / "out.xlsx", make.TODAY, Progress())
    assert list(tmp_path.iterdir()) == []


def test_that_areas_have_the_names_of_the_day(store: Store, tmp_path: Path) -> None:
    """江干区 was abolished in 2021; a registration of 2019 is in it for ever."""
    made = make.pledge(pledgors=(make.pledgor(county="330104"),), registered_on=date(2019, 3, 5))
    make.stored(store, made)
    rows = _export(store, tmp_path / "out.csv")
    assert rows[1][KEYS.index("county")] == "江干区"
    assert _read_back(store, rows)[0].county == "330104"


@pytest.mark.parametrize("suffix", READERS)
def test_that_industries_come_back_as_they_were(store: Store, tmp_path: Path, suffix: str) -> None:
    farm, works = Industry.AGRICULTURE, Industry.MANUFACTURING
    told = [(farm,), (None,), (farm, farm), (farm, works), (None, works)]
    made = make.stored(
        store,
        *(
            make.pledge(
                pledgors=tuple(
                    make.pledgor(f"示例{number}{place}公司", industry=industry)
                    for place, industry in enumerate(industries)
                )
            )
            for number, industries in enumerate(told)
        ),
    )
    back = _read_back(store, _export(store, tmp_path / f"台账{suffix}"))
    assert sorted(one.reg_no or "" for one in back) == sorted(one.reg_no or "" for one in made)
    industries = {one.reg_no: [party.industry for party in one.pledgors] for one in back}
    for pledge, sections in zip(made, told, strict=True):
        assert industries[pledge.reg_no] == [*sections]
