"""A DuckDB database with the table `articles`, each column with its meaning as its comment.

DuckDB gives each file a random number of its own, so that the same dataset has the same rows but not the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.export.database import Database
from pipelines.export.selection import literal


def write(database: Database, path: Path) -> int:
    """Write the selected articles to a new database."""
    database.run(f"ATTACH {literal(str(path))} AS dataset")
    rows = database.count(f"CREATE TABLE dataset.articles AS {database.query()}", "Writing DuckDB")
    for column in database.selection.chosen():
        database.run(f"COMMENT ON COLUMN dataset.articles.{column.name} IS {literal(column.meaning)}")
    database.run("DETACH dataset")
    return rows
