"""Corporate proxies and certificates: honoured, and no way to a private address for it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from yarl import URL

from dateline.edges.http import Client, Request
from dateline.edges.http.proxies import Proxies
from dateline.errors import UsageError
from dateline.settings import Settings
from scripted_client import NOON, QUICK
from scripted_resolver import Real, Scripted, found_at
from scripted_web import Web, answer, redirect

PUBLIC = "93.184.216.34"
LIVE = {"contact": "desk@example.org"}
FEED = "http://news.example/feed"
WELL = {"http://news.example/feed": answer("<rss>"), "http://www.paper.test/feed": answer("no", 500)}


def ask(
    url: str,
    *addresses: str,
    scripts: Mapping[str, Any] = WELL,
    environment: Mapping[str, str] | None = None,
    resolver: AbstractResolver | None = None,
    **settings: Any,
) -> tuple[dict[str, Any], list[str]]:
    """The exchange of a feed whose host resolves so, and what its proxy was asked for."""

    async def run() -> tuple[dict[str, Any], list[str]]:
        async with Web({f"{URL(asked).host}{asked}": script for asked, script in scripts.items()}) as web:
            proxy = f"http://127.0.0.1:{web.port}"
            mapped = Web({"www.paper.test/feed": answer("<rss>")})
            async with mapped:
                given = {
                    "contact": "desk@example.org",
                    "connect_to": mapped.connect_to,
                    "proxy": proxy,
                    **settings,
                }
                names = resolver or Scripted(list(addresses))
                client = Client(Settings(**given), NOON, QUICK, names, environment=environment or {})
                async with client:
                    found = await client.get(Request(url.replace("PORT", str(web.port)), "paper", "feed"))
            return found, [seen.path for seen in web.asked]

    return asyncio.run(run())


def test_a_public_host_is_asked_for_through_the_proxy() -> None:
    found, asked = ask(FEED, PUBLIC)
    assert found["body"] == b"<rss>"
    assert asked == ["http://news.example/robots.txt", FEED]


REFUSED = {
    "a private name": ("http://intranet.example/feed", ["10.0.0.8"]),
    "a name of which one address is private": (FEED, [PUBLIC, "169.254.169.254"]),
    "a private literal": ("http://10.0.0.8/feed", [PUBLIC]),
    "this machine": ("http://localhost/feed", ["127.0.0.1"]),
    "the proxy by its address": ("http://127.0.0.1:PORT/feed", [PUBLIC]),
    "the proxy by a name": ("http://proxy.example:PORT/feed", ["127.0.0.1"]),
    "a secure private name": ("https://intranet.example/feed", ["10.0.0.8"]),
}


@pytest.mark.parametrize("no_proxy", ["", "*"])
@pytest.mark.parametrize("name", REFUSED)
def test_no_private_address_is_reached_with_a_proxy_nor_past_it(name: str, no_proxy: str) -> None:
    url, addresses = REFUSED[name]
    if no_proxy and len(addresses) > 1:
        addresses = addresses[1:]  # asked directly, the public one would be taken
    found, asked = ask(url, *addresses, environment={"NO_PROXY": no_proxy})
    assert found["failure"] == "address_refused", found["detail"]
    assert asked == []


def test_a_redirect_into_the_network_is_not_handed_to_the_proxy() -> None:
    scripts = {FEED: redirect("http://192.168.0.1/")}
    found, asked = ask(FEED, PUBLIC, scripts=scripts)
    assert found["failure"] == "address_refused"
    assert asked == ["http://news.example/robots.txt", FEED]


def test_a_name_that_is_not_known_here_is_not_handed_on() -> None:
    found, asked = ask(FEED)
    assert found["failure"] == "robots_unreachable"
    assert "can't be resolved here" in found["detail"]
    assert asked == []


NEW_NAMES = {"xn--fa-hia.example", "xn--oxapnm1c.example"}


class Encoding(Real):
    """Knows the names of IDNA 2008 as private, all others as public; encodes as getaddrinfo: by IDNA 2003."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        encoded = host.encode("idna").decode()
        return [found_at(host, "10.0.0.7" if encoded in NEW_NAMES else PUBLIC, port)]


