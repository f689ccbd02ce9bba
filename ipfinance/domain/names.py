"""Names of enterprises and people: when two are the same, lists of them, pinyin initials."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from ipfinance.domain.identifiers import check_uscc

# Nothing in these is written in several ways.
_ITS_OWN_KEY = re.compile("[\u4e00-\u9fff]+")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
_BRACKETS = str.maketrans(
    dict.fromkeys("[{【〔〖「『〈《", "(") | dict.fromkeys("]}】〕〗」』〉》", ")")
)
_DOTS = re.compile(r"[·•・‧∙⋅]")
_PERSON = re.compile(r"\((?:自然人|个人)\)$")

_BETWEEN = "；"
_SEPARATORS = ";；、,，\n\r\t"
STRONG = ";；\n\r\t"
_SEPARATOR, _STRONG_SEPARATOR = re.compile(f"[{_SEPARATORS}]"), re.compile(f"[{STRONG}]")
_OPENING = "(（[［{｛【〔《「『“"
_CLOSING = ")）]］}｝】〕》」』”"
_BRACKET = re.compile(f"[{re.escape(_OPENING)}]")
# No bracket holds another one or a separator, as in nearly every cell: every separator separates.
_BARE = f"[^{re.escape(_OPENING + _CLOSING)}]"
_UNNESTED = re.compile(
    f"{_BARE}*(?:[{re.escape(_OPENING)}][^{re.escape(_OPENING + _CLOSING)}{_SEPARATORS}]*"
    f"[{re.escape(_CLOSING)}]{_BARE}*)*"
)
_COMMA = re.compile("[,，]")
# The same, and only ； may tell parts apart.
_UNMARKED = f"[^{re.escape(_OPENING + _CLOSING)};\n\r\t]*"
_UNNESTED_LIST = re.compile(
    f"{_UNMARKED}(?:[{re.escape(_OPENING)}][^{re.escape(_OPENING + _CLOSING)}{_SEPARATORS}]*"
    f"[{re.escape(_CLOSING)}]{_UNMARKED})*"
)
# A comma before one of these is part of a foreign company's name.
_LEGAL_FORM = re.compile(
    r"\s*(?:Ltd|Limited|Inc|LLC|L\.L\.C|Corp|Co|LP|L\.P|LLP|PLC|GmbH|AG|KG|S\.A|N\.V|B\.V)\b", re.I
)

# Readings that a dictionary of single characters gets wrong, longest first.
_READINGS = {
    "重庆": ("chong", "qing"),
    "重阳": ("chong", "yang"),
    "台州": ("tai", "zhou"),  # tāi, not tái
    "丽水": ("li", "shui"),  # lí, not lì
    "乐清": ("yue", "qing"),  # yuè, not lè
    "曾经": ("ceng", "jing"),
    "单氏": ("shan", "shi"),
    "曾": ("zeng",),  # a surname nearly everywhere else
}
_READ_OTHERWISE = re.compile(f"({'|'.join(_READINGS)})")
# Characters read otherwise as the first of a person's name; a company's begin with a place.
_SURNAMES = {"单": "shan", "仇": "qiu", "查": "zha", "解": "xie"}
_LONGEST_PERSON = 4
_LONGEST_ENDING = 6


@lru_cache(maxsize=2**16)
def name_key(name: str) -> str:
    """What two spellings of one enterprise's name have in common; never shown.

    Width, blanks, kind of brackets and case are ignored, nothing else: 有限公司 and 有限责任公司
    are two enterprises until a person says otherwise.
    """
    if _ITS_OWN_KEY.fullmatch(name):  # most, and seen at a tenth of the cost
        return name
    folded = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return _DOTS.sub("·", _INVISIBLE.sub("", folded)).casefold()


def is_natural_person(name: str, code: str | None) -> bool:
    """Whether a pledgor is marked （自然人） or （个人）; never guessed from the name itself.

    A valid credit code says that it is an organisation after all.
    """
    is_marked = _PERSON.search(name_key(name)) is not None
    return is_marked and not (code and check_uscc(code).ok)


def is_one_part(text: str) -> bool:
    """Whether no way of splitting would take a cell apart; nearly every cell."""
    return not _SEPARATOR.search(text)


def split_list(text: str, separators: str = _SEPARATORS, keep_blanks: bool = False) -> list[str]:
    """The parties or numbers of one cell, split on ``；;、,，``, tabs and line breaks.

    Not split: what stands in brackets, and ``Co., Ltd.``. Blank parts are left out unless they
    are kept for their place.
    """
    if is_one_part(text):
        only = text.strip()
        return [only] if only or keep_blanks else []
    has_no_comma = separators == STRONG or not _COMMA.search(text)
    if has_no_comma and _UNNESTED.fullmatch(text):
        pattern = _SEPARATOR if separators == _SEPARATORS else _STRONG_SEPARATOR
        return [part for part in map(str.strip, pattern.split(text)) if keep_blanks or part]
    inside = _bracketed(text)
    parts = [""]
    for place, character in enumerate(text):
        if character in separators and not inside[place] and not _within_a_name(text, place):
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if keep_blanks or part.strip()]


def split_parties(text: str, keep_blanks: bool = False) -> list[str]:
    """The parties of one cell, as `split_list`; between a ； at the start and one at the end only
    ； separates, which is how `join_parties` writes names that would fall apart otherwise."""
    if len(text) > 2 and text[0] == text[-1] == _BETWEEN:
        return [name for name in text[1:-1].split(_BETWEEN) if name]
    return split_list(text, keep_blanks=keep_blanks)


def join_parties(names: Sequence[str]) -> str:
    """The names of parties in one cell, so that `split_parties` gives the same names back."""
    text = _BETWEEN.join(names)
    return text if split_parties(text) == list(names) else f"{_BETWEEN}{text}{_BETWEEN}"


def split_names(text: str, keep_blanks: bool = False) -> list[str]:
    """The names of rights in one cell: 、 and ， are parts of a name where ； tells them apart.

    一种甲、乙的装置；一种丙 are two names.
    """
    return split_list(text, STRONG if is_told_apart(text) else _SEPARATORS, keep_blanks)


def names_of_rights(text: str, count: int) -> list[str]:
    """The names of ``count`` rights in one cell, blank ones too when there are so many with them.

    Beside a single number a name that nothing tells apart is one: 一种甲、乙的装置.
    """
    if (_BETWEEN in text or count == 1) and _UNNESTED_LIST.fullmatch(text):  # nearly all
        parts = [part.strip() for part in text.split(_BETWEEN)]
        return parts if len(parts) == count else [part for part in parts if part]
    if count == 1 and not is_told_apart(text):
        return [text]
    whole = split_names(text, keep_blanks=True)
    return whole if len(whole) == count else split_names(text)


def is_told_apart(text: str) -> bool:
    """Whether ； or a line break tells the parts of a cell apart."""
    if not _STRONG_SEPARATOR.search(text):
        return False
    return _UNNESTED.fullmatch(text) is not None or any(
        mark in STRONG and not inside for mark, inside in zip(text, _bracketed(text), strict=True)
    )


def initials(name: str) -> str:
    """The first letters of the name's pinyin in lower case, for search: 台州甲公司 → tzjgs.

    Latin words are kept whole.
    """
    letters = "".join(
        syllable if is_latin else syllable[:1] for syllable, is_latin in _syllables(name)
    )
    return "".join(letter for letter in letters if letter.isalnum() and letter.isascii())


def pinyin(name: str) -> str:
    """What a name is sorted by: its syllables, then the name itself: 乐清乙 → yue qing yi 乐清乙.

    Never empty. A blank is less than any letter, so that li shui comes before lian yun gang.
    """
    plain = name_key(name)
    return f"{' '.join(syllable for syllable, _ in _syllables(name))} {plain}"


@lru_cache(maxsize=1024)
def _syllables(name: str) -> tuple[tuple[str, bool], ...]:
    """The reading of each character, and whether it stands there as it is read."""
    found: list[tuple[str, bool]] = []
    plain = _PERSON.sub("", name_key(name))
    if len(plain) <= _LONGEST_PERSON and plain[:1] in _SURNAMES:
        found, plain = [(_SURNAMES[plain[0]], False)], plain[1:]
    for piece in _READ_OTHERWISE.split(plain):
        if piece in _READINGS:
            found += ((syllable, False) for syllable in _READINGS[piece])
        else:
            found += _read_by_words(piece)
    return tuple(found)


def _read_by_words(text: str) -> list[tuple[str, bool]]:
    """The readings of a text that is cut into words, each the longest that can follow."""
    from pypinyin.seg import mmseg

    found: list[tuple[str, bool]] = []
    if len(text) > _LONGEST_ENDING:
        for word in mmseg.seg.cut(text):
            found += _word_syllables(word)
            text = text[len(word) :]
            if len(text) <= _LONGEST_ENDING:
                break
    found += _ending_syllables(text)
    return found


@lru_cache(maxsize=65_536)
def _ending_syllables(text: str) -> tuple[tuple[str, bool], ...]:
    """The readings of what a name ends in: 科技有限公司 is cut once for thousands."""
    from pypinyin.seg import mmseg

    return tuple(chain.from_iterable(map(_word_syllables, mmseg.seg.cut(text))))


@lru_cache(maxsize=65_536)
def _word_syllables(word: str) -> tuple[tuple[str, bool], ...]:
    """The readings of one word; names are made of few words, so most are known already."""
    from pypinyin import lazy_pinyin

    return tuple((syllable, syllable in word) for syllable in lazy_pinyin(word))


def _bracketed(text: str) -> list[bool]:
    """For each character whether it stands in brackets; one that never closes brackets nothing."""
    inside = [False] * len(text)
    if not _BRACKET.search(text):
        return inside
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in _OPENING:
            opened.append(place)
        elif character in _CLOSING and opened:
            start = opened.pop()
            inside[start:place] = [True] * (place - start)
    return inside


def _within_a_name(text: str, place: int) -> bool:
    return text[place] in ",，" and _LEGAL_FORM.match(text, place + 1) is not None
