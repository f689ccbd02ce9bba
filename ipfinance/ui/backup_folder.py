"""Where this machine puts its automatic backups; a matter of the machine, not of the store."""

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "backup/folder"


def backup_folder() -> Path | None:
    """The folder chosen on this machine; None while nobody has chosen one."""
    kept = QSettings().value(_KEY, "")
    return Path(kept) if isinstance(kept, str) and kept else None


def choose_backup_folder(folder: Path | None) -> None:
    """Put automatic backups there from now on; None to make no more."""
    QSettings().setValue(_KEY, "" if folder is None else str(folder))
