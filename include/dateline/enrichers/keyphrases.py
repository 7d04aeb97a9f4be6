"""Phrases that stand for the text: noun phrases that recur or stand early; else words that recur."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from dateline.text.languages import primary
from dateline.text.story import PARSED, Story

_MOST = 12
_WORDS = 4
_KEPT = frozenset({"NOUN", "PROPN", "ADJ"})
_WORD = re.compile(r"[^\W\d_][\w'’-]+")


def keyphrases(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: keyphrases, at most twelve, best first; scores relative to the best (1).

    The place line is no part of any. A phrase inside a better one is left out.
    """
    line = found["place_line"] or {}
    counts, first = (_parsed if story.parsed else _plain)(story, line.get("end") or 0)
    size = max(1, len(story.text))
    title = story.title.casefold()
    words = Counter(word for phrase, count in counts.items() for word in phrase.split() * count)
    scores = {}
    for phrase, count in counts.items():
        parts = phrase.split()
        weight = sum(words[part] for part in parts) / len(parts) ** 0.5
        scores[phrase] = (
            weight * (1 + count) * (2.0 if phrase in title else 1.0) * (1.5 - first[phrase][0] / size)
        )
    best = sorted(scores, key=lambda phrase: (-scores[phrase], first[phrase][0], phrase))
    kept: list[str] = []
    for phrase in best:
        if len(kept) == _MOST:
            break
        if not any(f" {phrase} " in f" {other} " or f" {other} " in f" {phrase} " for other in kept):
            kept.append(phrase)
    top = scores[kept[0]] if kept else 1.0
    return {"keyphrases": [{"text": first[p][1], "score": round(scores[p] / top, 4)} for p in kept]}


_Counted = tuple[Counter[str], dict[str, tuple[int, str]]]


def _parsed(story: Story, skip: int) -> _Counted:
    """Runs of adjectives and nouns of two to four words that end in a noun: (counts, first form)."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    for paragraph in story.paragraphs:
        run: list[Any] = []
        text = paragraph.text
        for token in (*paragraph.doc, None):
            if (
                token is not None
                and token.pos_ in _KEPT
                and token.ent_type_ not in ("DATE", "TIME", "PERCENT")
            ):
                glued = not run or not text[run[-1].idx + len(run[-1]) : token.idx].strip(" -")
                if glued and not token.is_punct:
                    run.append(token)
                    continue
            _keep(run, paragraph.start, text, skip, counts, first)
            run = []
    return counts, first


def _keep(
    run: list[Any], start: int, text: str, skip: int, counts: Counter[str], first: dict[str, tuple[int, str]]
) -> None:
    while run and run[-1].pos_ == "ADJ":
        run.pop()
    run = run[-_WORDS:]
    if len(run) < 2 or start + run[0].idx < skip:
        return
    exact = text[run[0].idx : run[-1].idx + len(run[-1])]
    if len(exact) > 80:
        return
    phrase = " ".join(exact.casefold().split())
    counts[phrase] += 1
    first.setdefault(phrase, (start + run[0].idx, " ".join(exact.split())))


def _plain(story: Story, skip: int) -> _Counted:
    """Without a parse: runs of two or three words between stop words that come twice or more.

    Where no stop words are known, words under four letters stand for them.
    """
    stop = story.knowledge.stopwords(primary(story.language))
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    run: list[re.Match[str]] = []

    def close() -> None:
        for size in (2, 3):
            for i in range(len(run) - size + 1):
                start, end = run[i].start(), run[i + size - 1].end()
                phrase = " ".join(match[0].casefold() for match in run[i : i + size])
                counts[phrase] += 1
                first.setdefault(phrase, (start, " ".join(story.text[start:end].split())))
        run.clear()

    for match in _WORD.finditer(story.text, skip, PARSED):
        word = match[0].casefold()
        gap = story.text[run[-1].end() : match.start()] if run else ""
        if gap.strip(" ") or len(run) > 20:
            close()
        if word in stop or (not stop and len(word) < 4):
            close()
        else:
            run.append(match)
    close()
    repeated = Counter({phrase: count for phrase, count in counts.items() if count > 1})
    return repeated, {phrase: first[phrase] for phrase in repeated}
