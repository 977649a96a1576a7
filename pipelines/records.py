"""Records as JSON Lines."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from pipelines.article import Article, Rejection

Record = Article | Rejection
AnyRecord = TypeVar("AnyRecord", Article, Rejection)
Value = TypeVar("Value")

_encoder = msgspec.json.Encoder()
_decoders = {kind: msgspec.json.Decoder(kind) for kind in (Article, Rejection)}


def encode(record: Record) -> bytes:
    """Return a record as one line of JSON in UTF-8, with its line feed."""
    return _encoder.encode(record) + b"\n"


def decode(line: bytes, kind: type[AnyRecord]) -> AnyRecord:
    """Return the record of a line; raise `msgspec.DecodeError` or its `ValidationError` if it does not fit."""
    return read_json(line, _decoders[kind])  # type: ignore[return-value]


def read_json(data: bytes, decoder: msgspec.json.Decoder[Value]) -> Value:
    """Return what JSON holds; raise `msgspec.DecodeError`, also where it is not UTF-8 or nested too deep."""
    try:
        return decoder.decode(data)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error
