"""A server on loopback that tests fill with replies, and the outcome of a crawl."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import SSLContext
from threading import Lock, Thread
from typing import Any

PROJECT = Path(__file__).parents[1]


@dataclass
class Reply:
    """What a server answers. `raw` is written as it is, instead of a response, and the connection closed."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    raw: bytes | None = None
    pause: float = 0
    """Seconds before it is sent."""


@dataclass
class Server:
    """A server on loopback. Paths without a reply answer 404; `requests` are the paths asked, in order.

    It also answers as a proxy: there the path is the whole address.
    """

    netloc: str = ""
    scheme: str = "http"
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _heads: list[dict[str, str]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    def serve(self, path: str, *replies: Reply | bytes | str) -> str:
        """Answer a path with these replies one after another, the last for ever; return its address."""
        self.replies[path] = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]
        return self.url + path

    def headers(self, name: str) -> list[str | None]:
        """Return this header of each request."""
        return [head.get(name.lower()) for head in self._heads]

    def answer(self, path: str, head: dict[str, str]) -> Reply:
        """Note a request and return what it is answered with."""
        with self._lock:
            self.requests.append(path)
            self.times.append(time.monotonic())
            self._heads.append({name.lower(): value for name, value in head.items()})
            replies = self.replies.get(path, [Reply("<h1>Not found</h1>", 404)])
            return replies.pop(0) if len(replies) > 1 else replies[0]

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the requests that are answered at the same time."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        yield
        with self._lock:
            self._at_once -= 1


@contextmanager
def serving(tls: SSLContext | None = None) -> Iterator[Server]:
    """Serve at a port that the system chose."""
    server = Server(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are written apart: the second would wait 40 ms

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.do_GET()

        def do_GET(self) -> None:
            with server.busy():
                reply = server.answer(self.path, dict(self.headers))
                time.sleep(reply.pause)
                if reply.raw is not None:
                    self.wfile.write(reply.raw)
                    self.close_connection = True
                else:
                    self._send(reply)

        def _send(self, reply: Reply) -> None:
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet: the requests are in `Server.requests`."""

    class Web(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Keep quiet: clients that hang up are part of the tests."""

    web = Web(("127.0.0.1", 0), Handler)
    if tls:
        web.socket = tls.wrap_socket(web.socket, server_side=True)
    server.netloc = f"127.0.0.1:{web.server_port}"
    thread = Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        thread.join()
        web.server_close()


@dataclass
class Crawl:
    """How a crawl ended, with everything that its spider yielded."""

    articles: list[dict[str, Any]]
    rejections: list[dict[str, Any]]
    stats: dict[str, Any]
    exit_code: int
    log: str

    @property
    def reasons(self) -> dict[str, str]:
        """Address -> why it became no article."""
        return {rejection["url"]: rejection["reason"] for rejection in self.rejections}


def crawl_with(
    server: Server,
    spider: str,
    *,
    settings: dict[str, Any] | None = None,
    env: dict[str, str] | None = None,
    **options: str,
) -> Crawl:
    """Run a spider in a process of its own, with the project's settings, without pipelines and without delay.

    One request at a time, as the Frontier asks a host: requests that wait at the same time arrive in any order.
    """
    chosen = {"ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 1, **(settings or {})}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.run_spider", spider, json.dumps(options), json.dumps(chosen)],
        cwd=PROJECT,
        env={"PATH": "", **(env or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    return Crawl(
        articles=[line["Article"] for line in lines if "Article" in line],
        rejections=[line["Rejection"] for line in lines if "Rejection" in line],
        stats=next((line["stats"] for line in lines if "stats" in line), {}),
        exit_code=ended.returncode,
        log=ended.stderr,
    )


def write_urls(folder: Path, *urls: str) -> str:
    """Write addresses into a file, a line each, and return its name."""
    file = folder / "urls.txt"
    file.write_text("\n".join(urls), encoding="utf-8")
    return str(file)


def article(title: str, *, head: str = "", foot: str = "") -> str:
    """Return the page of an invented article."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - The Harbour Post</title>{head}</head>"
        f"<body><main><article><h1>{title}</h1><p class=byline>By Ada Brook</p>{paragraphs}</article>{foot}</main>"
        "</body></html>"
    )


PARAGRAPHS = (
    "The council of Norderhaven voted on Tuesday evening to rebuild the old lighthouse, after a debate of four hours in"
    " which nineteen residents spoke.",
    "Work is to begin in spring, said the mayor, and should be finished before the regatta; the harbour stays open to"
    " fishing boats throughout, though the east pier will be closed for about six weeks.",
    "The plan costs less than the one that was dropped two years ago, because the tower keeps its walls and only the"
    " lantern room is replaced.",
)
