"""Addresses cleaned and compared."""

from __future__ import annotations

import pytest

from pipelines import urls


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://Example.ORG/A/b?utm_source=x&id=7#top", "https://example.org/A/b?id=7"),
        ("http://example.org:80/a/", "http://example.org/a/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/?fbclid=1&gclid=2&mc_eid=3", "https://example.org/"),
        ("https://example.org/münchen/%c3%bc", "https://example.org/m%C3%BCnchen/%C3%BC"),
        # names that begin like a tracker's, or that may name an article
        (
            "https://example.org/a?gallery=3&eid=5&cid=6&source=7",
            "https://example.org/a?gallery=3&eid=5&cid=6&source=7",
        ),
    ],
)
def test_clean(given: str, expected: str) -> None:
    assert urls.clean(given) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.org/storm?b=2&a=1",
        "http://www.example.org/storm/?a=1&b=2",
        "https://EXAMPLE.org/storm?a=1&utm_campaign=x&b=2#photo",
    ],
)
def test_spellings_of_one_page_share_a_key(spelling: str) -> None:
    assert urls.same_page_key(spelling) == "example.org/storm?a=1&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/storm", "https://example.org/Storm"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://a.example.org/x", "https://b.example.org/x"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ],
)
def test_different_pages_differ(one: str, other: str) -> None:
    assert urls.same_page_key(one) != urls.same_page_key(other)


def test_site_of() -> None:
    assert urls.site_of("https://www.Example.org:8080/a") == "example.org"
