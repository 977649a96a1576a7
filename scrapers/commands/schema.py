"""`scrapy schema`: what a record holds."""

from __future__ import annotations

import argparse
import json

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipelines.schema import json_schema
from scrapers.terminal import piped


class Command(ScrapyCommand):
    """Prints the record's JSON Schema."""

    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Print the JSON Schema of a record, each field described"

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if args:
            raise UsageError(f"schema takes no arguments, got {' '.join(args)}", print_help=False)
        print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
