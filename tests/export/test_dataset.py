"""Whatever its form, a dataset holds the articles of the collections."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from pipelines.article import Article, article_id, content_hash
from pipelines.export.dataset import export
from pipelines.export.errors import ExportError
from pipelines.export.manifest import Manifest, read
from pipelines.export.selection import Selection, suggest
from pipelines.store.collection import open_collection
from pipelines.stories.story import Story
from tests.export.conftest import Keep, rows

FORMATS = "jsonl jsonl.zst jsonl.gz csv parquet sqlite duckdb".split()
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example","News")',
    "wide formula": "＝1+1",
    "tab": "\t=1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script>",
    "NUL": "a\0b",
    "long": "x" * 2**20,
    "right to left": "\u202egpj.exe",
    "quotes": "\"a\",'b';\r\nc",
    "line separator": "a\u2028b",
    "astral": "🤷‍♀️ 𝕏",
}


def make(folder: Path, target: Path | str, selection: Selection | None = None, **options: Any) -> Manifest:
    """Export every collection in the folder that holds `folder`."""
    with ExitStack() as stack:
        opened = [stack.enter_context(open_collection(each)) for each in sorted(folder.parent.iterdir())]
        return export(opened, str(target), selection, **options)


@pytest.mark.parametrize("format_name", FORMATS)
def test_ids_and_hashes_are_those_of_the_collection(
    keep: Keep, articles: list[Article], tmp_path: Path, format_name: str
) -> None:
    target = tmp_path / f"news.{format_name}"
    manifest = make(keep(articles), target)
    found = [(row["id"], row["content_hash"], row["url"]) for row in rows(target)]
    assert found == [(article.id, article.content_hash, article.url) for article in articles]
    (file,) = manifest.files
    assert (file.path, file.rows, file.bytes) == (target.name, 30, target.stat().st_size)
    assert file.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert read(target.with_name(f"{target.name}.manifest.json")) == manifest


@pytest.mark.parametrize("format_name", FORMATS)
def test_hostile_titles(keep: Keep, tmp_path: Path, format_name: str) -> None:
    target = tmp_path / f"news.{format_name}"
    make(
        keep(
            Article(id=name, url=f"https://example.org/{name}", title=title, keywords=[title])
            for name, title in HOSTILE.items()
        ),
        target,
    )
    found = {row["id"]: row for row in rows(target)}
    assert list(found) == list(HOSTILE)
    for name, title in HOSTILE.items():
        row = found[name]
        if format_name == "csv":
            assert json.loads(row["keywords"]) == [title]
            assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
            assert row["title"].removeprefix("'") == title.replace("\0", "\N{REPLACEMENT CHARACTER}")
        else:
            assert row["title"] == title


def test_lines_are_records(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    make(keep(articles), tmp_path / "news.jsonl")
    lines = (tmp_path / "news.jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Article) for line in lines] == articles


def test_an_offset_is_no_formula(keep: Keep, tmp_path: Path) -> None:
    article = Article(id="0" * 16, url="https://example.org/1", published_at="2019-10-24T09:51:40-03:00")
    make(keep([article]), tmp_path / "news.csv")
    (row,) = rows(tmp_path / "news.csv")
    assert (row["published_at"], row["published_at_offset"]) == ("2019-10-24T09:51:40-03:00", "-03:00")


def test_parquet_is_typed(keep: Keep, tmp_path: Path) -> None:
    article = Article(
        id="0" * 16,
        url="https://example.org/1",
        date="2019-10-24",
        published_at="2019-10-24T09:51:40+08:00",
        modified_at="2019-10-24T02:00:00Z",
        authors=["Ada Osei", "Bo Lind"],
        evidence={"date": "json-ld"},
    )
    make(keep([article]), tmp_path / "news.parquet")
    (row,) = rows(tmp_path / "news.parquet")
    assert row["date"] == date(2019, 10, 24)
    assert row["published_at"] == datetime(2019, 10, 24, 1, 51, 40, tzinfo=UTC)
    assert (row["published_at_offset"], row["modified_at_offset"]) == ("+08:00", "+00:00")
    assert row["authors"] == ["Ada Osei", "Bo Lind"]
    assert row["evidence"] == [{"key": "date", "value": "json-ld"}]


def test_what_is_no_date_is_absent(keep: Keep, tmp_path: Path) -> None:
    article = Article(id="0" * 16, url="https://example.org/1", date="2019-13-45", published_at="soon")
    make(keep([article]), tmp_path / "news.parquet")
    (row,) = rows(tmp_path / "news.parquet")
    assert (row["date"], row["published_at"], row["published_at_offset"]) == (None, None, None)


def test_sqlite_is_searched_and_unfolded(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    articles[3].title = "Le préfet inaugure le viaduc"
    make(keep(articles), tmp_path / "news.sqlite")
    with closing(sqlite3.connect(tmp_path / "news.sqlite")) as db:
        found = db.execute(
            "SELECT id FROM articles JOIN articles_fts ON number = articles_fts.rowid WHERE articles_fts MATCH 'prefet'"
        ).fetchall()
        authors = db.execute("SELECT article, value FROM authors ORDER BY rowid").fetchall()
        types = dict(db.execute("SELECT name, type FROM pragma_table_info('articles')"))
        (meaning,) = db.execute("SELECT meaning FROM columns WHERE name = 'date'").fetchone()
    assert found == [(articles[3].id,)]
    assert authors == [(article.id, author) for article in articles for author in article.authors]
    assert (types["revision"], types["published_at"]) == ("INTEGER", "TEXT")
    assert "Calendar day" in meaning


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), 30),
        (Selection(languages=("FR",)), 5),
        (Selection(languages=("fr", "zh")), 10),
        (Selection(sites=("gazette",)), 30),
        (Selection(sites=("talbote.example", "chenbao.example")), 10),
        (Selection(sites=("gazette", "talbote.example")), 30),
        (Selection(since=date(2022, 1, 1), until=date(2022, 12, 31)), 10),
        (Selection(where="len(authors) > 1 OR site = 'chenbao.example' -- as said"), 5),
        (Selection(where="date = DATE '1999-01-01'"), 0),
    ],
)
def test_selection(keep: Keep, articles: list[Article], tmp_path: Path, selection: Selection, expected: int) -> None:
    articles[1].language = "fr-CA"
    assert make(keep(articles), tmp_path / "news.jsonl", selection).rows == expected


def test_columns_come_in_the_order_asked_for(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    make(keep(articles), tmp_path / "news.csv", Selection(columns=("title", "id")))
    assert list(rows(tmp_path / "news.csv")[0]) == ["title", "id"]


@pytest.mark.parametrize("format_name", ["jsonl", "parquet"])
def test_without_texts_the_facts_stay(keep: Keep, articles: list[Article], tmp_path: Path, format_name: str) -> None:
    target = tmp_path / f"news.{format_name}"
    make(keep(articles), target, Selection(text="none"))
    found = rows(target)
    assert not {"body", "subtitle", "description"} & found[0].keys()
    assert [row["title"] for row in found] == [article.title for article in articles]
    images = [image for row in found for image in row["images"]]
    assert images
    assert all(image["url"] and image["caption"] is None for image in images)


@pytest.mark.parametrize(
    ("revisions", "expected"), [("latest", [("b", 1), ("a", 2)]), ("all", [("a", 1), ("b", 1), ("a", 2)])]
)
def test_revisions(keep: Keep, tmp_path: Path, revisions: Any, expected: list[tuple[str, int]]) -> None:
    kept = [
        Article(
            id=id_, url=f"https://example.org/{id_}", revision=revision, content_hash=content_hash(id_, str(revision))
        )
        for id_, revision in (("a", 1), ("b", 1), ("a", 2))
    ]
    make(keep(kept), tmp_path / "news.jsonl", Selection(revisions=revisions))
    assert [(row["id"], row["revision"]) for row in rows(tmp_path / "news.jsonl")] == expected


def test_an_article_in_two_collections_is_exported_once(keep: Keep, tmp_path: Path) -> None:
    def revision(number: int, run: str) -> Article:
        return Article(id="a", url="https://example.org/a", revision=number, content_hash=str(number), run=run)

    keep([revision(1, "gazette")], "gazette")
    folder = keep([revision(1, "news"), revision(2, "news"), Article(id="b", url="https://example.org/b")], "news")
    for revisions in ("latest", "all"):
        make(folder, tmp_path / "news.jsonl", Selection(revisions=revisions))  # type: ignore[arg-type]
        assert [row["id"] for row in rows(tmp_path / "news.jsonl")] == ["a", "b"]


@pytest.mark.parametrize("skip_damaged", [False, True])
@pytest.mark.parametrize(("revisions", "expected"), [("latest", [2]), ("all", [1, 2])])
def test_an_article_in_two_collections_is_that_of_the_one_that_fetched_it_last(
    keep: Keep, tmp_path: Path, revisions: Any, expected: list[int], skip_damaged: bool
) -> None:
    """Whatever their names, and however many revisions each has."""

    def revision(number: int, run: str, day: int | None) -> Article:
        at = f"2024-05-{day:02}T08:00:00+00:00" if day else None
        return Article(
            id="a", url="https://example.org/a", revision=number, content_hash=f"{number}", run=run, fetched_at=at
        )

    keep([revision(1, "gazette", 1), revision(2, "gazette", 4), revision(3, "gazette", 5)], "gazette")
    keep([revision(1, "herald", 2), revision(2, "herald", 9)], "herald")
    folder = keep([revision(1, "news", 3), revision(2, "news", None)], "news")
    if skip_damaged:
        next((keep([revision(1, "post", 10)], "post") / "articles").iterdir()).unlink()
    make(folder, tmp_path / "news.jsonl", Selection(revisions=revisions), skip_damaged=skip_damaged)
    found = [(row["run"], row["revision"]) for row in rows(tmp_path / "news.jsonl")]
    assert found == [("herald", number) for number in expected]


def test_stories_are_columns(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    stories = [
        Story(article=str(articles[n].id), story_id=str(articles[4].id), is_primary=n == 4, similarity=s, copies=2)
        for n, s in ((4, 1.0), (7, 0.875))
    ]
    selection = Selection(stories=True, columns=("id", "story_id", "is_primary", "similarity"))
    make(keep(articles), tmp_path / "news.parquet", selection, stories=stories)
    found = rows(tmp_path / "news.parquet")
    assert [row["id"] for row in found] == [article.id for article in articles]
    assert list(found[7].values())[1:] == [articles[4].id, False, 0.875]
    assert list(found[0].values())[1:] == [articles[0].id, True, 1.0]


def test_what_a_crawl_has_not_committed_is_not_read(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    folder = keep(articles[:7], end=False)
    (open_segment,) = (folder / "articles").glob("*.jsonl")
    with open_segment.open("ab") as file:
        file.write(b'{"id": "half a rec')
    assert make(folder, tmp_path / "news.jsonl").rows == 7


@pytest.mark.parametrize(
    "target", [*(f"news.{name}" for name in FORMATS if name != "duckdb"), "news/", "news.parquet/"]
)
def test_the_same_collection_gives_the_same_bytes(
    keep: Keep, articles: list[Article], tmp_path: Path, target: str
) -> None:
    folder = keep(articles)
    manifests = []
    for turn in ("first", "second"):
        (tmp_path / turn).mkdir()
        make(folder, f"{tmp_path / turn}/{target}")
        manifests.append({path.relative_to(tmp_path / turn): path.read_bytes() for path in _files(tmp_path / turn)})
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("format_name", FORMATS)
def test_articles_stand_in_the_order_of_the_collections_where_some_were_revised(
    keep: Keep, tmp_path: Path, format_name: str
) -> None:
    first = [Article(id=f"a{n}", url=f"https://example.org/a{n}", content_hash="1") for n in range(150)]
    changed = [replace(article, revision=2, content_hash="2") for article in first[::3]]
    second = [Article(id=f"b{n}", url=f"https://example.org/b{n}", content_hash="1") for n in range(150)]
    keep([*first, *changed], "gazette")
    make(keep(second, "herald"), tmp_path / f"news.{format_name}")
    left = [article for number, article in enumerate(first) if number % 3]
    assert [row["id"] for row in rows(tmp_path / f"news.{format_name}")] == [a.id for a in (*left, *changed, *second)]


def test_a_dataset_folder_describes_itself(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    articles[0].site = "pipe|<b>.example"
    manifest = make(keep(articles), f"{tmp_path}/news/")
    folder = tmp_path / "news"
    files = {path.relative_to(folder).as_posix() for path in _files(folder)}
    assert files == {"README.md", "manifest.json", "schema.json", "data/articles.parquet"}
    for file in manifest.files:
        assert file.sha256 == hashlib.sha256((folder / file.path).read_bytes()).hexdigest()
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert '- "zh"\n' in card
    assert "- n<1K\n" in card
    assert "| pipe\\|&lt;b&gt;.example | 1 |" in card
    assert "| title | VARCHAR | 100.0% |" in card
    columns = json.loads((folder / "schema.json").read_text(encoding="utf-8"))["columns"]
    assert columns[0]["meaning"].startswith("Stable id")


@pytest.mark.parametrize(
    ("text", "size"), [("all", r"; [1-9][\d,]* characters of text\."), ("none", r"\.")], ids=["with", "without"]
)
def test_a_card_counts_the_text_that_is_there(
    keep: Keep, articles: list[Article], tmp_path: Path, text: Literal["all", "none"], size: str
) -> None:
    make(keep(articles), f"{tmp_path}/news/", selection=Selection(text=text))
    card = (tmp_path / "news" / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\d+ news articles of \d+ sites?, published from [\d-]+ to [\d-]+{size}$", card, re.MULTILINE)


def test_partitions_hold_everything(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    articles[0].date = None
    manifest = make(keep(articles), f"{tmp_path}/news.parquet/")
    folder = tmp_path / "news.parquet"
    data = [file for file in manifest.files if file.rows is not None]
    assert sum(file.rows or 0 for file in data) == 30
    assert "data/site=harbour-gazette.example/month=undated/data_0.parquet" in {file.path for file in data}
    assert {row["id"] for file in data for row in rows(folder / file.path)} == {article.id for article in articles}


@pytest.mark.parametrize("data", ["jsonl.zst", "csv", "sqlite"])
def test_a_dataset_folder_may_hold_another_format(
    keep: Keep, articles: list[Article], tmp_path: Path, data: str
) -> None:
    make(keep(articles), f"{tmp_path}/news/", format_name=data)
    assert len(rows(tmp_path / "news" / "data" / f"articles.{data}")) == 30


def test_nothing_kept_is_an_empty_dataset(keep: Keep, tmp_path: Path) -> None:
    folder = keep([])
    for target in ("news.csv", "news.parquet", "news/", "months.parquet/"):
        assert make(folder, f"{tmp_path}/{target}").rows == 0


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("news.xls", {}, "does not tell its format"),
        ("news", {"format_name": "parket"}, "did you mean 'parquet'"),
        ("news.parquet", {"format_name": "csv"}, "news.parquet names the format parquet, --format csv"),
        ("nowhere/news.csv", {}, "the folder .*/nowhere does not exist"),
        ("data/gazette/ledger.db/news.csv", {}, "ledger.db is no folder"),
        ("data/..", {}, "'.*/data/..' is no name that a dataset can take"),
        ("news.csv", {"selection": Selection(sites=("talbot.example",))}, "did you mean 'talbote.example'"),
        ("news.csv", {"selection": Selection(where="titel = 'x'")}, "--where \"titel = 'x'\" is no condition"),
        ("news.csv", {"selection": Selection(where="1=1) UNION (SELECT 2")}, "is no condition"),
        (
            "news.csv",
            {"selection": Selection(where="(SELECT count(*) FROM read_text('/etc/hosts')) > 0")},
            "Permission",
        ),
    ],
)
def test_bad_requests(
    keep: Keep, articles: list[Article], tmp_path: Path, target: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        make(keep(articles), tmp_path / target, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"columns": ("titel",)}, "there is no column 'titel'; did you mean 'title'"),
        ({"columns": ("story_id",)}, "needs --stories"),
        ({"columns": ("id", "title", "id")}, "the column 'id' is named more than once"),
        ({"columns": ("body",), "text": "none"}, "has no column body"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "no day is both"),
    ],
)
def test_bad_selections(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        Selection(**choice)


@pytest.mark.parametrize(
    ("name", "known", "suggestion"),
    [
        ("gazete", ["gazette", "tribune"], "gazette"),
        ("german_china_org_cn", ["french_china_org_cn"], None),
        ("bbc.co.uk", ["cnn.co.uk"], None),
        ("foo.example", ["bar.example"], None),
        ("publish_at", ["date", "published_at"], "published_at"),
        ("article", ["title"], None),
        ("", ["id"], None),
    ],
)
def test_only_a_near_name_is_suggested(name: str, known: list[str], suggestion: str | None) -> None:
    assert suggest(name, known) == (f"; did you mean {suggestion!r}?" if suggestion else "")


@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_a_damaged_segment_is_named_and_left_out_only_on_demand(
    keep: Keep, articles: list[Article], tmp_path: Path, harm: str
) -> None:
    articles[0].id = article_id("revised")
    revised = Article(id=articles[0].id, url=articles[0].url, revision=2, content_hash="2")
    folder = keep([*articles, revised])
    whole, *_, last = sorted((folder / "articles").iterdir())
    data = bytearray(last.read_bytes())
    data[len(data) // 2] ^= 1
    last.write_bytes({"flip": data, "cut": data[:40], "remove": b""}[harm])
    if harm == "remove":
        last.unlink()
    target = tmp_path / "news.jsonl"
    with pytest.raises(ExportError, match=rf"{last.name}.*--skip-damaged"):
        make(folder, target)
    assert not target.exists()
    manifest = make(folder, target, skip_damaged=True)
    assert manifest.damaged[0].startswith(f"{folder.name}/{last.relative_to(folder)} ")
    assert whole.name not in str(manifest.damaged)
    # the older revision is the latest one that can be read
    assert rows(target)[0]["id"] == articles[0].id


def test_a_damaged_line_of_an_open_segment_is_named(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    folder = keep(articles[:2], end=False)
    (segment,) = (folder / "articles").iterdir()
    segment.write_bytes(segment.read_bytes().replace(b'"revision":1', b'"revision":x'))
    with pytest.raises(ExportError, match=rf"{segment.name}, line 1"):
        make(folder, tmp_path / "news.jsonl")


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]
