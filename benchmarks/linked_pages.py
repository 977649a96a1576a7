"""A raw HTTP server on loopback with pages that link to each other; it logs what it answered, with fsync.

It serves `/p/0` to `/p/<count - 1>`: articles, and among them pages that are missing, that moved, that fail once, and
that are no articles. All is text that was invented by a formula.
"""

from __future__ import annotations

import multiprocessing
import os
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

KINDS = {7: "missing", 13: "moved", 17: "fails-once", 23: "listing"}
"""What page n is, by n modulo 50; the others are articles."""

_WORDS = "harbour ferry council bridge winter market school river museum train garden storm".split()


def kind_of(number: int) -> str:
    return KINDS.get(number % 50, "article")


def page(number: int, count: int, words: int = 200) -> bytes:
    """Return the HTML of a page."""
    chosen = [_WORDS[(number * 7 + position * position) % len(_WORDS)] for position in range(words)]
    paragraphs = "".join(f"<p>{' '.join(chosen[start : start + 50])} {number}.</p>" for start in range(0, words, 50))
    targets = [number + 1, 2 * number + 1, 2 * number + 2]
    links = "".join(f'<a href="/p/{target}">{target}</a> ' for target in targets if target < count)
    heading = f"<h1>Story {number} of the {chosen[0]}</h1>" if kind_of(number) != "listing" else ""
    return f"<html><head><meta charset=utf-8></head><body>{heading}{paragraphs}{links}</body></html>".encode()


class LinkedPages(socketserver.ThreadingTCPServer):
    """Serves pages on a port that the system chooses; `log` gets a line `status path` for each answer."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, count: int, log: Path | None = None, words: int = 200, *, plain: bool = False) -> None:
        """Serve so many pages of so many words; `plain` ones are all articles."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.count, self.words, self.plain = count, words, plain
        self.failed_once: set[int] = set()
        self._ration, self._given = sys.maxsize, set[str]()
        self._rationing, self._changed = threading.Lock(), threading.Event()
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644) if log else None
        self._pages: dict[int, bytes] = {}

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def start(self) -> LinkedPages:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        if self._log is not None:
            os.close(self._log)

    def allow(self, pages: int = sys.maxsize) -> None:
        """Answer so many different pages in all, then keep whoever asks for another waiting until the next call."""
        with self._rationing:
            self._ration = pages
            self._changed.set()
            self._changed = threading.Event()

    @property
    def is_silent(self) -> bool:
        """Whether it has given all the pages that it may, so that no crawl of it can end."""
        return self._ration <= len(self._given)

    def admits(self, path: str) -> bool:
        """Return whether a page may be answered; if not, only once another number of pages is allowed."""
        with self._rationing:
            if path in self._given or len(self._given) < self._ration:
                self._given.add(path)
                return True
            changed = self._changed
        changed.wait()
        return False

    def forget(self) -> None:
        """Begin anew: no page was asked for, none has failed, all are allowed."""
        self.failed_once.clear()
        with self._rationing:
            self._given.clear()
        self.allow()

    def note(self, status: int, path: str) -> None:
        if self._log is not None:
            os.write(self._log, f"{status} {path}\n".encode())
            os.fsync(self._log)

    def answer(self, path: str) -> tuple[int, bytes, bytes]:
        """Return status, further header lines and body."""
        name = path.removeprefix("/p/")
        number = int(name) if name.isdecimal() else -1
        kind = "article" if self.plain else kind_of(number)
        if not 0 <= number < self.count or kind == "missing":
            return 404, b"", b"no such page"
        if kind == "moved":
            return 302, b"Location: /p/%d\r\n" % (number - 1), b""
        if kind == "fails-once" and number not in self.failed_once:
            self.failed_once.add(number)
            return 500, b"", b"try again"
        if number not in self._pages:
            if len(self._pages) > 10_000:
                self._pages.clear()
            self._pages[number] = page(number, self.count, self.words)
        return 200, b"Content-Type: text/html; charset=utf-8\r\n", self._pages[number]


class _Handler(socketserver.StreamRequestHandler):
    server: LinkedPages
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            while line := self.rfile.readline():
                while self.rfile.readline().strip():
                    pass
                path = line.split()[1].decode()
                if not self.server.admits(path):
                    return  # whoever asked was killed meanwhile
                status, headers, body = self.server.answer(path)
                self.wfile.write(b"HTTP/1.1 %d x\r\n%sContent-Length: %d\r\n\r\n" % (status, headers, len(body)) + body)
                self.server.note(status, path)
        except OSError:
            return  # the crawler was killed


@contextmanager
def elsewhere(make: Callable[[], LinkedPages]) -> Iterator[str]:
    """Serve from a process of its own, which takes no time of what is measured; give the server's address."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(make, there))
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _serve(make: Callable[[], LinkedPages], address: Connection) -> None:
    server = make()
    address.send(server.address)
    server.serve_forever()


def answered(log: Path, status: int) -> list[str]:
    """Return the paths that were answered with a status, in order, from a log."""
    pairs = (line.split() for line in log.read_text().splitlines())
    return [path for number, path in pairs if int(number) == status]
