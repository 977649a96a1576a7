"""`scrapy health` judges collections and tells each change of verdict once."""

from __future__ import annotations

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipelines.article import Rejection
from pipelines.store.outcome import Outcome
from pipelines.store.report import Asked
from pipelines.store.writer import CollectionWriter
from tests.commands.conftest import Scrapy


def run(folder: Path, *, forbidden: int) -> None:
    """Add a run to a collection in which the feed could be read, and so many pages not."""
    writer = CollectionWriter(folder)
    feed = Outcome(asked=Asked(url="http://post.example/feed", kind="feed", status="http-200", listed=9))
    feed.counts.update({"requests": 1, "status/200": 1})
    writer.finish(None, feed)
    for number in range(9):
        outcome = Outcome(results={"unchanged"})
        if number < forbidden:
            outcome = Outcome()
            outcome.reject(Rejection(url=f"http://post.example/{number}", reason="http-403"), "failed")
        writer.finish(None, outcome)
    writer.commit()
    writer.end("finished")


@contextmanager
def listening(server: socketserver.BaseServer) -> Iterator[int]:
    """Serve on loopback until the block ends; give the port."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[misc]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hook() -> Iterator[tuple[int, list[Any], list[int]]]:
    """A webhook: its port, what was posted, and the statuses that it answers, 200 when there are no more."""
    posted: list[Any] = []
    statuses: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    with listening(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, posted, statuses


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes everything: its port, and the messages."""
    messages: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 post.example\r\n")
            while line := self.rfile.readline():
                command = line[:4].upper().strip()
                self.wfile.write({b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(command, b"250 ok\r\n"))
                if command == b"QUIT":
                    return
                if command == b"DATA":
                    lines = iter(self.rfile.readline, b".\r\n")
                    messages.append(b"".join(lines).decode())
                    self.wfile.write(b"250 ok\r\n")

    with listening(socketserver.TCPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, messages


def test_verdict_and_exit_code(scrapy: Scrapy, tmp_path: Path) -> None:
    run(tmp_path / "harbour", forbidden=0)
    run(tmp_path / "post", forbidden=9)
    once = scrapy("health", "-s", f"DATA_DIR={tmp_path}")
    assert once.returncode == 0, "a single crawl that fails is often chance"
    assert "post                     BLOCKED, not confirmed yet: 1 of 2 crawls\n" in once.stdout
    run(tmp_path / "post", forbidden=9)
    both = scrapy("health", "-s", f"DATA_DIR={tmp_path}")
    assert both.returncode == 8
    assert [line.split()[:2] for line in both.stdout.splitlines() if line[0] != " "] == [
        ["harbour", "ok"],
        ["post", "BLOCKED"],
    ]
    assert ", 2 crawls in a row" in both.stdout
    assert "9 of 9 pages: 9 http-403; before 0%" in both.stdout
    one = scrapy("health", "harbour", "--json", "-s", f"DATA_DIR={tmp_path}")
    assert one.returncode == 0
    health = json.loads(one.stdout)
    assert (health["site"], health["verdict"], health["confirmed"]) == ("harbour", "ok", False)


def test_a_report_tells_which_verdict_is_not_confirmed(scrapy: Scrapy, tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        run(tmp_path / "data" / "post", forbidden=9)
        assert scrapy("report", "-s", f"DATA_DIR={tmp_path}/data", tmp_path / "report.html").returncode == 0
        told.append((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert ">blocked, not confirmed yet: 1 of 2 crawls<" in told[0]
    assert ">blocked<" in told[1]


def test_what_cannot_be_judged(scrapy: Scrapy, tmp_path: Path) -> None:
    nothing = scrapy("health", "-s", f"DATA_DIR={tmp_path}")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "nothing was crawled yet" in nothing.stderr
    run(tmp_path / "harbour", forbidden=0)
    other = scrapy("health", "post", "harbour", "-s", f"DATA_DIR={tmp_path}")
    assert other.returncode == 1
    assert "post is no collection" in other.stderr
    assert "harbour" in other.stdout


def test_a_change_is_told_once(
    scrapy: Scrapy, tmp_path: Path, hook: tuple[int, list[Any], list[int]], mailbox: tuple[int, list[str]]
) -> None:
    port, posted, statuses = hook
    settings = {
        "DATA_DIR": tmp_path, "HEALTH_WEBHOOK": f"http://127.0.0.1:{port}/alert?key=1",
        "ALLOWED_PRIVATE_HOSTS": f"127.0.0.1:{port}", "HEALTH_MAIL_TO": "desk@post.example", "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": mailbox[0], "MAIL_FROM": "watch@post.example",
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    run(tmp_path / "post", forbidden=0)
    assert scrapy("health", *options).returncode == 0
    assert posted == []  # a site that begins well is no news

    for forbidden in (9, 0, 9):
        run(tmp_path / "post", forbidden=forbidden)
        assert scrapy("health", *options).returncode == 0
        assert posted == []  # nor is what comes and goes
    run(tmp_path / "post", forbidden=9)
    statuses.append(500)
    refused = scrapy("health", *options)
    assert refused.returncode == 1
    assert "answered 500" in refused.stderr
    assert [scrapy("health", *options).returncode for _ in range(2)] == [8, 8]
    for _ in range(2):
        run(tmp_path / "post", forbidden=0)
        assert scrapy("health", *options).returncode == 0
    told = [("ok", "blocked"), ("ok", "blocked"), ("blocked", "ok")]  # the first was refused, so told again
    assert [(each["before"], each["verdict"]) for each in posted] == told
    subjects = [line for message in mailbox[1] for line in message.splitlines() if line.startswith("Subject")]
    assert subjects == ["Subject: post: blocked (was ok)", "Subject: post: ok (was blocked)"]
    assert "9 http-403" in mailbox[1][0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433"])
def test_a_webhook_at_a_private_address_is_refused(scrapy: Scrapy, tmp_path: Path, host: str) -> None:
    run(tmp_path / "post", forbidden=9)
    settings = ("-s", f"DATA_DIR={tmp_path}", "-s", "HEALTH_CONFIRMED=1", "-s", f"HEALTH_WEBHOOK=http://{host}:8080/")
    refused = scrapy("health", *settings)
    assert refused.returncode == 1
    assert "no public address" in refused.stderr
