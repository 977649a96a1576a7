"""What other extraction libraries read off the same page, for those that are installed; none is a dependency."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from scrapers.document import Document

FIELDS = ("title", "authors", "date", "keywords", "language", "body")
"""The fields that the libraries have in common."""

Reading = dict[str, Any]


def readings(document: Document) -> dict[str, Reading]:
    """Return library -> field -> value; a library that fails on the page has the error as its title."""
    html = document.body.decode(document.charset, "replace")
    found = {}
    for name, (module, read) in _LIBRARIES.items():
        if find_spec(module):
            try:
                found[name] = read(html, document.url)
            except Exception as problem:  # whatever breaks in another library is its answer
                found[name] = {"title": f"({type(problem).__name__}: {problem})"}
    return found


def missing() -> list[str]:
    """Return the names of the libraries that are not installed."""
    return [name for name, (module, _) in _LIBRARIES.items() if not find_spec(module)]


def _trafilatura(html: str, url: str) -> Reading:
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "authors": found.author.split("; ") if found.author else [],
        "date": found.date,
        "keywords": found.tags,
        "language": found.language,
        "body": found.text,
    }


def _newspaper4k(html: str, url: str) -> Reading:
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False
    article = Article(url or "http://example.org/", config=config)
    article.download(input_html=html)
    article.parse()
    return {
        "title": article.title,
        "authors": article.authors,
        "date": article.publish_date,
        "keywords": sorted(article.tags or ()) or article.meta_keywords,
        "language": article.meta_lang,
        "body": article.text,
    }


def _news_please(html: str, url: str) -> Reading:
    from newsplease import NewsPlease

    found = NewsPlease.from_html(html, url=url, fetch_images=False)
    return {
        "title": found.title,
        "authors": found.authors,
        "date": found.date_publish,
        "language": found.language,
        "body": found.maintext,
    }


def _goose3(html: str, url: str) -> Reading:  # noqa: ARG001
    from goose3 import Goose

    found = Goose({"enable_image_fetching": False}).extract(raw_html=html)
    return {
        "title": found.title,
        "authors": found.authors,
        "date": found.publish_date,
        "keywords": found.tags or found.meta_keywords,
        "language": found.meta_lang,
        "body": found.cleaned_text,
    }


def _readability_lxml(html: str, url: str) -> Reading:
    from lxml.html import fromstring
    from readability import Document as Readable

    found = Readable(html, url=url)
    return {"title": found.short_title(), "body": fromstring(found.summary()).text_content()}


_LIBRARIES: dict[str, tuple[str, Callable[[str, str], Reading]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper4k),
    "news-please": ("newsplease", _news_please),
    "goose3": ("goose3", _goose3),
    "readability-lxml": ("readability", _readability_lxml),
}
