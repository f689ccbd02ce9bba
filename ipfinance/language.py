"""What the window says, in Chinese as it is written or in English from the catalogue.

Chinese is the source: a text is written in Chinese where it is said, `tr` looks up its English.
The catalogue is ``resources/locale``; ``make english`` renews it from the source.
"""

import gettext
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import TypeVar

from typing_extensions import override

from ipfinance.paths import resource

K = TypeVar("K")

_DOMAIN = "ipfinance"
# Whether what is said goes into a file; of each thread its own, as a window's jobs have threads.
_for_files: ContextVar[bool] = ContextVar("for_files", default=False)


class Language(Enum):
    """The languages of the window; the value is how settings and locale folders name them."""

    CHINESE = "zh"
    ENGLISH = "en"


class _Said:
    """The language chosen for this run, and its catalogue."""

    language = Language.CHINESE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose(language: Language) -> None:
    """Speak a language from now on.

    To be called before the modules that say something are imported: labels and columns that
    are the same all through a run are looked up once, at import.
    """
    _Said.language = language
    _Said.catalogue = (
        gettext.NullTranslations()
        if language is Language.CHINESE
        else gettext.translation(_DOMAIN, resource("locale"), [language.value])
    )


def chosen() -> Language:
    """The language of this run."""
    return _Said.language


@contextmanager
def for_files() -> Iterator[None]:
    """Speak Chinese within, whatever was chosen: every file that goes out is in Chinese.

    For the words that windows and files share. These are looked up when they are asked for and
    so stand in no constant; a table of them is `Words`.
    """
    before = _for_files.set(True)
    try:
        yield
    finally:
        _for_files.reset(before)


class _English(str):
    """An English text that remembers its Chinese, for the files that stay Chinese."""

    __slots__ = ("chinese",)
    chinese: str


def tr(text: str, **gaps: object) -> str:
    """A text in the chosen language, its named gaps filled: ``tr("共 {count} 笔", count=3)``.

    ``text`` is a literal, or a word that some literal `tr` or `word` elsewhere has put into the
    catalogue. Without gaps nothing is filled, so that a text may be filled later.
    """
    return _filled(text, gaps, _speaks_english())


def aloud(text: str, **gaps: object) -> str:
    """`tr` for what a person is told while a file is written: how far it is, why it failed."""
    return _filled(text, gaps, _Said.language is Language.ENGLISH)


def either(chinese: str, english: str) -> str:
    """The one of a thing's two names that the window says, e.g. of an indicator."""
    return _in_english(in_chinese(chinese), english) if _speaks_english() else in_chinese(chinese)


def word(text: str) -> str:
    """Chinese that is data where it stands, put into the catalogue: the window says `tr` of it."""
    return text


def in_chinese(text: str) -> str:
    """The Chinese of what `tr` or `either` said, whole, for a file or the store; else the text."""
    return text.chinese if isinstance(text, _English) else text


def listed(words: Iterable[object]) -> str:
    """One after another: 杭州市、宁波市, or with commas."""
    return _joined((one if isinstance(one, str) else str(one) for one in words), "、", ", ")


def sentences(*said: str) -> str:
    """Whole sentences, one after another."""
    return _joined(filter(None, said), "", " ")


def clauses(said: Iterable[str]) -> str:
    """The clauses of one sentence, one after another."""
    return _joined(filter(None, said), "，", ", ")


def facts(said: Iterable[str]) -> str:
    """Short sentences in one line, with a stronger stop between them."""
    return _joined(filter(None, said), "；", "; ")


class Words(Mapping[K, str]):
    """A table of words, each said when it is asked for: ``Words({Group.CITY: word("设区市")})``."""

    def __init__(self, chinese: Mapping[K, str]) -> None:
        self._chinese = dict(chinese)

    @override
    def __getitem__(self, key: K) -> str:
        return tr(self._chinese[key])

    @override
    def __iter__(self) -> Iterator[K]:
        return iter(self._chinese)

    @override
    def __len__(self) -> int:
        return len(self._chinese)


def _speaks_english() -> bool:
    return _Said.language is Language.ENGLISH and not _for_files.get()


def _filled(text: str, gaps: Mapping[str, object], is_english: bool) -> str:
    if not text:
        return ""
    if not gaps:
        return _in_english(text, _Said.catalogue.gettext(text)) if is_english else text
    words = {name: in_chinese(gap) if isinstance(gap, str) else gap for name, gap in gaps.items()}
    chinese = text.format(**words)
    if not is_english:
        return chinese
    return _in_english(chinese, _Said.catalogue.gettext(text).format(**gaps))


def _joined(said: Iterable[str], chinese: str, english: str) -> str:
    parts = list(said)
    return either(chinese.join(map(in_chinese, parts)), english.join(parts))


def _in_english(chinese: str, english: str) -> str:
    text = _English(english)
    text.chinese = chinese
    return text
