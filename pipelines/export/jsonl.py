"""JSON Lines, plain or compressed: a line an article, instants as the page gave them."""

from __future__ import annotations

from pathlib import Path

from pipelines.export.columns import as_printed
from pipelines.export.database import Database
from pipelines.export.selection import literal

_COMPRESSION = {".zst": "zstd", ".gz": "gzip"}


def write(database: Database, path: Path) -> int:
    """Write the selected articles, compressed as the path's last suffix says."""
    expressions = ", ".join(f"{as_printed(column)} AS {column.name}" for column in database.selection.chosen())
    compression = _COMPRESSION.get(path.suffix, "none")
    return database.count(
        f"COPY ({database.query(expressions)}) TO {literal(str(path))} (FORMAT json, COMPRESSION {compression})",
        "Writing JSON Lines",
    )
