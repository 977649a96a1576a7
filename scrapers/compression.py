"""Compressed bodies, read whole or not at all."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_MAGIC = b"\x1f\x8b"

_CHUNK = 2**18


class CutOff(ValueError):
    """The data ends before the stream does, or is damaged."""


class TooLarge(ValueError):
    """The data decompresses to more than the limit."""


def decompress(data: bytes, coding: str, *, limit: int) -> bytes:
    """Return the content of a body in this HTTP content coding; raise `CutOff`, `TooLarge`, or `KeyError` for another.

    A body that is plain although the server calls it compressed is returned as it is.
    """
    decode = _DECODERS[coding]
    return decode(data, limit) if data else b""


def _gunzip(data: bytes, limit: int) -> bytes:
    if not data.startswith(GZIP_MAGIC):
        return data
    content = b""
    while data.startswith(GZIP_MAGIC):  # members one after another; servers pad the last with zeros
        member, data = _inflate_stream(data, limit - len(content), wbits=31)
        content += member
    return content


def _inflate(data: bytes, limit: int) -> bytes:
    try:
        return _inflate_stream(data, limit, wbits=zlib.MAX_WBITS)[0]
    except CutOff:
        return _inflate_stream(data, limit, wbits=-zlib.MAX_WBITS)[0]  # Microsoft servers send no zlib header


def _inflate_stream(data: bytes, limit: int, *, wbits: int) -> tuple[bytes, bytes]:
    """Return the content of one zlib stream and what follows it."""
    stream = zlib.decompressobj(wbits)
    try:
        content = stream.decompress(data, limit + 1)
    except zlib.error as error:
        raise CutOff(str(error)) from error
    _check(len(content), limit, whole=stream.eof)
    return content, stream.unused_data


def _unbrotli(data: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    chunks, size = [], 0
    try:
        chunk = stream.process(data, output_buffer_limit=_CHUNK)
        while chunk:
            chunks.append(chunk)
            size += len(chunk)
            _check(size, limit, whole=True)
            chunk = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_CHUNK)
    except brotli.error as error:
        raise CutOff(str(error)) from error
    _check(size, limit, whole=stream.is_finished())
    return b"".join(chunks)


def _unzstd(data: bytes, limit: int) -> bytes:
    content = b""
    while data:
        stream = zstd.ZstdDecompressor()
        try:
            content += stream.decompress(data, limit + 1 - len(content))
        except zstd.ZstdError as error:
            raise CutOff(str(error)) from error
        _check(len(content), limit, whole=stream.eof)
        data = stream.unused_data
    return content


def _check(size: int, limit: int, *, whole: bool) -> None:
    if size > limit:
        raise TooLarge(f"more than {limit} bytes when decompressed")
    if not whole:
        raise CutOff("the compressed stream ends too early")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

CODINGS = tuple(_DECODERS)
