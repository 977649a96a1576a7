"""The segments that records are added to, one of each kind."""

from __future__ import annotations

from pathlib import Path

from pipelines.store import segments
from pipelines.store.ledger import Ledger
from pipelines.store.segments import Appender, Segment


class OpenSegments:
    """Adds records to the files of a collection. Methods raise `OSError` and `sqlite3.Error`."""

    def __init__(self, folder: Path, ledger: Ledger, compression: str) -> None:
        self.folder, self.ledger, self.compression = folder, ledger, compression
        self._appenders: dict[str, Appender] = {}

    def append(self, kind: str, data: bytes) -> tuple[int, int]:
        """Add one record, and return the number of its segment and where in it the record begins."""
        appender = self._appender(kind)
        return appender.segment.number, appender.append(data)

    def sync(self) -> None:
        """Wait until the disk has what was added, and note in the ledger what may be committed."""
        for appender in self._appenders.values():
            appender.sync()
            self.ledger.segments.put(appender.segment)

    def seal(self, size: int) -> None:
        """Close the segments that hold more than `size` bytes."""
        full = [kind for kind, appender in self._appenders.items() if appender.end > size]
        replaced = []
        for kind in full:
            appender = self._appenders.pop(kind)
            appender.close()
            replaced.append(segments.seal(self.folder, appender.segment, self.compression))
            self.ledger.segments.put(appender.segment)
        if full:
            # a lost write-ahead log must not bring back a time in which the replaced file was the true one
            self.ledger.checkpoint()
            for path in filter(None, replaced):
                path.unlink()

    def seal_all(self) -> None:
        """Close every segment that holds anything, those that an earlier run left open too."""
        for segment in self.ledger.segments:
            if segment.file is None:
                self._appender(segment.kind)
        self.seal(0)

    def close(self) -> None:
        """Let the files go; what was not synced is gone."""
        for appender in self._appenders.values():
            appender.close()
        self._appenders.clear()

    def _appender(self, kind: str) -> Appender:
        if kind not in self._appenders:
            segment = next((each for each in self.ledger.segments.of(kind) if each.file is None), None)
            segment = segment or Segment(number=self.ledger.segments.next_number(), kind=kind)
            self.ledger.segments.put(segment)
            self._appenders[kind] = Appender(self.folder, segment)
        return self._appenders[kind]
