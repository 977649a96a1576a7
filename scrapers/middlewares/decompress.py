"""Decompresses responses; in place of Scrapy's middleware, which takes a cut-off body for a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Request, Response, TextResponse
from scrapy.responsetypes import responsetypes

from scrapers.compression import CODINGS, CutOff, TooLarge, decompress
from scrapers.failure import Refused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_ACCEPTED = b"gzip, deflate, br, zstd"


class Decompress:
    """Asks for compressed responses and hands on their content; a cut-off one is fetched again, then fails."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Decompress:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"Accept-Encoding", _ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        codings = _codings(response)
        if not codings or request.method == "HEAD":
            return response
        try:
            content, limit = response.body, request.meta.get("download_maxsize", self.limit)
            while codings and codings[-1] in CODINGS:
                content = decompress(content, codings.pop(), limit=limit)
        except TooLarge as error:
            raise Refused("too-large", f"{response.url}: {error}") from error
        except CutOff as error:
            return self._again(request, response.url, error)
        return _decoded(response, content, codings)

    def _again(self, request: Request, url: str, error: CutOff) -> Request:
        assert self.crawler.spider is not None
        retry = get_retry_request(request, spider=self.crawler.spider, reason="incomplete")
        if retry is None:
            raise ResponseDataLossError(f"{url}: {error}") from error
        return retry


def _codings(response: Response) -> list[str]:
    """Return the content codings in the order in which they were applied."""
    header = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1")
    return [coding for part in header.split(",") if (coding := part.strip().lower()) and coding != "identity"]


def _decoded(response: Response, content: bytes, remaining: list[str]) -> Response:
    headers = response.headers.copy()
    headers.pop(b"Content-Encoding", None)
    if remaining:
        headers[b"Content-Encoding"] = ",".join(remaining)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=content)
    if issubclass(kind, TextResponse):
        # the encoding was guessed from compressed bytes
        return response.replace(cls=kind, body=content, headers=headers, encoding=None)
    return response.replace(cls=kind, body=content, headers=headers)
