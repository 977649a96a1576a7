"""`scrapy search`: words in the articles of all collections."""

from __future__ import annotations

import argparse
import sys

import msgspec
from scrapy.exceptions import UsageError

from pipelines.export import search
from pipelines.plain import plain
from scrapers.collection_command import CollectionCommand
from scrapers.terminal import positive

_FOUND = ("id", "date", "site", "title", "url", "excerpt")


class Command(CollectionCommand):
    """Finds articles that hold words, in title or body."""

    def syntax(self) -> str:
        return "[options] WORDS"

    def short_desc(self) -> str:
        return "Search the articles of the collections for words"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}, without regard to case and accents. Every word must be there, as must a phrase in"
            " quotation marks: scrapy search '\"sable strait\" ferry'. Those with the words in the title and most often"
            " come first. Exit code: 0 something was found, 1 nothing was."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--limit", type=positive, default=20, help="how many articles (default: 20)")
        parser.add_argument("--json", action="store_true", help="print an object a line")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("search takes words to search for", print_help=False)
        terms = search.terms(" ".join(args))
        with self.database(opts) as (_, database):
            columns = ", ".join(name for name in _FOUND if name != "excerpt") + ", body"
            found = database.rows(
                f"{database.query(columns, search.condition(terms))}"
                f" ORDER BY {search.rank(terms)} DESC, date DESC NULLS LAST, id LIMIT {opts.limit}",
                "Searching",
            )
            shown = [dict(zip(_FOUND, (*row[:-1], search.excerpt(row[-1] or "", terms)), strict=True)) for row in found]
        for article in shown:
            if opts.json:
                print(msgspec.json.encode(article).decode())
            else:
                print(f"{article['date'] or 'undated   '}  {_bold(plain(article['title'] or '(no title)', 120))}")
                print(f"{'':12}{plain(str(article['site']), 60)}  {plain(article['id'], 40)}")
                print(f"{'':12}{plain(article['excerpt'])}")
        if not shown:
            print("scrapy search: no article holds all of that", file=sys.stderr)
            self.exitcode = 1


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[m" if sys.stdout.isatty() else text
