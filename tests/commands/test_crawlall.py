"""`scrapy crawlall`: many sites, a process each; one that dies leaves the others alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines.store.collection import open_collection
from scrapers.operations.crawls import worst
from tests.commands.conftest import PROJECT, Scrapy
from tests.serving import Reply, Server, article

SITE = '''
"""An invented site."""

import os
import signal

from scrapers.page import ArticlePage, field
from scrapers.sources import Feed
from scrapers.spider import NewsSpider


class Page(ArticlePage):
    @field
    def byline(self):
        if {dies}:
            os.kill(os.getpid(), signal.SIGKILL)


class Site(NewsSpider):
    name = "{name}"
    allowed_domains = ["127.0.0.1"]
    sources = [Feed("{feed}")]
    custom_settings = {{"DOWNLOAD_DELAY": 0}}
    page = Page
'''

Ended = subprocess.CompletedProcess[str]
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def sites(server: Server, tmp_path: Path) -> Callable[..., list[str]]:
    """Write a site's module and serve its articles; return the paths of the articles."""
    (tmp_path / "invented").mkdir()
    (tmp_path / "invented" / "__init__.py").write_text("", encoding="utf-8")

    def write(name: str, *, articles: int, dies: bool = False) -> list[str]:
        paths = [f"/{name}/2026/03/04/story-{number}" for number in range(articles)]
        for number, path in enumerate(paths):
            server.serve(path, article(f"Story {number} of {name}").replace("lighthouse", f"pier {number} of {name}"))
        items = "".join(f"<item><link>{server.url}{path}</link></item>" for path in paths)
        feed = server.serve(f"/{name}/feed", Reply(f"<rss version='2.0'><channel>{items}</channel></rss>", 200, RSS))
        module = SITE.format(name=name, feed=feed, dies=dies)
        (tmp_path / "invented" / f"{name}.py").write_text(module, encoding="utf-8")
        return paths

    return write


def command(server: Server, folder: Path, *options: str) -> list[str]:
    settings = {
        "SPIDER_MODULES": "invented", "NEWSPIDER_MODULE": "invented", "DATA_DIR": folder / "data",
        "ALLOWED_PRIVATE_HOSTS": server.netloc,
    }  # fmt: skip
    chosen = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawlall", *options, *chosen]


def begin(server: Server, folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = {"PATH": "", "PYTHONPATH": str(folder)}
    return subprocess.Popen(
        command(server, folder, *options), cwd=PROJECT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> Ended:
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    return Ended([], process.returncode, out, err)


def kept(folder: Path, name: str) -> int:
    with open_collection(folder / "data" / name) as collection:
        return len(collection)


def test_a_site_that_dies_leaves_the_others_alone(
    server: Server, tmp_path: Path, sites: Callable[..., list[str]]
) -> None:
    sites("alder", articles=3)
    sites("birch", articles=3, dies=True)
    sites("cedar", articles=2)
    ended = finish(begin(server, tmp_path, "--jobs", "2"))
    assert ended.returncode == 1
    assert ended.stderr == ""  # quiet where there is no terminal
    rows = {line.split()[0]: line for line in ended.stdout.splitlines()}
    assert rows["alder"].endswith("complete")
    assert "kept 3" in rows["alder"]
    assert "ended with code -9" in rows["birch"]
    assert "kept 2" in rows["cedar"]
    assert rows["3"].startswith("3 sites in ")
    assert (kept(tmp_path, "alder"), kept(tmp_path, "cedar")) == (3, 2)
    assert not (tmp_path / "data" / "crawlall.json").exists()


def test_a_module_that_cannot_be_loaded_leaves_the_other_sites_alone(
    server: Server, tmp_path: Path, sites: Callable[..., list[str]]
) -> None:
    sites("alder", articles=2)
    sites("cedar", articles=1)
    modules = {"birch": "def (", "beech": "import nowhere_to_be_found", "elm": "1 / 0", "yew": "raise SystemExit(2)"}
    for name, code in modules.items():
        (tmp_path / "invented" / f"{name}.py").write_text(code, encoding="utf-8")
    ended = finish(begin(server, tmp_path))
    assert ended.returncode == 1
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "the module of birch cannot be loaded: SyntaxError: invalid syntax (birch.py, line 1)" in ended.stdout
    assert "the module of beech cannot be loaded: ModuleNotFoundError: No module named" in ended.stdout
    assert "the module of elm cannot be loaded: ZeroDivisionError: division by zero" in ended.stdout
    assert "the module of yew cannot be loaded: SystemExit: 2" in ended.stdout
    assert (kept(tmp_path, "alder"), kept(tmp_path, "cedar")) == (2, 1)


def test_only_the_sites_that_match(server: Server, tmp_path: Path, sites: Callable[..., list[str]]) -> None:
    sites("alder", articles=1)
    sites("birch", articles=1)
    ended = finish(begin(server, tmp_path, "--match", "al*"))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not [path for path in server.requests if path.startswith("/birch")]
    none = finish(begin(server, tmp_path, "--match", "x*"))
    assert none.returncode == 2
    assert "no site has such a name; known are alder, birch" in none.stdout + none.stderr


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 7), (signal.SIGKILL, -9)])
def test_an_interrupted_round_goes_on(
    server: Server, tmp_path: Path, sites: Callable[..., list[str]], signum: int, code: int
) -> None:
    """A round that is killed takes its crawls with it, and they lose nothing."""
    quick = sites("alder", articles=2)
    slow = sites("birch", articles=8)
    for path in slow[3:]:
        server.replies[path][0].pause = 2
    round_ = begin(server, tmp_path, "--jobs", "1")
    _wait_for(lambda: len(set(slow) & set(server.requests)) >= 2, round_)
    round_.send_signal(signum)
    stopped = finish(round_)
    assert stopped.returncode == code, stopped.stdout + stopped.stderr
    assert signum == signal.SIGKILL or "birch: shutdown after" in stopped.stdout
    _wait_for(lambda: not _running(tmp_path))
    with open_collection(tmp_path / "data" / "birch") as collection:
        assert collection.runs()[-1].reason == "shutdown"
    fetched = [path for path in server.requests if path in slow]
    assert len(fetched) < len(slow)

    for path in slow:
        server.replies[path][0].pause = 0
    again = finish(begin(server, tmp_path, "--jobs", "1"))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "1 of 2 sites are complete" in again.stdout
    assert sorted(path for path in server.requests if path in [*quick, *slow]) == sorted([*quick, *slow])
    assert (kept(tmp_path, "alder"), kept(tmp_path, "birch")) == (2, 8)


