"""From the bytes of a page to its text: what is declared is a hint, what the bytes allow decides."""

from __future__ import annotations

import re

from dateline.text.charsets import decode as decode_bytes

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_LOOKED_AT = 4096
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_LATIN = re.compile(
    r"(?:iso-?8859-?1?5?|latin-?[19]|l1|windows-125[024]|cp125[024]|us-ascii|ascii)\Z", re.IGNORECASE
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page; NUL characters become spaces.

    The Content-Type header comes before the page's own word, as in browsers; a Latin charset is not
    believed where it would make words of nothing but accented letters.
    """
    # UTF-8 is tried in any case; where it fails, its name would only keep another from being found.
    declared = [
        name
        for name in (_of_header(content_type), _of_page(body))
        if name and name.lower() not in ("utf-8", "utf8")
    ]
    if any(map(_LATIN.match, declared)) and _is_not_latin(body):
        declared = [name for name in declared if not _LATIN.match(name)]
    return decode_bytes(body, *declared).replace("\0", " ")


def _of_header(content_type: str | None) -> str | None:
    found = _HEADER.search((content_type or "")[:400])
    return found[1] if found else None


def _of_page(body: bytes) -> str | None:
    found = _DECLARED.search(body, 0, _LOOKED_AT)
    name = (found[1] or found[2]).decode("ascii", "replace") if found else None
    # A page whose declaration can be read as ASCII is in no charset of two-byte units.
    return None if name and name.lower().startswith(("utf-16", "utf-32", "ucs")) else name


def _is_not_latin(body: bytes) -> bool:
    """Whether most words with a byte above ASCII have nothing but such bytes.

    In Latin text accented letters stand among plain ones; Cyrillic, Greek and Chinese text has none.
    """
    high = whole = 0
    for word in _WORD.findall(_TAG.sub(b" ", body[:400_000]))[:50_000]:
        if len(word) > 2 and (found := _HIGH_RUN.search(word)):
            high += 1
            whole += len(found[0]) == len(word)
    return high >= 10 and whole * 2 > high
