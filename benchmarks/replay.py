"""Crawl the recorded sites as if they were live, and account for every recorded article page.

python -m benchmarks.replay [--corpus fundus,aeb,postlight] [--out report.json] [--chaos 0.2] [--twice]

The recordings are served at their own addresses by the replay proxy of the shared folder; the crawl is the any-site
spider with the project's settings, but without delay.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import labelled
from pipelines.store.collection import open_collection
from pipelines.urls import same_page_key, site_of

PROJECT = Path(__file__).parents[1]
SHARED = labelled.MEASURE.parents[1]
REPLAY = SHARED / "tools" / "replay.py"
CORPUS = SHARED / "corpus"
COLLECTION = "replay"


@dataclass(frozen=True)
class Recorded:
    """A recorded page, at the address at which the proxy serves it."""

    id: str
    corpus: str
    url: str


@dataclass
class Outcome:
    """What became of a page; `outcome` is `kept`, `rejected`, `duplicate`, ..., or None while it is queued."""

    url: str
    outcome: str | None
    reason: str | None
    fetched: bool


@dataclass
class Host:
    """The account of one host."""

    found: int = 0
    fetched: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)


def recorded_pages(corpora: set[str]) -> list[Recorded]:
    """Return the recorded pages of these corpora, of all for an empty set; pages at one address are one."""
    pages: dict[str, Recorded] = {}
    for line in (CORPUS / "pages.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        page = json.loads(line)
        url = page["url"] or ""
        if urlsplit(url).hostname and (not corpora or page["corpus"] in corpora):
            address = _served_at(url)
            pages[same_page_key(address)] = Recorded(page["id"], page["corpus"], address)
    return list(pages.values())


def _served_at(url: str) -> str:
    parts = urlsplit(url)
    path = "/recorded-home" if parts.path in ("", "/") and not parts.query else parts.path or "/"
    return f"http://{parts.hostname}{path}" + (f"?{parts.query}" if parts.query else "")


@contextmanager
def replaying(folder: Path, chaos: float) -> Iterator[str]:
    """Serve the recordings; yield host:port of the proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(REPLAY), "--corpus", str(CORPUS), "--port", str(port), "--chaos", str(chaos)]
    proxy = subprocess.Popen([*command, "--log", str(folder / "requests.jsonl")], stdout=subprocess.PIPE)
    try:
        assert proxy.stdout is not None
        proxy.stdout.readline()  # it says so when it listens
        yield f"127.0.0.1:{port}"
    finally:
        proxy.terminate()
        proxy.wait()


def crawl(proxy: str, folder: Path) -> int:
    """Crawl the hosts of `sites.txt` in this folder through the proxy; return the exit code."""
    settings = {
        "ALLOWED_PRIVATE_HOSTS": proxy,
        "BACK_OFF": 0.1,
        "DATA_DIR": folder / "data",
        "DOWNLOAD_DELAY": 0,
        "LOG_FILE": folder / "crawl.log",
        "LOG_LEVEL": "INFO",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sites={folder / 'sites.txt'}"]
    command += ["-a", f"collection={COLLECTION}"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    return subprocess.run(
        command, cwd=PROJECT, env={**os.environ, "http_proxy": f"http://{proxy}"}, check=False
    ).returncode


def outcomes(folder: Path) -> dict[str, Outcome]:
    """Return what the collection says of each article, by the key of its address.

    An article of several pages ends with the last of them, whose request carries it.
    """
    query = """SELECT coalesce(json_extract(request, '$.meta.article.url'), url), outcome, reason, last_seen IS NOT NULL
        FROM pages WHERE json_extract(request, '$.callback') IN ('read_article', 'read_part') ORDER BY id"""
    with closing(sqlite3.connect(folder / "data" / COLLECTION / "ledger.db")) as ledger:
        return {same_page_key(row[0]): Outcome(*row) for row in ledger.execute(query)}


def unreachable_sites(folder: Path) -> dict[str, str]:
    """Return the sites whose home page could not be fetched, and why."""
    query = """SELECT url, reason FROM pages
        WHERE reason IS NOT NULL AND json_extract(request, '$.meta.source.kind') = 'HomePage'"""
    with closing(sqlite3.connect(folder / "data" / COLLECTION / "ledger.db")) as ledger:
        return {site_of(url).encode().decode("idna"): reason for url, reason in ledger.execute(query)}


def account(pages: list[Recorded], found: dict[str, Outcome], unreachable: dict[str, str]) -> dict[str, Any]:
    """Return the report: by corpus, by host, and the recorded pages that are not accounted for."""
    corpora: dict[str, Counter[str]] = defaultdict(Counter)
    hosts: dict[str, Host] = defaultdict(Host)
    rejected, lost = [], []
    for outcome in found.values():
        host = hosts[site_of(outcome.url)]
        host.found += 1
        host.fetched += outcome.fetched
        host.outcomes[_name(outcome)] = host.outcomes.get(_name(outcome), 0) + 1
    for page in pages:
        outcome = found.get(same_page_key(page.url))
        site = unreachable.get(site_of(page.url))
        name = _name(outcome) if outcome else f"site: {site}" if site else "not found"
        corpora[page.corpus]["pages"] += 1
        corpora[page.corpus][name] += 1
        if name in ("not found", "queued"):
            lost.append({**asdict(page), "state": name})
        elif name != "kept":
            rejected.append({**asdict(page), "outcome": name})
    recorded = {same_page_key(page.url) for page in recorded_pages(set())}
    others = [asdict(outcome) for key, outcome in found.items() if key not in recorded and outcome.outcome == "kept"]
    return {
        "corpora": {name: dict(counts) for name, counts in sorted(corpora.items())},
        "hosts": {name: asdict(host) for name, host in sorted(hosts.items())},
        "rejected": rejected,
        "unaccounted": lost,
        "kept but not recorded": others,
    }


def _name(outcome: Outcome) -> str:
    if outcome.outcome is None:
        return "queued"
    return f"{outcome.outcome}: {outcome.reason}" if outcome.reason else outcome.outcome


def table(report: dict[str, Any]) -> str:
    """Return the report's figures for a person."""
    lines = []
    for corpus, counts in report["corpora"].items():
        rest = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()) if name not in ("pages", "kept"))
        kept, pages = counts.get("kept", 0), counts["pages"]
        found = pages - counts.get("not found", 0)
        lines.append(
            f"{corpus:12} {pages:5} pages  {found / pages:6.1%} found  {kept:5} kept  {kept / pages:6.1%}  {rest}"
        )
    lines += [f"rejected     {page['corpus']}: {page['id']}: {page['outcome']}" for page in report["rejected"]]
    lines += [f"UNACCOUNTED  {page['corpus']}: {page['id']}: {page['url']}" for page in report["unaccounted"]]
    lines += [f"KEPT         but not recorded: {page['url']}" for page in report["kept but not recorded"]]
    return "\n".join(lines)


