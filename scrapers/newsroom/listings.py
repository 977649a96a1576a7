"""Where the newsroom lists its stories: sections, feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from pathlib import Path
from string import Template
from xml.etree import ElementTree as ET

from scrapers.newsroom.story import HOST, Story, Version

Listed = Sequence[tuple[Story, Version | None]]
"""Stories, newest first, each with its page as it stands; None where nothing is behind the address."""

SECTIONS = ("/news/", "/world/", "/business/", "/culture/", "/languages/")
NEWS_SITEMAP, ARCHIVE = "/sitemap-news.xml.gz", "/sitemap-2025-10.xml.gz"

_SITE = f"http://{HOST}"
_NAME = "The Halmere Courier"
_PER_PAGE = 3
_TEMPLATE = Template((Path(__file__).parent / "pages" / "listing.html").read_text("utf-8"))
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

for _prefix, _namespace in (("atom", _ATOM), ("dc", _DC), ("", _MAP), ("news", _NEWS)):
    ET.register_namespace(_prefix, _namespace)


def home(listed: Listed) -> bytes:
    """Return the home page."""
    return _html(_NAME, listed)


def page(path: str, listed: Listed, number: int = 1) -> bytes:
    """Return page 1, 2, ... of a section; empty past its last one."""
    rows = listed[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    if not rows:
        return b""
    older = f'<a rel="next" href="{path}page/{number + 1}/">Older stories</a>'
    return _html(f"{path.strip('/').capitalize()} - {_NAME}", rows, older if len(listed) > number * _PER_PAGE else "")


def _html(title: str, rows: Listed, older: str = "") -> bytes:
    return _TEMPLATE.substitute(title=escape(title), cards="\n".join(map(_card, rows)), older=older).encode()


def _card(row: tuple[Story, Version | None]) -> str:
    story, version = row
    title = version.record["title"] if version else story.slug.capitalize()
    teaser = version.record.get("description", "") if version else ""
    link = escape(story.listed_as or story.path)
    return f'<article class="card"><h3><a href="{link}">{escape(title)}</a></h3><p>{escape(teaser)}</p></article>'


def rss(listed: Listed) -> bytes:
    """Return an RSS 2.0 feed, whose links carry tracking parameters as feeds of large sites do."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", _NAME)
    _add(channel, "link", f"{_SITE}/")
    _add(channel, "description", "News from the coast and beyond")
    for story, version in listed:
        record = version.record if version else {}
        item = ET.SubElement(channel, "item")
        _add(item, "title", record.get("title"))
        _add(item, "link", f"{story.url}?utm_source=rss&utm_medium=feed")
        _add(item, "guid", story.url)
        _add(item, "description", record.get("description"))
        _add(item, "pubDate", format_datetime(version.since) if version else None)
        for author in record.get("authors", ()):
            _add(item, f"{{{_DC}}}creator", author)
        for keyword in record.get("keywords", ()):
            _add(item, "category", keyword)
    return _bytes(root)


def atom(listed: Listed) -> bytes:
    """Return an Atom feed."""
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, f"{{{_ATOM}}}title", "The Halmere Courier in other languages")
    _add(root, f"{{{_ATOM}}}id", f"{_SITE}/languages/")
    for story, version in listed:
        record = version.record if version else {}
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, f"{{{_ATOM}}}title", record.get("title"))
        _add(entry, f"{{{_ATOM}}}id", story.url)
        ET.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=story.url)
        _add(entry, f"{{{_ATOM}}}published", record.get("published_at"))
        _add(entry, f"{{{_ATOM}}}updated", record.get("modified_at"))
        for author in record.get("authors", ()):
            _add(ET.SubElement(entry, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", author)
    return _bytes(root)


def sitemap_index() -> bytes:
    """Return the index of the gzipped sitemaps."""
    root = ET.Element(f"{{{_MAP}}}sitemapindex")
    for path in (NEWS_SITEMAP, ARCHIVE):
        _add(ET.SubElement(root, f"{{{_MAP}}}sitemap"), f"{{{_MAP}}}loc", _SITE + path)
    return _bytes(root)


def sitemap(listed: Listed, *, news: bool) -> bytes:
    """Return a sitemap, or a news sitemap with what it says of each story."""
    root = ET.Element(f"{{{_MAP}}}urlset")
    for story, version in listed:
        record = version.record if version else {}
        url = ET.SubElement(root, f"{{{_MAP}}}url")
        _add(url, f"{{{_MAP}}}loc", story.url)
        _add(url, f"{{{_MAP}}}lastmod", record.get("modified_at") or record.get("date"))
        if news and version:
            entry = ET.SubElement(url, f"{{{_NEWS}}}news")
            publication = ET.SubElement(entry, f"{{{_NEWS}}}publication")
            _add(publication, f"{{{_NEWS}}}name", _NAME)
            _add(publication, f"{{{_NEWS}}}language", record.get("language", "en"))
            _add(entry, f"{{{_NEWS}}}publication_date", record.get("published_at") or record.get("date"))
            _add(entry, f"{{{_NEWS}}}title", record.get("title"))
            _add(entry, f"{{{_NEWS}}}keywords", ", ".join(record.get("keywords", ())))
    return _bytes(root)


def _add(parent: ET.Element, name: str, text: str | None) -> None:
    if text:
        ET.SubElement(parent, name).text = text


def _bytes(root: ET.Element) -> bytes:
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml
