"""From collections to a dataset: chosen, written, described, and put in its place in one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from pipelines.export import card, parquet
from pipelines.export.database import Database
from pipelines.export.errors import CannotWrite, ExportError
from pipelines.export.facts import count
from pipelines.export.formats import Target, target_of
from pipelines.export.manifest import MANIFEST, File, Manifest, Source, describe, encode, read, versions
from pipelines.export.replacing import publish, workshop
from pipelines.export.selection import Selection
from pipelines.store.collection import Collection
from pipelines.store.tables.runs import Run
from pipelines.stories.story import Story


def export(
    collections: Sequence[Collection],
    target: str,
    selection: Selection | None = None,
    *,
    format_name: str | None = None,
    stories: Sequence[Story] = (),
    skip_damaged: bool = False,
    show_progress: bool = False,
) -> Manifest:
    """Write the selected articles of the collections to a target, by the form of its name, and return its manifest.

    A file gets `<file>.manifest.json` beside it; a folder holds manifest, card and schema. Until everything is written
    the target stays what it was. `stories` fill the columns that `selection.stories` adds. Raise `ExportError`.
    """
    selection = selection or Selection()
    place = target_of(target, format_name)
    _check_replaceable(place)
    try:
        with (
            workshop(place.path) as folder,
            Database(
                collections,
                folder,
                selection,
                stories=stories,
                skip_damaged=skip_damaged,
                memory=place.format.memory,
                threads=place.format.threads,
                show_progress=show_progress,
            ) as database,
        ):
            return _make(database, place, folder / place.path.name)
    except (OSError, sqlite3.Error, CannotWrite) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise ExportError(f"{place.path} cannot be written, and is what it was: {reason}") from error


def _make(database: Database, place: Target, made: Path) -> Manifest:
    data = made / place.data
    data.parent.mkdir(parents=True, exist_ok=True)
    rows = place.format.write(database, data)
    manifest = Manifest(
        rows=rows,
        selection=database.selection.as_data(),
        sources=[_source(name, runs) for name, runs in database.snapshot.runs.items()],
        made_with=versions("broadsheet", "duckdb", *(["rensa"] if database.selection.stories else [])),
        damaged=database.snapshot.damaged,
    )
    if place.data:
        manifest.files = _describe_folder(database, place, made, manifest)
        (made / MANIFEST).write_bytes(encode(manifest))
        publish(made, place.path)
    else:
        manifest.files = [describe(made, made.parent, rows)]
        beside = made.with_name(f"{made.name}.{MANIFEST}")
        beside.write_bytes(encode(manifest))
        publish(made, place.path)
        publish(beside, place.path.with_name(beside.name))
    return manifest


def _describe_folder(database: Database, place: Target, made: Path, manifest: Manifest) -> list[File]:
    """Write card and schema, and return the entry of every file of the folder."""
    files = [path for path in sorted(made.rglob("*")) if path.is_file()]
    is_parquet = bool(files) and all(path.suffix == ".parquet" for path in files)
    rows = parquet.row_counts(database, files) if is_parquet else [manifest.rows] * len(files)
    entries = [describe(path, made, number) for path, number in zip(files, rows, strict=True)]
    # columns are counted faster where they are kept as columns
    facts = count(database, parquet.relation(made / place.data) if is_parquet else None)
    if is_parquet:
        facts = replace(facts, columns=parquet.columns(facts.columns))
    for name, text in (
        ("README.md", card.render(place.path.name, facts, manifest, entries)),
        ("schema.json", card.schema(facts.columns)),
    ):
        (made / name).write_text(text, encoding="utf-8")
        entries.append(describe(made / name, made))
    return entries


def _source(name: str, runs: Sequence[Run]) -> Source:
    ids = [run.id for run in runs]
    return Source(collection=name, runs=len(ids), first_run=ids[0] if ids else None, last_run=ids[-1] if ids else None)


def _check_replaceable(place: Target) -> None:
    """Raise `ExportError` where something stands that is not an older dataset of ours."""
    if not place.data:
        return
    if place.path.is_file():
        raise ExportError(f"{place.path} is a file, not a folder")
    if not place.path.is_dir():
        return
    try:
        is_empty = not any(place.path.iterdir())
        known = set() if is_empty else {MANIFEST, *(file.path for file in read(place.path / MANIFEST).files)}
    except (OSError, msgspec.DecodeError) as error:
        raise ExportError(f"{place.path} is not empty and no dataset: it holds no readable {MANIFEST}") from error
    present = {path.relative_to(place.path).as_posix() for path in place.path.rglob("*") if not path.is_dir()}
    if strange := sorted(present - known):
        raise ExportError(f"{place.path} holds {strange[0]}, which is not of the dataset and would be lost")
