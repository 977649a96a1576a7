"""Articles of collections from Python: as typed records, or as columns for Arrow, pandas and Polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipelines.article import Article
from pipelines.export.columns import COLUMNS, as_printed
from pipelines.export.selection import Selection
from pipelines.records import decode
from pipelines.store.collection import Collection

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from pipelines.export.database import Database


def select(collections: Collection | Sequence[Collection], **choice: Any) -> Selected:
    """Choose articles by the parts of a `Selection`: `select(collection, languages=("fr",), since=date(2024, 1, 1))`.

    Nothing is read yet. Raise `ExportError` for a column that there is not.
    """
    return Selected([collections] if isinstance(collections, Collection) else collections, Selection(**choice))


class Selected:
    """Articles that were chosen; each use reads the collections as of their last commits.

    Needs the extra `export`; raise `ExportError` for a site or condition that is none, and for a damaged segment.
    """

    def __init__(self, collections: Sequence[Collection], selection: Selection) -> None:
        self._collections, self.selection = collections, selection

    def __len__(self) -> int:
        with self._database() as database:
            return database.count(database.query("count(*)"))

    def __iter__(self) -> Iterator[Article]:
        fields = ", ".join(f"{name} := {as_printed(COLUMNS[name])}" for name in Article.__dataclass_fields__)
        with self._database() as database:
            for (line,) in database.rows(database.query(f"to_json(struct_pack({fields}))::VARCHAR")):
                yield decode(line.encode(), Article)

    def to_arrow(self) -> pyarrow.Table:
        """Return the chosen columns as an Arrow table."""
        with self._database() as database:
            return database.arrow(database.query())

    def to_pandas(self) -> pandas.DataFrame:
        """Return the chosen columns as a pandas frame on the memory of the Arrow table."""
        import pandas  # neither this nor Polars comes with an extra: who asks for a frame has it

        return self.to_arrow().to_pandas(types_mapper=pandas.ArrowDtype, split_blocks=True)

    def to_polars(self) -> polars.DataFrame:
        """Return the chosen columns as a Polars frame on the memory of the Arrow table."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    @contextmanager
    def _database(self) -> Iterator[Database]:
        from pipelines.export.database import Database  # DuckDB is an extra, which choosing does not need

        with (
            TemporaryDirectory(prefix="broadsheet-") as folder,
            Database(self._collections, Path(folder), self.selection, memory="800MB") as database,
        ):
            yield database
