"""How far long work has come, for a person who watches: a bar on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

_SECONDS = 0.5
_WIDTH = 30
_CLEAR = "\r\x1b[K"


def watch(work: Future[Any], label: str, percent: Callable[[], float]) -> None:
    """Wait for work in another thread, with a bar if it has a label and takes a while.

    `percent` says how far the work is, 0 to 100, below 0 if it cannot tell.
    """
    try:
        while not wait([work], _SECONDS).done:
            if label:
                show(label, percent())
    finally:
        if label:
            clear()


def counting(label: str) -> Callable[[int, int], None]:
    """Return what shows a bar when told how much is done of how much."""

    def tell(done: int, total: int) -> None:
        if done < total:
            show(label, 100 * done / total)
        else:
            clear()

    return tell


def show(label: str, percent: float) -> None:
    percent = max(0.0, min(100.0, percent))
    bar = "#" * round(_WIDTH * percent / 100)
    _write(f"{_CLEAR}{label} [{bar:<{_WIDTH}}] {percent:3.0f} %")


def clear() -> None:
    _write(_CLEAR)


def _write(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(text)
        sys.stderr.flush()
