"""When two requests ask for the same thing."""

from __future__ import annotations

import hashlib
from weakref import WeakKeyDictionary

from scrapy.http import Request

from scrapers.addresses import same_page


class Fingerprinter:
    """Scrapy's REQUEST_FINGERPRINTER_CLASS: one fingerprint for all addresses of an article's page.

    The same address asked as a source, or as a later part of an article, is another request: each is read differently.
    """

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Request, bytes] = WeakKeyDictionary()

    def fingerprint(self, request: Request) -> bytes:
        """Return 20 bytes that are equal for requests that need not both be made."""
        if request not in self._known:
            source = request.meta.get("source")
            role = source["kind"] if source else "part" if "article" in request.meta else ""
            key = "\n".join((request.method, role, same_page(request.url), request.body.hex()))
            self._known[request] = hashlib.sha1(key.encode(), usedforsecurity=False).digest()
        return self._known[request]
