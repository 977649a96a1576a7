"""Raw pages that other tools can read."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator

from pipelines.store.warc import Exchange, records


def exchange() -> Exchange:
    return Exchange(
        url="https://harbour.example/a?b=1#c",
        method="GET",
        request_headers=[(b"User-Agent", b"test"), (b"Accept-Encoding", b"gzip")],
        request_body=b"",
        status=200,
        response_headers=[
            (b"Content-Type", b"text/html; charset=iso-8859-1"),
            (b"Content-Encoding", b"gzip"),
            (b"Transfer-Encoding", b"chunked"),
            (b"X-Odd", b"\xe9t\xe9"),
        ],
        body=gzip.compress("<h1>Port de pêche</h1>".encode("latin-1")),
        fetched_at=datetime(2024, 3, 5, 10, 0, 0, 123456, UTC),
    )


def test_a_response_as_sent_and_its_request() -> None:
    stream = io.BytesIO(records(exchange()))
    found = [
        (record.rec_type, record.rec_headers, record.http_headers, record.raw_stream.read())
        for record in ArchiveIterator(stream, check_digests="raise")
    ]
    (kind, headers, http, body), (request_kind, request_headers, request_http, _) = found
    assert (kind, request_kind) == ("response", "request")
    assert headers.get_header("WARC-Target-URI") == "https://harbour.example/a?b=1#c"
    assert headers.get_header("WARC-Date") == "2024-03-05T10:00:00.123456Z"
    assert headers.get_header("Content-Type") == "application/http; msgtype=response"
    assert request_headers.get_header("Content-Type") == "application/http; msgtype=request"
    assert request_headers.get_header("WARC-Concurrent-To") == headers.get_header("WARC-Record-ID")
    assert gzip.decompress(body).decode("latin-1") == "<h1>Port de pêche</h1>"
    assert http.get_statuscode() == "200"
    assert http.get_header("Content-Encoding") == "gzip"
    assert http.get_header("Content-Length") == str(len(body))
    assert http.get_header("Transfer-Encoding") is None
    assert request_http.statusline == "/a?b=1 HTTP/1.1"
    assert request_http.get_header("Host") == "harbour.example"


def test_the_content_is_decoded_by_other_tools() -> None:
    records_ = ArchiveIterator(io.BytesIO(records(exchange())))
    assert next(records_).content_stream().read().decode("latin-1") == "<h1>Port de pêche</h1>"


def test_each_record_is_a_gzip_member_of_its_own() -> None:
    data = records(exchange())
    assert data.count(b"\x1f\x8b\x08") >= 2
    assert gzip.decompress(data).count(b"WARC/1.1\r\n") == 2
