"""The plots of a report, drawn by Matplotlib and made fit for a page that allows no style of its elements' own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from lxml import etree

from pipelines.export.facts import UNDATED, Facts
from pipelines.extras import extra
from pipelines.plain import plain
from pipelines.report.numbers import OTHERS, Numbers
from pipelines.store.report import FIELDS

with extra("report"):
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

_WIDTH = 4.6  # inches: what a phone shows without shrinking the letters
_COLOURS = "#3b78c4 #d9772b #3f9a5b #b3479c #8a6d3b #2aa0a8 #c9483f #7565c9 #8b949e".split()
"""Told apart on light and dark ground; the last one is that of all others."""

_INK = "#010203"  # stands for the page's own colour of text
_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 9,
    "font.family": "sans-serif",
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), _INK),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "legend.frameon": False,
}
_EPOCH = date(1970, 1, 1)
_TICKS = 4
_DAYS_IN_BARS = 120  # of a longer time weeks are shown
_SIZES = {4: "100", 5: "320", 6: "1,000", 7: "3,200", 8: "10,000", 9: "32,000", 10: "100,000"}
COVERED = FIELDS
"""The fields whose coverage is shown."""


def by_day(numbers: Numbers) -> str:
    """Articles by day, or by week over a longer time, a colour a site."""
    days = [day for _, day, _ in numbers.by_day]
    if not days:
        return ""
    step = 7 if (max(days) - min(days)).days > _DAYS_IN_BARS else 1
    counts: dict[str, dict[date, int]] = {}
    for site, day, articles in numbers.by_day:
        start = day - timedelta(days=day.weekday() if step == 7 else 0)
        counts.setdefault(site, {}).setdefault(start, 0)
        counts[site][start] += articles
    sites = sorted(counts, key=lambda site: (site == OTHERS, -sum(counts[site].values())))

    def draw(axes: Axes) -> None:
        starts = sorted({start for site in counts.values() for start in site})
        positions = [(start - _EPOCH).days for start in starts]
        below = [0] * len(starts)
        for site in sites:
            heights = [counts[site].get(start, 0) for start in starts]
            colour = _COLOURS[-1] if site == OTHERS else _COLOURS[sites.index(site) % (len(_COLOURS) - 1)]
            axes.bar(positions, heights, width=step, bottom=below, color=colour, label=_label(site))
            below = [low + height for low, height in zip(below, heights, strict=True)]
        ticks = starts[:: max(1, -(-len(starts) // _TICKS))]
        axes.set_xticks([(start - _EPOCH).days for start in ticks], [start.isoformat() for start in ticks])
        axes.set_xlabel("published")
        axes.set_ylabel("articles a week" if step == 7 else "articles a day")
        axes.figure.legend(loc="outside upper left", ncols=2, fontsize=8)

    return _plot("by-day", draw, height=3.4)


def coverage(facts: Facts, site: str) -> str:
    """Share of a site's articles that have each field, month by month."""
    months = sorted({group.month for group in facts.groups if group.site == site and group.month != UNDATED})
    fields = [n for n, column in enumerate(facts.columns) if column.name in COVERED]
    if not months or not fields:
        return ""
    shares = []
    for number in fields:
        line = []
        for month in months:
            groups = [group for group in facts.groups if group.site == site and group.month == month]
            line.append(sum(group.covered[number] for group in groups) / sum(group.articles for group in groups))
        shares.append(line)

    def draw(axes: Axes) -> None:
        axes.pcolormesh(shares, vmin=0, vmax=1, cmap="viridis", edgecolors="none")
        axes.set_yticks([row + 0.5 for row in range(len(fields))], [facts.columns[number].name for number in fields])
        axes.invert_yaxis()
        step = max(1, len(months) // 5)
        axes.set_xticks([column + 0.5 for column in range(0, len(months), step)], months[::step])
        axes.set_xlabel("month of publication")
        colours = mpl.colormaps["viridis"]
        # a colour bar would be a picture, which the page's policy does not load
        shades = [Patch(color=colours(share), label=f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
        axes.figure.legend(handles=shades, loc="outside upper left", ncols=len(shades), fontsize=8, columnspacing=1)

    return _plot(f"coverage-{site}", draw, height=0.9 + 0.19 * len(fields))


def languages(facts: Facts) -> str:
    """Articles by language."""
    return _bars("languages", facts.by("language").most_common(10), "articles")


def delays(numbers: Numbers) -> str:
    """Articles by hours from publication to fetch, in powers of two."""
    counts = [(f"{2**power:,.10g}", articles) for power, articles in numbers.delay_hours]
    return _columns("delays", counts, "fetched within so many hours of publication")


def sizes(numbers: Numbers) -> str:
    """Articles by characters of body."""
    counts = [(_SIZES.get(step, f"{10 ** (step / 2):,.0f}"), articles) for step, articles in numbers.sizes]
    return _columns("sizes", counts, "characters of body, at least")


def revisions(numbers: Numbers) -> str:
    """Articles by the number of their revisions."""
    return _columns("revisions", [(str(number), articles) for number, articles in numbers.revisions], "revisions")


def reasons(numbers: Numbers) -> str:
    """Rejected pages by reason."""
    return _bars("reasons", [(reason.name, reason.pages) for reason in numbers.reasons[:15]], "pages")


def _bars(name: str, counts: Sequence[tuple[str, int]], label: str) -> str:
    if not counts:
        return ""

    def draw(axes: Axes) -> None:
        positions = range(len(counts))
        axes.barh(positions, [number for _, number in counts], color=_COLOURS[0])
        axes.set_yticks(positions, [_label(value) for value, _ in counts])
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_xlabel(label)

    return _plot(name, draw, height=0.8 + 0.25 * len(counts))


def _columns(name: str, counts: Sequence[tuple[str, int]], label: str) -> str:
    if not counts:
        return ""

    def draw(axes: Axes) -> None:
        positions = range(len(counts))
        axes.bar(positions, [number for _, number in counts], color=_COLOURS[0])
        axes.set_xticks(positions, [value for value, _ in counts], rotation=30 if len(counts) > 6 else 0)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_xlabel(label)
        axes.set_ylabel("articles")

    return _plot(name, draw, height=2.6)


def _label(text: str) -> str:
    """Return a text as Matplotlib's font has it: what it lacks would be boxes."""
    return plain(text, 28).encode("ascii", "backslashreplace").decode()[:40]


def _plot(name: str, draw: Callable[[Axes], None], height: float) -> str:
    """Draw on new axes and return the plot as an SVG element; the same numbers give the same element."""
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):  # type: ignore[dict-item]
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return _inlined(drawn.getvalue())


def _inlined(drawn: bytes) -> str:
    """Return an SVG without style sheets, metadata and `style` attributes, in the colour of the page's text."""
    svg = etree.fromstring(drawn)
    for element in list(svg.iter(etree.Comment, "{*}metadata", "{*}style")):
        cast("etree._Element", element.getparent()).remove(element)
    referenced = set(re.findall(r"#([\w-]+)", drawn.decode()))
    for element in svg.iter():
        _unstyle(element)
        if element.get("id") not in referenced:
            element.attrib.pop("id", None)  # Matplotlib gives every plot the same ids
    svg.set("role", "img")
    for attribute in ("width", "height"):
        del svg.attrib[attribute]
    etree.cleanup_namespaces(svg)
    return etree.tostring(svg, encoding="unicode").replace(_INK, "currentColor")


def _unstyle(element: Any) -> None:
    """Turn the declarations of a `style` attribute into attributes."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() == "font":
            size = re.search(r"([\d.]+)px", value)
            name, value = "font-size", size[1] if size else "9"
        if name.strip():
            element.set(name.strip(), value.strip())
