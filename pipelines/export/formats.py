"""The forms that a dataset can have, by the form of its target's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.export import csv, duckdb_file, jsonl, parquet, sqlite
from pipelines.export.database import Database
from pipelines.export.errors import ExportError
from pipelines.export.selection import suggest


@dataclass(frozen=True, kw_only=True)
class Format:
    """How articles are written."""

    write: Callable[[Database, Path], int]
    """Writes the selected articles to a path and returns how many."""

    memory: str
    """What DuckDB may use; the process needs some 100 MB more."""

    threads: int = 2
    """Fixed, because Parquet's row groups depend on it: the same dataset has the same bytes on any machine."""


# with two threads DuckDB's writer of JSON runs out of any such memory where it is slower than the reader
_JSONL = Format(write=jsonl.write, memory="350MB", threads=1)

FORMATS = {
    "jsonl": _JSONL,
    "jsonl.zst": _JSONL,
    "jsonl.gz": _JSONL,
    "csv": Format(write=csv.write, memory="350MB"),
    "parquet": Format(write=parquet.write, memory="1000MB"),
    "sqlite": Format(write=sqlite.write, memory="350MB"),
    "duckdb": Format(write=duckdb_file.write, memory="800MB"),
}
"""By the suffix of the file."""

# the files of partitions are cut by thread
PARTITIONS = Format(write=parquet.write_partitions, memory="800MB", threads=1)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a dataset goes, and in which form."""

    path: Path
    format: Format
    data: str
    """Where the data stand inside a folder; "" where the target is a file."""


def target_of(name: str, format_name: str | None = None) -> Target:
    """Read a target: `x.csv` is a file, `x.parquet/` a partitioned folder, `x/` a dataset folder; raise `ExportError`.

    `format_name` is the form of the data in a dataset folder (default Parquet), or of a file whose name does not tell.
    """
    path = Path(name)
    if path.name in ("", ".."):
        raise ExportError(f"{name!r} is no name that a dataset can take: give it its own, such as news.csv or news/")
    if format_name is not None and format_name not in FORMATS:
        raise ExportError(f"there is no format {format_name!r}{suggest(format_name, FORMATS)}; {_KNOWN}")
    if name.endswith("/") or path.is_dir():
        if path.suffix == ".parquet" and format_name is None:
            return Target(path=path, format=PARTITIONS, data="data")
        format_name = format_name or "parquet"
        return Target(path=path, format=FORMATS[format_name], data=f"data/articles.{format_name}")
    told = next((known for known in FORMATS if path.name.endswith(f".{known}")), None)
    if told and format_name and told != format_name:
        raise ExportError(f"{name} names the format {told}, --format {format_name}")
    format_name = format_name or told
    if format_name is None:
        raise ExportError(f"{name} does not tell its format; {_KNOWN}, or a folder: {name}/")
    return Target(path=path, format=FORMATS[format_name], data="")


_KNOWN = f"formats: {', '.join(FORMATS)}"
