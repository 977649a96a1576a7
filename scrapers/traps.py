"""Budgets for addresses that a server can make without end: calendars, query variants, paths that repeat themselves,
sitemaps."""

from __future__ import annotations

import logging
import re
from urllib.parse import parse_qsl, urlsplit

from pipelines.urls import clean
from scrapers.addresses import looks_like_article, span_of
from scrapers.entry import Entry
from scrapers.sources import Sitemap, Source
from scrapers.vocabulary.addresses import ARTICLE_KEYS

logger = logging.getLogger(__name__)

_REPEATED = re.compile(r"((?:/[^/]+){1,3}?)\1\1(?=/|$)")
_LONG_NUMBER = re.compile(r"\d{9,}|(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{5,8}(?!\d)")
_SCRIPT = re.compile(r"\.(?:aspx?|cfm|cgi|do|jspx?|php\d?|pl|py)$")


class Traps:
    """Counts the addresses of each pattern; those over its budget are not asked for in this crawl.

    A pattern is of one host. That it has spent its budget is logged once.
    """

    budgets = {"repeating-path": 0, "dates": 366, "query-variants": 20, "sitemaps": 2000}

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], set[str]] = {}
        self._spent: set[tuple[str, str]] = set()

    def refuse(self, listed: Entry | Source) -> str | None:
        """Return the kind of trap that an address seems to be of, if the budget of its pattern is spent."""
        url = clean(listed.url)
        found = ("sitemaps", f"{urlsplit(url).netloc}/*") if isinstance(listed, Sitemap) else _pattern(url)
        if found is None:
            return None
        kind, pattern = found
        seen = self._seen.setdefault(found, set())
        if url in seen:
            return None
        if len(seen) < self.budgets[kind]:
            seen.add(url)
            return None
        if found not in self._spent:
            self._spent.add(found)
            most = f"no more than {len(seen)}" if seen else "none"
            logger.warning("%s: %s of these addresses are asked for (%s)", pattern, most, kind)
        return kind


def _pattern(url: str) -> tuple[str, str] | None:
    """Return kind and pattern of an address that may be one of very many."""
    parts = urlsplit(url)
    if match := _REPEATED.search(parts.path):
        return "repeating-path", f"{parts.netloc}{parts.path[: match.end()]}"
    if parts.query:
        query = parse_qsl(parts.query, keep_blank_values=True)
        names_it = [f"{key}={value}" for key, value in query if key.lower() in ARTICLE_KEYS and value.isdecimal()]
        alone = parts._replace(query="").geturl()
        if names_it or (looks_like_article(alone) and not _SCRIPT.search(parts.path)):
            return "query-variants", f"{parts.netloc}{parts.path}?{'&'.join([*names_it, '*'])}"
    elif span_of(url) and not _LONG_NUMBER.search(parts.path):
        return "dates", parts.netloc + re.sub(r"\d", "0", parts.path)
    return None
