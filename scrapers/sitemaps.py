"""Sitemaps as streams: what each row says, without holding the file's tree in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

Row = dict[str, str]
"""`loc`, `lastmod`, and of a news sitemap `news:title`, `news:publication_date`, `news:keywords`, `news:language`."""

_STRAY = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)", re.DOTALL)
"""An ampersand that is text, though not written as `&amp;`, or a section in which each is."""

_NEWS = re.compile(r"\{[^}]*news[^}]*\}")


def rows(content: bytes) -> Iterator[tuple[str, Row]]:
    """Yield ("sitemap" or "url", row) of each row, in the order of the file; a text file has an address a line.

    Entities are not expanded, nothing is loaded, and a file that is cut off gives the rows before the cut.
    """
    content = content.strip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"<") and b"&" in content:  # libxml2 loses what comes after an entity that it does not know
        content = _STRAY.sub(lambda match: match[0] if len(match[0]) > 1 else b"&amp;", content)
    if not content.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        yield from _lines(content)
    elif content.endswith((b">", b"\x00")):
        yield from _elements(content)
    else:
        found = list(_elements(content))
        yield from found[:-1]  # the last address may be half of one


def _elements(content: bytes) -> Iterator[tuple[str, Row]]:
    events = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            kind = _local(element)
            if kind in ("url", "sitemap"):
                yield kind, _row(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]  # type: ignore[union-attr]
    except etree.XMLSyntaxError:
        return  # no XML from here on: what was read before is good


def root_of(content: bytes) -> str:
    """Return the local name of a file's root element, lower-case: `urlset`, `rss`, `html`; empty if it is no XML."""
    match = re.search(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>]", content[:4096])
    return match[1].decode("ascii").lower() if match else ""


def _lines(content: bytes) -> Iterator[tuple[str, Row]]:
    for line in content.decode("utf-8", "replace").splitlines():
        if line.strip().startswith(("http://", "https://")):
            yield "url", {"loc": line.strip()}


def _row(element: etree._Element) -> Row:
    row: Row = {}
    for child in element.iter():
        if isinstance(child.tag, str) and child.text and (text := child.text.strip()):
            name = _local(child)
            if _NEWS.match(child.tag):
                row.setdefault(f"news:{name}", text)
            elif child.getparent() is element:
                row.setdefault(name, text)
    return row


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
