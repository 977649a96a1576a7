"""Headlines in the forms that publishers print them."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<meta property=og:title content='Harbour opens'><h1>Harbour opens</h1>", "Harbour opens"),
        ("<h1>Harbour <i>opens</i></h1>", "Harbour opens"),
    ],
)
def test_title(html: str, title: str) -> None:
    assert ArticlePage.from_html(html).title == title
