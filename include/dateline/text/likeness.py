"""How much decoded characters look like a language: which of several charsets was meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache

_LATIN = (
    "àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìòùî", "áéèëêíïóöú", "æøåé", "äöåé",
    "áðéíóúýþæö", "äöõüšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț",
    "čćđšž", "çğıöşüâîû", "àçèéíïòóúü·", "ąčęėįšųūž", "āčēģīķļņšūž", "çë", "áàâãéèêíóòôõúýăđĩũơư",
)  # fmt: skip
"""Accented letters of the languages of Europe written in Latin letters, and of Vietnamese."""

_LATIN_OF = {
    "fr": 0, "de": 1, "es": 2, "gl": 2, "pt": 3, "it": 4, "nl": 5, "da": 6, "nb": 6, "nn": 6, "no": 6,
    "sv": 7, "fi": 7, "is": 8, "et": 9, "pl": 10, "cs": 11, "sk": 12, "hu": 13, "ro": 14, "hr": 15, "sl": 15,
    "bs": 15, "tr": 16, "ca": 17, "lt": 18, "lv": 19, "sq": 20, "vi": 21,
}  # fmt: skip

_HAN = set(
    "的一是不了在人有我他这这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行"
    "过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从四五六七八九"
    "报记新闻市月政府表示司社会济展区长工产全业部理体重点化高合力民关进外员应内实加电量北京机动最制通信安"
    "這為個來國時會對說們學過後發當進種還從與無經記報導間關係開區點電實業產體機動員應數據灣東車長見現問題議"
    "本東京都府県市町村氏者党首相閣法案選挙警察署事故午前後方今昨明年円億万発表調査開始終了結果予定約"
)
_HANGUL = set(
    "이다는을의에가고하한지로사기도어리은시자정나대서있인부해수그원라일들장과전를보공상제주만성동아여선스화국조구"
    "했며안으회경연면적관비위음무소모용미거우니세된금것오산중번신말내물업계자체"
)
_SMALL_CYRILLIC = set("абвгдежзийклмнопрстухчыьяі")
_SMALL_GREEK = set("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ")
_ARABIC = set("اليمنورهتبدعسفقكحجةأإىء")
_THAI = set("กขคงจชซณดตถทธนบปผพภมยรลวศษสหอะาำเแโใไ่้ิีึืุู็์ั")
_HEBREW = set("אבגדהוזחטיכלמנסעפצקרשתךםןףץ")

_TOKEN = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f\s]+")
"""Runs of letters and of everything beyond ASCII."""
_BROKEN = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff\ufff0-\uffff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[\xa1-\xa9\xab-\xb4\xb6\xb8\xb9\xbb-\xbf\u2020-\u2022\u2030](?=[^\W\d_])|¶(?=[^\W\d_])"
)
_TURNS = re.compile(
    "(?<=[a-zß-öø-ÿа-яѐ-џα-ώ])[A-ZÀ-ÖØ-ÞА-ЯЀ-ЏΑ-Ω]"
    "|[ςךםןףץ](?=[^\\W\\d_])|(?<=[a-z])[Ѐ-ӿͰ-Ͽ\u0590-\u06ff]|(?<=[Ѐ-ӿͰ-Ͽ\u0590-\u06ff])[A-Za-zÀ-ɏ]"
    "|(?<=[\xc0-\xff]{3})[\xc0-\xff]|σ(?![^\\W\\d_])"
    "|(?<![^\\W\\d_])[ьъы](?=[а-я])"
    "|(?<![ก-ฺ็-๎])[ัิ-ฺ็-๎]|[่-๋][่-๋]|[เ-ไ](?![ก-ฮ])|(?<=[a-zA-Z])[ก-๎]"
)
"""A capital after a small letter, a final letter before another, two alphabets in one word; in Thai, signs
that can't stand where they do."""
_CAPITALS = re.compile("[А-ЯЀ-ЏΑ-Ω]{4,}")


