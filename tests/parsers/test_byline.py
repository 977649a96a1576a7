"""The line with the names, as printed."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage

AUTHOR = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Lamp","author":{"name":"Ana Berg"}}</script>'
)
TEXT = "<p>The lamp of the old lighthouse shines again after eleven winters of darkness on the pier.</p>"


@pytest.mark.parametrize(
    ("html", "byline", "source"),
    [
        ("<h1>Lamp</h1><p>Par : Norbert |&nbsp; Mots clés : phare</p>" + TEXT, "Par : Norbert", "text:Par"),
        (AUTHOR + "<h1>Lamp</h1><p>By Ana Berg, Lisbon</p>" + TEXT, "By Ana Berg, Lisbon", "text:By"),
        (AUTHOR + "<h1>Lamp</h1><p>ANA BERG &middot; Harbour</p>" + TEXT, "ANA BERG · Harbour", "text"),
        ("<h1>Lamp</h1><div class=byline><span>Von</span> <span>Uta Kranz</span></div>" + TEXT,
         "Von Uta Kranz", "byline"),
        ("<h1>Lamp</h1><div class=byline><div>Von</div><div>Uta Kranz</div><div>5 Min.</div></div>" + TEXT,
         "Von Uta Kranz", "byline"),
        ("<meta name=byl content='By Ana Berg'>", "By Ana Berg", "meta:byl"),
        ("<meta name=author content='李华'><div><!--enpproperty <author>李华</author>/enpproperty--></div>",
         None, None),
        ("<h1>Lamp</h1>" + TEXT, None, None),
    ],
)  # fmt: skip
def test_byline(html: str, byline: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html).read("byline")
    assert (found and found.value, found and found.source) == (byline, source)
