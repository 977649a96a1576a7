"""Tells a webhook and an address when the verdict on a site changes."""

from __future__ import annotations

import http.client
import smtplib
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from pipelines.store.segments import write_whole
from scrapers.failure import Refused
from scrapers.guard import Guard, private_address
from scrapers.operations.health import Health, Verdict

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_MEMORY = "health.json"
_TIMEOUT = 20  # seconds


class CannotAlert(Exception):
    """A change of verdict could not be told; it is told with the next one."""


def changed(folder: Path, health: Health, confirmed: int) -> Verdict | None:
    """Return the verdict that was last told of a collection, if it is another one for so many crawls.

    A new site is taken to be ok.
    """
    try:
        before = msgspec.json.decode((folder / _MEMORY).read_bytes(), type=Health).verdict
    except (OSError, msgspec.DecodeError):
        before = Verdict.OK
    return before if before != health.verdict and health.crawls >= confirmed else None


def tell(folder: Path, health: Health, settings: BaseSettings) -> bool:
    """Tell a change to HEALTH_WEBHOOK and HEALTH_MAIL_TO and remember it; return whether there was one to tell.

    Raise `CannotAlert`.
    """
    webhook, recipients = settings["HEALTH_WEBHOOK"], settings.getlist("HEALTH_MAIL_TO")
    before = changed(folder, health, settings.getint("HEALTH_CONFIRMED"))
    if before is None or not (webhook or recipients):
        return False
    if webhook:
        _post(webhook, msgspec.json.encode({**msgspec.to_builtins(health), "before": before}), settings)
    if recipients:
        _mail(recipients, before, health, settings)
    write_whole(folder / _MEMORY, msgspec.json.encode(health))
    return True


def _post(url: str, body: bytes, settings: BaseSettings) -> None:
    """Post JSON to a public address; redirects are not followed."""
    parts = urlsplit(url)
    try:
        connection = _connection(url, Guard.from_settings(settings))
        try:
            target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            connection.request("POST", target, body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, Refused) as error:
        raise CannotAlert(f"HEALTH_WEBHOOK on {parts.hostname}: {error}") from error
    if not 200 <= status < 300:
        raise CannotAlert(f"HEALTH_WEBHOOK on {parts.hostname} answered {status}")


def _connection(url: str, guard: Guard) -> http.client.HTTPConnection:
    """Return a connection to the address that was checked: a second look-up of the name could give another."""
    guard.check_url(url, resolved_elsewhere=False)
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    addresses = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [address for address in addresses if not guard.allows(host, address, port)]
    if refused:
        raise private_address(host, port, refused[0])
    stream = socket.create_connection((addresses[0], port), timeout=_TIMEOUT)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    connection.sock = ssl.create_default_context().wrap_socket(stream, server_hostname=host) if is_tls else stream
    return connection


def _mail(recipients: list[str], before: Verdict, health: Health, settings: BaseSettings) -> None:
    """Send a message through the server of Scrapy's MAIL_* settings."""
    message = EmailMessage()
    message["Subject"] = f"{health.site}: {health.verdict} (was {before})"
    message["From"], message["To"] = settings["MAIL_FROM"], ", ".join(recipients)
    message.set_content("\n".join([f"{health.site} is {health.verdict} since {health.at}.", *health.evidence, ""]))
    kind = smtplib.SMTP_SSL if settings.getbool("MAIL_SSL") else smtplib.SMTP
    try:
        with kind(settings["MAIL_HOST"], settings.getint("MAIL_PORT"), timeout=_TIMEOUT) as server:
            if settings.getbool("MAIL_TLS"):
                server.starttls(context=ssl.create_default_context())
            if settings["MAIL_USER"]:
                server.login(settings["MAIL_USER"], settings["MAIL_PASS"] or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise CannotAlert(f"mail through {settings['MAIL_HOST']}: {error}") from error
