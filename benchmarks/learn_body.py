"""Learns from the labelled pages which blocks of a page are its article, and writes what `scrapers.body.model` ships.

python -m benchmarks.learn_body                 learn from all pages, write scrapers/body/learned/{odds,forest}.json
python -m benchmarks.learn_body --folds 5       judge: learn from four fifths of the sites, score the pages of the rest

Recipe. A block is article text where the words of the page, aligned with those of the label, are in the label; where
only snippets are labelled, blocks that hold none are left out. Log odds of words count each site once, and a page is
described by odds that its own site had no part in. Needs `pip install catboost` besides the measuring tool.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from benchmarks import labelled
from benchmarks.body_samples import Sample, samples, small
from scrapers.body import content
from scrapers.body.blocks import Block
from scrapers.body.boxes import Array, Boxes
from scrapers.body.features import NAMES, features
from scrapers.body.forest import Forest
from scrapers.body.model import Model
from scrapers.body.odds import Odds

LEARNED = Path(content.__file__).with_name("learned")
BASE_BOX, BASE_LINE = 0.3, 0.35  # shares of good text among boxes and short lines
SITES_BOX, SITES_LINE = 4, 6  # a word is learned from so many sites at least
LEAST_ODDS = 0.3  # a word that tells less is not kept: the fewer, the better they fit the processor's cache
FOREST = {
    "iterations": 200,
    "depth": 6,
    "learning_rate": 0.15,
    "l2_leaf_reg": 5,
    "border_count": 64,
    "rsm": 0.5,
    "random_seed": 1,
    "thread_count": 2,
    "verbose": 0,
    "allow_writing_files": False,
}
Table = dict[str, dict[str, list[float]]]


def tables(taught: Iterable[Sample]) -> tuple[Table, Table]:
    """Return word -> site -> [sum of the shares of good text, how many], for boxes and for lines."""
    boxes: Table = defaultdict(dict)
    lines: Table = defaultdict(dict)
    for sample in taught:
        known = ~np.isnan(sample.good)
        words = np.where(known, np.minimum(sample.words, 60), 0)
        total = np.concatenate([[0], np.cumsum(words)])
        good = np.concatenate([[0], np.cumsum(words * np.nan_to_num(sample.good))])
        for names, first, last in sample.box_words:
            if count := total[last] - total[first]:
                _count(boxes, names, sample.site, (good[last] - good[first]) / count)
        for names, share in zip(sample.line_words, sample.good, strict=True):
            if not math.isnan(share):
                _count(lines, names, sample.site, float(share > 0.5))
    return boxes, lines


def _count(table: Table, words: list[str], site: str, share: float) -> None:
    for word in words:
        entry = table[word].setdefault(site, [0.0, 0])
        entry[0] += share
        entry[1] += 1


def log_odds(table: Table, base: float, least: int) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return word -> log odds against those of any word, each site counted once; and site -> the same without it."""

    def odds(good: float, count: int) -> float:
        return round(math.log((good + 2 * base) / (count - good + 2 * (1 - base)) * (1 - base) / base), 2)

    everywhere: dict[str, float] = {}
    elsewhere: dict[str, dict[str, float]] = defaultdict(dict)
    for word, entries in table.items():
        if len(entries) < least or (word[0] != "<" and any(map(str.isdigit, word))):  # years tell of their day
            continue
        shares = {site: share / count for site, (share, count) in entries.items()}
        good = sum(shares.values())
        known = odds(good, len(shares))
        if abs(known) < LEAST_ODDS:
            continue
        everywhere[word] = known
        for site, share in shares.items():
            elsewhere[site][word] = odds(good - share, len(shares) - 1)
    return everywhere, elsewhere


