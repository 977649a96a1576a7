"""What many tests use: a server on loopback, and a crawl of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from benchmarks.forker import Forker
from tests.serving import Crawl, Server, crawl_with, serving


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """Starts crawls in a tenth of a second."""
    with Forker() as forker:
        yield forker


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback, at a port that the system chose."""
    with serving() as server:
        yield server


@pytest.fixture
def crawl(server: Server) -> Callable[..., Crawl]:
    """Run a spider on the server: `crawl("news", site=server.url)`."""
    return partial(crawl_with, server)
