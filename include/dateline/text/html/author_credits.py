"""What stands around the names in an author string in an order of its own, put so that they can be split off.

Agencies behind "for", "with" or in brackets, surnames before given names, towns behind a dash.
"""

from __future__ import annotations

import re

from dateline.text.date_words import fold
from dateline.text.dateline_parts import is_agency
from dateline.text.dateline_words import AGENCY_NAMES
from dateline.text.html.author_words import AGENCY, BODY

_LONGEST_SIGN = 40
_NO_AGENCY = frozenset(
    map(fold, ("agencies", "news agencies", "agencia", "agência", "agencias", "cnn", "bbc", "rss"))
)
"""Signs that open place lines too, but name none, or a broadcaster."""
_BESIDE = (
    r"(?:[Mm]it Material (?:der|von|des)|[Aa]vec|[Ww]ith|[Mm]it|[Mm]et|[Cc]on|[Cc]om|[Ff]or|FOR|[Ff]rom|"
    r"[Oo]f|[Vv]ia|[Ff]ür|[Pp]our|[Pp]ara|[Pp]er)"
)
_NAME = (
    r"(?:[Tt]he |THE |[Dd]er |[Dd]ie |[Ll]’|[Ll]')?"
    r"([^\W\d_][\w./’'-]{1,20}(?: (?=[^\W\da-z_])[\w.-]{2,20}){0,2})"
)
_CREDIT = re.compile(rf"(?<!\S){_BESIDE} {_NAME}(?=\s*(?:$|[,;|•·¦)\]]))")
_BRACKETS = re.compile(rf"[(\[（]\s*(?:{_BESIDE} |/)?{_NAME}/?\s*[)\]）]")

_PARTICLE = r"(?:von|van|vom|zu|zum|zur|de|di|da|do|dos|del|della|du|la|le|el|der|den|ten|ter)"
_SURNAME = re.compile(
    rf"((?i:{_PARTICLE})(?: {_PARTICLE})+|(?!(?i:von|par|por|da|di|de|door)\b)(?i:{_PARTICLE})|"
    rf"(?:{_PARTICLE}|De|Di|Da))\s([^\W\d_a-z][\w'’-]+)\s?, ?([^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]*)?)"
)
"""`Von der Leyen, Ursula`: a surname with particles; `Von Quay, Greywater` is a name and a town."""

_TOWN = re.compile(r"((?:[^\W\d_][\w.'’-]*\s){1,3}[^\W\d_][\w.'’-]+)\s[-–—]\s([^\W\d_a-z][^\W\d_'’]+)")
_PICTURES = re.compile(
    r"(?<=\w)(?<!\bund)(?<!\band)(?<!\boch)(?<!\bog)(?<!\bet)(?<!\by)(?<!\be)(?<!\bi)\s+"
    r"(?=(?:fotos?|photos?|bild(?:er)?|illustrations?|illustration(?:en)?|videos?|grafik(?:en)?|kuvat?|kép|fotó)\s?:)",
    re.IGNORECASE,
)
"""Whose pictures they are, on the line of who wrote: `Text: Anna Quay Foto: Bo Reed`."""

_BEHIND = re.compile(
    r"(?<=\w)(?<!\b[Tt]he) (?=(?:[Tt]he )?"
    r"(?:Associated Press|Canadian Press|Press Association|Agence France-Presse|Europa Press|Reuters)$)"
)
"""An agency on the next line."""
_STAFF = re.compile(
    r"(?:(?:by|from) )?((?:\S{2,30} ){0,3}staff(?: and|,|/| &) (?:wire|news|agency|agencies)\b.{0,20})", re.I
)


def prepared(text: str) -> str:
    """An author string with a bar where a name ends and what an agency or a town is credited with begins."""
    if found := _SURNAME.fullmatch(text):
        particles = f"{found[1][0].lower()}{found[1][1:]}" if found[1][0] in "VZ" else found[1]
        return f"{found[3]} {particles} {found[2]}"
    if (found := _TOWN.fullmatch(text)) and not BODY.search(text) and not is_agency_name(found[2]):
        return found[1]
    text = _PICTURES.sub(" ¦ ", text)
    return _BEHIND.sub(" ¦ ", _CREDIT.sub(_apart, _BRACKETS.sub(_apart, text)))


def staff(text: str) -> str | None:
    """The staff and its agencies as one body, None if a string is none."""
    found = _STAFF.fullmatch(text)
    return found[1] if found else None


def is_agency_name(name: str) -> bool:
    """Whether this is a news agency, in the form in which agencies are credited."""
    bare = re.sub(r"^(?:the|die|der|l['’])\s?", "", name.strip(), flags=re.IGNORECASE)
    folded = fold(bare)
    if len(bare) > _LONGEST_SIGN or folded in _NO_AGENCY:
        return False
    if " " in bare:
        return folded in AGENCY_NAMES
    # Short signs are words and given names in other letters.
    is_sign = bare.isupper() or AGENCY.fullmatch(bare) is not None or BODY.fullmatch(bare) is not None
    return is_sign and is_agency(bare)


def _apart(found: re.Match[str]) -> str:
    return f" ¦ {found[1]} ¦ " if is_agency_name(found[1]) else found[0]
