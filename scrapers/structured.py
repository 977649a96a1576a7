"""Structured data of a page in one shape: JSON-LD's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]


def json_ld(scripts: list[str]) -> Iterator[Node]:
    """Yield every object of these `application/ld+json` texts, outer before inner, `@graph` and lists opened."""
    for script in scripts:
        try:
            data = json.loads(script, strict=False)
        except ValueError:
            continue
        yield from _objects(data)


def _objects(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
