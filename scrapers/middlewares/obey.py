"""Obeys robots.txt; in place of Scrapy's middleware, which lets waiting requests through unchecked and takes an error
page for a robots.txt that allows everything."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object

from pipelines.urls import origin_of
from scrapers.failure import RefusedByRobots, reason_of
from scrapers.middlewares.back_off import retry_after
from scrapers.queue.postponing import Postponing
from scrapers.responses import NOT_MODIFIED, conditions
from scrapers.robots_texts import RobotsTexts, response_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

robots_read = object()
"""Signal: a robots.txt was read, or is not there. With it go its `origin`, and `allows`, which tells whether an address
there may be asked for."""

_LIFETIME = 24 * 3600  # seconds; RFC 9309 2.4: not longer than a day
_LIFETIME_OF_FAILURE = 600
_LONGEST_PAUSE = 3600  # seconds between two pages of a host, for which a crawl waits in any case
_PRIORITY = 1000
_OF_ROBOTS_TXT = {"error", "not-sent", "redirects", "too-large"}  # as reasons of a page they would be final
_MAY_PASS = {"connection", "connection-refused", "incomplete", "timeout"}


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is known of one host's robots.txt: a parser, or why it could not be read; neither means all is allowed."""

    response: Response | None = None
    parser: RobotParser | None = None
    known: dict[str, bytes] | None = None
    """The conditions under which it was asked for, if it has not changed."""

    failure: tuple[str, str] | None = None
    wait: float | None = None
    """Seconds after which it is to be asked again, and until which the pages of its host wait."""

    pause: float | None = None
    """The Crawl-delay, if it is longer than a crawl waits."""

    def allow(self, url: str, user_agent: str) -> bool:
        return self.parser is None or self.parser.allowed(url, user_agent)


