"""The articles of collections as a DuckDB view."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from pipelines.export.columns import INSTANTS, PRINTED, stored_types
from pipelines.export.errors import CannotWrite, ExportError
from pipelines.export.selection import Selection, literal, suggest
from pipelines.export.snapshot import take
from pipelines.extras import extra
from pipelines.plain import plain
from pipelines.progress import watch
from pipelines.store.collection import Collection
from pipelines.stories.story import Story

with extra("export"):
    import duckdb
    import pyarrow

Result = TypeVar("Result")

_COLLECTION = "split_part(filename, '/', -3)"  # .../<collection>/articles/<file>
_SUPERSEDED = "collection: 'VARCHAR', id: 'VARCHAR', revision: 'INTEGER'"
_NEWEST = "PARTITION BY id ORDER BY fetched_at DESC NULLS LAST, collection"
_STORY = "article: 'VARCHAR', story_id: 'VARCHAR', is_primary: 'BOOLEAN', similarity: 'DOUBLE', copies: 'INTEGER'"
_SETTINGS = (
    # a join keeps the articles in order, in one thread, and the other table in memory
    "disabled_optimizers = 'join_order,build_side_probe_side'",
    "TimeZone = 'UTC'",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
)
_NOT_WRITTEN = [os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)]
"""How the system says that a disk is full or broken; DuckDB wraps it in a text of its own."""
_LONGEST = 300  # characters of an error


class Database:
    """DuckDB with the view `articles`: the columns of a dataset, `_collection`, and the instants as they were printed.

    `folder` takes copies of open segments, what does not fit into `memory`, and what is written; it is the caller's to
    remove. Conditions of a selection read nothing but the collections. Raise `ExportError`.
    """

    def __init__(
        self,
        collections: Sequence[Collection],
        folder: Path,
        selection: Selection,
        *,
        stories: Sequence[Story] = (),
        skip_damaged: bool = False,
        memory: str = "450MB",
        threads: int = 2,
        show_progress: bool = False,
    ) -> None:
        self.selection, self.folder = selection, folder
        self._show_progress = show_progress
        by_name = {collection.name: collection for collection in collections}
        hosts = [site for site in selection.sites if site not in by_name]
        names = sorted(by_name if hosts else selection.sites or by_name)
        self.snapshot = take(
            [by_name[name] for name in names],
            folder,
            latest_only=selection.revisions == "latest",
            skip_damaged=skip_damaged,
        )
        self._conditions = selection.conditions()
        if hosts:
            sites = ", ".join(map(literal, selection.sites))
            self._conditions.append(f"_collection IN ({sites}) OR site IN ({sites})")
        with self._told():
            self.connection = duckdb.connect()
            self._configure(memory, threads, [by_name[name].folder for name in names])
            self._create_view(stories)
            self._check(hosts, names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def query(self, expressions: str | None = None, condition: str | None = None) -> str:
        """Return the query for the selected articles that also meet a condition, by default with the chosen columns."""
        columns = expressions or ", ".join(f"{column.value} AS {column.name}" for column in self.selection.chosen())
        # a condition may end in a comment, so its bracket closes on a line of its own
        conditions = " AND ".join(f"({each}\n)" for each in (*self._conditions, condition) if each)
        return f"SELECT {columns} FROM articles" + (f" WHERE {conditions}" if conditions else "")

    def run(self, sql: str, label: str = "") -> duckdb.DuckDBPyConnection:
        """Run a statement, with a progress bar if it has a label and a person watches; Ctrl-C ends it."""
        return self._work(lambda: self.connection.execute(sql), label)

    def arrow(self, sql: str) -> pyarrow.Table:
        """Return what a query finds as Arrow columns."""
        return self._work(lambda: self.connection.sql(sql).to_arrow_table())

    def _work(self, work: Callable[[], Result], label: str = "") -> Result:
        # DuckDB's own answer to SIGINT comes late or never, so the main thread waits and interrupts
        with self._told(), ThreadPoolExecutor(1) as worker:
            running = worker.submit(work)
            try:
                watch(running, label if self._show_progress else "", self.connection.query_progress)
            except KeyboardInterrupt:
                self.connection.interrupt()
                raise
            return running.result()

    def count(self, sql: str, label: str = "") -> int:
        """Run a statement that writes, and return how many rows it wrote."""
        return int(self.run(sql, label).fetchall()[0][0])

    def rows(self, sql: str, label: str = "") -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, a thousand in memory at a time."""
        cursor = self.run(sql, label)
        while True:
            with self._told():
                batch = cursor.fetchmany(1000)
            if not batch:
                return
            yield from batch

    def _configure(self, memory: str, threads: int, folders: Sequence[Path]) -> None:
        readable = ", ".join(literal(f"{folder.resolve()}/") for folder in [self.folder, *folders])
        for setting in (
            *_SETTINGS,
            # two threads would bring the rows of a join in the order of chance
            f"threads = {1 if self.selection.stories or self.snapshot.is_sifted else threads}",
            f"memory_limit = {literal(memory)}",
            f"temp_directory = {literal(str(self.folder.resolve() / 'spill'))}",
            f"allowed_directories = [{readable}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self.connection.execute(f"SET {setting}")

    def _create_view(self, stories: Sequence[Story]) -> None:
        types = ", ".join(f"{name}: {literal(type_)}" for name, type_ in stored_types().items())
        stored = f"{self._lines(self.snapshot.files, types)} stored"
        chosen = [
            *(f"{column.sql} AS {column.name}" for column in self.selection.known().values()),
            *(f"{name} AS {PRINTED.format(name)}" for name in INSTANTS),
            f"{_COLLECTION} AS _collection",
        ]
        if self._create_superseded(stored):
            stored += (
                f" ANTI JOIN superseded AS old ON old.collection = {_COLLECTION} AND old.id = stored.id"
                " AND old.revision = stored.revision"
            )
        if self.selection.stories:
            self._create_table("stories", map(asdict, stories), _STORY)
            # a subquery gives each article one row in its place, where a join may change their order
            stored = f"(SELECT *, (SELECT stories FROM stories WHERE article = stored.id) AS story FROM {stored})"
        self.connection.execute(f"CREATE VIEW articles AS SELECT {', '.join(chosen)} FROM {stored}")

    def _create_superseded(self, stored: str) -> bool:
        """Create the table of the lines that do not count, and return whether there are any.

        Of an article in several collections those of the one count that fetched it last.
        """
        damaged, shared = self.snapshot.damaged, self.snapshot.shared
        lines = [] if damaged else self.snapshot.superseded  # what can be read decides, not what the ledger knows
        self._create_table("superseded", (line._asdict() for line in lines), _SUPERSEDED)
        if damaged or shared:
            self._create_table("shared", ({"id": id_} for id_ in shared), "id: 'VARCHAR'")
            compared = "" if damaged else " WHERE id IN (FROM shared)"
            unwanted = f"collection <> first_value(collection) OVER ({_NEWEST})"
            if self.selection.revisions == "latest":
                unwanted += " OR revision < max(revision) OVER (PARTITION BY id, collection)"
            self.run(
                "INSERT INTO superseded SELECT collection, id, revision FROM"
                f" (SELECT {_COLLECTION} AS collection, id, revision, fetched_at FROM {stored}{compared})"
                f" QUALIFY {unwanted}",
                "Copies",
            )
        return bool(self.connection.execute("SELECT count(*) FROM superseded").fetchall()[0][0])

    def _create_table(self, name: str, rows: Iterable[dict[str, Any]], types: str) -> None:
        file = self.folder / f"{name}.jsonl"
        file.write_bytes(msgspec.json.Encoder().encode_lines(list(rows)))
        self.connection.execute(f"CREATE TABLE {name} AS SELECT * EXCLUDE filename FROM {self._lines([file], types)}")

    def _lines(self, files: Sequence[Path], types: str) -> str:
        if not files:
            files = [self.folder / "empty.jsonl"]
            files[0].touch()
        names = ", ".join(literal(escaped(file.resolve())) for file in files)
        return f"read_json([{names}], columns = {{{types}}}, format = 'newline_delimited', filename = true)"

    def _check(self, hosts: Sequence[str], names: Sequence[str]) -> None:
        """Raise `ExportError` for a site that no article has, and for a condition that is none."""
        if hosts:
            sites = {site for (site,) in self.rows("SELECT DISTINCT site FROM articles", "Sites")}
            for host in hosts:
                if host not in sites:
                    known = sorted({*names, *filter(None, sites)})
                    raise ExportError(
                        f"there is no collection and no site {host!r}{suggest(host, known)}; known: {', '.join(known)}"
                    )
        if self.selection.where:
            try:
                duckdb.SQLExpression(self.selection.where)
                self.connection.execute(f"EXPLAIN {self.query()}")  # names and types
            except duckdb.Error as error:
                raise ExportError(f"--where {self.selection.where!r} is no condition: {_short(error)}") from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what DuckDB found wrong in one line, and under which condition: some fail at a single article."""
        try:
            yield
        except duckdb.Error as error:
            if reason := next((reason for reason in _NOT_WRITTEN if reason in str(error)), None):
                raise CannotWrite(reason) from error
            condition = f"--where {self.selection.where!r}: " if self.selection.where else ""
            raise ExportError(condition + _short(error)) from error


def _short(error: duckdb.Error) -> str:
    return plain(str(error).partition("\n")[0], _LONGEST)  # it may quote a whole article


def escaped(path: Path) -> str:
    """Return a path that DuckDB does not take for a pattern."""
    return re.sub(r"([*?[])", r"[\1]", str(path))
