"""What the ledger knows of a page on its way, written or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.store.ledger import Ledger
from pipelines.store.tables.page import Ending, Page, State

KEY = b"harbour"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    ledger = Ledger(path)
    ledger.pages.add(Page(id=1, url="https://harbour.example/1", host="harbour.example", request="{}"), KEY)
    yield ledger
    ledger.close()


def stored(path: Path) -> State:
    """Return where the page stands for another process, as a crash would leave it."""
    reader = Ledger(path, read_only=True)
    try:
        page = reader.pages.at(KEY)
    finally:
        reader.close()
    assert page
    return State(page.state)


def state(ledger: Ledger) -> State:
    page = ledger.pages.at(KEY)
    assert page
    return State(page.state)


def test_a_page_in_flight_is_known_as_such_before_that_is_written(ledger: Ledger, path: Path) -> None:
    ledger.commit()
    ledger.pages.take(Page(id=1, url="", host="", request=""))
    assert (state(ledger), stored(path)) == (State.IN_FLIGHT, State.QUEUED)
    assert (ledger.pages.queued(), ledger.pages.queued(in_flight=True)) == (0, 1)
    assert ledger.pages.queued_at("harbour.example", 0, 10) == []
    ledger.commit()
    assert stored(path) == State.IN_FLIGHT
    assert ledger.pages.queue_again() == 1


def test_a_page_that_ends_or_is_queued_again_is_in_flight_no_more(ledger: Ledger, path: Path) -> None:
    page = Page(id=1, url="https://harbour.example/1", host="harbour.example", request="{}")
    ledger.pages.take(page)
    ledger.pages.requeue(page)
    assert state(ledger) == State.QUEUED
    ledger.pages.take(page)
    ledger.pages.finish(page.id, State.DONE, 10.0, 1, Ending("kept", None, None, etag='"1"'))
    ledger.commit()
    assert state(ledger) == stored(path) == State.DONE


def test_an_end_leaves_what_it_does_not_tell(ledger: Ledger) -> None:
    ledger.pages.finish(1, State.DONE, 10.0, 1, Ending("kept", None, 20.0, etag='"1"', content_hash="abc"))
    ledger.pages.finish(1, State.DONE, 15.0, 2, Ending("unchanged", None, None, last_modified="today"))
    page = ledger.pages.at(KEY)
    assert page
    assert (page.run, page.outcome, page.revisit, page.last_seen) == (2, "unchanged", None, 15.0)
    assert (page.etag, page.last_modified, page.content_hash) == ('"1"', "today", "abc")
