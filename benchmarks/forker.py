"""Runs `scrapy` commands in children of a process that has everything imported: a crawl begins in a tenth of a second.

As a program it reads a JSON line a command and answers with a line: `start` a child and tell its number, or `wait` for
its exit status. `Forker` is the other end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from scrapy.utils.misc import load_object, walk_modules_iter
from scrapy.utils.project import get_project_settings

PROJECT = Path(__file__).parents[1]


class Forker:
    """Starts crawls; use it with `with`. After `wait` it knows what the child used: CPU seconds and bytes of memory."""

    cpu_seconds = 0.0
    most_memory = 0.0

    def __enter__(self) -> Forker:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.forker"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()

    def start(self, argv: list[str], log: Path, prepare: str = "", **options: Any) -> int:
        """Start `scrapy <argv>` with its output in a file and return its process id.

        `prepare` names a `module:function` that the child calls first, with `options`.
        """
        return int(self._ask({"argv": argv, "log": str(log), "prepare": prepare, "options": options})[0])

    def wait(self, child: int) -> int:
        """Wait for a child's end and return its exit code, negative for the signal that ended it."""
        code, self.cpu_seconds, self.most_memory = self._ask({"wait": child})
        return int(code)

    def run(self, argv: list[str], log: Path, prepare: str = "", **options: Any) -> int:
        return self.wait(self.start(argv, log, prepare, **options))

    def _ask(self, question: dict[str, Any]) -> list[float]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: list[float] = json.loads(self._process.stdout.readline())
        return answer


def _serve() -> None:
    _import_what_a_crawl_needs()
    for line in sys.stdin:
        question = json.loads(line)
        if "wait" in question:
            _, status, usage = os.wait4(question["wait"], 0)
            cpu = usage.ru_utime + usage.ru_stime
            print(json.dumps([os.waitstatus_to_exitcode(status), cpu, usage.ru_maxrss * 1024]), flush=True)
        elif child := os.fork():
            print(json.dumps([child]), flush=True)
        else:
            _become(question)


def _import_what_a_crawl_needs() -> None:
    settings = get_project_settings()
    for name in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES"):
        for path in {**settings.getdict(f"{name}_BASE"), **settings.getdict(name)}:
            load_object(path)
    load_object("scrapers.frontier.Frontier")
    for name in ("DOWNLOADER", "TWISTED_DNS_RESOLVER", "STATS_CLASS", "LOG_FORMATTER"):
        load_object(settings[name])
    for path in settings.getdict("DOWNLOAD_HANDLERS").values():
        if path:
            load_object(path)
    import_module("scrapy.core.engine")
    for package in ("scrapy.commands", "scrapers.commands", "scrapers.spiders"):
        list(walk_modules_iter(package))
    assert "twisted.internet.reactor" not in sys.modules, "each child installs its own"


def _become(question: dict[str, Any]) -> None:
    output = os.open(question["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number in (1, 2):
        os.dup2(output, number)
    code: Any = 70  # an exception
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if question["prepare"]:
            module, _, function = question["prepare"].partition(":")
            getattr(import_module(module), function)(**question["options"])
        sys.argv = ["scrapy", *question["argv"]]
        import_module("scrapy.cmdline").execute()
    except SystemExit as end:
        code = end.code or 0
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # the log may stand on a full disk
                stream.flush()
        os._exit(code if isinstance(code, int) else 70)


if __name__ == "__main__":
    _serve()
