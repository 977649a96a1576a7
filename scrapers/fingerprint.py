"""When two requests ask for the same thing."""

from __future__ import annotations

import hashlib
from weakref import WeakKeyDictionary

from scrapy.http import Request

from pipelines.urls import clean, same_page_key


class Fingerprinter:
    """Scrapy's REQUEST_FINGERPRINTER_CLASS: one fingerprint for all addresses of an article's page.

    The same address asked as a source, or as a later part of an article, is another request: each is read differently.
    Sources keep their `www.`: a site may list its articles at one of its hosts only.
    """

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Request, bytes] = WeakKeyDictionary()

    def fingerprint(self, request: Request) -> bytes:
        """Return 20 bytes that are equal for requests that need not both be made."""
        fingerprint = self._known.get(request)
        if fingerprint is None:
            key = "\n".join((request.method, *_what(request), request.body.hex()))
            fingerprint = self._known[request] = hashlib.sha1(key.encode(), usedforsecurity=False).digest()
        return fingerprint


def _what(request: Request) -> tuple[str, str]:
    """Return as what a request is read, and from where."""
    if source := request.meta.get("source"):
        return source["kind"], clean(request.url)
    return "part" if "article" in request.meta else "", same_page_key(request.url)
