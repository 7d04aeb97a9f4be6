"""Text decoded with the wrong charset and encoded again: set right where it is sure, else left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.charset import decode_and_mend
from dateline.text.mojibake import is_damaged, mend
from tongues import CASES, NEWS, page

LATIN = ("de", "fr", "es", "pl", "cs", "hu", "tr", "lt")


def misread(text: str, charset: str) -> str:
    """A text encoded in UTF-8 and decoded with another charset; bytes that it lacks stand for themselves."""
    return "".join(bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in text.encode())


WAYS = [
    *((language, charset) for language in NEWS for charset in ("cp1252", "latin-1")),
    *((language, "cp1250") for language in LATIN),
    *((language, "cp1251") for language in ("ru", "uk", "bg", "de", "fr", "es", "hu")),
    ("el", "cp1253"), ("de", "mac_roman"), ("fr", "mac_roman"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "charset"), WAYS)
def test_utf_8_that_was_misread(language: str, charset: str) -> None:
    text = page(language)
    mended = mend(misread(text, charset))
    assert mended.text == text
    assert mended.touches(NEWS[language])


@pytest.mark.parametrize("language", NEWS)
def test_twice(language: str) -> None:
    assert mend(misread(misread(page(language), "cp1252"), "cp1252")).text == page(language)


OTHER_SCRIPTS = [
    (language, charset) for language, charset in CASES if language not in LATIN and language != "th"
]


@pytest.mark.parametrize(("language", "charset"), OTHER_SCRIPTS)
def test_other_charsets_that_were_read_as_latin(language: str, charset: str) -> None:
    body = page(language).encode(charset, "xmlcharrefreplace")
    latin = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in body)
    mended = decode_and_mend(latin.encode())
    assert mended.text == body.decode(charset)
    assert mended.is_whole


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It’s. <p>Itâ€™s not</p>", "It’s. <p>It’s not</p>"),
        ("<p>вЂњМир</p>", "<p>“Мир</p>"),
        ("<p>Ð\xa0Ð¾Ñ\x81Ñ\x81Ð¸Ñ\x8f</p> déjà", "<p>Россия</p> déjà"),
        ("<b>5 â‚¬, 20Â°C, 30Â°C</b>", "<b>5 €, 20°C, 30°C</b>"),
    ],
)
def test_pieces(text: str, wanted: str) -> None:
    assert mend(text).text == wanted


NATURAL = [
    "„SMÅ“ och „BLÅ“, sa hon", "“IRMÃ” e “MANHÃ”", "„SPAẞ“ und „GEÄ“",
    "À « mot » là, SÃO PAULO, NÃO” e “MAÇÔ",
    "НОВОСТІ РЄСВІ Річка Січень Рік Сік",
    "ÉTÉ® CAFÉ™ FORÊT… À»", "Île-de-France, ÎLE, Ïle", "ČÍŠNÍK MŮŽE KŘÍŽ", "Šta? ŽIVOT", "Ă« ROMÂNIA",
    "Ö³ Å² m² N°",
    "The letter Ã© is what é looks like when it is misread.", "Сё Рё", "ÓÉ ÍÓ",
    "ΑΣΊΑ Ξ· ΟΧΙ", "√2 and √3", "25 Â",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NATURAL, *NEWS.values(), *(news.upper() for news in NEWS.values())])
def test_what_is_meant_stays(text: str) -> None:
    assert mend(text).text == text
    assert mend(f"<p>{text}</p>").text == f"<p>{text}</p>"


def test_only_what_was_mended_is_told() -> None:
    mended = mend("<p>Ein schönes Boot für alle</p><i>FÃ¤hre fÃ¤hrt</i>")
    assert mended.touches("Die Fähre fährt\nheute")
    assert not mended.touches("Ein schönes Boot für alle")


@pytest.mark.parametrize(
    ("text", "wanted"), [("a\ufffdb", True), ("ï¿½", True), ("锟斤拷", True), ("é", False), ("", False)]
)
def test_damage(text: str, wanted: bool) -> None:
    assert is_damaged(text) is wanted


@pytest.mark.parametrize(
    ("language", "meant", "read"),
    [
        ("ru", "cp1251", "cp1252"), ("ru", "koi8-r", "cp1252"), ("ru", "koi8-r", "cp1251"),
        ("el", "cp1253", "cp1252"), ("he", "cp1255", "cp1252"), ("zh", "gb18030", "cp1252"),
        ("pl", "cp1250", "cp1251"), ("de", "cp1252", "cp1251"), ("tr", "utf-8", "cp1251"),
    ],
)  # fmt: skip
def test_letters_of_no_language_are_damage(language: str, meant: str, read: str) -> None:
    misread = (3 * NEWS[language]).encode(meant).decode(read, "ignore").replace("\ufffd", "")
    assert is_damaged(misread)


@pytest.mark.parametrize("language", NEWS)
def test_letters_of_a_language_are_none(language: str) -> None:
    assert not is_damaged(NEWS[language])
    assert not is_damaged(NEWS[language].upper())
    assert not is_damaged(" ".join(f"{word} → „{word}“ № 5 •" for word in NEWS[language].split()))


def test_few_letters_tell_nothing() -> None:
    assert not is_damaged("Ãîðîäñêîé ñîâåò")


HOSTILE = ["Ã©", 'Ã©"<', "РџСЂРёРІРµС‚ ", "Ã", "ÒâžéÇ³ÓÎ ", "вЂ", "ÃƒÂ©", "\x80\x81", "é "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_take_no_time(piece: str) -> None:
    began = time.process_time()
    mend(piece * (400_000 // len(piece)))
    is_damaged(piece * (400_000 // len(piece)))
    assert time.process_time() - began < 2


@given(
    st.text(alphabet=st.sampled_from("aÃ©Â €™âРрС‚°вЂ\x80\x99ÒâžéÇ³\ufffd<"), max_size=80)
    | st.text(max_size=40)
)
def test_any_text_is_some_text(text: str) -> None:
    mended = mend(text)
    assert mend(mended.text).text == mended.text or mended.text != text
    assert (mended.text == text) or not text.isascii()
