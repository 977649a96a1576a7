"""Any site, without a module of its own.

scrapy crawl news -a site=https://example.org
scrapy crawl news -a sites=FILE          a site a line
scrapy crawl news -a urls=FILE           the address of an article a line
scrapy crawl news -a collection=NAME     kept in data/NAME, by default data/news
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from pipelines.urls import is_web_address, site_of, without_credentials
from scrapers.discovery import sources_of
from scrapers.entry import Entry
from scrapers.spider import NewsSpider


class News(NewsSpider):
    """Finds the sources of the sites that it is given, or visits the articles that it is given."""

    name = "news"

    def __init__(
        self,
        name: str | None = None,
        *,
        site: str | None = None,
        sites: str | None = None,
        urls: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(name, **options)
        self.sites = [_read(_site, site, "-a site")] if site else []
        self.sites += _lines(_site, "sites", sites) if sites else []
        self.urls = _lines(_url, "urls", urls) if urls else []
        if not self.sites and not self.urls:
            raise UsageError("news needs -a site=https://example.org, -a sites=FILE or -a urls=FILE", print_help=False)
        self.allowed_domains = sorted({site_of(site) for site in self.sites})

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests for robots.txt and home page of each site, and for each article."""
        for site in self.sites:
            for source in sources_of(site):
                yield self.ask(source)
        for url in self.urls:
            request = self.visit(Entry(url=url, source="urls"))
            request.meta["allow_offsite"] = True
            yield request


def _lines(read: Callable[[str], str], option: str, file: str) -> list[str]:
    """Return what a file names, a line each; lines that begin with `#` are comments."""
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"-a {option}={file}: {error.strerror}", print_help=False) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"-a {option}={file}: it is not UTF-8", print_help=False) from error
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    named = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not named:
        raise UsageError(f"-a {option}={file}: the file names nothing", print_help=False)
    return [_read(read, line, f"-a {option}={file}:{number}") for number, line in named]


def _read(read: Callable[[str], str], line: str, place: str) -> str:
    try:
        return read(line)
    except ValueError as error:
        raise UsageError(f"{place}: {error}", print_help=False) from error


def _site(line: str) -> str:
    """Return the address of a site's home page; a bare host is taken for https."""
    url = _url(line if "://" in line else f"https://{line}")
    return url if urlsplit(url).path else f"{url}/"


def _url(line: str) -> str:
    if not is_web_address(line):
        raise ValueError(f"{line[:50]!r} is no http or https address")
    if without_credentials(line) != line:
        raise ValueError(
            f"{without_credentials(line)} has credentials before its host, which are not used: remove them"
        )
    return line
