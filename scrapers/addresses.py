"""What the address of a page says of it, before it is fetched."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from scrapers.vocabulary import addresses as vocabulary

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-]?(1[0-2]|0?[1-9])(?:[/_.-]?(0?[1-9]|[12]\d|3[01]))?(?!\d)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LONG_NUMBER = re.compile(r"\d{5,}")
_PAGE_NUMBER = re.compile(r"/(?:(?:page|seite|pagina|strana|pg)[/_-]?\d+|p[/_-]?\d{1,3})$")
_EXTENSION = re.compile(r"\.([a-z][a-z0-9]{1,4})$")


def is_within(url: str, domains: Collection[str]) -> bool:
    """Whether an address is on one of these domains or a subdomain of one; on any, if there are none."""
    labels = (urlsplit(url).hostname or "").split(".")
    suffixes = {".".join(labels[start:]) for start in range(len(labels))}
    return not domains or not suffixes.isdisjoint(domains)


def day_of(url: str) -> date | None:
    """Return the day, or the first day of the month, that an address carries: `/2024/03/05/`, `sitemap-2024-03.xml`."""
    span = span_of(url)
    return span[0] if span else None


def span_of(url: str) -> tuple[date, date] | None:
    """Return the first and last day of the day or month that an address carries."""
    for match in _DAY.finditer(urlsplit(url).path):
        year, month = int(match[1]), int(match[2])
        last = monthrange(year, month)[1]
        if int(match[3] or 1) <= last:
            return date(year, month, int(match[3] or 1)), date(year, month, int(match[3] or last))
    return None


def is_web_page(url: str) -> bool:
    """Whether an address can be that of a page: http or https, and no picture, download or the like."""
    return _is_page(urlsplit(url))


def _is_page(parts: SplitResult) -> bool:
    extension = _EXTENSION.search(parts.path.lower())
    return parts.scheme in ("http", "https") and not (extension and extension[1] in vocabulary.NO_PAGE)


def looks_like_article(url: str) -> bool:
    """Whether an address has the form that publishers give to articles rather than to listings and services.

    Articles have a slug of several words, a long number or a date; the pages that list them have short names.
    """
    parts = urlsplit(url)
    if not _is_page(parts):
        return False
    path = unquote(parts.path).lower().rstrip("/")
    segments = [segment for segment in path.split("/") if segment]
    if not vocabulary.NO_ARTICLE.isdisjoint(segments):
        return False
    if not segments:
        return _numbered_query(parts.query)
    if _PAGE_NUMBER.search(path):
        return False
    name = _EXTENSION.sub("", segments[-1])
    if name in vocabulary.INDEX:
        return False
    words = _WORDS.findall(name)
    if len(words) >= 4 or (not name.isascii() and sum(len(word) for word in words if not word.isascii()) >= 6):
        return True
    if _LONG_NUMBER.search(path) or _numbered_query(parts.query):
        return True
    day = _DAY.search(path)
    return day is not None and bool(day[3]) and bool(words) and not day[0].endswith(name)


def _numbered_query(query: str) -> bool:
    pairs = parse_qsl(query) if query else ()
    return any(key.lower() in vocabulary.ARTICLE_KEYS and value.isdecimal() for key, value in pairs)
