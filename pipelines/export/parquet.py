"""Parquet: one file, or a folder of files by site and month in the manner of Hive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.export.database import Database, escaped
from pipelines.export.facts import MONTH
from pipelines.export.selection import literal

_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480"  # 122,880 articles would be 400 MB in memory


def write(database: Database, path: Path) -> int:
    """Write the selected articles to one file."""
    return database.count(f"COPY ({database.query()}) TO {literal(str(path))} ({_OPTIONS})", "Writing Parquet")


def write_partitions(database: Database, folder: Path) -> int:
    """Write the selected articles to `site=<host>/month=<YYYY-MM>/data_0.parquet`; undated ones to `month=undated`."""
    columns = [f"{column.value} AS {column.name}" for column in database.selection.chosen() if column.name != "site"]
    query = database.query(", ".join([*columns, "coalesce(site, 'unknown') AS site", f"{MONTH} AS month"]))
    return database.count(
        f"COPY ({query}) TO {literal(str(folder))} ({_OPTIONS}, PARTITION_BY (site, month))", "Writing Parquet"
    )


def relation(path: Path) -> str:
    """Return an SQL relation of what was written to a file or folder."""
    if path.is_dir():
        return f"read_parquet({literal(f'{escaped(path)}/**/*.parquet')}, hive_partitioning = true)"
    return f"read_parquet({literal(escaped(path))})"


def row_counts(database: Database, files: Sequence[Path]) -> list[int]:
    """Return how many articles each file holds."""
    counts = (database.rows(f"SELECT num_rows FROM parquet_file_metadata({literal(escaped(file))})") for file in files)
    return [rows for ((rows,),) in counts]
