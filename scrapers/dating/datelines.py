"""What the place, the mark-up and the label of a printed date say of it."""

from __future__ import annotations

import re
from itertools import islice

from pipelines.remembered import remembered
from scrapers.dating.moments import fold
from scrapers.element import CLASS, ID, Element
from scrapers.vocabulary.dates import MODIFIED, PUBLISHED

_PUBLICATION = re.compile(r"publi|entry-date|post-?date|posted|created", re.IGNORECASE)
_CHANGE = re.compile(r"modif|updat|edited", re.IGNORECASE)
_FOREIGN = re.compile(
    r"comment|related|teaser|sidebar|footer|promo|recommend|widget|trending|popular|latest|carousel|event",
    re.IGNORECASE,
)
_GAP = 30  # characters between a label and its date: a weekday, a name
_PAGE = ("body", "html")
_OUTSIDE = frozenset("aside nav footer figure blockquote form select option".split())


def roles(element: Element) -> tuple[bool, bool]:
    """Tell whether an element is marked as the date of a publication, and whether as that of a change."""
    published, changed = _roles(_joined(element.get(CLASS), element.get(b"itemprop"), element.get(ID)))
    return published or element.get(b"pubdate") is not None, changed


@remembered(8192)  # the pages of a site mark alike
def _roles(marks: str) -> tuple[bool, bool]:
    return bool(_PUBLICATION.search(marks)), bool(_CHANGE.search(marks))


def is_foreign(element: Element) -> bool:
    """Tell whether an element stands where dates of other things are printed."""
    for box in (element, *islice(element.iterancestors(), 8)):
        tag = box.tag
        if tag in _OUTSIDE or (tag not in _PAGE and _is_foreign(_joined(box.get(CLASS), box.get(ID)))):
            return True
    return False


@remembered(8192)
def _is_foreign(marks: str) -> bool:
    return bool(_FOREIGN.search(marks))


def _joined(*marks: str | None) -> str:
    return " ".join(filter(None, marks))


def _words(labels: dict[str, list[str]]) -> str:
    folded = {fold(label) for language in labels.values() for label in language}
    return "|".join(map(re.escape, sorted(folded, key=len, reverse=True)))


_LABEL = re.compile(rf"(?<![a-z])(?:(?P<change>{_words(MODIFIED)})|{_words(PUBLISHED)})(?:时间|時間|日期|日時)?")


def label_of(before: str) -> tuple[bool, str]:
    """Return whether the text before a date is a label of a change, and the label as printed; "" if it is none."""
    folded = fold(before)
    labels = list(_LABEL.finditer(folded))
    if not labels or len(folded) - labels[-1].end() > _GAP:
        return False, ""
    label = labels[-1]  # the one beside the date
    printed = before if len(folded) == len(before) else folded
    return label["change"] is not None, printed[label.start() :].strip(" :：-–—|,.·(（[")


def without_label(text: str) -> str:
    """Return a text without the label that it begins with."""
    folded = fold(text)
    label = _LABEL.match(folded)
    printed = text if len(folded) == len(text) else folded
    return printed[label.end() :].lstrip(" :：-–—") if label else text
