"""Words in articles, for a person: found without regard to case and accents, ranked, and shown where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipelines.export.errors import ExportError
from pipelines.export.selection import literal
from pipelines.stories.shingles import FIRST_SPACELESS

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_TITLE_WEIGHT = 10
_AROUND = 70  # characters on each side of what was found


def terms(query: str) -> list[str]:
    """Return the words of a query, and the phrases in quotation marks; raise `ExportError` if there are none."""
    found = [folded(phrase or word) for phrase, word in _TERM.findall(query)]
    if not any(re.search(r"\w", term) for term in found):
        raise ExportError(f"{query!r} holds no word to search for")
    return found


def folded(text: str) -> str:
    """Return a text in lower case without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))


def condition(terms: Sequence[str]) -> str:
    """Return the SQL condition that in title or body a word begins with each term."""
    text = f"{_text('title')} || ' ' || {_text('body')}"
    return " AND ".join(f"regexp_matches({text}, {literal(_beginning(term))})" for term in terms)


def rank(terms: Sequence[str]) -> str:
    """Return an SQL expression that is higher the more the terms are found, and most in a title."""
    return " + ".join(
        f"{weight} * (length({_text(name)}) - length(replace({_text(name)}, {term}, ''))) / length({term})"
        for term in map(literal, terms)
        for name, weight in (("title", _TITLE_WEIGHT), ("body", 1))
    )


def excerpt(text: str, terms: Sequence[str]) -> str:
    """Return the part of a text around the first place of a term, or its beginning."""
    flat = " ".join(text.split())
    # folding may change the length of a text, but hardly that of what stands before a place
    searched = folded(flat)
    patterns = [("" if _stands_anywhere(term) else r"(?<!\w)") + re.escape(term) for term in terms]
    found = [match.start() for pattern in patterns if (match := re.search(pattern, searched))]
    start = max(0, min(found, default=0) - _AROUND)
    end = start + 2 * _AROUND + len(terms[0])
    return f"{'… ' if start else ''}{flat[start:end].strip()}{' …' if end < len(flat) else ''}"


def _beginning(term: str) -> str:
    """Return a pattern of DuckDB for a term at the beginning of a word."""
    return ("" if _stands_anywhere(term) else r"(^|[^\p{L}\p{N}])") + re.escape(term)


def _stands_anywhere(term: str) -> bool:
    """Whether a term is found inside of words too, as in scripts that write without spaces."""
    return term[0] >= FIRST_SPACELESS or not term[0].isalnum()


def _text(name: str) -> str:
    return f"lower(strip_accents(coalesce({name}, '')))"
