"""Which pairs are compared: nearly all that are alike, and few others."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from dateline.contracts.signatures import SIGNATURES
from dateline.steps.sign import signatures_of
from dateline.text.candidates import _by_keys, candidates
from dateline.text.texts import Ragged, Texts

_NAMES = ("title_hash", "headline_hash", "minhash", "shingles", "numbers", "slots", "opening")


def texts_of(texts: list[list[str]]) -> Texts:
    rows = []
    for place, some in enumerate(texts):
        (signed,) = next(signatures_of([" ".join(some)], [None])).to_pylist()
        rows.append(
            {"id": f"t{place:03}", "content_hash": str(place), "url_key": None}
            | {name: signed[name] for name in _NAMES}
        )
    kinds = {name: SIGNATURES.schema.field(name).type for name in ("content_hash", "url_key", *_NAMES)}
    table = pa.Table.from_pylist(rows, pa.schema({"id": pa.string(), **kinds}))
    table = table.append_column("article", table.column("id"))
    table = table.append_column("day", pa.repeat(pa.scalar(date(2024, 3, 25)), len(table)))
    return Texts.of(table.append_column("published", pa.nulls(len(table), pa.timestamp("us", "UTC"))))


def stories(count: int, length: int) -> list[list[str]]:
    draw = np.random.default_rng(count)
    return [[f"w{number}" for number in draw.integers(0, 20_000, length)] for _ in range(count)]


def changed(words: list[str], every: int) -> list[str]:
    return [f"new{place}" if place % every == 0 else word for place, word in enumerate(words)]


@pytest.mark.parametrize(
    ("edit", "least"),
    [
        (lambda words: words, 1.0),
        (lambda words: changed(words, 33), 1.0),
        (lambda words: [*words[:150], *words[170:]], 1.0),
        (lambda words: words[:150], 1.0),
        (lambda words: words[120:160], 0.98),
        (lambda words: changed(words[:100], 25), 0.95),
        (lambda words: [*words, *(f"x{place}" for place in range(900))], 1.0),
    ],
    ids=["equal", "3%", "cut", "half", "40 words", "third, 4%", "fourfold"],
)
def test_edited_texts_meet_their_originals(edit, least: float) -> None:
    originals = stories(60, 300)
    own, earlier = texts_of([edit(words) for words in originals]), texts_of(originals)
    pairs = set(zip(*(some.tolist() for some in candidates(own, earlier)), strict=True))
    assert sum((place, place) in pairs for place in range(60)) / 60 >= least
    assert len(pairs) < 70


def test_texts_among_themselves_are_met_both_ways_and_never_with_themselves() -> None:
    both = stories(20, 300)
    own = texts_of([*both, *([*words, "end"] for words in both)])
    pairs = list(zip(*(some.tolist() for some in candidates(own, own)), strict=True))
    assert pairs == [
        *((place, place + 20) for place in range(20)),
        *((place + 20, place) for place in range(20)),
    ]


def test_texts_that_are_too_short_or_not_there_meet_none() -> None:
    short = texts_of([["fire", "at", "the", "mill"]] * 3)
    for own, earlier in ((short, short), (short, texts_of([])), (texts_of([]), texts_of(stories(2, 50)))):
        assert [some.tolist() for some in candidates(own, earlier)] == [[], []]


SENTENCE = [f"s{place}" for place in range(14)]
LONG = [f"x{place}" for place in range(200)]


@pytest.mark.parametrize(
    ("flash", "whole", "met"),
    [
        (SENTENCE, [*SENTENCE, *LONG], True),
        (SENTENCE, ["PARIS", "March", "3", "agency", *SENTENCE, *LONG], True),
        ([*SENTENCE[:6], "other", *SENTENCE[7:]], [*SENTENCE, *LONG], True),
        (SENTENCE, [*LONG, *SENTENCE], False),
        (SENTENCE[:11], [*SENTENCE, *LONG], False),
        (SENTENCE, SENTENCE, False),
    ],
    ids=["begins", "behind a dateline", "edited", "ends", "too few words", "no longer text"],
)
def test_a_sentence_meets_the_longer_text_that_begins_with_it(flash, whole, met: bool) -> None:
    texts, others = texts_of([flash, LONG]), texts_of([LONG, whole])
    assert ((0, 1) in _pairs(texts, others)) is met
    assert ((1, 0) in _pairs(others, texts)) is met
    both = texts_of([flash, whole])
    assert _pairs(both, both) == ({(0, 1), (1, 0)} if met else set())


def _pairs(own: Texts, earlier: Texts) -> set[tuple[int, int]]:
    return set(zip(*(some.tolist() for some in candidates(own, earlier)), strict=True))


def test_lists_are_read_from_a_part_of_an_array() -> None:
    whole = pa.array([[1], [2, 3], [], [4]], pa.list_(pa.uint32()))
    part = Ragged.of(whole.slice(1, 2))
    assert [part[0].tolist(), part[1].tolist()] == [[2, 3], []]
    assert part.counts.tolist() == [2, 0]
    assert part.values.tolist() == [2, 3]


def flood(count: int) -> Texts:
    """Notices that share most of their words: many keys belong to nearly all of them."""
    frame = [f"f{number}" for number in range(120)]
    return texts_of([[*frame, *(f"n{number}x{place}" for place in range(60))] for number in range(count)])


@pytest.mark.parametrize("size", [1, 7, 500])
def test_pairs_do_not_depend_on_how_much_is_looked_up_at_a_time(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    texts = [*stories(20, 300), *(changed(words, 20) for words in stories(20, 300))]
    own, earlier = texts_of([*texts, *([f"f{n}" for n in range(200)],) * 30]), flood(40)
    whole = [[some.tolist() for some in candidates(*pair)] for pair in ((own, own), (own, earlier))]
    for name in ("_TEXTS", "_SHINGLES", "_PAIRS"):
        monkeypatch.setattr(f"dateline.text.candidates.{name}", size)
    assert [[some.tolist() for some in candidates(*pair)] for pair in ((own, own), (own, earlier))] == whole
    assert len(whole[0][0]) >= 40
    assert len(whole[1][0]) > 0


def strangers(count: int) -> Texts:
    """Texts that have three shingles in common with all others, and would need four to be alike."""
    own = [np.arange(1000 * number + 1000, 1000 * number + 1040) for number in range(count)]
    lists = [np.concatenate(([1, 2, 3], values)).astype(np.uint32) for values in own]
    starts = np.arange(count + 1, dtype=np.int64) * len(lists[0])
    return replace(texts_of(stories(count, 40)), shingles=Ragged(np.concatenate(lists), starts))


def test_what_many_texts_share_is_counted_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.text.candidates._PAIRS", 10_000)
    peaks = []
    for count in (150, 600):
        texts = strangers(count)
        assert len(texts.signed) == count
        tracemalloc.start()
        found = _by_keys(texts, texts)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(found) == count
    assert peaks[1] < 6 * peaks[0]
