"""Articles that a site spreads over several pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.document import Document
from scrapers.element import Element
from scrapers.links import absolute, base_of

MOST = 20
"""Pages of one article that are read."""

_KEYS = ("page", "p", "pg", "seite", "pagina", "pageno")
_IN_PATH = re.compile(r"(.+?)(?:/(?:page|seite|p)[/-]?|[/_-](?:p|page)?)(\d{1,2})(\.\w{3,5})?")
_FILE = re.compile(r"(.*\d{4,}?)(?:_(\d{1,2}))?(\.\w{3,5})")


def next_part(document: Document, number: int = 1) -> str | None:
    """Return the address of the page on which an article goes on after its page of this number, if that links to it.

    `rel=next` alone is no proof, blogs link the next article with it: the address must be this page's own with the
    next number. The numbered files of a CMS, `content_123_2.htm`, need no `rel`.
    """
    path, own_number = _page_of(document.url)
    stems = {path} if own_number == number else set()
    if number == 1:
        stems.add(_stem(document.url))  # a number at its end is that of the article
    next_file = _next_file(document.url) if number == own_number else None
    if next_file and _links_to(document, next_file):
        return next_file
    base = base_of(document)
    hrefs = [*document.links.get("next", ()), *(a.get("href") for a in document.tree.iter("a") if _is_next(a))]
    declared = {url for href in hrefs if (url := absolute(base, href))}
    pages = ((url, *_page_of(url)) for url in sorted(declared))
    found = next((url for url, stem, page in pages if stem in stems and page == number + 1), None)
    return found and urlsplit(found)._replace(scheme=urlsplit(document.url).scheme).geturl()


def first_part(document: Document) -> str | None:
    """Return the address of the page on which this article begins, if this is a later one that links back."""
    match = _FILE.fullmatch(urlsplit(document.url).path)
    if not match or not match[2]:
        return None
    first = urlsplit(document.url)._replace(path=match[1] + match[3], query="", fragment="").geturl()
    return first if _links_to(document, first) else None


def _is_next(link: Element) -> bool:
    relations = link.get("rel")  # most have none
    return relations is not None and "next" in relations.lower().split()


def _links_to(document: Document, url: str) -> bool:
    base, name = base_of(document), url.rpartition("/")[2]
    hrefs = (link.get("href") or "" for link in document.tree.iter("a"))
    return any(absolute(base, href) == url for href in hrefs if name in href)


def _next_file(url: str) -> str | None:
    """Return the address of the file after this one in a numbered series."""
    parts = urlsplit(url)
    match = _FILE.fullmatch(parts.path)
    if not match:
        return None
    return parts._replace(path=f"{match[1]}_{int(match[2] or 1) + 1}{match[3]}", fragment="").geturl()


def _page_of(url: str) -> tuple[str, int]:
    """Return the stem of an address without its page number, and the number: 1 where it has none."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for key, value in query:
        if key.lower() in _KEYS and value.isdecimal() and len(value) <= 2:
            rest = urlencode([pair for pair in query if pair != (key, value)])
            return _stem(parts._replace(query=rest).geturl()), int(value)
    if match := _IN_PATH.fullmatch(parts.path.rstrip("/")):
        return _stem(parts._replace(path=match[1] + (match[3] or "")).geturl()), int(match[2])
    return _stem(url), 1


def _stem(url: str) -> str:
    """Return what the pages of one article have in common, if the address has no page number."""
    parts = urlsplit(url)
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(("", parts.netloc, parts.path.rstrip("/"), query, ""))
