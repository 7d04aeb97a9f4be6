"""CPU of the whole fetch per request, beside bare aiohttp; its memory; what a killed one asks again.

    python scripts/crawl_bench.py [--pages N] [--sources N] [--hosts N] [--page-bytes N] [--profile]

Sources lie on hosts of a server on loopback, in a process of its own, which counts what it is asked. The
real live pipeline polls them all (feeds, robots files, pages) into a new lake, without pauses; a process of
its own each time. Bare means: one aiohttp session that asks for the same URLs in the same order, the same
number of hosts at the same time, and reads every body. Both are told by the CPU time of their process
between the first line of the work and the last; imports are told apart. Memory is the kernel's own peak
(VmHWM), at a quarter of the pages and at all of them. At the end a run is killed when half of the pages have
been served, and run again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import dateline  # noqa: F401 - before Arrow is loaded: it chooses how Arrow takes memory

# isort: split
from cost import Profile
from crawl_web import Server, Shape
from memory import peak

from dateline.settings import Settings

HOSTS_AT_ONCE = 24
"""As `dateline.live` has it."""
SHOWN = 25
"""Lines of a profile."""
HELD = 0.5
"""Memory may grow by so much of a page for each page more: a poll remembers what it has asked for and what
led there, but no body."""


# What is measured, each in a process of its own


@dataclass(frozen=True)
class Spent:
    """CPU seconds and wall seconds of the work, CPU seconds before it, and the peak of memory in bytes."""

    cpu: float
    wall: float
    before: float
    peak: int


Work = Callable[..., None]


def fetched(settings: Settings, profile: bool, pipe: Connection) -> None:
    """The whole fetch of one live run."""
    from dateline.live_runs import fetch_live, resolve_live

    def work() -> None:
        for batch in resolve_live(settings):
            fetch_live(settings, batch)

    if profile:
        _profile(work)
    else:
        pipe.send(_measured(work))


def bare(urls: list[str], port: int, pipe: Connection) -> None:
    """The same requests, and nothing else."""
    pipe.send(_measured(lambda: asyncio.run(_bare(urls, port))))


async def _bare(urls: list[str], port: int) -> None:
    import aiohttp

    hosts: dict[str, list[str]] = {}
    for url in urls:
        _, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        hosts.setdefault(host, []).append(f"/{path}")
    slots = asyncio.Semaphore(HOSTS_AT_ONCE)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def one(host: str, paths: list[str]) -> None:
            async with slots:
                for path in paths:
                    address = f"http://127.0.0.1:{port}{path}"
                    async with session.get(address, headers={"Host": host}) as answer:
                        await answer.read()

        await asyncio.gather(*(one(host, paths) for host, paths in hosts.items()))


def _measured(work: Callable[[], None]) -> Spent:
    before, began = time.process_time(), time.monotonic()
    work()
    return Spent(time.process_time() - before, time.monotonic() - began, before, peak(os.getpid()))


def _profile(work: Callable[[], None]) -> None:
    profile = Profile()
    with profile.running():
        work()
    total = profile.total()
    for (module, function), spent in profile.seconds.most_common(SHOWN):
        print(f"  {spent / total:6.1%}  {module.removeprefix('dateline.')}.{function}")


def apart(target: Work, *arguments: object) -> tuple[Any, Connection]:
    """Start some work in a process of its own, and the pipe by which it tells."""
    context = get_context("spawn")
    pipe, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    return process, pipe


def told(target: Work, *arguments: object) -> Spent:
    """Run some work in a process of its own.

    Raises:
        EOFError: it failed.
    """
    process, pipe = apart(target, *arguments)
    spent = pipe.recv()
    process.join()
    return spent


def settings(shape: Shape, folder: Path, port: int) -> Settings:
    """Settings for a new lake in this folder that all these sources are polled into."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for paper in shape.papers():
        (sources / f"{paper.slug}.toml").write_text(paper.toml)
    return Settings(
        lake=str(folder / "lake"),
        sources=str(sources),
        connect_to=f".test=127.0.0.1:{port}",
        host_gap=0.0,
        run_seconds=3600.0,
        shards=1,
        now="2026-03-25T06:00:00Z",
    )


def compare(shape: Shape, folder: Path) -> Spent:
    """One run of the pipeline and a bare one; print both; give the pipeline's."""
    with Server(shape) as server:
        ours = told(fetched, settings(shape, folder, server.port), False)
        asked = server.asked()
        server.forget()
        theirs = told(bare, shape.urls(), server.port)
        requests = sum(asked.values())
        missing = shape.pages - sum("/page/" in url for url in asked)
        print(
            f"{shape.pages} pages of {shape.page_bytes} bytes, {shape.sources} sources, {shape.hosts} hosts"
        )
        print(f"  {requests} requests, {len(asked)} URLs, {missing} pages never asked for")
        for name, spent, count in (("fetch", ours, requests), ("bare", theirs, sum(server.asked().values()))):
            print(
                f"  {name:5}  {1000 * spent.cpu / count:6.3f} ms CPU a request, {spent.wall:6.1f} s, "
                f"peak {spent.peak / 1e6:4.0f} MB ({spent.before:.1f} s CPU before)",
                flush=True,
            )
    return ours


def killed(shape: Shape, folder: Path) -> int:
    """Kill a run when half of the pages have been served, run it again; how many pages were asked twice."""
    with Server(shape) as server:
        chosen = settings(shape, folder, server.port)
        process, _ = apart(fetched, chosen, False)
        while process.is_alive() and _pages(server.asked()) < shape.pages / 2:
            time.sleep(0.05)
        process.kill()
        process.join()
        before = server.asked()
        server.forget()
        told(fetched, chosen, False)
        again = server.asked()
    twice = sum("/page/" in url for url in again.keys() & before.keys())
    never = shape.pages - sum("/page/" in url for url in again.keys() | before.keys())
    print(
        f"killed after {_pages(before)} pages; the rerun asked for {_pages(again)}: {twice} of them again, "
        f"{never} pages never asked for, {sum(again.values()) - _pages(again)} feeds and robots files"
    )
    return twice


def _pages(asked: Counter[str]) -> int:
    return sum(count for url, count in asked.items() if "/page/" in url)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--page-bytes", type=int, default=20_000)
    parser.add_argument("--profile", action="store_true", help="only tell which lines the CPU time goes to")
    options = parser.parse_args()
    shape = Shape(options.pages, options.sources, options.hosts, options.page_bytes)
    with tempfile.TemporaryDirectory(prefix="dateline-crawl-") as made:
        if options.profile:
            with Server(shape) as server:
                process, _ = apart(fetched, settings(shape, Path(made, "lake"), server.port), True)
                process.join()
            return 0
        small = compare(replace(shape, pages=shape.pages // 4), Path(made, "small"))
        large = compare(shape, Path(made, "large"))
        twice = killed(shape, Path(made, "killed"))
    each = (large.peak - small.peak) / (shape.pages - shape.pages // 4)
    flat = each <= HELD * shape.page_bytes
    print(f"memory grows by {each / 1000:.1f} kB a page; {twice} pages were asked for twice after the kill")
    return int(not flat or twice > shape.pages // 10)


if __name__ == "__main__":
    sys.exit(main())
