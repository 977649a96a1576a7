"""A value that a page offers for a field, and where it stood."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

Value = TypeVar("Value", covariant=True)


class Candidate(Struct, Generic[Value], frozen=True, gc=False):
    """One value in the field's final form, with its source: `json-ld`, `meta:og:title`, `text:Par`."""

    value: Value
    source: str
