"""Dialogs: each edits a value and writes nothing."""
