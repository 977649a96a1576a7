"""Imports run one way: what is read does not know who reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
MODULES = sorted(
    file.relative_to(PROJECT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for package in ("pipelines", "scrapers")
    for file in (PROJECT / package).rglob("*.py")
)

LAYERS = {
    "scrapers": [
        "scrapers.document scrapers.encoding scrapers.structured scrapers.element scrapers.sources scrapers.vocabulary",
        "scrapers.parsers",
        "scrapers.page",
        "scrapers.spider",
        "scrapers.spiders",
        "scrapers.commands",
    ],
    "pipelines": [
        "pipelines.article",
        "pipelines.store pipelines.schema",
        "pipelines.stories",
        "pipelines.normalize pipelines.validate pipelines.deduplicate pipelines.keep pipelines.export",
        "pipelines.report",
    ],
}
"""Inner before outer: a layer imports itself and those above it in its list."""


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_inwards(module: str) -> None:
    for imported in _imports(module):
        assert imported.partition(".")[0] != "settings", "settings are read through the crawler"
        if module.startswith("pipelines"):
            assert not imported.startswith("scrapers"), "the pipelines know nothing of scraping"
        for layers in LAYERS.values():
            importer, target = _layer(module, layers), _layer(imported, layers)
            if importer is not None and target is not None:
                assert target <= importer, f"{imported} is further out than {module}"


def _layer(module: str, layers: list[str]) -> int | None:
    inside = [
        number
        for number, names in enumerate(layers)
        if any(module == name or module.startswith(f"{name}.") for name in names.split())
    ]
    return inside[0] if inside else None


def _imports(module: str) -> Iterator[str]:
    file = PROJECT.joinpath(*module.split("."))
    source = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
