"""Which characters bytes stand for, when what is declared may be wrong."""

from __future__ import annotations

import codecs
import re

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
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How `<` or `<?xm` looks in encodings in which it is not ASCII."""

_KNOWN = re.compile(
    r"(?:utf-?(?:8|16|32)|ucs|iso-?8859|iso-?2022|latin|l\d|cp\d|windows|ansi|gb|big5|euc|shift|sjis|x-sjis"
    r"|koi8|mac|x-mac|tis|hz|us-ascii|ascii|ks_c|johab)[\w-]*\Z"
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


def decode(body: bytes, *declared: str | None) -> str:
    """The text of bytes, without a byte order mark; what can't be read becomes U+FFFD.

    A byte order mark decides; then UTF-8 if the bytes are valid in it or nearly so, whatever is declared,
    because other text is almost never so by chance; then the declared charsets in order; then a guess.
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
    # Nearly UTF-8 (cut in the middle of a character, one bad byte) is UTF-8.
    text = body.decode("utf-8", "replace")
    high = len(text) - len(text.encode("ascii", "ignore"))  # counted without a list of them
    if text.count("\ufffd") * 20 < high:
        return text
    for name in map(_wider, known):
        if (text := _decoded(body, name)) is not None:
            return text
    usable = [name for name in map(_wider, known) if _exists(name)]
    return body.decode(usable[0] if usable else detect(body), "replace")


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
    return None


def _wider(name: str) -> str:
    """The superset that is really meant where a name is used for less."""
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1"):
        return "windows-1252"
    if name in ("gb2312", "gbk", "gb_2312-80"):
        return "gb18030"
    if name in ("shift_jis", "shift-jis", "x-sjis", "sjis"):
        return "cp932"
    return "cp949" if name.startswith(("euc-kr", "ks_c")) else name


def _exists(name: str) -> bool:
    try:
        return codecs.lookup(name) is not None
    except LookupError:
        return False


_HIGH = re.compile(r"[^\x00-\x7f]")
_SINGLE = ["cp1252", "cp1250", "iso8859_2", "cp1254", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"]
_CANDIDATES = [*_SINGLE, "gb18030", "big5", "cp932", "euc_jp", "cp949"]
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254")
_ALPHABETS = (
    "àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìòùî", "áéèëêíïóöú", "æøåé", "äöåé",
    "áðéíóúýþæö", "äöõüšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ",
    "čćđšž", "çğıöşüâîû", "àçèéíïòóúü·",
)  # fmt: skip
"""Accented letters of the languages of Europe written in Latin letters."""


def detect(body: bytes) -> str:
    """The charset that undeclared bytes, not UTF-8, look like.

    Detectors tell scripts apart well, but the Latin charsets badly: they differ in a few accented
    letters only. Those are told apart by which of them makes the letters of some one language.
    """
    from charset_normalizer import from_bytes

    sample = body[: 16 * _SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is not None and best.encoding not in _LATIN:
        return best.encoding
    return max(_LATIN, key=lambda charset: _likeness(sample, charset))


def _likeness(sample: bytes, charset: str) -> int:
    """How many accented letters are of the likeliest language; ties go to the first charset."""
    letters = _HIGH.findall(sample.decode(charset, "replace").lower())
    return max(sum(char in alphabet for char in letters) for alphabet in _ALPHABETS)
