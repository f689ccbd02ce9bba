"""Moments of the store, which are UTC, as the clock on the wall shows them."""

from datetime import datetime


def local_time(moment: str) -> str:
    """To the minute: 2026-11-23 10:12."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def local_day(moment: str) -> str:
    """The day that it was here: 2026-11-23."""
    return local_time(moment)[:10]
