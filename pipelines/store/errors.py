"""What can be wrong with a collection."""

from __future__ import annotations


class StoreError(Exception):
    """A collection cannot be read or written; the message names it, says why and what to do."""


class NoCollection(StoreError):
    """There is no collection in this folder."""


class Locked(StoreError):
    """Another process writes this collection."""


class Damaged(StoreError):
    """Files of the collection do not hold what its ledger says that they hold."""


class CannotStore(StoreError):
    """Something could not be written; what was not acknowledged is fetched again by the next run."""
