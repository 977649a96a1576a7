"""The record: what one news article says, and where each value came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Image:
    """One picture of an article."""

    url: str
    """Absolute address of the picture file."""

    caption: str | None = None
    """What the page prints below the picture, without the credit."""

    credit: str | None = None
    """Photographer or agency, as printed, without "Photo:" and its kind."""


@dataclass(kw_only=True)
class Article:
    """One news article at one revision. Absent values are `None` or an empty list, never an empty string."""

    id: str | None = None
    """Stable id: the first 16 hex digits of the SHA-256 of `canonical_url` (of `url` where the page declares none)."""

    url: str
    """Address of the page as fetched, after redirects."""

    canonical_url: str | None = None
    """Address that the page declares as its own, checked against `url`, without tracking parameters."""

    site: str | None = None
    """Host of the site without `www.`, such as `french.china.org.cn`."""

    title: str | None = None
    """Headline as printed, without the name of the site or section; cut where it is longer than 1,000 characters."""

    subtitle: str | None = None
    """Deck: the line printed below the headline."""

    description: str | None = None
    """The publisher's own summary, from meta data or a feed."""

    byline: str | None = None
    """The line that names the authors, as printed: `Par : Norbert`."""

    authors: list[str] = field(default_factory=list)
    """The people of the byline, in order, one name each, without roles, handles, agencies and outlets."""

    agency: str | None = None
    """News agency that the page credits, as printed: `Agence de presse Xinhua`, `AFP`, `dpa`."""

    date: str | None = None
    """Calendar day of publication at the publisher, `YYYY-MM-DD`."""

    published_at: str | None = None
    """Instant of publication, ISO 8601 with the offset that the page gives or its site declares; `None` if the
    evidence is no more precise than a day or has no zone. A midnight stands only where the page tells no other time."""

    modified_at: str | None = None
    """Instant of the last change, in the form of `published_at`."""

    keywords: list[str] = field(default_factory=list)
    """The publisher's tags for this article, in order, unique."""

    section: str | None = None
    """The publisher's rubric for the article: `International`."""

    language: str | None = None
    """BCP 47 tag of the text: `fr`, `pt-BR`, `zh-Hant`."""

    body: str | None = None
    """Paragraphs and sub-heads, separated by a blank line; no captions, promotions, share bars or related links."""

    images: list[Image] = field(default_factory=list)
    """Pictures of the article, in reading order."""

    free_access: bool | None = None
    """Whether the page says that everyone may read it (`isAccessibleForFree`); `None` if it says nothing."""

    evidence: dict[str, str] = field(default_factory=dict)
    """Field -> where its value came from: `json-ld`, `meta:article:published_time`, `cms-comment`,
    `text:Mis à jour le`, `url`, `feed`, `site`."""

    fetched_at: str | None = None
    """When the page was fetched, ISO 8601 in UTC."""

    revision: int = 1
    """1 when first kept, one more each time the publisher changes title or body."""

    changed: list[str] = field(default_factory=list)
    """The fields in which this revision differs from the one before."""

    content_hash: str | None = None
    """The first 16 hex digits of the SHA-256 of title and body."""

    run: str | None = None
    """Id of the crawl run that kept the record."""


@dataclass(kw_only=True)
class Rejection:
    """A page that did not become an article, and why."""

    url: str
    """Address of the page as fetched, after redirects."""

    reason: str
    """Why, as a short stable word for counting: `listing`, `error-page`, `paywall`, `no-body`, `http-404`."""

    detail: str | None = None
    """What was found, for a person."""

    site: str | None = None
    """Host of the site without `www.`."""

    fetched_at: str | None = None
    """When the page was fetched, ISO 8601 in UTC."""

    run: str | None = None
    """Id of the crawl run."""


def article_id(canonical_url: str) -> str:
    """Return the stable id of the article at this address, 16 hex digits."""
    return _digest(canonical_url)


def content_hash(title: str | None, body: str | None) -> str:
    """Return the hash that tells a changed article from an unchanged one, 16 hex digits."""
    return _digest(f"{title or ''}\n\n{body or ''}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
