"""Optional dependencies: what is missing, and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtra(Exception):
    """A library that an optional part needs is not installed; the message says how to install it."""


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import the libraries of an extra; raise `MissingExtra` where they are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(f"this needs {error.name}: pip install 'broadsheet[{name}]'") from error
