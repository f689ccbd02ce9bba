"""Gazette notices: read from pasted text, held against the store, carried out as one act."""
