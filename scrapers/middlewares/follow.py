"""Follows redirects as Scrapy does, but not in a ring, and without the credentials that a target names, which the queue
would keep; where target or charset is nonsense the page is kept: Scrapy loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from pipelines.urls import without_credentials
from scrapers.failure import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN = 3  # addresses of a row of redirects, in a sentence
_HEAD = 4 * 4096  # bytes that the characters take in which Scrapy looks for a refresh


class FollowRedirects(RedirectMiddleware):
    """Follows `Location`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request of the target, or the response if it names none; raise `Refused` with `redirects`."""
        try:
            target = _follow(self, super().process_response, request, response)
        except IgnoreRequest as error:
            raise Refused("redirects", f"{_way(request)} and so on, {self.max_redirect_times} times") from error
        if isinstance(target, Request) and _comes_back(self, request, target):
            raise Refused("redirects", f"{_way(request)} and back to {target.url}")
        return target


class FollowRefreshes(MetaRefreshMiddleware):
    """Follows `<meta http-equiv="refresh">`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request of the target, or the response if it names none, is not to be decoded or asks to be
        loaded again."""
        head = response.body[:_HEAD].lower()
        if b"refresh" not in head and b"\0" not in head:  # NUL stands in UTF-16
            return response  # and spare it the decoding: of all of a page, 0.2 ms
        try:
            target = _follow(self, super().process_response, request, response)
        except IgnoreRequest:
            return response
        return response if isinstance(target, Request) and _comes_back(self, request, target) else target


def _comes_back(middleware: BaseRedirectMiddleware, request: Request, target: Request) -> bool:
    """Whether a redirect leads to where it came from; with cookies that may be another page by then."""
    if target.method != request.method or middleware.crawler.settings.getbool("COOKIES_ENABLED"):
        return False
    return urldefrag(target.url)[0] in {urldefrag(url)[0] for url in _asked(request)}


def _asked(request: Request) -> list[str]:
    return [*request.meta.get("redirect_urls", ()), request.url]


def _way(request: Request) -> str:
    """Return in words the redirects that led to a request, the last few of many."""
    return f"redirected from {' to '.join(_asked(request)[-_SHOWN:])}"


def _follow(
    middleware: BaseRedirectMiddleware,
    process: Callable[[Request, Response], Request | Response],
    request: Request,
    response: Response,
) -> Request | Response:
    try:
        followed = process(request, response)
        return followed.replace(url=without_credentials(followed.url)) if isinstance(followed, Request) else followed
    except (ValueError, LookupError):  # `http://[`, `javascript:`, port 99999; charset=rot13, idna
        assert middleware.crawler.stats
        middleware.crawler.stats.inc_value("follow/nonsense")
        return response
