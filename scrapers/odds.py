"""What the names of a box and the words of a line say for or against article text, as log odds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Self

from scrapers.vocabulary.boilerplate import BOXES, CLOSINGS, REFERENCES

_NAME_WORD = re.compile(r"[a-z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TELLING_NAMES = 150  # characters; pages that style by class give dozens of names to one box
_TELLING = 48  # characters of a line that tell what it is
_MOST_REMEMBERED = 50_000
_BOUND = 6.0
_UNTAUGHT = -2.0
"""Log odds of the words of the vocabulary that no labelled page taught."""


class Odds:
    """Log odds by word, of boxes and of lines; verdicts are remembered, for pages repeat the names of their boxes."""

    def __init__(self, boxes: Mapping[str, float], lines: Mapping[str, float]) -> None:
        self._boxes = dict.fromkeys(BOXES, _UNTAUGHT) | dict(boxes)
        self._lines = {opening(line): _UNTAUGHT for line in (*REFERENCES, *CLOSINGS)} | dict(lines)
        self._verdicts: dict[tuple[str, str, str], float] = {}

    @classmethod
    @cache
    def learned(cls) -> Self:
        """Return the odds that the labelled pages taught, which the package ships."""
        data = json.loads(files("scrapers").joinpath("learned/odds.json").read_text("utf-8"))
        return cls(data["boxes"], data["lines"])

    def of_box(self, tag: str, classes: str, identity: str) -> float:
        """Return the odds that a box of this tag, class and id holds article text."""
        key = (tag, classes, identity)
        odds = self._verdicts.get(key)
        if odds is None:
            if len(self._verdicts) > _MOST_REMEMBERED:
                self._verdicts.clear()
            words = name_words(f"{identity} {classes}")
            known = self._boxes.get(f"<{tag}", 0.0) + sum([self._boxes.get(word, 0.0) for word in words])
            odds = self._verdicts[key] = max(-_BOUND, min(_BOUND, known))
        return odds

    def of_line(self, text: str) -> tuple[float, float]:
        """Return the mean and the lowest odds of the words of a short line."""
        known = [odds for word in line_words(text) if (odds := self._lines.get(word))]
        return sum(known) / (len(known) + 2), min(known, default=0.0)


def name_words(names: str) -> list[str]:
    """Return the words in classes and ids: `post`, `body` of `post-body`."""
    return _NAME_WORD.findall(names[:_TELLING_NAMES].lower())


def line_words(text: str) -> list[str]:
    """Return the words of a line, and how it begins: `^read`, `^read more`."""
    words: list[str] = _WORD.findall(text[:_TELLING].lower())
    if len(words) > 1:
        words.append(f"^{words[0]} {words[1]}")
    if words:
        words.append(f"^{words[0]}")
    return words


def opening(line: str) -> str:
    """Return how a line begins as `line_words` has it."""
    return "^" + " ".join(_WORD.findall(line.lower())[:2])
