"""From a request to the page that the ledger keeps of it, and back to the request that was first made for a page."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from scrapy import Request, Spider

from pipelines.keep import PAGE
from pipelines.store.tables.page import Page
from scrapers.queue.postponing import DUE
from scrapers.queue.stored_request import CannotStoreRequest, dump, load
from scrapers.recrawl import modified
from scrapers.responses import CONDITIONS

logger = logging.getLogger(__name__)

_OF_ONE_FETCH = frozenset(
    "_auth_proxy download_latency download_slot download_timeout due proxy redirect_reasons redirect_times redirect_ttl"
    " redirect_urls retry_times".split()
)
"""Keys of `Request.meta` in which a fetch leaves its traces; they count for no later one."""


def page_of(request: Request, number: int, run: int, spider: Spider, known: Page | None = None) -> Page:
    """Return the page of a request, with the validators of what is known of it; raise `CannotStoreRequest`."""
    for name in CONDITIONS:  # they come from the ledger when the request is handed out
        request.headers.pop(name, None)
    return Page(
        id=number,
        url=known.url if known else request.url,  # after a redirect it stays the page that was asked for
        host=urlsplit(request.url).hostname or "",
        request=dump(request, spider),
        priority=request.priority,
        due=float(request.meta.get(DUE, 0)),
        run=run,
        lastmod=modified(request),
        first_seen=known.first_seen if known else time.time(),
        revisit=known.revisit if known else None,
        etag=known.etag if known else None,
        last_modified=known.last_modified if known else None,
        content_hash=known.content_hash if known else None,
    )


def asked_before(pages: Iterable[Page], spider: Spider) -> Iterator[tuple[Page, Request]]:
    """Yield each page with the request that was first made for it; one that the spider cannot make is left out."""
    for page in pages:
        try:
            request = load(page.request, page.id, spider)
        except CannotStoreRequest as error:
            logger.warning("%s", error)
            continue
        meta = {key: value for key, value in request.meta.items() if key not in _OF_ONE_FETCH and key != PAGE}
        yield page, request.replace(meta=meta, dont_filter=False)