def requests(folder: Path) -> Counter[str]:
    """Return how many requests the proxy answered, by status."""
    counts: Counter[str] = Counter()
    with (folder / "requests.jsonl").open(encoding="utf-8") as log:
        counts.update(str(json.loads(line)["status"]) for line in log)
    return counts


def second_visit(folder: Path, pages: list[Recorded], chaos: float) -> dict[str, Any]:
    """Crawl again, and return the requests and bytes of that as a share of the first, and the articles that it sent."""
    with replaying(folder, chaos) as proxy:
        code = crawl(proxy, folder)
    recorded = {same_page_key(page.url) for page in pages}
    with (folder / "requests.jsonl").open(encoding="utf-8") as log:
        rows = [json.loads(line) for line in log]
    sent = [row for row in rows if row["status"] == 200 and same_page_key(_address(row)) in recorded]
    with open_collection(folder / "data" / COLLECTION) as collection:
        first, second = (report for report in collection.reports()[-2:])
    return {
        "exit_code": code,
        "requests": second.requests / first.requests,
        "bytes": second.bytes / first.bytes,
        "kept": second.kept,
        "articles sent": [_address(row) for row in sent],
    }


def _address(row: dict[str, Any]) -> str:
    return f"http://{row['host']}{row['path']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="", help="only the sites of these corpora, comma-separated")
    parser.add_argument("--chaos", type=float, default=0.0, help="share of article pages that misbehave once, 0 to 1")
    parser.add_argument("--twice", action="store_true", help="crawl again, and say what that fetches")
    parser.add_argument("--out", type=Path, help="write the whole report, with a row for each host, as JSON")
    parser.add_argument("--keep", type=Path, help="keep the collection and the logs in this folder")
    args = parser.parse_args()
    if not REPLAY.exists():
        sys.exit(f"{REPLAY} is missing: the recorded pages are not part of the project")
    pages = recorded_pages({name for name in args.corpus.split(",") if name})
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        hosts = sorted({urlsplit(page.url).hostname or "" for page in pages})
        (folder / "sites.txt").write_text("".join(f"http://{host}/\n" for host in hosts), encoding="utf-8")
        started = time.monotonic()
        with replaying(folder, args.chaos) as proxy:
            code = crawl(proxy, folder)
        report = account(pages, outcomes(folder), unreachable_sites(folder))
        report |= {"exit_code": code, "seconds": time.monotonic() - started, "requests": requests(folder)}
        if args.twice:
            report["second visit"] = second_visit(folder, pages, args.chaos)
    print(table(report))
    print(f"{len(hosts)} hosts in {report['seconds']:.0f} s, exit code {code}; answers: {dict(report['requests'])}")
    if args.twice:
        again = report["second visit"]
        print(
            f"crawled again: {again['requests']:.1%} of the requests, {again['bytes']:.1%} of the bytes,"
            f" {len(again['articles sent'])} articles sent, {again['kept']} kept, exit code {again['exit_code']}"
        )
    if args.out:
        args.out.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
