"""What can go wrong below a crawl, done to it on purpose; called in the child before the crawl starts."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Callable
from typing import Any

from pipelines.store.ledger import Ledger

POINTS = {
    "write": (os, "write"),
    "fsync": (os, "fsync"),
    "transaction": (Ledger, "commit"),
    "rename": (os, "replace"),
    "remove": (os, "unlink"),
}
"""The steps of a commit, and where a crawl does them."""

CRASHED = 99
"""The exit code of a process that ended without further ado."""


def limit_file_size(size: int) -> None:
    """Let no file grow beyond so many bytes, as a full disk does."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def crash(point: str, when: str, nth: int) -> None:
    """End the process without further ado, before or after the nth time that it comes to a point."""

    def act(call: Callable[[], Any]) -> Any:
        if when == "before":
            os._exit(CRASHED)
        call()
        os._exit(CRASHED)

    _at(point, nth, act)


def fail(point: str, nth: int) -> None:
    """Let the nth call fail: for lack of space, or a transaction for an error of the disk."""

    def act(call: Callable[[], Any]) -> Any:  # noqa: ARG001
        if point == "transaction":
            raise sqlite3.OperationalError("disk I/O error")
        raise OSError(errno.ENOSPC, "No space left on device")

    _at(point, nth, act)


def _at(point: str, nth: int, act: Callable[[Callable[[], Any]], Any]) -> None:
    owner, name = POINTS[point]
    original = getattr(owner, name)
    count = 0

    def counting(*args: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if count == nth:
            return act(lambda: original(*args, **options))
        return original(*args, **options)

    setattr(owner, name, counting)