@pytest.mark.parametrize(
    ("setting", "code", "message"),
    [
        ("DATA_DIR={}/file", 4, "file cannot be made: File exists"),
        ("DOWNLOAD_DELAY=soon", 1, "DOWNLOAD_DELAY=soon: give seconds, 0 or more"),
    ],
)
def test_what_stops_every_site_is_said_once(
    scrapy: Scrapy, tmp_path: Path, setting: str, code: int, message: str
) -> None:
    (tmp_path / "file").touch()
    ended = scrapy("crawlall", "-s", f"DATA_DIR={tmp_path}", "-s", setting.format(tmp_path))
    assert ended.returncode == code
    assert ended.stderr.startswith("scrapy crawlall: ")
    assert ended.stderr.endswith(f"{message}\n")
    assert (ended.stdout + ended.stderr).count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_round_that_cannot_be_noted_goes_on(server: Server, tmp_path: Path, sites: Callable[..., list[str]]) -> None:
    sites("alder", articles=1)
    sites("birch", articles=1)
    (tmp_path / "data" / "crawlall.json").mkdir(parents=True)
    ended = finish(begin(server, tmp_path, "--jobs", "1"))
    assert "Traceback" not in ended.stderr
    assert "crawlall.json cannot be written: " in ended.stdout
    assert (kept(tmp_path, "alder"), kept(tmp_path, "birch")) == (1, 1)


@pytest.mark.parametrize(
    ("codes", "code"), [([], 0), ([0, 3], 3), ([3, 7], 7), ([7, 5], 5), ([5, 1], 1), ([1, 4], 4), ([0, -9], 1)]
)
def test_one_exit_code_for_all(codes: Sequence[int], code: int) -> None:
    assert worst(codes) == code


def _wait_for(condition: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _running(folder: Path) -> list[str]:
    """Return the processes that crawl into a folder."""
    commands = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue
        if str(os.getpid()) != entry.parent.name and f"DATA_DIR={folder / 'data'}" in words:
            commands.append(" ".join(words))
    return commands


@pytest.mark.parametrize("command", ["crawlall", "schedule"])
def test_jobs_are_a_number_above_0(scrapy: Scrapy, command: str) -> None:
    done = scrapy(command, "--jobs=0")
    assert (done.returncode, "argument --jobs: '0' is no whole number above 0" in done.stderr) == (2, True)
