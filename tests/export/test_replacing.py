"""Whoever reads sees the old dataset or the new one, and what was made halfway goes."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from pipelines.article import Article
from pipelines.export import replacing
from pipelines.export.errors import ExportError
from pipelines.export.replacing import publish, workshop
from tests.export.conftest import Keep
from tests.export.test_dataset import make


def test_a_file_replaces_a_file(tmp_path: Path) -> None:
    target = tmp_path / "news.csv"
    target.write_text("old")
    with workshop(target) as folder:
        (folder / "news.csv").write_text("new")
        assert target.read_text() == "old"
        publish(folder / "news.csv", target)
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_replaces_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool) -> None:
    if not can_exchange:
        monkeypatch.setattr(replacing.ctypes, "CDLL", lambda *_, **__: object())
    target = tmp_path / "news"
    target.mkdir()
    (target / "old").touch()
    with workshop(target) as folder:
        (folder / "news").mkdir()
        (folder / "news" / "new").touch()
        publish(folder / "news", target)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "news.csv"
    target.write_text("old")
    with contextlib.suppress(KeyboardInterrupt), workshop(target) as folder:
        (folder / "news.csv").write_text("ne")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_process_left_is_removed_but_not_what_another_one_makes(tmp_path: Path) -> None:
    target = tmp_path / "news.csv"
    (tmp_path / ".news.csv.abandoned.partial").mkdir()
    with workshop(target) as first, workshop(target) as second:
        assert {path.name for path in tmp_path.iterdir()} == {first.name, second.name}


@pytest.mark.parametrize(("name", "message"), [("notes.txt", "no dataset"), ("data/x.csv", "no dataset")])
def test_a_folder_of_other_things_is_not_replaced(
    keep: Keep, articles: list[Article], tmp_path: Path, name: str, message: str
) -> None:
    other = tmp_path / "news" / name
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    with pytest.raises(ExportError, match=message):
        make(keep(articles), f"{tmp_path}/news/")
    assert other.read_text() == "mine"


def test_a_dataset_with_something_added_is_not_replaced(keep: Keep, articles: list[Article], tmp_path: Path) -> None:
    folder = keep(articles)
    make(folder, f"{tmp_path}/news/")
    make(folder, f"{tmp_path}/news/")
    (tmp_path / "news" / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"notes\.txt, which is not of the dataset"):
        make(folder, f"{tmp_path}/news/")
