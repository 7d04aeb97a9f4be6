"""Which pairs are compared: nearly all that are alike, and few others, whatever is looked up when."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from dateline.contracts.signatures import SIGNATURES
from dateline.errors import ContractBroken
from dateline.steps.sign import signatures_of
from dateline.text import hits
from dateline.text.candidates import Search
from dateline.text.compare import Limits, may_be_alike
from dateline.text.hits import Filter, Held, key_of, packed, place_of
from dateline.text.links import candidates, find_links
from dateline.text.ragged import Lists, Ragged
from dateline.text.shingles import shared
from dateline.text.sketches import Sketches, banded
from dateline.text.texts import Texts

_NAMES = ("title_hash", "headline_hash", "minhash", "shingles", "numbers", "slots", "opening")
FIRST = date(2024, 3, 1)


def texts_of(texts: list[list[str]], days: list[int] | None = None) -> Texts:
    """Texts in the order given, all of one day where no days are given."""
    rows = []
    for place, some in enumerate(texts):
        batch = next(signatures_of([" ".join(some)], [None]))
        (signed,), bands = batch.to_pylist(), banded(Ragged.of(batch.column("minhash"))).to_arrow()
        day = FIRST + timedelta(days[place] if days else 0)
        rows.append(
            {"id": f"t{place:03}", "content_hash": signed["text_hash"], "url_key": None, "day": day}
            | {name: signed[name] for name in _NAMES}
            | {"bands": bands[0].as_py()}
        )
    kinds = {
        name: SIGNATURES.schema.field(name).type for name in ("content_hash", "url_key", "bands", *_NAMES)
    }
    table = pa.Table.from_pylist(rows, pa.schema({"id": pa.string(), "day": pa.date32(), **kinds}))
    table = table.append_column("article", table.column("id"))
    return Texts.of(table.append_column("published", pa.nulls(len(table), pa.timestamp("us", "UTC"))))


def pairs_of(texts: Texts, window: int | None = None) -> set[tuple[int, int]]:
    """The candidates, each (later, sooner)."""
    found, _ = candidates(texts, window)
    pairs = list(zip(found.later.tolist(), found.sooner.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(later > sooner for later, sooner in pairs)
    return set(pairs)


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
    pairs = pairs_of(texts_of([*originals, *([*edit(words), "end"] for words in originals)]))
    assert sum((place + 60, place) in pairs for place in range(60)) / 60 >= least
    assert sum(sooner < 60 for _, sooner in pairs) < 70


def test_texts_among_themselves_are_met_backwards_and_never_with_themselves() -> None:
    both = stories(20, 300)
    pairs = pairs_of(texts_of([*both, *([*words, "end"] for words in both)]))
    assert pairs == {(place + 20, place) for place in range(20)}


def test_texts_that_are_too_short_or_not_there_meet_none() -> None:
    short = [["fire", "at", "the", "mill"]] * 3
    for texts in ([], short, stories(1, 50), [*short, *stories(2, 50)]):
        assert pairs_of(texts_of(texts)) == set()


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
        (SENTENCE, [*SENTENCE, "more"], False),
    ],
    ids=["begins", "behind a dateline", "edited", "ends", "too few words", "equal", "not longer"],
)
def test_a_sentence_meets_the_longer_text_that_begins_with_it(flash, whole, met: bool) -> None:
    for texts in ([flash, whole], [whole, flash]):
        assert pairs_of(texts_of(texts)) == ({(1, 0)} if met else set())
        assert pairs_of(texts_of(texts, [0, 1])) == ({(1, 0)} if met else set())


def test_lists_are_read_from_a_part_of_an_array() -> None:
    whole = pa.array([[1], [2, 3], [], [4]], pa.list_(pa.uint32()))
    part = Ragged.of(whole.slice(1, 2))
    assert [part[0].tolist(), part[1].tolist()] == [[2, 3], []]
    assert part.counts.tolist() == [2, 0]
    assert part.values.tolist() == [2, 3]


def town() -> tuple[list[list[str]], list[int]]:
    """News of six days: stories, edited copies, parts, flashes, and a notice that comes again and again."""
    draw = random.Random(4)
    frame = [f"f{number}" for number in range(120)]
    texts, days = [], []
    for day in range(6):
        for _ in range(8):
            texts.append([f"w{draw.randrange(20_000)}" for _ in range(draw.choice((12, 40, 150, 400)))])
            texts.append([*frame, *(f"n{draw.randrange(900)}" for _ in range(30))])
            known = draw.choice(texts)
            texts.append(draw.choice((known, known[: len(known) // 2], changed(known, 25), [*known, "end"])))
        days += [day] * 24
    return texts, days


NEWS, DAYS = town()


@pytest.fixture
def cool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are hot early, and what is held is thinned out often."""
    monkeypatch.setattr(hits, "HOT", 5)
    monkeypatch.setattr(hits, "HOT_TARGETS", 2)
    monkeypatch.setattr(hits, "HELD", 50)


