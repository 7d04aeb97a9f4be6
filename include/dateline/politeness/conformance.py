"""The whole of it: the site is set up, polled, and every promise is judged by what was seen."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import Receipt, batch_key
from dateline.politeness import abuse, addresses, losses, pauses, repeats, rules, strain, variants
from dateline.politeness.evidence import GAP, Poll, Row, Seen, Trial, all_of
from dateline.politeness.polls import LONGEST, Child, Told
from dateline.politeness.site import Site
from dateline.settings import Settings

CONTACT = "https://conformance.test/about"
FIRST = datetime(2026, 3, 25, 6, tzinfo=UTC)
_REST = timedelta(seconds=strain.REST)
CALM = (timedelta(), _REST - timedelta(seconds=1), _REST, 2 * _REST, timedelta(days=8))
"""When the calm hosts are polled, after `FIRST`: a second too early for the longest Retry-After, at it, …"""
ROUGH = (timedelta(), timedelta(hours=1))
_BEFORE_THE_KILL = 12
"""Stories that the host of the crash has served when the process is killed."""


def rows() -> Iterator[tuple[str, Row]]:
    """(what it is about, row) for every promise; takes about a minute."""
    with Site({}) as site, tempfile.TemporaryDirectory(prefix="dateline-politeness-") as folder:
        calm = {
            "pauses": pauses.trial(),
            "robots.txt": rules.trial(),
            "second visits": repeats.trial(),
            "strain": strain.trial(),
            "losses": losses.trial(),
            "identity": variants.trial(),
        }
        rough = {"addresses": addresses.trial(site.trap), "abuse": abuse.trial()}
        crash = {"losses": losses.crash()}
        for trials in (calm, rough, crash):
            for trial in trials.values():
                site.scripts.update(trial.scripts)
        with ThreadPoolExecutor(3) as pool:
            first = pool.submit(_travel, site, Path(folder, "calm"), [*calm.values()], CALM)
            second = pool.submit(_travel, site, Path(folder, "rough"), [*rough.values()], ROUGH)
            third = pool.submit(_crash, site, Path(folder, "crash"), [*crash.values()])
            journeys = [(calm, first.result()), (rough, second.result()), (crash, third.result())]
        for trials, seen in journeys:
            for name, trial in trials.items():
                yield from ((name, row) for row in trial.judge(seen))
        for what, (_, seen) in zip(("calm", "rough"), journeys[:2], strict=True):
            row = pauses.ledger(seen)
            yield "ledger", replace(row, promised=f"{row.promised}: {what} hosts")
        polls = [poll for _, seen in journeys for poll in seen.polls]
        yield "losses", all_of("every poll comes to its end", sum(map(_ended, polls)), len(polls), "polls")


def _ended(poll: Poll) -> bool:
    return poll.batches > 0


def _travel(site: Site, folder: Path, trials: Sequence[Trial], moments: Sequence[timedelta]) -> Seen:
    """Poll a lake of its own at these moments, and settle it at the end."""
    settings = _settings(site, folder, trials)
    names = {name: answers for trial in trials for name, answers in trial.names.items()}
    polls = []
    for moment in moments:
        now = FIRST + moment
        child = Child(replace(settings, now=now.isoformat()), names, settles=moment == moments[-1])
        polls.append(_poll(settings, now, child.result()))
    return _seen(site, settings, trials, polls)


def _crash(site: Site, folder: Path, trials: Sequence[Trial]) -> Seen:
    """Kill a poll when some stories have been served, and run the very same batch again."""
    settings = replace(_settings(site, folder, trials), now=FIRST.isoformat())
    began, child = time.monotonic(), Child(settings, {}, segment=losses.SEGMENT)
    while time.monotonic() < began + LONGEST and _served(site) < _BEFORE_THE_KILL:
        time.sleep(0.01)
    child.kill()
    killed = replace(_left(settings), began=began, ended=time.monotonic())
    again = _poll(settings, FIRST, Child(settings, {}, settles=True, segment=losses.SEGMENT).result())
    return _seen(site, settings, trials, [killed, again])


def _served(site: Site) -> int:
    return sum(one.host == losses.CRASH and "story" in one.path and one.ended > one.at for one in site.asked)


def _settings(site: Site, folder: Path, trials: Sequence[Trial]) -> Settings:
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for paper in (paper for trial in trials for paper in trial.papers):
        (sources / f"{paper.slug}.toml").write_text(paper.toml, encoding="utf-8")
    return Settings(
        lake=str(folder / "lake"),
        sources=str(sources),
        contact=CONTACT,
        connect_to=f".test=127.0.0.1:{site.port}",
        model="none",
        host_gap=GAP,
        run_seconds=LONGEST / 2,
        max_bytes=abuse.MOST_BYTES,
        shards=1,
    )


def _poll(settings: Settings, now: datetime, told: Told | None) -> Poll:
    """What was seen of a poll; one that failed has no batches."""
    if told is None:
        return Poll(now, time.monotonic(), time.monotonic())
    lake = Lake.open(settings.lake)
    receipts = [receipt for batch in told.batches if (receipt := lake.receipt("fetch", batch_key(batch)))]
    attempts = _attempts(lake, receipts)
    return Poll(now, told.began, told.ended, attempts, told.reached, told.held, len(told.batches))


def _left(settings: Settings) -> Poll:
    """What a poll that was killed has left in its lake."""
    lake = Lake.open(settings.lake)
    receipts = list(lake.receipts("fetch"))
    return Poll(FIRST, 0.0, 0.0, _attempts(lake, receipts), batches=1)


def _attempts(lake: Lake, receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    return [
        row
        for receipt in receipts
        for file in receipt.of("attempts")
        for found in lake.read_facts(file)
        for row in found.to_pylist()
    ]


def _seen(site: Site, settings: Settings, trials: Sequence[Trial], polls: list[Poll]) -> Seen:
    """What the site was asked on the hosts of these trials, and what was published in the end."""
    hosts = {path.partition("/")[0] for trial in trials for path in trial.scripts}
    asked = [one for one in site.asked if one.host in hosts]
    lake = Lake.open(settings.lake)
    articles = [
        (row["url"], row["article_id"])
        for day in lake.days("articles")
        for found in lake.read_day("articles", day, ["url", "article_id"])
        for row in found.to_pylist()
    ]
    return Seen(asked, polls, articles, len(site.trapped), site.port)
