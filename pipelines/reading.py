"""The page that is being read, for stages, which see items only."""

from __future__ import annotations

from contextvars import ContextVar

page_read: ContextVar[int | None] = ContextVar("page_read", default=None)
"""The ledger's number of the page whose callback yields items; tasks that Scrapy starts from there inherit it."""
