"""What announces a name in a line: `By`, `Kommentar von`, `文／`, `Text:`."""

from __future__ import annotations

import re

from scrapers.vocabulary import any_of, pattern, people, phrases

UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""The letters of scripts that put no space between words, for a character class."""

OTHERS = frozenset((people.PICTURE + people.OTHER_HANDS).split())
"""The words that announce photographers, editors or translators."""

_ALL = pattern(people.BY + "|" + people.LABELS)
_CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿа-яα-ω])"
_BEFORE = any_of(people.BEFORE_BY.split())
_LEADING = re.compile(rf"\W*(?:{_BEFORE}\s+){{0,3}}{_ALL}\s*(?:[:：|/／・●-]+\s*|\s+|(?=[{UNSPACED}]))", re.IGNORECASE)
_WITH_NAME = re.compile(
    rf"^\W{{0,3}}((?i:(?:{_BEFORE}\s+){{0,2}}{_ALL}(?:\s+by)?(?=\s*[:：/／・]\s*\S)"
    rf"|(?:{_BEFORE}\s+){{0,2}}{pattern(people.BY)}(?:\s+by)?(?=\s+{_CAPITAL})))"
)
_ALWAYS = any_of(people.ALWAYS_BY.split())
_AFTER_MARK = re.compile(rf"[\d.,:|)]\s+{_ALL}\s*:?\s+(?=\S)", re.IGNORECASE)
_AFTER_WORD = re.compile(
    rf"\b(?:(?:uhr|am|pm)\s+{_ALL}\s*:?\s+(?=\S)|{_ALWAYS}\s*:?\s+(?={_CAPITAL}))",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(rf"{any_of(('uhr', 'am', 'pm', *people.ALWAYS_BY.split()))}[\s:]")
_BEFORE_WORDS = frozenset(people.BEFORE_BY.split())
_ANNOUNCING = phrases(people.BY + "|" + people.LABELS)
_FIRST_WORD = re.compile(r"\W*(\w+)")
_FIRST_WORDS = frozenset(match[1].casefold() for phrase in _ANNOUNCING if (match := _FIRST_WORD.match(phrase)))
_BEGINNINGS = frozenset(word[:2] for word in _FIRST_WORDS | _BEFORE_WORDS)  # `\w` ends a Hindi word at a vowel's sign
_BETWEEN_WORDS = re.compile(r"[\s:：/]+")
_LONGEST = 40  # letters of an announcement


def announcement(line: str) -> str | None:
    """Return what announces a name at the beginning of a line: `By` of `By Ana Berg`; None where nothing does."""
    match = _WITH_NAME.match(line) if may_begin(line) else None
    return match[1] if match else None


def without(text: str) -> str:
    """Return a text without what announces its names, at its beginning or after a date."""
    if (match := _later(text)) and not of_others(text[: match.start()]):
        text = text[match.end() :]
    start = 0
    while may_begin(text, start) and (match := _LEADING.match(text, start)):
        start = match.end()
    return text[start:]


def inside(line: str) -> bool:
    """Return whether a name is announced after the beginning of a line: `12 March 2024, 8:15 by Ana Berg`."""
    return _later(line) is not None


def _later(text: str) -> re.Match[str] | None:
    """Return the announcement after the beginning of a text, with the mark that stands before it."""
    marked = _AFTER_MARK.search(text)
    worded = _AFTER_WORD.search(text) if _WORD_BEFORE.search(text.lower()) else None
    return min(marked, worded, key=re.Match.start) if marked and worded else marked or worded


def alone(line: str) -> bool:
    """Return whether a line is no more than an announcement: `By`, `Text:`."""
    return bool(line) and len(line) <= _LONGEST and may_begin(line) and not without(line + " ").strip()


def of_others(text: str) -> bool:
    """Return whether a text announces photographers, editors or translators."""
    return not OTHERS.isdisjoint(_BETWEEN_WORDS.split(text.casefold()))


def may_begin(text: str, start: int = 0) -> bool:
    """Return whether a text goes on as any announcement begins; spares most texts the long patterns."""
    while match := _FIRST_WORD.match(text, start):
        word = match[1].lower()
        if not word.isascii():
            return word[:2] in _BEGINNINGS or word[:1] in _BEGINNINGS
        if word in _FIRST_WORDS:
            return True
        if word not in _BEFORE_WORDS:
            return False
        start = match.end()
    return False
