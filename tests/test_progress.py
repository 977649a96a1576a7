"""A crawl's summary adds up, and its live line says the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scrapers.progress import line, rows
from tests.serving import Reply, Server, article

PROJECT = Path(__file__).parents[1]

COUNTS = {
    "source": 6, "kept": 90, "revised": 3, "unchanged": 12, "duplicate": 2, "rejected": 11, "failed": 2,
    "duplicate/duplicate": 2, "rejected/listing": 7, "rejected/paywall": 4, "failed/timeout": 1, "failed/http-500": 1,
    "records": 93, "queued": 130,
}  # fmt: skip


def test_each_row_is_the_sum_of_its_parts() -> None:
    summary = list(rows(COUNTS, left=4, seconds=63.0))
    assert summary == [
        "found      130 = 120 fetched + 6 lists and pages that lead on + 4 left",
        "fetched    120 = 93 kept + 12 unchanged + 11 rejected + 2 duplicate + 2 failed",
        "kept       93 = 90 new + 3 revised",
        "duplicate  2 = 2 duplicate",
        "rejected   11 = 7 listing + 4 paywall",
        "failed     2 = 1 timeout + 1 http-500",
        "2.0 pages a second",
    ]
    for row in summary[:-1]:
        total, _, parts = row.partition(" = ")
        assert int(total.split()[1]) == sum(map(int, re.findall(r"\d+(?= )", parts.replace("http-500", ""))))


def test_a_crawl_that_found_nothing_says_so() -> None:
    assert list(rows({}, left=0, seconds=1.0))[:2] == ["found      0", "fetched    0"]


def test_one_list_is_told_as_one() -> None:
    assert next(iter(rows({"source": 1}, left=0, seconds=1.0))) == "found      1 = 1 list or page that leads on"


def test_live_line() -> None:
    assert line(COUNTS, left=4, seconds=60.0) == "found 130  fetched 120  kept 93  rejected 13  2.1 pages/s"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_crawl_moves_a_line_on_a_terminal_only(server: Server, tmp_path: Path, is_terminal: bool) -> None:
    urls = [
        server.serve("/lighthouse", article("Lighthouse to be rebuilt")),
        server.serve("/regatta", article("Regatta moves to the east pier").replace("council", "club")),
        server.serve("/gone", Reply("<h1>Gone</h1>", 410)),
    ]
    (tmp_path / "urls").write_text("\n".join(urls), encoding="utf-8")
    written, moved = _stderr_of_crawl(server, tmp_path, is_terminal=is_terminal)
    assert moved == is_terminal
    assert [" ".join(row.split()) for row in written.splitlines()[-6:-2]] == [
        "found 3 = 3 fetched",
        "fetched 3 = 2 kept + 1 failed",
        "kept 2 = 2 new",
        "failed 1 = 1 http-410",
    ]


def _stderr_of_crawl(server: Server, folder: Path, *, is_terminal: bool) -> tuple[str, bool]:
    """Crawl the addresses in `folder/urls`; return what was written but the live line, and whether there was one."""
    settings = {"DATA_DIR": folder / "data", "ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0.7}
    command = [sys.executable, "-m", "scrapy.cmdline", "crawl", "news", "-a", f"urls={folder / 'urls'}"]
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    ours, theirs = os.openpty() if is_terminal else os.pipe()
    crawl = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    written = b""
    while chunk := _read(ours):
        written += chunk
    os.close(ours)
    assert crawl.wait(timeout=60) == 3
    text, lines = re.subn(r"\r\x1b\[K(found[^\r\n]*pages/s)?", "", written.decode())
    return text, lines > 0


def _read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # how Linux ends a terminal whose other side is closed
        return b""
