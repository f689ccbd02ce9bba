"""Small ledgers for the import's window: a good row and what is to be wrong in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from ipfinance.domain.fields import BY_KEY
from tests import make

KEYS = (
    "kind",
    "reg_no",
    "registered_on",
    "pledgor",
    "uscc",
    "city",
    "county",
    "pledgee",
    "secured_amount",
    "rights",
    "note",
)
LEDGERS = Path(__file__).parents[1] / "data" / "ledgers"


def row(number: int, **changes: object) -> dict[str, object]:
    """A registration without a fault; the same number gives the same one."""
    good: dict[str, object] = {
        "kind": "专利",
        "reg_no": f"Y201998{number:07d}",
        "registered_on": "2019-03-05",
        "pledgor": f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}机械有限公司",
        "uscc": make.credit_code(900_000 + number % 10),
        "city": "杭州市",
        "county": "滨江区",
        "pledgee": "示例银行股份有限公司杭州分行",
        "secured_amount": 100 * number,
        "rights": make.patent_number(900_000 + number),
        "note": "",
    }
    return {**good, **changes}


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A workbook with the program's own headers."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    sheet.append([BY_KEY[key].header for key in KEYS])
    for one in rows:
        sheet.append([one[key] for key in KEYS])
    book.save(path)
    return path
