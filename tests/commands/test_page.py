"""`scrapy page` shows what was read and why, and says what it could not do."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.conftest import PROJECT, Scrapy
from tests.serving import Reply, Server

STORY = """<html lang="en"><head><title>Ferry returns to Port Selm | The Selm Gazette</title>
<meta property="og:title" content="Ferry returns to Port Selm"></head><body><h1>Ferry returns to Port Selm</h1>
<p>The ferry to Port Selm sails again from Monday, the harbour board said, after two winters without a boat.</p>
<p>The first crossing leaves at seven in the morning, and islanders travel free for a week, said Ada Thornbury.</p>
<p>The board bought the boat second-hand in the spring and had the engine rebuilt in the yard at Low Harbour.</p>
</body></html>"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.html"
    file.write_text(STORY, encoding="utf-8")
    return file


def test_each_field_stands_with_its_evidence(scrapy: Scrapy, story: Path) -> None:
    shown = scrapy("page", story, "--url", "https://gazette.example/ferry")
    assert shown.returncode == 0, shown.stderr
    assert "url            https://gazette.example/ferry" in shown.stdout
    title = next(line for line in shown.stdout.splitlines() if line.startswith("title"))
    assert "Ferry returns to Port Selm  [" in title
    assert "meta:og:title" in title


def test_a_text_that_is_cut_is_told_with_its_size(scrapy: Scrapy, story: Path) -> None:
    said = "The ferry to Port Selm sails again from Monday, after two winters in which islanders went by rowing boat."
    story.write_text(STORY.replace("<head>", f'<head><meta name="description" content="{said}">'), encoding="utf-8")
    lines = {line.split()[0]: line for line in scrapy("page", story).stdout.splitlines()}
    assert f" ... (1 paragraph, {len(said)} characters)" in lines["description"]
    assert " ... (3 paragraphs, " in lines["body"]


def test_json_holds_every_field_and_its_other_candidates(scrapy: Scrapy, story: Path) -> None:
    data = json.loads(scrapy("page", story, "--json").stdout)
    assert data["rejected"] is None
    title = data["fields"]["title"]
    assert title["value"] == "Ferry returns to Port Selm"
    assert title["others"]
    assert data["fields"]["body"]["value"].startswith("The ferry to Port Selm sails again")
    assert data["fields"]["agency"] == {"value": None, "evidence": None, "others": []}


LIBRARIES = {
    "trafilatura": """
from types import SimpleNamespace
def bare_extraction(html, **options):
    said = {"title": "Ferry", "author": "Ada; Bo", "date": "2024-03-02", "tags": [""], "language": None}
    return SimpleNamespace(**said, text="It sails.")
""",
    "goose3": "raise RuntimeError('broken')",
}


