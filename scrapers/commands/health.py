"""`scrapy health`: what is wrong with a site, by its latest crawl beside its earlier ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec
from scrapy.commands import ScrapyCommand

from pipelines.store.collection import LEDGER, open_collection
from pipelines.store.errors import StoreError
from scrapers.configuration import check
from scrapers.operations.alerts import CannotAlert, tell
from scrapers.operations.health import Health, Verdict, judge
from scrapers.terminal import piped

ERROR, NOT_OK = 1, 8


class Command(ScrapyCommand):
    """Judges sites by the reports of their crawls."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [site ...]"

    def short_desc(self) -> str:
        return "Tell how sites are doing: ok, quiet, blocked, walled, gone, or changed in layout"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}. Without a site: all that were crawled. A verdict is confirmed when HEALTH_CONFIRMED"
            " crawls in a row have it; its change is then told to HEALTH_WEBHOOK and HEALTH_MAIL_TO, if they are set."
            " Exit codes: 0 it is not confirmed of any site that something is wrong; 1 a site could not be judged, or"
            f" a change could not be told; {NOT_OK} it is confirmed that something is wrong with a site."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print a JSON object a line")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            check(self.settings)
        except ValueError as error:
            print(f"scrapy health: {error}", file=sys.stderr)
            self.exitcode = ERROR
            return
        confirmed = self.settings.getint("HEALTH_CONFIRMED")
        data = Path(self.settings["DATA_DIR"])
        folders = [data / name for name in args] or sorted(path.parent for path in data.glob(f"*/{LEDGER}"))
        codes = {0}
        if not folders:
            print(f"scrapy health: {data} holds no collection: nothing was crawled yet", file=sys.stderr)
            codes.add(ERROR)
        for folder in folders:
            try:
                health = look(folder)
                _show(health, confirmed, as_json=opts.json)
                codes.add(0 if health.verdict == Verdict.OK or health.doubt(confirmed) else NOT_OK)
                tell(folder, health, self.settings)
            except (StoreError, CannotAlert) as error:
                print(f"scrapy health: {error}", file=sys.stderr)
                codes.add(ERROR)
        self.exitcode = ERROR if ERROR in codes else max(codes)


def look(folder: Path) -> Health:
    """Return the health of the site whose collection is in a folder; raise `StoreError`."""
    with open_collection(folder) as collection:
        health = judge(collection.reports())
    if health is None:
        raise StoreError(f"{folder}: no crawl of it has ended that asked for anything")
    return health


def _show(health: Health, confirmed: int, *, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.encode({**msgspec.to_builtins(health), "confirmed": health.crawls >= confirmed}).decode())
        return
    verdict = health.verdict.upper() if health.verdict != Verdict.OK else health.verdict
    if doubt := health.doubt(confirmed):
        verdict += f", {doubt}"
    print(f"{health.site:<24} {verdict}")
    for sentence in health.evidence:
        print(f"{'':24} {sentence}")
