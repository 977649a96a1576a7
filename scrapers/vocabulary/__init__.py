"""The words that parsers know, by language, as data: one module a subject."""

from __future__ import annotations

import re


def phrases(text: str) -> list[str]:
    """Return the phrases that stand between bars and lines of a text, longest first."""
    found = {" ".join(phrase.split()) for phrase in re.split(r"[|\n]", text)} - {""}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def pattern(text: str) -> str:
    """Return a regular expression for any of the phrases of a text."""
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(text))
