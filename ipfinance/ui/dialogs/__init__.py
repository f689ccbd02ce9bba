"""Dialogs: what asks for a value writes nothing; what stays open writes acts that can be undone."""
