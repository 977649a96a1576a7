"""One writer a collection."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipelines.store.errors import CannotStore, Locked


class Lock:
    """The flock of a collection's folder; the kernel lets it go when its holder ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        path = folder / "lock"
        try:
            self._file = path.open("a+")
        except OSError as error:
            raise CannotStore(f"{path}: {error.strerror}: the collection cannot be written") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _describe(path)
            self._file.close()
            raise Locked(f"{folder} is being written by {holder}; wait for it to end, or stop it") from error
        try:
            self._file.truncate(0)
            json.dump({"pid": os.getpid(), "command": " ".join(sys.orig_argv[1:]), "since": _now()}, self._file)
            self._file.flush()
        except OSError as error:
            raise CannotStore(f"{path}: {error.strerror}: the collection cannot be written") from error

    def release(self) -> None:
        self._file.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _describe(path: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError):
        holder = json.loads(path.read_text())
        return f"process {holder['pid']} ({holder['command']}) since {holder['since']}"
    return "another process"
