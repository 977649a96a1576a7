"""Every date that a page offers for its article, by kind of source, with the trust that the kind has earned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from scrapers.dating.customs import customs, zone_named
from scrapers.dating.datelines import is_foreign, label_of, roles, without_label
from scrapers.dating.moments import Moment, machine_moment, may_hold_date, moment_at, moments
from scrapers.dating.relative import relative_day
from scrapers.element import Element
from scrapers.structured import is_article, texts
from scrapers.vocabulary.dates import DOMAIN_ZONES, MODIFIED_METAS, PUBLISHED_METAS, VAGUE_METAS

if TYPE_CHECKING:
    from scrapers.document import Document
    from scrapers.layout import Line

_DAY = timedelta(days=1)
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
        self._latest = (document.fetched_at + _DAY).date()
        self.zone = zone_named(document.timezone_name)
        self.local = self.zone or zone_named(DOMAIN_ZONES.get(document.host.rpartition(".")[2]))
        self.language, self.month_first = customs(document)

    def read(self, text: str) -> Moment | None:
        """Return the moment that a text names, in the site's zone if it gives none; None if it cannot be true."""
        found = self._machine(text, "", "", 0)
        return found[0].moment if found else None

    def machine(self) -> list[Dated]:
        """Return the dates of publication that are written for machines."""
        found = self._nodes("datePublished", 6, 4)
        found += self._metas(PUBLISHED_METAS, 5)
        found += self._metas(VAGUE_METAS, 2.4)
        for node in self._document.nodes:
            for text in texts(node.get("dateCreated" if is_article(node) else "uploadDate")):
                found += self._machine(text, node.source, "created", 1.5)
        if written := self._document.cms_comment.get("date"):
            found += self._machine(written, "cms-comment", "cms", 6, _CMS_ZONE)
        entry = self._document.entry
        if entry and entry.published:
            found += self._machine(entry.published, entry.source, "entry", 5)
        found += self._times()
        found += self._address()
        return found or self._named()

    def changes(self) -> list[Dated]:
        """Return the dates of change that are written for machines."""
        found = self._nodes("dateModified", 6, 3) + self._metas(MODIFIED_METAS, 5)
        entry = self._document.entry
        if entry and entry.modified:
            found += self._machine(entry.modified, entry.source, "entry", 3)
        return found

    def _named(self) -> list[Dated]:
        """Return the dates of meta names that speak of a date and are in no list."""
        found: list[Dated] = []
        for name, contents in self._document.metas.items():
            if _DATE_NAME.search(name) and not _OTHER_NAME.search(name):
                found += self._machine(contents[0], f"meta:{name}", "meta", 1.5)
        return found

    def _times(self) -> list[Dated]:
        found: list[Dated] = []
        first = {True: 3.4, False: 2.6}  # those that follow are often of other articles
        for element in self._document.times[:_MOST_TIMES]:
            text = element.get(b"datetime") or element.get(b"content")
            if not text:
                continue
            published, changed = roles(element)
            if (published or not changed) and not is_foreign(element):
                found += self._machine(text, "time", "printed", first.pop(published, 1.0))
        return found

    def _address(self) -> list[Dated]:
        match = _IN_ADDRESS.search(self._document.url)
        return self._machine("-".join(match.groups()), "url", "url", 4) if match else []

    @cached_property
    def near(self) -> list[Dated]:
        """The dates printed near the headline, those after it trusted a little more."""
        before, after = self._document.printed.around
        found = self._lines(after, 4) + self._lines(reversed(before), 3.5)
        if times := [element for element in self._document.times[:_MOST_TIMES] if element.get(b"datetime")]:
            printed = "\n".join([line.text for line in (*before, *after) if len(line.text) <= _LONGEST])
            for element in times:
                text = " ".join(" ".join(element.itertext()).split())
                if not text or text not in printed:
                    continue
                published, changed = roles(element)
                if not changed:
                    trust = 4.2 if published else 3.5
                    found += self._machine(element.get(b"datetime", ""), "time", "printed", trust)
        return found

    def _lines(self, lines: Iterable[Line], trust: float) -> list[Dated]:
        dated = [line for line in lines if len(line.printed) <= _LONGEST and may_hold_date(line.printed)]
        return [found for line in dated for found in self._printed(line.text, line.element, trust)]

    @cached_property
    def far(self) -> list[Dated]:
        """The printed dates of the whole page, of long paragraphs those that begin one."""
        found: list[Dated] = []
        lines = self._document.layout.lines
        for line in (*lines[:_MOST_LINES], *lines[_MOST_LINES:][-_MOST_LINES:]):
            printed = line.printed
            if may_hold_date(printed if len(printed) <= _LONGEST else printed[:_DATELINE]):
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
            if "publi" in script.lower():  # most hold none, and the pattern is slow
                for match in islice(_IN_SCRIPT.finditer(script), 3):
                    found += self._machine(match[2], f"script:{match[1]}", "script", 3)
        return found

    def _nodes(self, key: str, trust: float, trust_elsewhere: float) -> list[Dated]:
        found: list[Dated] = []
        for node in self._document.articles:
            for text in texts(node.get(key)):
                found += self._machine(text, node.source, node.source, trust)
        for node in self._document.nodes:
            if key in node and not is_article(node):
                for text in texts(node[key]):
                    found += self._machine(text, node.source, node.source, trust_elsewhere)
        return found

    def _metas(self, names: Iterable[str], trust: float) -> list[Dated]:
        metas = self._document.metas
        written = [(name, text) for name in names if name in metas for text in metas[name]][:_MOST_TIMES]
        return [dated for name, text in written for dated in self._machine(text, f"meta:{name}", "meta", trust)]

    def _machine(self, text: str, source: str, family: str, trust: float, zone: ZoneInfo | None = None) -> list[Dated]:
        moment = machine_moment(text, self.language, month_first=self.month_first)
        if moment and _EARLIEST <= moment.day <= self._latest:
            return [self._dated(moment, source, family, trust, zone)]
        return []

    def _printed(self, text: str, element: Element, trust: float) -> list[Dated]:
        if len(text) > _LONGEST:
            return []
        found: list[Dated] = []
        last = 0
        for moment, start, end in moments(text, self.language, month_first=self.month_first):
            if _EARLIEST <= moment.day <= self._latest:
                changed, label = label_of(text[last:start])
                family = "modified" if changed else "printed"
                certainty = trust if label else trust - 0.3 if roles(element)[0] else trust - 1
                if start > _DATELINE and len(text) - (end - start) > _DATELINE + len(label):
                    certainty *= 0.3  # a sentence that tells of some day
                if is_foreign(element):
                    certainty *= 0.3
                found.append(self._dated(moment, f"text:{label}" if label else "text", family, certainty))
            last = end
        return found

    def _dated(self, moment: Moment, source: str, family: str, trust: float, zone: ZoneInfo | None = None) -> Dated:
        if self.local and moment.instant and not moment.instant.utcoffset():
            here = moment.instant.astimezone(self.local)
            moment = moment if here.time() != time() else Moment(here.date())
        if moment.instant is None and moment.time == time():
            moment = Moment(moment.day)  # what software writes when it knows only the day
        elif zone and not moment.instant:
            moment = moment_at(moment.day, moment.time, zone)
        elif self.zone and moment.time and not moment.instant:
            moment, source = moment_at(moment.day, moment.time, self.zone), f"{source}+site-zone"
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
_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0?[1-9]|1[0-2])[/_-]?([0-2]\d|3[01])(?=[/_.-]|$)")
_DATE_NAME = re.compile(r"date|time|publi|created|issued|posted|upload", re.IGNORECASE)
_OTHER_NAME = re.compile(
    r"modif|updat|revis|expir|event|start|end|valid|birth|verif|crawl|render|regist|rat", re.IGNORECASE
)
