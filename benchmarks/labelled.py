"""The labelled pages and the measuring tool beside the project, in `../shared`: for measuring only, no part of it."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

MEASURE = Path(__file__).parents[2] / "shared" / "tools" / "measure"
AVAILABLE = MEASURE.is_dir()

METRICS = {
    "title_exact": "title exact",
    "authors_f1": "authors F1",
    "date_day": "same day",
    "date_instant": "same instant",
    "keywords_f1": "keywords F1",
    "body_f1": "body F1",
    "snippet_f1": "snippets F1",
    "language": "language",
}
"""Score of the measuring tool -> its column in the table."""


def load(name: str) -> ModuleType:
    """Load a module of the measuring tool (`corpora`, `score`) by its path."""
    spec = spec_from_file_location(f"measure_{name}", MEASURE / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
