"""What a capture and its page say of rights stands in the document; the policy decides what is kept of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from dateline.contracts.captures import CAPTURES
from dateline.contracts.documents import DOCUMENTS
from dateline.steps.clean import CleanRules, clean
from dateline.steps.sign import SignRules, sign
from dateline.text.normalise import content_hash
from dateline.text.rights_policy import parse

TEXT = "The lamp on the long pier was lit again on Monday after nine dark winters, said its keeper."
HEADER = {"origin": "header", "name": "x-robots-tag", "value": "noarchive"}
META = {"origin": "meta", "name": "robots", "value": "noai"}


def page(number: int = 0, text: str = TEXT, **known: Any) -> dict[str, Any]:
    body = (
        '<html><head><title>A lamp</title><meta name="robots" content="noai">'
        f'<meta name="description" content="Of a lamp"></head><body><p>{text}</p></body></html>'
    )
    row = {
        **dict.fromkeys(CAPTURES.names),
        "capture_id": f"{number:032x}",
        "source": "gull",
        "input_kind": "page",
        "url": f"https://gull.example/{number}",
        "signals": [HEADER],
        "body": body.encode(),
    }
    return row | known


def made(*rows: dict[str, Any], policy: str = "") -> list[tuple[str, dict[str, Any]]]:
    rules = CleanRules(policy=parse(policy))
    found = clean(iter([CAPTURES.batch(list(rows))]), rules)
    return [(kept.name, row) for kept, batch in found for row in kept.check(batch).to_pylist()]


def test_what_came_with_it_and_what_it_says_itself() -> None:
    [(_, document)] = made(page())
    rights = document["rights"]
    assert rights["signals"] == [HEADER, META]
    assert (rights["noarchive"], rights["noai"], rights["ai_train"], rights["kept"]) == (
        True,
        True,
        "no",
        "all",
    )
    assert document["text"] == TEXT


def test_texts_of_archives_have_what_came_with_them() -> None:
    [(_, document)] = made(page(input_kind="text", body=f"Title: A lamp\n\n{TEXT}".encode()))
    assert document["rights"]["signals"] == [HEADER]


def test_facts_alone() -> None:
    [(_, document)] = made(page(), policy="noarchive=facts")
    assert (document["text"], document["description"]) == ("", None)
    assert (document["title"], document["word_count"]) == ("A lamp", 18)
    assert document["content_hash"] == content_hash(TEXT)
    assert (document["rights"]["kept"], document["rights"]["because"]) == ("facts", "noarchive")


def test_nothing_at_all() -> None:
    [(dataset, reject)] = made(page(), policy="noai=reject")
    assert (dataset, reject["reason"]) == ("rejects", "rights")
    assert "noai" in reject["detail"]


@pytest.mark.parametrize("policy", ["noarchive=facts", "gull:noai=facts"])
def test_texts_that_were_left_out_are_not_alike(policy: str) -> None:
    """Without their words two texts have nothing in common but, if they are equal, their hash."""
    rows = [row for _, row in made(page(0), page(1, TEXT + " Or so they say."), page(2), policy=policy)]
    batch = pa.Table.from_pylist(rows, DOCUMENTS.schema).sort_by("article_id").to_batches()[0]
    signatures = [row for _, made_ in sign(iter([batch]), SignRules()) for row in made_.to_pylist()]
    assert [row["shingle_count"] for row in signatures] == [0, 0, 0]
    assert len({row["content_hash"] for row in signatures}) == 2


def test_the_rules_tell_of_their_policy() -> None:
    one, other = CleanRules(), CleanRules(policy=parse("noai=facts"))
    assert one.digest() != other.digest()
    assert one.digest() == CleanRules(policy=parse("")).digest()
