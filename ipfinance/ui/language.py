"""The language of the window: kept in the settings, and spoken by Qt too: its buttons, dates."""

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from ipfinance.language import Language, chosen

NAMES = {Language.CHINESE: "中文", Language.ENGLISH: "English"}
"""Each language in its own words, so that whoever wants it finds it."""

_SETTING = "language"
_LOCALES = {
    Language.CHINESE: QLocale(QLocale.Language.Chinese, QLocale.Country.China),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_QT_WORDS = {Language.CHINESE: "qtbase_zh_CN", Language.ENGLISH: "qtbase_en"}


def kept_language() -> Language:
    """What the next start will speak; Chinese until somebody chose."""
    kept = QSettings().value(_SETTING)
    return next((one for one in Language if one.value == kept), Language.CHINESE)


def keep_language(wanted: Language) -> None:
    """Speak it from the next start on."""
    QSettings().setValue(_SETTING, wanted.value)


def locale() -> QLocale:
    """How this run writes the names of days and months."""
    return _LOCALES[chosen()]


def speak(app: QApplication) -> bool:
    """Load Qt's own words in the chosen language; False when this Qt was shipped without them."""
    QLocale.setDefault(locale())
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = translator.load(_QT_WORDS[chosen()], folder)
    return loaded and app.installTranslator(translator)
