"""The first tables: acts, areas, parties, imports, registrations (m0001 to m0005)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

_UID = "TEXT NOT NULL UNIQUE CHECK (length(uid) = 36)"


def _iso(column: str) -> str:
    """CHECK that a column holds a real day written YYYY-MM-DD."""
    return f"CHECK ({column} IS NULL OR date({column}, '+0 days') IS {column})"


@MIGRATIONS()
def m0001_create_acts_and_history(db: "Database") -> None:
    """One user act is one transaction; what it changed can be told and taken back."""
    db.executescript(
        f"""
        CREATE TABLE act (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            happened_at TEXT NOT NULL,
            who TEXT NOT NULL,
            words TEXT NOT NULL,
            undoes INTEGER REFERENCES act,
            undone_by INTEGER REFERENCES act
        ) STRICT;
        CREATE TABLE current_act (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            act INTEGER REFERENCES act
        ) STRICT;
        INSERT INTO current_act VALUES (1, NULL);
        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            act INTEGER REFERENCES act,
            happened_at TEXT,
            entity TEXT NOT NULL,
            entity_row INTEGER NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
            before TEXT,
            after TEXT
        ) STRICT;
        CREATE INDEX history_of_act ON history (act);
        -- What came is found by its act; and of a registration, by itself.
        CREATE INDEX history_of_row ON history (entity, entity_row)
            WHERE operation <> 'insert' OR entity = 'pledge';
        """
    )


@MIGRATIONS()
def m0002_create_settings_and_divisions(db: "Database") -> None:
    """Business facts of this store, and the areas with the days they are valid."""
    db.executescript(
        f"""
        CREATE TABLE setting (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            value TEXT NOT NULL
        ) STRICT;
        CREATE TABLE division (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL CHECK (length(code) = 6),
            name TEXT NOT NULL,
            name_en TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('province', 'city', 'county')),
            parent TEXT,
            valid_from TEXT {_iso("valid_from")},
            valid_to TEXT {_iso("valid_to")},
            CHECK ((level = 'province') = (parent IS NULL)),
            CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
        ) STRICT;
        CREATE UNIQUE INDEX division_territory ON division (code, coalesce(valid_from, ''));
        """
    )


@MIGRATIONS()
def m0003_create_parties_and_rights(db: "Database") -> None:
    """Those who pledge, those who take pledges, and what is pledged, each of them once."""
    db.executescript(
        f"""
        CREATE TABLE enterprise (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            initials TEXT NOT NULL DEFAULT '',
            uscc TEXT,
            organisation_code TEXT,
            size TEXT CHECK (size IN ('large', 'medium', 'small', 'micro'))
        ) STRICT;
        CREATE UNIQUE INDEX enterprise_uscc ON enterprise (uscc) WHERE uscc IS NOT NULL;
        CREATE INDEX enterprise_organisation_code ON enterprise (organisation_code)
            WHERE organisation_code IS NOT NULL;
        CREATE INDEX enterprise_name_key ON enterprise (name_key);

        CREATE TABLE pledgee (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            initials TEXT NOT NULL DEFAULT '',
            kind TEXT CHECK (kind IN ('bank', 'rural_credit', 'guarantee', 'small_loan',
                                      'leasing', 'trust', 'other'))
        ) STRICT;

        CREATE TABLE ip_right (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('invention', 'utility_model', 'design',
                                               'trademark', 'other'))
        ) STRICT;
        CREATE UNIQUE INDEX ip_right_number ON ip_right (number, kind);
        """
    )


@MIGRATIONS()
def m0004_create_batches_and_reference_figures(db: "Database") -> None:
    """What came in by import, and figures published by others."""
    db.executescript(
        f"""
        CREATE TABLE batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            act INTEGER REFERENCES act,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            read_count INTEGER NOT NULL CHECK (read_count >= 0),
            new_count INTEGER NOT NULL CHECK (new_count >= 0),
            changed_count INTEGER NOT NULL CHECK (changed_count >= 0),
            same_count INTEGER NOT NULL CHECK (same_count >= 0),
            rejected_count INTEGER NOT NULL CHECK (rejected_count >= 0),
            secured_amount_fen INTEGER NOT NULL CHECK (secured_amount_fen >= 0),
            CHECK (read_count = new_count + changed_count + same_count + rejected_count)
        ) STRICT;
        CREATE INDEX batch_sha256 ON batch (sha256);

        CREATE TABLE reference_figure (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            region TEXT NOT NULL,
            region_name TEXT NOT NULL,
            period_start TEXT NOT NULL {_iso("period_start")},
            period_end TEXT NOT NULL {_iso("period_end")},
            kind TEXT NOT NULL CHECK (kind IN ('patent', 'trademark', 'all')),
            indicator TEXT NOT NULL,
            value TEXT NOT NULL,
            unit TEXT NOT NULL,
            qualifier TEXT NOT NULL DEFAULT '',
            growth_percent TEXT,
            source TEXT NOT NULL,
            page TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            CHECK (period_start <= period_end)
        ) STRICT;
        CREATE INDEX reference_figure_of ON reference_figure (region, indicator, period_start);
        """
    )


@MIGRATIONS()
def m0005_create_pledges(db: "Database") -> None:
    """The registrations as registered, with parties in order, rights and dated events.

    The whole ledger in its usual order is read from ``pledge_ledger`` alone. The indexes for
    figures begin with what every question about figures fixes, kind and days.
    They end in ``counted``, though it is always 1 in them: without it SQLite would look into
    the table for every row.
    """
    db.executescript(
        f"""
        CREATE TABLE pledge (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            kind TEXT NOT NULL CHECK (kind IN ('patent', 'trademark', 'copyright', 'data',
                                               'ic_layout', 'geographical_indication')),
            reg_no TEXT CHECK (reg_no <> ''),
            registered_on TEXT NOT NULL {_iso("registered_on")},
            city TEXT NOT NULL,
            county TEXT,
            secured_amount_fen INTEGER CHECK (secured_amount_fen > 0),
            credit_amount_fen INTEGER CHECK (credit_amount_fen > 0),
            loan_amount_fen INTEGER CHECK (loan_amount_fen > 0),
            appraised_value_fen INTEGER CHECK (appraised_value_fen > 0),
            subsidy_fen INTEGER CHECK (subsidy_fen > 0),
            rights_count INTEGER NOT NULL CHECK (rights_count >= 0),
            rights_declared INTEGER CHECK (rights_declared > 0),
            term_start TEXT {_iso("term_start")},
            term_end TEXT {_iso("term_end")},
            channel TEXT CHECK (channel IN ('online', 'window')),
            note TEXT NOT NULL DEFAULT '',
            batch INTEGER REFERENCES batch,
            deleted_at TEXT,
            -- The three below follow from the events and deleted_at; triggers keep them.
            ended_on TEXT,
            ended_by TEXT,
            counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
            CHECK (term_start IS NULL OR term_end IS NULL OR term_start <= term_end)
        ) STRICT;
        CREATE UNIQUE INDEX pledge_reg_no ON pledge (kind, reg_no)
            WHERE reg_no IS NOT NULL AND deleted_at IS NULL;
        CREATE INDEX pledge_figures ON pledge
            (kind, registered_on, city, county, secured_amount_fen, rights_count, counted)
            WHERE counted = 1;
        CREATE INDEX pledge_ledger ON pledge (registered_on, id, secured_amount_fen, deleted_at)
            WHERE deleted_at IS NULL;
        CREATE INDEX pledge_due ON pledge (term_end, ended_on) WHERE deleted_at IS NULL;
        CREATE INDEX pledge_ended ON pledge (ended_on) WHERE ended_on IS NOT NULL;
        CREATE INDEX pledge_deleted ON pledge (deleted_at) WHERE deleted_at IS NOT NULL;
        CREATE INDEX pledge_batch ON pledge (batch) WHERE batch IS NOT NULL;

        CREATE TABLE pledge_pledgor (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pledge INTEGER NOT NULL REFERENCES pledge,
            position INTEGER NOT NULL CHECK (position >= 1),
            enterprise INTEGER REFERENCES enterprise,
            name TEXT NOT NULL CHECK (name <> ''),
            city TEXT NOT NULL,
            county TEXT,
            size TEXT CHECK (size IN ('large', 'medium', 'small', 'micro')),
            registered_on TEXT NOT NULL,
            kind TEXT NOT NULL,
            secured_amount_fen INTEGER,
            counted INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX pledge_pledgor_position ON pledge_pledgor (pledge, position);
        CREATE INDEX pledge_pledgor_figures ON pledge_pledgor
            (kind, registered_on, city, county, enterprise, secured_amount_fen, counted)
            WHERE counted = 1;
        CREATE INDEX pledge_pledgor_enterprise ON pledge_pledgor (enterprise, registered_on);

        CREATE TABLE pledge_pledgee (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pledge INTEGER NOT NULL REFERENCES pledge,
            position INTEGER NOT NULL CHECK (position >= 1),
            pledgee INTEGER NOT NULL REFERENCES pledgee,
            registered_on TEXT NOT NULL,
            kind TEXT NOT NULL,
            city TEXT NOT NULL,
            county TEXT,
            counted INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX pledge_pledgee_position ON pledge_pledgee (pledge, position);
        CREATE INDEX pledge_pledgee_figures ON pledge_pledgee
            (kind, registered_on, city, county, pledgee, counted) WHERE counted = 1;
        CREATE INDEX pledge_pledgee_pledgee ON pledge_pledgee (pledgee, registered_on);

        CREATE TABLE pledge_right (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pledge INTEGER NOT NULL REFERENCES pledge,
            position INTEGER NOT NULL CHECK (position >= 1),
            ip_right INTEGER NOT NULL REFERENCES ip_right,
            name TEXT NOT NULL DEFAULT '',
            registered_on TEXT NOT NULL,
            kind TEXT NOT NULL,
            city TEXT NOT NULL,
            county TEXT,
            counted INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX pledge_right_position ON pledge_right (pledge, position);
        CREATE INDEX pledge_right_figures ON pledge_right
            (kind, registered_on, city, county, ip_right, counted) WHERE counted = 1;
        CREATE INDEX pledge_right_ip_right ON pledge_right (ip_right);

        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid {_UID},
            pledge INTEGER NOT NULL REFERENCES pledge,
            kind TEXT NOT NULL CHECK (kind IN ('change', 'extension', 'cancellation', 'lapse',
                                               'revocation', 'refusal', 'withdrawal')),
            happened_on TEXT NOT NULL {_iso("happened_on")},
            secured_amount_fen INTEGER CHECK (secured_amount_fen > 0),
            term_end TEXT {_iso("term_end")},
            note TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX event_of_pledge ON event (pledge, happened_on);
        CREATE INDEX event_on ON event (kind, happened_on);

        CREATE TABLE event_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event INTEGER NOT NULL REFERENCES event,
            position INTEGER NOT NULL CHECK (position >= 1),
            item TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX event_change_position ON event_change (event, position);
        """
    )
