"""From the bytes of a page to its text: what is declared is a hint, what the bytes allow decides."""

from __future__ import annotations

import re

from dateline.text.charsets import decode as decode_bytes
from dateline.text.charsets import telling
from dateline.text.mojibake import Mended, mend

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(
    rb"""<html\b[^>]{0,400}?\s(?:xml:)?lang\s*=\s*["']?\s*([a-z]{2,3}(?:-han[st]|-tw|-hk)?)\b""",
    re.IGNORECASE,
)
_LOOKED_AT = 8192
_JUDGED = 400_000
_BETWEEN_TAGS = re.compile(rb">([^<>]{2,8000})<")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page, as in `decode_and_mend`."""
    return decode_and_mend(body, content_type).text


def decode_and_mend(body: bytes, content_type: str | None = None) -> Mended:
    """The text of a page, and what of it had to be mended; NUL characters become spaces.

    In the order of browsers: a byte order mark, the Content-Type header, the page's own word. What bytes
    allow goes before both: UTF-8 is UTF-8 whatever is declared, and a charset that makes no letters of
    the declared or any other language of them is not believed.
    """
    declared = [name for name in (_of_header(content_type), _of_page(body)) if name]
    language = _language(body)
    text = decode_bytes(body, *declared, language=language, sample=lambda: _between_tags(body))
    return mend(text.replace("\0", " "), language)


def _of_header(content_type: str | None) -> str | None:
    found = _HEADER.search((content_type or "")[:400])
    return found[1] if found else None


def _of_page(body: bytes) -> str | None:
    found = _DECLARED.search(body, 0, _LOOKED_AT)
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _language(body: bytes) -> str | None:
    found = _LANGUAGE.search(body, 0, _LOOKED_AT)
    return found[1].decode("ascii").lower().partition("-")[0] if found else None


def _between_tags(body: bytes) -> bytes:
    """What stands between the tags of a page, without scripts and the like as far as they are ASCII."""
    return telling(found[1] for found in _BETWEEN_TAGS.finditer(body, 0, _JUDGED))
