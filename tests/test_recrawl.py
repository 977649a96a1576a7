"""A site crawled again: what has not changed is not sent, what has changed is kept, what is gone is noted."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scrapy.settings import Settings

from benchmarks.forker import Forker
from pipelines.store.repair import repair
from pipelines.store.tables.page import State
from scrapers.newsroom.newsroom import EVENING, Request, Response
from scrapers.newsroom.scenarios import Failing
from scrapers.newsroom.server import Answer
from scrapers.newsroom.story import load_stories
from scrapers.recrawl import is_later, revisit_ages
from tests.serving import Server, article
from tests.visiting import BRIDGE, HOUR, STORIES, visit

KELP, BELL = "/business/kelp-yard-orders-up", "/news/2025/10/21/skarn-bell"
NIGHT_TRAIN = next(story.path for story in load_stories() if story.parts)
MOVED = "/old/ferry-timetable-for-the-winter.html", "/news/2025/10/17/winter-ferry-timetable"
OLDER = {"/news/page/2/", "/languages/page/2/"}


def bodies(answers: list[tuple[int, str]]) -> list[str]:
    return [path for status, path in answers if status == 200 and path in STORIES]


def states(data: Path) -> dict[str, State]:
    with closing(sqlite3.connect(data / "newsroom" / "ledger.db")) as ledger:
        rows = ledger.execute("SELECT url, state FROM pages").fetchall()
    return {url.partition("?")[0].partition(".example")[2]: State(state) for url, state in rows}


def test_an_unchanged_site_sends_no_article(forker: Forker, tmp_path: Path) -> None:
    first = visit(forker, tmp_path, EVENING)
    second = visit(forker, tmp_path, EVENING + timedelta(minutes=30))
    assert (first.code, second.code) == (3, 0)
    assert bodies(second.answers) == []
    assert second.articles == first.articles
    assert second.counts["kept"] == second.counts["fetched"] == 0
    assert (first.answered("/"), second.answered("/")) == ([200], [304])
    assert {status for status, _ in second.answers} == {304}
    assert {path for _, path in second.answers} == {path for _, path in first.answers} - STORIES - OLDER - {
        "/2025/10/14/withdrawn-story/", "/old/ferry-timetable-for-the-winter.html",
    }  # fmt: skip


def test_older_pages_of_a_section_are_asked_for_news_and_after_a_failure(forker: Forker, tmp_path: Path) -> None:
    """What the feed has told of in the same crawl is news all the same."""
    failing = Failing(500, "/news/page/2/")
    first = visit(forker, tmp_path, EVENING - 24 * HOUR, [failing])
    second = visit(forker, tmp_path, EVENING)
    third = visit(forker, tmp_path, EVENING + HOUR / 4, [failing])
    fourth = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert second.counts["kept"] > 0
    assert [each.answered("/news/page/2/") for each in (first, second, third, fourth)] == [[500] * 3, [200], [], []]


def test_young_articles_are_looked_at_again(forker: Forker, tmp_path: Path) -> None:
    """After 1, 6, 24 and 72 hours and never after; one of last week not once."""
    visit(forker, tmp_path, EVENING)
    looks = {KELP: [], BRIDGE: [], "/news/2025/10/17/winter-ferry-timetable": []}  # type: ignore[var-annotated]
    for hours in (1, 2, 6, 24, 73, 100):
        again = visit(forker, tmp_path, EVENING + hours * HOUR)
        for path, answers in looks.items():
            answers += [(hours, status) for status in again.answered(path)]
        if hours == 1:
            assert again.counts["unchanged"] == again.counts["fetched"] > 5
    assert looks[BRIDGE] == [(1, 304), (6, 304), (24, 304), (73, 304)]
    assert looks[KELP] == [(1, 304), (6, 200), (24, 304), (73, 304)]
    assert looks["/news/2025/10/17/winter-ferry-timetable"] == []
    kelp = again.articles[f"http://halmere-courier.example{KELP}"]
    assert (kelp.revision, sorted(kelp.changed)) == (2, ["body", "modified_at", "title"])


def test_a_page_that_is_gone_stays_in_the_collection(forker: Forker, tmp_path: Path) -> None:
    first = visit(forker, tmp_path, EVENING)
    gone = visit(forker, tmp_path, EVENING + HOUR, [Failing(410, BRIDGE)])
    assert (gone.code, gone.counts["gone"], gone.articles) == (0, 1, first.articles)
    assert states(tmp_path)[BRIDGE] is State.GONE
    back = visit(forker, tmp_path, EVENING + 6 * HOUR)
    assert back.answered(BRIDGE) == [304]
    assert states(tmp_path)[BRIDGE] is State.DONE


@pytest.mark.parametrize("canonical", [BELL, "/archive/skarn-bell"], ids=["old", "new"])
@pytest.mark.parametrize("printed", ["rang the only church bell", "rang all the bells"], ids=["unchanged", "changed"])
def test_a_page_that_moved_is_the_same_article(forker: Forker, tmp_path: Path, printed: str, canonical: str) -> None:
    """With the same text nothing is kept, with another one a revision; whether or not the page declares its address."""

    def moved(request: Request, answer: Answer) -> Response:
        if request.path == BELL:
            return Response(301, headers={"Location": f"http://{request.host}/archive/skarn-bell"})
        if request.path == "/archive/skarn-bell":
            page = answer(Request(request.host, BELL))
            body = page.body.replace(b"rang the only church bell", printed.encode())
            return Response(200, body.replace(BELL.encode(), canonical.encode()), page.headers)
        return answer(request)

    first = visit(forker, tmp_path, EVENING)
    again = visit(forker, tmp_path, EVENING + HOUR, [moved])
    assert again.answered("/archive/skarn-bell") == [200]
    before = first.articles.pop(f"http://halmere-courier.example{BELL}")
    after = next(article for article in again.articles.values() if article.id == before.id)
    assert len(again.articles) == len(first.articles) + 1
    assert printed in str(after.body)
    assert after.revision == again.counts["revised"] + 1 == (1 if printed in str(before.body) else 2)
    assert again.counts["unchanged"] == again.counts["fetched"] - again.counts["revised"]


def test_an_article_of_several_pages_of_which_the_first_is_gone(forker: Forker, tmp_path: Path) -> None:
    first = visit(forker, tmp_path, EVENING)
    gone = visit(forker, tmp_path, EVENING + HOUR, [Failing(410, f"{NIGHT_TRAIN}$")])
    assert gone.answered(NIGHT_TRAIN) == [410]
    assert (gone.counts["gone"], gone.articles) == (1, first.articles)
    assert not [path for _, path in gone.answers if path != NIGHT_TRAIN and path.startswith(NIGHT_TRAIN)]


def test_a_site_that_answers_with_one_page_everywhere(forker: Forker, tmp_path: Path) -> None:
    """No two articles become the same; those that a feed gives another headline are told apart by it."""
    notice = article("We are closed for a day").encode()

    def closed_for_a_day(request: Request, answer: Answer) -> Response:
        is_story = request.path in STORIES
        return Response(200, notice, {"Content-Type": "text/html"}) if is_story else answer(request)

    visit(forker, tmp_path, EVENING)
    during = visit(forker, tmp_path, EVENING + HOUR, [closed_for_a_day])
    contents = [(kept.title, kept.body) for kept in during.articles.values()]
    assert len(contents) == len(set(contents))
    assert during.counts["revised"] + during.counts["duplicate/duplicate"] == during.counts["fetched"]
    assert during.counts["duplicate/duplicate"] > 5


def test_what_failed_is_asked_for_again(forker: Forker, tmp_path: Path) -> None:
    visit(forker, tmp_path, EVENING, [Failing(500, BRIDGE)])
    assert states(tmp_path)[BRIDGE] is State.FAILED
    again = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert (again.code, again.counts["kept"], bodies(again.answers)) == (0, 1, [BRIDGE])


@pytest.mark.parametrize(
    ("instead", "status"),
    [
        (Response(500), "http-500"),
        (Response(404), "http-404"),
        (Response(200, b"<html><p>Our sitemap has moved.", {"Content-Type": "text/html"}), "not-xml"),
        (Response(200, b"<title>Not here</title><h1>Not here</h1>", {"Content-Type": "text/html"}), "not-xml"),
        (Response(200, b"Nothing to see here.", {"Content-Type": "text/plain"}), "not-xml"),
        (Response(200), "empty"),
        (Response(200, gzip.compress(bytes(10_000))[:-10], {"Content-Type": "application/gzip"}), "source-broken"),
    ],
    ids=["error", "not there", "page", "page without root", "text", "empty", "cut off"],
)
def test_a_sitemap_that_is_named_and_cannot_be_read(
    forker: Forker, tmp_path: Path, instead: Response, status: str
) -> None:
    """The crawl is not complete for it: its exit code says so, and its last line which one it is."""

    def broken(request: Request, answer: Answer) -> Response:
        return instead if request.path == "/sitemap.xml" else answer(request)

    visit(forker, tmp_path, EVENING)
    again = visit(forker, tmp_path, EVENING + HOUR / 4, [broken])
    mended = visit(forker, tmp_path, EVENING + HOUR / 2)
    assert (again.code, mended.code) == (3, 0)
    line = f"could not be read: sitemap http://halmere-courier.example/sitemap.xml: {status}"
    assert again.log.splitlines()[-1] == f"scrapy crawl: {line}"
    assert "could not be read" not in mended.log
    assert "Traceback" not in again.log


def test_an_address_that_was_only_tried_is_tried_again_after_a_week(
    forker: Forker, server: Server, tmp_path: Path
) -> None:
    server.serve("/", "<a href=/region>Region</a>")
    settings = {"DATA_DIR": tmp_path, "ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    asked = []
    for days in (0, 6, 2):
        with closing(sqlite3.connect(tmp_path / "news" / "ledger.db")) if days else nullcontext() as ledger:
            if ledger:
                ledger.execute("UPDATE pages SET last_seen = last_seen - ?", (days * 86400,))
                ledger.commit()
        forker.run(["crawl", "news", "-a", f"site={server.url}", *options], tmp_path / "log")
        asked.append(server.requests.count("/rss.xml") + server.requests.count("/sitemap.xml"))
    assert asked == [2, 2, 4]


def test_a_host_that_asks_for_more_time_than_a_crawl_has(forker: Forker, tmp_path: Path) -> None:
    """Its pages wait in the queue, over a crawl that comes too early; neither was stopped, nor lacks only those."""
    busy = Failing(429, BRIDGE, times=1, headers={"Retry-After": "7200"})
    first = visit(forker, tmp_path, EVENING, [busy])
    early = visit(forker, tmp_path, EVENING + HOUR / 2)
    plan = visit(forker, tmp_path, EVENING + 2 * HOUR, arguments=["--dry-run"])
    later = visit(forker, tmp_path, EVENING + 2 * HOUR)
    assert BRIDGE in plan.log, "what waits is planned, too"
    assert (first.counts["status/429"], early.counts["requests"]) == (1, 0)
    assert (first.code, early.code, later.code) == (3, 3, 3)
    assert first.answers[-1] == (429, BRIDGE)
    assert "halmere-courier.example is not to be asked until 2025-10-22T20:0" in first.log
    assert early.answers == []
    assert later.answered(BRIDGE) == [200]
    (tmp_path / "undisturbed").mkdir()
    undisturbed = visit(forker, tmp_path / "undisturbed", EVENING + 2 * HOUR)
    assert later.articles.keys() == undisturbed.articles.keys()


def test_a_clock_that_is_set_back(forker: Forker, tmp_path: Path) -> None:
    """The schedule is not put off, and goes on by the clock that is right."""
    visit(forker, tmp_path, EVENING, crawl_clock=EVENING + 48 * HOUR)
    looks = [visit(forker, tmp_path, EVENING, crawl_clock=EVENING + hours * HOUR) for hours in (0, 0.5, 1)]
    assert [look.answered(BRIDGE) for look in looks] == [[304], [], [304]]


def test_the_end_of_summer_time(forker: Forker, tmp_path: Path) -> None:
    before, after = (datetime.fromisoformat(f"2025-10-26T02:30:00+0{hours}:00") for hours in (2, 1))
    visit(forker, tmp_path, EVENING, crawl_clock=before)
    assert visit(forker, tmp_path, EVENING, crawl_clock=after).answered(BRIDGE) == [304]


def test_after_a_repair_a_crawl_fetches_what_was_lost_and_looks_for_news(forker: Forker, tmp_path: Path) -> None:
    first = visit(forker, tmp_path, EVENING)
    damaged = next((tmp_path / "newsroom" / "articles").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert list(repair(tmp_path / "newsroom"))[-1].startswith("readable: 0 records; queued again: ")
    again = visit(forker, tmp_path, EVENING + HOUR / 4)
    assert again.articles.keys() == first.articles.keys()
    assert again.answered("/feeds/news.rss") == [304]


def test_a_dry_run_fetches_no_article_and_keeps_nothing(forker: Forker, tmp_path: Path) -> None:
    plan = visit(forker, tmp_path, EVENING, arguments=["--dry-run"])
    assert (plan.code, bodies(plan.answers)) == (0, [])
    assert not (tmp_path / "newsroom").exists()
    first = visit(forker, tmp_path, EVENING)
    planned = {line.split()[1].partition("?")[0] for line in plan.log.splitlines() if line[:2] in ("20", "- ")}
    old, new = (f"http://halmere-courier.example{path}" for path in MOVED)
    assert planned - {old} >= first.articles.keys() - {new}
    assert old in planned
    assert "\n2025-10     http://halmere-courier.example/culture/2025/10/night-train-to-vell.html" in plan.log
    assert "/private/" not in plan.log
    assert "robots.txt forbids 1 page." in plan.log
    again = visit(forker, tmp_path, EVENING + HOUR / 2, arguments=["--dry-run"])
    assert "0 articles would be fetched" in again.log
    assert not OLDER & {path for _, path in again.answers}, "a crawl asks for them if there is news"


@pytest.mark.parametrize(
    ("said", "known", "later"),
    [
        ("2025-10-22T10:00:00Z", "2025-10-22T09:00:00+00:00", True),
        ("2025-10-22T11:00:00+02:00", "2025-10-22T09:00:00Z", False),
        ("2025-10-22", "2025-10-22T09:00:00Z", False),
        ("2025-10-23", "2025-10-22T09:00:00Z", True),
        ("2025-10-21", "2025-10-22", False),
        ("Wed, 22 Oct 2025 10:00:00 GMT", "2025-10-22T09:00:00Z", True),
        ("yesterday", "2025-10-22", True),
        (f"Wed, 22 Oct {'9' * 20} 10:00:00 GMT", "2025-10-22", True),
        ("2025-10-22T10:00:00", "2025-10-22T09:00:00Z", True),
    ],
)
def test_which_change_is_later(said: str, known: str, later: bool) -> None:
    assert is_later(said, known) is later


@pytest.mark.parametrize("bad", ["1,x", "-1", "0", "nan", "inf"])
def test_a_schedule_that_is_none(bad: str) -> None:
    with pytest.raises(ValueError, match="give hours, such as"):
        revisit_ages(Settings({"REVISIT_AFTER": bad}))


def test_a_schedule() -> None:
    assert revisit_ages(Settings({"REVISIT_AFTER": "0.5,24"})) == [1800, 86400]
    assert revisit_ages(Settings({"REVISIT_AFTER": ""})) == []
