"""What capitals say of the words of a name."""

from __future__ import annotations

import re

from scrapers.vocabulary import people

PARTICLES = frozenset(people.PARTICLES.split())


def capitalised(words: list[str]) -> list[str]:
    """Return the words up to the first that no name holds: a small one that is no particle."""
    if not words or not words[0][:1].isupper():
        return words
    run: list[str] = []
    for word in words:
        if word[:1].islower() and word not in PARTICLES and "'" not in word and "’" not in word:
            break
        run.append(word)
    while len(run) > 1 and run[-1] in PARTICLES:
        run.pop()
    return run


def cased(name: str) -> str:
    """Return a name that is printed in capitals as people write it; leave every other as it is."""
    if not name.isupper() or len(name) <= 3 or " " not in name:
        return name
    return " ".join(_as_written(word) for word in name.split())


def _as_written(word: str) -> str:
    lower = word.lower()
    if lower in PARTICLES:
        return lower
    word = re.sub(r"(?:^|(?<=[-'’.]))\w", lambda match: match[0].upper(), lower)
    return re.sub(r"^(Mc)(\w)", lambda match: match[1] + match[2].upper(), word)
