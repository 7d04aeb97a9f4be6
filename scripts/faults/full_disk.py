"""Fills the disk under a lake, at random levels, and looks whether anything but the command suffers.

    python scripts/faults/full_disk.py [--levels N] [--seed N] [--model NAME]

A small file system is mounted (tmpfs: as root, else in a user namespace of its own), a lake put in it, and
filled up to some pages. `dateline settle` and `dateline import` must then end with 1 and one sentence that
names the path and says that the disk is full; every file of the lake must be what it was or what it is to
be, and readers must be able to read all the while. Then space is made, the command typed again, and the
lake must be the one that never saw a full disk, with nothing left over that a settle sweeps.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import lakes
import material
from commands import Command, Place
from readers import Readers, Told, verdict, watch

PAGE = 4096
MOUNTED = 64 * 1024 * 1024
IN_NAMESPACE = "DATELINE_FAULTS_NAMESPACE"
FULL = "No space left on device"


@dataclass
class Tally:
    """What happened so far."""

    trials: int = 0
    full: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    read: Told = field(default_factory=Told)
    faults: list[str] = field(default_factory=list)

    def broken(self, what: str) -> None:
        self.faults.append(what)
        print(f"broken: {what}", flush=True)


@dataclass(frozen=True)
class Leg:
    """A command on a lake that lies ready, and what comes out of it where there is room.

    Args:
        ready: the lake before, to be copied.
        loose: files that it leaves for a later sweep all the same: those that a batch which grew no longer
            lists, as a reader may still be at them.
        pages: how many pages the lake may need more, at most.
    """

    command: Command
    ready: Path
    before: lakes.State
    after: lakes.State
    loose: list[str]
    pages: int


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A small file system in a folder.

    Raises:
        PermissionError: this process may not mount one.
    """
    folder.mkdir(exist_ok=True)
    program = shutil.which("mount") or "mount"
    done = subprocess.run(
        [program, "-t", "tmpfs", "-o", f"size={MOUNTED},nr_inodes=0", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PermissionError(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(folder)], check=True)


def in_a_namespace() -> int:
    """Run this program again where it may mount; 2 where that is not possible either."""
    unshare = shutil.which("unshare")
    if unshare is None or os.environ.get(IN_NAMESPACE):
        print("a file system can't be mounted here: neither as root nor in a namespace of our own")
        return 2
    asked = [unshare, "--user", "--map-root-user", "--mount", sys.executable, *sys.argv]
    return subprocess.run(asked, env={**os.environ, IN_NAMESPACE: "1"}, check=False).returncode


def fill(folder: Path, pages: int) -> Path:
    """Leave so many pages of a file system free."""
    facts = os.statvfs(folder)
    filler = folder / "filler"
    wanted = (facts.f_bavail - pages) * facts.f_frsize
    with filler.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, wanted)
    return filler


def legs(folder: Path, model: str, seed: int) -> list[Leg]:
    """Two commands on a lake of some settled days: an import, and the settle after it.

    Raises:
        RuntimeError: one of them fails without any trouble.
    """
    items = material.made_up(48, seed)
    for name, part in (("first", items[::2]), ("second", items[1::2])):
        material.deal(part, 6, folder / name, seed)

    def take(name: str, *more: str) -> Command:
        paths = [str(path) for path in sorted((folder / name).iterdir())]
        return Command("import", ("import", *paths, "--workers", "2", *more), "2026-03-25T05:00:00Z")

    place = Place(folder / "peace" / "lake", model, "", small_groups=True)
    place.lake.parent.mkdir()
    found = []
    for command in (
        take("first"),
        take("second", "--no-settle"),
        Command("settle", ("settle", "--workers", "2"), "2026-03-25T06:00:00Z"),
    ):
        ready, before, pages = folder / f"ready-{len(found)}", lakes.state(place.lake), used(place.lake)
        if place.lake.exists():
            shutil.copytree(place.lake, ready)
        code, _, _ = place.run(command)
        if code:
            raise RuntimeError(f"{command.name} fails undisturbed: {place.told()}")
        loose, more = lakes.leftovers(place.lake), used(place.lake) - pages
        found.append(Leg(command, ready, before, lakes.state(place.lake), loose, more))
    return found[1:]


