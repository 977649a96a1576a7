"""What the names of a box and the words of a line say for or against article text, as log odds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Self

from scrapers.vocabulary.boilerplate import BOXES, CLOSINGS, REFERENCES

_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_NAMES = 8  # pages that style by class give dozens to one box
_TELLING = 80  # characters of a line that tell what it is
_MOST_REMEMBERED = 50_000
_BOUND = 6.0
_UNTAUGHT = -2.0
"""Log odds of the words of the vocabulary that no labelled page taught."""


class Odds:
    """Log odds by word, of boxes and of lines; verdicts are remembered, for pages repeat the names of their boxes."""

    def __init__(self, boxes: Mapping[str, float], lines: Mapping[str, float]) -> None:
        self._boxes = dict.fromkeys(BOXES, _UNTAUGHT) | dict(boxes)
        self._lines = {opening(line): _UNTAUGHT for line in (*REFERENCES, *CLOSINGS)} | dict(lines)
        self._names: dict[str, float] = {}
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
            known = self._boxes.get(f"<{tag}", 0.0) + sum(
                map(self._of_name, f"{identity} {classes}".split()[:_MOST_NAMES])
            )
            odds = self._verdicts[key] = max(-_BOUND, min(_BOUND, known))
        return odds

    def _of_name(self, name: str) -> float:
        """Return the odds of one class or id: its own where it is known whole, else those of its words."""
        odds = self._names.get(name)
        if odds is None:
            if len(self._names) > _MOST_REMEMBERED:
                self._names.clear()
            odds = self._boxes.get(whole_name(name))
            if odds is None:
                odds = sum([self._boxes.get(word, 0.0) for word in name_words(name)])
            self._names[name] = odds
        return odds

    def of_line(self, text: str) -> tuple[float, float]:
        """Return the mean and the lowest odds of the words of a short line."""
        total = lowest = 0.0
        known = 2
        for word in line_words(text):
            odds = self._lines.get(word)
            if odds:
                total += odds
                known += 1
                if odds < lowest:
                    lowest = odds
        return total / known, lowest


def whole_name(name: str) -> str:
    """Return the key of a class or id as a whole: `=post-body`."""
    return f"={name.lower()}"


def name_words(name: str) -> list[str]:
    """Return the words in a class or id: `post`, `body` of `post-body` and of `postBody`."""
    return [word.lower() for word in _NAME_WORD.findall(name) if len(word) > 1]


def line_words(text: str) -> set[str]:
    """Return the words of a line, and how it begins: `^read`, `^read more`."""
    words = _WORD.findall(text[:_TELLING].lower())
    if words:
        words.append(f"^{words[0]}")
        words.append(f"^{' '.join(words[:2])}" if len(words) > 2 else "")
    return set(words)


def opening(line: str) -> str:
    """Return how a line begins as `line_words` has it."""
    return "^" + " ".join(_WORD.findall(line.lower())[:2])
