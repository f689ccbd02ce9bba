"""Renew the English catalogue from the source: every `tr` in, what is no longer said out.

``python -m tools.english`` writes resources/locale/en/LC_MESSAGES/ipfinance.po and .mo and says
how many texts still have no English. The .po is what people edit, the .mo what the program reads.
"""

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "ipfinance.po"
MO = PO.with_suffix(".mo")
SAYING = ("tr", "aloud", "word")
"""What a text is passed to that is to be in the catalogue."""


def said_in_source() -> Catalog:
    """Every text that the source passes to one of `SAYING`, without English."""
    said = Catalog(project="ipfinance")
    for path in sorted((ROOT / "ipfinance").rglob("*.py")):
        # The whole tree, because a text may be said within the gaps of another.
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name(name), [ast.Constant(str(text)), *_]) if name in SAYING:
                    said.add(text)
    return said


def kept() -> Catalog:
    """The catalogue as it lies in the project."""
    if not PO.exists():
        return Catalog(locale="en", project="ipfinance")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def main() -> int:
    """Renew both files; 1 when a text has no English yet."""
    catalogue = kept()
    catalogue.update(said_in_source(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # Neither file changes when no text does.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with PO.open("wb") as file:
        # Without places and dates the file changes only where a text does.
        write_po(file, catalogue, width=100, omit_header=True, no_location=True, sort_output=True)
    with MO.open("wb") as file:
        write_mo(file, catalogue)
    missing = [message for message in catalogue if message.id and not message.string]
    for message in missing:
        print(message.id)
    print(f"{len(catalogue)} texts, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
