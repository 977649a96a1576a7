"""Who publishes a page: tells the names of outlet and site from the words of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import urlsplit

from pipelines.remembered import remembered

_LOWER = bytes(range(256)).lower()
_NOT_WORDS = bytes(code for code in range(128) if not chr(code).isalnum())
_MARKS = "|｜¦ㅣ–—•·~/:-"
_ANGLES = "»›«‹<>"
_TIGHT = tuple(":：|｜-–—·@,_")  # before a name they may stand without a space
_JOINTS = "".join(_TIGHT) + " "
_BEHIND_NAME = re.compile(r"\s*(?:[:：|｜–—·@,_]|-(?!\w))")  # `Times-Leser` is a compound
_SHORT = 3  # letters; shorter names say too little to be found inside others


def _separator_of(marks: str) -> re.Pattern[str]:
    """Return what separates the parts of a title: marks with space on both sides, bars, underscores, two hyphens."""
    return re.compile(rf"[_{marks}](?:(?<=\s.)[{marks}]*(?=\s)|(?<=[|｜ㅣ_])|(?<=-)-)")


_SEPARATOR, _BESIDE_QUOTES = _separator_of(_ANGLES + _MARKS), _separator_of(_MARKS)


@remembered(4096)
def fold(text: str) -> str:
    """Return the letters and digits of a text, case folded: two spellings of one name become equal."""
    if text.isascii():
        return text.encode().translate(_LOWER, _NOT_WORDS).decode()
    return "".join(filter(str.isalnum, text.casefold()))


def segments(text: str) -> list[str]:
    """Return the parts of a title between its separators: `["Storm", "Sport", "Example Times"]`."""
    return [part.strip() for part in _separator(text).split(text) if part.strip()]


def _separator(text: str) -> re.Pattern[str]:
    """Return what separates the parts of a title; guillemets in a pair are quotation marks."""
    return _BESIDE_QUOTES if "«" in text and "»" in text else _SEPARATOR


class Publisher:
    """The names of a site and its outlet, from meta data and the address."""

    def __init__(self, names: Iterable[str], url: str) -> None:
        self.host = (urlsplit(url).hostname or "").removeprefix("www.")
        spelled = dict.fromkeys([name.removeprefix("@").strip() for name in names])
        self.names = frozenset(key for name in spelled if (key := fold(name)))
        self._host = fold(self.host)
        self._spelled = [name for name in spelled if len(name) > _SHORT]
        self._longest = 2 * max(map(len, (self._host, *self.names)))  # letters; no name is half of a longer text

    @cached_property
    def _labels(self) -> list[str]:
        """The parts of the host that may be a name, folded: of `de.examplenews.com` just `examplenews`."""
        return [fold(label) for label in self.host.split(".")[:-1] if len(label) > _SHORT]

    def named(self, text: str) -> bool:
        """Return whether a text is no more than the name of this site or outlet."""
        key = fold(text)
        if not key or key in self.names:
            return True
        if len(key) > self._longest:  # as most headlines are
            return False
        return self._is_in_host(key) or any(_alike(name, key) for name in self.names)

    def _is_in_host(self, key: str) -> bool:
        """Return whether a folded text is a good part of the host or of one of its labels, or little more than they."""
        if len(key) >= _SHORT and key in self._host:
            wholes = (self._host, *self._labels)
            if any(key in whole and 2.5 * len(key) >= len(whole) for whole in wholes):
                return True
        return sum([len(label) for label in self._labels if label in key]) >= 0.6 * len(key)

    def called(self, text: str) -> bool:
        """Return whether a text is exactly a name of this site or outlet."""
        key = fold(text)
        return key in self.names or key == self._host or key in self._labels

    def strip(self, title: str, is_rubric: Callable[[str], bool] = lambda _: False) -> str:
        """Return a title without the names of the site at its end or beginning, nor rubrics behind it."""
        for name in self._spelled:
            if name in title:
                title = _without(name, title) or title
        head, _, rest = title.partition(": ")
        if rest and self.called(head):
            title = rest.strip()
        while cuts := list(_separator(title).finditer(title)):
            first, last = cuts[0], cuts[-1]
            if last.start() and (self.named(tail := title[last.end() :]) or is_rubric(tail)):
                title = title[: last.start()].strip()
            elif self.named(title[: first.start()]):
                title = title[first.end() :].strip()
            else:
                break
        return title


def _without(name: str, title: str) -> str:
    """Return a title without a name at its end or beginning and what joins it to the rest."""
    if title.endswith(name) and (head := title[: -len(name)].rstrip())[-1:] in _TIGHT:
        title = head.rstrip(_JOINTS)
    if title.endswith(f"({name})"):
        title = title[: -len(name) - 2].rstrip()
    if title.startswith(name) and _BEHIND_NAME.match(title, len(name)):
        title = title[len(name) :].lstrip(_JOINTS)
    return title


def _alike(one: str, other: str) -> bool:
    """Return whether one of two folded names is part of the other, and at least half of it."""
    part, whole = (one, other) if len(one) < len(other) else (other, one)
    return len(part) > _SHORT and 2 * len(part) >= len(whole) and part in whole
