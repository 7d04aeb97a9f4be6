"""Who says what by the grammar of a sentence: cue verb, source, content. English.

The rules read the dependency parse; where it fails on quotations, as parses trained on unquoted text
do, the caller falls back on distance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

SPEECH = frozenset({
    "accuse", "acknowledge", "add", "address", "admit", "advise", "affirm", "allege", "announce",
    "answer", "argue", "ask", "assert", "assure", "boast", "bristle", "call", "caution", "cite",
    "claim", "clarify", "comment", "complain", "concede", "conclude", "confess", "confirm", "contend",
    "counter", "cry", "declare", "demand", "deny", "describe", "disclose", "dub", "echo", "elaborate",
    "emphasize", "emphasise", "exclaim", "explain", "express", "insist", "joke", "label", "lament",
    "maintain", "mention", "muse", "note", "observe", "opine", "plead", "pledge", "point", "praise",
    "predict", "proclaim", "promise", "propose", "question", "quip", "quote", "read", "reaffirm",
    "recall", "recount", "refer", "reiterate", "remark", "remind", "repeat", "reply", "report",
    "respond", "retort", "reveal", "say", "shout", "signal", "slam", "speculate", "state", "stress",
    "suggest", "tell", "testify", "thank", "threaten", "tout", "tweet", "urge", "vow", "warn",
    "whisper", "wonder", "write", "yell", "criticize", "criticise", "condemn", "denounce", "mock",
    "ridicule", "dismiss", "reject", "indicate", "hint", "estimate", "show", "find", "post", "continue",
    "begin",
})  # fmt: skip
"""Verbs that may stand beside a quotation."""

CLAUSE = (SPEECH - {"begin", "continue", "call", "dub", "label", "thank", "read"}) | {
    "agree", "believe", "decide", "doubt", "expect", "fear", "feel", "figure", "hope", "know", "learn",
    "realize", "realise", "rule", "think", "understand", "worry", "assume", "charge", "consider",
    "imply", "mean", "see", "want", "anticipate", "determine", "forecast",
}  # fmt: skip
"""Verbs whose clause is somebody's word or thought."""

_OBJECT = frozenset({
    "announce", "condemn", "criticize", "criticise", "denounce", "deny", "describe", "dismiss",
    "praise", "propose", "reject", "report", "reveal", "acknowledge", "confirm", "demand", "predict",
    "pledge", "promise", "suggest", "urge", "discuss",
})  # fmt: skip
"""Verbs whose object tells what was said, though not in whose words."""

