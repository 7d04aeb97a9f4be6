"""Kills `dateline` at random moments, runs the same command again, and looks whether anything was lost.

    python scripts/faults/kill.py [--kills N] [--with-models N] [--seed N] [--folder FOLDER]

A lake is made once, undisturbed, by a list of commands: archives taken in, polls of the sample newsroom,
settles. Then other lakes are made by the same commands, and every command is killed once or more, with its
workers or without them: half of the kills come at a moment drawn uniformly from the time that it took
undisturbed (from when it first touched the lake: before, there is nothing to hurt), half after a number of
writes drawn uniformly from those that it made, as most of the time goes into starting up. It is then simply
typed again. After each command the lake must be, byte for byte, what the undisturbed one was; readers that
poll all the while must never see a day that is partial, mixed or missing.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import TimeoutExpired

import lakes
import material
from commands import SEEDS, WRITING_SECONDS, Command, Place, kill, outlived, workers_of
from readers import Readers, Told, verdict, watch

from dateline.settings import Settings

sys.path.insert(0, str(SEEDS / "newsroom"))
from serve import Newsroom

PROGRESS = 20
TRIES = 5
"""Reruns of one command before we give up on it; one must do."""


@dataclass
class Tally:
    """What happened so far."""

    kills: int = 0
    early: int = 0
    reruns: int = 0
    alone: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    read: Told = field(default_factory=Told)
    longest_orphan: float = 0.0
    last_write: float = -sys.float_info.max
    faults: list[str] = field(default_factory=list)

    def broken(self, what: str) -> None:
        self.faults.append(what)
        print(f"broken: {what}", flush=True)


@dataclass(frozen=True)
class Leg:
    """A command, the lake before and after it, and the time and writes it took, all undisturbed."""

    command: Command
    before: lakes.State
    after: lakes.State
    touched: float
    seconds: float
    writes: int


def commands(folder: Path, seed: int) -> list[Command]:
    """The commands that make a lake; the later ones fill earlier days, and correct what is there."""
    items = material.made_up(36, seed)
    parts = [items[2::3], items[1::3], items[::3]]
    for name, part in zip(("first", "second", "third"), parts, strict=True):
        material.deal(part, 4, folder / name, seed)
    shutil.copytree(SEEDS / "archive", folder / "notes")

    def take(name: str, *more: str) -> tuple[str, ...]:
        return ("import", *(str(path) for path in sorted((folder / name).iterdir())), "--workers", "2", *more)

    settle = ("settle", "--workers", "2")
    return [
        Command("import, not settled", take("first", "--no-settle"), "2026-03-25T05:00:00Z", settles=False),
        Command("settle", settle, "2026-03-25T05:30:00Z"),
        Command("poll", ("run", "--workers", "2"), "2026-03-25T06:00:00Z"),
        Command("import", take("second"), "2026-03-25T10:00:00Z"),
        Command("second poll", ("run", "--workers", "2"), "2026-03-25T18:00:00Z"),
        Command("import, not settled either", take("third", "--no-settle"), "2026-03-25T19:00:00Z", False),
        Command(
            "import of notes",
            ("import", str(folder / "notes"), "--kind", "text", "--workers", "2"),
            "2026-03-25T20:00:00Z",
        ),
    ]


def undisturbed(place: Place, asked: list[Command], room: Newsroom) -> list[Leg]:
    """Run the commands in peace.

    Raises:
        RuntimeError: one of them fails.
    """
    legs = []
    before = lakes.State()
    for command in asked:
        room.now = command.now
        began = time.time()
        code, touched, seconds = place.run(command)
        if code:
            raise RuntimeError(f"{command.name} fails undisturbed: {place.told()}")
        after = lakes.state(place.lake)
        legs.append(Leg(command, before, after, touched, seconds, place.written(began)))
        before = after
    return legs


def disturbed(place: Place, leg: Leg, chance: random.Random, kills: int, tally: Tally) -> None:
    """Kill a command so many times, let it run to its end, and look at the lake."""
    for _ in range(kills):
        if not _killed(place, leg, chance, tally):
            break
    for number in range(TRIES):
        code, _, _ = place.run(leg.command)
        tally.reruns += 1
        if code == 0:
            break
        tally.broken(f"rerun {number + 1} of {leg.command.name} ends with {code}: {place.told()[-600:]}")
        time.sleep(1)
    for fault in lakes.differences(leg.after, lakes.state(place.lake)):
        tally.broken(f"after {leg.command.name}: {fault}")
    if leg.command.settles:
        settings = replace(Settings(lake=str(place.lake), model=place.model), sources=_sources())
        for fault in (*lakes.findings(settings), *lakes.history_faults(place.lake)):
            tally.broken(f"after {leg.command.name}: {fault}")


def _sources() -> str:
    return str(SEEDS / "newsroom" / "sources")


def _killed(place: Place, leg: Leg, chance: random.Random, tally: Tally) -> bool:
    """Start the command and kill it at a random moment; False where it had ended before."""
    group, patience, by_clock = (chance.random() < 0.5 for _ in range(3))
    delay = chance.uniform(leg.touched, leg.seconds) if by_clock else chance.uniform(0, 0.02)
    writes = 0 if by_clock else chance.randrange(1, leg.writes + 1)
    began = time.time()
    process = place.start(leg.command)
    while writes and process.poll() is None and place.written(began) < writes:
        time.sleep(0.002)
    with suppress(TimeoutExpired):
        process.wait(delay)
    if process.returncode is not None:
        tally.early += 1
        if process.returncode:
            tally.broken(
                f"{leg.command.name} ends with {process.returncode} by itself: {place.told()[-600:]}"
            )
        return False
    living = len(workers_of(process.pid))
    kill(process, group=group)
    died, clock = time.monotonic(), time.time()
    tally.kills += 1
    tally.alone += not group and living > 1
    if patience:
        _orphans(process.pid, died, tally)
        wrote = lakes.newest(place.lake)[0] - clock
        tally.last_write = max(tally.last_write, wrote)
        if wrote > WRITING_SECONDS:
            tally.broken(f"workers wrote for {wrote:.1f} s after their parent was killed")
    hit = lakes.moment(place.lake, began)
    tally.hit[hit] += 1
    tally.left.update(
        {"staged or unlisted files" if "/" in name else name for name in lakes.leftovers(place.lake)}
    )
    return True


def _orphans(group: int, died: float, tally: Tally) -> None:
    """Wait until the workers of a killed command are gone."""
    seconds = outlived(group, died)
    if seconds is None:
        tally.broken("workers went on living after their parent was killed")
    else:
        tally.longest_orphan = max(tally.longest_orphan, seconds)


def rounds(
    folder: Path, model: str, wanted: int, chance: random.Random, room: Newsroom, tally: Tally
) -> None:
    """Make lakes, killing all the while, until so many kills are done."""
    folder.mkdir(parents=True)
    asked = commands(folder, chance.randrange(1000))
    ways = {}
    for small in (False, True):
        place = Place(folder / f"peace-{small}" / "lake", model, room.connect_to, small)
        place.lake.parent.mkdir()
        ways[small] = undisturbed(place, asked, room)
    took = sum(leg.seconds for leg in ways[False])
    print(f"model {model}: {len(asked)} commands take {took:.0f} s undisturbed", flush=True)
    goal, number = tally.kills + wanted, 0
    with Readers() as readers:
        while tally.kills < goal:
            number += 1
            small = bool(number % 2)
            place = Place(folder / f"lake-{number}" / "lake", model, room.connect_to, small)
            place.lake.parent.mkdir()
            for leg in ways[small]:
                if tally.kills >= goal:
                    break
                room.now = leg.command.now
                readers.start(watch(leg.before, leg.after, place.lake))
                before = tally.kills
                disturbed(place, leg, chance, min(chance.choice((1, 1, 1, 2, 3)), goal - before), tally)
                told = readers.stop()
                tally.read += told
                for fault in told.faults[:5]:
                    tally.broken(f"during {leg.command.name}: {fault}")
                if tally.kills // PROGRESS > before // PROGRESS:
                    report(tally)
            shutil.rmtree(place.lake.parent)


def report(tally: Tally) -> None:
    """A line of progress."""
    hit = ", ".join(f"{count} {step}" for step, count in tally.hit.most_common())
    print(
        f"{tally.kills:4} kills ({hit}); {tally.reruns} reruns, {tally.read.readings} readings, "
        f"{len(tally.read.faults)} of them bad, {len(tally.faults)} promises broken",
        flush=True,
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--with-models", type=int, default=20, help="how many of them with language models")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where lakes are made (default: a temporary folder)")
    return parser.parse_args()


def main() -> int:
    """Run the trial; 1 where a promise was broken."""
    given = arguments()
    began, chance, tally = time.monotonic(), random.Random(given.seed), Tally()
    with (
        tempfile.TemporaryDirectory(prefix="dateline-kill-", dir=given.folder) as made,
        Newsroom("2026-03-25T05:00:00Z") as room,
    ):
        # Whoever is killed hangs up on the newsroom: no news.
        room.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        for name, model, wanted in (
            ("off", "none", given.kills - given.with_models),
            ("on", Settings().model, given.with_models),
        ):
            if wanted > 0:
                rounds(Path(made) / name, model, wanted, chance, room, tally)
    report(tally)
    left = ", ".join(f"{name} {count} times" for name, count in sorted(tally.left.items()))
    print(f"left behind by the killed: {left or 'nothing'}")
    print(
        f"{tally.alone} times a parent was killed alone while workers lived; they ended within "
        f"{tally.longest_orphan:.2f} s, and wrote for {max(0.0, tally.last_write):.2f} s of it; "
        f"{tally.early} commands had ended before their kill"
    )
    return verdict(f"{tally.kills} kills", tally.read, tally.faults, given.seed, began)


if __name__ == "__main__":
    sys.exit(main())
