"""Time expressions with TIMEX3 values, anchored on the day of publication and on the story. English."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from dateline.text.anchor import Anchor, Reading
from dateline.text.story import PARSED, Story
from dateline.text.timex import NO_YEAR_AFTER, PATTERNS, calendar

_BY = re.compile(r"\b(?:by|no later than)\s+(?:the end of )?$", re.IGNORECASE)


def dates(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: temporal, in the order of the text. Other languages than English: none.

    Nothing is read inside names (`Bloody Sunday`, `Today` the programme), nor in the place line.
    """
    if not story.english:
        return {"temporal": []}
    text = story.text[:PARSED]
    line = found["place_line"] or {}
    skip = line.get("end") or 0
    names = [
        (m["start"], m["end"]) for m in found["mentions"] if m["label"] in ("ORG", "WORK_OF_ART", "PERSON")
    ]
    anchor = Anchor(story.day)
    made = []
    for kind, match in _candidates(text, skip, names):
        before = text[max(0, match.start() - 90) : match.start()]
        reading = anchor.read(kind, match, before)
        if reading is not None:
            made.append(_row(text, match, reading, before))
    return {"temporal": made}


def _candidates(text: str, skip: int, names: list[tuple[int, int]]) -> list[tuple[str, re.Match[str]]]:
    """Matches that do not overlap, in order; the longer wins, then the pattern that stands first."""
    every = []
    for rank, (kind, pattern) in enumerate(PATTERNS):
        every += [
            (match.start(), match.start() - match.end(), rank, kind, match)
            for match in pattern.finditer(text, skip)
            if _plausible(kind, match, text)
        ]
    every.sort(key=lambda item: (item[1], item[2], item[0]))
    starts = sorted(names)
    taken: list[tuple[int, int]] = []
    kept = []
    for start, _, _, kind, match in every:
        position = bisect_left(taken, (start, 0))
        end = match.end()
        clear = (position == 0 or taken[position - 1][1] <= start) and (
            position == len(taken) or taken[position][0] >= end
        )
        if clear and not _in_name(start, end, starts):
            taken.insert(position, (start, end))
            kept.append((kind, match))
    return sorted(kept, key=lambda item: item[1].start())


def _in_name(start: int, end: int, names: list[tuple[int, int]]) -> bool:
    """Inside a longer name (`Sunday Times`, `The March of the Living`)."""
    position = bisect_left(names, (start + 1, 0)) - 1
    return position >= 0 and names[position][1] >= end and names[position] != (start, end)


def _plausible(kind: str, match: re.Match[str], text: str) -> bool:
    if kind == "year":
        return not NO_YEAR_AFTER.match(text, match.end())
    if kind == "month":
        word = match["month"]
        if word in ("May", "March") and not (match["y"] or match["last"] or match["edge"].strip()):
            before = text[max(0, match.start() - 12) : match.start()]
            return bool(re.search(r"\b(?:in|of|since|until|by|last|next|from|to|for|and|through)\s$", before))
        return True
    if kind == "reference" and match[0].lower() == "now":
        return not text.startswith((" that ", "-"), match.end())
    return True


def _row(text: str, match: re.Match[str], reading: Reading, before: str) -> dict[str, Any]:
    start, end = reading.span or match.span()
    begin, end_date = calendar(reading.value) if reading.type in ("DATE", "TIME") else (None, None)
    mod = reading.mod
    if mod is None and reading.type == "DATE" and _BY.search(before) and reading.value[:1].isdigit():
        mod = "ON_OR_BEFORE"
    return {
        "exact": text[start:end],
        "start": start,
        "end": end,
        "type": reading.type,
        "value": reading.value,
        "mod": mod,
        "begin": begin,
        "end_date": end_date,
        "function": None,
    }
