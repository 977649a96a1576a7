"""Tells article pages from listings, error pages, paywall stubs and what else is served in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.document import Document, text_of
from scrapers.listing import listing, weight
from scrapers.vocabulary import refusals

Verdict = tuple[str, str]
"""A short stable reason, and a sentence."""

_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b", b"wOFF", b"\x00\x00")

# Lengths are in letters, as `weight` counts them.
_SHORT = 600  # below it a phrase decides: longer texts may be about error pages, captchas and subscriptions
_STUB = 900  # what is shown of an article that is sold
_NOTHING = 200


class NotAnArticle(ValueError):
    """The page is no article; `reason` is a short stable word, `detail` a sentence."""

    def __init__(self, url: str, reason: str, detail: str) -> None:
        super().__init__(f"{url or 'the page'} is not an article: {detail} ({reason})")
        self.url, self.reason, self.detail = url, reason, detail


def reject(document: Document, *, title: str | None, body: str | None) -> Verdict | None:
    """Return why a page is no article, as a short reason and a sentence, or None for an article.

    A short text alone is no reason: briefs, captioned galleries and pages of few ideographs are articles.
    """
    if verdict := _unreadable(document) or _replaced(document, title, body):
        return verdict
    if detail := listing(document, body):
        return "listing", detail
    if not title:
        return "no-title", "no headline was found"
    return None if body else ("no-body", "no article text was found")


def _unreadable(document: Document) -> Verdict | None:
    body = document.body
    if not body.strip():
        return "empty", "the server sent no content"
    if body.startswith(_BINARY) or _is_full_of_nul(body, document.charset):
        return "binary", "the server sent no text"
    if body.lstrip()[:1] in (b"{", b"[") or re.match(rb"\s*(<\?xml[^>]*>\s*)?<(rss|feed|urlset|sitemapindex)\b", body):
        return "not-html", "the server sent data, no page"
    return None


def _is_full_of_nul(body: bytes, charset: str) -> bool:
    """Whether more than one byte in a hundred is NUL; a few stand in pages that a faulty CMS made."""
    head = body[:4096]
    return head.count(0) * 100 > len(head) and not charset.lower().startswith(("utf-16", "utf-32", "utf_16", "utf_32"))


def _replaced(document: Document, title: str | None, body: str | None) -> Verdict | None:
    """Whether something else was served in the article's place: an error, a challenge, a consent form, a pay form."""
    if len(body or "") >= _STUB or weight(body) >= _STUB:  # no text weighs less than its length
        return None
    lines = [line.text.lower() for line in document.layout.lines]
    if _is_stub(document, lines, body):
        return "paywall", "the text is cut for those who do not subscribe"
    if document.article or weight(body) >= _SHORT:
        return None
    headings = [title or "", *(text_of(element) for element in document.tree.iter("title", "h1"))]
    text, short = "\n".join(lines), sum(map(weight, lines)) < _SHORT
    if _named(headings, refusals.CHALLENGES) or (short and _challenges(document, text)):
        return "challenge", "the server asks for a proof of being human"
    if _named(headings, refusals.ERROR_TITLES):
        return "error-page", f"the page calls itself {min(filter(None, headings), key=len)!r}"
    if len(set(filter(text.__contains__, refusals.CONSENT))) >= 2 and weight(text) < 3 * _SHORT and not body:
        return "consent", "the server asks for consent before it shows the page"
    if not body and weight(text) < _NOTHING and _found(text or _noscript(document), refusals.SCRIPT_NEEDED):
        return "javascript", "the page is empty without JavaScript"
    return None


def _challenges(document: Document, text: str) -> bool:
    return _found(text, refusals.CHALLENGES) or any(markup in document.body for markup in refusals.CHALLENGE_MARKUP)


def _is_stub(document: Document, lines: list[str], body: str | None) -> bool:
    """Whether a short text is followed by a pay form; also above it, where structured data says that it is sold."""
    if _sold(document):
        return _found("\n".join(lines), refusals.PAYWALLS)
    paragraphs = {_key(paragraph.lower()) for paragraph in (body or "").split("\n\n")}
    printed = [number for number, line in enumerate(lines) if _key(line) in paragraphs]
    return bool(printed) and _found("\n".join(lines[printed[0] : printed[-1] + 6]), refusals.PAYWALLS)


def _sold(document: Document) -> bool:
    return any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in document.nodes)


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
