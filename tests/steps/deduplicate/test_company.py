"""What a text links to depends on the two texts: not on what else is there, nor on how that is written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from signed_rows import links, row

DAY = date(2024, 3, 25)
TEXTS = json.loads((Path(__file__).parent / "pairs.json").read_text(encoding="utf-8"))["texts"]
NAMES = {"Whitlock": "Sands", "Dana": "Mary", "Peter Long": "Owen Marsh", "Ostrander": "Bellweather"}
DEGREES = {"14 degrees": "15 degrees"}
GIVEN = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abcdefgh"),
        "text": st.sampled_from([TEXTS[name]["text"] for name in ("appointment", "weather")]),
        "other": st.booleans(),
        "upper": st.booleans(),
        "minus": st.booleans(),
        "date": st.sampled_from(["2024-03-24", "2024-03-25"]),
        "hour": st.one_of(st.none(), st.sampled_from(range(0, 24, 3))),
    }
)


def _text(given: dict[str, Any]) -> dict[str, Any]:
    changed = NAMES if "Whitlock" in given["text"] else DEGREES
    minus = {" 6": " -6"} if given["minus"] and "degrees" in given["text"] else {}
    made = {**given, "parts": [], "replace": minus | (changed if given["other"] else {})}
    if given["hour"] is not None:
        made["at"] = f"{given['date']}T{given['hour']:02}:00:00"
    return made


def _links(texts: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Target and kind by the text and the relation."""
    found = links(DAY, [row(_text(text)) for text in texts])
    return {
        (link["article_id"], link["relation"]): (link["target_id"], link["duplicate_kind"]) for link in found
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(GIVEN, max_size=6, unique_by=lambda text: text["id"]), GIVEN)
def test_another_text_takes_links_to_itself_only(
    texts: list[dict[str, Any]], another: dict[str, Any]
) -> None:
    """Where words are judged alone, as they are within two days, which is too few for a template."""
    before, after = _links(texts), _links([*texts, {**another, "id": "z"}])
    own = {key: link for key, link in after.items() if key[0] != "z"}
    for key in before.keys() | own.keys():
        assert own.get(key) == before.get(key) or own[key][0] == "z"


@settings(max_examples=60, deadline=None)
@given(st.lists(GIVEN, max_size=6, unique_by=lambda text: text["id"]))
def test_a_text_links_to_the_earliest_that_it_would_link_to_alone(texts: list[dict[str, Any]]) -> None:
    found = _links(texts)
    for text in texts:
        alone = {
            (link, other["id"])
            for other in texts
            if other["id"] != text["id"]
            for key, link in _links([text, other]).items()
            if key == (text["id"], "duplicate")
        }
        link = found.get((text["id"], "duplicate"))
        assert (link is not None) == bool(alone)
        assert link is None or (link, link[0]) in alone
