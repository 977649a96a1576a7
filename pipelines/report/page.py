"""Numbers as a page: no script, nothing loaded, every value escaped."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

from pipelines.extras import extra
from pipelines.plain import number_of, plain
from pipelines.report import plots
from pipelines.report.numbers import Numbers

with extra("report"):
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

_SITES_OVER_TIME = 8
_SITES_IN_FULL = 100
_ADDRESS = 120  # characters that are shown
_LONGEST_LINK = 1000


@dataclass(frozen=True, kw_only=True)
class _Plots:
    """SVG elements; empty where there is nothing to plot."""

    by_day: Markup
    languages: Markup
    delays: Markup
    sizes: Markup
    revisions: Markup
    reasons: Markup
    coverage: list[tuple[str, Markup]]


def render(numbers: Numbers, title: str) -> str:
    """Return the report as HTML; the same numbers give the same page."""
    source = files(__package__)
    style = source.joinpath("report.css").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["plain"] = plain
    environment.globals.update(bar=_bar, link=_link, number_of=number_of)
    sites = numbers.facts.by("site").most_common()
    return environment.from_string(source.joinpath("report.html").read_text(encoding="utf-8")).render(
        title=plain(title),
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        numbers=numbers,
        facts=numbers.facts,
        sites=sites,
        coverage=[
            (site, [item for item in numbers.facts.coverage(site).items() if item[0] in plots.COVERED])
            for site, _ in sites[:_SITES_IN_FULL]
        ],
        plots=_draw(numbers, [site for site, _ in sites[:_SITES_OVER_TIME]]),
    )


def _draw(numbers: Numbers, sites: list[str]) -> _Plots:
    return _Plots(
        by_day=Markup(plots.by_day(numbers)),
        languages=Markup(plots.languages(numbers.facts)),
        delays=Markup(plots.delays(numbers)),
        sizes=Markup(plots.sizes(numbers)),
        revisions=Markup(plots.revisions(numbers)),
        reasons=Markup(plots.reasons(numbers)),
        coverage=[(site, Markup(plots.coverage(numbers.facts, site))) for site in sites],
    )


def _bar(share: float) -> Markup:
    """Return a bar as SVG, because the page's policy forbids a width in a `style` attribute."""
    return Markup(
        '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="{:.1f}" height="1"/></svg>'
    ).format(100 * share)


def _link(url: str) -> Markup:
    """Return an address as a link if it is one of the web and nothing else, else as text."""
    shown = plain(url, _ADDRESS)
    if not url.lower().startswith(("http://", "https://")) or plain(url, _LONGEST_LINK) != url:
        return Markup("{}").format(shown)
    return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(url, shown)
