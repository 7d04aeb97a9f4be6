"""No request reaches an address that is not public, however it is written, named, pointed to or rebound."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp.abc import ResolveResult

from dateline.edges.http import Client, Request, guard
from dateline.settings import Settings
from scripted_client import NOON, QUICK, get
from scripted_resolver import Real, Scripted, found_at
from scripted_web import Web, answer, redirect

HOSTS = {
    "literal": ["127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "100.100.100.200", "[::1]", "[::]"],
    "literal with a dot": ["127.0.0.1.", "10.1.2.3."],
    "mapped into IPv6": ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]"],
    "compatible with IPv6": ["[::127.0.0.1]", "[::7f00:1]"],
    "translated": ["[64:ff9b::a00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::808:808]", "[2002:7f00:1::]"],
    "local IPv6": ["[fe80::1%25lo]", "[fe80::1]", "[fd00:ec2::254]", "[fec0::1]", "[2001::1]"],
    "decimal": ["2130706433", "0", "1", "3232235777", "2852039166", "127.1", "127.0.1", "10.66051"],
    "octal": ["0177.0.0.1", "017700000001", "0177.1", "0251.0376.0251.0376", "127.0.0.01"],
    "hexadecimal": ["0x7f000001", "0x7f.1", "0x7F.0x0.0x0.0x1", "0xa9fea9fe", "0x"],
    "other digits": ["１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "127%2e0%2e0%2e1"],
    "the name of this machine": ["localhost", "LOCALHOST", "localhost."],
    "many addresses": ["224.0.0.1", "255.255.255.255", "240.0.0.1", "[ff02::1]"],
}  # fmt: skip
FORMS = [(form, host) for form, hosts in HOSTS.items() for host in hosts]
NO_URLS = [
    "ftp://www.paper.test/a", "file:///etc/hosts", "//www.paper.test/a", "www.paper.test/a", "", "http://",
    "http:///a", "http://[::1", "http://www.paper.test:99999/", "http://\ufdd0\x00/", "gopher://127.0.0.1:70/_x",
    "http://www.paper.test/" + "a" * 9000, "http://127.0.0.1\\@www.paper.test/", "javascript:alert(1)",
    "http://a..example/", "http://.example/", "http://a.example../", f"http://{'a' * 64}.example/",
    f"http://{'a.' * 126}example/", "http://www.paper.test/" + "\u0915" * 3000,
]  # fmt: skip


@pytest.mark.parametrize(("form", "host"), FORMS)
def test_a_private_host_is_refused_when_asked_for(form: str, host: str) -> None:
    for url in (f"http://{host}/", f"https://{host}:8443/a", f"http://www.paper.test@{host}/"):
        [page], web, beside = get({}, url, contact="desk@example.org", resolver=Real())
        assert page["failure"] == "address_refused", (form, url, page["detail"])
        assert page["tries"] == 0
        assert web.asked == []
        # A name has to be resolved before it can be told; the first to want that is its robots.txt.
        assert [one["failure"] for one in beside] == ["address_refused"] * ("localhost" in host.lower())


@pytest.mark.parametrize(("form", "host"), FORMS)
def test_a_private_host_is_refused_when_pointed_to(form: str, host: str) -> None:
    scripts = {"www.paper.test/a": redirect(f"http://{host}/latest/meta-data/")}
    [page], web, _ = get(scripts, "http://www.paper.test/a", contact="desk@example.org", resolver=Real())
    assert page["failure"] == "address_refused", (form, page["detail"])
    assert page["redirects"] == ["http://www.paper.test/a"]
    assert web.urls() == ["www.paper.test/a"]


@pytest.mark.parametrize("url", NO_URLS)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    [page], web, _ = get({}, url, contact="desk@example.org", resolver=Real())
    assert page["failure"] == "address_refused"
    assert web.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.1", "::1", "::ffff:10.0.0.1", "169.254.169.254"])
def test_a_name_that_resolves_to_a_private_address_is_refused(address: str) -> None:
    url = "http://rebind.example/a"
    [page], _, _ = get({}, url, contact="desk@example.org", resolver=Scripted([address]))
    assert page["failure"] == "address_refused"


def rebound(*answers: list[str]) -> tuple[list[dict[str, Any]], Web]:
    """Two pages of a name that resolves so, on a web where 127.0.0.2 passes for a public address."""
    scripts = {"rebind.example/robots.txt": answer("", connection="close"), "rebind.example/a": answer("x")}

    async def run() -> tuple[list[dict[str, Any]], Web]:
        async with Web(scripts, address="127.0.0.2") as web:
            web.scripts |= {
                name.replace("example", f"example:{web.port}"): script for name, script in scripts.items()
            }
            resolver = Scripted(*answers)
            async with Client(Settings(contact="desk@example.org"), NOON, QUICK, resolver) as client:
                feeds = [Request(f"http://rebind.example:{web.port}/a", "paper", "feed") for _ in range(2)]
                found = [await client.get(feed) for feed in feeds]
            return found, web

    return asyncio.run(run())


@pytest.fixture
def _one_more_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda text: text == "127.0.0.2")


@pytest.mark.usefixtures("_one_more_public_address")
def test_only_the_public_addresses_of_a_name_are_connected_to() -> None:
    found, web = rebound(["127.0.0.1", "127.0.0.2", "::1"])
    assert [page["failure"] for page in found] == [None, None]
    assert len(web.asked) == 3


@pytest.mark.usefixtures("_one_more_public_address")
def test_a_name_that_is_rebound_between_two_requests_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiohttp.connector._DNSCacheTable.expired", lambda cache, key: True)
    found, web = rebound(["127.0.0.2"], ["127.0.0.1"])
    assert [page["failure"] for page in found] == ["address_refused", "address_refused"]
    assert [seen.path for seen in web.asked] == ["/robots.txt"]


def test_the_socket_is_judged_whatever_was_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = guard.Resolver.resolve

    async def fooled(resolver: Any, host: str, port: int = 0, family: Any = None) -> list[ResolveResult]:
        assert await judged(resolver, host, port, family)
        return [found_at(host, "127.0.0.1", port)]

    monkeypatch.setattr(guard.Resolver, "resolve", fooled)
    resolver = Scripted(["93.184.216.34"])
    [page], web, _ = get({}, "http://rebind.example/a", contact="desk@example.org", resolver=resolver)
    assert page["failure"] == "address_refused"
    assert resolver.asked
    assert web.asked == []


def test_the_port_of_a_mapped_host_is_no_door_for_others() -> None:
    async def run() -> list[str]:
        async with Web({}) as web:
            settings = Settings(connect_to=web.connect_to, contact="desk@example.org")
            async with Client(settings, NOON, QUICK, Scripted(["127.0.0.1"])) as client:
                urls = [f"http://127.0.0.1:{web.port}/a", f"http://evil.example:{web.port}/a"]
                found = [await client.get(Request(url, "paper")) for url in urls]
            return [exchange["failure"] for exchange in found] + web.urls(robots=True)

    assert asyncio.run(run()) == ["address_refused", "address_refused"]
