"""`scrapy savepage`: a page and its record become a test of its site."""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.conf import closest_scrapy_cfg

from scrapers.page import ArticlePage
from scrapers.terminal import piped
from scrapers.visit import CannotRead, visit


class Command(ScrapyCommand):
    """Stores `tests/pages/<site>/<slug>/{page.html,article.json}`."""

    requires_project = True
    requires_crawler_process = False  # only an address needs one
    default_settings = {"LOG_LEVEL": "CRITICAL"}  # a failed fetch is told once, by this command

    def syntax(self) -> str:
        return "[options] SITE URL|FILE"

    def short_desc(self) -> str:
        return "Store a page and the record that is read off it as a test of its site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="the address that FILE was saved from")
        parser.add_argument("--slug", help="name of the page's folder (default: from its address)")
        parser.add_argument("--force", action="store_true", help="replace a page that is stored already")
        parser.add_argument("--pages", metavar="FOLDER", help="where stored pages are (default: tests/pages)")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert isinstance(self.settings, Settings)
        if len(args) != 2:
            raise UsageError(f"savepage takes SITE and URL or FILE, got {' '.join(args) or 'none'}", print_help=False)
        site, target = args
        if opts.slug and (Path(opts.slug).name != opts.slug or opts.slug == ".."):
            raise UsageError(f"--slug {opts.slug}: it names a folder in that of the site", print_help=False)
        if "://" not in target and not opts.url:
            raise UsageError("the record of a FILE needs its address: --url URL", print_help=False)
        pages = Path(opts.pages) if opts.pages else Path(closest_scrapy_cfg()).parent / "tests" / "pages"
        try:
            page = visit(self.settings, target, url=opts.url, site=site)
            folder = pages / site / (opts.slug or _slug(page.document.url))
            _save(page, folder, replace=opts.force)
        except (CannotRead, OSError) as problem:
            print(f"scrapy savepage: {problem}", file=sys.stderr)
            self.exitcode = 1
            return
        print(f"{folder}: compare article.json with the page, and correct what is wrong")


def _save(page: ArticlePage, folder: Path, *, replace: bool) -> None:
    if folder.exists() and not replace:
        raise FileExistsError(f"{folder} is there already; --force replaces it, --slug NAME stores beside it")
    if page.rejection:
        raise CannotRead("{} is no article: {} ({})".format(page.document.url, *reversed(page.rejection)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(page.document.body)
    text = json.dumps(_record(page), ensure_ascii=False, indent=1)
    (folder / "article.json").write_text(f"{text}\n", encoding="utf-8")


def _record(page: ArticlePage) -> dict[str, Any]:
    """Return what the page says, without what it leaves out, and what is needed to read it again."""
    record: dict[str, Any] = {"url": page.document.url}
    if page.document.charset_evidence == "http":
        record["charset"] = page.document.charset
    for name in page.fields():
        if candidate := page.read(name):
            record[name] = _without_empty(msgspec.to_builtins(candidate.value))
    return record


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item not in (None, [])}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _slug(url: str) -> str:
    """Return a short name for the page of an address: `/2024/ferry-returns-to-selm.html` -> `ferry-returns-to-selm`."""
    parts = urlsplit(url)
    name = Path(unquote(parts.path)).stem or parts.hostname or "page"
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name)[:50].strip("-") or "page"
