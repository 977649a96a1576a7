"""The block of tags that a page prints with its article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from scrapers.classes import holds_other_links, names_tags
from scrapers.lines import Element
from scrapers.vocabulary import markup

_ADDRESSES = frozenset(markup.TAG_ADDRESSES.split())
_OUTSIDE = frozenset("header footer aside figure".split())
_WHOLE = frozenset("body main article".split())
_NO_ADDRESSES = frozenset("category author mailto: javascript:".split())
_PLAIN = frozenset("a li span".split())  # so many that only their class is asked
_NAMING = frozenset("class id data-testid data-test data-qa".split())
_MOST = 25  # more are a menu
_LONGEST = 60
_DEPTH = 4  # boxes above a link whose class may name the block


def block(root: Element, headline: Element | None) -> list[Element]:
    """Return the links of the first block of tags below the headline, else just above it."""
    if headline is None:
        return _first(list(root.iter("a")))
    return _first(list(_below(headline))) or _first(list(_above(headline)))


def _below(headline: Element) -> Iterator[Element]:
    """Yield the links that follow the headline."""
    for box in (headline, *headline.iterancestors()):
        for sibling in box.itersiblings("*"):
            yield from sibling.iter("a")


def _above(headline: Element) -> Iterator[Element]:
    """Yield the links before the headline in the boxes just around it."""
    for box in (headline, *islice(headline.iterancestors(), 2)):
        for sibling in islice(box.itersiblings("*", preceding=True), 3):
            yield from sibling.iter("a")


def _first(links: list[Element]) -> list[Element]:
    """Return the first block of links that are declared as tags, else of links that look like tags."""
    declared = next(_groups([link for link in links if _is_declared(link)]), [])
    if declared:
        return declared if len(declared) <= _MOST else []
    boxes = _Boxes()
    looking = _groups([link for link in links if _looks_like_tag(link, boxes)])
    return next((group for group in looking if len(group) <= _MOST and _is_list(group)), [])


class _Boxes:
    """What the boxes of one page are named; the links of a menu share theirs, so each is looked at once."""

    def __init__(self) -> None:
        self._distance: dict[Element, int] = {}
        self._aside: dict[Element, bool] = {}

    def distance(self, box: Element) -> int:
        """Return how many boxes up from this one is a box named as one of tags."""
        chain: list[Element] = []
        above: Element | None = box
        known = _DEPTH
        while above is not None and len(chain) < _DEPTH:
            if (seen := self._distance.get(above)) is not None:
                known = seen
                break
            chain.append(above)
            if names_tags(_marks(above)):
                known = -1  # of the box that holds this one
                break
            above = above.getparent()
        for inner in reversed(chain):
            known += 1
            self._distance[inner] = known
        return self._distance[box]

    def aside(self, box: Element) -> bool:
        """Return whether a box, or one around it, is a menu, a teaser, a comment: not part of the article."""
        chain: list[Element] = []
        above: Element | None = box
        known = False
        while above is not None:
            if (seen := self._aside.get(above)) is not None:
                known = seen
                break
            chain.append(above)
            if self._is_aside(above):
                known = True
                break
            above = above.getparent()
        self._aside.update(dict.fromkeys(chain, known))
        return known

    def _is_aside(self, box: Element) -> bool:
        tag = box.tag
        if tag in _WHOLE:
            return False
        if tag == "nav":
            return self.distance(box) > 0
        if tag in _OUTSIDE:
            return not any(above.tag in ("main", "article") for above in box.iterancestors())
        classes = box.get("class")
        return classes is not None and holds_other_links(classes)


def _groups(links: list[Element]) -> Iterator[list[Element]]:
    """Yield the runs of links that share a box."""
    group: list[Element] = []
    boxes: set[Element] = set()
    for link in links:
        around = set(islice(link.iterancestors(), _DEPTH))
        if boxes & around:
            boxes &= around
        else:
            yield from [group] if group else []
            group, boxes = [], around
        group.append(link)
    yield from [group] if group else []


def _is_declared(link: Element) -> bool:
    if (written := link.get("rel")) is None:
        return False
    relations = written.split()
    return "tag" in relations and "category" not in relations and "/category/" not in (link.get("href") or "")


def _looks_like_tag(link: Element, boxes: _Boxes) -> bool:
    href, parent = link.get("href"), link.getparent()
    if not href or parent is None or href[0] == "#":
        return False
    parts = href.casefold().split("/")
    named = (
        not _ADDRESSES.isdisjoint(parts)
        or "?tag=" in href
        or boxes.distance(parent) < _DEPTH
        or names_tags(link.get("class") or "")
        or (len(link) > 0 and names_tags(link[0].get("class") or ""))
    )
    return named and _NO_ADDRESSES.isdisjoint(parts) and not boxes.aside(parent)


def _marks(box: Element) -> str:
    """Return the words by which the makers of a page name a box, for style sheets and for their own tests."""
    if box.tag in _PLAIN:
        return box.get("class") or ""
    return " ".join(
        value if name in _NAMING else name
        for name, value in box.items()
        if name in _NAMING or name.startswith("data-test-")
    )


def _is_list(group: list[Element]) -> bool:
    """Return whether the links make up most of their box: not links in the running text, nor headlines."""
    said = sum(len("".join(link.itertext()).strip()) for link in group)
    if not 0 < said <= _LONGEST * len(group):
        return False
    if len(group) == 1 and not any(names_tags(_marks(box)) for box in (group[0], *group[0][:1])):
        return False
    box = group[0].getparent()
    while box is not None and group[-1] not in set(box.iterdescendants("a")):
        box = box.getparent()
    return box is not None and sum(len(text.strip()) for text in islice(box.itertext(), 120)) <= 2 * said + 40
