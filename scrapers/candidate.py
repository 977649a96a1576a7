"""A value that a page offers for a field, and where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """One value in the field's final form, with its source: `json-ld`, `meta:og:title`, `text:Par`."""

    value: Value
    source: str
