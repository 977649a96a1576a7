"""The newsroom as a function from request to response, with a clock that tests can turn."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial

from scrapers.newsroom import listings
from scrapers.newsroom.listings import Listed
from scrapers.newsroom.story import HOST, load_stories

EVENING = datetime(2025, 10, 22, 20, 0, tzinfo=timezone(timedelta(hours=2)))
"""When the newsroom's clock stands by default: all stories are out, one of them is updated two hours later."""

ROBOTS = f"User-agent: *\nDisallow: /private/\n\nSitemap: http://{HOST}/sitemap.xml\n"

_HTML, _TEXT, _GZIP = "text/html", "text/plain; charset=utf-8", "application/gzip"
_OLDER = re.compile(r"(/.+/)page/(\d+)/")
_LISTINGS: dict[str, tuple[str, Callable[[Listed], bytes]]] = {
    "/robots.txt": (_TEXT, lambda _: ROBOTS.encode()),
    "/": (_HTML, listings.home),
    **{path: (_HTML, partial(listings.page, path)) for path in listings.SECTIONS},
    "/feeds/news.rss": ("application/rss+xml", listings.rss),
    "/feeds/languages.atom": ("application/atom+xml", listings.atom),
    "/sitemap.xml": ("application/xml", lambda _: listings.sitemap_index()),
    listings.NEWS_SITEMAP: (_GZIP, lambda listed: gzip.compress(listings.sitemap(listed, news=True), mtime=0)),
    listings.ARCHIVE: (_GZIP, lambda listed: gzip.compress(listings.sitemap(listed, news=False), mtime=0)),
}


@dataclass(frozen=True)
class Request:
    """What a client asks: host and path without query, header names in lower case."""

    host: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """What the newsroom answers."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Newsroom:
    """Answers for the Courier under any host name; `clock` tells what is published and in which version."""

    def __init__(self, clock: Callable[[], datetime] = lambda: EVENING) -> None:
        self.clock = clock
        self.stories = load_stories()

    def answer(self, request: Request) -> Response:
        """Return the page at an address, or 301, 304, 404."""
        if moved := next((story for story in self.stories if story.listed_as == request.path), None):
            return Response(301, headers={"Location": f"http://{request.host}{moved.path}"})
        response = self._story(request.path) or self._listing(request.path)
        if response is None:
            return Response(404, b"<html><title>Not found</title><h1>Not found</h1></html>", {"Content-Type": _HTML})
        return _conditional(request, _as_host(request.host, response))

    def published(self, listing: str) -> Listed:
        """Return the stories of the listing at a path, newest first, as they stand now."""
        now = self.clock()
        rows = [(story, story.at(now)) for story in self.stories if listing in story.listed]
        return [(story, version) for story, version in rows if version or not story.versions]

    def _story(self, path: str) -> Response | None:
        for story in self.stories:
            version = story.at(self.clock())
            file = version.file if version and story.path == path else story.parts.get(path)
            if version and file:
                headers = {
                    "Content-Type": _HTML,
                    "Last-Modified": format_datetime(version.since.astimezone(UTC), usegmt=True),
                }
                return Response(200, file.read_bytes(), headers)
        return None

    def _listing(self, path: str) -> Response | None:
        if match := _OLDER.fullmatch(path):
            path, number = match[1], int(match[2])
            html = listings.page(path, self.published(path), number) if path in listings.SECTIONS else None
            return Response(200, html, {"Content-Type": _HTML}) if html else None
        if path not in _LISTINGS:
            return None
        kind, write = _LISTINGS[path]
        return Response(200, write(self.published(path)), {"Content-Type": kind})


def _as_host(host: str, response: Response) -> Response:
    """Let the pages speak of the site under the name by which it was asked."""
    if host == HOST:
        return response
    if response.headers["Content-Type"] == _GZIP:
        body = gzip.decompress(response.body).replace(HOST.encode(), host.encode())
        return replace(response, body=gzip.compress(body, mtime=0))
    return replace(response, body=response.body.replace(HOST.encode(), host.encode()))


def _conditional(request: Request, response: Response) -> Response:
    """Answer 304 where the client has the page already, as RFC 9110 says: an ETag counts before a date."""
    etag = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
    headers = {**response.headers, "ETag": etag}
    if "if-none-match" in request.headers:
        unchanged = etag in request.headers["if-none-match"]
    else:
        since, modified = request.headers.get("if-modified-since"), headers.get("Last-Modified")
        unchanged = bool(since and modified and parsedate_to_datetime(modified) <= parsedate_to_datetime(since))
    return Response(304, headers=headers) if unchanged else replace(response, headers=headers)
