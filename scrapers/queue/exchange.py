"""A request and its response as they are kept."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from pipelines.store import warc


def exchange(request: Request, response: Response) -> warc.Exchange:
    """Return what a WARC record is made of."""
    return warc.Exchange(
        url=response.url,
        method=request.method,
        request_headers=_pairs(request),
        request_body=request.body,
        status=response.status,
        response_headers=_pairs(response),
        body=response.body,
    )


def _pairs(message: Request | Response) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in dict.items(message.headers) for value in values]
