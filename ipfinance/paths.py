"""Where things are: the store, the log and the files shipped with the program.

Nothing is created here: whoever writes makes the folder first.
"""

import os
from pathlib import Path

_NAME = "ipfinance"
_PACKAGE = Path(__file__).resolve().parent
# A wheel packs the folder inside the package; in a checkout it lies beside the package.
_RESOURCE_FOLDERS = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def default_store() -> Path:
    """The store to open when none is named: ``$IPFINANCE_DB``, else one in the user's data."""
    named = os.environ.get("IPFINANCE_DB", "").strip()
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path(_NAME, appauthor=False) / "ipfinance.db"


def log_file() -> Path:
    """The file that unexpected errors are written to."""
    from platformdirs import user_log_path

    return user_log_path(_NAME, appauthor=False) / "ipfinance.log"


def resource(name: str) -> Path:
    """A shipped file or folder, e.g. ``"divisions.csv"``; `FileNotFoundError` if it is not there.

    A missing one is a broken installation, not something the user did.
    """
    for folder in _RESOURCE_FOLDERS:
        path = folder / name
        if path.exists():
            return path
    looked = ", ".join(str(folder) for folder in _RESOURCE_FOLDERS)
    raise FileNotFoundError(f"resource {name!r} is missing (looked in {looked})")
