"""What a crash leaves behind, put right when a collection is opened for writing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipelines.plain import number_of
from pipelines.store import segments
from pipelines.store.aside import DAMAGED
from pipelines.store.collection import LEDGER
from pipelines.store.errors import CannotStore, Damaged
from pipelines.store.ledger import Ledger
from pipelines.store.report import counts_of, read_report, report
from pipelines.store.segments import ARTICLES, PAGES, REJECTED
from pipelines.store.tables.runs import Run

RUNS = "runs"


def recover(folder: Path, ledger: Ledger) -> list[str]:
    """Bring files and queue back to the last commit; return a line for a person for each thing that was put right."""
    done = [*_cut(folder, ledger), *_remove_unlisted(folder, ledger)]
    if again := ledger.pages.queue_again():
        done.append(f"queued again what was in flight: {number_of(again, 'page')}")
    for run in ledger.runs.all():
        if run.ended_at is None:
            run.ended_at, run.reason = run.started_at, "interrupted"
            ledger.runs.put(run)
            write_report(folder, ledger, run)
    return done


def check_place(folder: Path) -> None:
    """Raise `CannotStore` where no folder can be, and `Damaged` where there is a collection without its ledger.

    A new ledger would know no segment, so all of them would be removed.
    """
    place = next(path for path in (folder, *folder.parents) if path.exists())
    if not place.is_dir():
        raise CannotStore(f"{folder} cannot be written: {place} is no folder")
    ledger, has_segments = folder / LEDGER, any(_segment_files(folder))
    is_file = ledger.is_file()
    if ledger.exists() and not is_file:
        raise Damaged(f"{ledger} is no file; `scrapy verify --repair` moves it away and rebuilds it from the segments")
    if has_segments and not (is_file and ledger.stat().st_size):
        raise Damaged(f"{ledger} is missing or empty; `scrapy verify --repair` rebuilds it from the segments")


def _segment_files(folder: Path) -> Iterator[Path]:
    for kind in (ARTICLES, REJECTED, PAGES):
        yield from (path for path in sorted((folder / kind).glob("*")) if path.suffix != DAMAGED)


def _cut(folder: Path, ledger: Ledger) -> Iterator[str]:
    for segment in ledger.segments:
        path = segment.path(folder)
        if segment.file is None:
            if taken := segments.cut(path, segment.length):
                yield f"cut {taken} bytes that were not committed from {path}"
        elif not path.is_file():
            raise Damaged(f"{path} is missing; `scrapy verify --repair` queues its pages again")


def _remove_unlisted(folder: Path, ledger: Ledger) -> Iterator[str]:
    listed = {segment.path(folder) for segment in ledger.segments}
    for path in _segment_files(folder):
        if path not in listed:
            path.unlink()
            yield f"removed {path}, which was not committed or has been replaced"


def now() -> str:
    """Return the time as records have it, ISO 8601 in UTC."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")


def write_report(folder: Path, ledger: Ledger, run: Run) -> None:
    """Write `runs/<id>.json`."""
    (folder / RUNS).mkdir(exist_ok=True)
    whole = report(
        folder.name, [run], ledger.sources.asked(run.number, run.number), ledger.pages.queued(in_flight=True)
    )
    segments.write_whole(folder / RUNS / f"{run.id}.json", msgspec.json.format(msgspec.json.encode(whole), indent=2))


def restore_runs(folder: Path, ledger: Ledger) -> None:
    """Note in a new ledger the runs that left a report."""
    reports = []
    for path in (folder / RUNS).glob("*.json"):
        with suppress(OSError, msgspec.DecodeError):
            reports.append(read_report(path))
    for number, left in enumerate(sorted(reports, key=lambda report: (report.started_at, report.crawl)), 1):
        ledger.runs.put(
            Run(
                number=number,
                id=left.id,
                crawl=left.crawl,
                started_at=left.started_at,
                ended_at=left.ended_at,
                reason=left.reason,
                complete=left.complete,
                counts=counts_of(left),
            )
        )
        for asked in left.sources:
            ledger.sources.put_asked(number, asked)
