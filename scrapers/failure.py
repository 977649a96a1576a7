"""Why a page could not be fetched, as a short stable reason and a sentence."""

from __future__ import annotations

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
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import VerificationError


class Refused(IgnoreRequest):
    """A request that we do not make, or an answer that we do not take; not retried."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{detail} ({reason})")
        self.reason, self.detail = reason, detail


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


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Return reason and sentence of a failed download: `("http-404", "the server answered 404")`."""
    if isinstance(error, Refused):
        return error.reason, error.detail
    if isinstance(error, HttpError):
        return f"http-{error.response.status}", f"the server answered {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if _certificate_failed(error):
        return "certificate", f"the server's certificate was not accepted: {error}"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason, str(error) or kind.__name__
    return "error", f"{type(error).__name__}: {error}"


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