SIZES = ("candidates._ENTRIES", "meeting._ENTRIES", "meeting._PAIRS", "sketches._SOME", "sketches._TEXTS")


@pytest.mark.parametrize("size", [1, 7, 500])
def test_pairs_do_not_depend_on_how_much_is_looked_up_at_a_time(
    monkeypatch: pytest.MonkeyPatch, cool: None, size: int
) -> None:
    whole = candidates(texts_of(NEWS, DAYS), 3)
    assert len(whole[0].later) > 100
    assert whole[1].keys > 10
    for name in SIZES:
        monkeypatch.setattr(f"dateline.text.{name}", size)
    again = candidates(texts_of(NEWS, DAYS), 3)
    assert [some.tolist() for some in again[0]] == [some.tolist() for some in whole[0]]
    assert again[1] == whole[1]


def by_days(window: int, order: random.Random) -> set[tuple[int, int]]:
    """The candidates, each day against those of its window, which come in any order."""
    found = set()
    days = [texts_of([text for text, of in zip(NEWS, DAYS, strict=True) if of == day]) for day in range(6)]
    for day, own in enumerate(days):
        search = Search(own.sketches, earlier=window)
        before = [other for other in range(6) if 0 < day - other <= window]
        order.shuffle(before)
        for other in before:
            search.add(window - (day - other), days[other].sketches)
        pairs, _ = search.pairs()
        for later, number, sooner in zip(*(some.tolist() for some in pairs), strict=True):
            found.add((24 * day + later, 24 * (day - window + number) + sooner))
    return found


@pytest.mark.parametrize("window", [0, 1, 3, 5])
@pytest.mark.parametrize("hot", [5, 1000])
def test_days_one_by_one_in_any_order_give_the_pairs_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, cool: None, hot: int, window: int
) -> None:
    monkeypatch.setattr(hits, "HOT", hot)
    whole = pairs_of(texts_of(NEWS, DAYS), window)
    for seed in range(3):
        assert by_days(window, random.Random(seed)) == whole


def test_what_comes_later_makes_nothing_hot_for_what_was_there(cool: None) -> None:
    whole = pairs_of(texts_of(NEWS, DAYS))
    for count in (20, 60, 100):
        before = pairs_of(texts_of(NEWS[:count], DAYS[:count]))
        assert before == {pair for pair in whole if max(pair) < count}


def test_of_a_flood_only_the_first_are_met_and_it_is_told(cool: None) -> None:
    frame = [f"f{number}" for number in range(120)]
    found, hot = candidates(texts_of([[*frame, f"n{number}"] for number in range(20)]))
    assert np.isin(np.arange(1, 20), found.later[found.sooner == 0]).all()
    assert len(found.later) < 20 * 5
    assert hot.texts == 14
    assert hot.keys > 20


