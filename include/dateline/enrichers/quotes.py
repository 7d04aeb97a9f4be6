"""Who said what: direct, indirect and mixed attributions with cue, source and speaker. English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dateline.text.quotation import passages
from dateline.text.speakers import Cast
from dateline.text.speech import SPEECH, Frame, frames
from dateline.text.story import Paragraph, Story

Span = tuple[int, int]

_QUOTE_WORDS = 4
"""A quoted passage of fewer words is scare quotes or a title unless a cue stands right beside it."""

_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]* +(?=[A-Z\"“])")
_BEFORE_COLON = re.compile(r"(?:^|[\s(])([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*| of| the){0,5}):\s*$")
_FAR = 220
_CERTAIN, _LIKELY, _CARRIED, _GUESSED = 0.9, 0.75, 0.6, 0.4


@dataclass(slots=True)
class _Said:
    """An attribution in the making; spans count in the whole text."""

    content: Span
    quoted: list[Span]
    source: Span | None
    head: int | None
    cue: Span | None
    confidence: float
    clausal: bool


def quotes(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: attributions, in the order of their content. Beside them `quoted`: all quoted passages.

    Needs the parse of an English model; in other languages only `quoted` is found.
    """
    blocks = story.paragraphs
    marks = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1].text.lstrip() if index + 1 < len(blocks) else ""
        marks.append(passages(block.text, opens_next=following.startswith(('"', "“"))))
    quoted = [
        (block.start + start, block.start + end)
        for block, spans in zip(blocks, marks, strict=True)
        for start, end in spans
    ]
    if not (story.parsed and story.english):
        return {"attributions": [], "quoted": quoted}
    said: list[_Said] = []
    last: _Said | None = None
    for block, spans in zip(blocks, marks, strict=True):
        mine = _paragraph(block, spans, last)
        said += mine
        last = next((one for one in reversed(mine) if one.quoted and one.source), last if mine else None)
    said.sort(key=lambda one: (one.content, one.cue or (0, 0)))
    cast = Cast(story, found["mentions"], found["entities"])
    return {"attributions": [_row(one, story, cast) for one in said], "quoted": quoted}


def _paragraph(block: Paragraph, spans: list[Span], last: _Said | None) -> list[_Said]:
    """What is said in one paragraph: first by grammar, then every quoted passage left over."""
    cues = frames(block.doc, spans)
    made: list[_Said] = []
    left = list(spans)
    for frame in cues:
        if frame.content is None or frame.source is None:
            continue
        content = _with_marks(frame.content, spans)
        inside = [span for span in spans if content[0] <= span[0] and span[1] <= content[1]]
        if not frame.clausal and inside and max(e - s for s, e in inside) * 2 > content[1] - content[0]:
            content = (min(content[0], inside[0][0]), max(content[1], inside[-1][1]))
        if any(_overlaps(content, one) for one in _taken(made, block.start)):
            continue
        left = [span for span in left if span not in inside]
        made.append(_said(block, content, inside, frame, _CERTAIN))
    for span in left:
        one = _quote(block, span, spans, cues, last, made)
        if one is not None:
            made.append(one)
    return made


def _taken(made: list[_Said], start: int) -> list[Span]:
    return [(one.content[0] - start, one.content[1] - start) for one in made]


def _overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _with_marks(content: Span, spans: list[Span]) -> Span:
    """The content widened so that it cuts no quoted passage in two."""
    start, end = content
    for span in spans:
        if span[0] < start < span[1]:
            start = span[0]
        if span[0] < end < span[1]:
            end = span[1]
    return start, end


def _said(block: Paragraph, content: Span, inside: list[Span], frame: Frame, trust: float) -> _Said:
    def whole(span: Span) -> Span:
        return block.start + span[0], block.start + span[1]

    return _Said(
        content=whole(content),
        quoted=[whole(span) for span in inside],
        source=whole(frame.source) if frame.source else None,
        head=block.start + frame.head if frame.head is not None else None,
        cue=whole(frame.cue),
        confidence=trust,
        clausal=frame.clausal,
    )


