"""Fit the weights of the headline's signs to the labelled pages, and tell how they hold on other sites.

python -m benchmarks.fit_title          print the weights for `scrapers/parsers/title.py`

The model ranks the wordings of one page: a softmax over their weighted signs, by gradient descent with a ridge.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import labelled
from scrapers.document import Document
from scrapers.parsers import title
from scrapers.publisher import fold

CORPORA = ("fundus", "wcxb", "trafilatura", "postlight", "readability")
FOLDS = 5
RIDGE = 0.1
STEPS = 400
EVENNESS = 0.35
"""How far corpora count alike: with 0 every page has one vote, with 1 every corpus."""


@dataclass
class Choice:
    """The wordings of one page as a matrix of signs, and which of them its label is."""

    corpus: str
    site: str
    gold: str
    texts: list[str]
    signs: npt.NDArray[np.float64]

    @property
    def right(self) -> int | None:
        """Row of the wording that is the label."""
        return next((row for row, text in enumerate(self.texts) if fold(text) == fold(self.gold)), None)


def choices(names: list[str]) -> list[Choice]:
    """Read the labelled pages; `names` are the signs, a column each."""
    found = []
    for page in labelled.load("corpora").load(CORPORA):
        if page.gold["title"]:
            wordings = title.wordings(Document(page.html, page.url or "", charset=page.charset))
            signs = np.array([[wording.signs.get(name, 0.0) for name in names] for wording in wordings] or [[]])
            found.append(Choice(page.corpus, page.site, page.gold["title"], [w.text for w in wordings], signs))
    return found


def fit(training: list[Choice]) -> npt.NDArray[np.float64]:
    """Return the weights under which the right wordings rank first."""
    known = [(choice, choice.right) for choice in training if choice.right is not None and len(choice.texts) > 1]
    sizes = Counter(choice.corpus for choice, _ in known)
    votes = np.array([sizes[choice.corpus] ** -EVENNESS for choice, _ in known])
    votes *= len(known) / votes.sum()
    weights = np.zeros(known[0][0].signs.shape[1])
    for _ in range(STEPS):
        slope = RIDGE * weights * len(known) / 50
        for (choice, right), vote in zip(known, votes, strict=True):
            odds = np.exp((ranks := choice.signs @ weights) - ranks.max())
            slope += vote * (choice.signs.T @ (odds / odds.sum()) - choice.signs[right])
        weights -= 1.5 * slope / len(known)
    return weights


def exact(tested: list[Choice], weights: npt.NDArray[np.float64]) -> dict[str, list[bool]]:
    """Return corpus -> whether each page's best wording is its label."""
    clean: Any = labelled.load("score").clean
    hits = defaultdict(list)
    for choice in tested:
        best = choice.texts[int(np.argmax(choice.signs @ weights))] if choice.texts else ""
        hits[choice.corpus].append(clean(best) == clean(choice.gold))
    return hits


def main() -> None:
    """Fit, cross-validate over sites, and print."""
    names = [name for name in title.WEIGHTS if name != "listed"]
    pages = choices(names)
    held: dict[str, list[bool]] = defaultdict(list)
    for part in range(FOLDS):
        outside = [page for page in pages if zlib.crc32(page.site.encode()) % FOLDS != part]
        inside = [page for page in pages if zlib.crc32(page.site.encode()) % FOLDS == part]
        for corpus, hits in exact(inside, fit(outside)).items():
            held[corpus] += hits
    weights = fit(pages)
    for corpus, hits in exact(pages, weights).items():
        crossed = sum(held[corpus]) / len(held[corpus])
        print(f"{corpus}: {sum(hits) / len(hits):.3f} fitted, {crossed:.3f} on sites held back")
    print(
        "WEIGHTS = {" + ", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(names, weights, strict=True)) + "}"
    )


if __name__ == "__main__":
    main()
