"""Compressed bodies that are whole, cut off, too large, or not what they claim."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from scrapers.compression import CutOff, TooLarge, decompress
from tests.serving import Crawl, Reply, Server, article, write_urls

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = article("The lighthouse of Norderhaven").encode()


def _raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


PACKED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "raw deflate": _raw_deflate(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
}


@pytest.mark.parametrize("form", PACKED)
def test_a_whole_body_is_read(form: str) -> None:
    assert decompress(PACKED[form], form.split()[-1], limit=10_000) == TEXT


@pytest.mark.parametrize("form", PACKED)
def test_a_cut_off_body_is_told_at_every_length(form: str) -> None:
    packed = PACKED[form]
    for length in range(2, len(packed) - 1, 7):
        with pytest.raises(CutOff):
            decompress(packed[:length], form.split()[-1], limit=10_000)


@pytest.mark.parametrize("form", PACKED)
def test_a_body_over_the_limit_is_refused(form: str) -> None:
    with pytest.raises(TooLarge):
        decompress(PACKED[form], form.split()[-1], limit=len(TEXT) - 1)


@pytest.mark.parametrize(
    ("body", "coding", "content"),
    [
        (b"", "gzip", b""),
        (TEXT, "gzip", TEXT),
        (PACKED["gzip"] + gzip.compress(b"more"), "x-gzip", TEXT + b"more"),
        (PACKED["gzip"] + b"\0\0\0", "gzip", TEXT),
        (PACKED["zstd"] + zstd.compress(b"more"), "zstd", TEXT + b"more"),
    ],
)
def test_what_servers_do(body: bytes, coding: str, content: bytes) -> None:
    assert decompress(body, coding, limit=10_000) == content


def test_an_incomplete_response_is_asked_again_then_rejected(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    broken = {
        "gzip": Reply(PACKED["gzip"][:-9], headers={"Content-Encoding": "gzip"}),
        "br": Reply(PACKED["br"][:-9], headers={"Content-Encoding": "br"}),
        "zstd": Reply(PACKED["zstd"][:-9], headers={"Content-Encoding": "zstd"}),
        "deflate": Reply(PACKED["deflate"][:-9], headers={"Content-Encoding": "deflate"}),
        "short": Reply(raw=head + b"Content-Length: 9999\r\n\r\n" + TEXT),
        "chunk": Reply(raw=head + b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%s\r\n" % (len(TEXT), TEXT)),
    }
    for name, reply in broken.items():
        server.serve(f"/lost/{name}", reply)
        server.serve(f"/mended/{name}", reply, TEXT)
    paths = [path for path in server.replies if path != "/robots.txt"]
    outcome = crawl("news", urls=write_urls(tmp_path, *(server.url + path for path in paths)))
    assert outcome.reasons == {f"{server.url}/lost/{name}": "incomplete" for name in broken}
    assert {found["url"] for found in outcome.articles} == {f"{server.url}/mended/{name}" for name in broken}
    assert all(server.requests.count(path) == 2 for path in paths)
