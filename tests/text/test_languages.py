"""Which language a text is in, and one spelling for declared tags."""

from __future__ import annotations

import socket

import pytest

from dateline.text.languages import _model, contradicts, detect, normalise_tag, primary
from tongues import NEWS

DETECTED = {
    "en": "The council has voted to reopen the old harbour to fishing boats from next spring.",
    "de": "Der Rat hat beschlossen, den alten Hafen ab dem nächsten Frühjahr wieder zu öffnen.",
    "fr": "Le conseil a décidé de rouvrir le vieux port aux bateaux de pêche au printemps.",
    "el": "Το συμβούλιο αποφάσισε να ανοίξει ξανά το παλιό λιμάνι για τα αλιευτικά σκάφη.",
    "ru": "Совет решил вновь открыть старую гавань для рыболовных судов следующей весной.",
    "pl": "Rada postanowiła ponownie otworzyć stary port dla łodzi rybackich od wiosny.",
    "zh": "市议会决定从明年春天起重新开放旧港口。",
    "ja": "市議会は来春から古い港を漁船に再び開放することを決めた。",
}

TAGS = {
    "en_US": "en-US",
    "EN": "en",
    "zh-hans-cn": "zh-Hans-CN",
    "pt-br, en;q=0.5": "pt-BR",
    "es-419": "es-419",
    "de-DE-1996": "de-DE",
    "English": "en",
    "iw": "he",
    "jp": "ja",
    "und": "und",
    "x": "und",
    "": "und",
    "{{ lang }}": "und",
}


@pytest.mark.parametrize("tag", DETECTED)
def test_detect(tag: str) -> None:
    found, trust = detect(DETECTED[tag])
    assert found == tag
    assert 0.5 < trust <= 1


def test_capitals_are_no_other_language() -> None:
    assert detect(DETECTED["en"].upper())[0] == "en"


@pytest.mark.parametrize("text", ["", "ok", "12 34 56", "https://harbour.example/a/long/path", "\ud800" * 40])
def test_too_little_is_unknown(text: str) -> None:
    assert detect(text) == ("und", 0.0)


@pytest.mark.parametrize("tag", TAGS)
def test_normalise_tag(tag: str) -> None:
    assert normalise_tag(tag) == TAGS[tag]
    assert normalise_tag(TAGS[tag]) == TAGS[tag]


def test_no_tag() -> None:
    assert normalise_tag(None) == "und"
    assert primary("zh-Hans-CN") == "zh"


def test_the_model_never_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    _model.cache_clear()
    assert detect(DETECTED["en"])[0] == "en"


DECLARED = ["en", "de-AT", "ru", "zh-Hans-CN", "ja", "ko", "el", "ar", "he", "th", "sr", "xx", "und"]


@pytest.mark.parametrize("tag", DECLARED)
@pytest.mark.parametrize("language", NEWS)
def test_letters_that_a_language_is_never_written_in(tag: str, language: str) -> None:
    script = {"ru": "ru", "uk": "ru", "bg": "ru", "zh": "zh", "zh-hant": "zh", "ja": "zh"}
    latin = {"pl", "cs", "hu", "tr", "de", "fr", "es", "lt", "en"}
    declared = tag.split("-")[0]
    own = "latin" if language in latin else script.get(language, language)
    wanted = "latin" if declared in latin else script.get(declared, declared)
    assert contradicts(tag, NEWS[language]) is (tag not in ("sr", "xx", "und") and own != wanted)


def test_few_letters_contradict_nothing() -> None:
    assert not contradicts("ru", "NATO")
    assert not contradicts("en", "")
    assert contradicts("en", "Паром вернётся на линию NATO уже в следующую среду утром")
