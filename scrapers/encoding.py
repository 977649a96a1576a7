"""Bytes of a page -> the charset to read them in, and how it is known."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_HEAD = 4096  # HTML asks authors to declare the charset within the first kilobyte; real pages need more


def detect(body: bytes, *, declared: str | None = None, default: str | None = None) -> tuple[str, str]:
    """Return the charset of a page and the evidence for it: `bom`, `http`, `meta`, `utf-8`, `site` or `fallback`.

    `declared` is the charset of the HTTP header, `default` what the site's pages are known to use.
    """
    if body.startswith(codecs.BOM_UTF8):
        return "utf-8", "bom"
    match = _DECLARED.search(body[:_HEAD])
    for name, evidence in ((declared, "http"), (match and match[1].decode("ascii"), "meta")):
        if name and _known(name):
            return name, evidence
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return (default, "site") if default else ("cp1252", "fallback")
    return "utf-8", "utf-8"


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
