"""The page, parsed once: every parser reads it here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Self, cast
from urllib.parse import unquote, urlsplit
from weakref import proxy

from scrapers import encoding, structured
from scrapers.annotations import annotated
from scrapers.body.content import Content
from scrapers.dating.dates import Dates
from scrapers.element import Element
from scrapers.entry import Entry
from scrapers.harvest import Harvest, harvest
from scrapers.layout import Layout
from scrapers.printed import Printed
from scrapers.publisher import Publisher, fold, segments
from scrapers.structured import Node
from scrapers.tree import parse

_CMS_FIELD = re.compile(r"<(\w+)>(.{0,4000}?)</\1>", re.DOTALL)
_LONGEST_CMS_COMMENT = 20_000  # characters
_LONGEST_TITLE = 1000  # characters; an unclosed <title> holds the whole page


class Document:
    """A page decoded and parsed once, with what its parsers share.

    `html` is the bytes as fetched, or text that is decoded already; `url` the address after redirects; `charset` that
    of the HTTP header; `entry` what a source said of the page; `timezone_name`, `default_language` and
    `default_charset` what the site is known to use where a page says nothing.
    """

    def __init__(
        self,
        html: bytes | str,
        url: str = "",
        *,
        charset: str | None = None,
        entry: Entry | None = None,
        fetched_at: datetime | None = None,
        timezone_name: str | None = None,
        default_language: str | None = None,
        default_charset: str | None = None,
    ) -> None:
        self.url = url
        self.entry = entry
        self.fetched_at = fetched_at or datetime.now(UTC)
        self.timezone_name = timezone_name
        self.default_language = default_language
        if isinstance(html, str):
            self.body, self.charset, self.charset_evidence = html.encode("utf-8", "replace"), "utf-8", "text"
        else:
            self.body = html
            self.charset, self.charset_evidence = encoding.detect(
                html, declared=charset, default=default_charset, tld=self.host.rpartition(".")[2]
            )

    @cached_property
    def host(self) -> str:
        """Host of the address without `www.`; empty where the address has none."""
        try:
            return (urlsplit(self.url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @cached_property
    def tree(self) -> Element:
        """Root element, without scripts and styles. Read-only: parsers share it; one that must cut copies first."""
        root = parse(self.body if self.charset == "utf-8" else self.text.encode("utf-8", "replace"))
        self._harvest = harvest(root)
        return root

    @cached_property
    def text(self) -> str:
        """The page decoded; for the rare parser that needs the markup itself."""
        return self.body.decode(self.charset, "replace")

    @property
    def _harvested(self) -> Harvest:
        _ = self.tree
        return self._harvest

    @property
    def metas(self) -> dict[str, list[str]]:
        """Content of `<meta>` by lower-case name, property, itemprop or http-equiv, in the order of the page."""
        return self._harvested.metas

    @property
    def links(self) -> dict[str, list[str]]:
        """Address of each `<link>` by lower-case relation, as written: `{"canonical": ["/storm"]}`."""
        return self._harvested.links

    @cached_property
    def scripts(self) -> list[tuple[str, str]]:
        """Type (lower-case, may be empty) and text of each inline script."""
        scripts = self._harvested.scripts
        return [((script.get("type") or "").lower(), text) for script in scripts if (text := script.text)]

    @property
    def times(self) -> list[Element]:
        """The `<time>` elements."""
        return self._harvested.elements["time"]

    @property
    def headings(self) -> list[Element]:
        """The `<h1>` elements."""
        return self._harvested.elements["h1"]

    @cached_property
    def title_tag(self) -> str:
        """Text of the first `<title>`, white space folded; empty where there is none."""
        titles = self._harvested.elements["title"]
        return " ".join((titles[0].text or "")[:_LONGEST_TITLE].split()) if titles else ""

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield (source, content) of these meta names, in the order of the names: `("meta:og:title", "Storm")`."""
        metas = self.metas
        for name in names:
            for content in metas.get(name, ()):
                yield f"meta:{name}", content

    @cached_property
    def nodes(self) -> list[Node]:
        """All objects of structured data in JSON-LD's shape; microdata and RDFa where JSON-LD dates no article."""
        nodes = structured.json_ld(self._harvested.json_ld)
        for rdfa in (False, True):
            if not any(structured.is_article(node) and node.get("datePublished") for node in nodes):
                nodes += annotated(self.tree, rdfa=rdfa)
        return nodes

    @cached_property
    def articles(self) -> list[Node]:
        """The article of this page as structured data tells it, one merged node for each way of writing."""
        own = [self.url, *self.links.get("canonical", ()), *self.metas.get("og:url", ())]
        return structured.articles(self.nodes, own, self.metas.get("og:title", ()))

    @property
    def article(self) -> Node:
        """The best of `articles`; empty where structured data tells of no article."""
        return self.articles[0] if self.articles else Node()

    @cached_property
    def publisher(self) -> Publisher:
        """The names of the site and its outlet."""
        named = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "dc.publisher")
        names = [content for _, content in self.meta(*named)]
        for node in self.nodes:
            names += structured.texts(node.get("publisher"))
            if structured.types(node) & structured.OUTLET_TYPES:
                names += structured.texts(node.get("name"))
        if len(segments(self.title_tag)) > 1:  # a title with a name in it is no name
            names = [name for name in names if fold(name) != fold(self.title_tag)]
        return Publisher(names, self.url)

    @cached_property
    def rubrics(self) -> set[str]:
        """The names of the page's rubrics, folded: as it declares them, and the folders of its address."""
        names = [text for node in self.articles for text in structured.texts(node.get("articleSection"))]
        names += self.metas.get("article:section", ())
        names += unquote(urlsplit(self.url).path).strip("/").split("/")[:-1]
        return {fold(name) for name in names} - {""}

    @cached_property
    def layout(self) -> Layout:
        """The page as printed lines and the boxes that hold them."""
        body = self.tree.find("body")
        return Layout(self.tree if body is None else body)

    @cached_property
    def content(self) -> Content:
        """The blocks of the page that are its article."""
        return Content(self.layout, self.summary, self.declared_titles, self.url, declared=self.is_declared_article)

    @property
    def is_declared_article(self) -> bool:
        """Whether meta or structured data says that this page is an article."""
        return bool(self.articles) or "article" in "".join(self.metas.get("og:type", ())).lower()

    @property
    def summary(self) -> str:
        """What meta data says of the article."""
        return " ".join(text for _, text in self.meta("og:description", "description"))

    @property
    def declared_titles(self) -> list[str]:
        """What meta data calls the article, and the `<title>`."""
        return [*(text for _, text in self.meta("og:title", "twitter:title")), self.title_tag]

    @property
    def _itself(self) -> Self:
        """This document, for what it keeps: a circle of references would leave its tree to the garbage collector."""
        return cast(Self, proxy(self))

    @cached_property
    def printed(self) -> Printed:
        """Where the page prints its headline, its bylines and its tags."""
        return Printed(self._itself)

    @cached_property
    def dates(self) -> Dates:
        """When the page says that its article was published and changed."""
        return Dates(self._itself)

    @cached_property
    def cms_comment(self) -> dict[str, str]:
        """Fields of the CMS comment `<!--enpproperty <date>..</date> .. /enpproperty-->`, lower-case names."""
        fields = _CMS_FIELD.findall(self._harvested.cms_comment[:_LONGEST_CMS_COMMENT])
        return {name.lower(): value.strip() for name, value in fields}


def text_of(element: Element) -> str:
    """Return what an element prints, white space folded; the machine-readable value of `<meta>` and `<time>`."""
    value = {"meta": element.get("content"), "time": element.get("datetime")}.get(str(element.tag))
    return " ".join((value or " ".join(element.itertext())).split())
