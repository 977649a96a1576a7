"""Whatever a spider does, each page comes to one end, and the ledger knows it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.core.engine import ExecutionEngine, _Slot

from benchmarks.forker import Forker
from pipelines import open_collection
from pipelines.store.verify import verify
from scrapers.queue.stored_request import CannotStoreRequest, dump, load
from tests.serving import Reply, Server

Crawls = Callable[..., dict[str, tuple[str, str | None]]]


@pytest.fixture
def crawl_cases(forker: Forker, server: Server, tmp_path: Path) -> Crawls:
    """Crawl the pages of these cases and return path -> (outcome, reason) as the ledger has them."""

    def run(*cases: str, **settings: Any) -> dict[str, tuple[str, str | None]]:
        for case in cases:
            if f"/{case}" not in server.replies:
                server.serve(f"/{case}", "page")
        chosen = {
            "SPIDER_MODULES": "tests.odd",
            "DATA_DIR": tmp_path,
            "ALLOWED_PRIVATE_HOSTS": server.netloc,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "RETRY_TIMES": 1,
            "LOG_LEVEL": "INFO",
            **settings,
        }
        options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        command = ["crawl", "odd", "-a", f"site={server.url}", "-a", f"cases={','.join(cases)}", *options]
        code = forker.run(command, tmp_path / "log")
        assert code in (0, 1, 3), (tmp_path / "log").read_text()
        faults = [str(fault) for fault in verify(tmp_path / "odd")]
        assert faults == []
        with sqlite3.connect(tmp_path / "odd" / "ledger.db") as ledger:
            rows = ledger.execute("SELECT url, outcome, reason, state FROM pages").fetchall()
        ledger.close()
        assert {state for *_, state in rows} <= {2, 3}
        return {url.removeprefix(server.url): (outcome, reason) for url, outcome, reason, _ in rows}

    return run


def kept(tmp_path: Path) -> list[str]:
    with open_collection(tmp_path / "odd") as collection:
        return sorted(str(article.title).removeprefix("Story of ") for article in collection.articles())


@pytest.mark.parametrize(
    ("case", "outcome", "titles"),
    [
        ("plain", ("kept", None), ["/plain"]),
        ("nothing", ("source", None), []),
        ("raises", ("failed", "callback-error"), ["/raises"]),
        ("no_title", ("rejected", "no-title"), []),
        ("pipeline_error", ("failed", "pipeline-error"), []),
        ("hands_on_its_meta", ("source", None), ["/child"]),
        ("retries", ("kept", None), ["/retries"]),
        ("odd_meta", ("failed", "link-not-stored"), []),
        ("odd_callback", ("failed", "link-not-stored"), []),
        ("moves", ("source", None), ["/target"]),
        ("loops", ("rejected", "redirects"), []),
        ("not_filtered", ("source", None), ["/0", "/1", "/2", "/once"]),
        ("errback", ("source", None), ["/instead"]),
        ("posts", ("source", None), ["/form-a=1", "/form-a=2"]),
    ],
)
def test_each_page_comes_to_its_end(
    server: Server, crawl_cases: Crawls, tmp_path: Path, case: str, outcome: tuple[str, str | None], titles: list[str]
) -> None:
    server.serve("/retries", Reply("not yet"), Reply("now"))
    for path in ("/moved-1", "/moved-2"):
        server.serve(path, Reply(status=302, headers={"Location": "/target"}))
    server.serve("/loops", Reply(status=302, headers={"Location": "/loops"}))
    for path in ("/child", "/target", "/same", "/once", "/instead", "/form", "/a"):
        server.serve(path, "page")
    found = crawl_cases(case)
    assert found[f"/{case}"] == outcome
    assert kept(tmp_path) == titles
    if case == "not_filtered":
        assert (server.requests.count("/same"), server.requests.count("/once")) == (3, 1)
    if case == "moves":
        assert sorted((found["/moved-1"], found["/moved-2"])) == [("duplicate", "moved"), ("kept", None)]
        assert server.requests.count("/target") == 1
    if case == "errback":
        assert found["/gone"] == ("failed", "missed")
        assert found["/gone-too"] == ("source", "http-404")
        assert found["/gone-as-well"] == ("failed", "http-404")


@pytest.mark.parametrize("at_once", [1, 8])
@pytest.mark.parametrize(
    ("moves", "ends"),
    [
        ({"nothing": "no_title", "no_title": "nothing"}, ["duplicate", "rejected"]),
        ({"nothing": "no_title", "no_title": "plain", "plain": "nothing"}, ["duplicate", "duplicate", "rejected"]),
        ({"nothing": "no_title", "no_title": "plain"}, ["duplicate", "duplicate", "kept"]),
    ],
    ids=["two in a ring", "three in a ring", "in a row"],
)
def test_pages_that_redirect_to_each_other(
    server: Server, crawl_cases: Crawls, moves: dict[str, str], ends: list[str], at_once: int
) -> None:
    """Each would pass for a spelling of the next, and nothing would be kept or rejected."""
    for page, target in moves.items():
        server.serve(f"/{page}", Reply(status=302, headers={"Location": f"/{target}"}))
    found = crawl_cases("nothing", "no_title", "plain", CONCURRENT_REQUESTS_PER_DOMAIN=at_once)
    assert sorted(found[f"/{page}"][0] for page in {*moves, *moves.values()}) == ends
    reasons = {"duplicate": "moved", "rejected": "redirects"}
    assert all(reason == reasons.get(outcome) for outcome, reason in found.values())


def test_a_page_that_redirects_to_and_fro(server: Server, crawl_cases: Crawls) -> None:
    """Between its address with and without a final slash, which are one page to the queue."""
    for path, target in {"/plain": "/plain/", "/plain/": "/plain"}.items():
        server.serve(path, Reply(status=301, headers={"Location": target}))
    assert crawl_cases("plain") == {"/plain": ("rejected", "redirects")}
    assert server.requests == ["/plain", "/plain/"]


def test_a_ring_is_named_by_an_address_that_was_asked_for(server: Server, crawl_cases: Crawls, tmp_path: Path) -> None:
    for page, target in {"nothing": "between", "between": "no_title", "no_title": "nothing"}.items():
        server.serve(f"/{page}", Reply(status=302, headers={"Location": f"/{target}"}))
    crawl_cases("nothing", "no_title")
    with open_collection(tmp_path / "odd") as collection:
        rejected = {rejection.url.removeprefix(server.url) for rejection in collection.rejected()}
    assert rejected
    assert rejected <= {"/nothing", "/no_title"}


def test_cases_beside_each_other(crawl_cases: Crawls, tmp_path: Path) -> None:
    """A link that cannot be stored fails the page that led to it and no other, however many are read at once."""
    found = crawl_cases(
        "plain", "odd_meta", "no_title", "odd_callback", "nothing", "start_item", CONCURRENT_REQUESTS_PER_DOMAIN=8
    )
    assert found == {
        "/plain": ("kept", None),
        "/odd_meta": ("failed", "link-not-stored"),
        "/no_title": ("rejected", "no-title"),
        "/odd_callback": ("failed", "link-not-stored"),
        "/nothing": ("source", None),
    }
    assert kept(tmp_path) == ["/plain", "/start_item"]


@pytest.mark.parametrize("items", [1, 100])
def test_any_number_of_concurrent_items(server: Server, crawl_cases: Crawls, tmp_path: Path, items: int) -> None:
    for number in range(12):
        server.serve(f"/many/{number}", "page")
    crawl_cases("many", "odd_meta", CONCURRENT_ITEMS=items, CONCURRENT_REQUESTS_PER_DOMAIN=4)
    assert len(kept(tmp_path)) == 12


def test_one_request_at_a_time_of_a_host(server: Server, crawl_cases: Crawls) -> None:
    for number in range(12):
        server.serve(f"/many/{number}", "page")
    crawl_cases("many", CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert len(server.requests) == 13
    assert server.most_at_once == 1


def test_pages_do_not_wait_for_the_garbage_collector(server: Server, crawl_cases: Crawls, tmp_path: Path) -> None:
    for number in range(12):
        server.serve(f"/many/{number}", "page")
    crawl_cases("many", "errback", EXTENSIONS='{"tests.cycle_watch.CycleWatch": 0}')
    assert "IN CYCLES []" in (tmp_path / "log").read_text()


def test_what_robots_txt_forbids_is_rejected_unfetched(server: Server, crawl_cases: Crawls) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /forbidden\nDisallow: /many/")
    found = crawl_cases("forbidden", "many", "plain", ROBOTSTXT_OBEY=True, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    assert {path: end for path, end in found.items() if end == ("rejected", "robots")}.keys() == {
        "/forbidden",
        *(f"/many/{number}" for number in range(12)),
    }
    assert sorted(server.requests) == ["/many", "/plain", "/robots.txt"]


def test_a_page_waits_until_it_is_due(server: Server, crawl_cases: Crawls) -> None:
    server.serve("/later", "page")
    found = crawl_cases("waits")
    assert found["/later"] == ("kept", None)
    assert server.times[1] - server.times[0] >= 0.9


def test_a_host_that_does_not_answer(crawl_cases: Crawls, server: Server) -> None:
    server.serve("/plain", Reply(raw=b""))
    assert crawl_cases("plain")["/plain"][0] == "failed"
    assert server.requests.count("/plain") == 2


def test_the_next_crawl_asks_again_for_what_may_have_changed(server: Server, crawl_cases: Crawls) -> None:
    server.serve("/retries", Reply(status=500), Reply(status=500), "now")
    server.serve("/no_title", Reply(status=404))
    cases = ("plain", "nothing", "raises", "retries", "no_title")
    crawl_cases(*cases)
    server.requests.clear()
    found = crawl_cases(*cases)
    # a page that only led on, a server that was busy, and a spider that may be better now
    assert sorted(server.requests) == ["/nothing", "/raises", "/retries"]
    assert found["/retries"] == ("kept", None)


def test_a_host_that_asked_to_be_left_alone_is_so_after_a_restart(
    server: Server, crawl_cases: Crawls, tmp_path: Path
) -> None:
    crawl_cases("plain")
    until = time.time() + 1.5
    with closing(sqlite3.connect(tmp_path / "odd" / "ledger.db")) as ledger:
        ledger.execute("INSERT INTO rests VALUES ('127.0.0.1', ?)", (until,))
        ledger.commit()
    assert crawl_cases("nothing")["/nothing"] == ("source", None)
    assert server.times[-1] - time.monotonic() >= until - time.time()


@pytest.mark.parametrize("command", [["fetch"], ["shell", "-c", "response.text"]])
def test_commands_of_scrapy_keep_nothing(forker: Forker, server: Server, tmp_path: Path, command: list[str]) -> None:
    url = server.serve("/plain", "a page")
    chosen = {"ALLOWED_PRIVATE_HOSTS": server.netloc, "DATA_DIR": tmp_path / "data", "ROBOTSTXT_OBEY": False}
    options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    assert forker.run([*command, "--nolog", url, *options], tmp_path / "log") == 0
    assert "a page" in (tmp_path / "log").read_text()
    assert not (tmp_path / "data").exists()


def test_the_engine_has_what_tells_the_end_of_a_page() -> None:
    """The private names of Scrapy that the Frontier uses."""
    assert "_slot" in ExecutionEngine.__init__.__code__.co_names
    assert {"inprogress", "nextcall"} <= set(_Slot.__init__.__code__.co_names)


class _Caller(Spider):
    name = "caller"

    def read(self, response: Any) -> None:
        """Read nothing."""


def test_a_request_comes_back_as_it_was() -> None:
    spider = _Caller()
    request = Request(
        "https://harbour.example/é?b=1",
        method="POST",
        body=b"\xff\x00",
        headers={"X-A": ["1", "2"]},
        cookies={"a": "1"},
        meta={"depth": 2, "entry": {"title": "Sturm"}},
        cb_kwargs={"n": 1},
        priority=-3,
        dont_filter=True,
        flags=["x"],
        encoding="latin-1",
        callback=spider.read,
    )
    loaded = load(dump(request, spider), 7, spider)
    assert loaded.meta.pop("page") == 7
    assert loaded.to_dict(spider=spider) == request.to_dict(spider=spider)


def test_the_proxy_of_the_environment_is_not_stored() -> None:
    of_proxy = {"proxy": "http://proxy.example:3128", "_auth_proxy": "http://proxy.example:3128", "_scheme_proxy": True}
    headers = {"Proxy-Authorization": "Basic c2VjcmV0", "Accept": "text/html"}
    request = Request("https://harbour.example/", meta={**of_proxy, "depth": 1}, headers=headers)
    loaded = load(dump(request, _Caller()), 7, _Caller())
    assert loaded.meta == {"depth": 1, "page": 7}
    assert loaded.headers.to_unicode_dict() == {"Accept": "text/html"}
    chosen = Request("https://harbour.example/", meta={"proxy": "http://proxy.example:3128"})
    assert load(dump(chosen, _Caller()), 7, _Caller()).meta["proxy"] == "http://proxy.example:3128"


@pytest.mark.parametrize("bad", [{"a": object()}, {"a": b"x"}, {"a": float("nan")}, {"a": {1, 2}}])
def test_meta_that_is_not_plain_json(bad: dict[str, Any]) -> None:
    with pytest.raises(CannotStoreRequest, match=r"https://harbour\.example/ is not plain JSON"):
        dump(Request("https://harbour.example/", meta=bad), _Caller())


def test_a_callback_that_the_spider_lost() -> None:
    stored = dump(Request("https://harbour.example/", callback=(spider := _Caller()).read), spider)
    with pytest.raises(CannotStoreRequest, match=r"calls read\(\), which plain has not"):
        load(stored, 1, Spider("plain"))
