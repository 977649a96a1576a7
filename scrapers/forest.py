"""Boosted decision trees, evaluated for many rows at once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from scrapers.features import Array

_ROWS = 4096
"""Rows evaluated at once; bounds the memory that a huge page takes."""


class Forest:
    """Trees that ask one question a level, `feature > border`, so that a row's answers are the number of its leaf."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._names: list[str] = data["features"]
        self._levels = [
            (np.array(columns), np.array(borders, np.float32)[:, None])
            for columns, borders in zip(
                zip(*data["columns"], strict=True), zip(*data["borders"], strict=True), strict=True
            )
        ]
        leaves = np.array(data["leaves"], np.float32)
        self._leaves = leaves.ravel()
        self._first_leaf = (np.arange(len(leaves)) * leaves.shape[1])[:, None]
        self._bias: float = data["bias"]

    @classmethod
    @cache
    def learned(cls) -> Self:
        """Return the forest that the labelled pages taught, which the package ships."""
        return cls(json.loads(files("scrapers").joinpath("learned/forest.json").read_text("utf-8")))

    def probabilities(self, features: dict[str, Array]) -> Array:
        """Return for each row the probability that it belongs to the article."""
        columns = np.array([features[name] for name in self._names], np.float32)
        scores = [self._scores(columns[:, at : at + _ROWS]) for at in range(0, columns.shape[1], _ROWS)]
        return np.asarray(1.0 / (1.0 + np.exp(-np.concatenate(scores))))

    def _scores(self, columns: NDArray[np.float32]) -> Array:
        leaf = np.zeros((len(self._first_leaf), columns.shape[1]), np.int16)
        for level, (asked, borders) in enumerate(self._levels):
            leaf += (columns[asked] > borders).astype(np.int16) << level
        return np.asarray(self._leaves[self._first_leaf + leaf].sum(axis=0) + self._bias, float)
