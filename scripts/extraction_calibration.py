"""How far the confidence of facts can be believed: of values so sure, how many are right.

    python scripts/extraction_calibration.py FOLDER [--sets NAME …] [--least-right R] [--least-share S]

FOLDER is a corpus (scripts/extraction_corpus.py). Counted are the values that were given for facts that the
corpus knows; a value that the corpus has otherwise is wrong, also where the corpus errs. Titles are right
where their letters and digits are equal, authors where all are there and no other, days where they are the
day that the corpus has. "all" is every page about which people said something, whatever its set.

Exit code 1 where in one of the sets too few of the sure values are right, or too few values are sure.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from extraction_corpus import ALL, Saved, corpus, facts_right

from dateline.errors import Refused
from dateline.text.html.charset import decode
from dateline.text.html.date_voices import page_usage
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.page import judge
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse

SURE = 0.9
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
FACTS = {"title": "title_exact", "authors": "author_set", "published": "day"}
"""Fact → what it is right by."""

Values = list[tuple[float, bool]]
"""Confidence of each value, and whether it is right."""


def evidence(page: Saved) -> Evidence | None:
    """What a page says of itself; None where it is refused before it says anything."""
    try:
        return gather(parse(decode(page.body())), page.url)
    except Refused:
        return None


def facts(found: Evidence) -> tuple[dict[str, Any], dict[str, float]]:
    """The facts of a page as `dateline extract` writes them, and how sure each is."""
    page = judge(found, {}, Limits())
    when = page.published.value
    told = {
        "title": page.title.value,
        "authors": page.authors.value,
        "published": when.iso if when else None,
        "date": when.printed_day(page_usage(found).zone).isoformat() if when else None,
    }
    return told, {name: getattr(page, name).confidence for name in FACTS}


def values(pages: list[Saved]) -> dict[tuple[str, str], Values]:
    """(set, fact) → its values."""
    found: dict[tuple[str, str], Values] = defaultdict(list)
    for page in pages:
        said = evidence(page) if page.is_judged else None
        if said is None:
            continue
        told, confidence = facts(said)
        right = facts_right(page.gold, told)
        for fact, name in FACTS.items():
            if name in right and told[fact]:
                for where in (page.source, ALL):
                    found[where, fact].append((confidence[fact], right[name]))
    return found


def buckets(given: Values) -> Iterator[str]:
    """A row for each range of confidence that has values."""
    for low, high in pairwise(EDGES):
        inside = [(confidence, right) for confidence, right in given if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |"


def sure(given: Values) -> tuple[float, float, int]:
    """(share of the sure values that are right, share of the values that are sure, how many are sure)."""
    those = [right for confidence, right in given if confidence >= SURE]
    return sum(those) / len(those) if those else 1.0, len(those) / max(1, len(given)), len(those)


def report(found: dict[tuple[str, str], Values], sets: list[str], right: float, share: float) -> list[str]:
    """Print tables as Markdown; give what falls short in the sets."""
    short = []
    print(f"| set | fact | values | sure (≥ {SURE}) | of these right |\n|---|---|---:|---:|---:|")
    for where in [*sets, ALL]:
        for fact in FACTS:
            given = found.get((where, fact), [])
            of_these, that_sure, count = sure(given)
            print(f"| {where} | {fact} | {len(given)} | {that_sure:.3f} | {of_these:.3f} ({count}) |")
            if given and where != ALL and (of_these < right or that_sure < share):
                short.append(f"{where}, {fact}: {of_these:.3f} of the sure right, {that_sure:.3f} sure")
    for where in [*sets, ALL]:
        for fact in FACTS:
            if here := found.get((where, fact)):
                print(f"\n{where}, {fact}\n\n| confidence | values | mean | right |\n|---|---:|---:|---:|")
                print("\n".join(buckets(here)))
    return short


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=["fundus", "trafilatura_eval"], help="that must hold")
    parser.add_argument("--least-right", type=float, default=0.0, help="of the sure values, 0 to 1")
    parser.add_argument("--least-share", type=float, default=0.0, help="of all values, to be sure, 0 to 1")
    options = parser.parse_args()
    found = values(corpus(options.folder))
    short = report(found, options.sets, options.least_right, options.least_share)
    for line in short:
        print(f"falls short: {line}")
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
