"""Pages for the fuzzer: fictional ones, the ways in which they are spoilt, and what must hold of each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from extraction_corpus import corpus, extracted
from fuzz_page_words import REPEATED, WORDS, dates_and_bylines
from fuzz_targets import Target
from hostile_pages import unkept

URL = "https://www.greywater.example/2026/03/24/harbour"
URLS = (URL, "https://www.greywater.example/harbour", None)
LONGEST = 2.0
"""CPU seconds that a page may take."""
LARGEST = 600_000
SEEDS = 300
"""Real pages taken at most."""
AGAIN = 8
"""One of so many is read twice."""
_MOST_TAGS = 20_000
_DECLARED = re.compile(r"charset=[\"']?([\w-]+)")
_CHARSETS = ("cp1253", "cp1251", "iso8859-2", "gb18030", "big5", "shift_jis", "utf-16", "utf-7", "cp037")
_BAD_JSON = (
    b"", b'"', b"[" * 300, b'{"@type":', b"null", b"9" * 99, b'"\\ud800"', b"&quot;", b"//", b"}", b"1e999",
    b"NaN", b'{"@id":"#a","author":{"@id":"#a"}},',
)  # fmt: skip
_FRAMES = (
    b"<table><tr><td>", b"<div>", b"<b><i>", b"<ul><li>", b"<blockquote>", b"<a><p>", b"<font>",
)  # fmt: skip

Way = Callable[[bytes, random.Random], bytes]


def fictional() -> tuple[bytes, ...]:
    """Own pages: facts in many places, old tables, microdata, a live blog, languages in charsets of old."""
    texts = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "pages").glob("*.html"))]
    declared = (_DECLARED.search(text) for text in texts)
    return tuple(
        text.encode(found[1] if found else "utf-8", "replace")
        for text, found in zip(texts, declared, strict=True)
    )


def target(folder: Path | None = None) -> Target:
    """The target "page", with real pages of a corpus besides the fictional ones."""
    real = tuple(page.body() for page in corpus(folder, SEEDS)) if folder else ()
    return Target(fictional() + real, WORDS, check, REPEATED, ways=WAYS, longest=LONGEST)


def check(data: bytes) -> None:
    """A page, whatever it is, gives a text or a reason; facts can be stored, told, and had again."""
    url = URLS[len(data) % len(URLS)]
    made = extracted(data, url)
    broken = unkept(made)
    assert broken is None, broken
    assert made["published"] is None or datetime.fromisoformat(made["published"]).year < 2100
    assert len(made["authors"]) == len(set(made["authors"])) < 100
    assert len(made["title"] or "") < 5_000
    if len(data) % AGAIN == 0:
        assert made == extracted(data, url)


# Ways to spoil a page; each gives another page for the same number


def _span(data: bytes, chance: random.Random, tags: int) -> tuple[int, int]:
    """Where a run of so many tags at most starts and ends."""
    found = [each.start() for each in re.finditer(rb"<", data)][:_MOST_TAGS] or [0]
    at = chance.randrange(len(found))
    end = at + chance.randint(1, tags)
    return found[at], found[end] if end < len(found) else len(data)


def doubled(data: bytes, chance: random.Random) -> bytes:
    """A part of the page many times."""
    start, end = _span(data, chance, 30)
    times = chance.choice((2, 2, 5, 50, 2_000))
    return data[:start] + data[start:end] * min(times, LARGEST // (end - start + 1)) + data[end:]


def moved(data: bytes, chance: random.Random) -> bytes:
    """A part of the page elsewhere."""
    start, end = _span(data, chance, 30)
    rest = data[:start] + data[end:]
    to, _ = _span(rest, chance, 1)
    return rest[:to] + data[start:end] + rest[to:]


def unclosed(data: bytes, chance: random.Random) -> bytes:
    """Without the closing tags, or without the opening ones, of one kind of element."""
    names = sorted(set(re.findall(rb"<([a-z][a-z0-9]*)", data)))
    name = re.escape(chance.choice(names)) if names else b"p"
    return re.sub(chance.choice((rb"</%s>", rb"<%s\b[^<>]*>")) % name, b"", data)


def blown(data: bytes, chance: random.Random) -> bytes:
    """An attribute or a text with far more in it."""
    places = [each.start() + 1 for each in re.finditer(rb"[\"'>]", data)][:_MOST_TAGS] or [0]
    at = chance.choice(places)
    filling = chance.choice(
        (b"a", b" ", b"Anna Quay, ", b"1", b"&amp;", b"\xce\xb1", b"- ", b"author ", b"2026-")
    )
    return data[:at] + filling * chance.choice((100, 5_000, 100_000 // len(filling))) + data[at:]


def escaped(data: bytes, chance: random.Random) -> bytes:
    """A part of the page as entities, right or broken ones."""
    start, end = _span(data, chance, 10)
    form = chance.choice((b"&#%d;", b"&#x%x;", b"&#%d", b"&amp;#%d;", b"&#99999%d;"))
    return data[:start] + b"".join(form % letter for letter in data[start:end][:5_000]) + data[end:]


def bad_json(data: bytes, chance: random.Random) -> bytes:
    """JSON-LD with something taken out, or with another value for one."""
    found = re.search(rb"ld\+json[^>]*>(.*?)</script>", data, re.DOTALL)
    if found is None:
        return blown(data, chance)
    inner = bytearray(found[1])
    for _ in range(chance.randint(1, 6)):
        marks = [at for at, letter in enumerate(inner) if letter in b'"{}[]:,\\'] or [0]
        at = chance.choice(marks)
        inner[at : at + chance.choice((0, 1, 9))] = chance.choice(_BAD_JSON)
    return data[: found.start(1)] + bytes(inner) + data[found.end(1) :]


def nested(data: bytes, chance: random.Random) -> bytes:
    """A part of the page inside many elements."""
    start, end = _span(data, chance, 60)
    opening = chance.choice(_FRAMES)
    closing = re.sub(rb"<", b"</", b"".join(reversed(re.findall(rb"<\w+>", opening))))
    depth = chance.choice((3, 30, 90, 190, 3_000))
    return data[:start] + opening * depth + data[start:end] + closing * chance.choice((0, depth)) + data[end:]


def recoded(data: bytes, chance: random.Random) -> bytes:
    """In another charset, its declaration as it was; or a declaration of another charset."""
    charset = chance.choice(_CHARSETS)
    if chance.random() < 0.5:
        return re.sub(rb"charset=[\"']?[\w-]+", b"charset=" + charset.encode(), data)
    return data.decode("utf-8", "replace").encode(charset, "replace")


def crowded(data: bytes, chance: random.Random) -> bytes:
    """With dates and bylines in bulk."""
    at, _ = _span(data, chance, 1)
    return data[:at] + dates_and_bylines(chance, chance.choice((5, 100, 3_000))) + data[at:]


WAYS: tuple[Way, ...] = (
    doubled, moved, unclosed, blown, escaped, bad_json, nested, recoded, crowded,
)  # fmt: skip
