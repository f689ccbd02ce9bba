"""Who is who among the parties, and what of the to-do list was settled (m0014)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database


@MIGRATIONS()
def m0014_create_former_names_mergers_and_settled_findings(db: "Database") -> None:
    """Names that a party had before, parties that are one, pairs that are not, and findings that
    a person has looked at.

    A merged party keeps its row, so that what comes under its code or name later still finds
    where it went; ``act`` tells which history to put back when the merger was a mistake.
    ``content`` is what the registrations of a settled finding said then: said otherwise, the
    finding is open again.
    """
    db.executescript(
        """
        CREATE TABLE former_name (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            enterprise INTEGER REFERENCES enterprise ON DELETE CASCADE,
            pledgee INTEGER REFERENCES pledgee ON DELETE CASCADE,
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL CHECK (name_key <> ''),
            initials TEXT NOT NULL,
            CHECK ((enterprise IS NULL) <> (pledgee IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX former_name_of_enterprise ON former_name (enterprise, name_key);
        CREATE UNIQUE INDEX former_name_of_pledgee ON former_name (pledgee, name_key);
        CREATE INDEX former_name_key ON former_name (name_key);

        CREATE TABLE merger (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
            party TEXT NOT NULL CHECK (party IN ('enterprise', 'pledgee')),
            kept INTEGER NOT NULL,
            gone INTEGER NOT NULL CHECK (gone <> kept),
            act INTEGER NOT NULL REFERENCES act
        ) STRICT;
        CREATE UNIQUE INDEX merger_gone ON merger (party, gone);
        CREATE INDEX merger_kept ON merger (party, kept);

        CREATE TABLE told_apart (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            what TEXT NOT NULL CHECK (what IN ('enterprise', 'pledgee', 'pledge')),
            one INTEGER NOT NULL,
            other INTEGER NOT NULL CHECK (other > one)
        ) STRICT;
        CREATE UNIQUE INDEX told_apart_pair ON told_apart (what, one, other);

        CREATE TABLE settled_finding (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            content TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE UNIQUE INDEX settled_finding_of ON settled_finding (kind, subject);
        """
    )
    keep_history(db, "former_name", ("enterprise", "pledgee", "name", "name_key", "initials"))
    keep_history(db, "merger", ("uid", "party", "kept", "gone", "act"))
    keep_history(db, "told_apart", ("what", "one", "other"))
    keep_history(db, "settled_finding", ("kind", "subject", "content", "note"))
