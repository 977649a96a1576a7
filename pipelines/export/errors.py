"""Why a dataset cannot be made."""

from __future__ import annotations


class ExportError(Exception):
    """A dataset cannot be made; the message says why and what to do."""


class CannotWrite(ExportError):
    """The disk does not take what is written; the message is the system's reason."""
