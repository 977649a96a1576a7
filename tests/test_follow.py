"""A page is not lost because a redirect or charset in it is nonsense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.serving import Crawl, Reply, Server, article, write_urls

HEADS = {
    "refresh": '<meta http-equiv="refresh" content="0;url=http://[">',
    "refresh to a port": '<meta http-equiv="refresh" content="0;url=http://harbour.example:99999/">',
    "base": '<base href="http://[">',
}
CHARSETS = ("rot13", "base64", "idna", "punycode", "undefined")
TARGETS = ("http://[", "http://127.0.0.1:99999/", "javascript:alert(1)")


def test_pages_are_kept_and_redirects_to_nowhere_told(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    fine = [server.serve(f"/{name.replace(' ', '-')}", article(name, head=head)) for name, head in HEADS.items()]
    for charset in CHARSETS:
        headers = {"Content-Type": f"text/html; charset={charset}"}
        fine.append(server.serve(f"/charset-{charset}", Reply(article(f"Read in {charset}"), headers=headers)))
    moved = [
        server.serve(f"/moved-{number}", Reply(status=302, headers={"Location": target}))
        for number, target in enumerate(TARGETS)
    ]
    ended = crawl("news", urls=write_urls(tmp_path, *fine, *moved))
    assert sorted(found["url"] for found in ended.articles) == sorted(fine), ended.reasons
    assert ended.reasons == dict.fromkeys(moved, "http-302")
    assert ended.stats["follow/nonsense"] >= len(TARGETS)


def test_a_meta_refresh_is_followed(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    target = server.serve("/new", article("The new place"))
    old = server.serve("/old", f'<html><head><meta http-equiv="refresh" content="0;url={target}"></head></html>')
    ended = crawl("news", urls=write_urls(tmp_path, old))
    assert [found["url"] for found in ended.articles] == [target]


def test_redirects_that_come_back_are_told_at_once(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    """Two addresses that lead to each other, one that leads to itself, and one that names no host."""
    for path, target in {"/a": "/a/news", "/a/news": "/a", "/b": "/b", "/c": "http://"}.items():
        server.serve(path, Reply(status=301, headers={"Location": target}))
    ended = crawl("news", urls=write_urls(tmp_path, *(f"{server.url}/{name}" for name in "abc")))
    assert set(ended.reasons.values()) == {"redirects"}
    assert sorted(server.requests) == ["/a", "/a/news", "/b", "/c", "/robots.txt"]
    url = server.url
    assert sorted(rejection["detail"] for rejection in ended.rejections) == [
        f"redirected from {url}/a to {url}/a/news and back to {url}/a",
        f"redirected from {url}/b and back to {url}/b",
        f"redirected from {url}/c and back to {url}/c",
    ]


def test_redirects_without_end_are_told(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    for number in range(9):
        server.serve(f"/{number}", Reply(status=302, headers={"Location": f"/{number + 1}"}))
    ended = crawl("news", urls=write_urls(tmp_path, f"{server.url}/0"), settings={"REDIRECT_MAX_TIMES": 3})
    way = " to ".join(f"{server.url}/{number}" for number in (1, 2, 3))
    assert [each["detail"] for each in ended.rejections] == [f"redirected from {way} and so on, 3 times"]


def test_a_page_that_loads_itself_again_is_kept(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    """As live reports do, every minute; some at two addresses in turn."""
    pages = {"/live": "/live", "/turn": "/turn?again", "/turn?again": "/turn"}
    for path, target in pages.items():
        head = f'<meta http-equiv="refresh" content="60; url={target}">'
        server.serve(path, article(f"Live from {path[:5]}", head=head))
    ended = crawl("news", urls=write_urls(tmp_path, server.url + "/live", server.url + "/turn"))
    assert sorted(found["title"] for found in ended.articles) == ["Live from /live", "Live from /turn"], ended.reasons
    assert sorted(server.requests) == ["/live", "/robots.txt", "/turn", "/turn?again"]
