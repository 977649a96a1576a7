"""Hosts that misbehave beside healthy ones, which must not be held up."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

from benchmarks.forker import Forker
from pipelines.store.collection import open_collection
from scrapers.newsroom.newsroom import EVENING, Newsroom, Request, Response
from scrapers.newsroom.server import Answer, Server, serve
from tests.serving import article, write_urls

HEALTHY, HANGING = [f"healthy-{n}.example" for n in range(4)], [f"hanging-{n}.example" for n in range(20)]
PAGES = 6


@dataclass
class Hosts:
    """Answers for invented hosts; those that hang answer only when the healthy ones have answered everything."""

    busy: int = 2
    answered: int = 0
    all_healthy: Event = field(default_factory=Event)
    in_vain: list[str] = field(default_factory=list)

    def __call__(self, request: Request, answer: Answer) -> Response:  # noqa: ARG002
        kind = request.host.partition("-")[0].partition(".")[0]
        if kind == "hanging" and not self.all_healthy.wait(30):
            self.in_vain.append(request.host)
        if request.path == "/robots.txt":
            return Response(404)
        if kind == "dying":
            raise ConnectionError("it dies")
        if kind == "busy" and self.busy:
            self.busy -= 1
            return Response(429, headers={"Retry-After": "1"})
        if kind == "healthy":
            self.answered += 1
            if self.answered == len(HEALTHY) * PAGES:
                self.all_healthy.set()
        page = article(f"News of {request.host}{request.path}").replace("lighthouse", f"pier of {request.host}")
        return Response(200, page.encode(), {"Content-Type": "text/html"})


def test_healthy_hosts_are_not_held_up(tmp_path: Path, monkeypatch: Any) -> None:
    """All their pages come while twenty hosts have not answered once: not by the clock, which other work would bend."""
    monkeypatch.setattr(Server, "handle_error", lambda *_: sys.exc_info())  # the host that dies is part of the test
    hosts = Hosts()
    urls = [f"http://{host}/{page}" for page in range(PAGES) for host in (*HEALTHY, "busy.example", "dying.example")]
    urls += [f"http://{host}/{page}" for host in HANGING for page in range(2)]
    with serve(Newsroom(), [hosts]) as server, Forker() as forker:
        settings = {"DATA_DIR": tmp_path, "ALLOWED_PRIVATE_HOSTS": server.address, "DOWNLOAD_DELAY": 0}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        command = ["crawl", "news", "-a", f"urls={write_urls(tmp_path, *urls)}", *options]
        now = EVENING.timestamp()
        code = forker.run(
            command, tmp_path / "log", prepare="tests.visiting:turn", proxy=f"http://{server.address}", now=now
        )
        busy = [(visit.status, visit.started, visit.ended) for visit in server.log if visit.host == "busy.example"]
    assert hosts.in_vain == []
    with open_collection(tmp_path / "news") as collection:
        kept = {article.site for article in collection.articles()}
        assert len(collection) == PAGES * (len(HEALTHY) + 1) + 2 * len(HANGING)
        assert kept == {*HEALTHY, *HANGING, "busy.example"}
        assert collection.runs()[-1].counts["failed/connection"] == PAGES
    assert code == 3
    pauses = [later[1] - ended for (status, _, ended), later in pairwise(busy) if status == 429]
    assert (len(pauses), min(pauses) >= 1) == (2, True)
