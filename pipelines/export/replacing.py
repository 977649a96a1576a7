"""A file or folder takes the place of an older one in one step: whoever reads sees the old one or the new one."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.export.errors import ExportError
from pipelines.store.segments import sync_folder

_SUFFIX = ".partial"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """Make a hidden folder beside a target in which it is made; it goes when the block ends, however it ends.

    What a killed process left there is removed by the next one with the same target. Raise `ExportError`.
    """
    if not (place := target.parent).is_dir():
        raise ExportError(f"{place} is no folder" if place.exists() else f"the folder {place} does not exist")
    try:
        _remove_abandoned(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent))
    except OSError as error:
        raise ExportError(f"{target} cannot be made: {error.strerror}") from error
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def publish(made: Path, target: Path) -> None:
    """Let what was made take the place of the target, once the disk has it.

    A folder that is replaced comes to stand where the new one was made.
    """
    made.chmod(0o755 if made.is_dir() else 0o644)
    for path in (made, *made.rglob("*")) if made.is_dir() else (made,):
        _sync(path)
    if target.is_dir():
        _exchange(made, target)
    else:
        made.replace(target)
    sync_folder(target.parent)


def _remove_abandoned(target: Path) -> None:
    for folder in target.parent.iterdir():
        if not (folder.name.startswith(f".{target.name}.") and folder.name.endswith(_SUFFIX)):
            continue
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
        except BlockingIOError:
            continue  # another export is making the same dataset
        finally:
            os.close(lock)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(made: Path, target: Path) -> None:
    """Swap two folders. Where the system cannot do that at once, readers find none for a moment between two renames."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        failed = errno.ENOSYS
    else:
        done = rename(_AT_FDCWD, os.fsencode(made), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE)
        failed = ctypes.get_errno() if done else 0
    if failed in (errno.ENOSYS, errno.EINVAL):
        replaced = made.with_name(f"{made.name}.replaced")
        target.rename(replaced)
        made.rename(target)
    elif failed:
        raise OSError(failed, os.strerror(failed), str(target))
