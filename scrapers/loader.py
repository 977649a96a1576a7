"""Loads the modules of the sites: one that is broken leaves the others alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from scrapy.spiderloader import SpiderLoader


class SiteLoader(SpiderLoader):
    """The spiders of SPIDER_MODULES by name, and as `broken` what is wrong with a module that cannot be loaded.

    `SPIDER_LOADER_WARN_ONLY` of Scrapy itself also leaves out all modules that come after a broken one.
    """

    def _load_all_spiders(self) -> None:
        self.broken: dict[str, str] = {}
        """Name of the module without its package -> why it cannot be loaded."""

        for package in self.spider_modules:
            for module in _modules(package):
                try:
                    self._load_spiders(import_module(module))
                except (Exception, SystemExit) as error:  # whatever the code of a site raises as it is imported
                    self.broken[module.rpartition(".")[2]] = f"{type(error).__name__}: {error}"
        self._check_name_duplicates()


def _modules(package: str) -> Iterator[str]:
    yield package
    for module in walk_packages(getattr(import_module(package), "__path__", ()), f"{package}.", onerror=_ignore):
        yield module.name


def _ignore(package: str) -> None:
    """Leave an inner package that cannot be imported to its own import."""
