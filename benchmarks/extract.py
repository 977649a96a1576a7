"""Extraction against labelled pages.

python -m benchmarks.extract          answer the measuring tool: a page as JSON a line in, its fields a line out
python -m benchmarks.extract table    score ours, beside the libraries of the Python that PEERS_PYTHON names
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from benchmarks import labelled
from scrapers.page import ArticlePage
from scrapers.parsers import authors

PROJECT = Path(__file__).parents[1]
PEERS = "trafilatura,newspaper4k,news-please,goose3,readability-lxml,extruct,parse-lxml"


def answer(line: dict[str, Any]) -> dict[str, Any]:
    """Read one page.

    The labels take an organisation for the author of a page that no person signs; the record keeps people only.
    """
    html = base64.b64decode(line["html"])
    started = time.perf_counter()
    page = ArticlePage.from_html(html, line.get("url") or "", charset=line.get("charset"))
    values = {name: getattr(page, name) for name in page.fields()}
    seconds = time.perf_counter() - started
    return {
        "id": line["id"],
        "seconds": seconds,
        "title": values["title"],
        "authors": values["authors"] or authors.organisation(page.document),
        "date": moment(values["published_at"], values["date"]),
        "keywords": values["keywords"],
        "body": values["body"],
        "language": values["language"],
    }


def moment(published_at: str | None, date: str | None) -> str | None:
    """Return the instant on the day that the record gives for it: the tool takes both from one answer.

    A page that gives its instant in UTC only may tell by other evidence that it was another day at the publisher's.
    """
    if published_at is None or date is None:
        return date
    instant = datetime.fromisoformat(published_at)
    for hours in sorted(range(-12, 15), key=abs):
        if instant.date().isoformat() == date:
            break
        instant = datetime.fromisoformat(published_at).astimezone(timezone(timedelta(hours=hours)))
    return instant.isoformat()


def serve() -> None:
    """Answer pages from standard input until it ends."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), flush=True)


def measure(corpora: str | None, peers: str, cache: str | None) -> dict[str, Any]:
    """Run the measuring tool over ours and the peers in one run, and return its results."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        command = [sys.executable, str(labelled.MEASURE / "run.py"), "--out", str(results), "--peer", peers]
        command += ["--cmd", f"ours={shlex.quote(sys.executable)} -m benchmarks.extract"]
        command += ["--corpus", corpora] if corpora else []
        command += ["--cache", cache] if cache else []
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        data: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    return data


def quality_table(results: dict[str, Any]) -> str:
    """Return a row a corpus, a column a metric: ours, and in brackets the best of the others with its name."""
    rows = [["corpus", *labelled.METRICS.values()]]
    for corpus, by_peer in results["scores"]["dev"].items():
        row = [corpus]
        for metric in labelled.METRICS:
            reached = by_peer["ours"].get(metric)
            others = [(scores[metric], name) for name, scores in by_peer.items() if name != "ours" and metric in scores]
            best = "{:.3f} {}".format(*max(others)) if others else ""
            row.append("" if reached is None else f"{reached:.3f} ({best})" if best else f"{reached:.3f}")
        rows.append(row)
    return _markdown(rows)


def speed_table(results: dict[str, Any]) -> str:
    """Return a row a corpus and library: milliseconds and CPU time a page, and how many times ours that is."""
    rows = [["corpus", "library", "ms/page", "times ours", "CPU ms/page", "times ours", "failed"]]
    for corpus, by_peer in results["speed"].items():
        ours = by_peer["ours"]
        for name, speed in by_peer.items():
            cells = [corpus, name]
            for key in ("median_ms", "cpu_mean_ms"):
                cells += [f"{speed[key]:.1f}", f"{speed[key] / ours[key]:.2f}"]
            rows.append([*cells, str(speed["failures"])])
    return _markdown(rows)


def _markdown(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action")
    table = actions.add_parser("table", help="score ours and the peers on the labelled pages")
    table.add_argument("--corpus", help="names, separated by commas (default: all)")
    table.add_argument("--peer", default=PEERS if "PEERS_PYTHON" in os.environ else "", help="names, or all")
    table.add_argument("--cache", help="folder that keeps the answers of peers between runs")
    options = parser.parse_args()
    if options.action is None:
        serve()
        return

    if not labelled.AVAILABLE:
        sys.exit(f"the labelled pages are not here: {labelled.MEASURE} is missing")
    results = measure(options.corpus, options.peer, options.cache)
    print(quality_table(results), speed_table(results), sep="\n\n")


if __name__ == "__main__":
    main()
