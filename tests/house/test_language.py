"""The window passes what it says to `tr`; Chinese elsewhere in it is data, and named here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
UI = ROOT / "ipfinance" / "ui"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SAYING = {"tr", "either", "word", "aloud"}
# Modules that read what people type, or write a paper, a file or its name.
_CHINESE_BY_TRADE = {
    "dialogs/import_outputs.py",
    "dialogs/import_paper.py",
    "errands.py",
    "ledger_paper.py",
    "ledger_print.py",
    "pages/exports.py",
    "widgets/date_edit.py",
    "widgets/period_text.py",
}
_DATA = {
    "dialogs/event.py": {
        # What a change can be of, as registers call it.
        *("出质人名称", "质权人名称", "出质人地址", "质权人地址"),
        *("出质权利", "债务履行期限", "担保债权额", "万元"),
        "登记",  # how some kinds of event end
    },
    "dialogs/reference.py": {"亿元"},  # a unit as published
    "language.py": {"中文"},  # a language in its own words
    "models/reference_model.py": {"位"},  # a unit as published
    "models/sentences_reading.py": {"全省", "知识产权质押登记报告语句"},  # of the report
    "pages/entry_reading.py": {"某企业", "商标"},  # stand in for what is not typed yet
    "pages/ledger.py": {"登记台账_"},  # the name of a file
    "pages/ledger_words.py": {"金额待补", "含「"},  # of the printed ledger
    "pages/statistics_tables.py": {"金额待补", "口径调整"},  # what a note is known by
    "widgets/table_delegate.py": {"号"},  # the end of a registration number
}


def _unsaid(tree: ast.Module) -> Iterator[str]:
    """Chinese literals that are no docstrings and not passed on to be said."""
    said: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            said.add(node.value)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _SAYING:
            said.update(part for one in node.args for part in ast.walk(one))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and node not in said else None
        if isinstance(text, str) and _CHINESE.search(text):
            yield text


def test_that_the_window_passes_its_chinese_to_be_said() -> None:
    found = {
        name: texts
        for path in UI.rglob("*.py")
        if (name := path.relative_to(UI).as_posix()) not in _CHINESE_BY_TRADE
        if (texts := set(_unsaid(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == _DATA
