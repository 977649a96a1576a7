"""How people write a name that is printed in capitals."""

from __future__ import annotations

import re

from scrapers.vocabulary import people

PARTICLES = frozenset(people.PARTICLES.split())


def cased(name: str) -> str:
    """Return a name that is printed in capitals as people write it; leave every other as it is."""
    if not name.isupper() or len(name) <= 3 or " " not in name:
        return name
    return " ".join(_capitalised(word) for word in name.split())


def _capitalised(word: str) -> str:
    lower = word.lower()
    if lower in PARTICLES:
        return lower
    word = re.sub(r"(?:^|(?<=[-'’.]))\w", lambda match: match[0].upper(), lower)
    return re.sub(r"^(Mc)(\w)", lambda match: match[1] + match[2].upper(), word)
