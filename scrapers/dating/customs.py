"""How the site of a page writes its dates, and the zones that names mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapers.vocabulary.dates import DAY_FIRST_DOMAINS

if TYPE_CHECKING:
    from scrapers.document import Document


@cache  # `ZoneInfo` itself remembers only eight
def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the zone of a name; None for no name and an unknown one."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def customs(document: Document) -> tuple[str, bool]:
    """Return the language that a page declares, and whether it writes the month before the day."""
    declared = document.tree.get("lang") or next(iter(document.metas.get("og:locale", ())), "")
    language, _, region = (declared or document.default_language or "").replace("_", "-").lower().partition("-")
    if language not in ("", "en") or document.host.rpartition(".")[2] in DAY_FIRST_DOMAINS:
        return language, False
    return language, region in ("", "us", "ph") if language else True
