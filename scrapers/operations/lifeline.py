"""Ends a process with the one that began it."""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread


def end_with_stdin() -> None:
    """Send this process SIGTERM when its standard input ends: when what holds the other end of the pipe has died."""
    Thread(target=_wait, args=(sys.stdin.fileno(),), daemon=True).start()


def _wait(stdin: int) -> None:
    while os.read(stdin, 1024):
        """Nobody should write; what is written does not count."""
    os.kill(os.getpid(), signal.SIGTERM)