def used(lake: Path) -> int:
    """Pages that the files of a lake take up."""
    return sum(-(-path.stat().st_size // PAGE) for path in lake.rglob("*") if path.is_file())


def trial(folder: Path, leg: Leg, free: int, model: str, tally: Tally, readers: Readers) -> None:
    """One command on a lake with so many free pages, and again when there is room."""
    with mounted(folder / "small") as small:
        lake = small / "lake"
        shutil.copytree(leg.ready, lake)
        place = Place(lake, model, "", small_groups=tally.trials % 2 == 0, told_in=folder)
        filler = fill(small, free)
        readers.start(watch(leg.before, leg.after, lake))
        code, _, _ = place.run(leg.command)
        what = f"{leg.command.name} with {free} free pages"
        tally.trials += 1
        if code:
            tally.full += 1
            tally.hit[_where(place.told(), lake)] += 1
            for fault in _sentence_faults(code, place.told(), lake):
                tally.broken(f"{what} {fault}")
        for fault in between(leg, lakes.state(lake)):
            tally.broken(f"{what}: {fault}")
        filler.unlink()
        code, _, _ = place.run(leg.command)
        if code:
            tally.broken(f"{what}, again with room, ends with {code}: {place.told()}")
        read = readers.stop()
        tally.read += read
        after = [*lakes.differences(leg.after, lakes.state(lake)), *read.faults[:5]]
        loose = [path for path in lakes.leftovers(lake) if path not in leg.loose]
        if leg.command.name == "settle":
            after += lakes.history_faults(lake)
        else:
            # The other workers of an import were ended where they were; the next settle sweeps after them.
            loose = [path for path in loose if not path.endswith(".tmp")]
        after += [f"{path} is left over" for path in loose]
        for fault in after:
            tally.broken(f"{what}, again with room: {fault}")


def _sentence_faults(code: int, told: str, lake: Path) -> Iterator[str]:
    """What is wrong with how a full disk was told."""
    lines = [line for line in told.splitlines() if line.startswith("dateline: ")]
    if code != 1:
        yield f"ends with {code}, not 1: {told[-400:]}"
    if "Traceback" in told or "Error:" in told:
        yield f"shows a traceback: {told[-900:]}"
    elif len(lines) != 1 or FULL not in lines[0] or str(lake) not in lines[0]:
        yield f"does not say in one sentence which path met a full disk: {told[-400:]}"


def _where(told: str, lake: Path) -> str:
    """What could not be written: the part of the lake that the message names."""
    found = re.search(re.escape(str(lake)) + r"/?(receipts/[a-z]+|[a-z]+)?", told)
    return (found[1] or "the folder itself") if found else "nobody knows what"


def between(leg: Leg, state: lakes.State) -> Iterator[str]:
    """Files that are neither what they were nor what they are to be, and those that are gone."""
    for path, sha256 in state.files.items():
        if sha256 not in (leg.before.files.get(path), leg.after.files.get(path)):
            yield f"{path} is neither the old file nor the new one"
    yield from (f"{path} is gone" for path in leg.before.files if path not in state.files)


def levels(leg: Leg, count: int, chance: random.Random) -> list[int]:
    """Free pages to leave, one at random in each of so many equal parts; none at all is one of them."""
    share = max(leg.pages, count) / count
    return [0, *(int(share * (number + chance.random())) for number in range(count - 1))]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--levels", type=int, default=20, help="how full, for each of the two commands")
    parser.add_argument("--model", default="none", help="language model; none leaves all out")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    """Run the trial; 1 where a promise was broken, 2 where no file system can be mounted."""
    given = arguments()
    began, chance, tally = time.monotonic(), random.Random(given.seed), Tally()
    with tempfile.TemporaryDirectory(prefix="dateline-disk-") as made:
        folder = Path(made)
        try:
            with mounted(folder / "small"):
                pass
        except PermissionError:
            return in_a_namespace()
        with Readers() as readers:
            for leg in legs(folder, given.model, given.seed):
                before = tally.full
                for free in levels(leg, given.levels, chance):
                    trial(folder, leg, free, given.model, tally, readers)
                print(
                    f"{leg.command.name}: needs up to {leg.pages} pages; the disk was full in "
                    f"{tally.full - before} of {given.levels} trials",
                    flush=True,
                )
    hit = ", ".join(f"{count} {name}" for name, count in tally.hit.most_common())
    print(f"what could not be written: {hit}")
    return verdict(f"{tally.full} full disks", tally.read, tally.faults, given.seed, began)


if __name__ == "__main__":
    sys.exit(main())
