"""The tree of a page: what a browser would make of its markup, however hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from scrapers.element import Element

_LONG_TAG = 8_000  # bytes
_ENDLESS_TAG = re.compile(
    rb"""([a-zA-Z][\w:-]*)\s+(?>[^\s>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']*))?\s+){1000}[^>]*>"""
)


def parse(body: bytes) -> Element:
    """Return the root element of a page in UTF-8; an empty page has one too."""
    body = _without_endless_tags(body)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    root = etree.fromstring(body or b"<html/>", parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        root = etree.fromstring(_flatten(body), parser)
    return root if root is not None else etree.Element("html")


def _without_endless_tags(body: bytes) -> bytes:
    """Drop the attributes of a tag that has a thousand: the parser compares each with all before it."""
    kept = []
    start = 0
    for begin, end in _long_tags(body):
        if tag := _ENDLESS_TAG.match(body, begin, end):
            kept += [body[start : tag.end(1)], b">"]
            start = tag.end()
    return b"".join([*kept, body[start:]]) if kept else body


def _long_tags(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where a tag and its text are long; looks at windows, as splitting at all tags is slow."""
    at = body.find(b"<")
    while at >= 0:
        following = body.rfind(b"<", at + 1, at + _LONG_TAG)
        if following < 0:
            following = body.find(b"<", at + _LONG_TAG)
            yield at + 1, len(body) if following < 0 else following
        at = following


_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)[^>]*>")
_KEPT = frozenset(b"p br hr li h1 h2 h3 h4 h5 h6 img meta link input".split())  # they close themselves or each other
_DEEPEST = 500


def _flatten(body: bytes) -> bytes:
    """Drop the tags below a depth that no author writes, as the parser would drop all that follows, text included."""
    depth = 0

    def kept(match: re.Match[bytes]) -> bytes:
        nonlocal depth
        if match[2].lower() in _KEPT:
            return match[0]
        closing = bool(match[1])
        depth = max(0, depth - 1) if closing else depth + 1
        return match[0] if depth + closing <= _DEEPEST else b" "

    return _TAG.sub(kept, body)
