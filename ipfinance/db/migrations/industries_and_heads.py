"""The industry of enterprises, the head banks of pledgees, and what became of areas (m0011)."""

import re
from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_SECTIONS = ", ".join(f"'{letter}'" for letter in "ABCDEFGHIJKLMNOPQRST")
_KEPT = {
    "enterprise": (
        *("uid", "name", "name_key", "initials", "uscc", "organisation_code", "size"),
        "industry",
    ),
    "pledgee": ("uid", "name", "name_key", "initials", "kind", "head_name", "head_key"),
    "pledge_pledgor": (
        *("pledge", "position", "enterprise", "name", "city", "county", "size", "industry"),
        *("registered_on", "kind", "secured_amount_fen", "counted"),
    ),
    "division_succession": ("code", "successor", "changed_on", "extent"),
}
_RIDES_ALONG = ("registered_on", "kind", "secured_amount_fen", "counted")
# As the program read names when this step was written; see domain/head_banks.py.
_BRANCH = re.compile(
    r"(?P<head>.+?(?:银行|信用合作联社|信用社联合社|信用联社)"
    r"(?:[（(][^（()）]*[）)])?(?:股份有限公司|有限责任公司|有限公司)?)"
    r"(?!银行)[^（()）]*(?:分行|支行|营业部|分理处|营业室|营业所|分社|信用社)"
)


@MIGRATIONS()
def m0011_add_industries_heads_and_successions(db: "Database") -> None:
    """By industry and by head bank, and what areas that changed became."""
    for table in ("enterprise", "pledge_pledgor"):
        db.execute(
            f"ALTER TABLE {table} ADD COLUMN industry TEXT CHECK (industry IN ({_SECTIONS}))"
        )
    db.execute("DROP TRIGGER history_pledgee_update")  # what follows from the name is no change
    db.execute("ALTER TABLE pledgee ADD COLUMN head_name TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE pledgee ADD COLUMN head_key TEXT NOT NULL DEFAULT ''")
    for number, name, key in db.execute("SELECT id, name, name_key FROM pledgee").fetchall():
        shown, same = _BRANCH.fullmatch("".join(name.split())), _BRANCH.fullmatch(key)
        head = (shown["head"], same["head"]) if shown and same else (name, key)
        db.execute("UPDATE pledgee SET head_name = ?, head_key = ? WHERE id = ?", (*head, number))
    db.execute("CREATE INDEX pledgee_head ON pledgee (head_key)")
    db.executescript(
        """
        CREATE TABLE division_succession (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL CHECK (length(code) = 6),
            successor TEXT NOT NULL CHECK (length(successor) = 6),
            changed_on TEXT NOT NULL CHECK (date(changed_on, '+0 days') IS changed_on),
            extent TEXT NOT NULL CHECK (extent IN ('whole', 'part'))
        ) STRICT;
        CREATE UNIQUE INDEX division_succession_of
            ON division_succession (code, successor, changed_on);
        """
    )
    for table, columns in _KEPT.items():
        derived = _RIDES_ALONG if table == "pledge_pledgor" else ()
        keep_history(db, table, columns, derived=derived)
