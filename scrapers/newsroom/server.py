"""Serves the newsroom on a loopback port, directly or as the HTTP proxy of a crawl, and logs what it was asked."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import urlsplit

from scrapers.newsroom.newsroom import Newsroom, Request, Response

Answer = Callable[[Request], Response]

Scenario = Callable[[Request, Answer], Response]
"""A way to misbehave: answers in the newsroom's place, or lets it answer by calling the second argument."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the log."""

    host: str
    path: str
    status: int
    started: float
    ended: float
    """Monotonic seconds; `ended` is before the answer is sent."""


class Server(ThreadingHTTPServer):
    """The newsroom behind its scenarios, the first of them outermost; `address` is where it listens."""

    daemon_threads = True

    def __init__(self, newsroom: Newsroom, scenarios: Sequence[Scenario] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond: Answer = newsroom.answer
        for scenario in reversed(scenarios):
            self.respond = partial(_behind, scenario, self.respond)
        self.log: list[Visit] = []
        self._lock = Lock()

    @property
    def address(self) -> str:
        """Host and port: `127.0.0.1:40123`."""
        return f"127.0.0.1:{self.server_port}"

    def answer(self, request: Request) -> Response:
        """Answer a request and log it."""
        started = time.monotonic()
        response = self.respond(request)
        with self._lock:
            self.log.append(Visit(request.host, request.path, response.status, started, time.monotonic()))
        return response


@contextmanager
def serve(newsroom: Newsroom, scenarios: Sequence[Scenario] = ()) -> Iterator[Server]:
    """Serve the newsroom in a thread until the block ends."""
    with Server(newsroom, scenarios) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _behind(scenario: Scenario, answer: Answer, request: Request) -> Response:
    return scenario(request, answer)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are written apart: the second would wait 40 ms
    timeout = 30  # seconds that a kept-alive connection may idle

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = target.netloc or headers.get("host", "")
        response = self.server.answer(Request(host, target.path, headers))
        body = response.body
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        is_page = bool(body) and response.headers.get("Content-Type") == "text/html"
        if is_page and "gzip" in headers.get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: `Server.log` holds it."""
