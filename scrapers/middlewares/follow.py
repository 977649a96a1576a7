"""Follows redirects as Scrapy does, but for credentials in the target, which would be kept in the queue; and keeps the
page where its target or charset is nonsense: Scrapy loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Request, Response

from pipelines.urls import without_credentials

if TYPE_CHECKING:
    from collections.abc import Callable


class FollowRedirects(RedirectMiddleware):
    """Follows `Location`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request of the target, or the response if it names none."""
        return _follow(self, super().process_response, request, response)


_HEAD = 4 * 4096  # bytes that the characters take in which Scrapy looks for a refresh


class FollowRefreshes(MetaRefreshMiddleware):
    """Follows `<meta http-equiv="refresh">`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request of the target, or the response if it names none or is not to be decoded."""
        head = response.body[:_HEAD].lower()
        if b"refresh" not in head and b"\0" not in head:  # NUL stands in UTF-16
            return response  # and spare it the decoding: of all of a page, 0.2 ms
        return _follow(self, super().process_response, request, response)


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
