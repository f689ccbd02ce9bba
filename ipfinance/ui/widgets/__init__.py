"""Widgets that know how things look and nothing of the trade."""
