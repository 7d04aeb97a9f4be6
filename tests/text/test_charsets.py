"""Bytes into text: marks, declarations that lie, and bytes that declare nothing."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.charsets import decode, detect, is_binary

UNDECLARED = {
    "windows-1252": [
        "O relatório da situação será lido à noite, segundo o júri de Évora.",
        "Die Bürgermeisterin eröffnete das größte Bad für die Schüler.",
        "Le député a déclaré que la fête serait déplacée à l’été.",
        "Färjan gick på måndagen från ön, säger hamnchefen på båten.",
        "Færgen sejlede på mandag fra øen, siger havnechefen på båden.",
    ],
    "windows-1250": [
        "Rząd ogłosił, że nowe łodzie wejdą do służby już w przyszłą środę.",
        "Vláda schválila rozpočet na příští rok, opozice žádá změny a škrty.",
        "A kormányszóvivő hétfőn közölte, hogy a hajó jövő évben tér vissza.",
    ],
    "iso8859-2": ["Rząd ogłosił, że nowe łodzie wejdą do służby już w przyszłą środę."],
    "windows-1254": ["Başbakan, görüşmenin ardından yaptığı açıklamada geminin döndüğünü söyledi."],
    "windows-1251": ["Министр заявил журналистам, что паром вернётся на следующей неделе."],
    "koi8-r": ["Министр заявил журналистам, что паром вернётся на следующей неделе."],
    "cp932": ["政府は二十五日、連絡船の運航を再開する方針を明らかにした。"],
    "gb18030": ["政府发言人星期一表示，渡轮将在下周恢复航行。"],
    "cp949": ["정부 대변인은 월요일 여객선이 다음 주에 다시 운항한다고 말했다."],
}


@pytest.mark.parametrize(
    ("charset", "text"), [(name, text) for name, texts in UNDECLARED.items() for text in texts]
)
def test_undeclared_bytes(charset: str, text: str) -> None:
    body = f"{text} {text} {text}".encode(charset)
    assert body.decode(detect(body)) == body.decode(charset)


@pytest.mark.parametrize(
    ("body", "declared", "wanted"),
    [
        ("naïve".encode(), "iso-8859-1", "naïve"),
        (b"\x93na\xefve\x94", "iso-8859-1", "“naïve”"),
        ("мир".encode("koi8-r"), "koi8-r", "мир"),
        ("平和".encode("iso-2022-jp"), "iso-2022-jp", "平和"),
        ("naïve".encode("utf-16"), "utf-8", "naïve"),
        (b"caf\xc3\xa9 " * 30 + b"caf\xc3", "windows-1252", "café " * 30 + "caf\ufffd"),
        (b"plain", "unicode_escape", "plain"),
        (b"plain", "no-such-charset", "plain"),
    ],
)
def test_declared_bytes(body: bytes, declared: str, wanted: str) -> None:
    assert decode(body, declared) == wanted


@given(
    st.binary(max_size=200), st.sampled_from([None, "", "utf-7", "hex", "punycode", "utf-16", "gb2312", "\0"])
)
def test_any_bytes_are_some_text(body: bytes, declared: str | None) -> None:
    assert isinstance(decode(body, declared), str)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"%PDF-1.7", True), (b"\x1f\x8b\x08", True), (bytes(100), True), (b"a\0" * 50, True),
        (b"words " * 100 + b"\0", False), ("naïve".encode("utf-16"), False), (b"", False),
        (b"\xe9t\xe9", False),
    ],
)  # fmt: skip
def test_binary(body: bytes, wanted: bool) -> None:
    assert is_binary(body) is wanted


def test_bytes_that_are_no_letters_are_counted_and_not_listed() -> None:
    body = b"\xe9\xff" * 500_000
    tracemalloc.start()
    try:
        decode(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(body)
