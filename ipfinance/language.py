"""What the window says, in Chinese as it is written or in English from the catalogue.

Chinese is the source: a text is written in Chinese where it is said, `tr` looks up its English.
The catalogue is ``resources/locale``; ``make english`` renews it from the source.
"""

import gettext
from enum import Enum

from ipfinance.paths import resource

_DOMAIN = "ipfinance"


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


def tr(text: str, **gaps: object) -> str:
    """A text in the chosen language, its named gaps filled: ``tr("共 {count} 笔", count=3)``.

    ``text`` is a literal, or a word that some literal `tr` elsewhere has put into the
    catalogue. Without gaps nothing is filled, so that a text may be filled later.
    """
    said = _Said.catalogue.gettext(text) if text else ""
    return said.format(**gaps) if gaps else said


def either(chinese: str, english: str) -> str:
    """The one of a thing's two names that the window says, e.g. of an indicator."""
    return english if _Said.language is Language.ENGLISH else chinese
