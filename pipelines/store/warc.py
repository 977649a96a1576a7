"""Raw pages as WARC 1.1 records, one gzip member each (ISO 28500:2017)."""

from __future__ import annotations

import zlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from twisted.web.http import RESPONSES as HTTP_REASONS

_CHUNK = 2**14  # bytes; a page is a few of them
_GZIP_MAGIC = b"\x1f\x8b\x08"
_STORED, _FAST = 0, 3  # levels of zlib: most pages come compressed already; 6 takes twice the time of 3 for 3 % less


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and the response to it, as sent."""

    url: str
    method: str
    request_headers: list[tuple[bytes, bytes]]
    request_body: bytes
    status: int
    response_headers: list[tuple[bytes, bytes]]
    body: bytes
    """The content as sent, its content codings included; chunks are joined."""

    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def records(exchange: Exchange) -> bytes:
    """Return the response record and the request record of an exchange."""
    parts = urlsplit(exchange.url)
    reason = HTTP_REASONS.get(exchange.status, b"")
    answered = _http(
        b"HTTP/1.1 %d %s" % (exchange.status, reason),
        [*_without(b"transfer-encoding", exchange.response_headers), *_length(exchange)],
        exchange.body,
    )
    target = urlunsplit(("", "", parts.path or "/", parts.query, "")).encode("utf-8", "replace")
    asked = _http(
        b"%s %s HTTP/1.1" % (exchange.method.encode(), target),
        [(b"Host", parts.netloc.encode("utf-8", "replace")), *_without(b"host", exchange.request_headers)],
        exchange.request_body,
    )
    response, request = uuid4().urn, uuid4().urn
    return _member("response", response, exchange, answered) + _member(
        "request", request, exchange, asked, f"WARC-Concurrent-To: <{response}>\r\n"
    )


def members(path: Path, length: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (begin, end, record) of the gzip members of a file up to `length`, and end where one cannot be read."""
    begin = 0
    with path.open("rb") as file:
        while begin < length and (read := _read_member(file, begin, length)):
            yield begin, *read
            begin = read[0]


def readable_members(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (begin, end, record) of all gzip members that can be read, those behind a damaged one too."""
    file, begin = BytesIO(data), 0
    while begin >= 0:
        if read := _read_member(file, begin, len(data)):
            yield begin, *read
            begin = read[0]
        else:
            begin = data.find(_GZIP_MAGIC, begin + 1)


def _read_member(file: BinaryIO, begin: int, length: int) -> tuple[int, bytes] | None:
    """Return the end and the record of the gzip member at a place, or None where none can be read."""
    decompressor, end, parts = zlib.decompressobj(wbits=31), begin, []
    file.seek(begin)
    while not decompressor.eof:
        if not (chunk := file.read(min(_CHUNK, length - end))):
            return None
        end += len(chunk)
        try:
            parts.append(decompressor.decompress(chunk))
        except zlib.error:
            return None
        if not parts[0].startswith(b"WARC/"):  # what a server sent as gzip stands in a record
            return None
    return end - len(decompressor.unused_data), b"".join(parts)


def is_response(record: bytes) -> bool:
    """Whether a record holds what a server sent."""
    return b"\r\nWARC-Type: response\r\n" in record.partition(b"\r\n\r\n")[0] + b"\r\n"


def _length(exchange: Exchange) -> list[tuple[bytes, bytes]]:
    if any(name.lower() == b"content-length" for name, _ in exchange.response_headers):
        return []
    return [(b"Content-Length", b"%d" % len(exchange.body))]


def _without(name: bytes, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [pair for pair in headers if pair[0].lower() != name]


def _http(line: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> bytes:
    return b"".join((line, b"\r\n", *(b"%s: %s\r\n" % pair for pair in headers), b"\r\n", body))


def _member(kind: str, urn: str, exchange: Exchange, block: bytes, further: str = "") -> bytes:
    digest = b32encode(sha1(block, usedforsecurity=False).digest()).decode()
    head = (
        "WARC/1.1\r\n"
        f"WARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <{urn}>\r\n"
        f"WARC-Date: {exchange.fetched_at.astimezone(UTC).isoformat()[:-6]}Z\r\n"
        f"WARC-Target-URI: {exchange.url}\r\n"
        f"{further}"
        f"WARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return zlib.compress(head.encode("utf-8", "replace") + block + b"\r\n\r\n", _level(exchange), wbits=31)


def _level(exchange: Exchange) -> int:
    is_compressed = any(name.lower() == b"content-encoding" for name, _ in exchange.response_headers)
    return _STORED if is_compressed else _FAST
