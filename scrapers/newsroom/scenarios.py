"""Ways in which a host misbehaves, for the tests to put before the newsroom."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from scrapers.newsroom.newsroom import Request, Response
from scrapers.newsroom.server import Answer


@dataclass
class Failing:
    """Answers requests with an error status: the first `times` of them, or all: 410 for good, 429 with Retry-After."""

    status: int
    paths: str = ""
    """Regular expression that the path matches from its start."""

    host: str | None = None
    times: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Fail, or let the newsroom answer."""
        if not _concerns(request, self.host, self.paths) or self.times == 0:
            return answer(request)
        if self.times is not None:
            self.times -= 1
        return Response(self.status, headers=dict(self.headers))


@dataclass
class Slow:
    """Answers after a pause."""

    seconds: float
    paths: str = ""
    host: str | None = None

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Wait, then let the newsroom answer."""
        if _concerns(request, self.host, self.paths):
            time.sleep(self.seconds)
        return answer(request)


def _concerns(request: Request, host: str | None, paths: str) -> bool:
    return host in (None, request.host) and re.match(paths, request.path) is not None
