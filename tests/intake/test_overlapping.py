"""One right in two live pledges: told at the import with both names; and parties that are one."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ipfinance.db.connection import Store
from ipfinance.db.mergers import merge
from ipfinance.db.party_names import Party, rename
from ipfinance.db.pledged_rights import live_with
from ipfinance.db.registrar import cancel
from ipfinance.domain.overlaps import RULE, named
from ipfinance.intake.comparing import Entry, Status
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, write_xlsx

FIRST, SECOND = "Y2019330000001", "Y2019330000002"


def entries(store: Store, folder: Path, *made: dict[str, Any]) -> tuple[Entry, ...]:
    return read(store, write_xlsx(folder / "台账.xlsx", ledger(*made))).entries


def told(entry: Entry) -> list[str]:
    return [warning.text for warning in entry.warnings if warning.rule == RULE]


def test_that_both_are_named_within_one_file(store: Store, tmp_path: Path) -> None:
    number = make.patent_number()
    one, other = entries(
        store,
        tmp_path,
        cells(reg_no=FIRST, rights=number),
        cells(reg_no=SECOND, rights=f"{number}；{make.patent_number()}"),
    )
    assert told(one) == []
    [text] = told(other)
    assert (number in text, FIRST in text, SECOND in text) == (True, True, True)
    assert other.status is Status.NEW  # it warns and never blocks


def test_that_the_store_is_asked_and_an_ended_pledge_holds_nothing(
    store: Store, tmp_path: Path
) -> None:
    shared = make.right()
    [stored] = make.stored(store, make.pledge(reg_no=FIRST, rights=(shared,)))
    row = cells(reg_no=SECOND, rights=shared.number)
    [entry] = entries(store, tmp_path, row)
    [text] = told(entry)
    assert FIRST in text
    [itself] = entries(store, tmp_path, {**row, "reg_no": FIRST, "note": "改"})
    assert told(itself) == []
    assert stored.id is not None
    cancel(store, [stored.id], date(2019, 12, 1))
    [entry] = entries(store, tmp_path, row)
    assert told(entry) == []


def test_that_what_was_merged_or_renamed_comes_again_as_the_same(
    store: Store, tmp_path: Path
) -> None:
    old = cells(reg_no=FIRST, pledgor="示例旧机械有限公司", uscc=make.credit_code(1))
    new = cells(reg_no=SECOND, pledgor="示例新机械有限公司", uscc=make.credit_code(2))
    old["pledgee"], new["pledgee"] = "示例银行杭州分行", "示例银行股份有限公司杭州分行"
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(old, new))
    bring_in(store, path)
    merge(store, Party.ENTERPRISE, 2, 1)
    merge(store, Party.PLEDGEE, 2, 1)
    assert [entry.status for entry in read(store, path).entries] == [Status.SAME] * 2
    rename(store, Party.PLEDGEE, 2, "示例银行股份有限公司杭州城西支行")
    assert [entry.status for entry in read(store, path).entries] == [Status.SAME] * 2
    later = replace(make.pledge(), pledgors=(make.pledgor("示例旧机械有限公司", uscc=None),))
    [stored] = make.stored(store, later)
    assert stored.pledgors[0].enterprise == 2


def test_that_a_stored_one_without_number_is_called_in_the_words_of_the_window(
    store: Store, in_english: None
) -> None:
    shared = make.right()
    [stored] = make.stored(store, make.pledge(reg_no=None, rights=(shared,)))
    [names] = live_with(store, [shared.number], make.TODAY).values()
    assert names == {stored.id: named(stored)}
    assert names[stored.id or 0].startswith("the registration of ")
