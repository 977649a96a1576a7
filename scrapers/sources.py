"""Where a site lists its articles. A source is asked with one request and read into entries and further sources."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any, ClassVar, Self
from urllib.parse import urljoin, urlsplit

import feedparser
import msgspec
from cssselect import HTMLTranslator
from lxml import etree, html
from scrapy.http import Response

from scrapers.addresses import day_of, is_web_page
from scrapers.compression import GZIP_MAGIC, CutOff, TooLarge, decompress
from scrapers.document import Document
from scrapers.entry import Entry, day_in

logger = logging.getLogger(__name__)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A place that lists articles; `url` is where."""

    url: str

    modified: str | None = None
    """When it last changed, as the source that named it writes it."""

    depth: int = 0
    """How many sources were followed to reach it."""

    guessed: bool = False
    """Nobody named it, we only try: its absence is no failure."""

    max_depth: ClassVar[int] = 4
    """Sources are followed no deeper; a deeper one is named in the log."""

    lists_articles_only: ClassVar[bool] = False
    """Whether everything listed is an article, so that its address need not look like one."""

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield the articles that a response lists, and the sources that it leads to."""
        raise NotImplementedError

    def instead(self) -> Iterator[Source]:
        """Yield the sources to ask when this one cannot be read."""
        yield from ()

    def follow(self, kind: type[Source], url: str, **values: Any) -> Iterator[Source]:
        """Yield the source at an address that this one names, unless that would lead too deep."""
        if self.depth >= self.max_depth:
            logger.warning("%s: not followed, sources are nested deeper than %d", url, self.max_depth)
        elif urlsplit(url).scheme in ("http", "https"):
            yield kind(url=url, depth=self.depth + 1, **values)

    def to_meta(self) -> dict[str, Any]:
        """Return the source as plain JSON values, to travel in `Request.meta`."""
        values = msgspec.to_builtins(self)
        return {"kind": type(self).__name__, **values}

    @staticmethod
    def from_meta(values: dict[str, Any]) -> Source:
        """Return the source that `to_meta` wrote."""
        kind = _kinds()[values["kind"]]
        return msgspec.convert({name: value for name, value in values.items() if name != "kind"}, kind)


def _kinds() -> dict[str, type[Source]]:
    kinds: dict[str, type[Source]] = {}
    pending: list[type[Source]] = [Source]
    while pending:
        subclasses = pending.pop().__subclasses__()
        kinds.update({kind.__name__: kind for kind in subclasses})
        pending.extend(subclasses)
    return kinds
