"""`scrapy genspider`: Scrapy's own, for our sites: our template by default, and an exit code that tells."""

from __future__ import annotations

import argparse
import re
from keyword import iskeyword
from pathlib import Path
from typing import Any

from scrapy.commands import genspider
from scrapy.exceptions import UsageError

from pipelines.urls import is_web_address
from scrapers.terminal import piped


class Command(genspider.Command):
    """Writes a site's module from the template `site`."""

    def syntax(self) -> str:
        return "[options] NAME URL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.set_defaults(template="site")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.list or opts.dump:
            super().run(args, opts)
            return
        if len(args) != 2:
            raise UsageError(f"genspider takes a NAME and a URL, got {' '.join(args) or 'none'}", print_help=False)
        name, url = args
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or iskeyword(name):
            raise UsageError(f"{name!r} names no module; a site is named by its domain: apnews_com", print_help=False)
        site = url if "://" in url else f"https://{url}"
        # it will stand in the module between quotation marks
        if not is_web_address(site) or not re.search(r"[^/:]\.\w", site) or re.search(r'[\s"\\]', site):
            raise UsageError(f"{url!r} is no address of a site", print_help=False)
        self.exitcode = 1  # Scrapy says why it wrote nothing, and ends in 0
        super().run([name, site], opts)

    def _genspider(self, *arguments: Any) -> Path:
        self.exitcode = 0
        return super()._genspider(*arguments)

    def _generate_template_variables(self, module: str, name: str, url: str, template_name: str) -> dict[str, Any]:
        variables = super()._generate_template_variables(module, name, url, template_name)
        host = variables["domain"].partition(":")[0]
        return {**variables, "domain": host.removeprefix("www.")}
