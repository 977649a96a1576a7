"""Long work shows a bar, where somebody can see it."""

from __future__ import annotations

import sys
from concurrent.futures import Future

import pytest

from pipelines import progress


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Future[None]:
    """Work that ends when it has been looked at twice."""
    monkeypatch.setattr(progress, "_SECONDS", 0.01)
    return Future()


def watch(work: Future[None], label: str) -> None:
    looks = iter([25.0, -1.0])

    def percent() -> float:
        if (looked := next(looks)) < 0:
            work.set_result(None)
        return looked

    progress.watch(work, label, percent)


def test_on_a_terminal(work: Future[None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    watch(work, "Writing CSV")
    first, second, rest = capsys.readouterr().err.split("\r\x1b[K")[1:]
    assert first == f"Writing CSV [{'#' * 8:<30}]  25 %"
    assert second == f"Writing CSV [{'':<30}]   0 %"
    assert rest == ""


def test_in_a_log(work: Future[None], capsys: pytest.CaptureFixture[str]) -> None:
    work.set_result(None)
    progress.watch(work, "Writing CSV", lambda: 50.0)
    progress.counting("Reading")(1, 2)
    assert capsys.readouterr().err == ""
