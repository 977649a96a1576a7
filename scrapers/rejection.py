"""Tells article pages from listings, error pages, paywall stubs and what else is served in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipelines.urls import site_of
from scrapers.addresses import looks_like_article
from scrapers.document import Document, text_of
from scrapers.links import Link, links
from scrapers.vocabulary import refusals

Verdict = tuple[str, str]
"""A short stable reason, and a sentence."""

_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b", b"wOFF", b"\x00\x00")
_LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ContactPage", "AboutPage"})
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Lengths are in letters of alphabetic scripts; an ideograph counts for two and a half.
_SHORT = 600  # below it a phrase decides: longer texts may be about error pages, captchas and subscriptions
_STUB = 900  # what is shown of an article that is sold
_NOTHING = 200
_HEADLINE = 20
_TEXT = 40
_NEAR = 4  # lines from a headline to its teaser: a date, an author, a rubric may stand between

_FEW = 3
_MOST, _NEARLY_ALL = 0.6, 0.85


class NotAnArticle(ValueError):
    """The page is no article; `reason` is a short stable word, `detail` a sentence."""

    def __init__(self, url: str, reason: str, detail: str) -> None:
        super().__init__(f"{url} is not an article: {detail} ({reason})")
        self.url, self.reason, self.detail = url, reason, detail


def reject(document: Document, *, title: str | None, body: str | None) -> Verdict | None:
    """Return why a page is no article, as a short reason and a sentence, or None for an article.

    A short text alone is no reason: briefs, captioned galleries and pages of few ideographs are articles.
    """
    return _unreadable(document) or _replaced(document, title, body) or _listing(document, body) or _lacks(title, body)


def _unreadable(document: Document) -> Verdict | None:
    body = document.body
    if not body.strip():
        return "empty", "the server sent no content"
    if body.startswith(_BINARY) or _has_nul(body, document.charset):
        return "binary", "the server sent no text"
    if body.lstrip()[:1] in (b"{", b"[") or re.match(rb"\s*(<\?xml[^>]*>\s*)?<(rss|feed|urlset|sitemapindex)\b", body):
        return "not-html", "the server sent data, no page"
    return None


def _has_nul(body: bytes, charset: str) -> bool:
    return b"\x00" in body[:4096] and not charset.lower().startswith(("utf-16", "utf-32", "utf_16", "utf_32"))


def _replaced(document: Document, title: str | None, body: str | None) -> Verdict | None:
    """Whether something else was served in the article's place: an error, a challenge, a consent form, a pay form."""
    if _length(body) >= _STUB:
        return None
    lines = [line.text.lower() for line in document.lines]
    if _is_stub(document, lines, body):
        return "paywall", "the text is cut for those who do not subscribe"
    if document.article or _length(body) >= _SHORT:
        return None
    headings = [title or "", *(text_of(element) for element in document.tree.iter("title", "h1"))]
    text, short = "\n".join(lines), sum(map(_length, lines)) < _SHORT
    challenged = any(markup in document.body for markup in refusals.CHALLENGE_MARKUP)
    if _named(headings, refusals.CHALLENGES) or (short and (challenged or _found(text, refusals.CHALLENGES))):
        return "challenge", "the server asks for a proof of being human"
    if _named(headings, refusals.ERROR_TITLES):
        return "error-page", f"the page calls itself {min(filter(None, headings), key=len)!r}"
    if len(set(filter(text.__contains__, refusals.CONSENT))) >= 2 and _length(text) < 10 * _SHORT and not body:
        return "consent", "the server asks for consent before it shows the page"
    if not body and _length(text) < _NOTHING and _found(text or _noscript(document), refusals.SCRIPT_NEEDED):
        return "javascript", "the page is empty without JavaScript"
    return None


def _is_stub(document: Document, lines: list[str], body: str | None) -> bool:
    """Whether a short text is followed by a pay form; also above it, where structured data says that it is sold."""
    if _sold(document):
        return _found("\n".join(lines), refusals.PAYWALLS)
    paragraphs = {_key(paragraph.lower()) for paragraph in (body or "").split("\n\n")}
    printed = [number for number, line in enumerate(lines) if _key(line) in paragraphs]
    return bool(printed) and _found("\n".join(lines[printed[0] : printed[-1] + 6]), refusals.PAYWALLS)


