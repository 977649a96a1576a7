"""The report shows what is in the collections, and nothing that is in them acts on it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import lxml.html
import pytest

from benchmarks.records import generate
from pipelines.article import Article, Rejection
from pipelines.export.database import Database
from pipelines.export.selection import Selection
from pipelines.report.numbers import Health, Numbers, gather
from pipelines.report.page import render
from pipelines.store.collection import open_collection
from pipelines.store.outcome import Outcome
from pipelines.store.writer import CollectionWriter
from tests.export.conftest import kept
from tests.export.test_dataset import HOSTILE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MEASURE = """<!doctype html><title>measuring</title>
<iframe src="report.html" width="{width}" height="900" frameborder="0"></iframe>
<script>
onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const width = page.documentElement.clientWidth;
  const wide = [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1);
  const letters = [...page.querySelectorAll("svg text")].map(e => e.getBoundingClientRect().height);
  document.title = JSON.stringify([
    page.documentElement.scrollWidth - width, wide.slice(0, 3).map(e => e.outerHTML.slice(0, 99)),
    page.querySelectorAll("section").length, Math.round(Math.min(...letters))]);
}};
</script>"""


def numbers_of(folder: Path, workshop: Path, health: list[Health] | None = None) -> Numbers:
    workshop.mkdir(exist_ok=True)
    with open_collection(folder) as collection, Database([collection], workshop, Selection()) as database:
        return gather(database, [collection], health or [])


@pytest.fixture
def hostile(tmp_path: Path) -> Numbers:
    """A collection in which every text of a stranger is one that would do something."""
    articles = list(generate(60))
    for number, (name, text) in enumerate(HOSTILE.items()):
        articles.append(
            Article(
                id=name, url=f"javascript:alert({number})", site=text[:300], title=text, authors=[text],
                keywords=[text], language=text[:50], date="9999-12-31" if number % 2 else "0001-01-01",
                fetched_at="2024-01-01T00:00:00Z",
            )
        )  # fmt: skip
    folder = kept(tmp_path / "data" / "gazette", articles)
    writer = CollectionWriter(folder)
    outcome = Outcome()
    for text in HOSTILE.values():
        outcome.reject(Rejection(url=f"https://example.org/{text}", reason=text[:200], detail=text))
    writer.finish(None, outcome)
    writer.end("finished")
    return numbers_of(folder, tmp_path / "work", [Health("gazette", "<b>ok</b>", ["<script>"], "now", False)])


def test_numbers_are_those_of_the_articles(tmp_path: Path) -> None:
    articles = list(generate(60))
    articles[0].keywords = ["harbour"] * 1
    for article in articles[:7]:
        article.authors = ["Ada Osei"]
    numbers = numbers_of(kept(tmp_path / "gazette", articles), tmp_path / "work")
    assert numbers.facts.articles == 60
    assert numbers.facts.characters == sum(len(article.body or "") for article in articles)
    assert sum(count for _, _, count in numbers.by_day) == 60
    assert numbers.authors[0] == ("Ada Osei", 7)
    assert sum(count for _, count in numbers.sizes) == 60
    assert numbers.revisions == [(1, 60)]
    timed = sum(article.published_at is not None for article in articles)
    assert sum(count for _, count in numbers.delay_hours) == sum(delay.articles for delay in numbers.delays) == timed
    assert [article.date for article in numbers.newest] == sorted((a.date for a in numbers.newest), reverse=True)
    assert numbers.facts.coverage()["published_at"] == pytest.approx(timed / 60)


def test_a_long_delay_is_told_in_full(tmp_path: Path) -> None:
    old = Article(
        id="old", url="https://gazette.example/old", site="gazette.example", title="Old", date="1850-03-02",
        published_at="1850-03-02T08:00:00+00:00", fetched_at="2024-01-01T00:00:00+00:00",
    )  # fmt: skip
    page = render(numbers_of(kept(tmp_path / "gazette", [old]), tmp_path / "work"), "Articles")
    assert ">2,097,152</text>" in page


def test_the_same_collection_gives_the_same_page(tmp_path: Path) -> None:
    folder = kept(tmp_path / "gazette", generate(30))
    pages = [render(numbers_of(folder, tmp_path / turn), "Articles") for turn in ("first", "second")]
    assert pages[0] == pages[1]


def test_an_empty_collection_has_a_report(tmp_path: Path) -> None:
    assert "0 articles of 0 sites" in render(numbers_of(kept(tmp_path / "gazette", []), tmp_path / "work"), "Articles")


def test_plots_have_labelled_axes(tmp_path: Path) -> None:
    page = render(numbers_of(kept(tmp_path / "gazette", generate(30)), tmp_path / "work"), "Articles")
    labels = {text.text_content() for text in lxml.html.fromstring(page).iter("text")}
    assert {"articles a week", "published", "month of publication", "characters of body, at least"} <= labels


def test_nothing_in_a_page_acts(hostile: Numbers) -> None:
    page = render(hostile, "<script>alert(2)</script>")
    assert len(page) < 1_000_000
    assert not re.search("[\u0000-\u0008\u202a-\u202e\u2028]", page)
    tree = lxml.html.fromstring(page)
    assert not tree.xpath("//script | //iframe | //object | //img | //image | //link | //@style")
    assert not [name for name in tree.xpath("//@*/..") for name in name.attrib if name.startswith("on")]
    assert all(href.startswith("https://") and len(href) < 2000 for href in tree.xpath("//a/@href"))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[str]:
    """Serve `tmp_path` on loopback."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_it_whole_and_without_errors(hostile: Numbers, tmp_path: Path, serve: str, width: int) -> None:
    (tmp_path / "report.html").write_text(render(hostile, "Articles"), encoding="utf-8")
    (tmp_path / "measure.html").write_text(MEASURE.format(width=width), encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", f"--window-size={width + 100},900",
        "--virtual-time-budget=10000", "--dump-dom", f"{serve}/measure.html",
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    assert "CONSOLE" not in shown.stderr
    title = re.search("<title>(.*?)</title>", shown.stdout)
    assert title
    assert re.fullmatch(r"\[0,\[\],8,([89]|[1-9]\d)\]", title[1]), title[1]
