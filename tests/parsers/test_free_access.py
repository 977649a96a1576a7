"""What pages say of their paywall."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage


def ld(properties: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", {properties}}}</script>'


@pytest.mark.parametrize(
    ("html", "free", "source"),
    [
        (ld('"isAccessibleForFree": true'), True, "json-ld"),
        (ld('"isAccessibleForFree": false'), False, "json-ld"),
        (ld('"isAccessibleForFree": "False"'), False, "json-ld"),
        (ld('"isAccessibleForFree": "http://schema.org/True"'), True, "json-ld"),
        (ld('"isAccessibleForFree": ["false"]'), False, "json-ld"),
        (
            ld('"isAccessibleForFree": true, "hasPart": {"isAccessibleForFree": false, "cssSelector": ".x"}'),
            False,
            "json-ld",
        ),
        (ld('"hasPart": [{"isAccessibleForFree": "False"}, {"isAccessibleForFree": true}]'), False, "json-ld"),
        (ld('"isAccessibleForFree": true', "WebPage"), True, "json-ld"),
        (ld('"isAccessibleForFree": "perhaps", "hasPart": 7'), None, None),
        ("<meta property=article:content_tier content=free>", True, "meta:article:content_tier"),
        ("<meta property=article:content_tier content=Metered>", False, "meta:article:content_tier"),
        ("<meta property=article:content_tier content=locked>", False, "meta:article:content_tier"),
        ("<meta itemprop=isAccessibleForFree content=false>", False, "microdata"),
        ("<meta name=paywall content=true>", False, "meta:paywall"),
        ("<meta name=is_premium content=0>", True, "meta:is_premium"),
        ("<meta name=paywall content=unknown>", None, None),
        ("<p>Subscribe now for full access", None, None),
    ],
)
def test_free_access(html: str, free: bool | None, source: str | None) -> None:
    candidate = ArticlePage.from_html(html).read("free_access")
    assert (candidate.value if candidate else None, candidate.source if candidate else None) == (free, source)