_ABOUT = frozenset({"warn", "report", "speak", "complain", "testify", "write"})
_INFINITIVE = frozenset({"claim", "deny", "promise", "pledge", "vow", "threaten", "want", "hope"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_LONGEST_SOURCE = 160


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue with what belongs to it; spans are (start, end) in the paragraph, None where unknown."""

    cue: tuple[int, int]
    lemma: str
    source: tuple[int, int] | None
    head: int | None
    content: tuple[int, int] | None
    clausal: bool


def frames(doc: Any, quoted: list[tuple[int, int]]) -> list[Frame]:
    """The frames of a paragraph whose cue stands outside its quoted passages, in order."""
    made: list[Frame] = []
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma == "accord" or token.lower_ == "according":
            frame = _according(token)
        elif token.pos_ == "VERB" and (lemma in CLAUSE or lemma in SPEECH):
            frame = None if _in(token.idx, quoted) else _verb(token, lemma)
        else:
            continue
        if frame is not None and not _in(frame.cue[0], quoted):
            made += _conjoined(doc, frame)
    return made


def _in(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _end(token: Any) -> int:
    return int(token.idx + len(token))


def _verb(token: Any, lemma: str) -> Frame | None:
    source = _subject(token)
    content, clausal = _content(token, lemma, source)
    return Frame(
        cue=_cue(token),
        lemma=lemma,
        source=_source_span(source) if source is not None else None,
        head=source.idx if source is not None else None,
        content=content,
        clausal=clausal,
    )


def _cue(token: Any) -> tuple[int, int]:
    """The verb with its auxiliaries right before it: `has warned`."""
    first = token
    while first.i > 0:
        before = first.nbor(-1)
        if before.head != token or before.dep_ not in ("aux", "auxpass", "neg"):
            break
        first = before
    return first.idx, _end(token)


def _subject(token: Any, depth: int = 4) -> Any:
    """The token that heads the source; found through conjunctions, participles and relatives."""
    for child in token.children:
        if child.dep_ in _SUBJECTS:
            if child.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
                return token.head
            return child
        if child.dep_ == "agent":
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    inverted = _inverted(token)
    if inverted is not None:
        return inverted
    if depth and token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep"):
        head = token.head
        if head.pos_ in ("VERB", "AUX", "ADP", "SCONJ") and head != token:
            return _subject(head, depth - 1)
    if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return token.head
    return None


def _inverted(token: Any) -> Any:
    """`said Mary Hill` where the parse has the name as object."""
    if token.i + 1 >= len(token.doc) or token.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    after = token.nbor(1)
    for child in token.rights:
        near = child.left_edge == after
        if near and child.pos_ == "PROPN" and child.dep_ in ("dobj", "attr", "oprd", "npadvmod", "dep"):
            return child if token.i == 0 or token.nbor(-1).text in (",", '"', "”", "''") else None
    return None


def _source_span(head: Any) -> tuple[int, int]:
    """The noun phrase of a source without its relative clauses; the head alone if that is long."""
    start, end = head.left_edge.idx, _end(head)
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "advcl", "punct", "parataxis", "ccomp"):
            continue
        if child.dep_ in ("appos", "conj", "cc") and child.dep_ == "appos" and len(list(child.subtree)) > 12:
            continue
        end = max(end, _end(child.right_edge))
    if end - start > _LONGEST_SOURCE:
        start = next((t.idx for t in head.subtree if t.dep_ == "compound" and t.head == head), head.idx)
        return min(start, head.idx), _end(head)
    return start, end


def _content(token: Any, lemma: str, source: Any) -> tuple[tuple[int, int] | None, bool]:
    """(span of what was said, whether it is a clause)."""
    if lemma not in CLAUSE:
        return None, False
    head = _said_clause(token, lemma)
    if head is not None:
        return _clause(head, token, source), True
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("about", "of", "on") and lemma in _ABOUT:
            return (child.idx, _end(child.right_edge)), False
        if child.dep_ == "dobj" and lemma in _OBJECT and child.i > token.i:
            ends = [_end(t.right_edge) for t in token.rights if t.dep_ == "prep" and t.lower_ == "as"]
            return (child.left_edge.idx, max([_end(child.right_edge), *ends])), False
    return None, False


def _said_clause(token: Any, lemma: str) -> Any:
    """The verb of the clause that was said, None if there is none."""
    for child in token.children:
        if child.dep_ == "ccomp":
            return child
    for child in token.children:
        if child.dep_ == "xcomp" and lemma in _INFINITIVE and any(t.dep_ == "aux" for t in child.children):
            return child
    return token.head if token.dep_ == "parataxis" and token.head.pos_ in ("VERB", "AUX") else None


def _clause(head: Any, cue: Any, source: Any) -> tuple[int, int] | None:
    """The span of a clause without `that`, closing marks, and without its cue where they are nested."""
    tokens = [t for t in head.subtree if not (t == cue or (cue.is_ancestor(t) and not head.is_ancestor(t)))]
    if head.is_ancestor(cue):  # parataxis: the cue hangs below the clause it frames
        mine = set(cue.subtree)
        tokens = [t for t in tokens if t not in mine]
    if source is not None and source.i > cue.i:
        tokens = [t for t in tokens if t.i < cue.i] or tokens
    elif tokens and tokens[0].i < cue.i < tokens[-1].i:
        before = [t for t in tokens if t.i < cue.i]
        after = [t for t in tokens if t.i > cue.i]
        tokens = before if len(before) > len(after) else after
    while tokens and (
        (tokens[0].dep_ == "mark" and tokens[0].lower_ == "that")
        or (tokens[0].is_punct and tokens[0].text not in '"“‘([')
        or tokens[0].is_space
    ):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_space or (tokens[-1].is_punct and tokens[-1].text not in '"”’)]')):
        tokens = tokens[:-1]
    return (tokens[0].idx, _end(tokens[-1])) if tokens else None


def _conjoined(doc: Any, frame: Frame) -> list[Frame]:
    """`said that A, but that B`: two things said."""
    if frame.content is None or not frame.clausal:
        return [frame]
    start, end = frame.content
    for token in doc:
        if token.idx <= start or token.idx >= end:
            continue
        if token.dep_ == "mark" and token.lower_ == "that" and token.head.dep_ == "conj" and token.i > 1:
            joint = token.nbor(-1)
            if joint.dep_ == "cc":
                cut = doc.text[start : joint.idx].rstrip(" ,;")
                return [
                    replace(frame, content=(start, start + len(cut))),
                    replace(frame, content=(_end(token) + 1, end)),
                ]
    return [frame]


def _according(token: Any) -> Frame | None:
    """`according to X`: X is the source, the rest of the sentence the content."""
    if token.i + 1 >= len(token.doc) or token.nbor(1).lower_ != "to":
        return None
    to = token.nbor(1)
    head = next((t for t in to.children if t.dep_ == "pobj"), None)
    head = head if head is not None else next((t for t in token.children if t.dep_ == "pobj"), None)
    if head is None:
        return None
    sentence, source = token.sent, _source_span(head)
    before = (sentence.start_char, token.idx)
    after = (max(_end(head.right_edge), source[1]), sentence.end_char)
    content = max((before, after), key=lambda span: span[1] - span[0])
    text = token.doc.text
    body = text[content[0] : content[1]]
    start = content[0] + len(body) - len(body.lstrip(" ,"))
    end = content[0] + len(body.rstrip(" ,.;"))
    return Frame(
        (token.idx, _end(to)), "according to", source, head.idx, (start, end) if end > start else None, True
    )
