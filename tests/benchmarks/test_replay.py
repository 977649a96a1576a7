"""The recorded sites, crawled: a few of them, to hold the account of the whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import replay

pytestmark = pytest.mark.skipif(not replay.REPLAY.exists(), reason="the recorded pages are not part of the project")


def test_every_recorded_page_is_accounted_for(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    command = [sys.executable, "-m", "benchmarks.replay", "--corpus", "newspaper4k", "--chaos", "1", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["corpora"]["newspaper4k"]["pages"] == 6
    assert report["corpora"]["newspaper4k"]["kept"] >= 5
    assert report["unaccounted"] == report["kept but not recorded"] == []
    assert sum(host["found"] for host in report["hosts"].values()) >= 6


def test_the_account_names_what_was_not_found() -> None:
    pages = [replay.Recorded(str(number), "x", f"http://harbour.example/{number}") for number in range(3)]
    pages.append(replay.Recorded("4", "x", "http://closed.example/4"))
    found = {
        "harbour.example/0": replay.Outcome("http://harbour.example/0", "kept", None, fetched=True),
        "harbour.example/1": replay.Outcome("http://harbour.example/1", "rejected", "no-body", fetched=True),
        "harbour.example/9": replay.Outcome("http://harbour.example/9", None, None, fetched=False),
    }
    report = replay.account(pages, found, {"closed.example": "dns"})
    assert report["corpora"] == {"x": {"pages": 4, "kept": 1, "rejected: no-body": 1, "not found": 1, "site: dns": 1}}
    assert [page["url"] for page in report["unaccounted"]] == ["http://harbour.example/2"]
    assert report["hosts"]["harbour.example"] == {
        "found": 3,
        "fetched": 2,
        "outcomes": {"kept": 1, "rejected: no-body": 1, "queued": 1},
    }
