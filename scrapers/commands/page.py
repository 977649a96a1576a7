"""`scrapy page`: what is read off one page, and why."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from typing import Any

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from pipelines.plain import number_of
from scrapers import compare
from scrapers.candidate import Candidate
from scrapers.page import ArticlePage
from scrapers.terminal import piped
from scrapers.visit import CannotRead, visit

_REJECTED = 3  # the exit code of `scrapy crawl` where pages were rejected


class Command(ScrapyCommand):
    """Shows each field of a page with its evidence and the candidates that lost."""

    requires_crawler_process = False  # only an address needs one
    default_settings = {"LOG_LEVEL": "CRITICAL"}  # a failed fetch is told once, by this command

    def syntax(self) -> str:
        return "[options] URL|FILE"

    def short_desc(self) -> str:
        return "Show each field of a page, its evidence, and the candidates that lost"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}. A URL is fetched as a crawl would fetch it. "
            "Exit code: 0 an article, 1 the page cannot be had, 3 the page is no article."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="the address that FILE was saved from")
        parser.add_argument("--spider", metavar="SITE", help="read with this site's page class (default: by address)")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print everything, uncut, as one JSON object")
        form.add_argument("--compare", action="store_true", help="show what other installed libraries read")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert isinstance(self.settings, Settings)
        if len(args) != 1:
            raise UsageError(f"page takes one URL or FILE, got {' '.join(args) or 'none'}", print_help=False)
        try:
            page = visit(self.settings, args[0], url=opts.url, site=opts.spider)
        except CannotRead as problem:
            print(f"scrapy page: {problem}", file=sys.stderr)
            self.exitcode = 1
            return
        if page.rejection:
            self.exitcode = _REJECTED
        if opts.compare:
            _print_comparison(page)
        elif opts.json:
            print(json.dumps(_as_data(page), ensure_ascii=False, indent=2))
        else:
            _print_fields(page)


def _losers(page: ArticlePage, name: str) -> list[Candidate[Any]]:
    winner = page.read(name)
    return [candidate for candidate in page.candidates(name) if candidate != winner]


def _as_data(page: ArticlePage) -> dict[str, Any]:
    reason, detail = page.rejection or (None, None)
    fields = {}
    for name in page.fields():
        winner = page.read(name)
        fields[name] = {
            "value": winner and msgspec.to_builtins(winner.value),
            "evidence": winner and winner.source,
            "others": [
                {"value": msgspec.to_builtins(loser.value), "evidence": loser.source} for loser in _losers(page, name)
            ],
        }
    return {
        "url": page.document.url,
        "charset": page.document.charset,
        "charset_evidence": page.document.charset_evidence,
        "rejected": {"reason": reason, "detail": detail} if reason else None,
        "missed": page.missed,
        "fields": fields,
    }


def _print_fields(page: ArticlePage) -> None:
    print(f"{'url':<15}{page.document.url or '(none; give it with --url)'}")
    print(f"{'charset':<15}{page.document.charset}  [{page.document.charset_evidence}]")
    for name in page.fields():
        winner = page.read(name)
        if winner is None:
            print(f"{name:<15}-")
            continue
        losers = _losers(page, name)
        agreeing = [loser.source for loser in losers if loser.value == winner.value]
        print(f"{name:<15}{_shown(winner.value)}  [{', also '.join([winner.source, *dict.fromkeys(agreeing)])}]")
        for loser in losers:
            if loser.value != winner.value:
                print(f"{'':<13}x {_shown(loser.value)}  [{loser.source}]")
    for name in dict.fromkeys(page.missed):
        print(f"the site's own place for {name} held nothing; the generic parser answered")
    if page.rejection:
        print("no article: {1} ({0})".format(*page.rejection))


def _print_comparison(page: ArticlePage) -> None:
    readings = {"broadsheet": {name: getattr(page, name) for name in compare.FIELDS}, **compare.readings(page.document)}
    for field in compare.FIELDS:
        print(field)
        for library, fields in readings.items():
            print(f"  {library:<18}{_shown(fields.get(field))}")
    if missing := compare.missing():
        print(f"not installed, so not compared: {', '.join(missing)}")


def _shown(value: Any) -> str:
    """One line for a person, cut to the terminal's width; a long text with its size."""
    if value in (None, "", []):
        return "-"
    width = max(40, shutil.get_terminal_size((120, 24)).columns - 45)
    if isinstance(value, str) and len(value) > width:
        paragraphs = sum(1 for text in value.splitlines() if text.strip())
        shortened = textwrap.shorten(value, width, placeholder=" ...")
        return f"{shortened} ({number_of(paragraphs, 'paragraph')}, {number_of(len(value), 'character')})"
    if isinstance(value, list):
        value = "; ".join(item if isinstance(item, str) else item.url for item in value)
    return textwrap.shorten(str(value), width, placeholder=" ...") or "-"
