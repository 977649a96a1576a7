"""`scrapy export` at the command line: what it says, its exit codes, and what an interruption leaves."""

from __future__ import annotations

import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.records import generate
from pipelines.article import Article
from tests.commands.conftest import PROJECT, Scrapy
from tests.export.conftest import kept

EXPORT = [sys.executable, "-m", "scrapy.cmdline", "export"]


@pytest.fixture
def data(tmp_path: Path) -> str:
    return f"DATA_DIR={kept(tmp_path / 'data' / 'gazette', generate(30)).parent}"


def test_a_dataset_is_written(scrapy: Scrapy, data: str, tmp_path: Path) -> None:
    done = scrapy("export", "-s", data, "--language", "fr", "--columns", "id, title", tmp_path / "news.csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 articles, ")
    assert done.stderr == ""
    assert (tmp_path / "news.csv").read_text(encoding="utf-8").startswith("id,title\n")


def test_stories_are_told(scrapy: Scrapy, data: str, tmp_path: Path) -> None:
    done = scrapy("export", "-s", data, "--stories", "--columns", "id,story_id,is_primary", tmp_path / "news.csv")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "news.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {(story == id_, first) for id_, story, first in (line.split(",") for line in lines)} == {(True, "true")}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["news.xls"], "does not tell its format"),
        (["--site", "gazete", "news.csv"], "did you mean 'gazette'"),
        (["--columns", "titel", "news.csv"], "did you mean 'title'"),
        (["--where", "title >", "news.csv"], "is no condition"),
        (["--where", "title", "news.csv"], "--where 'title': Conversion Error: Could not convert"),
        (["--where", "title ~ '['", "news.csv"], "--where \"title ~ '['\": Invalid Input Error: missing ]"),
        (["--since", "2024-13-01", "news.csv"], "is no day"),
        (["/"], "'/' is no name that a dataset can take"),
        ([], "takes one TARGET"),
        (["-s", "DATA_DIR=nowhere", "news.csv"], "there is no collection in nowhere"),
    ],
)
def test_what_cannot_be_done_is_said(
    scrapy: Scrapy, data: str, tmp_path: Path, arguments: list[str], message: str
) -> None:
    targets = [str(tmp_path / name) if name.startswith("news.") else name for name in arguments]
    done = scrapy("export", "-s", data, *targets)
    assert done.returncode != 0
    assert message in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("command", ["export", "report"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--language", "english"], r"no article meets --language english; languages: .*\bfr\b.*; published from 20"),
        (["--since", "9999-01-01", "--where", "1 < 2"], r"no article meets --since 9999-01-01 --where '1 < 2'; lang"),
    ],
)
def test_a_selection_that_no_article_meets_is_told(
    scrapy: Scrapy, data: str, tmp_path: Path, command: str, options: list[str], said: str
) -> None:
    done = scrapy(command, "-s", data, *options, tmp_path / "news.csv")
    assert done.returncode == 0
    assert done.stdout.startswith("0 articles")
    assert re.match(f"scrapy {command}: {said}", done.stderr), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["export", "report"])
def test_a_collection_without_articles_is_told(scrapy: Scrapy, tmp_path: Path, command: str) -> None:
    kept(tmp_path / "data" / "gazette", [])
    done = scrapy(command, "-s", f"DATA_DIR={tmp_path / 'data'}", tmp_path / "news.csv")
    assert (done.returncode, done.stderr) == (0, f"scrapy {command}: no article was kept\n")


@pytest.mark.parametrize(("command", "name"), [("export", "news.csv"), ("report", "report.html")])
def test_a_folder_that_is_missing_is_named(scrapy: Scrapy, data: str, tmp_path: Path, command: str, name: str) -> None:
    done = scrapy(command, "-s", data, tmp_path / "nowhere" / name)
    assert done.returncode == 1
    assert done.stderr == f"scrapy {command}: the folder {tmp_path / 'nowhere'} does not exist\n"


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "parquet", "sqlite", "duckdb"])
def test_a_full_disk_leaves_the_old_dataset(tmp_path: Path, format_name: str) -> None:
    long = Article(id="a", url="https://example.org/a", title=random.Random(7).randbytes(200_000).hex())
    data = kept(tmp_path / "data" / "gazette", [long]).parent
    target = tmp_path / f"news.{format_name}"
    target.write_text("old")
    done = subprocess.run(
        [*EXPORT, "-s", f"DATA_DIR={data}", str(target)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert done.returncode == 1, done.stderr
    said = f"scrapy export: {target} cannot be written, and is what it was: "
    reasons = ("disk I/O error", "database or disk is full") if format_name == "sqlite" else ("File too large",)
    assert done.stderr in [f"{said}{reason}\n" for reason in reasons]
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", target.name]


def test_ctrl_c_leaves_the_old_dataset(data: str, tmp_path: Path) -> None:
    target = tmp_path / "news.csv"
    target.write_text("old")
    endless = "(SELECT count(*) FROM range(100000000) a, range(100000) b WHERE hash(a.range + b.range) = 7) >= 0"
    command = [*EXPORT, "-s", data, str(target), "--where", endless]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as export:
        try:
            while not list(tmp_path.glob(".news.csv.*/superseded.jsonl")):
                time.sleep(0.05)
                assert export.poll() is None
            time.sleep(0.5)
            export.send_signal(signal.SIGINT)
            _, said = export.communicate(timeout=30)
        finally:
            export.kill()
    assert export.returncode == 130
    assert said == "scrapy export: interrupted; nothing was changed\n"
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "news.csv"]


def test_a_missing_library_is_named(tmp_path: Path, data: str) -> None:
    without = "import sys; sys.modules['duckdb'] = None; from scrapy.cmdline import execute; execute()"
    done = subprocess.run(
        [sys.executable, "-c", without, "export", "-s", data, str(tmp_path / "news.csv")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "scrapy export: this needs duckdb: pip install 'broadsheet[export]'\n"
