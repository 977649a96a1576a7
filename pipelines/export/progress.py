"""How far long work has come, for a person who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

_SECONDS = 0.5
_WIDTH = 30
_CLEAR = "\r\x1b[K"


def watch(work: Future[Any], label: str, percent: Callable[[], float]) -> None:
    """Wait for work in another thread, with a bar on stderr if it takes a while, has a label and a terminal.

    `percent` says how far the work is, 0 to 100, below 0 if it cannot tell.
    """
    is_shown = bool(label) and sys.stderr.isatty()
    try:
        while not wait([work], _SECONDS).done:
            if is_shown:
                done = max(0.0, min(100.0, percent()))
                bar = "#" * round(_WIDTH * done / 100)
                sys.stderr.write(f"{_CLEAR}{label} [{bar:<{_WIDTH}}] {done:3.0f} %")
                sys.stderr.flush()
    finally:
        if is_shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
