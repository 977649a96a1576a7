"""Which addresses are those of AMP and print variants, and of which page."""

from __future__ import annotations

import pytest

from scrapers.variants import original

STORY = "https://harbour.example/2025/05/03/storm-over-the-old-harbour"


@pytest.mark.parametrize(
    ("variant", "page"),
    [
        (f"{STORY}/amp", STORY),
        (f"{STORY}/amp/", f"{STORY}/"),
        (f"{STORY}.amp", STORY),
        (f"{STORY}.amp.html", f"{STORY}.html"),
        (f"{STORY}/print/", f"{STORY}/"),
        (f"{STORY}?amp", STORY),
        (f"{STORY}?amp=1", STORY),
        (f"{STORY}?outputType=amp&page=2", f"{STORY}?page=2"),
        (f"{STORY}?id=7&print=1", f"{STORY}?id=7"),
        (STORY.replace("//", "//amp."), STORY),
        (STORY.replace("example/", "example/amp/"), STORY),
        (f"{STORY.replace('//', '//amp.')}/amp?amp=1", STORY),
    ],
)
def test_a_variant(variant: str, page: str) -> None:
    assert original(variant) == page
    assert original(page) is None


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        f"{STORY}?ampersand=1",
        f"{STORY}?amp=2000",
        f"{STORY}-amp",
        "https://harbour.example/edition/print/",
        "https://harbour.example/amp",
        "https://harbour.example/amplifiers-of-the-old-harbour",
        "https://amp.example/2025/05/03/storm-over-the-old-harbour",
    ],
)
def test_what_is_none(url: str) -> None:
    assert original(url) is None
