"""The defaults that protect people, each held by a crawl on loopback."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from scrapers.middlewares.back_off import retry_after
from tests.serving import PROJECT, Crawl, Reply, Server, article, crawl_with, serving, write_urls

LARGE = b"<p>" + b"a" * (10 * 2**20 + 1)


@dataclass
class Trapped:
    """A crawl of two pages that are open to all and of addresses that must not be fetched, each kind by its name."""

    server: Server
    other: Server
    traps: dict[str, list[str]]
    crawl: Crawl

    def reasons(self, kind: str) -> set[str]:
        return {self.crawl.reasons.get(url, "none") for url in self.traps[kind]}


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trapped]:
    folder = tmp_path_factory.mktemp("safety")
    with serving() as server, serving() as other:
        traps = _traps(server, other, folder)
        moved = server.serve("/moved", Reply(status=302, headers={"Location": traps["redirect"][0]}))
        cookie = {"Content-Type": "text/html", "Set-Cookie": "reader=1"}
        fine = [server.serve(f"/open/{number}", Reply(article(f"Story {number}"), headers=cookie)) for number in (1, 2)]
        asked = [url for kind, urls in traps.items() for url in urls if kind != "redirect"]
        settings = {"USER_AGENT": "Broadsheet (+https://desk.example)"}
        crawl = crawl_with(server, "news", urls=write_urls(folder, *fine, moved, *asked), settings=settings)
        yield Trapped(server, other, traps, crawl)


def _traps(server: Server, other: Server, folder: Path) -> dict[str, list[str]]:
    port = server.netloc.partition(":")[2]
    spellings = "127.0.0.2 2130706435 0x7f000004 0177.0.0.5 127.6 [::ffff:127.0.0.7] [::1] 0.0.0.0".split()
    secret = folder / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    schemes = [secret.as_uri(), "data:text/html,<h1>x</h1>", "ftp://example.org/x", "s3://bucket/x"]
    server.serve("/robots.txt", "User-agent: Broadsheet\nDisallow: /private/\n\nUser-agent: *\nDisallow: /")
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    unannounced = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + LARGE
    return {
        "spelling": [f"http://{host}:{port}/secret" for host in spellings],
        "range": ["http://169.254.169.254/", "http://10.0.0.1/", "http://[fe80::1]/", "http://[fd00::1]/"],
        "redirect": [f"http://127.0.0.8:{port}/secret"],
        "scheme": [
            server.serve(f"/scheme/{number}", Reply(status=302, headers={"Location": target}))
            for number, target in enumerate(schemes)
        ],
        "port": [other.serve("/secret", article("Hidden")), "http://example.org:6379/"],
        "size": [
            server.serve("/large", LARGE),
            server.serve("/bomb", Reply(gzip.compress(LARGE), headers=packed)),
            server.serve("/unannounced", Reply(raw=unannounced)),
            server.serve("/headers", Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Filler: %s\r\n" % (b"a" * 9000) * 400)),
        ],
        "robots": [server.serve(f"/private/{number}", article("Private")) for number in range(6)],
    }


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("spelling", "private-address"),
        ("range", "private-address"),
        ("redirect", "private-address"),
        ("scheme", "http-302"),  # the redirect is not followed
        ("port", "port"),
        ("size", "too-large"),
        ("robots", "robots"),
    ],
)
def test_what_must_not_be_fetched_is_not(trapped: Trapped, kind: str, reason: str) -> None:
    assert trapped.reasons(kind) == {reason}
    assert trapped.other.requests == []
    assert not [path for path in trapped.server.requests if path == "/secret" or path.startswith("/private")]


def test_the_rest_of_the_crawl_is_unharmed(trapped: Trapped) -> None:
    assert sorted(found["url"] for found in trapped.crawl.articles) == [
        f"{trapped.server.url}/open/{number}" for number in (1, 2)
    ]


def test_no_console_no_cookies_and_a_user_agent_that_names_its_operator(trapped: Trapped) -> None:
    assert set(trapped.server.headers("User-Agent")) == {"Broadsheet (+https://desk.example)"}
    assert set(trapped.server.headers("Cookie")) == {None}
    assert "TelnetConsole" not in trapped.crawl.log
    assert "RemoteControl" not in trapped.crawl.log


def test_a_source_names_no_file(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(
        f"<urlset><url><loc>{server.url}/2025/05/03/a-secret-story</loc></url></urlset>", encoding="utf-8"
    )
    server.serve("/robots.txt", f"Sitemap: {secret.as_uri()}\nSitemap: {server.url}/sitemap.xml")
    server.serve("/sitemap.xml", f"<sitemapindex><sitemap><loc>{secret.as_uri()}</loc></sitemap></sitemapindex>")
    server.serve("/", f"<link rel=alternate type=application/rss+xml href='{secret.as_uri()}'>")
    outcome = crawl("news", site=server.url)
    assert "/2025/05/03/a-secret-story" not in server.requests
    assert "secret" not in outcome.log


def test_a_proxy_gets_no_private_address(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    """Behind a proxy the proxy resolves names: `news.example` need not exist here."""
    for host in ("news.example", "127.0.0.1", "2130706433", "intranet", "metadata.google.internal"):
        server.serve(f"http://{host}/robots.txt", "")
        server.serve(f"http://{host}/one", article("Through the proxy"))
    urls = [f"http://{host}/one" for host in ("news.example", "127.0.0.1", "2130706433", "intranet")]
    urls += ["http://metadata.google.internal/one", "http://news.example:22/one", "http://169.254.169.254/"]
    through = crawl("news", urls=write_urls(tmp_path, *urls), env={"http_proxy": server.url})
    assert [found["url"] for found in through.articles] == ["http://news.example/one"]
    assert sorted(through.reasons.values()) == ["port"] + ["private-address"] * 5


def test_a_robots_txt_that_fails_forbids(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    server.serve("/robots.txt", Reply("try later", 503))
    outcome = crawl(
        "news",
        urls=write_urls(tmp_path, server.serve("/open", article("Open"))),
        settings={"BACK_OFF": 0.1, "ROBOTSTXT_RETRY_TIMES": 1},
    )
    assert list(outcome.reasons.values()) == ["robots-unreachable"]
    assert "/open" not in server.requests


def test_certificates_are_verified(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    with serving(_self_signed(tmp_path)) as server:
        url = server.serve("/one", article("One"))
        outcome = crawl("news", urls=write_urls(tmp_path, url), settings={"ALLOWED_PRIVATE_HOSTS": server.netloc})
    assert outcome.reasons == {url: "certificate"}
    assert server.requests == []


THROTTLED = {
    "DOWNLOAD_DELAY": 0.01,
    "DOWNLOAD_DELAY_JITTER": 0,
    "AUTOTHROTTLE_ENABLED": True,
    "EXTENSIONS": {"scrapers.throttle.Throttle": 0, "scrapy.extensions.throttle.AutoThrottle": None},
}


def test_a_server_that_is_slow_is_asked_less_often(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    """After each answer there is a pause as long as that answer took."""
    urls = [server.serve(f"/{number}", Reply(article(f"Story {number}"), pause=0.2)) for number in range(3)]
    crawl("news", urls=write_urls(tmp_path, *urls), settings=THROTTLED)
    assert min(b - a for a, b in pairwise(server.times[1:])) > 0.39
    settings = get_project_settings()
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert THROTTLED["EXTENSIONS"].items() <= settings.getdict("EXTENSIONS").items()  # type: ignore[attr-defined]


@pytest.mark.parametrize("settings", [{}, THROTTLED], ids=["without throttle", "with throttle"])
def test_one_request_at_a_time_with_the_delay_that_robots_txt_asks_for(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path, settings: dict[str, object]
) -> None:
    server.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.4")
    urls = [server.serve(f"/{number}", article(f"Story {number}")) for number in range(3)]
    crawl("news", urls=write_urls(tmp_path, *urls), settings=settings)
    assert server.most_at_once == 1
    assert server.times[-1] - server.times[0] > 0.8  # three pauses of 0.4 seconds; none without the rule
    assert get_project_settings().getfloat("DOWNLOAD_DELAY") >= 1


def test_retry_after_is_honoured_by_the_whole_host(server: Server, tmp_path: Path) -> None:
    for path in ("/1", "/2", "/3"):
        busy = Reply("wait", 429, {"Retry-After": "1"})
        server.serve(path, *([busy] if path == "/1" else []), article(f"Story {path}"))
    urls = write_urls(tmp_path, *(server.url + path for path in ("/1", "/2", "/3")))
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"urls={urls}", "-s", f"DATA_DIR={tmp_path}"]
    command += ["-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0"]
    assert subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode == 0
    assert server.requests[:2] == ["/robots.txt", "/1"]
    assert sorted(server.requests[2:]) == ["/1", "/2", "/3"]
    assert server.times[2] - server.times[1] >= 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Sat, 03 May 2025 07:01:00 GMT", 60),
        ("Sat, 03 May 2025 06:00:00 GMT", 0),
        (f"Sat, 03 May {'9' * 20} 06:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 24 * 3600),
        ("9" * 400, 24 * 3600),
        ("-5", None),
        ("1e99", None),
        ("soon", None),
    ],
)
def test_both_forms_of_retry_after(value: str, seconds: float | None) -> None:
    now = datetime(2025, 5, 3, 7, 0, tzinfo=UTC).timestamp()
    assert retry_after(Response("http://harbour.example", headers={"Retry-After": value}), now) == seconds


def test_the_operator_is_asked_for_a_name() -> None:
    assert "set USER_AGENT" in get_project_settings()["USER_AGENT"]


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
