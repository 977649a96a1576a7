"""Parquet: one file, or a folder of files by site and month in the manner of Hive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.export.columns import Column
from pipelines.export.database import Database, escaped
from pipelines.export.facts import MONTH
from pipelines.export.selection import literal

_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480"  # 122,880 articles would be 400 MB in memory


def columns(chosen: Sequence[Column]) -> list[Column]:
    """Return the columns as Parquet has them: the Hugging Face hub reads no maps, so they become lists of pairs."""
    return [
        replace(column, type="STRUCT(key VARCHAR, value VARCHAR)[]", value=f"map_entries({column.value})")
        if column.type.startswith("MAP")
        else column
        for column in chosen
    ]


def write(database: Database, path: Path) -> int:
    """Write the selected articles to one file."""
    query = database.query(", ".join(_expressions(database.selection.chosen())))
    return database.count(f"COPY ({query}) TO {literal(str(path))} ({_OPTIONS})", "Writing Parquet")


def write_partitions(database: Database, folder: Path) -> int:
    """Write the selected articles to `site=<host>/month=<YYYY-MM>/data_0.parquet`; undated ones to `month=undated`."""
    others = [column for column in database.selection.chosen() if column.name != "site"]
    query = database.query(", ".join([*_expressions(others), "coalesce(site, 'unknown') AS site", f"{MONTH} AS month"]))
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


def _expressions(chosen: Sequence[Column]) -> Iterator[str]:
    return (f"{column.value} AS {column.name}" for column in columns(chosen))
