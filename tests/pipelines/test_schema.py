"""The schema says of every field what the record's source says."""

from __future__ import annotations

import dataclasses

import pytest

from pipelines.article import Article, Image
from pipelines.schema import json_schema


@pytest.mark.parametrize("kind", [Article, Image])
def test_every_field_is_described_in_the_order_of_the_record(kind: type) -> None:
    properties = json_schema()["$defs"][kind.__name__]["properties"]
    assert list(properties) == [field.name for field in dataclasses.fields(kind)]
    assert all(len(description["description"]) > 20 for description in properties.values())


def test_description_and_type_stand_side_by_side() -> None:
    date = json_schema()["$defs"]["Article"]["properties"]["date"]
    assert date["description"] == "Calendar day of publication at the publisher, `YYYY-MM-DD`."
    assert {"type": "string"} in date["anyOf"]
