"""Pages of many languages in the charsets that were in use: declared rightly, wrongly and not at all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text.html.charset import decode, decode_and_mend
from tongues import CASES, NEWS, page

WRONG = {
    "ru": ("windows-1252", "koi8-r", "windows-1251"), "el": ("windows-1252", "iso-8859-1"),
    "pl": ("iso-8859-1", "windows-1252", "iso-8859-2", "windows-1250"),
    "zh": ("iso-8859-1", "big5", "euc-kr"),
    "zh-hant": ("gb2312", "iso-8859-1"), "ja": ("iso-8859-1", "euc-jp", "shift_jis", "gb2312"),
    "ko": ("iso-8859-1", "shift_jis"), "ar": ("windows-1252",), "he": ("windows-1256", "iso-8859-1"),
}  # fmt: skip


def wrong(language: str) -> tuple[str, ...]:
    return ("utf-8", "utf-16", "no-such", *WRONG.get(language, ("iso-8859-1",)))


@pytest.mark.parametrize(("language", "charset"), CASES)
@pytest.mark.parametrize("lang", [True, False])
def test_undeclared(language: str, charset: str, lang: bool) -> None:
    body = page(language, lang=lang).encode(charset, "xmlcharrefreplace")
    assert decode(body, "text/html") == body.decode(charset)


@pytest.mark.parametrize(("language", "charset"), CASES)
def test_declared_rightly_once(language: str, charset: str) -> None:
    for other in (None, *wrong(language)):
        body = page(language, declared=charset).encode(charset, "xmlcharrefreplace")
        header = f"text/html; charset={other}" if other else None
        assert decode(body, header) == body.decode(charset), f"header {other}"
        body = page(language, declared=other).encode(charset, "xmlcharrefreplace")
        assert decode(body, f'text/html;charset="{charset}"') == body.decode(charset), f"meta {other}"


@pytest.mark.parametrize(("language", "charset"), CASES)
def test_declared_wrongly(language: str, charset: str) -> None:
    for other in wrong(language):
        for lang in (True, False):
            body = page(language, declared=other, lang=lang).encode(charset, "xmlcharrefreplace")
            assert decode(body) == body.decode(charset), other


@pytest.mark.parametrize(
    ("language", "text", "charset"),
    [
        ("tr", "Belediye meclisi salı akşamı, mühendis", "windows-1254"),
        ("pl", "Rada głosowała", "windows-1250"),
    ],
)
def test_the_declared_language_tells_few_letters(language: str, text: str, charset: str) -> None:
    body = f'<html lang="{language}"><meta charset="iso-8859-1"><p>{text}</p>'.encode(charset)
    assert text in decode(body)


@pytest.mark.parametrize("language", NEWS)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_unicode(language: str, charset: str, marked: bool) -> None:
    text = page(language, declared="windows-1252")
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
            "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}[charset]  # fmt: skip
    body = (mark if marked else b"") + text.encode(charset)
    assert decode(body, "text/html; charset=koi8-r") == text


@pytest.mark.parametrize("language", NEWS)
def test_a_few_broken_bytes_of_utf_8(language: str) -> None:
    text = page(language, declared="gb2312")
    body = text.encode()
    half = body.index(b"<p>") + 60
    broken = body[:half] + b"\xff" + body[half:-30] + b"\xc3"
    read = decode(broken, "text/html; charset=windows-1251")
    assert NEWS[language][-30:] in read
    assert read.count("\ufffd") <= 4


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"<p>\xa9 2011 Courier</p>", "<p>© 2011 Courier</p>"),
        (b"<p>caf\xe9</p>", "<p>café</p>"),
        (b"<meta charset=windows-1251><p>\xe0</p>", "<meta charset=windows-1251><p>а</p>"),
        (b"<p>na\x92ve", "<p>na’ve"),
        (b"\n <\0p\0>\0\xe9\0", None),
    ],
)
def test_few_bytes(body: bytes, wanted: str | None) -> None:
    read = decode(body)
    assert wanted is None or read == wanted


def test_a_page_that_is_whole_is_clean() -> None:
    for language in NEWS:
        mended = decode_and_mend(page(language).encode())
        assert (mended.text, mended.made, mended.is_whole) == (page(language), frozenset(), False)


@settings(max_examples=60)
@given(st.sampled_from(CASES), st.integers(0, 200), st.integers(20, 280))
def test_what_is_written_is_read(case: tuple[str, str], start: int, length: int) -> None:
    language, charset = case
    text = f'<html lang="{language}"><meta charset="{charset}"><p>{NEWS[language][start:][:length]}</p>'
    body = text.encode(charset, "ignore")
    assert decode(body) == body.decode(charset)
