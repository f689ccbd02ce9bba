"""Whole errands go through the real window, dressed as the other tests of the window."""

from tests.ui.conftest import answered, dressed, jobs, theme

__all__ = ["answered", "dressed", "jobs", "theme"]
