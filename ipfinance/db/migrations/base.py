"""The list that every migration registers itself in."""

from sqlite_utils import Migrations

MIGRATIONS = Migrations("ipfinance")
