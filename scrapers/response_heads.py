"""A limit to the size of what a server sends before the body of a response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.python.failure import Failure
from twisted.web._newclient import BODY

if TYPE_CHECKING:
    from twisted.internet.interfaces import IAddress

_LARGEST = 256 * 2**10  # bytes; browsers take as many


class HeadTooLarge(Exception):
    """The head of a response is longer than any server needs."""


def is_head_too_large(error: BaseException) -> bool:
    """Whether that is at the bottom of a failed download."""
    return any(reason.check(HeadTooLarge) for reason in getattr(error.__cause__, "reasons", ()))


class _Protocol(_LenientHTTP11ClientProtocol):
    """Gives up a connection on which a response does not begin."""

    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        answered = super().request(request)
        assert self._parser is not None
        self._parser.MAX_LENGTH = _LARGEST  # of a line; beyond Twisted's own, 16 KB, the connection ends without a word
        return answered

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        if parser is not None and parser.state != BODY:
            self._head += len(data)
            if self._head > _LARGEST:
                self._giveUp(Failure(HeadTooLarge(f"more than {_LARGEST} bytes of headers")))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class BoundedHeads(_LenientHTTP11ClientFactory):
    """Factory of an `HTTPConnectionPool`."""

    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
