"""What Scrapy's responses hold, in the forms that sources and pages are read in."""

from __future__ import annotations

import re

from scrapy.http import Request, Response

from scrapers.compression import GZIP_MAGIC, CutOff, TooLarge, decompress
from scrapers.document import Document

_LONGEST_VALIDATOR = 1000  # characters; with a header of many kilobytes a server refuses the request
CONDITIONS = ("If-None-Match", "If-Modified-Since")
NOT_MODIFIED = 304
LARGEST_LIST = 50 * 2**20  # bytes decompressed; the limit of the sitemap protocol


def charset_of(response: Response) -> str | None:
    """Return the charset of the HTTP header."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    match = re.search(r"charset=[\"']?([\w.:-]+)", header, re.IGNORECASE)
    return match[1] if match else None


def validators(response: Response) -> tuple[str, str]:
    """Return ETag and Last-Modified as sent, each empty where there is none that can be sent back."""
    etag, modified = ((response.headers.get(name) or b"").decode("latin-1") for name in ("ETag", "Last-Modified"))
    return _usable(etag), _usable(modified)


def _usable(validator: str) -> str:
    return validator if len(validator) <= _LONGEST_VALIDATOR and min(validator, default=" ") >= " " else ""


def conditions(etag: str | None, last_modified: str | None) -> dict[str, bytes]:
    """Return the headers that ask for what has these validators only if it has changed."""
    headers = zip(CONDITIONS, (etag, last_modified), strict=True)
    return {name: value.encode("latin-1") for name, value in headers if value}


def is_conditional(request: Request) -> bool:
    """Whether a request asks for something only if it has changed."""
    return any(name in request.headers for name in CONDITIONS)


def document_of(response: Response) -> Document:
    """Return a response as a page."""
    return Document(response.body, response.url, charset=charset_of(response))


class Unreadable(ValueError):
    """A body is damaged or too large; the message says what is wrong with it, for a person."""


def content_of(response: Response) -> bytes:
    """Return a body unpacked, also where a `.gz` file is served as it is, without a word in the headers; raise
    `Unreadable`."""
    if not response.body.startswith(GZIP_MAGIC):
        return response.body
    try:
        return decompress(response.body, "gzip", limit=LARGEST_LIST)
    except (CutOff, TooLarge) as error:
        raise Unreadable(str(error)) from error
