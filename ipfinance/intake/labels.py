"""The words over a column: made comparable, and the unit of amounts that is written in them."""

import re
import unicodedata

from ipfinance.domain.money import Unit

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
UNIT_AT_END = re.compile(r"(?<![百千十])(千元|万元|亿元)$|[:/,_\-](元)$")
UNIT_WORDS = {
    f"{currency}{word}": unit
    for currency in ("", "人民币")
    for word, unit in (
        ("元", Unit.YUAN),
        ("千元", Unit.QIAN),
        ("万元", Unit.WAN),
        ("万", Unit.WAN),
        ("亿元", Unit.YI),
        ("亿", Unit.YI),
    )
}
_ABOUT_UNIT = re.compile(r"^(?:计量|计价|金额|货币)?单位:?|^(?:RMB|CNY|¥)")
_OTHER_UNITS = re.compile(r"元|美金|USD|EUR|HKD", re.I)


def plain(text: str) -> str:
    """Half width and without blanks."""
    return without_blanks(unicodedata.normalize("NFKC", text))


def without_blanks(text: str) -> str:
    """Without blanks, line breaks and what is invisible."""
    return _BLANKS.sub("", text)


def unit_of(text: str) -> tuple[Unit | None, str]:
    """The unit of amounts written in a label, and one that is written but not understood."""
    label = plain(text)
    for inside in BRACKETED.findall(label):
        word = _ABOUT_UNIT.sub("", inside)
        if word in UNIT_WORDS:
            return UNIT_WORDS[word], ""
        if _OTHER_UNITS.search(word):
            return None, word
    found = UNIT_AT_END.search(label)
    return (UNIT_WORDS[found[1] or found[2]], "") if found else (None, "")
