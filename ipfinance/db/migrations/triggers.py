"""The triggers that keep derived columns and write the history (m0006 and m0007)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_RIDES_ALONG = {
    "pledge_pledgor": ("registered_on", "kind", "secured_amount_fen", "counted"),
    "pledge_pledgee": ("registered_on", "kind", "city", "county", "counted"),
    "pledge_right": ("registered_on", "kind", "city", "county", "counted"),
}


@MIGRATIONS()
def m0006_keep_derived_columns_by_trigger(db: "Database") -> None:
    """What follows from other rows follows whatever door the change came through."""
    follow = """
        UPDATE pledge SET
            ended_on = (SELECT min(happened_on) FROM event
                        WHERE pledge = {pledge} AND kind NOT IN ('change', 'extension')),
            ended_by = (SELECT kind FROM event
                        WHERE pledge = {pledge} AND kind NOT IN ('change', 'extension')
                        ORDER BY happened_on, id LIMIT 1),
            counted = deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM event WHERE pledge = {pledge}
                AND kind IN ('revocation', 'refusal', 'withdrawal'))
        WHERE id = {pledge};
    """
    for name, moment, pledge in (
        ("event_inserted", "INSERT ON event", "NEW.pledge"),
        ("event_updated", "UPDATE ON event", "NEW.pledge"),
        ("event_deleted", "DELETE ON event", "OLD.pledge"),
        ("pledge_deleted", "UPDATE OF deleted_at ON pledge", "NEW.id"),
    ):
        db.execute(
            f"CREATE TRIGGER {name}_is_followed AFTER {moment} BEGIN"
            f" {follow.format(pledge=pledge)} END"
        )
    sources = ("registered_on", "kind", "city", "county", "secured_amount_fen", "counted")
    for table, columns in _RIDES_ALONG.items():
        watched = ", ".join(column for column in sources if column in columns)
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        copies = ", ".join(f"{column} = NEW.{column}" for column in columns)
        db.execute(
            f"CREATE TRIGGER pledge_rides_along_{table} AFTER UPDATE OF {watched} ON pledge"
            f" WHEN {differs} BEGIN UPDATE {table} SET {copies} WHERE pledge = NEW.id; END"
        )


_KEPT_IN_HISTORY = {
    "setting": ("name", "value"),
    "division": ("code", "name", "name_en", "level", "parent", "valid_from", "valid_to"),
    "enterprise": ("uid", "name", "name_key", "initials", "uscc", "organisation_code", "size"),
    "pledgee": ("uid", "name", "name_key", "initials", "kind"),
    "ip_right": ("number", "kind"),
    "batch": (
        *("uid", "act", "file_name", "sha256", "read_count", "new_count", "changed_count"),
        *("same_count", "rejected_count", "secured_amount_fen"),
    ),
    "reference_figure": (
        *("uid", "region", "region_name", "period_start", "period_end", "kind", "indicator"),
        *("value", "unit", "qualifier", "growth_percent", "source", "page", "note"),
    ),
    "pledge": (
        *("uid", "kind", "reg_no", "registered_on", "city", "county", "secured_amount_fen"),
        *("credit_amount_fen", "loan_amount_fen", "appraised_value_fen", "subsidy_fen"),
        *("rights_count", "rights_declared", "term_start", "term_end", "channel", "note"),
        *("batch", "deleted_at"),
    ),
    "pledge_pledgor": (
        *("pledge", "position", "enterprise", "name", "city", "county", "size"),
        *("registered_on", "kind", "secured_amount_fen", "counted"),
    ),
    "pledge_pledgee": (
        *("pledge", "position", "pledgee"),
        *("registered_on", "kind", "city", "county", "counted"),
    ),
    "pledge_right": (
        *("pledge", "position", "ip_right", "name"),
        *("registered_on", "kind", "city", "county", "counted"),
    ),
    "event": (*("uid", "pledge", "kind", "happened_on", "secured_amount_fen", "term_end", "note"),),
    "event_change": ("event", "position", "item", "before", "after"),
}


@MIGRATIONS()
def m0007_write_history_by_trigger(db: "Database") -> None:
    """Every change of every table leaves who, when, and the row before and after."""
    for table, columns in _KEPT_IN_HISTORY.items():
        keep_history(db, table, columns, derived=_RIDES_ALONG.get(table, ()))
