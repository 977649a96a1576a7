"""Exports of many invented records beside a plain DuckDB script and pandas: records a second and peak memory.

Each figure is that of a process of its own; all read the same closed segments.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.records import generate
from pipelines.store.collection import Collection, open_collection
from pipelines.store.outcome import Outcome
from pipelines.store.writer import CollectionWriter
from pipelines.urls import same_page_key

FORMATS = {"jsonl": "FORMAT json", "csv": "FORMAT csv", "parquet": "FORMAT parquet", "duckdb": ""}
"""Format -> how a plain script copies to it."""


def kept(count: int, folder: Path) -> Collection:
    """Return a collection of `count` records in a folder, made if it is not there."""
    if not folder.is_dir():
        making = CollectionWriter(folder.with_name(f"{folder.name}.part"))
        for number, article in enumerate(generate(count), 1):
            outcome = Outcome()
            outcome.keep(same_page_key(article.url), article)
            making.finish(None, outcome)
            if number % 5_000 == 0:
                making.commit()
        making.end("finished")
        making.folder.rename(folder)
    return open_collection(folder)


def export(folder: Path, target: Path) -> None:
    """Export as `scrapy export` does."""
    from pipelines.export import dataset

    with open_collection(folder) as collection:
        dataset.export([collection], str(target))


def stories(folder: Path, target: Path) -> None:
    """Export as `scrapy export --stories` does where no story was looked for before."""
    from pipelines.export import dataset
    from pipelines.export.selection import Selection
    from pipelines.stories.index import StoryIndex

    with open_collection(folder) as collection, StoryIndex(target.with_suffix(".db")) as index:
        index.update([collection])
        dataset.export([collection], str(target), Selection(stories=True), stories=index.stories())


def plain(folder: Path, target: Path) -> None:
    """Do what somebody would who has DuckDB: nothing is typed, checked or described, revisions are not told apart."""
    import duckdb

    source = f"read_json('{folder}/articles/*.jsonl*')"
    if target.suffix == ".duckdb":
        with duckdb.connect(str(target)) as db:
            db.execute(f"CREATE TABLE articles AS SELECT * FROM {source}")
    else:
        duckdb.connect().execute(f"COPY (SELECT * FROM {source}) TO '{target}' ({FORMATS[target.suffix[1:]]})")


def pandas(folder: Path, target: Path) -> None:
    """Do what somebody would who has pandas."""
    import pandas as pd

    frame = pd.concat(pd.read_json(file, lines=True) for file in sorted(folder.glob("articles/*.jsonl*")))
    match target.suffix:
        case ".jsonl":
            frame.to_json(target, orient="records", lines=True, force_ascii=False)
        case ".csv":
            frame.to_csv(target, index=False)
        case ".parquet":
            frame.to_parquet(target)


def report(folder: Path, target: Path) -> None:
    """Report as `scrapy report` does."""
    from pipelines.export.database import Database
    from pipelines.export.selection import Selection
    from pipelines.report.numbers import gather
    from pipelines.report.page import render

    with open_collection(folder) as collection, tempfile.TemporaryDirectory(dir=target.parent) as workshop:
        with Database([collection], Path(workshop), Selection(), memory="800MB") as database:
            numbers = gather(database, [collection])
        target.write_text(render(numbers, "Articles"), encoding="utf-8")


WAYS: dict[str, Callable[[Path, Path], None]] = {way.__name__: way for way in (export, stories, plain, pandas, report)}


def measure(way: str, folder: Path, target: Path, records: int) -> None:
    """Run one way in a process of its own and print its figures."""
    command = [sys.executable, "-m", "benchmarks.export", "--once", way, str(folder), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{target.suffix:<10}{way:<8} failed: {(done.stderr.strip().splitlines() or ['killed'])[-1][:90]}")
        return
    seconds, cpu, memory = map(float, done.stdout.split())
    size = target.stat().st_size / 2**20
    print(
        f"{target.suffix:<10}{way:<8}{records / seconds:>10,.0f} records/s {seconds:>8.1f} s"
        f" {cpu / records * 1000:>8.3f} ms of CPU a record {memory:>7,.0f} MB peak {size:>7,.0f} MB written",
        flush=True,
    )


def once(way: str, folder: Path, target: Path) -> None:
    """Do one thing, and print its seconds, seconds of CPU, and peak memory in MB."""
    started = time.perf_counter()
    WAYS[way](folder, target)
    seconds = time.perf_counter() - started
    print(seconds, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(records: int, folder: Path) -> None:
    """Print the figures of every format and way."""
    folder.mkdir(parents=True, exist_ok=True)
    collection = folder / f"records-{records}"
    kept(records, collection).close()
    with tempfile.TemporaryDirectory(dir=folder) as out:
        for suffix in ("jsonl", "csv", "parquet", "duckdb", "jsonl.zst", "sqlite"):
            ways = ("plain", "export", "pandas") if suffix in FORMATS else ("export",)
            for way in ways:
                if (way, suffix) != ("pandas", "duckdb"):
                    target = Path(out) / f"{way}.{suffix}"
                    measure(way, collection, target, records)
                    target.unlink(missing_ok=True)
        measure("stories", collection, Path(out) / "stories.parquet", records)
        measure("report", collection, Path(out) / "report.html", records)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000, help="how many (default: 200000)")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "broadsheet-benchmark",
        help="keeps the records, where a second run finds them",
    )
    parser.add_argument(
        "--once", nargs=3, metavar=("WAY", "COLLECTION", "TARGET"), help="measure one way in this process"
    )
    options = parser.parse_args()
    if options.once:
        once(options.once[0], Path(options.once[1]), Path(options.once[2]))
    else:
        main(options.records, options.folder)
