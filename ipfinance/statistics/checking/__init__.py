"""Checking what somebody else wrote: its figures against the store and against each other."""
