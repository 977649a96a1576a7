"""The queue by host."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.store.ledger import Ledger
from pipelines.store.tables.page import Page
from scrapers.queue.host_queues import HostQueues


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "ledger.db")
    yield ledger
    ledger.close()


def page(ledger: Ledger, number: int, *, host: str = "a", priority: int = 0, due: float = 0.0) -> Page:
    """Return a page that the ledger has as queued."""
    added = Page(id=number, url=f"https://{host}/{number}", host=host, request="{}", priority=priority, due=due)
    ledger.pages.add(added, str(number).encode())
    return added


def take_all(queues: HostQueues, ledger: Ledger, now: float = 0.0) -> list[Page]:
    taken = []
    while found := queues.pop(now):
        ledger.pages.take(found)
        queues.release(found.host)
        taken.append(found)
    return taken


@pytest.mark.parametrize("is_resumed", [False, True])
def test_pages_of_a_host_come_by_priority_then_age(ledger: Ledger, is_resumed: bool) -> None:
    chance = random.Random(7)
    queues = HostQueues(ledger, 0, {})
    pages = [page(ledger, number, priority=chance.randrange(50)) for number in range(1, 9001)]
    for each in pages:
        queues.push(each, 0)
    if is_resumed:
        queues = HostQueues(ledger, 0, {})
    assert queues.waiting.total() == 9000
    taken = take_all(queues, ledger)
    assert [each.id for each in taken] == [
        each.id for each in sorted(pages, key=lambda each: (-each.priority, each.id))
    ]
    assert queues.waiting.total() == 0


def test_few_pages_are_in_memory(ledger: Ledger) -> None:
    queues = HostQueues(ledger, 0, {})
    for number in range(1, 20_001):
        queues.push(page(ledger, number, host=f"host-{number % 3}", priority=number), 0)
    assert sum(len(host.heap) for host in queues._hosts.values()) <= 4096
    assert len(take_all(queues, ledger)) == 20_000


def test_hosts_take_turns_and_keep_their_limits(ledger: Ledger) -> None:
    queues = HostQueues(ledger, 1, {"b": 2})
    for number in range(1, 10):
        queues.push(page(ledger, number, host="abc"[number % 3]), 0)
    first = [found.host for _ in range(9) if (found := queues.pop(0))]
    assert sorted(first) == ["a", "b", "b", "c"]
    queues.release("c")
    found = queues.pop(0)
    assert found is not None
    assert found.host == "c"


def test_a_page_comes_when_it_is_due(ledger: Ledger) -> None:
    queues = HostQueues(ledger, 0, {})
    queues.push(page(ledger, 1, due=50), 10)
    queues.push(page(ledger, 2), 10)
    queues.push(page(ledger, 3, due=40, host="b"), 10)
    assert [each.id for each in take_all(queues, ledger, 10)] == [2]
    assert queues.waiting.total() == 2
    assert [each.id for each in take_all(queues, ledger, 45)] == [3]
    assert [each.id for each in take_all(queues, ledger, 55)] == [1]
    assert queues.waiting.total() == 0


def test_what_is_queued_again_while_its_host_is_known(ledger: Ledger) -> None:
    queues = HostQueues(ledger, 0, {})
    first = page(ledger, 1)
    queues.push(first, 0)
    assert take_all(queues, ledger) == [first]
    ledger.pages.requeue(first)
    queues.push(first, 0)
    assert [each.id for each in take_all(queues, ledger)] == [1]
