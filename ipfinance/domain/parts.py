"""How the cells that hold several parts are split: parties, numbers, names, industries."""

from ipfinance.domain.names import STRONG, is_one_part, split_list, split_names, split_parties
from ipfinance.domain.words import choice_of


def parts_of(key: str, text: str, count: int | None = None) -> list[str]:
    """The parts of a field's text; blank ones too when there are ``count`` with them."""
    if is_one_part(text):
        return [only] if (only := text.strip()) else []
    split = _SPLITS.get(key, split_list)
    if count is not None and len(whole := split(text, keep_blanks=True)) == count:
        return whole
    return split(text)


def _split_industries(text: str, keep_blanks: bool = False) -> list[str]:
    """C、I are two sections of industry, 农、林、牧、渔业 is one."""
    parts = split_list(text, keep_blanks=keep_blanks)
    if all(not part or choice_of("industry", part) for part in parts):
        return parts
    return split_list(text, STRONG, keep_blanks)


_SPLITS = {
    "pledgor": split_parties,
    "pledgee": split_parties,
    "right_names": split_names,
    "industry": _split_industries,
}
