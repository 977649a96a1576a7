"""Fit the weights of the headline's signs to the labelled pages, and tell how they hold on other sites.

python -m benchmarks.fit_title          print the weights for `scrapers/parsers/title.py`

Every set of weights on a grid is tried, with that of the h1 as the unit, and the mean of the best sets is taken: one
in the middle of what serves the pages, where the best one alone stands at the edge of what happens to serve them. What
the fit is worth on sites that it has not seen is told by fitting it to a random half of the sites, again and again.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import labelled
from scrapers.document import Document
from scrapers.parsers import title

CORPORA = ("fundus", "wcxb", "trafilatura", "postlight", "readability")
GRID = {
    "json-ld": np.arange(6, 12) / 10,
    "meta": np.arange(4, 11) / 10,
    "part-of-title": np.arange(7, 14) / 10,
    "address-in-words": np.arange(5, 13) / 10,
    "brief": np.arange(-14, -5) / 10,
}
"""Weight -> what is tried for it; the others keep the value that they have."""

BEST = 50
"""How many of the best sets of weights are averaged, of some 21,000."""

EVENNESS = 0.7
"""How far corpora count alike: with 0 every page has one vote, with 1 every corpus."""

HALVINGS = 10
"""How often the sites are parted at random into those that are fitted to and those that judge."""

Matrix = npt.NDArray[np.float64]


@dataclass
class Trials:
    """Which sets of weights (rows) choose the label on which pages (columns)."""

    weights: Matrix
    right: Matrix
    corpora: npt.NDArray[np.str_]
    sites: npt.NDArray[np.str_]

    def fit(self, pages: npt.NDArray[np.bool_]) -> Matrix:
        """Return the weights that serve these pages, to the tenth."""
        sizes = Counter(self.corpora.tolist())
        votes = np.array([sizes[corpus] ** -EVENNESS for corpus in self.corpora.tolist()]) * pages
        best = np.argsort(-(self.right @ votes), kind="stable")[:BEST]
        rounded: Matrix = self.weights[best].mean(axis=0).round(1)
        return rounded

    def judge(self, weights: Matrix) -> Matrix:
        """Return which pages these weights read right."""
        nearest = np.abs(self.weights - weights).sum(axis=1).argmin()
        return self.right[nearest]


def trials() -> Trials:
    """Read the labelled pages, and rank their wordings by each set of weights."""
    clean: Any = labelled.load("score").clean
    weights = np.array(list(product(*GRID.values())))
    right, corpora, sites = [], [], []
    for page in labelled.load("corpora").load(CORPORA):
        if page.gold["title"]:
            wordings = title.wordings(Document(page.html, page.url or "", charset=page.charset))
            hits = np.array([clean(wording.text) == clean(page.gold["title"]) for wording in wordings] or [False])
            right.append(hits[ranks(wordings, weights).round(6).argmax(axis=0)])
            corpora.append(page.corpus)
            sites.append(page.site)
    return Trials(weights, np.array(right, dtype=float).T, np.array(corpora), np.array(sites))


def ranks(wordings: list[title.Wording], weights: Matrix) -> Matrix:
    """Return what each wording (row) is worth under each set of weights (column)."""
    fitted = np.array([[wording.signs.get(name, 0.0) for name in GRID] for wording in wordings])
    kept = {name: weight for name, weight in title.WEIGHTS.items() if name not in GRID}
    fixed = [sum(weight * wording.signs.get(name, 0.0) for name, weight in kept.items()) for wording in wordings]
    return fitted.reshape(-1, len(GRID)) @ weights.T + np.array(fixed or [0.0])[:, None]


def held_back(tried: Trials) -> Matrix:
    """Return for each page how often it was read right by weights that were fitted to other sites."""
    names = sorted(set(tried.sites.tolist()))
    shares = np.zeros(len(tried.sites))
    for seed in range(HALVINGS):
        half = np.isin(tried.sites, random.Random(seed).sample(names, len(names) // 2))
        for seen in (half, ~half):
            shares += tried.judge(tried.fit(seen)) * ~seen
    return shares / HALVINGS


def main() -> None:
    """Fit, cross-validate over sites, and print."""
    tried = trials()
    weights = tried.fit(np.ones(len(tried.sites), dtype=bool))
    fitted, held = tried.judge(weights), held_back(tried)
    for corpus in CORPORA:
        here = tried.corpora == corpus
        print(f"{corpus}: {fitted[here].mean():.3f} fitted, {held[here].mean():.3f} on sites held back")
    print("".join(f'"{name}": {weight:.1f},\n' for name, weight in zip(GRID, weights, strict=True)), end="")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    main()
