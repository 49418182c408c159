"""What keeping may say instead of doing it."""

from __future__ import annotations


class StoreUnavailable(Exception):
    """The store (this one, or the log) could not make it durable, or nobody knows whether it did:
    read before anything else.
    """


class NameTaken(Exception):
    """Another account has this username already (upper and lower case count the same)."""


class LastAdministrator(Exception):
    """Nobody would be left who may look after all branches."""


class CodeTaken(Exception):
    """Another screen shows this pairing code just now: draw another."""


class Spent(Exception):
    """A one-use link, key, code or session is unknown, expired, or was used before."""