class ObeyRobots:
    """Refuses what robots.txt forbids, and everything on a host whose robots.txt cannot be read (RFC 9309 2.3.1).

    One that fails is asked again ROBOTSTXT_RETRY_TIMES times, after BACK_OFF seconds and then twice as long each time,
    or as its server says; until then the pages of its host wait. One that is known from an earlier crawl is asked for
    conditionally, as after a day in a long crawl: a text is never used without its server having said so.

    Of a host whose Crawl-delay is longer than an hour, and than RETRY_AFTER_MAX, one page is asked for in a crawl; the
    others stay queued.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._parser = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._rules: dict[str, tuple[float, asyncio.Task[_Rules]]] = {}
        self._failures: Counter[str] = Counter()
        self._waits = (
            crawler.settings.getint("ROBOTSTXT_RETRY_TIMES") if crawler.settings.getbool("RETRY_ENABLED") else 0
        )
        self._base = crawler.settings.getfloat("BACK_OFF")
        self._postponing = Postponing(crawler)
        self._texts = RobotsTexts(crawler)
        self._longest = max(_LONGEST_PAUSE, crawler.settings.getfloat("RETRY_AFTER_MAX"))
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ObeyRobots:
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | Response | None:
        """Raise `RefusedByRobots` with `robots`, or with the reason why robots.txt could not be read; postpone a
        request until that may have passed.

        A spider that asks for robots.txt itself gets the one that was fetched to be obeyed.
        """
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in ("http", "https"):
            return None
        origin = origin_of(request.url)
        rules = await self._rules_of(origin)
        if rules.wait is not None and (postponed := await self._postponing.postponed(request, rules.wait)):
            return postponed
        if rules.failure:
            reason, detail = rules.failure
            raise RefusedByRobots(reason, f"robots.txt could not be read: {detail}")
        if rules.response and parts.path == "/robots.txt":
            if rules.known and all(request.headers.get(name) == value for name, value in rules.known.items()):
                return Response(request.url, status=NOT_MODIFIED)
            return rules.response.replace(request=request)
        if not rules.allow(request.url, self.user_agent):
            self._count("forbidden")
            raise RefusedByRobots("robots", f"{request.url} is forbidden by robots.txt")
        return await self._paused(request, origin, rules.pause) if rules.pause else None

    async def _paused(self, request: Request, origin: str, pause: float) -> Request | None:
        """Let one page of a host through, and return the others to be asked for later."""
        if origin not in self._asked:
            self._asked.add(origin)
            return None
        self._count("paused")
        if postponed := await self._postponing.postponed(request, pause):
            return postponed
        raise RefusedByRobots("robots", f"{origin}/robots.txt asks for {pause:g} s between two requests")

    async def _rules_of(self, origin: str) -> _Rules:
        expires, task = self._rules.get(origin, (0.0, None))
        if task is None or (task.done() and (task.cancelled() or time.monotonic() > expires)):
            task = asyncio.ensure_future(self._fetch(origin))
            self._rules[origin] = (float("inf"), task)
        return await asyncio.shield(task)  # many requests wait for one robots.txt; one that is cancelled ends alone

    async def _fetch(self, origin: str) -> _Rules:
        try:
            rules = await self._ask(origin)
        except Exception as error:  # whatever stopped robots.txt is the reason why the host's pages are refused
            reason, detail = reason_of(error)
            failure = ("robots-unreachable" if reason in _OF_ROBOTS_TXT else reason), detail
            rules = _Rules(failure=failure, wait=self._wait(origin) if failure[0] in _MAY_PASS else None)
        if rules.wait is None:
            self._failures.pop(origin, None)
            lifetime: float = _LIFETIME_OF_FAILURE if rules.failure else _LIFETIME
        else:
            self._failures[origin] += 1
            self._count("postponed")
            logger.warning("%s/robots.txt could not be read: its host is left alone for %d s", origin, rules.wait)
            lifetime = rules.wait
        self._rules[origin] = (time.monotonic() + lifetime, self._rules[origin][1])
        if not rules.failure:
            allows = partial(rules.allow, user_agent=self.user_agent)
            self.crawler.signals.send_catch_log(robots_read, origin=origin, allows=allows)
        return rules

    async def _ask(self, origin: str) -> _Rules:
        known = self._texts.at(origin)
        asked = conditions(known.etag, known.last_modified) if known else {}
        response = await self._download(origin, asked)
        if known and response.status == NOT_MODIFIED and response.url == known.url:
            self._count("unchanged")
            self._texts.note(origin, response_of(known))
            return replace(self._read(origin, response_of(known)), known=asked)
        if asked and response.status == NOT_MODIFIED:  # of another address, to which it redirects now
            response = await self._download(origin, {})
        self._texts.note(origin, response)
        return self._read(origin, response)

    async def _download(self, origin: str, headers: dict[str, bytes]) -> Response:
        request = Request(
            f"{origin}/robots.txt",
            headers=headers,
            priority=_PRIORITY,
            callback=NO_CALLBACK,
            meta={"dont_obey_robotstxt": True, "allow_offsite": True, "dont_retry": True},
        )
        self._count("fetched")
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(request)

    def _wait(self, origin: str, asked: float | None = None) -> float | None:
        """Return after how many seconds a robots.txt that failed is to be asked again; None if it is given up."""
        failures = self._failures[origin]
        if failures >= self._waits:
            return None
        return self._base * 2**failures if asked is None else asked

    def _read(self, origin: str, response: Response) -> _Rules:
        if response.status >= 500 or response.status in (429, NOT_MODIFIED):  # 304 to what was asked for whole
            failure = "robots-unreachable", f"{response.url} answered {response.status}"
            return _Rules(failure=failure, wait=self._wait(origin, retry_after(response, time.time())))
        if response.status >= 300:
            return _Rules(response)  # no robots.txt: RFC 9309 2.3.1.3
        parser: RobotParser = build_from_crawler(self._parser, self.crawler, response.body)
        delay = parser.crawl_delay(self.user_agent) or 0
        if delay > self._longest:
            return _Rules(response, parser, pause=delay)
        self._slow_down(response.url, delay)
        return _Rules(response, parser)

    def _slow_down(self, url: str, delay: float) -> None:
        """Let the downloader never wait less than this many seconds between two requests to a host."""
        if not delay:
            return
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        host = urlsplit(url).hostname or ""
        chosen = downloader.per_slot_settings.setdefault(host, {})  # for slots made later
        usual = chosen.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        chosen.update(delay=max(delay, usual), jitter=0)
        if slot := downloader.slots.get(host):
            slot.delay, slot.jitter = max(delay, slot.delay), 0

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"robots/{what}")
