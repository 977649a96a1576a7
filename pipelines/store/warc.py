"""Raw pages as WARC 1.1 records, one gzip member each (ISO 28500:2017)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from fastwarc import warc
from twisted.web.http import RESPONSES as HTTP_REASONS

_CHUNK = 2**14  # bytes; a page is a few of them
_LEVEL = 3  # of zlib; most pages come compressed already, and 6 takes twice the time for 3 % less


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
    response = _record(
        warc.response,
        exchange,
        b"HTTP/1.1 %d %s" % (exchange.status, reason),
        [*_without(b"transfer-encoding", exchange.response_headers), *_length(exchange)],
        exchange.body,
    )
    target = urlunsplit(("", "", parts.path or "/", parts.query, "")).encode("utf-8", "replace")
    request = _record(
        warc.request,
        exchange,
        b"%s %s HTTP/1.1" % (exchange.method.encode(), target),
        [(b"Host", parts.netloc.encode("utf-8", "replace")), *_without(b"host", exchange.request_headers)],
        exchange.request_body,
    )
    request.headers["WARC-Concurrent-To"] = response.headers["WARC-Record-ID"]
    return _member(response) + _member(request)


def members(path: Path, length: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (begin, end, record) of the gzip members of a file up to `length`, and end where one cannot be read."""
    begin = 0
    with path.open("rb") as file:
        while begin < length:
            decompressor, end, parts = zlib.decompressobj(wbits=31), begin, []
            file.seek(begin)
            while not decompressor.eof:
                if not (chunk := file.read(min(_CHUNK, length - end))):
                    return
                end += len(chunk)
                try:
                    parts.append(decompressor.decompress(chunk))
                except zlib.error:
                    return
            end -= len(decompressor.unused_data)
            yield begin, end, b"".join(parts)
            begin = end


def is_response(record: bytes) -> bool:
    """Whether a record holds what a server sent."""
    return b"\r\nWARC-Type: response\r\n" in record.partition(b"\r\n\r\n")[0] + b"\r\n"


def _length(exchange: Exchange) -> list[tuple[bytes, bytes]]:
    if any(name.lower() == b"content-length" for name, _ in exchange.response_headers):
        return []
    return [(b"Content-Length", b"%d" % len(exchange.body))]


def _without(name: bytes, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [pair for pair in headers if pair[0].lower() != name]


def _record(
    kind: warc.WarcRecordType, exchange: Exchange, line: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> warc.WarcRecord:
    record = warc.WarcRecord()
    record.init_headers(kind)
    record.is_http = True
    record.headers["WARC-Target-URI"] = exchange.url
    record.record_date = exchange.fetched_at
    head = b"".join(b"%s: %s\r\n" % (name, value) for name, value in headers)
    record.set_bytes_content(line + b"\r\n" + head + b"\r\n" + body)
    return record


def _member(record: warc.WarcRecord) -> bytes:
    plain = io.BytesIO()
    record.write(plain, checksum_data=True)
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)  # unlike fastwarc's writer, zlib lets other threads run
    return compressor.compress(plain.getbuffer()) + compressor.flush()
