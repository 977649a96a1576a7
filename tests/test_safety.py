"""The defaults that protect people, each held by a crawl on loopback."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.http import Response

from scrapers.middlewares.back_off import retry_after
from tests.serving import Crawl, Reply, Server, article, serving

LARGE = b"<p>" + b"a" * (10 * 2**20 + 1)


def _urls(folder: Path, *urls: str) -> str:
    file = folder / "urls.txt"
    file.write_text("\n".join(urls), encoding="utf-8")
    return str(file)


def test_private_addresses_are_refused_in_every_spelling(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    server.serve("/robots.txt", "")
    port = server.netloc.partition(":")[2]
    redirect = server.serve("/moved", Reply(status=302, headers={"Location": f"http://127.0.0.3:{port}/secret"}))
    hosts = "127.0.0.2 2130706434 0x7f000002 0177.0.0.2 127.2 [::ffff:127.0.0.2] [::1] 0.0.0.0".split()
    urls = [f"http://{host}:{port}/secret" for host in hosts]
    urls += ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fe80::1]/", "http://[fd00::1]/"]
    outcome = crawl("news", urls=_urls(tmp_path, redirect, *urls))
    assert [found["reason"] for found in outcome.rejections] == ["private-address"] * (len(urls) + 1)
    assert "/secret" not in server.requests


def test_only_the_allowed_private_host_and_port_is_reached(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    with serving() as other:
        url = other.serve("/secret", article("Hidden"))
        outcome = crawl("news", urls=_urls(tmp_path, url, server.serve("/open", article("Open"))))
    assert outcome.reasons[url] == "port"
    assert [found["url"] for found in outcome.articles] == [f"{server.url}/open"]
    assert other.requests == []


def test_only_web_schemes_and_ports(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    redirects = {
        server.serve(f"/{number}", Reply(status=302, headers={"Location": target})): target
        for number, target in enumerate(
            [secret.as_uri(), "data:text/html,<h1>x</h1>", "ftp://example.org/x", "http://example.org:22/"]
        )
    }
    server.serve("/robots.txt", f"Sitemap: {secret.as_uri()}\nSitemap: {server.url}/sitemap.xml")
    server.serve("/sitemap.xml", f"<urlset><url><loc>{secret.as_uri()}</loc></url></urlset>")
    outcome = crawl("news", site=server.url, urls=_urls(tmp_path, *redirects))
    assert outcome.articles == []
    reasons = {redirects.get(url, url): reason for url, reason in outcome.reasons.items()}
    assert reasons[secret.as_uri()] == reasons["ftp://example.org/x"] == "http-302"
    assert reasons["http://example.org:22/"] == "port"


def test_a_proxy_is_checked_and_gets_no_private_address(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    """Behind a proxy the proxy resolves names: `news.example` need not exist here."""
    for host in ("news.example", "127.0.0.1", "2130706433", "intranet", "metadata.google.internal"):
        server.serve(f"http://{host}/robots.txt", "")
        server.serve(f"http://{host}/one", article("Through the proxy"))
    urls = [f"http://{host}/one" for host in ("news.example", "127.0.0.1", "2130706433", "intranet")]
    urls += ["http://metadata.google.internal/one", "http://news.example:22/one", "http://169.254.169.254/"]
    through = crawl("news", urls=_urls(tmp_path, *urls), env={"http_proxy": server.url})
    assert [found["url"] for found in through.articles] == ["http://news.example/one"]
    assert sorted(through.reasons.values()) == ["port"] + ["private-address"] * 5
    refused = crawl(
        "news",
        urls=_urls(tmp_path, "http://news.example/one"),
        env={"http_proxy": server.url},
        settings={"ALLOWED_PRIVATE_HOSTS": ""},
    )
    assert refused.reasons == {"http://news.example/one": "private-address"}


def test_responses_over_10_mb_are_refused_also_when_decompressed(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + LARGE
    urls = [
        server.serve("/large", LARGE),
        server.serve("/bomb", Reply(gzip.compress(LARGE), headers=packed)),
        server.serve("/unannounced", Reply(raw=endless)),
    ]
    assert crawl("news", urls=_urls(tmp_path, *urls)).reasons == dict.fromkeys(urls, "too-large")


def test_robots_txt_is_obeyed(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    server.serve("/robots.txt", "User-agent: Broadsheet\nDisallow: /private/\n\nUser-agent: *\nDisallow: /")
    private = [server.serve(f"/private/{number}", article("Private")) for number in range(6)]
    outcome = crawl("news", urls=_urls(tmp_path, *private, server.serve("/open", article("Open"))))
    assert outcome.reasons == dict.fromkeys(private, "robots")
    assert sorted(server.requests) == ["/open", "/robots.txt"]


def test_a_robots_txt_that_fails_forbids(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    server.serve("/robots.txt", Reply("try later", 503))
    outcome = crawl("news", urls=_urls(tmp_path, server.serve("/open", article("Open"))), settings={"BACK_OFF": 0.1})
    assert list(outcome.reasons.values()) == ["robots-unreachable"]
    assert "/open" not in server.requests


def test_certificates_are_verified(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    with serving(_self_signed(tmp_path)) as server:
        url = server.serve("/one", article("One"))
        outcome = crawl("news", urls=_urls(tmp_path, url), settings={"ALLOWED_PRIVATE_HOSTS": server.netloc})
    assert outcome.reasons == {url: "certificate"}
    assert server.requests == []


def test_no_console_no_cookies_and_a_user_agent_that_names_its_operator(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    cookie = {"Content-Type": "text/html", "Set-Cookie": "reader=1"}
    urls = [server.serve(f"/{number}", Reply(article(f"Story {number}"), headers=cookie)) for number in range(2)]
    outcome = crawl("news", urls=_urls(tmp_path, *urls), settings={"USER_AGENT": "Broadsheet (+https://desk.example)"})
    assert len(outcome.articles) == 2
    assert set(server.headers("User-Agent")) == {"Broadsheet (+https://desk.example)"}
    assert set(server.headers("Cookie")) == {None}
    assert "TelnetConsole" not in outcome.log
    assert "RemoteControl" not in outcome.log


def test_one_request_at_a_time_with_a_delay(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    urls = [server.serve(f"/{number}", article(f"Story {number}")) for number in range(4)]
    crawl("news", urls=_urls(tmp_path, *urls), settings={"DOWNLOAD_DELAY": 0.2, "DOWNLOAD_DELAY_JITTER": 0})
    assert server.most_at_once == 1
    assert min(b - a for a, b in pairwise(server.times)) > 0.15


def test_crawl_delay_is_honoured(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    server.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.4")
    crawl(
        "news", urls=_urls(tmp_path, *(server.serve(f"/{number}", article(f"Story {number}")) for number in range(3)))
    )
    assert min(b - a for a, b in pairwise(server.times)) > 0.35


def test_retry_after_is_honoured_by_the_whole_host(server: Server, tmp_path: Path) -> None:
    for path in ("/1", "/2", "/3"):
        busy = Reply("wait", 429, {"Retry-After": "1"})
        server.serve(path, *([busy] if path == "/1" else []), article(f"Story {path}"))
    urls = _urls(tmp_path, *(server.url + path for path in ("/1", "/2", "/3")))
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"urls={urls}", "-s", f"DATA_DIR={tmp_path}"]
    command += ["-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0"]
    assert subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=False).returncode == 0
    assert server.requests[:2] == ["/robots.txt", "/1"]
    assert sorted(server.requests[2:]) == ["/1", "/2", "/3"]
    assert server.times[2] - server.times[1] >= 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Sat, 03 May 2025 07:01:00 GMT", 60), ("Sat, 03 May 2025 06:00:00 GMT", 0), ("soon", None)],
)
def test_both_forms_of_retry_after(value: str, seconds: float | None) -> None:
    now = datetime(2025, 5, 3, 7, 0, tzinfo=UTC).timestamp()
    assert retry_after(Response("http://harbour.example", headers={"Retry-After": value}), now) == seconds


def test_the_operator_is_asked_for_a_name() -> None:
    text = subprocess.run(
        [sys.executable, "-m", "scrapy", "settings", "--get", "USER_AGENT"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    ).stdout
    assert "+http" in text


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
