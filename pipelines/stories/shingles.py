"""A text as the set of its short runs of words, by which near-duplicates are told."""

from __future__ import annotations

import re

# a word, or one sign of a script that writes without spaces: Thai, Lao, Burmese, Khmer, kana, Han
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+"
)
FIRST_SPACELESS = "\u0e00"
"""The first sign of such a script; the scripts before it write spaces."""

_WORDS = 3
_SIGNS = 5  # about as long as three words
_FEWEST = 20  # tokens; what is shorter is a caption or a form, and those recur


def shingles(title: str | None, body: str | None) -> list[str]:
    """Return the runs of three words, or of five signs without spaces; none for a text too short to compare."""
    tokens = _TOKEN.findall(f"{title or ''} {body or ''}".casefold())
    signs = sum(len(token) == 1 and token > FIRST_SPACELESS for token in tokens)
    length = _SIGNS if signs * 2 > len(tokens) else _WORDS
    if len(tokens) < _FEWEST:
        return []
    return [" ".join(run) for run in zip(*(tokens[start:] for start in range(length)), strict=False)]
