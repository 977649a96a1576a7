"""Why a stage lets an item go."""

from __future__ import annotations

from typing import ClassVar

from scrapy.exceptions import DropItem


class Dropped(DropItem):
    """The item is not kept; `reason` is a short stable word for counting, `detail` a sentence for a person."""

    outcome: ClassVar[str] = "rejected"
    """What becomes of its page, as the ledger counts it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{detail} ({reason})", log_level="DEBUG")
        self.reason, self.detail = reason, detail


class Duplicate(Dropped):
    """Another page has this article."""

    outcome = "duplicate"


class Unchanged(Dropped):
    """The collection has this article from this page, with the same title and body."""

    outcome = "unchanged"