def _sold(document: Document) -> bool:
    return any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in document.nodes)


def _listing(document: Document, body: str | None) -> Verdict | None:
    """Whether the page is one that leads to articles."""
    parts = urlsplit(document.url)
    if parts.hostname and parts.path in ("", "/") and not parts.query:
        return "listing", "this is the address of a home page"
    if document.article:
        return None
    declared = {str(kind) for node in document.nodes for kind in _as_list(node.get("@type"))}
    if declared & _LISTING_TYPES and "article" not in "".join(document.metas.get("og:type", ())).lower():
        return "listing", f"structured data calls the page {', '.join(sorted(declared & _LISTING_TYPES))}"
    titles = _titles(document)
    headlines = {text for text in _headlines(document) if not any(text in title for title in titles)}
    lines = [line.text for line in document.lines]
    teasers = _teasers(headlines, [line for line in lines if line not in titles])
    if not body:
        leading = sum(len(line) for line in lines if line in headlines or _key(line) in teasers)
        return ("listing", "most of the page leads to articles") if 2 * leading > sum(map(len, lines)) else None
    opened = [_key(paragraph) in teasers for paragraph in body.split("\n\n")]
    headed = _is_headed(document, lines, titles)
    mostly = len(opened) >= _FEW and sum(opened) >= (_NEARLY_ALL if headed else _MOST) * len(opened)
    if mostly or (opened[0] and len(teasers) > _FEW and not headed):
        return "listing", "its paragraphs are the teasers of other articles"
    return None


def _teasers(headlines: set[str], lines: list[str]) -> set[str]:
    """Return the keys of the lines that begin with a linked headline or stand next below one."""
    found, distance = set(), _NEAR
    for line in lines:
        if line in headlines:
            distance = 0
        elif any(map(line.startswith, headlines)):
            found.add(_key(line))
        elif distance < _NEAR:
            distance += 1
            if _length(line) >= _TEXT:
                found.add(_key(line))
                distance = _NEAR
    return found


def _is_headed(document: Document, lines: list[str], titles: list[str]) -> bool:
    """Whether the page prints a headline of its own, or says when it was published.

    Then some of its paragraphs may stand below links to related articles.
    """
    if document.metas.get("article:published_time"):
        return True
    return any(line in title for line in lines if _length(line) >= _HEADLINE for title in titles)


def _titles(document: Document) -> list[str]:
    """Return what the page calls itself in its head."""
    in_head = [title for _, title in document.meta("og:title", "twitter:title")]
    return [*(text_of(element) for element in document.tree.iter("title")), *in_head]


def _headlines(document: Document) -> set[str]:
    """Return the texts of the links to other articles of the site."""
    site, own = site_of(document.url), urlsplit(document.url).path
    return {
        text
        for link in links(document)
        if site_of(link.url) == site and urlsplit(link.url).path != own and looks_like_article(link.url)
        if _length(text := _headline_of(link)) >= _HEADLINE
    }


def _headline_of(link: Link) -> str:
    """Return what a link prints; of a card, that is a link all over, its heading."""
    heading = next(link.element.iter("h1", "h2", "h3", "h4", "h5"), None)
    return link.text if heading is None else text_of(heading)


def _lacks(title: str | None, body: str | None) -> Verdict | None:
    if not title:
        return "no-title", "no headline was found"
    if not body:
        return "no-body", "no article text was found"
    return None


def _named(headings: Iterable[str], phrases: tuple[str, ...]) -> bool:
    """Whether a heading, or a part of one between separators, is little more than one of these phrases."""
    pieces = [piece.strip() for heading in headings for piece in re.split(r"[|–—:·»!.?-]+\s", f"{heading.lower()} ")]
    return any(phrase in piece and 2 * len(phrase) >= len(piece) for piece in pieces if piece for phrase in phrases)


def _found(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)


def _noscript(document: Document) -> str:
    return " ".join(text_of(element) for element in document.tree.iter("noscript")).lower()


def _key(text: str) -> str:
    """Return what a line and the paragraph made of it have in common."""
    return text[:60]


def _length(text: str | None) -> float:
    return len(text) + 1.5 * len(_WIDE.findall(text)) if text else 0


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
