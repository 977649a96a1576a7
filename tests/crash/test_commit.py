"""The end of the process, or a failure, at each step of the commit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.crash import Site
from benchmarks.forker import Forker
from pipelines import NoCollection
from pipelines.store.verify import verify
from scrapers.commands.crawl import COMPLETE, NOT_STORED, WITH_REJECTED
from tests.crash.faults import CRASHED, POINTS
from tests.crash.states import is_whole, log

LATER = {"write": 4, "fsync": 6, "transaction": 3, "rename": 2, "remove": 2}
"""A later time that a crawl of a small site comes to each point."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_the_process_ends_at_a_step_of_the_commit(forker: Forker, site: Site, point: str, when: str) -> None:
    for nth in (1, LATER[point]):
        data = f"data-{nth}"
        command = site.command(data, "COMMIT_INTERVAL=0.05")
        options = {"point": point, "when": when, "nth": nth}
        assert forker.run(command, site.folder / "log", "tests.crash.faults:crash", **options) == CRASHED
        if (site.folder / data / "linked" / "ledger.db").exists():
            assert list(verify(site.folder / data / "linked")) == []  # what was committed is there
        assert forker.run(command, site.folder / "log") == WITH_REJECTED
        assert is_whole(site, data)


@pytest.mark.parametrize("point", POINTS)
def test_the_nth_step_of_the_commit_fails(forker: Forker, site: Site, point: str) -> None:
    failed = 0
    for nth in range(1, 100):
        data = f"data-{nth}"
        command = site.command(data, "COMMIT_INTERVAL=1")
        code = forker.run(command, site.folder / "log", "tests.crash.faults:fail", point=point, nth=nth)
        if code == WITH_REJECTED:
            break
        assert code == NOT_STORED
        failed += 1
        assert forker.run(command, site.folder / "log") == WITH_REJECTED
        assert is_whole(site, data)
    assert failed >= 2
    assert is_whole(site, data)


def test_a_full_disk(forker: Forker, site: Site) -> None:
    command = site.command("data", "COMMIT_INTERVAL=0.05")
    for size in (0, 5_000, 40_000, 200_000):
        # the log is on the disk too
        code = forker.run(command, Path("/dev/full"), "tests.crash.faults:limit_file_size", size=size)
        assert code == NOT_STORED, size
    assert forker.run(command, site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_runs_full_and_has_room_again(forker: Forker, site: Site, small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * 750_000)
    (site.folder / "data").symlink_to(small_disk)
    command = site.command("data", "COMMIT_INTERVAL=0.05", "DISK_RESERVE=0")
    assert forker.run(command, site.folder / "log") == NOT_STORED
    assert "what is not stored is fetched again by the same command" in log(site)
    filler.unlink()
    assert forker.run(command, site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


def test_a_crawl_stops_before_the_disk_is_full(forker: Forker, site: Site) -> None:
    free = os.statvfs(site.folder)
    reserve = free.f_bavail * free.f_frsize * 2
    assert forker.run(site.command("data", f"DISK_RESERVE={reserve}"), site.folder / "log") == NOT_STORED
    assert "stopped before the disk is full" in log(site)
    assert "Traceback" not in log(site)
    assert list(verify(site.folder / "data" / "linked")) == []
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


def test_a_folder_that_cannot_be_written(forker: Forker, site: Site) -> None:
    command = site.command("data")
    place = command.index(f"DATA_DIR={site.folder / 'data'}")
    for folder in ("/proc/broadsheet", str(site.log)):  # not even root writes there
        command[place] = f"DATA_DIR={folder}"
        assert forker.run(command, site.folder / "log") == NOT_STORED
        assert f"{folder}/linked cannot be written" in log(site)
        with pytest.raises(NoCollection):
            list(verify(Path(folder) / "linked"))
    assert site.answers() == []


def test_a_disk_that_must_not_be_written(forker: Forker, site: Site, small_disk: Path) -> None:
    (site.folder / "data").symlink_to(small_disk)
    command = site.command("data", "DISK_RESERVE=0")
    assert forker.run(command, site.folder / "log") == WITH_REJECTED
    for mode, code in (("ro", NOT_STORED), ("rw", COMPLETE)):
        subprocess.run(["mount", "-o", f"remount,{mode}", str(small_disk)], check=True)
        assert forker.run(command, site.folder / "log") == code
    assert is_whole(site, "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; a disk that must not be written is its test")
def test_a_collection_that_must_not_be_written(forker: Forker, site: Site) -> None:
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    collection = site.folder / "data" / "linked"
    for path in [*collection.iterdir(), collection]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert forker.run(site.command("data"), site.folder / "log") == NOT_STORED
    for path in [collection, *collection.iterdir()]:
        path.chmod(0o755)
    assert is_whole(site, "data")
