"""How a site is doing: its latest crawl beside its own earlier ones, as one verdict with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from pipelines.plain import number_of
from pipelines.store.report import Report
from scrapers.operations import signs

_MOST = 20  # crawls over which a verdict is followed back

_BLOCKED = {"http-401", "http-403", "http-429", "challenge", "javascript", "http-202"}


class Verdict(StrEnum):
    """What is wrong with a site, worst first."""

    GONE = "gone"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    CONSENT = "consent wall"
    PAYWALL = "paywall"
    SOURCE_GONE = "feed or sitemap gone"
    LAYOUT = "layout changed"
    FAILING = "failing"
    QUIET = "quiet"
    OK = "ok"


_REFUSALS = (
    (Verdict.ROBOTS, {"robots"}),
    (Verdict.BLOCKED, _BLOCKED),
    (Verdict.CONSENT, {"consent"}),
    (Verdict.PAYWALL, {"paywall", "http-402"}),
)


class Health(msgspec.Struct):
    """The verdict on one site; `evidence` are sentences for a person."""

    site: str
    verdict: Verdict
    evidence: list[str]
    run: str
    """Id of the latest run."""

    at: str
    """When it ended, ISO 8601."""

    crawls: int = 1
    """How many crawls in a row, the latest among them, had this verdict; 20 stands for more."""

    def doubt(self, confirmed: int) -> str | None:
        """Return what is said beside a verdict other than ok that too few crawls in a row had to confirm it."""
        if self.verdict == Verdict.OK or self.crawls >= confirmed:
            return None
        return f"not confirmed yet: {self.crawls} of {number_of(confirmed, 'crawl')}"


def judge(reports: Sequence[Report]) -> Health | None:
    """Return the health of a site by the reports of its crawls, oldest first; None if no crawl says anything."""
    told = [
        report
        for report in reports
        if report.ended_at and (report.fetched or report.sources or signs.is_resting(report))
    ]
    if not told:
        return None
    last = told[-1]
    verdict, evidence = _verdict(told)
    evidence = [*(evidence or [_describe(last)]), *signs.unreadable(told)]
    crawls = 1
    while crawls < min(len(told), _MOST) and _verdict(told[:-crawls])[0] == verdict:
        crawls += 1
    if verdict != Verdict.OK:
        first = f"the crawl that ended {told[-crawls].ended_at}"
        evidence = [*evidence, f"in {first}" if crawls == 1 else f"since {first}, {crawls} crawls in a row"]
    return Health(last.collection, verdict, evidence, last.id, str(last.ended_at), crawls)


Sign = tuple[Verdict, list[str]]


def _verdict(reports: Sequence[Report]) -> Sign:
    return next(_signs(reports), (Verdict.OK, []))


def _signs(reports: Sequence[Report]) -> Iterator[Sign]:
    """Yield what is wrong, worst first."""
    lost = list(signs.lost(reports))
    is_resting = signs.is_resting(reports[-1])
    if not is_resting and (evidence := signs.gone(reports[-1])):
        yield Verdict.GONE, [evidence, *signs.last_answer(reports)]
    if is_resting:
        yield Verdict.BLOCKED, ["nothing was fetched: every page waits for a host that asked to be left alone"]
    for verdict, reasons in _REFUSALS:
        refused = [asked for asked in lost if asked.status in reasons]
        watched = sum(not asked.guessed for asked in reports[-1].sources)
        evidence = signs.risen(reports, reasons)
        if evidence or (refused and 2 * len(refused) >= watched):
            yield verdict, [*([evidence] if evidence else []), *map(signs.describe_source, refused)]
    if lost:
        yield Verdict.SOURCE_GONE, [signs.describe_source(asked) for asked in lost]
    if changes := list(signs.layout(reports)):
        yield Verdict.LAYOUT, changes
    known = signs.UNREAD.union(*(reasons for _, reasons in _REFUSALS))
    if evidence := signs.risen(reports, signs.ends(reports[-1]).keys() - known):
        yield Verdict.FAILING, [evidence]
    if silence := signs.silence(reports):
        yield Verdict.QUIET, [silence]


def _describe(report: Report) -> str:
    pages = number_of(report.fetched, "page")
    return f"{report.kept} new, {report.revised} revised, {report.unchanged} unchanged of {pages}"
