"""Why a page could not be fetched, as a short stable reason and a sentence."""

from __future__ import annotations

import re

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import VerificationError
from twisted.internet.error import ConnectionClosed, ConnectionDone
from twisted.web._newclient import ParseError


class Refused(IgnoreRequest):
    """A request that we do not make, or an answer that we do not take; not retried."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{detail} ({reason})")
        self.reason, self.detail = reason, detail


class RefusedByRobots(Refused):
    """A request that robots.txt forbids, or may forbid: it could not be read."""


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection-refused"),
    (ResponseDataLossError, "incomplete"),
    (DownloadCancelledError, "too-large"),  # Scrapy cancels a download only at DOWNLOAD_MAXSIZE
    (DownloadFailedError, "connection"),
    (TunnelError, "proxy"),
    (NotSupported, "scheme"),
    (UnsupportedURLSchemeError, "scheme"),
)

_CLOSED = "the connection was closed before the answer was whole"
_LONGEST = 200  # characters of what a server sent, in a sentence


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Return reason and sentence of a failed download: `("http-404", "the server answered 404")`."""
    if isinstance(error, Refused):
        return error.reason, error.detail
    if isinstance(error, HttpError) and error.response.status in (206, 304):
        return "not-sent", f"the server answered {error.response.status} to what was asked for whole"
    if isinstance(error, HttpError):
        return f"http-{error.response.status}", f"the server answered {error.response.status}{leads(error.response)}"
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if _certificate_failed(error):
        return "certificate", f"the server's certificate was not accepted: {error}"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason, _cause(error) or str(error) or _CLOSED
    return "error", f"{type(error).__name__}: {error}"


def leads(response: Response) -> str:
    """Return the end of a sentence: where a redirect leads that is not followed; empty for another answer."""
    target = response.headers.get(b"Location")
    if target is None or not 300 <= response.status < 400:
        return ""
    return f" and leads to {_shown(_without_credentials(target))}"


def _cause(error: BaseException) -> str | None:
    """Return in words why a download failed, where Twisted lists its reasons as objects."""
    for reason in getattr(error.__cause__, "reasons", ()):
        cause = reason.value
        if isinstance(cause, ConnectionDone):
            return _CLOSED
        if isinstance(cause, ParseError):
            return f"the answer is not HTTP: {cause.args[0]}: {_shown(cause.args[1])}"
        return str(cause) if isinstance(cause, ConnectionClosed) else f"the answer is broken: {cause}"
    return None


def _without_credentials(target: bytes) -> bytes:
    """Do as `pipelines.urls` does for web addresses, for a target of any scheme."""
    return re.sub(rb"//[^/?#]*@", b"//", target)


def _shown(sent: bytes) -> str:
    text = sent.decode("latin-1")
    return repr(text) if len(text) <= _LONGEST else f"{text[:_LONGEST]!r}..."


def _ignored(message: str) -> tuple[str, str]:
    """Scrapy's own middlewares tell their refusals apart by the message only."""
    if "offsite" in message:
        return "offsite", message
    if "redirections" in message:
        return "redirects", message
    return "ignored", message


def _certificate_failed(error: BaseException | None) -> bool:
    """Whether TLS verification is at the bottom of a failed download; Twisted lists its reasons in `reasons`."""
    while error is not None:
        for reason in getattr(error, "reasons", ()):
            if reason.check(SSL.Error, VerificationError):
                return True
        error = error.__cause__
    return False
