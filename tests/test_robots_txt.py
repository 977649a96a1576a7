"""A robots.txt that fails, changes, is strange or asks for more patience than a crawl has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.forker import Forker
from pipelines.store.collection import open_collection
from pipelines.store.repair import repair
from scrapers.newsroom.newsroom import EVENING, Request, Response
from scrapers.newsroom.scenarios import Failing
from scrapers.newsroom.server import Answer, Scenario
from scrapers.newsroom.story import HOST, load_stories
from tests.crash.faults import CRASHED
from tests.serving import write_urls
from tests.visiting import BRIDGE, HOUR, paths, visit

NIGHT_TRAIN = next(story.path for story in load_stories() if story.parts)
ROBOTS = b"User-agent: *\nDisallow: /2025/10/22/"


@pytest.mark.parametrize(("failures", "codes"), [(2, (3, 0)), (None, (3, 3))], ids=["for a while", "for good"])
def test_a_robots_txt_that_fails(forker: Forker, tmp_path: Path, failures: int | None, codes: tuple[int, int]) -> None:
    """Nothing is asked meanwhile; what is refused in the end is asked for by the next crawl."""
    arguments = ["-s", "BACK_OFF=0.1", "-s", "ROBOTSTXT_RETRY_TIMES=2"]
    first = visit(forker, tmp_path, EVENING, [Failing(503, "/robots.txt", times=failures)], arguments=arguments)
    second = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert (first.code, second.code) == codes
    assert first.answered("/robots.txt") == [503, 503, *([200] if failures else [503])]
    assert first.answers[:2] == [(503, "/robots.txt")] * 2
    assert first.counts["rejected/robots-unreachable"] == (0 if failures else 1)
    assert len(second.articles) > 10


def closed(request: Request, answer: Answer) -> Response:
    """Let robots.txt forbid the page of the bridge; it has a validator."""
    if request.path != "/robots.txt":
        return answer(request)
    is_known = request.headers.get("if-none-match") == '"closed"'
    return Response(304 if is_known else 200, b"" if is_known else ROBOTS, {"ETag": '"closed"'})


def test_a_robots_txt_that_has_not_changed_is_obeyed_and_not_sent(forker: Forker, tmp_path: Path) -> None:
    first = visit(forker, tmp_path, EVENING - 24 * HOUR, [closed])
    second = visit(forker, tmp_path, EVENING, [closed])
    assert (first.answered("/robots.txt"), second.answered("/robots.txt")) == ([200], [304])
    assert (second.answered(BRIDGE), second.counts["rejected/robots"]) == ([], 1)
    assert second.counts["kept"] > 0


def test_a_robots_txt_that_has_changed_is_obeyed(forker: Forker, tmp_path: Path) -> None:
    visit(forker, tmp_path, EVENING - 24 * HOUR)
    second = visit(forker, tmp_path, EVENING, [closed])
    third = visit(forker, tmp_path, EVENING + HOUR / 4, [closed])
    assert (second.answered("/robots.txt"), third.answered("/robots.txt")) == ([200], [304])
    assert (second.answered(BRIDGE), second.counts["rejected/robots"]) == ([], 1)


@pytest.mark.parametrize("bounds", [[], ["-a", "since=2025-10-01"]], ids=["any day", "some days"])
def test_a_page_that_robots_txt_refused_is_asked_for_when_it_is_allowed(
    forker: Forker, tmp_path: Path, bounds: list[str]
) -> None:
    """While it is refused nothing more is said of it."""
    first = visit(forker, tmp_path, EVENING, [closed])
    still = [visit(forker, tmp_path, EVENING + n * HOUR / 8, [closed], arguments=bounds) for n in (1, 2)]
    opened = visit(forker, tmp_path, EVENING + 3 * HOUR / 8, arguments=bounds)
    later = visit(forker, tmp_path, EVENING + 4 * HOUR / 8, arguments=bounds)
    visits = (first, *still, opened, later)
    assert [each.answered(BRIDGE) for each in visits] == [[], [], [], [200], []]
    assert [each.counts["rejected/robots"] for each in visits] == [2, 0, 0, 0, 0]
    assert [each.counts["kept"] for each in visits[1:]] == [0, 0, 1, 0]
    assert BRIDGE in paths(opened.articles)


@pytest.mark.parametrize("point", ["write", "fsync", "transaction"])
def test_a_crawl_that_is_killed_while_it_asks_for_what_is_allowed_now(
    forker: Forker, tmp_path: Path, point: str
) -> None:
    visit(forker, tmp_path, EVENING, [closed])
    often = ["-s", "COMMIT_INTERVAL=0.02"]
    killed = visit(forker, tmp_path, EVENING + HOUR / 4, arguments=often, point=point, when="after", nth=2)
    resumed = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert killed.code == CRASHED
    assert BRIDGE in paths(resumed.articles)
    assert visit(forker, tmp_path, EVENING + HOUR).counts["kept"] == 0
    with open_collection(tmp_path / "newsroom") as collection:
        kept = [article.url for article in collection.articles()]
    assert len(kept) == len(set(kept))


def test_a_page_that_leads_to_what_robots_txt_refuses(forker: Forker, tmp_path: Path) -> None:
    """It is asked for again when that is allowed, and is one page throughout."""
    elsewhere = "/2025/10/22/moved/"

    def moved(request: Request, answer: Answer) -> Response:
        if request.path == BRIDGE:
            return Response(301, headers={"Location": f"http://{request.host}{elsewhere}"})
        return answer(Request(request.host, BRIDGE, request.headers) if request.path == elsewhere else request)

    def refused(request: Request, answer: Answer) -> Response:
        robots = Response(200, f"User-agent: *\nDisallow: {elsewhere}".encode())
        return robots if request.path == "/robots.txt" else moved(request, answer)

    first = visit(forker, tmp_path, EVENING, [refused])
    still = visit(forker, tmp_path, EVENING + HOUR / 4, [refused])
    opened = visit(forker, tmp_path, EVENING + HOUR / 2, [moved])
    assert [each.answered(BRIDGE) for each in (first, still, opened)] == [[301], [], []]
    assert [each.answered(elsewhere) for each in (first, still, opened)] == [[], [], [200]]
    assert [each.counts["rejected/robots"] for each in (first, still, opened)] == [1, 0, 0]
    assert (still.code, opened.code, opened.counts["kept"]) == (0, 0, 1)


def test_an_article_of_which_robots_txt_refuses_the_second_page(forker: Forker, tmp_path: Path) -> None:
    """It is told of once, and kept whole when that page is allowed, though its first page is not asked for again."""
    (part,) = next(story.parts for story in load_stories() if story.path == NIGHT_TRAIN)

    def refused(request: Request, answer: Answer) -> Response:
        robots = Response(200, f"User-agent: *\nDisallow: {part}".encode())
        return robots if request.path == "/robots.txt" else answer(request)

    first = visit(forker, tmp_path, EVENING, [refused])
    still = [visit(forker, tmp_path, EVENING + n * HOUR, [refused]) for n in (1, 2)]
    opened = visit(forker, tmp_path, EVENING + 3 * HOUR)
    assert [each.counts["rejected/robots"] for each in (first, *still, opened)] == [1, 0, 0, 0]
    assert [each.answered(part) for each in (first, *still, opened)] == [[], [], [], [200]]
    assert [NIGHT_TRAIN in paths(each.articles) for each in (first, *still, opened)] == [False, False, False, True]
    assert opened.answered(NIGHT_TRAIN) == []
    (tmp_path / "undisturbed").mkdir()
    whole = visit(forker, tmp_path / "undisturbed", EVENING).articles[f"http://{HOST}{NIGHT_TRAIN}"]
    assert opened.articles[f"http://{HOST}{NIGHT_TRAIN}"].body == whole.body


def broken(request: Request, answer: Answer) -> Response:
    """Send a robots.txt with two lengths."""
    return Response(200, ROBOTS, {"Content-Length": "7"}) if request.path == "/robots.txt" else answer(request)


@pytest.mark.parametrize("failing", [Failing(503, "/robots.txt"), broken], ids=["503", "broken"])
def test_a_refused_page_whose_robots_txt_fails_is_still_refused(
    forker: Forker, tmp_path: Path, failing: Scenario
) -> None:
    only = ["-a", "site=", "-a", f"urls={write_urls(tmp_path, f'http://{HOST}{BRIDGE}')}"]
    first = visit(forker, tmp_path, EVENING, [closed], arguments=only)
    still = visit(forker, tmp_path, EVENING, [failing], arguments=[*only, "-s", "ROBOTSTXT_RETRY_TIMES=0"])
    opened = visit(forker, tmp_path, EVENING, arguments=only)
    assert [each.answered(BRIDGE) for each in (first, still, opened)] == [[], [], [200]]
    assert [each.counts["rejected"] for each in (first, still, opened)] == [1, 0, 0]


def test_a_refusal_whose_record_is_lost_is_told_anew(forker: Forker, tmp_path: Path) -> None:
    only = ["-a", "site=", "-a", f"urls={write_urls(tmp_path, f'http://{HOST}{BRIDGE}')}"]
    visit(forker, tmp_path, EVENING, [closed], arguments=only)
    (lost,) = (tmp_path / "newsroom" / "rejected").iterdir()
    lost.unlink()
    list(repair(tmp_path / "newsroom"))
    again = visit(forker, tmp_path, EVENING, [closed], arguments=only)
    assert again.counts["rejected/robots"] == 1
    assert any((tmp_path / "newsroom" / "rejected").iterdir())


def test_a_page_whose_robots_txt_is_asked_for_with_it_alone(forker: Forker, tmp_path: Path) -> None:
    """No list stands on its host."""
    only = ["-a", "site=", "-a", f"urls={write_urls(tmp_path, f'http://{HOST}{BRIDGE}')}"]
    visits = [visit(forker, tmp_path, EVENING, scenarios, arguments=only) for scenarios in ([closed], [closed], [], [])]
    assert [each.answered(BRIDGE) for each in visits] == [[], [], [200], []]
    assert [each.counts["rejected/robots"] for each in visits] == [1, 0, 0, 0]
    assert [each.code for each in visits] == [3, 3, 0, 0]


@pytest.mark.parametrize("lose", ["DELETE FROM robots", "DROP TABLE robots"], ids=["copy", "table"])
def test_a_robots_txt_of_which_no_copy_is_kept_is_sent(forker: Forker, tmp_path: Path, lose: str) -> None:
    """Older collections have no table of them."""
    visit(forker, tmp_path, EVENING)
    with closing(sqlite3.connect(tmp_path / "newsroom" / "ledger.db")) as ledger:
        ledger.execute(lose)
        ledger.commit()
    later = [visit(forker, tmp_path, EVENING + n * HOUR / 4) for n in (1, 2)]
    assert [each.answered("/robots.txt") for each in later] == [[200], [304]]
    assert [each.code for each in later] == [0, 0]


def test_what_is_kept_of_robots_txt_is_bounded(forker: Forker, tmp_path: Path) -> None:
    """No text of more than 64 KB, and none that nobody asked for in thirty days."""

    def long(request: Request, answer: Answer) -> Response:
        page = answer(request)
        is_robots = request.path == "/robots.txt" and page.status == 200
        return Response(200, page.body + b"# " + b"a" * 65_536, page.headers) if is_robots else page

    first = visit(forker, tmp_path, EVENING, [long])
    second = visit(forker, tmp_path, EVENING + HOUR / 4)
    third = visit(forker, tmp_path, EVENING + HOUR / 2)
    late = visit(forker, tmp_path, EVENING + 31 * 24 * HOUR)
    visits = (first, second, third, late)
    assert [each.answered("/robots.txt") for each in visits] == [[200], [200], [304], [200]]


def test_a_copy_of_robots_txt_does_not_stand_in_for_one_that_fails(forker: Forker, tmp_path: Path) -> None:
    arguments = ["-s", "BACK_OFF=0.1", "-s", "ROBOTSTXT_RETRY_TIMES=1"]
    visit(forker, tmp_path, EVENING)
    failing = visit(forker, tmp_path, EVENING + HOUR / 4, [Failing(503, "/robots.txt")], arguments=arguments)
    later = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert failing.answers == [(503, "/robots.txt")] * 2
    assert (failing.code, later.code, later.answered("/robots.txt")) == (3, 0, [304])


def test_an_unchanged_robots_txt_of_another_address_is_sent(forker: Forker, tmp_path: Path) -> None:
    def moved(request: Request, answer: Answer) -> Response:
        if request.path == "/robots.txt":
            return Response(301, headers={"Location": f"http://{request.host}/robots/new.txt"})
        if request.path == "/robots/new.txt":
            return closed(Request(request.host, "/robots.txt", request.headers), answer)
        return answer(request)

    visit(forker, tmp_path, EVENING - 24 * HOUR, [closed])
    second = visit(forker, tmp_path, EVENING, [moved])
    third = visit(forker, tmp_path, EVENING + HOUR / 4, [moved])
    assert (second.answered("/robots/new.txt"), third.answered("/robots/new.txt")) == ([304, 200], [304])
    assert second.answered(BRIDGE) == []


@pytest.mark.parametrize(
    "instead",
    [Response(301, headers={"Location": "/robots.txt"}), Response(200, headers={"X-Filler": "a" * 300_000})],
    ids=["redirects to itself", "headers too long"],
)
def test_what_a_strange_robots_txt_refuses_is_asked_for_later(
    forker: Forker, tmp_path: Path, instead: Response
) -> None:
    def strange(request: Request, answer: Answer) -> Response:
        return instead if request.path == "/robots.txt" else answer(request)

    first = visit(forker, tmp_path, EVENING, [strange])
    second = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert first.answers == [(instead.status, "/robots.txt")]
    assert first.counts["rejected/robots-unreachable"] == 1
    assert len(second.articles) > 10


def test_a_robots_txt_that_claims_to_be_known_is_none(forker: Forker, tmp_path: Path) -> None:
    arguments = ["-s", "BACK_OFF=0.1", "-s", "ROBOTSTXT_RETRY_TIMES=1"]
    only = visit(forker, tmp_path, EVENING, [Failing(304, "/robots.txt")], arguments=arguments)
    assert only.answers == [(304, "/robots.txt")] * 2
    assert only.counts["rejected/robots-unreachable"] == 1


@pytest.mark.parametrize("delay", ["7200", "1e99"])
def test_a_crawl_delay_that_is_longer_than_a_crawl_waits(forker: Forker, tmp_path: Path, delay: str) -> None:
    """A crawl asks for one page and leaves the others to those that come later, a day later at most."""

    def slow(request: Request, answer: Answer) -> Response:
        robots = Response(200, f"User-agent: *\nCrawl-delay: {delay}".encode())
        return robots if request.path == "/robots.txt" else answer(request)

    first = visit(forker, tmp_path, EVENING, [slow])
    early = visit(forker, tmp_path, EVENING + HOUR / 2, [slow])
    later = visit(forker, tmp_path, EVENING + 25 * HOUR, [slow])
    assert [each.code for each in (first, early, later)] == [3, 3, 3]
    assert [len(each.answers) for each in (first, early, later)] == [2, 0, 2]
    assert "halmere-courier.example is not to be asked until 2025-10-2" in first.log
