"""The record's JSON Schema: types from the dataclasses, descriptions from the docstrings of their attributes."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import msgspec

from pipelines import article


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `Article`, each field with its docstring as `description`."""
    schema = msgspec.json.schema(article.Article)
    docstrings = _attribute_docstrings()
    for name, definition in schema["$defs"].items():
        definition["properties"] = {
            attribute: {"description": docstring, **definition["properties"][attribute]}
            for attribute, docstring in docstrings[name].items()
        }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _attribute_docstrings() -> dict[str, dict[str, str]]:
    """Return class -> attribute -> the docstring that stands below it; Python itself does not keep those."""
    return {
        node.name: {
            attribute.target.id: " ".join(inspect.cleandoc(text.value.value).split())
            for attribute, text in zip(node.body, node.body[1:], strict=False)
            if isinstance(attribute, ast.AnnAssign)
            and isinstance(attribute.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        }
        for node in ast.parse(inspect.getsource(article)).body
        if isinstance(node, ast.ClassDef)
    }
