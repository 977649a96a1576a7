"""Every date that a page offers for its article, by kind of source, with the trust that the kind has earned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from scrapers.dating.datelines import is_foreign, label_of, marks_change, marks_publication, without_label
from scrapers.dating.moments import Moment, machine_moment, moments
from scrapers.dating.relative import relative_day
from scrapers.element import Element
from scrapers.structured import is_article, texts
from scrapers.vocabulary.dates import (
    DAY_FIRST_DOMAINS,
    DOMAIN_ZONES,
    MODIFIED_METAS,
    PUBLISHED_METAS,
    VAGUE_METAS,
)

if TYPE_CHECKING:
    from scrapers.document import Document

_EARLIEST = date(1990, 1, 1)
_CMS_ZONE = ZoneInfo("Asia/Shanghai")


class Dated(Struct, frozen=True, gc=False):
    """One moment with its source; `family` groups sources that repeat each other, `trust` is about log odds."""

    moment: Moment
    source: str
    family: str
    trust: float


class Datings:
    """The dates of one page.

    `language` and `month_first` are how it writes them, `zone` is what its site is known to use, `local` this or the
    zone of its country: enough to tell the day of an instant, not to tell an instant.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._latest = (document.fetched_at + timedelta(days=1)).date()
        self.zone = _zone(document.timezone_name)
        self.local = self.zone or _zone(DOMAIN_ZONES.get(document.host.rpartition(".")[2]))
        self.language, self.month_first = _customs(document)

    def read(self, text: str) -> Moment | None:
        """Return the moment that a text names, in the site's zone if it gives none; None if it cannot be true."""
        return next((dated.moment for dated in self._machine(text, "", "", 0)), None)

    def machine(self) -> list[Dated]:
        """Return the dates of publication that are written for machines."""
        found = [*self._nodes("datePublished", 6, 4), *self._metas(PUBLISHED_METAS, 5), *self._metas(VAGUE_METAS, 2.4)]
        for node in self._document.nodes:
            for text in texts(node.get("dateCreated" if is_article(node) else "uploadDate")):
                found += self._machine(text, node.source, "created", 1.5)
        if written := self._document.cms_comment.get("date"):
            found += self._machine(written, "cms-comment", "cms", 6, _CMS_ZONE)
        entry = self._document.entry
        if entry and entry.published:
            found += self._machine(entry.published, entry.source, "entry", 5)
        return [*found, *self._times(), *self._address()] or list(self._named())

    def changes(self) -> list[Dated]:
        """Return the dates of change that are written for machines."""
        found = [*self._nodes("dateModified", 6, 3), *self._metas(MODIFIED_METAS, 5)]
        entry = self._document.entry
        if entry and entry.modified:
            found += self._machine(entry.modified, entry.source, "entry", 3)
        return found

    def _named(self) -> Iterator[Dated]:
        """Yield the dates of meta names that speak of a date and are in no list."""
        for name, contents in self._document.metas.items():
            if _DATE_NAME.search(name) and not _OTHER_NAME.search(name):
                yield from self._machine(contents[0], f"meta:{name}", "meta", 1.5)

    def _times(self) -> Iterator[Dated]:
        first = {True: 3.4, False: 2.6}  # those that follow are often of other articles
        for element in self._document.times[:_MOST_TIMES]:
            text = element.get("datetime") or element.get("content") or ""
            if not text or (marks_change(element) and not marks_publication(element)) or is_foreign(element):
                continue
            yield from self._machine(text, "time", "printed", first.pop(marks_publication(element), 1.0))

    def _address(self) -> Iterator[Dated]:
        if match := _IN_ADDRESS.search(self._document.url):
            yield from self._machine("-".join(match.groups()), "url", "url", 4)

    @cached_property
    def near(self) -> list[Dated]:
        """The dates printed near the headline, those after it trusted a little more."""
        before, after = self._document.printed.around
        found = [dated for line in after for dated in self._printed(line.text, line.element, 4)]
        found += [dated for line in reversed(before) for dated in self._printed(line.text, line.element, 3.5)]
        printed = {line.text for line in (*before, *after) if len(line.text) <= _LONGEST}
        for element in self._document.times[:_MOST_TIMES]:
            text = " ".join(" ".join(element.itertext()).split())
            if text and any(text in line for line in printed) and not marks_change(element):
                trust = 4.2 if marks_publication(element) else 3.5
                found += self._machine(element.get("datetime") or "", "time", "printed", trust)
        return found

    @cached_property
    def far(self) -> list[Dated]:
        """The printed dates of the whole page, of long paragraphs those that begin one."""
        found: list[Dated] = []
        printed = self._document.layout.lines
        for line in (*printed[:_MOST_LINES], *printed[_MOST_LINES:][-_MOST_LINES:]):
            text = line.text
            found += self._printed(text if len(text) <= _LONGEST else text[:_DATELINE], line.element, 2)
            if len(found) > 20:
                break
        return found

    def told(self) -> Iterator[Dated]:
        """Yield the days that lines near the headline tell from now: `2 hours ago`."""
        before, after = self._document.printed.around
        now = self._document.fetched_at.astimezone(self.local)
        for line in (*after, *reversed(before)):
            for cell in _CELL.split(line.text):
                text = without_label(cell)
                if day := relative_day(text, self.language, now):
                    yield Dated(Moment(day), f"text:{text}", "printed", 2)

    def picture(self) -> Iterator[Dated]:
        """Yield the day in the address of the article's picture, which is seldom older than the article."""
        for source, text in self._document.meta("og:image", "twitter:image"):
            if match := _IN_ADDRESS.search(text):
                yield from self._machine("-".join(match.groups()), source, "picture", 1)

    def scripted(self) -> list[Dated]:
        """The dates that data of scripts, also that in attributes, calls those of a publication."""
        found: list[Dated] = []
        scripts = [script for _, script in self._document.scripts]
        if any(mark in self._document.body for mark in _IN_ATTRIBUTES):
            scripts.append(self._document.text)
        for script in scripts:
            for match in islice(_IN_SCRIPT.finditer(script), 3):
                found += self._machine(match[2], f"script:{match[1]}", "script", 3)
        return found

    def _nodes(self, key: str, trust: float, trust_elsewhere: float) -> Iterator[Dated]:
        for node in self._document.articles:
            for text in texts(node.get(key)):
                yield from self._machine(text, node.source, node.source, trust)
        for node in self._document.nodes:
            if not is_article(node):
                for text in texts(node.get(key)):
                    yield from self._machine(text, node.source, node.source, trust_elsewhere)

    def _metas(self, names: Iterable[str], trust: float) -> Iterator[Dated]:
        for source, text in islice(self._document.meta(*names), _MOST_TIMES):
            yield from self._machine(text, source, "meta", trust)

    def _machine(
        self, text: str, source: str, family: str, trust: float, zone: ZoneInfo | None = None
    ) -> Iterator[Dated]:
        moment = machine_moment(text, self.language, month_first=self.month_first)
        if moment and _EARLIEST <= moment.day <= self._latest:
            yield self._dated(moment, source, family, trust, zone)

    def _printed(self, text: str, element: Element, trust: float) -> Iterator[Dated]:
        if len(text) > _LONGEST or not _YEAR.search(text):
            return
        last = 0
        for found in moments(text, self.language, month_first=self.month_first):
            if _EARLIEST <= found.moment.day <= self._latest:
                changed, label = label_of(text[last : found.start])
                family = "modified" if changed else "printed"
                certainty = trust if label else trust - 0.3 if marks_publication(element) else trust - 1
                if found.start > _DATELINE and len(text) - (found.end - found.start) > _DATELINE + len(label):
                    certainty *= 0.3  # a sentence that tells of some day
                if is_foreign(element):
                    certainty *= 0.3
                yield self._dated(found.moment, f"text:{label}" if label else "text", family, certainty)
            last = found.end

    def _dated(self, moment: Moment, source: str, family: str, trust: float, zone: ZoneInfo | None = None) -> Dated:
        if self.local and moment.instant and not moment.instant.utcoffset():
            here = moment.instant.astimezone(self.local)
            moment = moment if here.time() != time() else Moment(here.date())
        if moment.zone is None and moment.time == time():
            moment = Moment(moment.day)  # what software writes when it knows only the day
        elif zone:
            moment = moment.in_zone(zone)
        elif self.zone and moment.time and not moment.zone:
            moment, source = moment.in_zone(self.zone), f"{source}+site-zone"
        return Dated(moment, source, family, trust)


