"""What the mark-up of a heading says: which part of it is the headline, and whether it is the site's logo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.remembered import remembered
from scrapers.element import CLASS, ID, Element
from scrapers.vocabulary import markup

_BESIDE = re.compile(f"{markup.KICKER}|{markup.DECK}|{markup.UNSEEN}", re.IGNORECASE)
_LOGO = re.compile(markup.LOGO, re.IGNORECASE)
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:(?:index|home)\.\w+)?(?:[?#].*)?")
_SMALL = frozenset("small button h2 h3 h4 h5 h6 time".split())  # inside a heading they hold something else


def headline(heading: Element) -> str:
    """Return the text of a heading without its kicker and deck: of `Ferries | Storm halts all boats` the second."""
    printed = " ".join(_texts(heading)) if len(heading) else heading.text or ""
    return " ".join(printed.split())


def is_logo(heading: Element) -> bool:
    """Return whether a heading is the site's logo: marked as such, or a link to the home page."""
    box = next(heading.iterancestors("div", "header", "a"), heading)
    if _is_logo(_marks(heading)) or _is_logo(_marks(box)):
        return True
    links = heading.iter("a") if len(heading) else ()
    return any(_HOME.fullmatch(href) for link in links if (href := link.get("href")))


def _marks(box: Element) -> str:
    return f"{box.get(CLASS) or ''} {box.get(ID) or ''}"


def _texts(heading: Element) -> Iterator[str]:
    walk = etree.iterwalk(heading, events=("start", "end", "comment", "pi"))  # it is nested as deep as it likes
    for event, element in walk:
        if event != "start":
            yield "" if element is heading else element.tail or ""
        elif element is heading or not (element.tag in _SMALL or _is_beside(element.get("class") or "")):
            yield element.text or ""
        else:
            walk.skip_subtree()


@remembered(4096)
def _is_beside(classes: str) -> bool:
    return bool(_BESIDE.search(classes))


@remembered(4096)
def _is_logo(marks: str) -> bool:
    return bool(_LOGO.search(marks))