def learn(taught: Sequence[Sample]) -> tuple[Model, dict[str, Any]]:
    """Return the model that these samples teach, and its parts as data."""
    box_table, line_table = tables(taught)
    box_odds, own_box_odds = log_odds(box_table, BASE_BOX, SITES_BOX)
    line_odds, own_line_odds = log_odds(line_table, BASE_LINE, SITES_LINE)
    rows: list[NDArray[np.float32]] = []
    weights: list[Array] = []
    chance = random.Random(1)
    varied = [(sample, False) for sample in taught]
    varied += [(sample, chance.random() < 0.3) for one in taught if (sample := small(one, chance))]
    varied += [(sample, True) for sample in taught if chance.random() < 0.2]
    for sample, nameless in varied:
        boxes = {} if nameless else box_odds | own_box_odds[sample.site]
        unseen = Odds(boxes, line_odds | own_line_odds[sample.site])
        rows.append(described(sample, unseen))
        weights.append(_weights(sample))
    described_blocks = np.concatenate(rows, axis=1).T
    good = np.concatenate([sample.good for sample, _ in varied])
    weight = np.concatenate(weights)
    known = ~np.isnan(good)
    rising = {at: 1 for at, name in enumerate(NAMES) if name.startswith("odds") or name in ("words", "worst_word")}
    model = CatBoostClassifier(**FOREST, monotone_constraints=rising)
    model.fit(described_blocks[known], (good[known] > 0.5).astype(int), sample_weight=weight[known])
    data = {"odds": {"boxes": box_odds, "lines": line_odds}, "forest": _exported(model)}
    return Model(Odds(box_odds, line_odds), Forest(data["forest"])), data


def described(sample: Sample, odds: Odds) -> NDArray[np.float32]:
    return features(sample.blocks, Boxes(sample.blocks, odds), sample.document.summary, odds)


def _weights(sample: Sample) -> Array:
    """Return the weight of each block: its share of the label, so that all pages count alike, as in the score."""
    if not sample.page.gold["body"]:
        return np.full(len(sample.blocks), 0.15)
    total = (sample.words * np.nan_to_num(sample.good)).sum() + 20
    return np.minimum((sample.words + 1) / total, 0.5) * 10 + 0.02


def _exported(model: CatBoostClassifier) -> dict[str, Any]:
    path = Path("forest.cbm.json")
    model.save_model(str(path), format="json")
    data = json.loads(path.read_text())
    path.unlink()
    used = [name for at, name in enumerate(NAMES) if _is_used(data, at)]
    place = {NAMES.index(name): at for at, name in enumerate(used)}
    depth = max(len(tree["splits"]) for tree in data["oblivious_trees"])
    columns, borders, leaves = [], [], []
    for tree in data["oblivious_trees"]:
        splits, values = tree["splits"], tree["leaf_values"]
        missing = depth - len(splits)  # a tree that stopped early asks questions that no row answers with yes
        columns.append([place[split["float_feature_index"]] for split in splits] + [0] * missing)
        borders.append([round(split["border"], 5) for split in splits] + [1e30] * missing)
        leaves.append([round(value, 4) for value in values] + [0.0] * ((1 << depth) - len(values)))
    scale, bias = data["scale_and_bias"]
    assert scale == 1
    return {"features": used, "bias": bias[0], "columns": columns, "borders": borders, "leaves": leaves}


def _is_used(data: dict[str, Any], column: int) -> bool:
    return any(split["float_feature_index"] == column for tree in data["oblivious_trees"] for split in tree["splits"])


def judge(found: list[Sample], folds: int) -> None:
    """Print the scores of the pages of each fold of sites, read with what the other folds teach."""
    score = labelled.load("score")
    scored: dict[str, list[Any]] = defaultdict(list)
    for fold in range(folds):
        model, _ = learn([sample for sample in found if _fold(sample, folds) != fold])
        for sample in found:
            if _fold(sample, folds) == fold:
                likely = model.probabilities(sample.blocks, sample.document.summary)
                text = content.joined(_chosen(sample, likely))
                scored[sample.page.corpus].append(score.score_page(sample.page, {"body": text}))
        print(f"fold {fold + 1} of {folds}", flush=True)
    for corpus, results in scored.items():
        summary = score.summarize(results)
        print(corpus, *(f"{name} {summary[name]:.4f}" for name in ("body_f1", "snippet_f1") if name in summary))


def _chosen(sample: Sample, likely: Array) -> list[Block]:
    page = sample.document
    return content.chosen(sample.blocks, likely, page.declared_titles, page.url, declared=page.is_declared_article)


def _fold(sample: Sample, folds: int) -> int:
    return zlib.crc32(sample.site.encode()) % folds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, help="judge by cross-validation over sites instead of writing")
    options = parser.parse_args()
    found = samples()
    if options.folds:
        judge(found, options.folds)
        return
    _, data = learn(found)
    for name, values in data.items():
        path = LEARNED / f"{name}.json"
        path.write_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
