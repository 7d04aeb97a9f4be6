"""What is kept of a text whose publisher reserves something."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.errors import Refused, UsageError
from dateline.settings import from_environment
from dateline.text.rights_policy import STATEMENTS, decide, heed, parse

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
NOARCHIVE = {"origin": "meta", "name": "robots", "value": "noarchive"}
RESERVED = {"origin": "header", "name": "tdm-reservation", "value": "1"}
TRAIN = {"origin": "robots.txt", "name": "content-signal", "value": "ai-train=no"}
OVER = {"origin": "meta", "name": "robots", "value": "unavailable_after: 2026-03-23"}
DOCUMENT = {
    "source": "gull", "captured": NOON, "title": "A lamp", "text": "A lamp was lit.",
    "description": "Of a lamp", "image_caption": "The lamp", "content_hash": "ab", "word_count": 4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "signals", "wanted"),
    [
        ("", [NOARCHIVE, RESERVED, TRAIN, OVER], ("all", None)),
        ("noarchive=facts", [], ("all", None)),
        ("noarchive=facts", [NOARCHIVE], ("facts", "noarchive")),
        ("noarchive=facts, gull:noarchive=keep", [NOARCHIVE], ("all", None)),
        ("gull:noarchive=facts", [NOARCHIVE], ("facts", "noarchive")),
        ("heron:noarchive=facts", [NOARCHIVE], ("all", None)),
        ("ai_train=facts", [TRAIN], ("facts", "ai_train")),
        ("ai_train=facts", [{**TRAIN, "value": "ai-train=yes"}], ("all", None)),
        ("noarchive=facts,tdm_reserved=facts", [NOARCHIVE, RESERVED], ("facts", "noarchive")),
        ("unavailable=facts", [OVER], ("facts", "unavailable")),
        ("unavailable=facts", [{**OVER, "value": "unavailable_after: 2026-03-25"}], ("all", None)),
    ],
)
def test_what_is_kept(policy, signals, wanted):
    found = heed(DOCUMENT, signals, parse(policy))
    assert (found["rights"]["kept"], found["rights"]["because"]) == wanted
    assert found["rights"]["signals"] == signals
    left = {name: value for name, value in found.items() if name != "rights"}
    if wanted[0] == "all":
        assert left == DOCUMENT
    else:
        assert left == DOCUMENT | {"text": "", "description": None, "image_caption": None}


def test_the_strictest_action_counts():
    with pytest.raises(Refused, match="tdm_reserved") as refused:
        heed(DOCUMENT, [NOARCHIVE, RESERVED], parse("noarchive=facts,tdm_reserved=reject"))
    assert refused.value.reason == "rights"


def test_a_time_that_is_not_known_is_over_for_nobody():
    assert (
        heed({**DOCUMENT, "captured": None}, [OVER], parse("unavailable=reject"))["rights"]["kept"] == "all"
    )


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_can_be_named(statement):
    [(_, named, _)] = parse(f"{statement}=facts")
    assert named == statement
    rights = heed(DOCUMENT, [], ())["rights"]
    assert decide(((("", statement, "reject")),), rights, "gull", NOON) == ("keep", None)


@pytest.mark.parametrize(
    "line",
    [
        "noarchive",
        "noarchive=drop",
        "nothing=facts",
        "noarchive=facts,noarchive=keep",
        "=facts",
        "a:b:noai=keep",
        "noai=FACTS",
    ],
)
def test_a_policy_that_says_nothing_is_a_mistake(line):
    with pytest.raises(UsageError, match="DATELINE_RIGHTS_POLICY"):
        from_environment({"DATELINE_RIGHTS_POLICY": line})


def test_the_order_of_a_policy_does_not_matter():
    assert parse("noai=facts, gull:noai=keep ,") == parse("gull:noai=keep,noai=facts")
