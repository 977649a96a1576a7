"""Runs commands the way a person does, and serves pages for them on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

PROJECT = Path(__file__).parents[2]
Scrapy = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    """Run `scrapy ARGUMENTS` in the project."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy.cmdline", *map(str, arguments)]
        return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, tuple[int, str, bytes]]], str]]:
    """Serve path -> (status, content type, body) on loopback; the rest is 404. Returns the host and port."""
    servers: list[ThreadingHTTPServer] = []

    def start(pages: dict[str, tuple[int, str, bytes]]) -> str:
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, pages)))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, pages: dict[str, tuple[int, str, bytes]], *arguments: object) -> None:
        self.pages = pages
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        status, content_type, body = self.pages.get(self.path, (404, "text/html", b"<h1>Not found</h1>"))
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""
