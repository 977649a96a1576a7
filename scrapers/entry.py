"""What a source says of an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class Entry:
    """One article as listed by a feed, sitemap or section; travels with its request and is evidence for the page."""

    url: str
    """Absolute address of the article."""

    source: str
    """What listed it: `feed`, `news-sitemap`, `sitemap` or `section`; the evidence of values taken from here."""

    title: str | None = None
    description: str | None = None

    published: str | None = None
    """Instant or day of publication, as the source writes it."""

    modified: str | None = None
    """Instant or day of the last change (`lastmod`, `atom:updated`), as the source writes it."""

    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)

    language: str | None = None
    """Language tag, as the source writes it."""
