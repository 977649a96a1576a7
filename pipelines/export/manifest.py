"""What a dataset consists of, so that a copy of it can be checked and made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec

from pipelines.store.segments import checksum

MANIFEST = "manifest.json"


@dataclass(kw_only=True)
class File:
    """One file of a dataset."""

    path: str
    """From the manifest's folder."""

    sha256: str
    bytes: int
    rows: int | None = None
    """Articles in it; None for a file that holds none."""


@dataclass(kw_only=True)
class Source:
    """One collection that a dataset was made from."""

    collection: str
    runs: int
    first_run: str | None
    last_run: str | None


@dataclass(kw_only=True)
class Manifest:
    """The files of a dataset, and what they were made from and with; it holds no time of its making."""

    rows: int
    selection: dict[str, Any]
    """What was asked for."""

    sources: list[Source]
    made_with: dict[str, str]
    """Program -> version."""

    files: list[File] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    """Why each segment that was left out could not be read; the dataset lacks its articles."""


def describe(path: Path, folder: Path, rows: int | None = None) -> File:
    """Return the entry of a file."""
    name = path.relative_to(folder).as_posix()
    return File(path=name, sha256=checksum(path), bytes=path.stat().st_size, rows=rows)


def encode(manifest: Manifest) -> bytes:
    """Return the manifest as JSON for people to read."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read(path: Path) -> Manifest:
    """Return the manifest in a file; raise `OSError` or `msgspec.DecodeError`."""
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


def versions(*packages: str) -> dict[str, str]:
    """Return the version of each package that is installed."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "from source"
    return found
