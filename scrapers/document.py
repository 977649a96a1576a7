"""The page, parsed once: every parser reads it here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from lxml import etree

from scrapers import encoding, structured
from scrapers.entry import Entry
from scrapers.lines import Element, Line, lines

_CMS_COMMENT = re.compile(r"<!--\s*enpproperty(.*?)/enpproperty\s*-->", re.DOTALL)
_CMS_FIELD = re.compile(r"<(\w+)>(.*?)</\1>", re.DOTALL)


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
            self.charset, self.charset_evidence = encoding.detect(html, declared=charset, default=default_charset)

    @cached_property
    def tree(self) -> Element:
        """Root element. Read-only: parsers share it; one that must cut copies first."""
        parser = etree.HTMLParser(encoding=self.charset, huge_tree=True)
        root = etree.fromstring(self.body or b"<html/>", parser)
        return root if root is not None else etree.Element("html")

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Content of `<meta>` by lower-case name, property, itemprop or http-equiv, in the order of the page."""
        found: dict[str, list[str]] = {}
        for meta in self.tree.iter("meta"):
            content = meta.get("content")
            if not content or not content.strip():
                continue
            for key in ("name", "property", "itemprop", "http-equiv"):
                name = meta.get(key)
                if name:
                    found.setdefault(name.strip().lower(), []).append(content.strip())
        return found

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield (source, content) of these meta names, in the order of the names: `("meta:og:title", "Storm")`."""
        for name in names:
            for content in self.metas.get(name, ()):
                yield f"meta:{name}", content

    @cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """All objects of structured data, JSON-LD first, in JSON-LD's shape."""
        scripts = [
            script.text
            for script in self.tree.iter("script")
            if script.text and "ld+json" in (script.get("type") or "").lower()
        ]
        return list(structured.json_ld(scripts))

    @cached_property
    def lines(self) -> list[Line]:
        """The printed lines of the page, in reading order."""
        body = self.tree.find("body")
        return list(lines(self.tree if body is None else body))

    @cached_property
    def cms_comment(self) -> dict[str, str]:
        """Fields of the CMS comment `<!--enpproperty <date>..</date> .. /enpproperty-->`, lower-case names."""
        if b"enpproperty" not in self.body:
            return {}
        match = _CMS_COMMENT.search(self.body.decode(self.charset, "replace"))
        return {name.lower(): value.strip() for name, value in _CMS_FIELD.findall(match[1])} if match else {}


def text_of(element: Element) -> str:
    """Return what an element prints, white space folded; the machine-readable value of `<meta>` and `<time>`."""
    value = {"meta": element.get("content"), "time": element.get("datetime")}.get(str(element.tag))
    return " ".join((value or " ".join(element.itertext())).split())
