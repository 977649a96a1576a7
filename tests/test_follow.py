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
