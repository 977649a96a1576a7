"""`scrapy schedule` makes up for what was missed, once, and ends cleanly."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.store.collection import open_collection
from pipelines.store.writer import CollectionWriter
from tests.commands.conftest import PROJECT, Scrapy
from tests.serving import Reply, Server, article

TIMES = """
[sites.harbour]
spider = "news"
cron = "0 0 1 1 *"
jitter = 0
options = { urls = "%s", collection = "harbour" }
"""


@pytest.fixture
def begin(server: Server, tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Begin `scrapy schedule` with a site of so many articles whose last crawl was years ago."""

    begun: list[subprocess.Popen[str]] = []

    def run(articles: int) -> subprocess.Popen[str]:
        pages = [f"/2026/03/04/story-{number}" for number in range(articles)]
        for number, path in enumerate(pages):
            server.serve(path, Reply(article(f"Story {number}").replace("lighthouse", f"pier {number}")))
        (tmp_path / "urls").write_text("\n".join(server.url + path for path in pages), encoding="utf-8")
        (tmp_path / "times.toml").write_text(TIMES % (tmp_path / "urls"), encoding="utf-8")
        CollectionWriter(tmp_path / "data" / "harbour").end("finished")
        with sqlite3.connect(tmp_path / "data" / "harbour" / "ledger.db") as ledger:
            ledger.execute("UPDATE runs SET started_at = '2019-05-06T07:08:09+00:00'")
        ledger.close()
        settings = {"DATA_DIR": tmp_path / "data", "ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0.3}
        command = [sys.executable, "-m", "scrapy", "schedule", "--file", str(tmp_path / "times.toml")]
        command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        begun.append(
            subprocess.Popen(
                command, cwd=PROJECT, env={"PATH": ""}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        )
        return begun[-1]

    yield run
    for process in begun:  # of a test that failed
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=60)


def test_a_missed_crawl_is_made_up_for_once(
    server: Server, tmp_path: Path, begin: Callable[[int], subprocess.Popen[str]]
) -> None:
    schedule = begin(1)
    lines = _read_until(schedule, "ended with code 0")
    schedule.send_signal(signal.SIGTERM)
    rest, errors = schedule.communicate(timeout=60)
    assert (schedule.returncode, errors) == (0, "")
    told = "".join(lines) + rest
    assert "harbour was missed: begins now" in told
    assert told.count("harbour begins\n") == 1
    assert "kept 1" in told
    assert server.requests.count("/2026/03/04/story-0") == 1
    with open_collection(tmp_path / "data" / "harbour") as collection:
        assert [run.reason for run in collection.runs()] == ["finished", "finished"]


def test_it_ends_with_its_crawls(server: Server, tmp_path: Path, begin: Callable[[int], subprocess.Popen[str]]) -> None:
    schedule = begin(60)
    deadline = time.monotonic() + 60
    while "/2026/03/04/story-0" not in server.requests:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    schedule.send_signal(signal.SIGINT)
    told, errors = schedule.communicate(timeout=60)
    assert (schedule.returncode, errors) == (0, "")
    assert "ended with code 7" in told
    with open_collection(tmp_path / "data" / "harbour") as collection:
        last = collection.runs()[-1]
        assert (last.reason, last.complete) == ("shutdown", False)
        assert collection.queued() > 0


@pytest.mark.parametrize("damage", ["started_at = 'soon'", "counts = '{'", "id = CAST(x'ff' AS TEXT)"])
def test_a_damaged_ledger_stops_no_schedule(scrapy: Scrapy, tmp_path: Path, damage: str) -> None:
    CollectionWriter(tmp_path / "data" / "harbour").end("finished")
    with closing(sqlite3.connect(tmp_path / "data" / "harbour" / "ledger.db")) as ledger, ledger:
        ledger.execute(f"UPDATE runs SET {damage}")
    (tmp_path / "times.toml").write_text(TIMES % "urls", encoding="utf-8")
    listed = scrapy("schedule", "--list", "--file", tmp_path / "times.toml", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "harbour" in listed.stdout


def test_what_it_needs_is_named(scrapy: Scrapy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    none = scrapy("schedule", "--file", tmp_path / "none.toml")
    assert (none.returncode, "none.toml does not exist" in none.stderr) == (1, True)
    (tmp_path / "times.toml").write_text('[sites.apnews_com]\ncron = "@hourly"', encoding="utf-8")
    for module in [name for name in sys.modules if name.startswith(("apscheduler", "scrapers.operations.schedule"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "apscheduler", None)
    missing = scrapy("schedule", "--file", tmp_path / "times.toml")
    assert missing.returncode == 1
    assert "pip install 'broadsheet[schedule]'" in missing.stderr
    units = scrapy("schedule", "--systemd", "--file", tmp_path / "times.toml")
    assert units.returncode == 0
    assert "OnCalendar=*-*-* *:00:00 UTC" in units.stdout
    bad = scrapy("schedule", "--cron", "--file", tmp_path / "times.toml", "-s", "DOWNLOAD_DELAY=soon")
    assert (bad.returncode, bad.stderr) == (1, "scrapy schedule: DOWNLOAD_DELAY=soon: give seconds, 0 or more\n")


def test_a_module_that_cannot_be_loaded_is_named_and_stops_no_schedule(
    scrapy: Scrapy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "imagined").mkdir()
    for name in ("__init__", "birch", "cedar"):
        (tmp_path / "imagined" / f"{name}.py").write_text("" if name == "__init__" else "def (", encoding="utf-8")
    (tmp_path / "times.toml").write_text('[sites.birch]\ncron = "30 4 * * *"', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    settings = ("-s", "SPIDER_MODULES=imagined", "-s", f"DATA_DIR={tmp_path / 'data'}")
    shown = scrapy("schedule", "--list", "--file", tmp_path / "times.toml", *settings)
    assert (shown.returncode, shown.stdout.split()[0]) == (0, "birch")
    for name in ("birch", "cedar"):
        assert f"the module of {name} cannot be loaded, nor the times it names: SyntaxError" in shown.stderr


def test_it_lists_when_each_site_is_due(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "times.toml").write_text('[sites.apnews_com]\ncron = "30 4 * * *"', encoding="utf-8")
    shown = scrapy("schedule", "--list", "--file", tmp_path / "times.toml", "-s", f"DATA_DIR={tmp_path}")
    assert shown.returncode == 0
    name, due, *_ = shown.stdout.split()
    assert (name, due[10:]) == ("apnews_com", "T04:30:00+00:00")


def _read_until(process: subprocess.Popen[str], text: str) -> list[str]:
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return lines
        assert "ended with code" not in line, lines
    raise AssertionError(f"it ended early: {lines} {process.communicate()[1]}")
