"""What the newsroom publishes, and what a crawl must make of it: the folders of `pages/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

PAGES = Path(__file__).parent / "pages"
HOST = "halmere-courier.example"
"""The name under which the pages speak of their own site."""


@dataclass(frozen=True)
class Version:
    """A page as it stands from a moment on."""

    file: Path
    since: datetime
    record: dict[str, Any]
    """The fields that a crawl must read from it; those that it does not have are left out."""


@dataclass(frozen=True)
class Story:
    """One address of the newsroom. It holds a page that a crawl must keep, one that it must reject, or none."""

    slug: str
    url: str
    versions: list[Version]
    """Oldest first; none for an address that answers 404."""

    listed: list[str] = field(default_factory=list)
    """The listings that name it: sections, feeds and sitemaps."""

    listed_as: str | None = None
    """The path under which listings name it, if it has moved since."""

    parts: dict[str, Path] = field(default_factory=dict)
    """Path -> file of the pages that continue the first one."""

    copy_of: str | None = None
    """Slug of the story whose text this one repeats: a crawl keeps one of the two."""

    rejection: str | None = None
    """The reason for which a crawl must reject it; None for an article."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a folder of `pages/`."""
        files = [folder / "article.json", folder / "rejection.json"]
        data = json.loads(next(file for file in files if file.exists()).read_text("utf-8"))
        site = {name: data.pop(name) for name in ("listed", "listed_as", "copy_of") if name in data}
        parts = {path: folder / file for path, file in data.pop("parts", {}).items()}
        rejection = data.pop("reason", None)
        versions = list(_versions(folder, data))
        return cls(folder.name, data["url"], versions, **site, parts=parts, rejection=rejection)

    @cached_property
    def path(self) -> str:
        """Path of the address."""
        return urlsplit(self.url).path

    def at(self, now: datetime) -> Version | None:
        """Return the page as it stands at a moment; None before it appears."""
        return max((version for version in self.versions if version.since <= now), key=_since, default=None)


def load_stories() -> list[Story]:
    """Return all that the newsroom ever publishes, newest first."""
    stories = [Story.load(folder) for folder in sorted(PAGES.iterdir()) if folder.is_dir()]
    return sorted(stories, key=lambda story: [version.since for version in story.versions], reverse=True)


def _versions(folder: Path, record: dict[str, Any]) -> Iterator[Version]:
    if (folder / "page.html").exists():
        yield Version(folder / "page.html", _moment(record.get("published_at") or record.get("date")), record)
    for file in sorted(folder.glob("*/article.json")):
        later = json.loads(file.read_text("utf-8"))
        yield Version(file.with_name("page.html"), _moment(later["modified_at"]), later)


def _moment(text: str | None) -> datetime:
    moment = datetime.fromisoformat(text or "1990-01-01")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _since(version: Version) -> datetime:
    return version.since
