"""The address that the page declares as its own, checked against the one it was fetched from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urljoin, urlsplit

import tldextract

from pipelines.remembered import remembered
from pipelines.urls import clean
from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.element import Element
from scrapers.structured import addresses

_registered_domain = remembered(4096)(tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None))
_WORD = re.compile(r"[^\W\d_]{3,}|\d{4,}")
_EXTENSION = re.compile(r"\.\w{2,5}$")
_SAME_BELOW = re.compile(r"/(?:amp|print|full|\d{1,3}|index\.\w+|amp\.html?)/?$|^/?$", re.IGNORECASE)


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield declared addresses that can be this page's: those that lead elsewhere are left out."""
    for address, source in _declared(document):
        try:
            absolute = address if address.startswith(("http://", "https://")) else urljoin(document.url, address)
            if address and _is_own(absolute, document.url):
                yield Candidate(clean(absolute), source)
        except ValueError:  # no address at all: "http://[", a port of letters
            continue


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return the address that the first of these elements links to."""
    href = elements[0].get("href") or elements[0].get("content")
    return clean(urljoin(document.url, href)) if href else None


def _declared(document: Document) -> Iterator[tuple[str, str]]:
    for address in document.links.get("canonical", ()):
        yield address, "link:canonical"
    for source, address in document.meta("og:url"):
        yield address, source
    for node in document.articles:
        for key in ("url", "mainEntityOfPage", "@id"):
            for address in addresses(node.get(key)):
                yield address, node.source


def _is_own(declared: str, fetched: str) -> bool:
    """Tell whether a declared address can be that of the page fetched: same site, no home page, no other article."""
    own = urlsplit(declared)
    if own.scheme not in ("http", "https") or not (host := own.hostname):
        return False
    if declared == fetched:
        return True
    page = urlsplit(fetched.strip())
    if not (fetched_host := page.hostname):
        return True
    if host != fetched_host and not _same_site(host, fetched_host):
        return False
    if not own.path.strip("/") and not own.query:
        return not page.path.strip("/")
    path, above = unquote(page.path).rstrip("/"), unquote(own.path).rstrip("/")
    if path.startswith(above + "/") and not own.query:  # a section, unless what follows is a form of the same page
        return bool(_SAME_BELOW.search(path[len(above) :]))
    return path == above or _same_words(above, path)


def _same_words(one: str, other: str) -> bool:
    """Tell whether two paths can name one article: slugs that share no word and no number name two."""
    left, right = (set(_WORD.findall(_EXTENSION.sub("", path.rpartition("/")[2].lower()))) for path in (one, other))
    return min(len(left), len(right)) < 2 or bool(left & right)


def _same_site(one: str, other: str) -> bool:
    shorter, longer = sorted((one.removeprefix("www."), other.removeprefix("www.")), key=len)
    if shorter == longer or longer.endswith("." + shorter):
        return True
    if shorter.split(".")[-2:] != longer.split(".")[-2:]:  # spares most pages the list of public suffixes
        return False
    domain = _registered_domain(one).top_domain_under_public_suffix
    return bool(domain) and domain == _registered_domain(other).top_domain_under_public_suffix
