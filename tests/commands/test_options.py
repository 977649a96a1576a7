"""Options that cannot be meant, whatever the command; those of `scrapy crawl` stand with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers import commands
from tests.commands.conftest import Scrapy

COMMANDS = sorted({path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py")} - {"crawl"})


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_no_argument(scrapy: Scrapy, tmp_path: Path, command: str) -> None:
    ended = scrapy(command, "--no-such-option", "-s", f"DATA_DIR={tmp_path}")
    assert ended.returncode == 2
    assert f"unknown option --no-such-option; `scrapy {command} --help` lists them" in ended.stderr


@pytest.mark.parametrize("command", ["crawlall", "health"])
def test_a_setting_that_cannot_be_meant_is_one_line(scrapy: Scrapy, tmp_path: Path, command: str) -> None:
    ended = scrapy(command, "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=soon")
    assert ended.returncode == 1
    assert ended.stderr == f"scrapy {command}: DOWNLOAD_DELAY=soon: give seconds, 0 or more\n"
