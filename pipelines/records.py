"""Records as JSON Lines."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from pipelines.article import Article, Rejection

Record = Article | Rejection
AnyRecord = TypeVar("AnyRecord", Article, Rejection)

_encoder = msgspec.json.Encoder()
_decoders = {kind: msgspec.json.Decoder(kind) for kind in (Article, Rejection)}


def encode(record: Record) -> bytes:
    """Return a record as one line of JSON in UTF-8, with its line feed."""
    return _encoder.encode(record) + b"\n"


def decode(line: bytes, kind: type[AnyRecord]) -> AnyRecord:
    """Return the record of a line; raise `msgspec.DecodeError` or its `ValidationError` if it does not fit."""
    return _decoders[kind].decode(line)  # type: ignore[return-value]
