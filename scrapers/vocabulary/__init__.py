"""The words that parsers know, by language, as data: one module a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable


def phrases(text: str) -> list[str]:
    """Return the phrases that stand between bars and lines of a text, longest first."""
    found = {" ".join(phrase.split()) for phrase in re.split(r"[|\n]", text)} - {""}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def pattern(text: str) -> str:
    """Return a regular expression for any of the phrases of a text."""
    return any_of(phrases(text))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for the longest of these words or phrases, to stand in a longer one as it is.

    It tries each common beginning once.
    """
    beginnings: dict[str, list[str]] = {}
    for word in words:
        beginnings.setdefault(word[:1], []).append(word[1:])
    ends = beginnings.pop("", None) is not None
    branches = [_literal(letter) + any_of(rests) for letter, rests in beginnings.items()]
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""


def _literal(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)
