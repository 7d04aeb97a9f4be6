"""Which characters bytes stand for, when what is declared may be wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

from dateline.text.likeness import likeness, speaks

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How `<` or `<?xm` looks in encodings in which it is not ASCII."""

_UNITS = (
    (re.compile(rb"(?:[\t-\r ]\0){0,200}<\0[!?A-Za-z]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t-\r ]){0,200}\0<\0[!?A-Za-z]"), "utf-16-be"),
)
"""How markup begins in units of two bytes; text without markup needs its byte order mark."""

_KNOWN = re.compile(
    r"(?:x-){0,2}(?:utf-?(?:8|16|32)|ucs|iso-?8859|iso-?2022|latin|l\d|cp-?\d|win(?:dows)?-?\d|ansi|gb|big5|euc"
    r"|shift|sjis|ms_kanji|koi8|mac|tis|hz|us-ascii|ascii|ks_?c|johab|ibm-?866)[\w-]*\Z"
)
"""Only these are tried: Python's other codecs (punycode, unicode_escape) are no charsets of documents."""

_STATEFUL = re.compile(r"iso-?2022|hz")
"""Seven-bit encodings: their bytes are also valid UTF-8, so only a declaration tells."""

_BINARY = re.compile(
    rb"%PDF-|\x89PNG|GIF8|\xff\xd8\xff|PK\x03\x04|\x1f\x8b|\x7fELF|BZh|\xfd7zXZ|RIFF|OggS|ID3|\0\0\0.ftyp"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 8192


def is_binary(body: bytes) -> bool:
    """Whether bytes are no text in any charset: a known binary form, or control signs throughout.

    A few stray control signs in a long text do not make it binary.
    """
    if _marked(body):
        return False
    if _BINARY.match(body):
        return True
    sample = body[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 50 > len(sample)


def decode(
    body: bytes,
    *declared: str | None,
    language: str | None = None,
    sample: Callable[[], bytes] | None = None,
) -> str:
    """The text of bytes, without a byte order mark; what can't be read becomes U+FFFD.

    A byte order mark decides; then UTF-8 if the bytes are valid in it or nearly so, whatever is declared,
    because other text is almost never so by chance; then the first of the declared charsets that gives
    letters of some language; then the one that gives the likeliest.

    Args:
        declared: names as they stand, the most trusted first.
        language: primary subtag that is declared; a hint where letters leave a choice.
        sample: gives the part of the body by which charsets are judged; asked only where it is needed.
    """
    if mark := _marked(body):
        signs, charset = mark
        return body[len(signs) :].decode(charset, "replace")
    names = [name.strip().strip("'\"").lower() for name in declared if name]
    known = [name for name in names if _KNOWN.match(name)]
    stateful = [name for name in known if _STATEFUL.match(name)]
    for name in (*stateful, "utf-8"):
        if (text := _decoded(body, name)) is not None:
            return text
    # Nearly UTF-8 (cut in the middle of a character, some bad bytes) is UTF-8: by chance, three of four
    # high bytes never fall into its patterns.
    text = body.decode("utf-8", "replace")
    high = len(text) - len(text.encode("ascii", "ignore"))  # counted without a list of them
    if text.count("\ufffd") * _MOST_BROKEN < high:
        return text
    judged = sample() if sample else b""
    return body.decode(likeliest(judged or telling(body.splitlines()), _usable(known), language), "replace")


_MOST_BROKEN = 4
_ENOUGH = 0.97
"""Likeness of a declared charset at which no other is tried."""
_BETTER = 0.08
_LEAST_GAIN = 4.0
"""In characters: of a few high bytes nothing can be told, so the declaration stands."""


def detect(body: bytes) -> str:
    """The charset that undeclared bytes, not UTF-8, look like."""
    return likeliest(telling(body.splitlines()), [], None)


def telling(pieces: Iterable[bytes]) -> bytes:
    """Pieces of a text that have a byte above ASCII, as many as it takes to judge a charset by them."""
    kept: list[bytes] = []
    left = 2 * _SAMPLE
    for piece in pieces:
        if not piece.isascii():
            kept.append(piece[:left])
            left -= len(piece)
            if left <= 0:
                break
    return b"\n".join(kept)


def likeliest(sample: bytes, declared: list[str], language: str | None) -> str:
    """The declared charset, unless another gives letters that are clearly more of a language."""
    high = len(sample) - len(sample.decode("ascii", "ignore")) or 1
    best, liked, margin = "", -9.0, 0.0
    for charset in (*declared, *_CANDIDATES):
        found = likeness(sample.decode(charset, "replace"), language)
        if charset in declared and found >= _ENOUGH:
            return charset
        # All letters of the language that is declared: that settles it, however few they are.
        needed = min(margin, _BETTER) if speaks(found, language) else margin
        if not best or found > liked + needed:
            best, liked = charset, found
            margin = _LEAST_GAIN / high + (_BETTER if charset in declared else 0.0)
        if charset not in (*declared, _CANDIDATES[0]) and best == charset:
            margin = 0.0
    return best


def _usable(names: list[str]) -> list[str]:
    """The charsets that are really meant, in order; UTF-8 and units of two bytes were tried before."""
    found = []
    for name in names:
        charset = _wider(name)
        if not charset.startswith(("utf", "ucs", "unicode")) and _exists(charset):
            found.append(charset)
    return list(dict.fromkeys(found))


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _marked(body: bytes) -> tuple[bytes, str] | None:
    for signs, charset in _BOMS:
        if body.startswith(signs):
            return signs, charset
    for signs, charset in _STARTS:
        if body.startswith(signs):
            return b"", charset
    return next(((b"", charset) for pattern, charset in _UNITS if pattern.match(body)), None)


_SUPERSETS = (
    (re.compile(r"(?:iso-?8859-?1|latin-?1|l1|us-ascii|ascii|ansi)\Z"), "cp1252"),
    (re.compile(r"(?:iso-?8859-?9|latin-?5|l5)\Z"), "cp1254"),
    (re.compile(r"(?:iso-?8859-?11|tis-?620|windows-874)\Z"), "cp874"),
    (re.compile(r"iso-?8859-?8(?:-[ie])?\Z"), "iso8859_8"),
    (re.compile(r"gb(?:2312|k|_2312-80|2312-80)?\Z"), "gb18030"),
    (re.compile(r"big5(?:-hkscs)?\Z"), "big5hkscs"),
    (re.compile(r"(?:shift[-_]?jis|sjis|ms_kanji|windows-31j)\Z"), "cp932"),
    (re.compile(r"(?:euc-?kr|ks_c|ksc|windows-949).*"), "cp949"),
    (re.compile(r"koi8(?:-?r)?\Z"), "koi8_u"),
    (re.compile(r"mac-?cyrillic\Z"), "mac_cyrillic"),
)
_WINDOWS = re.compile(r"(?:windows|win|cp|ibm)-?(125\d|866|874)\Z")


def _wider(name: str) -> str:
    """The superset that is really meant where a name is used for less, under Python's name."""
    name = name.removeprefix("x-").removeprefix("x-")
    if found := _WINDOWS.match(name):
        return f"cp{found[1]}"
    return next((charset for pattern, charset in _SUPERSETS if pattern.match(name)), name)


def _exists(name: str) -> bool:
    try:
        return codecs.lookup(name) is not None
    except LookupError:
        return False


_CANDIDATES = (
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp1251", "koi8_u", "iso8859_5", "cp866",
    "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6", "cp874", "gb18030", "big5hkscs",
    "cp932", "euc_jp", "cp949",
)  # fmt: skip
"""Charsets of undeclared bytes, of equals the first."""
