"""The text of the article, read through the page."""

import pytest

from scrapers.page import ArticlePage

RIVER = "The river rose by two metres in the night, and the town council asked all families near the mill to leave."
BRIDGE = "Engineers closed the old bridge at dawn; they expect to open one lane again before the end of the week."
FARMERS = "Farmers in the lower valley lost most of their early crop, said the head of the local cooperative."


def body(html: str) -> str | None:
    return ArticlePage.from_html(f"<html><body>{html}</body></html>", "https://news.example/flood").body


CASES = {
    "paragraphs": (f"<h1>Flood</h1><p>{RIVER}<p>{BRIDGE}", [RIVER, BRIDGE]),
    "line breaks only": (
        f"<table><tr><td><b>Flood</b><br>{RIVER}<br><br>{BRIDGE}<br><br>{FARMERS}</td></tr></table>",
        [RIVER, BRIDGE, FARMERS],
    ),
    "sub-heads": (
        f"<p>{RIVER}</p><h2>Traffic</h2><p>{BRIDGE}</p><p>{FARMERS}</p>",
        [RIVER, "Traffic", BRIDGE, FARMERS],
    ),
    "caption": (
        f"<p>{RIVER}</p><figure><img src=a.jpg><figcaption>The mill.</figcaption></figure><p>{BRIDGE}</p>",
        [RIVER, BRIDGE],
    ),
    "navigation": (f"<nav><p>{FARMERS}</p></nav><div><p>{RIVER}</p><p>{BRIDGE}</p></div>", [RIVER, BRIDGE]),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_body(html: str, expected: list[str]) -> None:
    assert (body(html) or "").split("\n\n") == expected
