"""A collection made without a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.article import Article, Rejection, article_id, content_hash
from pipelines.store.tables.page import Page
from pipelines.store.warc import Exchange, records
from pipelines.store.writer import CollectionWriter

SITE = "https://harbour.example"


def article(number: int, body: str = "Ships came.", **fields: Any) -> Article:
    url = f"{SITE}/{number}"
    title = f"Harbour {number}"
    return Article(
        **{
            "id": article_id(url),
            "url": url,
            "title": title,
            "body": body,
            "content_hash": content_hash(title, body),
            **fields,
        }
    )


def add(writer: CollectionWriter, number: int, *found: Article | Rejection, raw: Exchange | None = None) -> None:
    """Bring a page to its end, with what was found on it and its raw response."""
    url = f"{SITE}/{number}"
    page = writer.ledger.pages.next_id()
    queued = Page(id=page, url=url, host="harbour.example", request="{}", run=writer.run.number)
    writer.ledger.pages.add(queued, url.encode())
    outcome = writer.outcome(page)
    for record in found:
        if isinstance(record, Article):
            outcome.keep(f"harbour.example/{number}", record)
        else:
            outcome.reject(record)
    outcome.raw = records(raw or exchange(url))
    writer.finish(page)


def exchange(url: str, body: bytes = b"<h1>Harbour</h1>", headers: Sequence[tuple[bytes, bytes]] = ()) -> Exchange:
    return Exchange(
        url=url,
        method="GET",
        request_headers=[(b"User-Agent", b"test")],
        request_body=b"",
        status=200,
        response_headers=[(b"Content-Type", b"text/html"), *headers],
        body=body,
    )


def fill(folder: Path, count: int = 20, *, end: bool = True) -> Path:
    """Fill a collection with articles, each tenth page rejected; without `end` as a crash leaves it."""
    writer = CollectionWriter(folder)
    for number in range(count):
        if number % 10 == 9:
            add(writer, number, Rejection(url=f"{SITE}/{number}", reason="listing"))
        else:
            add(writer, number, article(number))
    if end:
        writer.end("finished")
    else:
        writer.commit()
        writer.close()
    return folder
