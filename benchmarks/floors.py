"""The scores that a change must not fall below.

python -m benchmarks.floors             lift every floor to just under what is reached now
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from pathlib import Path

from benchmarks import labelled
from benchmarks.extract import answer

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.003
"""How far a floor stands below the score that was reached: less than a page of most corpora."""


def floors() -> dict[str, dict[str, float]]:
    """Return corpus -> metric -> the score below which a change must not fall."""
    held: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return held


def scores(corpus: str) -> dict[str, float]:
    """Read the pages of one corpus in this process and return metric -> score."""
    score = labelled.load("score")
    scored = []
    for page in labelled.load("corpora").load([corpus]):
        html = base64.b64encode(page.html).decode()
        reading = answer({"id": page.id, "url": page.url, "html": html, "charset": page.charset})
        scored.append(score.score_page(page, reading))
    summary: dict[str, float] = score.summarize(scored)
    return summary


def lift() -> None:
    """Lift every floor to just under what is reached now, and tell each that rose; none is ever lowered."""
    held = floors()
    for corpus, metrics in held.items():
        reached = scores(corpus)
        for metric, floor in metrics.items():
            metrics[metric] = max(floor, round(reached[metric] - MARGIN, 3))
            if metrics[metric] > floor:
                print(f"{corpus} {metric}: {floor} -> {metrics[metric]}")
    FLOORS.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not labelled.AVAILABLE:
        sys.exit(f"the labelled pages are not here: {labelled.MEASURE} is missing")
    lift()