_CELL = re.compile(r"\s*[|｜·•]\s*")
_LONGEST = 200
_DATELINE = 40
_MOST_TIMES = 40
_MOST_LINES = 2_000
_IN_ATTRIBUTES = (b"&quot;datePublished", b"&quot;publish")
_QUOTE = r"""(?:\\?["']|&quot;)"""
_IN_SCRIPT = re.compile(
    rf"{_QUOTE}(date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time|at)|publication_?date){_QUOTE}"
    rf"""\s*:\s*{_QUOTE}([^"'&\\]{{8,40}})""",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d\d|[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]{2}|元年")
_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0?[1-9]|1[0-2])[/_-]?([0-2]\d|3[01])(?=[/_.-]|$)")
_DATE_NAME = re.compile(r"date|time|publi|created|issued|posted|upload", re.IGNORECASE)
_OTHER_NAME = re.compile(
    r"modif|updat|revis|expir|event|start|end|valid|birth|verif|crawl|render|regist|rat", re.IGNORECASE
)


@cache  # `ZoneInfo` itself remembers only eight
def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _customs(document: Document) -> tuple[str, bool]:
    """Return the language that a page declares, and whether it writes the month before the day."""
    declared = document.tree.get("lang") or next(iter(document.metas.get("og:locale", ())), "")
    language, _, region = (declared or document.default_language or "").replace("_", "-").lower().partition("-")
    if language not in ("", "en") or document.host.rpartition(".")[2] in DAY_FIRST_DOMAINS:
        return language, False
    return language, region in ("", "us", "ph") if language else True
