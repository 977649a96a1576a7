"""The newsroom answers as its clock and its scenarios say."""

from __future__ import annotations

from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.request import ProxyHandler, build_opener

import pytest

from scrapers.newsroom.newsroom import EVENING, Newsroom, Request
from scrapers.newsroom.scenarios import Failing, Slow
from scrapers.newsroom.server import serve
from scrapers.newsroom.story import HOST

KELP, BRIDGE = "/business/kelp-yard-orders-up", "/2025/10/22/sable-strait-bridge-reopens/"


def newsroom_at(moment: datetime) -> Newsroom:
    return Newsroom(lambda: moment)


def get(newsroom: Newsroom, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    response = newsroom.answer(Request(HOST, path, {name.replace("_", "-"): value for name, value in headers.items()}))
    return response.status, response.body, response.headers


def test_stories_appear_and_change_with_the_clock() -> None:
    before, evening, later = (newsroom_at(EVENING + timedelta(hours=hours)) for hours in (-24, 0, 3))
    assert get(before, KELP)[0] == 404
    assert KELP.encode() not in get(before, "/feeds/news.rss")[1]
    assert KELP.encode() in get(evening, "/feeds/news.rss")[1]
    assert b"threaten to sue" not in get(evening, KELP)[1]
    assert b"threaten to sue" in get(later, KELP)[1]


def test_an_unchanged_page_is_304_until_it_changes() -> None:
    evening, later = newsroom_at(EVENING), newsroom_at(EVENING + timedelta(hours=3))
    headers = get(evening, KELP)[2]
    for name in ("ETag", "Last-Modified"):
        asked = {"if_none_match" if name == "ETag" else "if_modified_since": headers[name]}
        assert get(evening, KELP, **asked)[:2] == (304, b"")
        assert get(later, KELP, **asked)[0] == 200


def test_every_story_is_listed_and_answers() -> None:
    newsroom = newsroom_at(EVENING)
    for story in newsroom.stories:
        assert all(story in [listed for listed, _ in newsroom.published(path)] for path in story.listed), story.slug
        assert get(newsroom, story.path)[0] == (404 if story.rejection == "http-404" else 200), story.slug
        for path in story.parts:
            assert get(newsroom, path)[0] == 200


def test_a_section_goes_on_over_several_pages() -> None:
    newsroom = newsroom_at(EVENING)
    assert b'<a rel="next" href="/news/page/2/">' in get(newsroom, "/news/")[1]
    assert b'rel="next"' not in get(newsroom, "/news/page/2/")[1]
    assert get(newsroom, "/news/page/3/")[0] == 404


def test_a_moved_page() -> None:
    status, _, headers = get(newsroom_at(EVENING), "/old/ferry-timetable-for-the-winter.html")
    assert (status, headers["Location"]) == (301, f"http://{HOST}/news/2025/10/17/winter-ferry-timetable")


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", BRIDGE])
def test_the_site_bears_the_name_by_which_it_is_asked(path: str) -> None:
    with serve(newsroom_at(EVENING)) as server:
        connection = HTTPConnection(server.address)
        connection.request("GET", path)
        body = connection.getresponse().read()
        connection.close()
    assert f"http://{server.address}/".encode() in body
    assert HOST.encode() not in body


def test_a_proxy_serves_any_host_and_logs_it() -> None:
    with serve(newsroom_at(EVENING)) as server:
        opener = build_opener(ProxyHandler({"http": f"http://{server.address}"}))
        with opener.open("http://other.example/robots.txt?a=1", timeout=5) as response:
            body = response.read()
    assert b"Sitemap: http://other.example/sitemap.xml" in body
    assert [(visit.host, visit.path, visit.status) for visit in server.log] == [("other.example", "/robots.txt", 200)]


def test_scenarios_answer_before_the_newsroom() -> None:
    busy = Failing(429, BRIDGE, times=1, headers={"Retry-After": "1"})
    down = Failing(503, host="down.example")
    with serve(newsroom_at(EVENING), [Slow(0.05, KELP), busy, down]) as server:
        answers = [server.answer(Request(host, path)).status for host, path in [
            (HOST, BRIDGE), (HOST, BRIDGE), (HOST, KELP), ("down.example", KELP), ("down.example", KELP),
        ]]  # fmt: skip
    assert answers == [429, 200, 200, 503, 503]
    assert all(visit.ended - visit.started >= 0.05 for visit in server.log if visit.path == KELP)
