"""Learns which blocks of a page are its story, from pages whose text is known.

    python scripts/learn_body.py FOLDER [--check] [--output FILE]

FOLDER holds `truth.jsonl` and the pages that it names. A row has `id`, `source`, `html_path` (gzip or not),
`url`, `language` (None if unknown), `brand` or `host` (whose page it is), and either `body` and `body_kind`
(what sort of reference it is) or sentences that must be kept and others that must not (`body_with`,
`body_without`). Rows without any of them are left out, as are pages that the product refuses.

Writes `data/body_model.json` of the package, or FILE: the same bytes for the same pages. With --check
nothing is written: the pages are parted by publisher in four, trees are grown on three parts and judge the
fourth, and what they keep is compared with the references, beside what the extractor alone keeps.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from body_labels import Labels, is_unparted, label, shingles, squeeze, whole_text
from body_trees import Settings, as_json, grow
from extraction_corpus import saved

from dateline.errors import Refused
from dateline.text.html.block_features import look_at
from dateline.text.html.block_model import Model
from dateline.text.html.block_numbers import Numbers
from dateline.text.html.blocks import read_blocks
from dateline.text.html.body import extract
from dateline.text.html.charset import decode
from dateline.text.html.details import description_of
from dateline.text.html.evidence import gather
from dateline.text.html.hidden import hidden_of
from dateline.text.html.titles import headline
from dateline.text.html.tree import parse

MODEL = Path(__file__).resolve().parents[1] / "include/dateline/data/body_model.json"
FOLDS = 4
SURE = (0.35, 0.45, 0.55)
"""How likely a block must be of the story to be kept, for --check."""
LIKELY = 0.3
"""… between two that are kept."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with a reference.

    Args:
        truth: its row of references.
        texts: of its blocks.
        picked: the paragraphs that the extractor gives.
        is_headline: for each block whether it says nothing but the headline.
        numbers: blocks × `block_features.NAMES`.
        labels: what the reference says of the blocks.
    """

    truth: dict[str, Any]
    texts: list[str]
    picked: list[str]
    is_headline: list[bool]
    numbers: Numbers
    labels: Labels

    @property
    def fold(self) -> int:
        """Pages of a publisher are alike, so all are of one part."""
        name = self.truth.get("brand") or self.truth.get("host") or self.truth["id"]
        return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def read_samples(folder: Path, workers: int = 2) -> list[Sample]:
    """All pages of a folder that have a reference, in its order."""
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    with get_context("spawn").Pool(workers) as pool:
        found = pool.map(partial(_sample, folder), truths, chunksize=20)
    return [sample for sample in found if sample]


def _sample(folder: Path, truth: dict[str, Any]) -> Sample | None:
    if not (whole_text(truth) or truth.get("body_with") or truth.get("body_without")):
        return None
    try:
        tree = parse(decode(saved(folder / truth["html_path"])))
        evidence = gather(tree, truth.get("url"))
        blocks, picked = read_blocks(tree, hidden_of(tree)), extract(tree)
    except Refused:
        return None
    title = headline(evidence).value
    if not blocks:
        return None
    headlines = [title or "", *evidence.headings]
    sight = look_at(blocks, picked, headlines, description_of(evidence, title))
    labels = label(blocks, truth, sight.is_headline)
    if labels is None:
        return None
    texts = [block.text for block in blocks]
    return Sample(truth, texts, picked, sight.is_headline, sight.numbers, labels)


def learn(samples: list[Sample], settings: Settings | None = None) -> Model:
    """Grow trees on samples.

    Raises:
        ValueError: there is nothing to learn from them.
    """
    if not samples:
        raise ValueError("no pages with a reference")
    return grow(
        np.vstack([sample.numbers for sample in samples]),
        np.concatenate([sample.labels.is_story for sample in samples]),
        np.concatenate([sample.labels.weights for sample in samples]),
        settings or Settings(),
    )


# Cross-validation


def check(samples: list[Sample], workers: int = 2) -> None:
    """Print precision, recall and F1 by source: of the extractor, and of the trees at some thresholds."""
    with get_context("spawn").Pool(workers) as pool:
        chances = pool.map(judge_part, [(fold, samples) for fold in range(FOLDS)], chunksize=1)
    by_page = {at: one for fold in chances for at, one in fold.items()}
    print(f"extractor  {_scores(samples, lambda at: samples[at].picked)}")
    for sure in SURE:
        kept = partial(_kept, samples, by_page, sure)
        print(f"above {sure:.2f} {_scores(samples, kept)}")


def judge_part(task: tuple[int, list[Sample]]) -> dict[int, Numbers]:
    """What trees grown on the other parts say of the pages of one."""
    fold, samples = task
    model = learn([sample for sample in samples if sample.fold != fold])
    return {at: model.judge(sample.numbers) for at, sample in enumerate(samples) if sample.fold == fold}


def _kept(samples: list[Sample], chances: dict[int, Numbers], sure: float, at: int) -> list[str]:
    """The blocks of a page that are kept, without the headline."""
    is_kept = chances[at] > sure
    between = np.zeros(len(is_kept), bool)
    between[1:-1] = is_kept[:-2] & is_kept[2:]
    is_kept |= between & (chances[at] > LIKELY)
    is_kept &= ~np.array(samples[at].is_headline, bool)
    return [text for text, kept in zip(samples[at].texts, is_kept, strict=True) if kept]


def _scores(samples: list[Sample], paragraphs_of: Callable[[int], list[str]]) -> str:
    """`source precision/recall/F1`: means over pages of the shingles; of sentences over all of them."""
    found: defaultdict[str, list[tuple[float | None, float]]] = defaultdict(list)
    sentences: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, sample in enumerate(samples):
        text, truth = "\n\n".join(paragraphs_of(at)), sample.truth
        if whole_text(truth):
            found[truth["source"]].append(_of_text(text, whole_text(truth), is_unparted(truth)))
        elif truth.get("body_with") or truth.get("body_without"):
            counts = _of_sentences(text, truth)
            total = sentences[truth["source"]]
            total[:] = [one + other for one, other in zip(total, counts, strict=True)]
    rows = {
        source: (_mean(p for p, _ in values), _mean(r for _, r in values)) for source, values in found.items()
    }
    for source, (right, lost, wrong) in sentences.items():
        rows[f"{source} (sentences)"] = (right / max(right + wrong, 1), right / max(right + lost, 1))
    return "  ".join(f"{source} {p:.3f}/{r:.3f}/{_f1(p, r):.4f}" for source, (p, r) in sorted(rows.items()))


def _of_text(text: str, whole: str, by_character: bool) -> tuple[float | None, float]:
    """Precision (None where nothing is kept) and recall."""
    wanted, has = shingles(whole, by_character=by_character), shingles(text, by_character=by_character)
    both = (wanted & has).total()
    return (both / has.total() if has else None), both / max(wanted.total(), 1)


def _of_sentences(text: str, truth: dict[str, Any]) -> tuple[int, int, int]:
    """How many sentences are rightly kept, lost, and wrongly kept."""
    text = squeeze(text)
    wanted = [squeeze(one) in text for one in (truth.get("body_with") or [])[:6]]
    unwanted = [squeeze(one) in text for one in (truth.get("body_without") or [])[:6]]
    return sum(wanted), len(wanted) - sum(wanted), sum(unwanted)


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / max(len(known), 1)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def main(arguments: list[str] | None = None) -> int:
    """Learn, or check what can be learnt."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-validate by publisher; write nothing")
    parser.add_argument("--output", type=Path, default=MODEL)
    told = parser.parse_args(arguments)
    samples = read_samples(told.folder)
    blocks = sum(len(sample.texts) for sample in samples)
    print(f"{len(samples)} pages, {blocks} blocks")
    if told.check:
        check(samples)
        return 0
    model = learn(samples)
    told.output.write_text(as_json(model), "utf-8")
    print(f"{told.output}: version {model.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
