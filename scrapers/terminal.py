"""What the commands share at the terminal: a reader who has enough, and numbers as options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

_PIPE_CLOSED = 141  # what a shell says of a program that SIGPIPE ended

Run = Callable[[Any, list[str], argparse.Namespace], None]


def piped(run: Run) -> Run:
    """Let the `run` of a command end quietly once the reader of its output, such as `head`, has enough."""

    @wraps(run)
    def until_enough(command: Any, args: list[str], opts: argparse.Namespace) -> None:
        try:
            run(command, args, opts)
            sys.stdout.flush()
        except BrokenPipeError:  # Python would complain again as it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            command.exitcode = _PIPE_CLOSED

    return until_enough


def positive(text: str) -> int:
    """Read a number of one or more, as `argparse` asks for it."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
