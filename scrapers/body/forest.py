"""Boosted decision trees, evaluated for many rows at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scrapers.body.boxes import Array
from scrapers.body.features import NAMES

_BLOCKS = 4096
"""Blocks evaluated at once; bounds the memory that a huge page takes."""


class Forest:
    """Trees that ask one question a level, `feature > border`, so that a row's answers are the number of its leaf.

    The number is kept in a byte: a tree has eight levels at the most.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        columns, leaves = np.array(data["columns"]), np.array(data["leaves"], np.float32)
        self._trees, self._depth = columns.shape
        numbers = np.array([NAMES.index(name) for name in data["features"]])
        asked = np.stack([numbers[columns], data["borders"]], axis=-1).swapaxes(0, 1).reshape(-1, 2)
        questions, self._asked = np.unique(asked, axis=0, return_inverse=True)  # trees ask the same ones
        self._features = questions[:, 0].astype(np.intp)
        self._borders = questions[:, 1:].astype(np.float32)
        self._leaves = leaves.ravel()
        first_leaf = np.arange(0, leaves.size, leaves.shape[1])[:, None]
        self._first_leaf = first_leaf.astype(np.min_scalar_type(leaves.size))  # adds in half the time
        self._bias: float = data["bias"]

    def probabilities(self, rows: NDArray[np.float32]) -> Array:
        """Return for each block the probability that it belongs to the article; `rows` are its features."""
        scores = [self._scores(rows[:, at : at + _BLOCKS]) for at in range(0, rows.shape[1], _BLOCKS)]
        return np.asarray(1.0 / (1.0 + np.exp(-np.concatenate(scores))))

    def _scores(self, rows: NDArray[np.float32]) -> Array:
        known = (rows.take(self._features, axis=0) > self._borders).view(np.uint8)
        answers = known.take(self._asked, axis=0).reshape(self._depth, self._trees, -1)  # level by level
        leaf = answers[-1]
        for level in answers[-2::-1]:
            leaf += leaf  # a sixth of the time of a shift
            leaf += level
        return np.asarray(self._leaves.take(self._first_leaf + leaf).sum(axis=0) + self._bias, float)
