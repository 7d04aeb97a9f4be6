"""Each pair of `pairs.json` is an earlier text, a later one, and what the later one is to it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signed_rows import Row, links, row

GIVEN = json.loads((Path(__file__).parent / "pairs.json").read_text(encoding="utf-8"))
START = datetime(2024, 3, 21, 8, tzinfo=UTC)
SENTENCE = re.compile(r"(?<=[.。।])\s*")


def _changed(text: str, changes: list[list[str]]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def texts_of(pair: dict[str, Any]) -> tuple[str, str]:
    """The earlier text and the later one."""
    text, change = GIVEN["texts"][pair["text"]]["text"], pair.get("change", [])
    if "flash" in pair or "flash_text" in pair:
        sentences = SENTENCE.split(text)[: pair.get("flash", 0)]
        earlier = pair.get("flash_text") or _changed(" ".join(sentences), pair.get("flash_change", []))
        later = _changed(earlier, pair["short_later"]) if "short_later" in pair else text
    elif "against" in pair:
        earlier = _changed(text, change)
        later = _changed(earlier, pair["against"])
    else:
        earlier, later = text, _changed(text, change)
    later = " ".join(part for part in (pair.get("before"), later, pair.get("after")) if part)
    if "frame" in pair:
        more = [GIVEN["texts"][name]["text"] for name in pair["frame"]]
        earlier, later = ("\n\n".join((some, *more)) for some in (earlier, later))
    if "upper" in pair:
        later = pair["upper"]
    return (later, earlier) if pair.get("part_later") else (earlier, later)


def _row_at(name: str, text: str, title: str | None, at: datetime | None) -> Row:
    known = {"at": at.replace(tzinfo=None).isoformat()} if at else {}
    given = {"id": name, "parts": [], "text": text, "title": title, "date": str((at or START).date())}
    return row(given | known)


@pytest.mark.parametrize(
    "pair", GIVEN["pairs"], ids=lambda pair: f"{pair['text']}-{pair['expect']}-{pair['says'][:40]}"
)
def test_pair(pair: dict[str, Any]) -> None:
    """Templates filled with other names, days or numbers stay apart; the same text with a correction, a slip,
    another byline or the style of another paper does not."""
    earlier, later = texts_of(pair)
    hours = pair.get("hours")
    first, second = (None, None) if hours is None else (START, START + timedelta(hours=hours))
    titles = (pair.get("title"), None) if pair.get("part_later") else (None, pair.get("title"))
    rows = [_row_at("a", earlier, titles[0], first), _row_at("b", later, titles[1], second)]
    found = [
        link["duplicate_kind"] or link["relation"]
        for link in links((second or START).date(), rows)
        if link["article_id"] == "b"
    ]
    assert found == ([] if pair["expect"] == "apart" else [pair["expect"]]), pair["says"]


def test_there_are_enough_pairs_of_both_kinds() -> None:
    apart = [pair for pair in GIVEN["pairs"] if pair["expect"] == "apart"]
    languages = {GIVEN["texts"][pair["text"]]["language"] for pair in apart}
    assert len(GIVEN["pairs"]) >= 90
    assert len(apart) >= 30
    assert len(languages) >= 9