def _quote(
    block: Paragraph, span: Span, spans: list[Span], cues: list[Frame], last: _Said | None, made: list[_Said]
) -> _Said | None:
    """A quoted passage with the cue that fits best, else with the speaker of the paragraph before."""
    words = len(block.text[span[0] : span[1]].split())
    ranked = sorted(
        (_cost(block.text, span, frame, spans), position)
        for position, frame in enumerate(cues)
        if frame.lemma in SPEECH or frame.lemma == "according to"
    )
    best = cues[ranked[0][1]] if ranked and ranked[0][0] <= _FAR else None
    if best is not None and (words >= _QUOTE_WORDS or ranked[0][0] <= 12):
        return _said(block, span, [span], best, _LIKELY if best.source else _GUESSED)
    if words < _QUOTE_WORDS or _is_title(block.text[span[0] + 1 : span[1] - 1]):
        return None
    outside = len(block.text) - sum(end - start for start, end in spans)
    here = next((one for one in reversed(made) if one.quoted and one.source), None)
    carried = here or (last if outside < 40 or block.text.lstrip()[:1] in '"“' else None)
    whole = (block.start + span[0], block.start + span[1])
    if carried is not None:
        return _Said(whole, [whole], carried.source, carried.head, carried.cue, _CARRIED, False)
    return _loose(block, span, whole)


def _cost(text: str, span: Span, frame: Frame, spans: list[Span]) -> float:
    """How far a cue is from a passage, in code points of narrator's text, plus what speaks against it."""
    after = frame.cue[0] >= span[1]
    low, high = (span[1], frame.cue[0]) if after else (frame.cue[1], span[0])
    gap = text[low:high]
    for start, end in spans:
        if low <= start and end <= high:
            gap = gap.replace(text[start:end], " ", 1)
    cost = float(len(gap)) + 80 * len(_SENTENCE_BREAK.findall(text[max(0, low - 2) : high + 1]))
    closing = text[max(span[0], span[1] - 3) : span[1] + 2]
    if after:
        cost += -20 if re.search(r"[,?!]", closing) else 60 if "." in closing else 10
    elif gap.rstrip().endswith((",", ":")) or gap.strip() in ("", "that", "it"):
        cost -= 15
    if frame.source is None:
        cost += 60
    return cost + (0 if frame.lemma in ("say", "tell", "add", "ask", "write", "reply") else 5)


def _is_title(text: str) -> bool:
    """Films, books and songs stand in quotation marks too: nearly every word has a capital."""
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and sum(word[:1].isupper() for word in words) >= 0.8 * len(words)


def _loose(block: Paragraph, span: Span, whole: Span) -> _Said:
    """No cue: the words before a colon, else the subject of the sentence around, are the best guess."""
    named = _BEFORE_COLON.search(block.text, max(0, span[0] - 90), span[0])
    if named is not None:
        source = (block.start + named.start(1), block.start + named.end(1))
        return _Said(whole, [whole], source, source[0], None, _GUESSED, False)
    for token in block.doc:
        if token.dep_ == "nsubj" and token.idx < span[0] and token.head.pos_ in ("VERB", "AUX"):
            near = token.sent.end_char >= span[0] and token.sent.start_char <= span[0]
            if near and token.head.dep_ == "ROOT":
                start, end = token.left_edge.idx, token.idx + len(token)
                verb = token.head
                return _Said(
                    whole, [whole], (block.start + start, block.start + end), block.start + token.idx,
                    (block.start + verb.idx, block.start + verb.idx + len(verb)), _GUESSED, False,
                )  # fmt: skip
    return _Said(whole, [whole], None, None, None, _GUESSED, False)


def _row(one: _Said, story: Story, cast: Cast) -> dict[str, Any]:
    text = story.text
    speaker = cast.speaker(one.source, one.head, one.content)
    source, cue = one.source or (None, None), one.cue or (None, None)
    return {
        "type": _type(one, text),
        "content": text[one.content[0] : one.content[1]],
        "content_start": one.content[0],
        "content_end": one.content[1],
        "quoted_spans": [{"start": start, "end": end} for start, end in one.quoted],
        "source_text": text[source[0] : source[1]] if one.source else None,
        "source_start": source[0],
        "source_end": source[1],
        "speaker_entity": speaker[0],
        "speaker_name": speaker[1],
        "cue": text[cue[0] : cue[1]] if one.cue else None,
        "cue_start": cue[0],
        "cue_end": cue[1],
        "confidence": one.confidence,
    }


def _type(one: _Said, text: str) -> str:
    """Direct: the content is quoted whole, as a sentence of its own; mixed: in part or inside a clause."""
    if not one.quoted:
        return "indirect"
    start, end = one.content
    outside = (end - start) - sum(high - low for low, high in one.quoted)
    inside_clause = text[max(0, start - 6) : start].rstrip().endswith(("that", "as"))
    return "direct" if outside <= 2 and not inside_clause else "mixed"
