"""Tells article pages from listings, error pages and paywall stubs."""

from __future__ import annotations

from scrapers.document import Document


class NotAnArticle(ValueError):
    """The page is no article; `reason` is a short stable word, `detail` a sentence."""

    def __init__(self, url: str, reason: str, detail: str) -> None:
        super().__init__(f"{url} is not an article: {detail} ({reason})")
        self.url, self.reason, self.detail = url, reason, detail


def reject(document: Document, *, title: str | None, body: str | None) -> tuple[str, str] | None:
    """Return why a page is no article, as a short reason and a sentence, or None for an article."""
    if not document.body.strip():
        return "empty", "the server sent no content"
    if not title:
        return "no-title", "no headline was found"
    if not body:
        return "no-body", "no article text was found"
    return None
