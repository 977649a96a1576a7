"""What the names of a box and the words of a line say for or against article text, as log odds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

from scrapers.vocabulary import phrases
from scrapers.vocabulary.boilerplate import BOXES, CLOSINGS, REFERENCES

_TELLING_NAMES = 150  # characters; pages that style by class give dozens of names to one box
_TELLING = 48  # characters of a line that tell what it is
_MOST_REMEMBERED = 50_000
_BOUND = 6.0
_OPENINGS = phrases("|".join((*REFERENCES.values(), *CLOSINGS.values())))
_UNTAUGHT = -2.0
"""Log odds of the words of the vocabulary that no labelled page taught."""


class Odds:
    """Log odds by word, of boxes and of lines; verdicts are remembered, for pages repeat the names of their boxes."""

    def __init__(self, boxes: Mapping[str, float], lines: Mapping[str, float]) -> None:
        self._boxes = dict.fromkeys(BOXES, _UNTAUGHT) | dict(boxes)
        # the words of a line have no colon, and without it a single one, such as `Lee`, tells nothing
        self._lines = {opening(line): _UNTAUGHT for line in _OPENINGS} | dict(lines)
        self._verdicts: dict[tuple[str, str, str], float] = {}

    def of_box(self, tag: str, classes: str, identity: str) -> float:
        """Return the odds that a box of this tag, class and id holds article text."""
        key = tag[:_TELLING_NAMES], classes[:_TELLING_NAMES], identity[:_TELLING_NAMES]  # no end of a hostile page's
        odds = self._verdicts.get(key)
        if odds is None:
            if len(self._verdicts) > _MOST_REMEMBERED:
                self._verdicts.clear()
            known = sum(map(self._boxes.get, (f"<{tag}", *name_words(f"{identity} {classes}")), repeat(0.0)))
            odds = self._verdicts[key] = max(-_BOUND, min(_BOUND, known))
        return odds

    def of_line(self, text: str) -> tuple[float, float]:
        """Return the mean and the lowest odds of the words of a short line."""
        known = list(filter(None, map(self._lines.get, line_words(text))))
        return (sum(known) / (len(known) + 2), min(known)) if known else (0.0, 0.0)


def name_words(names: str) -> list[str]:
    """Return the words in classes and ids: `post`, `body` of `post-body`."""
    return names[:_TELLING_NAMES].lower().replace("-", " ").replace("_", " ").split()


def line_words(text: str) -> list[str]:
    """Return the words of a line, and how it begins: `^read`, `^read more`."""
    words = _words(text[:_TELLING])
    if words:
        words += (f"^{words[0]}", f"^{' '.join(words[:2])}")
    return words


def opening(line: str) -> str:
    """Return how a line begins as `line_words` has it."""
    return "^" + " ".join(_words(line)[:2])


def _words(text: str) -> list[str]:
    return text.lower().replace(":", " ").replace("：", " ").replace(",", " ").replace(".", " ").split()
