"""What many tests use: a server on loopback, and a crawl of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Crawl, Server, serving

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback, at a port that the system chose."""
    with serving() as server:
        yield server


@pytest.fixture
def crawl(server: Server) -> Callable[..., Crawl]:
    """Run a spider in a process of its own, with the project's settings, without pipelines and without delay."""

    def run(
        spider: str, *, settings: dict[str, Any] | None = None, env: dict[str, str] | None = None, **options: str
    ) -> Crawl:
        chosen = {"ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0, **(settings or {})}
        ended = subprocess.run(
            [sys.executable, "-m", "tests.run_spider", spider, json.dumps(options), json.dumps(chosen)],
            cwd=PROJECT,
            env={"PATH": "", **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        lines = [json.loads(line) for line in ended.stdout.splitlines()]
        return Crawl(
            articles=[line["Article"] for line in lines if "Article" in line],
            rejections=[line["Rejection"] for line in lines if "Rejection" in line],
            stats=next((line["stats"] for line in lines if "stats" in line), {}),
            exit_code=ended.returncode,
            log=ended.stderr,
        )

    return run
