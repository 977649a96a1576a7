"""`scrapy search`, `show`, `stats`, `stories` and `report` at the command line."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.article import Article, article_id
from pipelines.export.search import excerpt, terms
from tests.commands.conftest import PROJECT, Scrapy
from tests.export.conftest import kept

ARTICLES = {
    "viaduct": ("Le préfet inaugure le viaduc", "Le Préfet a coupé le ruban. La foule était là.", "fr"),
    "report": ("Airport reopens", "The runway was swept.", "en"),
    "port": ("Harbour news", "The port of Selm is open; the ferry sails. The port is busy.", "en"),
    "ferry": ("Ferry sails", "From the Port of Selm \x1b[31m\u202eto the isles.", "en"),
    "bridge": ("新桥通车", "市长在港口桥梁上讲话。", "zh"),
}


@pytest.fixture
def data(tmp_path: Path) -> str:
    records = [
        Article(
            id=article_id(name), url=f"https://paper.example/{name}", site="paper.example", title=title, body=body,
            language=language, date="2024-05-01", evidence={"title": "h1"},
        )
        for name, (title, body, language) in ARTICLES.items()
    ]  # fmt: skip
    return f"DATA_DIR={kept(tmp_path / 'data' / 'paper', records).parent}"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["PREFET"], ["viaduct"]),
        (["port"], ["port", "ferry"]),
        (['"port of selm"'], ["ferry", "port"]),
        (["ferry", "port"], ["ferry", "port"]),
        (["port sails", "--limit", "1"], ["ferry"]),
        (["桥"], ["bridge"]),
        (["o'clock"], []),
        (["port", "--language", "fr"], []),
        (["100% (.*) $"], []),
    ],
)
def test_search(scrapy: Scrapy, data: str, arguments: list[str], found: list[str]) -> None:
    done = scrapy("search", "-s", data, "--json", *arguments)
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert sorted(ids) == sorted(map(article_id, found))
    assert done.returncode == (0 if found else 1)


@pytest.mark.parametrize("arguments", [["search", "--json", "port"], ["schema"]], ids=" ".join)
def test_a_reader_that_has_enough_is_no_error(data: str, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "scrapy.cmdline", *arguments, "-s", data]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("arguments", [["search", "port"], ["stats"], ["schema"]], ids=" ".join)
def test_output_that_cannot_be_written_is_an_error_of_one_line(data: str, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "scrapy.cmdline", *arguments, "-s", data]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=PROJECT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == f"scrapy {arguments[0]}: No space left on device\n"
    assert done.returncode == 1


def test_a_command_with_its_output_closed_does_its_work(data: str) -> None:
    command = [sys.executable, "-m", "scrapy.cmdline", "stats", "-s", data]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], cwd=PROJECT, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["search", "stats", "stories"])
@pytest.mark.parametrize("limit", ["0", "-1", "few"])
def test_a_limit_is_a_number_above_0(scrapy: Scrapy, data: str, command: str, limit: str) -> None:
    done = scrapy(command, "-s", data, f"--limit={limit}")
    assert done.returncode == 2
    assert f"argument --limit: '{limit}' is no whole number above 0" in done.stderr


def test_found_articles_are_shown_without_acting(scrapy: Scrapy, data: str) -> None:
    done = scrapy("search", "-s", data, "ferry")
    first, where, text, *_ = done.stdout.splitlines()
    assert first == "2024-05-01  Ferry sails"
    assert where.split() == ["paper.example", article_id("ferry")]
    assert text.strip() == "From the Port of Selm [31m to the isles."


def test_a_search_for_nothing_is_refused(scrapy: Scrapy, data: str) -> None:
    done = scrapy("search", "-s", data, "...")
    assert (done.returncode, done.stderr) == (1, "scrapy search: '...' holds no word to search for\n")


def test_the_excerpt_stands_around_the_words() -> None:
    text = "x " * 200 + "reported the Pört is open" + " y" * 200
    assert "the Pört is open" in excerpt(text, terms("port"))
    assert excerpt(text, terms("port")).startswith("… ")
    assert len(excerpt(text, terms("port"))) < 170


@pytest.mark.parametrize("asked", [article_id("ferry"), "http://www.paper.example/ferry?utm_source=x"])
def test_an_article_is_shown_by_id_or_address(scrapy: Scrapy, data: str, asked: str) -> None:
    done = scrapy("show", "-s", data, asked, "--evidence")
    assert done.returncode == 0
    assert "title         Ferry sails  [h1]\n" in done.stdout
    assert done.stdout.endswith("\n\nFrom the Port of Selm [31m to the isles.\n")
    assert json.loads(scrapy("show", "-s", data, asked, "--json").stdout)["title"] == "Ferry sails"


def test_an_article_that_is_not_there(scrapy: Scrapy, data: str) -> None:
    done = scrapy("show", "-s", data, "0" * 16)
    assert done.returncode == 1
    assert done.stderr == f"scrapy show: no collection has an article '{'0' * 16}'; `scrapy search` finds ids\n"


def test_stats(scrapy: Scrapy, data: str) -> None:
    done = scrapy("stats", "-s", data)
    assert done.stdout.startswith("5 articles, ")
    *_, columns, paper = done.stdout.splitlines()
    counts = dict(zip(columns.split()[1:], map(int, paper.split()[1:]), strict=True))
    assert counts.pop("fetched") == sum(counts.values()) == 5
    numbers = json.loads(scrapy("stats", "-s", data, "--json", "--language", "en").stdout)
    assert numbers["articles"] == 3
    assert numbers["by_month"] == {"2024-05": 3}
    assert numbers["coverage"]["title"] == 1.0
    assert numbers["pages"]["paper"]["kept"] == 5


def test_stories(scrapy: Scrapy, data: str, tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(50))
    kept(
        tmp_path / "data" / "wire",
        [Article(id=id_, url=f"https://{id_}.example/", title="A", body=text, content_hash=id_) for id_ in ("a", "b")],
    )
    done = scrapy("stories", "-s", data)
    assert done.stdout.splitlines()[0].split() == ["2", "copies", "a", "A"]
    assert len(scrapy("stories", "-s", data, "--json").stdout.splitlines()) == 2


def test_report(scrapy: Scrapy, data: str, tmp_path: Path) -> None:
    done = scrapy("report", "-s", data, "--title", "A <week>", tmp_path / "report.html")
    assert done.returncode == 0, done.stderr
    assert "<h1>A &lt;week&gt;</h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "report.html"]
    assert "is a folder" in scrapy("report", "-s", data, tmp_path).stderr


def test_a_report_for_which_there_is_no_room_leaves_the_old_one(
    scrapy: Scrapy, data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "write_text", write)
    done = scrapy("report", "-s", data, target)
    assert done.stderr.splitlines()[-1] == (
        f"scrapy report: {target} cannot be written, and is what it was: No space left on device"
    )
    assert done.returncode == 1
    assert target.read_bytes() == b"old"


def test_an_index_of_stories_that_is_none_is_named(scrapy: Scrapy, data: str, tmp_path: Path) -> None:
    index = tmp_path / "data" / "stories.db"
    index.write_bytes(b"no database " * 999)
    done = scrapy("stories", "-s", data)
    assert done.returncode == 1
    assert done.stderr.startswith(f"scrapy stories: {index} cannot be used: file is not a database;")
