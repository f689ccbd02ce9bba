"""Registers pledges of patents and trademarks and makes the published figures from them."""

__version__ = "0.1.0"
