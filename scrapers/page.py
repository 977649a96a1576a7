"""An article page: one attribute a field; a site overrides the ones it must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, cached_property
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any, ClassVar, Self

from bs4 import BeautifulSoup
from lxml import etree

from pipelines.article import Article, article_id, content_hash
from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.element import select
from scrapers.entry import Entry
from scrapers.rejection import NotAnArticle, reject


class Field:
    """One field of a page: read by the parser of its name, or first at a place that the site names.

    `place` is a CSS selector, or a method of the page. Where the place holds nothing, the parser answers and the miss
    is noted in `ArticlePage.missed`.
    """

    def __init__(self, place: str | Callable[[Any], Any] | None = None) -> None:
        self.place = place

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.parser: ModuleType = import_module(f"scrapers.parsers.{name}")

    def __get__(self, page: ArticlePage | None, owner: type) -> Any:
        if page is None:
            return self
        candidate = page.read(self.name)
        return candidate.value if candidate else None

    def candidates(self, page: ArticlePage) -> Iterator[Candidate[Any]]:
        """Return the site's own value, then those of the generic parser."""
        generic: Iterator[Candidate[Any]] = self.parser.candidates(page.document)
        return generic if self.place is None else chain(self._at_place(page), generic)

    def _at_place(self, page: ArticlePage) -> Iterator[Candidate[Any]]:
        value = self._value_at_place(page)
        if value:
            yield Candidate(value, "site")
        else:
            page.missed.append(self.name)

    def _value_at_place(self, page: ArticlePage) -> Any:
        if callable(self.place):
            return self.place(page)
        elements = select(str(self.place), page.document.tree)
        return self.parser.from_elements(elements, page.document) if elements else None


def field(method: Callable[[Any], Any]) -> Field:
    """Make a method of a page the site's own parser of the field of that name; `None` means nothing found."""
    return Field(method)


class ArticlePage:
    """A page as an article. Fields are read on first use, each once.

    Subclasses name what is different on their site: `body = Field("div.story > p")`.
    """

    timezone: ClassVar[str | None] = None
    """Zone of the site's times where its pages give none: `Asia/Shanghai`."""

    default_language: ClassVar[str | None] = None
    """Language of the site where its pages declare none."""

    default_charset: ClassVar[str | None] = None
    """Charset of the site where its pages declare none."""

    title = Field()
    subtitle = Field()
    description = Field()
    byline = Field()
    authors = Field()
    agency = Field()
    date = Field()
    published_at = Field()
    modified_at = Field()
    keywords = Field()
    section = Field()
    language = Field()
    body = Field()
    images = Field()
    free_access = Field()
    canonical_url = Field()

    def __init__(self, document: Document) -> None:
        self.document = document
        self.missed: list[str] = []
        self._read: dict[str, Candidate[Any] | None] = {}

    @classmethod
    def from_html(
        cls,
        html: bytes | str,
        url: str = "",
        *,
        charset: str | None = None,
        entry: Entry | None = None,
        fetched_at: datetime | None = None,
    ) -> Self:
        """Make a page from bytes as fetched (or decoded text), its address, and the charset of the HTTP header."""
        document = Document(
            html,
            url,
            charset=charset,
            entry=entry,
            fetched_at=fetched_at,
            timezone_name=cls.timezone,
            default_language=cls.default_language,
            default_charset=cls.default_charset,
        )
        return cls(document)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The element that holds the article's text, for BeautifulSoup; the whole page where no text was found.

        Parsed only when a site's own code asks for it. Headline and byline often stand outside: see `whole_soup`.
        """
        article = self.document.content.element
        if article is None:
            return self.whole_soup
        return BeautifulSoup(etree.tostring(article, encoding="unicode", method="html", with_tail=False), "lxml")

    @cached_property
    def whole_soup(self) -> BeautifulSoup:
        """The whole page for BeautifulSoup; parsed only when a site's own code asks for it."""
        return BeautifulSoup(self.document.body, "lxml", from_encoding=self.document.charset)

    @classmethod
    @cache
    def fields(cls) -> dict[str, Field]:
        """The fields by name, in the order of `ArticlePage`."""
        return {name: getattr(cls, name) for name, value in vars(ArticlePage).items() if isinstance(value, Field)}

    def read(self, name: str) -> Candidate[Any] | None:
        """Return the first acceptable candidate of a field, or None."""
        if name not in self._read:
            self._read[name] = next(self.candidates(name), None)
        return self._read[name]

    def candidates(self, name: str) -> Iterator[Candidate[Any]]:
        """Yield everything that the page offers for a field, best evidence first."""
        found = getattr(type(self), name).candidates(self)
        return (candidate for candidate in found if candidate.value not in (None, "", []))

    @cached_property
    def rejection(self) -> tuple[str, str] | None:
        """Why this page is no article, as a short reason and a sentence; None for an article."""
        return reject(self.document, title=self.title, body=self.body)

    def to_item(self) -> Article:
        """Return the record of this page; raise `NotAnArticle` with the reason if it is none."""
        if self.rejection:
            raise NotAnArticle(self.document.url, *self.rejection)
        found = {name: candidate for name in self.fields() if (candidate := self.read(name))}
        article = Article(
            url=self.document.url,
            **{name: candidate.value for name, candidate in found.items()},
            evidence={name: candidate.source for name, candidate in found.items()},
            fetched_at=self.document.fetched_at.isoformat(timespec="seconds"),
        )
        article.id = article_id(article.canonical_url or article.url)
        article.content_hash = content_hash(article.title, article.body)
        return article
