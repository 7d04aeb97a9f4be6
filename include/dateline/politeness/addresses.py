"""Trials of addresses: nothing private is connected to, however its address is written or arrived at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dateline.politeness.evidence import Row, Seen, Trial, host_of
from dateline.politeness.papers import feeds, paper
from dateline.politeness.scripts import to
from dateline.politeness.site import Script

_PUBLIC = "192.31.196.1"
"""An address of the public internet (AS112, RFC 7535). Trials never leave the machine: it can't answer."""

_FORMS = {
    "literal": ("127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "[fd00:ec2::254]", "0.0.0.0"),  # noqa: S104
    "IPv6-mapped": ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    "decimal": ("2130706433", "127.1", "127.0.1"),
    "octal": ("0177.0.0.1", "017700000001", "0177.0.0.01"),
    "hexadecimal": ("0x7f000001", "0x7f.0.0.1", "0x7f.1"),
}
_NAMES: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {
    "name of a private address": {
        "inside.example": (("127.0.0.1",),),
        "mapped.example": (("::ffff:127.0.0.1",),),
        "metadata.example": (("169.254.169.254",),),
    },
    "DNS rebinding": {
        "turning.example": ((_PUBLIC,), ("127.0.0.1",)),
        "mixed.example": ((_PUBLIC, "127.0.0.1"), ("127.0.0.1", _PUBLIC)),
        "late.example": ((_PUBLIC,), (_PUBLIC,), ("127.0.0.1",)),
    },
}
"""What → name → its addresses, lookup by lookup, the last for ever."""


def trial(trap: int) -> Trial:
    """A feed that names private addresses in every way, and pages that redirect to them.

    Args:
        trap: the port on which something listens that nobody may ask.
    """
    groups = _urls(trap)
    direct = [*chain.from_iterable(groups.values())]
    hops = {f"leading.test/{number}": to(url) for number, url in enumerate(direct)}
    scripts: dict[str, Script] = {
        **hops,
        "leading.test/feed.xml": feeds([*direct, *(f"http://{path}" for path in hops)]),
    }
    names = {name: answers for group in _NAMES.values() for name, answers in group.items()}

    def judge(seen: Seen) -> Iterator[Row]:
        yield from _judge(seen, groups)

    return Trial((paper("leading"),), scripts, judge, names)


def _urls(trap: int) -> dict[str, list[str]]:
    """What → URLs that lead to a private address."""
    hosts = {**_FORMS, **{what: tuple(names) for what, names in _NAMES.items()}}
    return {what: [f"http://{host}:{trap}/secret" for host in listed] for what, listed in hosts.items()}


def _judge(seen: Seen, groups: dict[str, list[str]]) -> Iterator[Row]:
    """One row for each way of writing an address, one for redirects, one for what was connected to.

    A row holds if every URL was tried, and refused for its address: not given up for any other reason.
    """
    tried = {row["url"]: row["outcome"] for row in seen.attempts() if row["input_kind"] == "page"}
    for what, urls in groups.items():
        yield _row(f"no private address: {what}", urls, tried)
    hops = [url for url in tried if host_of(url) == "leading.test"]
    yield _row("no private address: redirect to any of these", hops, tried)
    reached = [place for poll in seen.polls for place in poll.reached]
    others = {f"{host}:{port}" for host, port in reached if host != _PUBLIC and port != seen.port}
    told = f", also {', '.join(sorted(others)[:3])}" if others else ""
    yield Row(
        "connections go to public addresses alone",
        f"{len(reached)} opened{told}; {seen.trapped} reached the trap",
        not others and not seen.trapped and bool(reached),
    )


def _is_refused(url: str, tried: dict[str, str]) -> bool:
    """Whether that was why. A name that led to a public address at first is given up there: robots.txt."""
    turning = host_of(url).partition(":")[0] in _NAMES["DNS rebinding"] or host_of(url) == "leading.test"
    return tried.get(url) in ("address_refused", *(("robots_unreachable",) if turning else ()))


def _row(promised: str, urls: list[str], tried: dict[str, str]) -> Row:
    others = sorted({tried.get(url, "never tried") for url in urls if not _is_refused(url, tried)})
    refused = sum(_is_refused(url, tried) for url in urls)
    told = f"{refused} of {len(urls)} refused" + "".join(f", {other}" for other in others)
    return Row(promised, told, 0 < len(urls) == refused)
