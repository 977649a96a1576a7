"""Which articles, and what of them, a dataset holds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, Self

from pipelines.export.columns import COLUMNS, STORY_COLUMNS, TEXTS, WITHOUT_CAPTIONS, Column
from pipelines.export.errors import ExportError


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Conditions that an article must all meet, and the columns of it that are wanted; the default is everything."""

    sites: tuple[str, ...] = ()
    """Names of collections, or hosts as in `Article.site`."""

    since: date | None = None
    """First day of publication; articles without a date are then left out."""

    until: date | None = None
    """Last day of publication."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags; `pt` takes `pt-BR` too."""

    where: str | None = None
    """A condition in DuckDB's SQL over the columns of the dataset."""

    columns: tuple[str, ...] = ()
    revisions: Literal["latest", "all"] = "latest"
    text: Literal["all", "none"] = "all"
    """`none` leaves out the publisher's prose (body, subtitle, description, captions) and keeps the facts."""

    stories: bool = False
    """Whether to add the columns that tell which articles print the same story."""

    def __post_init__(self) -> None:
        known = self.known()
        for name in self.columns:
            if name in STORY_COLUMNS and not self.stories:
                raise ExportError(f"the column {name!r} needs --stories")
            if name not in known:
                raise ExportError(f"there is no column {name!r}{suggest(name, known)}; columns: {', '.join(known)}")
            if self.columns.count(name) > 1:
                raise ExportError(f"the column {name!r} is named more than once")
        if self.text == "none" and (texts := [name for name in self.columns if name in TEXTS]):
            raise ExportError(f"a dataset without texts has no column {', '.join(texts)}")
        if self.since and self.until and self.since > self.until:
            raise ExportError(f"no day is both since {self.since} and until {self.until}")

    def narrowed(self, **changes: Any) -> Self:
        """Return this selection with some of its parts changed."""
        return replace(self, **changes)

    def known(self) -> dict[str, Column]:
        """Return the columns that there are, by name."""
        return COLUMNS | STORY_COLUMNS if self.stories else COLUMNS

    def chosen(self) -> list[Column]:
        """Return the wanted columns, in the order asked for."""
        known = self.known()
        names = self.columns or tuple(known)
        if self.text == "all":
            return [known[name] for name in names]
        columns = [known[name] for name in names if name not in TEXTS]
        return [replace(column, value=WITHOUT_CAPTIONS) if column.name == "images" else column for column in columns]

    def conditions(self) -> list[str]:
        """Return conditions over the columns of the view `articles`; sites are chosen before."""
        found = []
        if self.since:
            found.append(f"date >= DATE {literal(self.since.isoformat())}")
        if self.until:
            found.append(f"date <= DATE {literal(self.until.isoformat())}")
        if self.languages:
            found.append(
                " OR ".join(
                    f"lower(language) = {tag} OR starts_with(lower(language), {tag} || '-')"
                    for tag in (literal(language.lower()) for language in self.languages)
                )
            )
        if self.where:
            found.append(self.where)
        return found

    def as_data(self) -> dict[str, Any]:
        """Return what was asked for, for the manifest."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in ((), None, False)
        }


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def suggest(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` for a name of which no more than some three letters are wrong."""
    # of a long name most may be right and tell nothing: bbc.co.uk, cnn.co.uk
    cutoff = max(0.7, 1 - 1.5 / max(len(name), 1))
    close = difflib.get_close_matches(name, list(known), 1, cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""
