"""The files of collections as of one commit, while crawls go on writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipelines.article import Article
from pipelines.export.errors import ExportError
from pipelines.records import decode
from pipelines.store import segments
from pipelines.store.collection import Collection, describe
from pipelines.store.errors import Damaged
from pipelines.store.segments import ARTICLES, Segment
from pipelines.store.tables.runs import Run


class Line(NamedTuple):
    """Names one line of a collection."""

    collection: str
    id: str
    revision: int


@dataclass(kw_only=True)
class Snapshot:
    """What is read of some collections."""

    files: list[Path] = field(default_factory=list)
    """JSON Lines, each in `<collection>/articles/`, in the order of keeping."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    """Collection -> the runs that wrote it."""

    superseded: list[Line] = field(default_factory=list)
    """Older revisions, if those are not wanted."""

    shared: set[str] = field(default_factory=set)
    """Ids of the articles that more than one collection has."""

    damaged: list[str] = field(default_factory=list)
    """Why each segment that was left out could not be read; what supersedes a line may then be missing."""

    @property
    def is_sifted(self) -> bool:
        """Whether some lines may not count."""
        return bool(self.superseded or self.shared or self.damaged)


def take(
    collections: Sequence[Collection], folder: Path, *, latest_only: bool = True, skip_damaged: bool = False
) -> Snapshot:
    """Fix what is read of the collections, in their order; open segments are copied to `folder` up to their commit.

    Raise `ExportError` naming the first damaged segment, unless those are to be skipped.
    """
    snapshot = Snapshot()
    seen: set[str] = set()
    for collection in collections:
        name = collection.name
        with collection.ledger.reading():
            listed = collection.ledger.segments.of(ARTICLES)
            latest = collection.ledger.articles.revised() if latest_only else {}
            ids = collection.ledger.articles.ids() if len(collections) > 1 else []
            snapshot.runs[name] = collection.runs()
        snapshot.shared |= seen.intersection(ids)
        seen.update(ids)
        snapshot.superseded += [Line(name, id_, older) for id_ in latest for older in range(1, latest[id_])]
        for segment in listed:
            try:
                snapshot.files.append(_readable(collection.folder, segment, folder / name))
            except Damaged as error:
                if not skip_damaged:
                    raise ExportError(f"{error}; --skip-damaged leaves it out and takes the rest") from error
                snapshot.damaged.append(str(error).replace(str(collection.folder), name))  # it is published
    return snapshot


def _readable(folder: Path, segment: Segment, copies: Path) -> Path:
    """Return the file that holds the committed part of a segment, and nothing else."""
    path = segment.path(folder)
    if segment.file is None:
        return _copied(folder, segment, copies / ARTICLES / segment.open_file)
    if not path.is_file():
        raise Damaged(f"{path} is missing")
    if segments.checksum(path) != segment.sha256:
        raise Damaged(f"{path} does not hold the bytes that were written")
    return path


def _copied(folder: Path, segment: Segment, copy: Path) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    with copy.open("wb") as file:
        for number, (_, line) in enumerate(segments.lines(folder, segment), 1):
            try:
                decode(line, Article)
            except msgspec.DecodeError as error:
                raise Damaged(f"{describe(folder, segment)}, line {number}: {error}") from error
            file.write(line)
    return copy
