"""What the class of an element says of what it holds; verdicts are remembered, for pages repeat their classes.

Classes are lowered before they are searched, which takes a third of the time of a pattern that ignores case.
"""

from __future__ import annotations

import re

from pipelines.remembered import remembered
from scrapers.vocabulary import markup

_BYLINE = re.compile(markup.BYLINE)
_BYLINE_HINTS = ("uthor", "yline", "utor", "uteur")  # most classes hold none, so that is tried first
_DECK = re.compile(markup.DECK)
_FOREIGN = re.compile(markup.NOT_OF_THE_ARTICLE)
_TAGS = re.compile(markup.TAGS)
_TAG_HINTS = markup.TAG_HINTS.split()
_HINTS = re.compile("|".join((*_BYLINE_HINTS, *_TAG_HINTS, "caption")))
_NOT_OF_TAGS = re.compile(markup.NOT_OF_TAGS)
_LONGEST = 60  # letters of the name of a box of tags


@remembered(1 << 16)
def kinds(classes: str) -> tuple[str, ...]:
    """Return what classes name of what parsers look for: `byline`, `tags`, `caption`; nothing for most."""
    if not _HINTS.search(classes):
        return ()
    found = {"byline": is_byline(classes), "tags": names_tags(classes), "caption": "caption" in classes}
    return tuple(kind for kind in found if found[kind])


def is_byline(classes: str) -> bool:
    """Return whether classes mark a byline."""
    if not any(hint in classes for hint in _BYLINE_HINTS):
        return False
    return any(_BYLINE.search(name) and not _FOREIGN.search(name) for name in classes.lower().split())


@remembered(1 << 16)
def is_deck(classes: str) -> bool:
    """Return whether classes mark a deck or standfirst."""
    return any(map(_DECK.search, classes.lower().split()))


@remembered(1 << 16)
def is_foreign(classes: str) -> bool:
    """Return whether classes name a box of people who did not write the article."""
    return _FOREIGN.search(classes.lower()) is not None


def names_tags(classes: str) -> bool:
    """Return whether classes name a box of tags."""
    if not any(hint in classes for hint in _TAG_HINTS):
        return False
    return any(_TAGS.search(name) for name in classes.split() if len(name) < _LONGEST)


@remembered(1 << 16)
def holds_other_links(classes: str) -> bool:
    """Return whether classes name a menu, a teaser, a comment: a box whose links are no tags of the article."""
    return any(_NOT_OF_TAGS.search(name.lower()) and not _TAGS.search(name) for name in classes.split())
