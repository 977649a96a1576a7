"""`scrapy show`: one article, for reading."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections.abc import Iterator

import msgspec
from scrapy.exceptions import UsageError

from pipelines.article import Article
from pipelines.export.errors import ExportError
from pipelines.plain import plain
from scrapers.collection_command import CollectionCommand


class Command(CollectionCommand):
    """Shows an article by its id or address."""

    def syntax(self) -> str:
        return "[options] ID|URL"

    def short_desc(self) -> str:
        return "Show an article that is kept"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super(CollectionCommand, self).add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the record as it is kept")
        parser.add_argument("--evidence", action="store_true", help="say where each value came from")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError(f"show takes one ID or URL, got {' '.join(args) or 'none'}", print_help=False)
        with self.collections() as collections:
            found = [(one.name, article) for one in collections if (article := one.article(args[0]))]
        if not found:
            raise ExportError(f"no collection has an article {args[0]!r}; `scrapy search` finds ids")
        for name, article in found:
            if opts.json:
                print(msgspec.json.encode(article).decode())
            else:
                print("\n".join([f"collection    {name}", *_lines(article, with_evidence=opts.evidence)]))


def _lines(article: Article, *, with_evidence: bool) -> Iterator[str]:
    for name, value in vars(article).items():
        if name in ("body", "evidence") or value in (None, [], {}):
            continue
        if isinstance(value, list):
            value = "; ".join(item if isinstance(item, str) else item.url for item in value)
        source = article.evidence.get(name)
        yield f"{name:<14}{plain(str(value), 500)}" + (f"  [{plain(source)}]" if with_evidence and source else "")
    width = min(100, shutil.get_terminal_size((100, 24)).columns)
    for paragraph in (article.body or "").split("\n\n"):
        yield ""
        yield from textwrap.wrap(plain(paragraph), width)
