"""Pages asked for only if they have changed, of servers that do not keep to what that means."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.forker import Forker
from scrapers.newsroom.newsroom import EVENING, Request, Response
from scrapers.newsroom.scenarios import Failing
from scrapers.newsroom.server import Answer
from tests.visiting import BRIDGE, HOUR, STORIES, visit


def test_a_server_that_takes_no_notice_of_conditions(forker: Forker, tmp_path: Path) -> None:
    """It sends everything again; what has not changed is not kept again."""

    def forgetful(request: Request, answer: Answer) -> Response:
        return answer(Request(request.host, request.path))

    first = visit(forker, tmp_path, EVENING, [forgetful])
    again = visit(forker, tmp_path, EVENING + HOUR, [forgetful])
    assert {status for status, path in again.answers if path in STORIES} == {200}
    assert again.counts["unchanged"] == again.counts["fetched"] > 5
    assert again.articles == first.articles


@pytest.mark.parametrize("path", [BRIDGE, "/feeds/news.rss", "/"], ids=["article", "feed", "home page"])
def test_a_page_that_is_called_unchanged_and_was_never_sent(forker: Forker, tmp_path: Path, path: str) -> None:
    """It failed, and is asked for again: taken for unchanged it would be lost."""
    first = visit(forker, tmp_path, EVENING, [Failing(304, f"{path}$")])
    again = visit(forker, tmp_path, EVENING + HOUR / 2)
    (tmp_path / "undisturbed").mkdir()
    undisturbed = visit(forker, tmp_path / "undisturbed", EVENING + HOUR / 2)
    assert first.answered(path) == [304]
    assert (first.code, first.counts["unchanged"]) == (3, 0)
    assert first.counts["failed/not-sent"] == (0 if "feed" in path else 1)
    assert ("feed http://halmere-courier.example/feeds/news.rss: not-sent" in first.log) is ("feed" in path)
    assert again.answered(path) == [200]
    assert again.articles.keys() == undisturbed.articles.keys()


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"ETag": '"\xff\x80"', "Last-Modified": "yesterday"}, ('"\xff\x80"', "yesterday")),
        ({"ETag": f'"{"a" * 100_000}"', "Last-Modified": f"Sat, 03 May {'9' * 1000} 07:01:00 GMT"}, (None, None)),
        ({"ETag": '"\x01"'}, (None, None)),
    ],
    ids=["odd", "long", "control"],
)
def test_what_is_asked_conditionally_with(
    forker: Forker, tmp_path: Path, sent: dict[str, str], asked: tuple[str | None, str | None]
) -> None:
    """What was sent, letter by letter, but for what a server would refuse as a header of a request."""
    conditions = []

    def odd(request: Request, answer: Answer) -> Response:
        if request.path not in ("/robots.txt", "/feeds/news.rss", BRIDGE):
            return answer(request)
        conditions.append(tuple(request.headers.get(name) for name in ("if-none-match", "if-modified-since")))
        page = answer(Request(request.host, request.path))
        return Response(200, page.body, {"Content-Type": page.headers["Content-Type"], **sent})

    first = visit(forker, tmp_path, EVENING, [odd])
    again = visit(forker, tmp_path, EVENING + HOUR, [odd])
    assert conditions == [(None, None)] * 3 + [asked] * 3
    assert again.articles == first.articles
