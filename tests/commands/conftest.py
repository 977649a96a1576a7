"""Runs commands the way a person does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.cmdline import execute

PROJECT = Path(__file__).parents[2]
Ended = subprocess.CompletedProcess[str]
Scrapy = Callable[..., Ended]


@pytest.fixture
def scrapy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scrapy:
    """Run `scrapy ARGUMENTS` in this process: for what fetches nothing."""

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.chdir(PROJECT)
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *map(str, arguments)])
        assert isinstance(ended.value.code, int)
        return Ended([], ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def scrapy_process() -> Scrapy:
    """Run `scrapy ARGUMENTS` in a process of its own: for what fetches; `path` is a folder of further modules."""

    def run(*arguments: str | Path, path: Path | None = None) -> Ended:
        command = [sys.executable, "-m", "scrapy.cmdline", *map(str, arguments)]
        environment = {"PATH": "", "PYTHONPATH": str(path or "")}
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run
