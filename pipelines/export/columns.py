"""The columns of a dataset: the fields of the record with types that can be counted, compared and plotted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_type_hints

from pipelines.article import Article, Image
from pipelines.schema import json_schema

INSTANTS = ("published_at", "modified_at", "fetched_at")
PRINTED = "_{}"
"""Under this name the view `articles` also has an instant as the collection's line has it."""

OFFSETS = {"published_at": "published_at_offset", "modified_at": "modified_at_offset"}
"""Of these instants the offset from UTC is a column too: `+08:00`."""

_IMAGES = "STRUCT(" + ", ".join(f"{field.name} VARCHAR" for field in dataclasses.fields(Image)) + ")[]"
_STORED = {
    str: "VARCHAR",
    str | None: "VARCHAR",
    list[str]: "VARCHAR[]",
    list[Image]: _IMAGES,
    dict[str, str]: "MAP(VARCHAR, VARCHAR)",
    bool | None: "BOOLEAN",
    int: "INTEGER",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a dataset."""

    name: str
    type: str
    """DuckDB's type."""

    sql: str
    """Its value, as an expression over the stored record."""

    meaning: str

    value: str
    """Its value in the dataset, as an expression over the view `articles`; most often its name."""

    @property
    def is_list(self) -> bool:
        return self.type.endswith("[]")

    @property
    def is_nested(self) -> bool:
        return self.is_list or self.type.startswith("MAP")

    @property
    def is_covered(self) -> str:
        """Condition over the dataset: a value is there."""
        return f"len({self.name}) > 0" if self.is_list else f"{self.name} IS NOT NULL"


def stored_types() -> dict[str, str]:
    """Return field -> DuckDB's type of what stands in a collection's lines."""
    return {name: _STORED[hint] for name, hint in get_type_hints(Article).items()}


def _columns() -> Iterator[Column]:
    meanings = json_schema()["$defs"]["Article"]["properties"]
    for name, type_ in stored_types().items():
        sql = name
        if name in INSTANTS or name == "date":
            # what is no date becomes an absent one; the collection still has it as it was
            type_ = "DATE" if name == "date" else "TIMESTAMPTZ"
            sql = f"TRY_CAST({name} AS {type_})"
        yield Column(name=name, type=type_, sql=sql, meaning=meanings[name]["description"], value=name)
        if offset := OFFSETS.get(name):
            yield Column(
                name=offset,
                type="VARCHAR",
                sql=rf"nullif(replace(regexp_extract({name}, '(Z|[+-]\d\d:?\d\d)$'), 'Z', '+00:00'), '')",
                meaning=f"Offset from UTC with which the page gave `{name}`: `+08:00`.",
                value=offset,
            )


COLUMNS = {column.name: column for column in _columns()}
"""Every column of a dataset by name, in order."""

STORY_COLUMNS = {
    name: Column(name=name, type=type_, sql=sql, meaning=meaning, value=name)
    for name, type_, sql, meaning in (
        (
            "story_id",
            "VARCHAR",
            "coalesce(story.story_id, id)",
            "Id of the primary article among those that print the same story; the article's own where it is alone.",
        ),
        (
            "is_primary",
            "BOOLEAN",
            "coalesce(story.is_primary, true)",
            "Whether it is the earliest of its story; where that is undecided, the news agency's own.",
        ),
        (
            "similarity",
            "DOUBLE",
            "coalesce(story.similarity, 1.0)",
            "Share of runs of three words that it has in common with the primary article, estimated by MinHash.",
        ),
    )
}
"""What else a dataset holds of near-duplicates, if that is asked for; `story` is the article's row of that index."""

WITHOUT_CAPTIONS = "list_transform(images, lambda image: {})".format(
    "struct_pack("
    + ", ".join(
        f"{field.name} := " + ("NULL::VARCHAR" if field.name == "caption" else f"image.{field.name}")
        for field in dataclasses.fields(Image)
    )
    + ")"
)
"""Value of `images` in a dataset without texts."""

TEXTS = ("subtitle", "description", "body")
"""The columns that hold the publisher's prose, which a dataset without texts leaves out."""


def as_printed(column: Column) -> str:
    """Return the value of a column as the collection's line has it: an instant as text with its own offset."""
    return PRINTED.format(column.name) if column.name in INSTANTS else column.value
