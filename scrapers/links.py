"""The links of a page, as a reader could follow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from pipelines.urls import is_web_address, without_credentials
from scrapers.addresses import is_web_page
from scrapers.document import Document
from scrapers.element import Element


@dataclass(frozen=True, slots=True)
class Link:
    """One `<a>` that leads to another page."""

    url: str
    """Absolute, without fragment."""

    relations: frozenset[str]
    """The words of `rel`, lower-case."""

    element: Element


def links(document: Document) -> Iterator[Link]:
    """Yield the links to web pages, in the order of the page."""
    base = base_of(document)
    for element in document.tree.iter("a", "area"):
        if url := absolute(base, element.get("href")):
            yield Link(url, frozenset((element.get("rel") or "").lower().split()), element)


def base_of(document: Document) -> str:
    """Return the address that the links of a page are relative to."""
    element = next(document.tree.iter("base"), None)
    href = element.get("href") if element is not None else None
    return absolute(document.url, href) or document.url


def absolute(base: str, href: str | None) -> str | None:
    """Return the absolute address of a web page, as `joined` does; None for scripts, mail, files and nonsense."""
    url = joined(base, href)
    return url if url and is_web_page(url) else None


def joined(base: str, href: str | None) -> str | None:
    """Return the absolute http or https address, without credentials and fragment; None for anything else."""
    href = (href or "").strip().partition("#")[0]
    if not href or href.startswith(("javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = href if href.startswith(("http://", "https://")) else urljoin(base, href)
    except ValueError:  # such as //[broken
        return None
    return without_credentials(url) if is_web_address(url) else None
