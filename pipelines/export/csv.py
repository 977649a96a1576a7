"""CSV that a spreadsheet can open without harm: lists as JSON, and no cell that it would run as a formula."""

from __future__ import annotations

from pathlib import Path

from pipelines.export.columns import INSTANTS, OFFSETS, Column, as_printed
from pipelines.export.database import Database
from pipelines.export.selection import literal

_FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""How a cell begins that spreadsheets take for a formula; the wide forms are taken so in East Asian locales."""


def write(database: Database, path: Path) -> int:
    """Write the selected articles with a header; absent values are empty.

    A text that begins like a formula gets an apostrophe before it, and NUL, where readers of CSV end, becomes U+FFFD.
    """
    expressions = ", ".join(f"{_cell(column)} AS {column.name}" for column in database.selection.chosen())
    return database.count(
        f"COPY ({database.query(expressions)}) TO {literal(str(path))} (FORMAT csv, HEADER, ESCAPE '\"')",
        "Writing CSV",
    )


def _cell(column: Column) -> str:
    if column.is_nested:
        return f"to_json({column.value})::VARCHAR"
    if column.name in INSTANTS:
        return as_printed(column)
    if column.type != "VARCHAR" or column.name in OFFSETS.values():
        return column.value
    text = f"replace({column.value}, chr(0), chr(65533))"
    return f"CASE WHEN regexp_matches(left({column.value}, 1), {literal(_FORMULA)}) THEN '''' || {text} ELSE {text} END"