def test_compare_shows_the_libraries_that_are_installed(
    scrapy: Scrapy, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in LIBRARIES.items():
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    shown = scrapy("page", story, "--compare")
    monkeypatch.delitem(sys.modules, "trafilatura")
    assert shown.returncode == 0, shown.stderr
    assert "  broadsheet        Ferry returns to Port Selm\n  trafilatura       Ferry\n" in shown.stdout
    assert "  trafilatura       Ada; Bo\n" in shown.stdout
    assert "keywords\n  broadsheet        -\n  trafilatura       -\n" in shown.stdout
    assert "  goose3            (RuntimeError: broken)\n" in shown.stdout
    assert "not installed, so not compared: " in shown.stdout


def test_the_page_class_of_the_site_reads_its_pages(scrapy: Scrapy) -> None:
    page = PROJECT / "tests" / "pages" / "french_china_org_cn" / "passerelle" / "page.html"
    byline = r"^byline .*\[site"
    address = "http://french.china.org.cn/txt/2024-01/02/content_1.htm"
    assert re.search(byline, scrapy("page", page, "--url", address).stdout, re.MULTILINE)
    assert re.search(byline, scrapy("page", page, "--spider", "french_china_org_cn").stdout, re.MULTILINE)
    assert not re.search(byline, scrapy("page", page).stdout, re.MULTILINE)


def test_a_page_that_is_no_article_says_why_and_ends_in_3(scrapy: Scrapy, tmp_path: Path) -> None:
    file = tmp_path / "nothing.html"
    file.write_text("<html><body></body></html>", encoding="utf-8")
    shown = scrapy("page", file)
    assert shown.returncode == 3
    assert "no article: " in shown.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("report.pdf", b"%PDF-1.7 ...", "report.pdf is a PDF, not HTML"),
        ("photo.html", b"\x89PNG\r\n\x1a\n....", "photo.html is a PNG image, not HTML"),
        ("plain.txt", b"Ferry returns.", "plain.txt is not HTML: it holds no markup"),
        ("empty.html", b" \n", "empty.html is empty"),
        ("missing.html", None, "missing.html: No such file or directory"),
    ],
)
def test_a_file_that_is_no_page_is_named(
    scrapy: Scrapy, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    shown = scrapy("page", tmp_path / name)
    assert shown.returncode == 1
    assert message in shown.stderr
    assert "Traceback" not in shown.stderr


def test_an_address_is_fetched_as_a_crawl_fetches_it(scrapy_process: Scrapy, server: Server) -> None:
    server.serve("/robots.txt", Reply("User-agent: *\nDisallow: /private/", headers={"Content-Type": "text/plain"}))
    address = server.serve("/ferry", STORY)
    allow = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    good = scrapy_process("page", address, *allow)
    assert good.returncode == 0, good.stderr
    assert "charset        utf-8  [http]" in good.stdout
    for address, message in [
        (server.serve("/private/ferry", STORY), "robots.txt"),
        (server.serve("/gone", Reply("<p>Gone</p>", 410)), "HTTP 410"),
        (
            server.serve("/moved", Reply(status=302, headers={"Location": "file:///etc/passwd"})),
            "HTTP 302 and leads to 'file:///etc/passwd'",
        ),
        (
            server.serve("/data", Reply("{}", headers={"Content-Type": "application/json"})),
            "application/json, not HTML",
        ),
    ]:
        shown = scrapy_process("page", address, *allow)
        assert shown.returncode == 1
        assert f"scrapy page: {address}" in shown.stderr
        assert message in shown.stderr


def test_a_private_address_is_refused(scrapy_process: Scrapy, server: Server) -> None:
    shown = scrapy_process("page", server.serve("/ferry", STORY))
    assert shown.returncode == 1
    assert "ALLOWED_PRIVATE_HOSTS" in shown.stderr
    assert server.requests == []


def test_an_address_that_does_not_resolve_is_named(scrapy_process: Scrapy) -> None:
    shown = scrapy_process("page", "http://no-such-host.invalid/")
    assert shown.returncode == 1
    assert "scrapy page: http://no-such-host.invalid/: " in shown.stderr
    assert "DNS lookup failed" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ["http://no-such-host.invalid/"],
            1,
            "DNS lookup failed: no results for hostname lookup: no-such-host.invalid",
        ),
        (["ftp://example.org/story"], 1, "only http and https addresses are fetched"),
        (["http://["], 1, "http://[ is no http or https address"),
        (["story.html", "--url", "http://["], 1, "http://[ is no http or https address"),
        (["story.html", "--spider", "no_such_site"], 1, "unknown site 'no_such_site'"),
        (["--no-such-option", "story.html"], 2, "--no-such-option"),
        ([], 2, "page takes one URL or FILE"),
    ],
)
def test_what_cannot_be_done_is_named(scrapy: Scrapy, arguments: list[str], code: int, message: str) -> None:
    shown = scrapy("page", *arguments)
    assert shown.returncode == code
    assert message in shown.stderr
    assert "Traceback" not in shown.stderr


def test_ctrl_c_is_told(server: Server) -> None:
    server.serve("/story", Reply(STORY, pause=20))
    command = [sys.executable, "-m", "scrapy.cmdline", "page", f"{server.url}/story", "-s", "DOWNLOAD_DELAY=0"]
    command += ["-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as page:
        try:
            while "/story" not in server.requests:
                time.sleep(0.02)
                assert page.poll() is None
            page.send_signal(signal.SIGINT)
            _, said = page.communicate(timeout=15)
        finally:
            page.kill()
    assert (page.returncode, said) == (1, "scrapy page: interrupted\n")
