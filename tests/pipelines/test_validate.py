"""What must not become a record."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.article import Article, Image, Rejection
from pipelines.dropped import Dropped
from pipelines.validate import Validate
from tests.pipelines.stages import counted, stage


def article(**changes: Any) -> Article:
    whole = {
        "id": "0" * 16,
        "url": "https://harbour.example/a",
        "title": "Harbour opens",
        "body": "Ships came.",
        "content_hash": "1" * 16,
        "date": "2024-03-05",
        "published_at": "2024-03-05T10:00:00+01:00",
        "fetched_at": "2024-03-06T00:00:00+00:00",
    }
    return Article(**(whole | changes))


def test_a_sound_article_passes() -> None:
    item = article()
    assert stage(Validate).process_item(item) is item


def test_a_rejection_passes() -> None:
    item = Rejection(url="https://harbour.example/", reason="listing")
    assert stage(Validate).process_item(item) is item


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": None}, "no-title"),
        ({"body": ""}, "no-body"),
        ({"title": 7}, "schema"),
        ({"authors": "Ana Mork"}, "schema"),
        ({"free_access": "no"}, "schema"),
        ({"url": "ftp://harbour.example/a"}, "bad-url"),
        ({"canonical_url": "javascript:void(0)"}, "bad-url"),
        ({"images": [Image(url="data:image/gif;base64,R0")]}, "bad-url"),
        ({"date": "5 March"}, "bad-date"),
        ({"date": "2024-03-05T10:00:00Z"}, "bad-date"),
        ({"published_at": "2024-03-05"}, "bad-date"),
        ({"date": "2099-01-01"}, "impossible-date"),
        ({"modified_at": "1970-01-01T00:00:00Z"}, "impossible-date"),
    ],
)
def test_a_fault_drops_the_article_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    validate = stage(Validate)
    with pytest.raises(Dropped) as raised:
        validate.process_item(article(**changes))
    assert raised.value.reason == reason
    assert counted(validate) == {f"validate/{reason}": 1}
