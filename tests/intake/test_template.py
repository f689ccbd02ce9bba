"""The template for ledgers, and that it comes back filled in."""

from pathlib import Path

import openpyxl
import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.fields import FIELDS
from ipfinance.errors import UserError
from ipfinance.intake.template import LEDGER, LISTS, NOTES, write_template
from tests.intake.sheets_made import bring_in, cells, read


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "空白台账.xlsx"
    write_template(path)
    return path


def test_that_the_columns_are_those_of_the_catalogue(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == [LEDGER, NOTES, LISTS]
    assert [cell.value for cell in book[LEDGER][1]] == [field.header for field in FIELDS]
    assert book[LEDGER].max_row == 1


def test_that_codes_are_text_and_dates_are_dates(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)[LEDGER]
    formats = {}
    for group in sheet.column_dimensions.values():  # equal neighbours are one group
        for place in range(group.min or 0, (group.max or 0) + 1):
            formats[FIELDS[place - 1].key] = group.number_format
    for key in ("reg_no", "uscc", "rights", "pledgor", "note"):
        assert formats[key] == "@", key
    assert formats["registered_on"] == formats["term_end"] == "yyyy-mm-dd"
    assert formats["rights_count"] == "0"


def test_that_choices_have_lists_and_every_column_its_help(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)[LEDGER]
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {field.label for field in FIELDS}
    assert rules["质押类型"].formula1 == '"专利,商标"'
    assert rules["企业规模"].formula1 == '"大型,中型,小型,微型"'
    assert rules["设区市"].formula1 == "'选项'!$A$2:$A$12"
    assert rules["县(市、区)"].formula1 == "'选项'!$B$2:$B$91"
    assert rules["质押类型"].prompt.startswith("必填。")
    # Several may be chosen, parted by ；: the list only proposes.
    assert not rules["企业规模"].showErrorMessage


def test_that_the_notes_say_what_each_column_takes(template: Path) -> None:
    notes = openpyxl.load_workbook(template)[NOTES]
    told = {line[0]: line[2] for line in notes.iter_rows(values_only=True)}
    for field in FIELDS:
        assert told[field.header] == field.help


def test_that_a_filled_template_is_imported(store: Store, template: Path) -> None:
    with pytest.raises(UserError, match="没有登记数据"):
        read(store, template)
    book = openpyxl.load_workbook(template)
    made = cells()
    for place, field in enumerate(FIELDS):
        book[LEDGER].cell(2, place + 1, made.get(field.key))
    book.save(template)
    receipt = bring_in(store, template)
    assert (receipt.new, receipt.faults, receipt.warnings) == (1, (), ())
