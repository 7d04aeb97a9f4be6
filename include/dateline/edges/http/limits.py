"""How much of the outer world is let in, and for how long it is waited for."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.settings import Settings
from dateline.sources import sitemaps


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one client. Times are seconds, sizes bytes.

    Args:
        total: for one request, from the first byte sent to the last byte read.
        connect: for opening a connection.
        silence: between two reads.
        body: of a body, decompressed.
        sitemap: of a sitemap's.
        robots: of a robots.txt; what lies beyond is not read (RFC 9309 asks for at least 500 KiB).
        header: of one header line. Generous: some publishers send policies of 20 KB.
        headers: how many header lines.
        head: of all header lines of an answer together.
        framing: of what stands around the pieces of a body, beyond as much as the body itself has.
        redirects: how many are followed.
        retries: how often a request is repeated after a broken connection, a timeout, a 503 or a 429.
        backoff: pause before the first repeat, doubled for each one more; chance lengthens each, up to
            twofold, so that many that failed together do not come back together.
        gap: least pause between two requests to one host.
        least_gap: the same, whatever is set, at hosts of the live web.
        rest: how long a host is left alone after a 429 that does not say how long.
        patience: the longest pause that is waited for within a run; a longer one defers.
        crawl_delay: the longest Crawl-delay that is believed.
        memory: for how long a site's robots.txt is taken for what it still says (RFC 9309 §2.4: a day).
    """

    total: float = 60.0
    connect: float = 15.0
    silence: float = 20.0
    body: int = 16 * 1024 * 1024
    sitemap: int = sitemaps.LONGEST
    robots: int = 512 * 1024
    header: int = 64 * 1024
    headers: int = 256
    head: int = 128 * 1024
    framing: int = 1024 * 1024
    redirects: int = 5
    retries: int = 2
    backoff: float = 1.0
    gap: float = 1.0
    least_gap: float = 0.5
    rest: float = 60.0
    patience: float = 30.0
    crawl_delay: float = 86_400.0
    memory: float = 86_400.0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The usual bounds, with those that are settings.

        A sitemap may have the 50 MiB that its protocol allows. Who lets in less of everything than is usual
        is short of room, and lets in less of sitemaps too.
        """
        usual, most = cls(), settings.max_bytes
        sitemap = max(most, usual.sitemap) if most >= usual.body else most
        return cls(body=most, sitemap=sitemap, gap=settings.host_gap)

    def of_kind(self, kind: str) -> int:
        """The bound of a body of this kind (`contracts.shared.INPUT_KINDS`)."""
        return {"robots": self.robots, "sitemap": self.sitemap}.get(kind, self.body)
