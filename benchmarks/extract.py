"""Extraction against labelled pages: answers the measuring tool's JSON lines with what the generic parser reads."""

from __future__ import annotations

import base64
import json
import sys
import time
from typing import Any

from scrapers.page import ArticlePage


def answer(line: dict[str, Any]) -> dict[str, Any]:
    """Read one page; `date` is the instant where the page gives one, else the day."""
    html = base64.b64decode(line["html"])
    started = time.perf_counter()
    page = ArticlePage.from_html(html, line.get("url") or "", charset=line.get("charset"))
    values = {name: getattr(page, name) for name in page.fields()}
    seconds = time.perf_counter() - started
    return {
        "id": line["id"],
        "seconds": seconds,
        "title": values["title"],
        "authors": values["authors"],
        "date": values["published_at"] or values["date"],
        "keywords": values["keywords"],
        "body": values["body"],
        "language": values["language"],
    }


def serve() -> None:
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    serve()
