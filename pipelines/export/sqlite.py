"""SQLite for people who query or browse: typed, with a full-text index over title and body, ready for Datasette."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

from pipelines.export.columns import Column
from pipelines.export.database import Database

_TYPES = {"BOOLEAN": "INTEGER", "INTEGER": "INTEGER", "DOUBLE": "REAL"}
_INDEXED = ("site", "date", "language", "story_id")
_SEARCHED = ("title", "body")
_BATCH = 500


def write(database: Database, path: Path) -> int:
    """Write the table `articles` (instants in UTC, lists as JSON), a view for each list with a row an entry, the table
    `columns` that says what each column means, and the full-text index `articles_fts`."""
    columns = database.selection.chosen()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # the file is in nobody's hands until it is whole, so it needs no journal
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        _create_tables(db, columns)
        values = ", ".join(f"{_value(column)} AS {column.name}" for column in columns)
        rows = database.rows(database.query(values), "Writing SQLite")
        insert = f"INSERT INTO articles ({_names(columns)}) VALUES ({', '.join('?' * len(columns))})"
        while batch := list(islice(rows, _BATCH)):
            db.executemany(insert, batch)
        _create_indexes(db, columns)
        (count,) = db.execute("SELECT count(*) FROM articles").fetchone()
        db.execute("COMMIT")
    return int(count)


def _create_tables(db: sqlite3.Connection, columns: list[Column]) -> None:
    names = {column.name for column in columns}
    definitions = [f'"{column.name}" {_TYPES.get(column.type, "TEXT")}' for column in columns]
    if {"id", "revision"} <= names:
        definitions.append("UNIQUE (id, revision)")
    db.execute(f"CREATE TABLE articles (number INTEGER PRIMARY KEY, {', '.join(definitions)}) STRICT")
    db.execute("CREATE TABLE columns (name TEXT PRIMARY KEY, meaning TEXT NOT NULL) STRICT")
    db.executemany("INSERT INTO columns VALUES (?, ?)", ((column.name, column.meaning) for column in columns))
    for column in columns:
        if column.is_list and "id" in names:
            db.execute(
                f'CREATE VIEW "{column.name}" AS SELECT articles.id AS article, entry.key AS position, entry.value AS'
                f' value FROM articles, json_each(articles."{column.name}") AS entry'
            )


def _create_indexes(db: sqlite3.Connection, columns: list[Column]) -> None:
    names = [column.name for column in columns]
    for name in _INDEXED:
        if name in names:
            db.execute(f'CREATE INDEX "articles_{name}" ON articles ("{name}")')
    if searched := [name for name in _SEARCHED if name in names]:
        db.execute(
            f"CREATE VIRTUAL TABLE articles_fts USING fts5 ({', '.join(searched)}, content = 'articles',"
            " content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')"
        )
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


def _names(columns: list[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _value(column: Column) -> str:
    if column.is_nested:
        return f"to_json({column.value})::VARCHAR"
    if column.type == "DATE":
        return f"{column.value}::VARCHAR"
    if column.type == "TIMESTAMPTZ":
        return f"replace(strftime({column.value}, '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z')"
    return column.value
