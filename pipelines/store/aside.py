"""Damaged files, kept beside what takes their place."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from pipelines.store import segments

DAMAGED = ".damaged"


def set_aside(path: Path) -> str:
    """Rename a file, and return a line for a person."""
    target = _name_aside(path)
    path.rename(target)
    segments.sync_folder(path.parent)
    return f"moved {path} to {target.name}"


def copy_aside(path: Path) -> str:
    """Keep what a damaged file holds; it stays in its place until there is something better."""
    target = _name_aside(path)
    with path.open("rb") as damaged, segments.whole_file(target) as file:
        shutil.copyfileobj(damaged, file)
    return f"kept {path} as {target.name}"


def _name_aside(path: Path) -> Path:
    """Return a name that is free: what an earlier repair set aside may hold what no other file does."""
    names = (path.with_name(f"{path.name}{f'.{number}' if number else ''}{DAMAGED}") for number in count())
    return next(name for name in names if not name.exists())
