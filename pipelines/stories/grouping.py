"""Near-duplicates among MinHash signatures: candidates by locality-sensitive hashing, each then compared in full."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extras import extra

with extra("duplicates"):
    import numpy as np
    from numpy.typing import NDArray

PERMUTATIONS = 128
SIMILAR = 0.33
"""Estimated Jaccard similarity from which two texts tell one story; with every tenth word changed it is about 0.5."""

_ROWS = 3  # a band; with 42 bands two texts of similarity 0.5 meet with probability 0.996, of 0.1 with 0.04
_ALL_PAIRS = 40  # of more texts that meet, neighbours are compared: similar ones meet in other bands too
_AT_ONCE = 100_000

_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)

Signatures = NDArray[np.uint32]
"""One row of `PERMUTATIONS` minima a text."""


def groups(signatures: Signatures) -> list[list[int]]:
    """Return the rows that are similar, directly or through others: two or more a group, in ascending order.

    The result depends on the set of texts alone, not on the order in which they were found.
    """
    parents = list(range(len(signatures)))

    def root(row: int) -> int:
        while parents[row] != row:
            parents[row] = row = parents[parents[row]]
        return row

    candidates = _candidates(signatures)
    for start in range(0, len(candidates), _AT_ONCE):
        pairs = candidates[start : start + _AT_ONCE]
        for one, other in pairs[similarities(signatures, pairs) >= SIMILAR].tolist():
            first, second = sorted((root(one), root(other)))
            parents[second] = first
    members: dict[int, list[int]] = {}
    for row in range(len(signatures)):
        members.setdefault(root(row), []).append(row)
    return [rows for rows in members.values() if len(rows) > 1]


def similarities(signatures: Signatures, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the estimated Jaccard similarity of each pair of rows."""
    same: NDArray[np.float64] = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1)
    return same


def _candidates(signatures: Signatures) -> NDArray[np.int64]:
    """Return the pairs of rows that agree in a whole band, each once."""
    count = len(signatures)
    found = np.empty(0, np.int64)
    for start in range(0, PERMUTATIONS - _ROWS + 1, _ROWS):
        band = signatures[:, start : start + _ROWS].astype(np.uint64)
        pairs = [first * count + second for first, second in _meeting((band * _MULTIPLIERS).sum(axis=1))]
        found = np.unique(np.concatenate([found, *pairs]))
    return np.stack(np.divmod(found, max(count, 1)), axis=1)


def _meeting(keys: NDArray[np.uint64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the pairs of rows with one key, the lower row first."""
    order = np.argsort(keys, kind="stable")  # rows of one key stay in ascending order
    same = keys[order[1:]] == keys[order[:-1]]
    yield order[:-1][same], order[1:][same]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], same.astype(np.int8), [0]))))
    for first, last in edges.reshape(-1, 2).tolist():
        if 1 < last - first < _ALL_PAIRS:
            rows = order[first : last + 1]
            one, other = np.triu_indices(len(rows), 2)
            yield rows[one], rows[other]
