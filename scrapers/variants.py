"""AMP and print variants of pages: addresses that tell that of the page itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapers.addresses import looks_like_article
from scrapers.vocabulary.addresses import VARIANT_QUERIES

_AFTER_PATH = re.compile(r"(?:/(?:amp|print)(/?)|\.amp(\.html?)?)$", re.IGNORECASE)
_BEFORE_PATH = re.compile(r"^/amp(?=/)", re.IGNORECASE)


def original(url: str) -> str | None:
    """Return the address of the page of which this is a variant, or None.

    What is left of a path without `amp` or `print` has to look like an article's: `/edition/print` may be a section.
    """
    parts = urlsplit(url)
    query = "&".join(pair for pair in parts.query.split("&") if pair.lower() not in VARIANT_QUERIES)
    host = parts.netloc.removeprefix("amp.") if parts.netloc.count(".") > 1 else parts.netloc
    found = parts._replace(netloc=host, query=query)
    path = _BEFORE_PATH.sub("", _AFTER_PATH.sub(lambda match: match[1] or match[2] or "", parts.path))
    if path != parts.path and looks_like_article(found._replace(path=path).geturl()):
        found = found._replace(path=path)
    return found.geturl() if found != parts else None
