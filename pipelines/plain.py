"""What is shown to a person: texts of strangers, and numbers of things."""

from __future__ import annotations

import re

# controls, marks that turn the direction of what follows, and separators that break a line
_ACTING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)


def plain(text: str, length: int | None = None) -> str:
    """Return a text on one line that does nothing to a terminal or to the text around it, cut to a length."""
    if length is not None:
        text = text[: length + 1]
    text = " ".join(_ACTING.sub(" ", text).split())
    return text if length is None or len(text) <= length else f"{text[: length - 1].rstrip()}…"


def number_of(count: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun: `1 article`, `1,200 articles`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
