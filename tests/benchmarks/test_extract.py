"""The extraction benchmark speaks the measuring tool's protocol and prints what it found."""

from __future__ import annotations

import base64
import io
import json

import pytest

from benchmarks import extract

PAGE = b"""<html lang="en"><head><meta property="article:published_time" content="2024-03-02T08:00:00+01:00"></head>
<h1>Lighthouse keeper retires</h1><p>Mara Quill has kept the light at Cape Senn for forty years, and leaves on Friday.
</p><p>The light goes on without her: a clock has switched it since the spring, the pilots' office said.</p></html>"""


def test_a_line_in_is_a_line_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"id": "p1", "url": None, "html": base64.b64encode(PAGE).decode(), "charset": "utf-8"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(line) + "\n" + json.dumps({**line, "id": "p2"}) + "\n"))
    extract.serve()
    answers = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["p1", "p2"]
    assert answers[0]["title"] == "Lighthouse keeper retires"
    assert answers[0]["date"] == "2024-03-02T08:00:00+01:00"
    assert set(answers[0]) == {"id", "seconds", "title", "authors", "date", "keywords", "body", "language"}


@pytest.mark.parametrize(
    ("published_at", "date", "answer"),
    [
        ("2024-03-02T08:00:00+01:00", "2024-03-02", "2024-03-02T08:00:00+01:00"),
        ("2024-03-02T02:30:00+00:00", "2024-03-01", "2024-03-01T23:30:00-03:00"),
        ("2024-03-02T23:30:00+00:00", "2024-03-03", "2024-03-03T00:30:00+01:00"),
        (None, "2024-03-02", "2024-03-02"),
        (None, None, None),
    ],
)
def test_an_instant_is_answered_on_its_day(published_at: str | None, date: str | None, answer: str | None) -> None:
    assert extract.moment(published_at, date) == answer


def test_the_table_names_the_best_of_the_others() -> None:
    scores = {"ours": {"title_exact": 0.9}, "one": {"title_exact": 0.7}, "two": {"title_exact": 0.8, "body_f1": 0.9}}
    table = extract.quality_table({"scores": {"dev": {"harbour": scores}}})
    assert table.splitlines()[2].startswith("| harbour | 0.900 (0.800 two) |  |")


def test_speed_is_told_as_a_ratio_to_ours() -> None:
    speed = {
        "ours": {"median_ms": 2.0, "cpu_mean_ms": 3.0, "failures": 0},
        "one": {"median_ms": 10.0, "cpu_mean_ms": 24.0, "failures": 1},
    }
    assert "| harbour | one | 10.0 | 5.00 | 24.0 | 8.00 | 1 |" in extract.speed_table({"speed": {"harbour": speed}})
