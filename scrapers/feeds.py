"""Feeds: what each item says, and where older ones are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import feedparser
from feedparser.mixin import _FeedParserMixin
from lxml import html
from scrapy.http import Response

from scrapers.entry import Entry
from scrapers.links import absolute, joined
from scrapers.responses import Unreadable, content_of

_OLDER = ("next", "prev-archive")  # relations of RFC 5005
_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*>")
_PAGED = "paged"
_MOST_TAGS = 500_000  # more than of 20,000 items; a thousand take feedparser 60 ms, in which nothing else is done
_LONGEST_AUTHOR = 200  # characters

_find_address = _FeedParserMixin._sync_author_detail


def _find_address_in_short(parser: Any, key: str = "author") -> None:
    """Cut an author before feedparser looks for an e-mail address in it, which takes the square of its length."""
    context = parser._get_context()
    if author := context.get(key):
        context[key] = author[:_LONGEST_AUTHOR]
    _find_address(parser, key)


_FeedParserMixin._sync_author_detail = _find_address_in_short


def parse(response: Response) -> Any:
    """Return the feed that a response holds, as feedparser reads it; raise `Unreadable`."""
    content, kind = content_of(response), (response.headers.get("Content-Type") or b"").decode("latin-1")
    if content.count(b"<") > _MOST_TAGS:
        raise Unreadable(f"it has more than {_MOST_TAGS:,} tags")
    try:
        return _parse(content, response.url, kind)
    except ValueError:  # it declares an encoding that is none of text: punycode, undefined
        return _parse(_DECLARATION.sub(b"", content, count=1), response.url, "application/xml")


def _parse(content: bytes, url: str, kind: str) -> Any:
    return feedparser.parse(
        io.BytesIO(content),  # a stream: feedparser opens bytes as the name of a file
        response_headers={"content-location": url, "content-type": kind},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def entries(feed: Any, url: str) -> Iterator[Entry]:
    """Yield an entry for each item of a feed that was fetched from this address."""
    for item in feed.entries:
        if page := absolute(url, item.get("feedburner_origlink") or item.get("link")):
            yield _entry(item, page, feed)


def older(feed: Any, url: str) -> str | None:
    """Return the address at which a feed declares that it goes on with older items (RFC 5005)."""
    hrefs = (link.get("href") for link in feed.feed.get("links", ()) if link.get("rel") in _OLDER)
    return joined(url, next(hrefs, None))


def older_in_wordpress(feed: Any, url: str) -> str | None:
    """Return the address of the next page of a feed of WordPress, which has pages and does not say so."""
    if not feed.entries or "wordpress" not in feed.feed.get("generator", "").lower():
        return None
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = query.get(_PAGED, "1")
    query[_PAGED] = str(int(number) + 1 if number.isdecimal() else 2)
    return parts._replace(query=urlencode(query)).geturl()


def _entry(item: Any, url: str, feed: Any) -> Entry:
    updated = dict.get(item, "updated")  # its own get() falls back to the time of publication
    dated_once = not item.get("published") and not feed.version.startswith("atom")  # RSS 1.0 has dc:date only
    return Entry(
        url=url,
        source="feed",
        title=_plain(item.get("title")),
        description=_plain(item.get("summary")),
        published=updated if dated_once else item.get("published"),
        modified=None if dated_once else updated,
        authors=[name for author in item.get("authors", ()) if (name := _author(author.get("name")))],
        keywords=[term for tag in item.get("tags", ()) if (term := _plain(tag.get("term")))],
        language=item.get("language") or feed.feed.get("language"),
    )


def _author(text: str | None) -> str | None:
    """Return the name in RSS's `desk@example.org (Ada Brook)`, which feedparser cuts in the wrong place."""
    name = _plain(text)
    match = re.search(r"\((.+?)\)?$", name or "")
    return match[1] if match else name


def _plain(text: str | None) -> str | None:
    """Return the text of a feed's value, which may be HTML."""
    if text and ("<" in text or "&" in text):
        text = html.fromstring(f"<div>{text}</div>").text_content()
    return " ".join((text or "").split()) or None
