"""How many edited copies `dateline dedup` joins to their original, beside MinHash LSH and SimHash.

    python scripts/dedup_recall.py [FILE] [--texts N] [--seed N]

FILE holds JSON lines {"id","text",…}; an optional "title" is used. Only texts of 80 words and more take
part, and one of each content. Without FILE, stories in six languages are made up. Each edit makes one copy
of each text, published some hours after it, and each way is asked for itself, originals and copies of one
edit together:

- dateline: the command on a file. Joined is a copy that repeats or extends its original.
- LSH .5 and .8: MinHashLSH of datasketch, 128 permutations, word 5-grams. Joined is what it answers.
- SimHash 3 and 10: 64 bits over the words of a text, as often as they stand there; joined are texts that
  differ in at most so many bits.

The last rows tell of what is no copy: the first half of one story with the second half of another, where
joined counts against a way, and how many pairs of different stories were joined in all runs of the copies.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from faults.daily_news import originals

from dateline.edges.json_lines import read_json_lines
from dateline.text.normalise import content_hash, words

LEAST = 80
"""Words of a text that takes part."""
PERMUTATIONS = 128
SIZE = 5
"""Words in a shingle."""
FIRST = datetime(2026, 3, 2, 6, tzinfo=UTC)
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+|\W")
_SLIPS = {"e": "c", "l": "1", "o": "0", "m": "rn", "i": "l", "h": "b", "u": "n", "о": "0", "и": "н"}
SITES = (
    ("Read this in our app and get the morning letter first.", "Photographs may not be used elsewhere."),
    ("You have two free stories left this month.", "Follow us for more, or write to the desk."),
    ("Home. News. Weather. Sport. Subscribe.", "All rights reserved. Terms of use and privacy apply."),
)


@dataclass(frozen=True)
class Story:
    """A text and its title."""

    title: str
    text: str


Edit = Callable[[Story, random.Random, list[str]], Story]
"""Makes a copy from a story, chance, and the words of all stories."""


def _replaced(share: float) -> Edit:
    """So many of the words are others; numbers stay, as in what an editor changes."""

    def edit(story: Story, chance: random.Random, known: list[str]) -> Story:
        pieces = _TOKEN.findall(story.text)
        for place, piece in enumerate(pieces):
            if piece[0].isalpha() and chance.random() < share:
                pieces[place] = chance.choice(known)
        return Story(story.title, "".join(pieces))

    return edit


def _cut(share: float) -> Edit:
    """Only the start is left, so many of its words."""

    def edit(story: Story, chance: random.Random, known: list[str]) -> Story:
        del chance, known
        return Story(story.title, _first(story.text, share))

    return edit


def _first(text: str, share: float) -> str:
    pieces = _TOKEN.findall(text)
    places = [place for place, piece in enumerate(pieces) if piece[0].isalnum()]
    return "".join(pieces[: places[int(share * len(places))]])


def _more(share: float) -> Edit:
    """So many words more: a third of them before the text, the rest behind it."""

    def edit(story: Story, chance: random.Random, known: list[str]) -> Story:
        new = [chance.choice(known) for _ in range(int(share * len(words(story.text))))]
        third = len(new) // 3
        return Story(story.title, f"{_told(new[:third])}\n\n{story.text}\n\n{_told(new[third:])}")

    return edit


def _told(new: list[str]) -> str:
    return f"{' '.join(new).capitalize()}."


def _with_boilerplate(story: Story, chance: random.Random, known: list[str]) -> Story:
    del known
    header, footer = chance.choice(SITES)
    return Story(story.title, f"{header}\n\n{story.text}\n\n{footer}")


def _shuffled(story: Story, chance: random.Random, known: list[str]) -> Story:
    del known
    parts = story.text.split("\n\n")
    if len(parts) < 3:
        parts = re.split(r"(?<=[.!?]) +|(?<=。)", story.text)
    return Story(story.title, "\n\n".join(chance.sample(parts, len(parts))))


def _new_headline(story: Story, chance: random.Random, known: list[str]) -> Story:
    title = _told(chance.choices(known, k=7))
    return Story(title, f"{title}\n\n{story.text}")


def _misread(story: Story, chance: random.Random, known: list[str]) -> Story:
    """One letter in fifty of those that are taken for others."""
    del known
    told = (_SLIPS[one] if one in _SLIPS and chance.random() < 0.02 else one for one in story.text)
    return Story(story.title, "".join(told))


EDITS: dict[str, Edit] = {
    **{f"{share} % of the words changed": _replaced(share / 100) for share in (2, 5, 10, 20)},
    **{f"cut to {share} %": _cut(share / 100) for share in (70, 50, 30)},
    "header and footer of a site": _with_boilerplate,
    "paragraphs shuffled": _shuffled,
    **{f"updated, {share} % more": _more(share / 100) for share in (20, 50)},
    "a new headline, also in the text": _new_headline,
    "slips of OCR": _misread,
}
NO_COPY = "half of one, half of another (no copy)"


def copies(edit: str, stories: list[Story], seed: int) -> list[Story]:
    """A copy of each story; of NO_COPY what is none."""
    chance = random.Random(f"{edit} {seed}")  # noqa: S311 - the same dice always
    known = sorted({word for story in stories for word in words(story.text) if word.isalpha()})
    if edit != NO_COPY:
        return [EDITS[edit](story, chance, known) for story in stories]
    made = []
    for place, story in enumerate(stories):
        other = stories[(place + 1 + len(stories) // 3) % len(stories)].text
        second = other[len(_first(other, 0.5)) :]
        made.append(Story(story.title, f"{_first(story.text, 0.5)}\n\n{second}"))
    return made


Pairs = set[tuple[int, int]]
"""(copy, story) that a way has joined; stories and copies are numbered in one run, stories first."""


def by_dateline(texts: list[Story]) -> Pairs:
    """What the command on a file links."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for number, story in enumerate(texts):
                late = timedelta(hours=5) * (number >= len(texts) // 2)
                when = (FIRST + timedelta(seconds=number % (len(texts) // 2)) + late).isoformat()
                line = {"id": number, "title": story.title, "text": story.text, "published": when}
                out.write(json.dumps(line) + "\n")
        program = str(Path(sys.executable).with_name("dateline"))
        asked = [program, "dedup", "--input", str(source), "--output", str(target)]
        subprocess.run(asked, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - our own words
        found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    links = ("duplicate_of", "version_of", "extends")
    return {(one["id"], one[link]) for one in found for link in links if one[link] is not None}


def by_lsh(texts: list[Story], threshold: float) -> Pairs:
    """What MinHashLSH answers, without a look at the texts."""
    from datasketch import MinHash, MinHashLSH

    lsh, sketches = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), []
    for number, story in enumerate(texts):
        told = words(story.text)
        grams = {" ".join(told[place : place + SIZE]).encode() for place in range(len(told) - SIZE + 1)}
        sketches.append(MinHash(num_perm=PERMUTATIONS, seed=1))
        sketches[-1].update_batch(sorted(grams))
        lsh.insert(number, sketches[-1])
    return {
        (number, other)
        for number, sketch in enumerate(sketches)
        for other in lsh.query(sketch)
        if other < number
    }


def by_simhash(texts: list[Story], distance: int) -> Pairs:
    """Texts whose SimHashes differ in at most so many bits."""
    found: Pairs = set()
    sketches = np.array([simhash(story.text) for story in texts], np.uint64)
    for number in range(1, len(texts)):
        apart = np.bitwise_count(sketches[:number] ^ sketches[number])
        found.update((number, int(other)) for other in np.flatnonzero(apart <= distance))
    return found


def simhash(text: str) -> int:
    """64 bits: of each the majority over the words' hashes."""
    told = b"".join(hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words(text))
    hashes = np.frombuffer(told, "<u8")
    bits = (hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    return sum(1 << int(bit) for bit in np.flatnonzero(2 * bits.sum(axis=0) > len(hashes)))


WAYS: dict[str, Callable[[list[Story]], Pairs]] = {
    "dateline": by_dateline,
    "LSH .5": lambda texts: by_lsh(texts, 0.5),
    "LSH .8": lambda texts: by_lsh(texts, 0.8),
    "SimHash 3": lambda texts: by_simhash(texts, 3),
    "SimHash 10": lambda texts: by_simhash(texts, 10),
}


def measure(stories: list[Story], seed: int, ways: list[str]) -> Iterator[list[str]]:
    """The rows of the table."""
    count, false = len(stories), {way: set() for way in ways}
    for edit in (*EDITS, NO_COPY):
        texts = [*stories, *copies(edit, stories, seed)]
        row = [edit]
        for way in ways:
            pairs = WAYS[way](texts)
            joined = {copy for copy, story in pairs if story == copy - count}
            if edit == NO_COPY:
                # Either half may have found its story.
                joined = {copy for copy, story in pairs if copy >= count > story}
            else:
                both = {(one % count, other % count) for one, other in pairs}
                false[way] |= {(min(pair), max(pair)) for pair in both if pair[0] != pair[1]}
            row.append(f"{len(joined) / count:.3f}")
        yield row
    yield ["pairs of different stories joined", *(str(len(false[way])) for way in ways)]


def read(path: Path | None, most: int, seed: int) -> list[Story]:
    """The stories of a file, or made up; at most so many, drawn by chance."""
    if path is None:
        told = [Story(item.title, "\n\n".join(item.paragraphs)) for item in originals(3 * most, seed)]
    else:
        lines = [line for line in read_json_lines(path) if isinstance(line.get("text"), str)]
        told = [Story(str(line.get("title") or ""), line["text"]) for line in lines]
    known = {content_hash(story.text): story for story in told if len(words(story.text)) >= LEAST}
    chance = random.Random(seed)  # noqa: S311 - the same dice always
    return chance.sample(sorted(known.values(), key=lambda one: one.text), min(most, len(known)))


def main() -> int:
    """Print the table as Markdown; 2 where there are too few texts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", help="JSON lines; only originals, no copies")
    parser.add_argument("--texts", type=int, default=500, help="how many texts take part, at most")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    stories, ways = read(given.file, given.texts, given.seed), list(WAYS)
    if len(stories) < 4:
        print(f"{len(stories)} texts of {LEAST} words and more are too few")
        return 2
    try:
        import datasketch  # noqa: F401
    except ImportError:
        print("datasketch is not there: `.venv/bin/pip install datasketch` adds its columns\n")
        ways = [way for way in ways if not way.startswith("LSH")]
    print(f"{len(stories)} texts, seed {given.seed}\n")
    print(f"| edit | {' | '.join(ways)} |\n|---|{'---:|' * len(ways)}")
    for row in measure(stories, given.seed, ways):
        print(f"| {' | '.join(row)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