_OWN = 1.05
"""Likeness of a text in the language that is declared: there each letter counts 1.1."""
_WORD = re.compile(r"[^\W\d_]+")
_JUDGED = 8_000
_FEWEST = 20
"""Letters beyond ASCII; of fewer it can't be told."""
_NONSENSE = -0.15
"""Of 455 texts of the press in many languages none is below 0; text read in a wrong charset is, mostly."""


def likeness(text: str, language: str | None = None) -> float:
    """How likely characters beyond ASCII are, for each: about 1 is sure, 0 by chance, less is nonsense.

    Args:
        text: decoded by a charset that is to be judged.
        language: that is declared; among those in Latin letters it weighs, but does not decide, as templates
            often declare a wrong one.
    """
    tokens = [token for token in _TOKEN.findall(text) if not token.isascii()]
    joined = " ".join(tokens)
    counts = Counter(joined)
    beyond = sum(count for char, count in counts.items() if char > "\x7f")
    if not beyond:
        return 0.0
    good = _common(counts) + _latin(counts, language)
    bad: float = (
        3 * len(_BROKEN.findall(joined)) + len(_HALF_KANA.findall(joined)) + 2 * len(_IN_WORD.findall(joined))
    )
    bad += 1.5 * len(_TURNS.findall(joined)) + 0.7 * sum(map(len, _CAPITALS.findall(joined)))
    return (good - bad) / beyond


def speaks(found: float, language: str | None) -> bool:
    """Whether a likeness tells that the letters are those of the declared language in Latin letters."""
    return language in _LATIN_OF and found >= _OWN


def is_nonsense(text: str) -> bool:
    """Whether the letters beyond ASCII of a text, or of its beginning, are those of no language.

    Errs on the side of no: a language that is not known here looks like chance, which is better than that.
    """
    said = " ".join(word for word in _WORD.findall(text[:_JUDGED]) if not word.isascii())
    if sum(char > "\x7f" for char in said) < _FEWEST:
        return False
    return likeness(said.lower() if said.isupper() else said) < _NONSENSE


def _common(counts: Counter[str]) -> float:
    """How many characters beyond Latin are such as are common in a language."""
    return sum(_weight(char) * count for char, count in counts.items() if char > "\u036f")


@cache
def _weight(char: str) -> float:
    """How common a character is where it is at home: capitals and rare signs count less."""
    for common, first, last, rare in _RANGES:
        if first <= char <= last:
            return 1.0 if char in common else rare
    return 0.8 if char in _WIDE else 0.0


_WIDE = set("、。，！？：；「」『』《》【】（）“”・…　")
_NONE: frozenset[str] = frozenset()
_RANGES: tuple[tuple[Collection[str], str, str, float], ...] = (
    (_SMALL_CYRILLIC, "\u0400", "\u04ff", 0.4),
    (_SMALL_GREEK, "\u0370", "\u03ff", 0.6),
    (_HEBREW, "\u0590", "\u05ff", 0.0),
    (_ARABIC, "\u0600", "\u06ff", 0.4),
    (_THAI, "\u0e00", "\u0e7f", -0.5),
    (_NONE, "\u3041", "\u30fe", 1.0),
    (_HANGUL, "\uac00", "\ud7a3", 0.1),
    (_HAN, "\u3400", "\u9fff", 0.05),
)


def _latin(counts: Counter[str], language: str | None) -> float:
    """Accented letters of the likeliest one language, without those that it does not have."""
    accented = {
        char: count for char, count in counts.items() if "\xaa" <= char <= "\u024f" and char.isalpha()
    }
    if not accented:
        return 0.0
    alphabets = [_LATIN[_LATIN_OF[language]]] if language in _LATIN_OF else []
    best = 0.0
    for alphabet in (*alphabets, *_LATIN):
        own = sum(count for char, count in accented.items() if char.lower() in alphabet)
        is_declared = bool(alphabets) and alphabet is alphabets[0]
        best = max(best, own * (1.1 if is_declared else 1.0) - 0.5 * (sum(accented.values()) - own))
    return best