def test_links_are_those_of_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a comparison of every text with every earlier one, which leaves nothing to an estimate."""
    # What recurs is told by the candidates themselves: not what is looked at here.
    monkeypatch.setattr("dateline.text.recurrence.recurring", lambda texts, targets: None)
    texts = texts_of(NEWS, DAYS)
    firsts = texts.sketches.texts
    later, sooner = (places.ravel() for places in np.meshgrid(firsts, firsts, indexing="ij"))
    counts = texts.shingles.counts
    # A text of a sentence can be a part of a longer text alone.
    usable = (later > sooner) & (np.maximum(counts[later], counts[sooner]) >= 16)
    later, sooner = later[usable], sooner[usable]
    pairs, _ = candidates(texts)
    found = dict(find_links(texts, pairs.later, pairs.sooner, Limits()))
    monkeypatch.setattr("dateline.text.others.DOUBT", 1e9)
    assert found == dict(find_links(texts, later, sooner, Limits()))
    assert len(found) > 60
    met = set(zip(pairs.later.tolist(), pairs.sooner.tolist(), strict=True))
    alike = {
        (one, other)
        for one, other in zip(later.tolist(), sooner.tolist(), strict=True)
        if min(counts[one], counts[other]) >= 16
        and may_be_alike(
            shared(texts.shingles[one], texts.shingles[other]), counts[one], counts[other], Limits()
        )
    }
    assert len(alike & met) / len(alike) >= 0.99


def test_a_filter_never_says_no_wrongly_and_seldom_yes() -> None:
    draw = np.random.default_rng(1)
    keys = draw.integers(0, 1 << 30, 20_000, dtype=np.uint32)
    assert Filter(keys[:1000]).may_have(keys[:1000]).all()
    assert Filter(keys[:1000]).may_have(keys[1000:]).mean() < 1 / 16
    assert not Filter(keys[:0]).may_have(keys).any()


def test_what_is_held_of_a_hot_key_is_its_first_and_how_many_more(cool: None) -> None:
    keys = np.array([3] * 20 + [7] * 4, np.uint32)
    places = np.array([*range(20, 40), *range(4)])
    for seed in range(5):
        held, order = Held(), np.random.default_rng(seed).permutation(24)
        for start in range(0, 24, 6):
            held.add(packed(keys[order[start : start + 6]], places[order[start : start + 6]]))
        kept = held.all()
        assert place_of(kept[key_of(kept) == 3])[:2].tolist() == [20, 21]
        assert place_of(kept[key_of(kept) == 7]).tolist() == [0, 1, 2, 3]
        beyond, _ = held.beyond.of(np.array([3, 7, 9], np.uint32))
        assert beyond.tolist() == [20 - np.count_nonzero(key_of(kept) == 3), 0, 0]


def test_sets_that_are_not_expected_are_refused() -> None:
    texts = texts_of(stories(3, 50)).sketches
    search = Search(texts, earlier=2)
    search.add(0, texts)
    for number in (0, 2, -1):
        with pytest.raises(ValueError, match="no room"):
            search.add(number, texts)
    many = replace(texts, texts=np.array([0, 1, 1 << 30]))
    with pytest.raises(ContractBroken, match="more than can be searched"):
        search.add(1, many)


def strangers(count: int) -> Sketches:
    """Texts that have three shingles in common with all others, and would need more to be alike."""
    own = [np.arange(1000 * number + 1000, 1000 * number + 1037) for number in range(count)]
    lists = [np.concatenate(([1, 2, 3], values)).astype(np.uint32) for values in own]
    starts = np.arange(count + 1, dtype=np.int64) * len(lists[0])
    texts = texts_of(stories(count, 44))
    shingles = Lists([Ragged(np.concatenate(lists), starts)], np.arange(count))
    return replace(texts, shingles=shingles).sketches


def test_what_many_texts_share_is_counted_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.text.meeting._PAIRS", 10_000)
    peaks = []
    for count in (150, 600):
        sketches = strangers(count)
        tracemalloc.start()
        pairs, _ = Search(sketches).pairs()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(pairs.later) == 0
    assert peaks[1] < 6 * peaks[0]
