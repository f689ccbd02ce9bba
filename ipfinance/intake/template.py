"""The blank ledger: the columns of the catalogue, codes as text, lists to choose from, notes."""

from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance.domain.division import Divisions, Level, read_divisions
from ipfinance.domain.fields import BY_KEY, FIELDS, Field, Form
from ipfinance.intake.new_workbook import new_workbook, row_height, width_of
from ipfinance.paths import resource

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LEDGER, NOTES, LISTS = "质押登记台账", "填写说明", "选项"
_PREPARED_ROWS = 5000
_NUMBER_FORMATS = {
    Form.DATE: "yyyy-mm-dd",
    Form.MONEY: "#,##0.00####",
    Form.COUNT: "0",
}
_GENERAL_NOTES = (
    "每笔登记一行；一笔登记有多件专利或商标时，号码写在一格里用分号隔开，或一件一行、登记号相同。",
    "登记号、信用代码、专利号等一律是文本，请不要改单元格格式，否则末尾几位会丢失。",
    "空着的格子在再次导入时不会清掉台账里已有的内容。",
    "可以加标题行、小计、合计和备注列，导入时会认出来；多出的列不会读取。",
)


def write_template(target: Path, divisions: Divisions | None = None) -> None:
    """Write the blank ledger; the areas to choose from are the shipped ones unless given.

    Raises:
        UserError: when the target cannot be written; it is left as it was.
    """
    areas = divisions or read_divisions(resource("divisions.csv").read_text(encoding="utf-8"))
    with new_workbook(target) as book:
        ledger = book.add_worksheet(LEDGER)
        _write_notes(book, book.add_worksheet(NOTES))
        places = _write_lists(book, book.add_worksheet(LISTS), areas)
        _write_ledger(book, ledger, places)
        ledger.activate()


def _write_ledger(book: "Workbook", sheet: "Worksheet", places: dict[str, str]) -> None:
    look = {"bold": True, "border": 1, "border_color": "#B8C0CC", "valign": "vcenter"}
    required = book.add_format({**look, "bg_color": "#2458C6", "font_color": "#FFFFFF"})
    optional = book.add_format({**look, "bg_color": "#E9F0FD"})
    styles = {
        form: book.add_format({"num_format": _NUMBER_FORMATS.get(form, "@")}) for form in Form
    }
    for column, field in enumerate(FIELDS):
        width = max(field.width, width_of(field.header) + 2)
        sheet.set_column(column, column, width, styles[field.form])
        sheet.write_string(0, column, field.header, required if field.required else optional)
        sheet.data_validation(1, column, _PREPARED_ROWS, column, _validation(field, places))
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validation(field: Field, places: dict[str, str]) -> dict[str, object]:
    """What a column offers and says; only a choice that stands alone is insisted on."""
    rule: dict[str, object] = {"validate": "any"}
    if field.key in places:
        rule = {"validate": "list", "source": places[field.key], "show_error": False}
    elif field.choices:
        rule = {"validate": "list", "source": list(field.choices)}
        rule["show_error"] = field.form is Form.CHOICE
        rule["error_title"] = field.label_zh
        rule["error_message"] = f"请从列表里选：{'、'.join(field.choices)}"
    must = "必填。" if field.required else ""
    return {**rule, "input_title": field.label_zh, "input_message": f"{must}{field.help}"[:255]}


def _write_notes(book: "Workbook", sheet: "Worksheet") -> None:
    head = book.add_format({"bold": True, "bg_color": "#E9F0FD", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": False})
    for row, text in enumerate(_GENERAL_NOTES):
        sheet.write_string(row, 0, f"{row + 1}．{text}", plain)
    top = len(_GENERAL_NOTES) + 1
    for column, (label, width) in enumerate(
        (("列", 22), ("是否必填", 10), ("怎样填", 84), ("其他写法的表头也认得", 60))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, label, head)
    for row, field in enumerate(FIELDS, top + 1):
        must = "必填" if field.required else "可空"
        texts = (field.header, must, field.help, "、".join(field.aliases))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, body)
        sheet.set_row(row, row_height(((texts[2], 84), (texts[3], 60))))


def _write_lists(book: "Workbook", sheet: "Worksheet", areas: Divisions) -> dict[str, str]:
    """Write the lists too long for a cell; where each is, by the field that it is for."""
    head = book.add_format({"bold": True, "bg_color": "#E9F0FD"})
    counties = [row.name for row in areas if row.level is Level.COUNTY and row.valid_to is None]
    places = {}
    for column, (key, label, names) in enumerate(
        (
            ("city", "可选的设区市", [city.name for city in areas.cities()]),
            ("county", "可选的县(市、区)", list(dict.fromkeys(counties))),
            ("industry", "可选的行业门类", list(BY_KEY["industry"].choices)),
        )
    ):
        sheet.set_column(column, column, 20 if column < 2 else 34)
        sheet.write_string(0, column, label, head)
        for row, name in enumerate(names, 1):
            sheet.write_string(row, column, name)
        letter = "ABC"[column]
        places[key] = f"='{LISTS}'!${letter}$2:${letter}${len(names) + 1}"
    return places
