"""The block of tags that a page prints with its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from scrapers.lines import Element

_CLASS = re.compile(
    r"(?:^|[-_])(?:tag|keyword|topic|subject|mot-?cle|thema|themen|theme|schlagw\w*|stichw\w*|etiqueta|tema|label)s?"
    r"(?:$|__|[-_](?:list|links?|items?|container|wrapper|block|group|box|like|big|area|name)\b)|[a-z](?:Tag|Topic|Keyword)s?(?![a-z])"
    r"|^Tags?(?:_|$)|taglist|tag-list",
)
_ADDRESS = re.compile(
    r"(?:^|/)(?:tags?|topics?|keywords?|thema|themen|themes?|temas?|temi|argomenti|schlagw\w+|stichw\w+|etiquetas?"
    r"|mots?-?cles?|mot|tema|labels?|konu|etiket\w*|tagi?|emner?|[aä]mne)[/=]|[?&]tag=",
    re.IGNORECASE,
)
_NO_TAG = re.compile(r"/category/|/author/|^#|^mailto:|^javascript:", re.IGNORECASE)
_OUTSIDE = frozenset("header footer aside figure".split())
_WHOLE = frozenset("body main article".split())
_ASIDE = re.compile(
    r"menu|\bnav|header-|footer|sidebar|(?<!article-)(?<!article_)related(?!-tag)|recommend|trending|popular|promo|teaser"
    r"|comment|tagcloud|tag-cloud|tag_cloud|breadcrumb|share|social|widget|submenu|search",
    re.IGNORECASE,
)
_NAMING = frozenset("class id data-testid data-test data-qa".split())
_MOST = 25  # more are a menu
_LONGEST = 60
_DEPTH = 4  # boxes above a link whose class may name the block


def block(root: Element, headline: Element | None) -> list[Element]:
    """Return the links of the first block of tags: of those declared as tags, else of those that look like tags."""
    marker = "h1" if headline is None else str(headline.tag)
    links = list(root.iter("a", marker))
    start = next((at for at, element in enumerate(links) if element is headline), 0)
    links = [link for link in (*links[start:], *links[:start]) if link.tag == "a"]
    declared = next(_groups([link for link in links if _is_declared(link)]), [])
    if declared:
        return declared if len(declared) <= _MOST else []
    looking = _groups([link for link in links if _looks_like_tag(link)])
    return next((group for group in looking if len(group) <= _MOST and _is_list(group)), [])


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
    relations = (link.get("rel") or "").split()
    return "tag" in relations and "category" not in relations and "/category/" not in (link.get("href") or "")


def _looks_like_tag(link: Element) -> bool:
    href = link.get("href") or ""
    if not _ADDRESS.search(href) and (not href or _NO_TAG.search(href) or not _in_tag_box(link)):
        return False
    boxes = list(islice(link.iterancestors(), 8))
    inside = any(box.tag in _WHOLE for box in boxes)
    return not any(
        (box.tag == "nav" and not _names_tags(box.get("class") or ""))
        or (box.tag in _OUTSIDE and not inside)
        or (box.tag not in _WHOLE and _is_aside(box.get("class") or ""))
        for box in boxes
    )


def _in_tag_box(link: Element) -> bool:
    return any(_names_tags(_marks(box)) for box in (*link[:1], link, *islice(link.iterancestors(), _DEPTH)))


def _marks(box: Element) -> str:
    """Return the words by which the authors of a page name a box, for style sheets and for their own tests."""
    return " ".join(
        value if name in _NAMING else name
        for name, value in box.items()
        if name in _NAMING or name.startswith("data-test-")
    )


@lru_cache(maxsize=8192)
def _names_tags(classes: str) -> bool:
    return any(_CLASS.search(name) for name in classes.split() if len(name) < _LONGEST)


@lru_cache(maxsize=8192)
def _is_aside(classes: str) -> bool:
    return any(_ASIDE.search(name) and not _CLASS.search(name) for name in classes.split())


def _is_list(group: list[Element]) -> bool:
    """Return whether the links make up most of their box: not links in the running text, nor headlines."""
    said = sum(len("".join(link.itertext()).strip()) for link in group)
    if not 0 < said <= _LONGEST * len(group):
        return False
    if len(group) == 1 and not any(_names_tags(_marks(box)) for box in (group[0], *group[0][:1])):
        return False
    box = group[0].getparent()
    while box is not None and group[-1] not in set(box.iterdescendants("a")):
        box = box.getparent()
    return box is not None and sum(len(text.strip()) for text in islice(box.itertext(), 120)) <= 2 * said + 40