@pytest.mark.parametrize(
    "host", ["fa\u00df.example", "xn--fa-hia.example", "\u03bb\u03cc\u03b3\u03bf\u03c2.example"]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_name_that_is_judged_is_the_one_that_the_proxy_is_given(scheme: str, host: str) -> None:
    """By IDNA 2003, the sharp s is `ss`, and the final sigma a sigma; IDNA 2008 keeps them."""
    url = f"{scheme}://{host}/feed"
    found, asked = ask(url, scripts={url: answer("<rss>")}, resolver=Encoding())
    assert found["failure"] == "address_refused", found["detail"]
    assert asked == []


def test_mapped_hosts_are_asked_past_the_proxy() -> None:
    found, asked = ask("http://www.paper.test/feed", PUBLIC)
    assert found["body"] == b"<rss>"
    assert asked == []


@pytest.mark.parametrize("status", [407, 502])
def test_what_a_proxy_says_is_not_said_by_the_host(status: int) -> None:
    found, _ = ask(FEED, PUBLIC, scripts={"http://news.example/robots.txt": answer("no", status)})
    assert found["failure"] == "robots_unreachable"


def test_a_proxy_that_opens_no_tunnel_is_a_failed_connection() -> None:
    found, _ = ask("https://news.example/feed", PUBLIC)
    assert found["failure"] == "robots_unreachable"
    assert "the proxy answered 404" in found["detail"]


def test_a_proxy_that_is_not_there_is_a_failed_connection() -> None:
    found, asked = ask(FEED, PUBLIC, proxy="http://127.0.0.1:9")
    assert found["failure"] == "robots_unreachable"
    assert asked == []


ENVIRONMENTS: list[tuple[dict[str, str], str, str | None]] = [
    ({}, "http://a.example/", None),
    ({"HTTP_PROXY": "http://p:1"}, "http://a.example/", "http://p:1"),
    ({"HTTP_PROXY": "http://p:1"}, "https://a.example/", None),
    ({"HTTPS_PROXY": "p:2"}, "https://a.example/", "http://p:2"),
    ({"HTTP_PROXY": "http://p:1", "http_proxy": "http://q:1"}, "http://a.example/", "http://q:1"),
    ({"HTTP_PROXY": " "}, "http://a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "a.example"}, "http://a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "a.example"}, "http://b.a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": ".a.example"}, "http://b.a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "*.a.example"}, "http://b.A.example./", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "a.example"}, "http://ba.example/", "http://p:1"),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "x, a.example:80"}, "http://a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "a.example:81"}, "http://a.example/", "http://p:1"),
    ({"HTTP_PROXY": "p:1", "no_proxy": "*"}, "http://a.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "b\u00fc.example"}, "http://xn--b-eha.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": "xn--b-eha.example"}, "http://b\u00fc.example/", None),
    ({"HTTP_PROXY": "p:1", "NO_PROXY": ",, ."}, "http://a.example/", "http://p:1"),
]


@pytest.mark.parametrize(("environment", "url", "proxy"), ENVIRONMENTS)
def test_which_proxy_is_for_which_url(environment: dict[str, str], url: str, proxy: str | None) -> None:
    found = Proxies.of(Settings(), environment).of_url(URL(url))
    assert found == (proxy and URL(proxy))


def test_our_own_setting_wins() -> None:
    proxies = Proxies.of(Settings(proxy="http://ours:1"), {"HTTP_PROXY": "http://p:1"})
    assert {str(proxies.of_url(URL(f"{scheme}://a.example"))) for scheme in ("http", "https")} == {
        "http://ours:1"
    }


@pytest.mark.parametrize(
    "value", ["socks5://me:secret@p:1", "http://", "http://me:secret@[p", "http://p:99999"]
)
def test_a_proxy_that_makes_no_sense_is_one_sentence_without_its_password(value: str) -> None:
    with pytest.raises(UsageError) as raised:
        Client(Settings(proxy=value), NOON, environment={})
    assert "DATELINE_PROXY" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `both.pem`, certificate and key of news.example, and `ca.pem`, who vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )  # fmt: skip
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "ca.pem").write_bytes(pem)
    (folder / "both.pem").write_bytes(private + pem)
    return folder


class Tunnel(Web):
    """A proxy that leads every CONNECT to one server."""

    there: int = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        self.scripts[asked] = b""
        inner, outer = await asyncio.open_connection("127.0.0.1", self.there)
        writer.write(b"HTTP/1.1 200 Go on\r\n\r\n")
        await asyncio.gather(_pipe(reader, outer), _pipe(inner, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(4096):
        writer.write(data)
    writer.close()


def tunnelled(folder: Path, **settings: str) -> tuple[dict[str, Any], list[str]]:
    """The exchange of a secure feed through a tunnel, and where the tunnel was to lead."""
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trusted.load_cert_chain(folder / "both.pem")

    async def run() -> tuple[dict[str, Any], list[str]]:
        async with Web({"news.example/feed": answer("<rss>")}, tls=trusted) as web, Tunnel({}) as tunnel:
            tunnel.there = web.port
            given = {"contact": "desk@example.org", "proxy": f"http://127.0.0.1:{tunnel.port}", **settings}
            async with Client(Settings(**given), NOON, QUICK, Scripted([PUBLIC]), environment={}) as client:
                return await client.get(Request("https://news.example/feed", "paper", "feed")), list(
                    tunnel.scripts
                )

    return asyncio.run(run())


def test_a_tunnel_and_a_company_s_own_certificates(certificates: Path) -> None:
    found, led = tunnelled(certificates, ca_file=str(certificates / "ca.pem"))
    assert found["body"] == b"<rss>"
    assert led == ["news.example:443"]


def test_without_its_certificate_nobody_is_believed(certificates: Path) -> None:
    found, _ = tunnelled(certificates)
    assert found["failure"] == "robots_unreachable"
    assert "no trusted encrypted connection" in found["detail"]


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_certificates_that_can_t_be_read_are_one_sentence(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="DATELINE_CA_FILE"):
        Client(Settings(ca_file=str(path)), NOON, environment={})
