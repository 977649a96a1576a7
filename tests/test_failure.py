"""What a server does wrong is told in words, with what it sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.serving import Crawl, Reply, Server, article, write_urls

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CLOSED = "the connection was closed before the answer was whole"
BROKEN = {
    "nothing": (b"", "connection", CLOSED),
    "head-cut-off": (b"HTTP/1.1 200 OK\r\nContent-Ty", "connection", CLOSED),
    "body-missing": (OK + b"Content-Length: 500\r\n\r\n", "incomplete", CLOSED),
    "no-head": (b"<html><body>Hello", "connection", CLOSED),
    "garbage": (bytes(range(256)), "connection", r"the answer is not HTTP: wrong number of parts: '\x00\x01"),
    "two-lengths": (
        OK + b"Content-Length: 5\r\nContent-Length: 10\r\n\r\n0123456789",
        "connection", "the answer is broken: Invalid response: conflicting Content-Length headers: b'5,10'",
    ),
    "bad-chunk": (
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "incomplete", "the answer is broken: Chunk-size must be an integer",
    ),
    "long-headers": (OK + b"X-Filler: %s\r\n\r\n" % (b"a" * 300_000), "too-large", "its headers are too long"),
}  # fmt: skip
TARGETS = ("http://[", "file:///etc/passwd", "data:text/html,hello", "javascript:alert(1)", "http://127.0.0.1:99999/")


def details(crawl: Crawl) -> dict[str, tuple[str, str]]:
    return {each["url"].rpartition("/")[2]: (each["reason"], each["detail"]) for each in crawl.rejections}


def test_a_broken_answer_is_told_in_words(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    urls = [server.serve(f"/{name}", Reply(raw=raw)) for name, (raw, _, _) in BROKEN.items()]
    found = details(crawl("news", urls=write_urls(tmp_path, *urls)))
    assert {name: reason for name, (reason, _) in found.items()} == {name: each[1] for name, each in BROKEN.items()}
    assert [name for name, (_, detail) in found.items() if BROKEN[name][2] not in detail or "Failure" in detail] == []


def test_a_part_that_nobody_asked_for_is_no_page(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    url = server.serve("/part", Reply(article("The first half"), 206))
    assert crawl("news", urls=write_urls(tmp_path, url)).reasons == {url: "not-sent"}


def test_a_long_header_is_taken(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    """Content-Security-Policy is as long, on some sites."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "a" * 60_000}
    url = server.serve("/policy", Reply(article("The policy"), headers=headers))
    assert [found["url"] for found in crawl("news", urls=write_urls(tmp_path, url)).articles] == [url]


def test_the_target_of_a_redirect_to_nowhere_is_named(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    urls = [
        server.serve(f"/{number}", Reply(status=302, headers={"Location": target}))
        for number, target in enumerate((*TARGETS, f"{'x' * 300}:", "ftp://reader:secret@desk.example/x"))
    ]
    found = details(crawl("news", urls=write_urls(tmp_path, *urls)))
    for number, target in enumerate(TARGETS):
        assert found[str(number)] == ("http-302", f"the server answered 302 and leads to {target!r}")
    assert found["6"] == ("http-302", "the server answered 302 and leads to 'ftp://desk.example/x'")
    assert found["5"] == ("http-302", f"the server answered 302 and leads to '{'x' * 200}'...")


def test_a_redirect_to_no_host(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    moved = server.serve(
        "/moved", Reply(raw=b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n")
    )
    ended = crawl("news", urls=write_urls(tmp_path, moved))
    assert list(ended.reasons.values()) == ["dns"]
