"""What the commands share at the terminal: output that ends or cannot be written, and options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import wraps
from io import StringIO
from typing import Any

from scrapy.exceptions import UsageError

_PIPE_CLOSED = 141  # what a shell says of a program that SIGPIPE ended

Run = Callable[[Any, list[str], argparse.Namespace], None]


def piped(run: Run) -> Run:
    """Let the `run` of a command end quietly once the reader of its output, such as `head`, has enough, and with one
    line where the output cannot be written; check its options first."""

    @wraps(run)
    def until_enough(command: Any, args: list[str], opts: argparse.Namespace) -> None:
        sys.stdout = sys.stdout or StringIO()  # None where it was closed
        name = type(command).__module__.rpartition(".")[2]
        check_options(name, args)
        try:
            run(command, args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence()
            command.exitcode = _PIPE_CLOSED
        except OSError as error:  # such as a full disk
            _silence()
            sys.stderr.write(f"scrapy {name}: {error.strerror or error}\n")
            command.exitcode = 1

    return until_enough


def check_options(command: str, args: list[str]) -> None:
    """Raise `UsageError` for an option that there is not: Scrapy takes it for an argument."""
    if unknown := next((arg for arg in args if arg.startswith("-")), None):
        raise UsageError(f"unknown option {unknown}; `scrapy {command} --help` lists them", print_help=False)


def say(text: str) -> None:
    """Print a line about work that goes on, also where nobody reads it or it cannot be written."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError:
        _silence()


def _silence() -> None:
    """Write no more to standard output: Python would complain again as it ends, and give an exit code of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def add_jobs(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the option that says how many sites or crawls run at a time."""
    usual = os.cpu_count() or 1
    told = f"{what} at a time (default: as many as there are cores)"
    parser.add_argument("--jobs", metavar="N", type=positive, default=usual, help=told)


def positive(text: str) -> int:
    """Read a number of one or more, as `argparse` asks for it."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
