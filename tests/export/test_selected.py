"""Articles from Python, and the example that shows how."""

from __future__ import annotations

import runpy
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.article import Article
from pipelines.export.errors import ExportError
from pipelines.export.selected import select
from pipelines.store.collection import open_collection
from tests.export.conftest import Keep

EXAMPLE = Path(__file__).parents[2] / "examples" / "analysis.py"


def test_chosen_articles_are_the_records(keep: Keep, articles: list[Article]) -> None:
    with open_collection(keep(articles)) as collection:
        assert list(select(collection)) == articles
        french = select(collection, languages=("fr",), since=date(2022, 1, 1))
        expected = [article for article in articles if article.language == "fr" and str(article.date) >= "2022"]
        assert list(french) == expected
        assert len(french) == len(expected) > 0


def test_columns_are_typed_in_every_frame(keep: Keep, articles: list[Article]) -> None:
    articles[0].published_at = "2019-10-24T09:51:40+08:00"
    instant = datetime(2019, 10, 24, 1, 51, 40, tzinfo=UTC)
    with open_collection(keep(articles)) as collection:
        chosen = select(collection, columns=("id", "published_at", "authors"))
        table, pandas, polars = chosen.to_arrow(), chosen.to_pandas(), chosen.to_polars()
    assert table.column_names == ["id", "published_at", "authors"]
    assert table["published_at"][0].as_py() == pandas["published_at"][0] == polars["published_at"][0] == instant
    assert list(table["authors"][0].as_py()) == list(polars["authors"][0]) == articles[0].authors


def test_what_there_is_not_is_said(keep: Keep, articles: list[Article]) -> None:
    with open_collection(keep(articles)) as collection:
        with pytest.raises(ExportError, match="there is no column 'titel'"):
            select(collection, columns=("titel",))
        with pytest.raises(ExportError, match="is no condition"):
            len(select(collection, where="titel = ''"))


def test_the_example_runs(
    keep: Keep, articles: list[Article], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(EXAMPLE), str(keep(articles))])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    said = capsys.readouterr().out
    assert said.startswith("30 articles; ")
    assert "recent articles" in said
    assert "published_at: timestamp[us, tz=UTC]" in said
