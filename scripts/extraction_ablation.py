"""What each kind of evidence adds to the facts, and each stage to the body.

    python scripts/extraction_ablation.py FOLDER [--part facts|body] [--pages N] [--sets NAME …]

FOLDER is a corpus (scripts/extraction_corpus.py). Facts are judged with all evidence, without each kind,
and by each kind alone; a page is parsed once. Bodies are read in the ways of scripts/extraction_stages.py.
Prints Markdown tables: shares of pages right in the columns "without" and "alone", F1 of bodies.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from extraction_calibration import evidence, facts
from extraction_corpus import ALL, BodyScore, Saved, corpus, facts_right
from extraction_stages import STAGES

from dateline.errors import Refused
from dateline.text.html.bylines import Bylines
from dateline.text.html.charset import decode
from dateline.text.html.evidence import Evidence
from dateline.text.html.shown_details import NO_DETAILS
from dateline.text.html.tree import parse

OPEN_GRAPH = ("og:", "article:", "twitter:", "al:", "fb:", "profile:")
LEAST = 30
"""Values that a set must have for a column of its own."""
METRICS = ("title_exact", "author_set", "day", "instant")

Without = Callable[[Evidence], Evidence]


def _meta(page: Evidence, is_kept: Callable[[str], bool]) -> Evidence:
    return replace(page, meta={name: said for name, said in page.meta.items() if is_kept(name)})


KINDS: dict[str, Without] = {
    "JSON-LD": lambda page: replace(page, linked={}, others=[]),
    "microdata": lambda page: replace(page, items={}, item_types=set(), shown=replace(page.shown, items=[])),
    "OpenGraph, Twitter": lambda page: _meta(page, lambda name: not name.startswith(OPEN_GRAPH)),
    "other meta": lambda page: _meta(page, lambda name: name.startswith(OPEN_GRAPH)),
    "classes of the whole page": lambda page: replace(page, frame=""),
    "state of scripts": lambda page: replace(page, stated=list),
    "`<time>`": lambda page: replace(page, times=[], changed=[]),
    "visible byline and date": lambda page: replace(
        page,
        bylines=[],
        shown=Bylines(items=page.shown.items),
        dated=[],
        has_headline=False,
        before=[],
        after=[],
        below=[],
        short_texts=list,
        details=NO_DETAILS,
    ),
    "URL": lambda page: replace(page, url=None, canonical=None),
    "headings and lines": lambda page: replace(page, headings=[], heads=[], lines=list),
    "`<title>`": lambda page: replace(page, title=""),
    "profile of the site": lambda page: replace(page, affixes=[], house=[]),
}
"""Kind of evidence → the same page with that kind silent."""


def alone(page: Evidence, kind: str) -> Evidence:
    """A page with all kinds silent but one."""
    for other, without in KINDS.items():
        page = without(page) if other != kind else page
    return page


class Shares:
    """How many values are right, by (way, set, metric)."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str, str]] = Counter()
        self.all: Counter[tuple[str, str]] = Counter()

    def add(self, way: str, page: Saved, right: dict[str, bool]) -> None:
        """Count a page; what another program said of pages counts for none."""
        for metric, is_right in right.items():
            for where in (page.source, ALL) if page.is_judged else ():
                self.right[way, where, metric] += is_right
                self.all[where, metric] += way == ""

    def share(self, way: str, where: str, metric: str) -> float:
        """Share of the values of a metric in a set that are right."""
        return self.right[way, where, metric] / max(1, self.all[where, metric])

    def sets(self, metric: str, wanted: list[str] | None) -> list[str]:
        """The sets that have enough values, all together last."""
        found = sorted(
            where for (where, name), count in self.all.items() if name == metric and count >= LEAST
        )
        return [*(where for where in found if where != ALL and where in (wanted or found)), ALL]


def ablate(pages: list[Saved]) -> Shares:
    """Judge each page in every way: "" with all evidence, "-KIND" without a kind, "KIND" by it alone."""
    shares = Shares()
    for page in pages:
        nothing = dict.fromkeys(facts_right(page.gold, {}), False)
        said = evidence(page) if nothing else None
        if said is None:
            shares.add("", page, nothing)
            continue
        shares.add("", page, facts_right(page.gold, facts(said)[0]))
        for kind, without in KINDS.items():
            shares.add(f"-{kind}", page, facts_right(page.gold, facts(without(said))[0]))
            shares.add(kind, page, facts_right(page.gold, facts(alone(said, kind))[0]))
    return shares


def facts_tables(shares: Shares, wanted: list[str] | None) -> Iterator[str]:
    """A table for each metric: with all evidence; then without, and by, each kind."""
    for metric in METRICS:
        sets = shares.sets(metric, wanted)
        heads = "".join(f" {where} ({shares.all[where, metric]}) without | alone |" for where in sets)
        yield f"\n| {metric} |{heads}\n|---|{'---:|---:|' * len(sets)}"
        whole = "".join(f" {shares.share('', where, metric):.3f} | |" for where in sets)
        yield f"| all evidence |{whole}"
        for kind in KINDS:
            cells = (
                f" {shares.share(f'-{kind}', where, metric):.3f} | {shares.share(kind, where, metric):.3f} |"
                for where in sets
            )
            yield f"| {kind} |{''.join(cells)}"


def read_bodies(pages: list[Saved]) -> dict[tuple[str, str], BodyScore]:
    """(stage, set) → its score; a page that a stage refuses has no text."""
    scores: dict[tuple[str, str], BodyScore] = defaultdict(BodyScore)
    for page in pages:
        if not page.is_judged or not (page.gold.get("body") or page.gold.get("body_with")):
            continue
        said = evidence(page)
        text = decode(page.body())
        for stage, read in STAGES.items():
            try:
                paragraphs = read(parse(text), said.headings if said else [])
            except Refused:
                paragraphs = []
            scores[stage, page.source].add(page.gold, "\n\n".join(paragraphs))
    return scores


def body_table(scores: dict[tuple[str, str], BodyScore]) -> Iterator[str]:
    """F1 by stage and set."""
    sets = sorted({where for _, where in scores})
    figures = {key: next(score.figures(), ("", 0.0, 0)) for key, score in scores.items()}
    first = next(iter(STAGES))
    heads = "".join(f" {where} ({figures[first, where][2]}) |" for where in sets)
    yield f"\n| F1 of the body |{heads}\n|---|{'---:|' * len(sets)}"
    for stage in STAGES:
        yield f"| {stage} |{''.join(f' {figures[stage, where][1]:.3f} |' for where in sets)}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("facts", "body"), help="both by default")
    parser.add_argument("--pages", type=int, help="a sample, always the same")
    parser.add_argument("--sets", nargs="+", help="by default all that have enough values")
    options = parser.parse_args()
    pages = corpus(options.folder, options.pages)
    if options.part != "body":
        for line in facts_tables(ablate(pages), options.sets):
            print(line, flush=True)
    if options.part != "facts":
        chosen = [page for page in pages if options.sets is None or page.source in options.sets]
        for line in body_table(read_bodies(chosen)):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
