"""Makes Qt itself speak Chinese: its buttons, menus, dates and numbers."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

CHINA = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


def speak_chinese(app: QApplication) -> bool:
    """Load Qt's own Chinese words; False when this Qt was shipped without them."""
    QLocale.setDefault(CHINA)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = translator.load("qtbase_zh_CN", folder)
    return loaded and app.installTranslator(translator)
