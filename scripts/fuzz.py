"""Made-up bytes for everything that reads bytes from outside, for so many minutes.

    python scripts/fuzz.py [--minutes N] [--only NAME] [--seed N] [--corpus FOLDER]

Hypothesis makes them: proper inputs that are spoilt, words of their language in any order, one of them very
often, or noise. Each must end within a second of CPU (a page within two), raise nothing, and give what its
target promises (scripts/fuzz_targets.py). With --corpus, pages of that folder (scripts/extraction_corpus.py)
are spoilt besides the fictional ones. What breaks is cut down to its least and printed as a case for
tests/fuzzed/cases.json (a large one is kept in a file); exit code 1 then.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fuzz_pages import target as page
from fuzz_targets import Answers, Target, targets
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

PRINTED = 20_000
"""Bytes of an input that are printed."""
CUTTING = 60.0
"""Seconds that may be spent on making an input that breaks something smaller."""
ROUND = 400
"""Inputs for one target before the next one has its turn."""
LARGEST = 4_000
OFTEN = 20_000
"""Times that one word stands in an input; what is quadratic in it takes far more than a second then."""
SWOLLEN_IN = 20
"""One of so many inputs is swollen: it takes as long as all the others."""


@dataclass
class Tally:
    """What was done for one target."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    found: dict[str, bytes] = field(default_factory=dict)


def spoilt(target: Target, number: int) -> bytes:
    """A proper input with some bytes taken out, doubled, or put in; the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - dice, no secrets
    proper = chance.choice(target.seeds)
    for _ in range(chance.randint(1, 4) if target.ways else 0):
        proper = chance.choice(target.ways)(proper, chance)
    data = bytearray(proper)
    for _ in range(chance.randint(0 if target.ways else 1, 8)):
        start = chance.randint(0, len(data))
        end = min(start + chance.choice((0, 0, 1, 2, 8, 40)), len(data))
        kinds = (
            chance.choice(target.words),
            chance.randbytes(chance.randint(0, 4)),
            bytes(data[start:end]) * 2,
        )
        data[start:end] = chance.choice(kinds)
    return bytes(data)


def swollen(target: Target, number: int) -> bytes:
    """A proper input with a word many times at one place, and a number in each where `%d` is."""
    chance = random.Random(number)  # noqa: S311 - dice, no secrets
    data = bytearray(chance.choice(target.seeds))
    at, word = chance.randint(0, len(data)), chance.choice(target.words + target.repeated)
    # Mostly within a tag or at its end: attributes stand nowhere else.
    if tags := [place for place, letter in enumerate(data) if letter in b"<>"]:
        at = chance.choice((at, place := chance.choice(tags), place + 1))
    count = min(chance.choice((300, 3_000, OFTEN)), target.largest // len(word))
    data[at:at] = repeated(word, count)
    return bytes(data)


def repeated(word: bytes, times: int) -> bytes:
    """A word so many times, each with its number for `%d`."""
    return b"".join(word.replace(b"%d", b"%d" % each) for each in range(times))


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """All inputs of a target."""
    words = st.lists(st.sampled_from(target.words) | st.binary(max_size=4), max_size=30).map(b"".join)
    # A number draws much faster than its dice one by one would; what breaks is cut down afterwards anyway.
    spoilt_ones = st.integers(0, 2**63).map(partial(spoilt, target))
    swollen_ones = st.integers(0, 2**63).map(partial(swollen, target))
    usual = st.one_of(spoilt_ones, spoilt_ones, spoilt_ones, spoilt_ones, words, st.binary(max_size=LARGEST))
    return st.integers(1, SWOLLEN_IN).flatmap(lambda dice: swollen_ones if dice == SWOLLEN_IN else usual)


def feed(target: Target, tally: Tally, number: int, count: int) -> None:
    """So many inputs for a target, from this seed on; what breaks goes into the tally."""
    last = b""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    @given(inputs(target))
    def look(data: bytes) -> None:
        nonlocal last
        last, began = data, time.process_time()
        tally.inputs += 1
        target.check(data)
        spent = time.process_time() - began
        tally.slowest = max(tally.slowest, spent)
        if spent > target.longest:
            raise TimeoutError("took too long")

    began = time.monotonic()
    try:
        look()
    except Exception as error:  # whatever it is, it is what we look for
        tally.found.setdefault(_where(error), least(target, last, type(error)))
    finally:
        tally.seconds += time.monotonic() - began


def least(target: Target, data: bytes, kind: type[Exception]) -> bytes:
    """What is left of an input when nothing more can be taken out of it without it ceasing to break so."""
    size, until = len(data) // 2, time.monotonic() + CUTTING
    while size:
        start = 0
        while start < len(data) and time.monotonic() < until:
            shorter = data[:start] + data[start + size :]
            if _breaks(target, shorter, kind):
                data = shorter
            else:
                start += size
        size //= 2
    return data


def _breaks(target: Target, data: bytes, kind: type[Exception]) -> bool:
    try:
        target.check(data)
    except Exception as error:  # an error of another kind is another finding
        return type(error) is kind
    return False


def _where(error: Exception) -> str:
    """The kind of the error and the last line of ours that it came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "dateline" in frame.filename]
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "fuzz_targets"
    return f"{type(error).__name__} at {place}: {str(error)[:200]}"


def run(chosen: dict[str, Target], seconds: float, number: int) -> dict[str, Tally]:
    """Feed the targets in turn until the time is up, each at least once."""
    tallies = {name: Tally() for name in chosen}
    until, turn = time.monotonic() + seconds, 0
    while turn == 0 or time.monotonic() < until:
        for name, target in chosen.items():
            feed(target, tallies[name], number + turn, ROUND)
        turn += 1
    return tallies


def case(name: str, data: bytes) -> str:
    """An input as a case for the tests, or the file where a large one is kept."""
    if len(data) > PRINTED:
        with tempfile.NamedTemporaryFile(prefix="fuzz-", delete=False) as file:
            file.write(data)
        return f"{len(data)} bytes for {name}, kept in {file.name}"
    return json.dumps({"target": name, "data": base64.b64encode(data).decode()})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", action="append", help="a target; all by default")
    parser.add_argument("--corpus", type=Path, help="a folder of saved pages")
    parser.add_argument("--seed", type=int, help="the same inputs again; another one each time by default")
    options = parser.parse_args()
    number = random.SystemRandom().randrange(10**9) if options.seed is None else options.seed
    with Answers() as answers:
        known = {**targets(answers), "page": page(options.corpus)}
        chosen = {name: known[name] for name in options.only or known}
        tallies = run(chosen, options.minutes * 60, number)
    print(f"seed {number}")
    for name, tally in tallies.items():
        print(
            f"{name:13} {tally.inputs:9,} inputs in {tally.seconds:6.1f} s, "
            f"slowest {tally.slowest:.3f} s CPU, {len(tally.found)} found"
        )
        for where, data in tally.found.items():
            print(f"  {where}")
            print("  " + case(name, data))
    return int(any(tally.found for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
