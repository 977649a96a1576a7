"""What the README says can be done, can be done."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pipelines.article import Article
from scrapers.page import ArticlePage
from tests.pipelines.filled import fill

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
COMMANDS = [
    shlex.split(line, comments=True)
    for line in re.findall(r"(?:^    |`)((?:scrapy|make) [^`\n]+)", README, re.MULTILINE)
]
PAGE = """<html lang="en"><h1>Ferry returns to Port Selm</h1>
<p>The ferry to Port Selm sails again from Monday, the harbour board said, after two winters without a boat.</p>
<p>The first crossing leaves at seven in the morning, and islanders travel free for a week, said the board.</p>
</html>"""


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: code.splitlines()[0])
def test_python(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "data" / "news")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})


def test_record_is_that_of_the_newsroom() -> None:
    (told,) = (json.loads(text) for text in re.findall(r"^```json\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    assert list(told) == [field.name for field in dataclasses.fields(Article)]
    page = PROJECT / "scrapers" / "newsroom" / "pages" / "ferries" / "page.html"
    read = msgspec.to_builtins(ArticlePage.from_html(page.read_bytes(), told["url"]).to_item())
    cleaned_by_the_pipelines = {"body", "canonical_url"}
    for name in {*ArticlePage.fields(), "evidence"} - cleaned_by_the_pipelines:
        assert told[name] == read[name], name
    assert read["body"].startswith(told["body"].removesuffix("..."))


@pytest.mark.parametrize(
    "command",
    [
        command
        for command in COMMANDS
        if command[:3] == ["scrapy", "page", "page.html"] or command == ["scrapy", "schema"]
    ],
    ids=" ".join,
)
def test_command_that_needs_no_network(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    ended = _scrapy(tmp_path, *command[1:])
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout) > 100


def test_every_command_exists(tmp_path: Path) -> None:
    listed = re.findall(r"^  (\w+) ", _scrapy(tmp_path).stdout, re.MULTILINE)
    targets = re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    known = {"scrapy": listed, "make": targets}
    assert {(program, action) for program, action, *_ in COMMANDS if action not in known[program]} == set()


@pytest.mark.parametrize(("code", "made"), [(0, 0), (1, 2), (3, 0), (4, 2), (7, 2)])
def test_make_takes_a_complete_crawl_for_success(tmp_path: Path, code: int, made: int) -> None:
    scrapy = tmp_path / "bin" / "scrapy"
    scrapy.parent.mkdir()
    scrapy.write_text(f'#!/bin/sh\necho "$@"\nexit {code}\n', encoding="utf-8")
    scrapy.chmod(0o755)
    (tmp_path / ".setup").touch()
    command = ["make", "--silent", "crawl", "SITE=https://harbour.example", f"VENV={tmp_path}"]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.returncode) == ("crawl news -a site=https://harbour.example\n", made)


def test_settings_have_the_defaults_that_are_told() -> None:
    told = re.findall(r"^\| `([A-Z_]+)` \| (?:`?([^`|]*?)`?)? \|", README, re.MULTILINE)
    assert told
    for name, default in told:
        value = getattr(__import__("settings"), name)
        assert default in ("", str(value), f"{value:g}" if isinstance(value, float) else None), name


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_that_is_named_exists(text: str) -> None:
    named = set(re.findall(r"(?:scrapers|pipelines|tests|benchmarks)/[\w/]+\.(?:py|json)", text))
    assert {name for name in named - {"scrapers/spiders/example_org.py"} if not (PROJECT / name).exists()} == set()


def _scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "settings"}
    command = [sys.executable, "-m", "scrapy.cmdline", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
