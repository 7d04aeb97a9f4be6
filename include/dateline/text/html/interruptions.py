"""Lines that templates put into the middle of a story: advertisements, offers to follow, whose picture it is.

Each is a line of its own and nothing else, so that a closed list of forms tells them: short labels, bare
imperatives that ask to follow or to subscribe, and messages to browsers. In doubt a line stays.
"""

from __future__ import annotations

import re

from dateline.text.html.ending_words import FOLLOW, SIGN_UP, TOLD

_LONGEST = 250
"""Characters of a line."""
_AD = (
    r"(?:advertise?ments?|advertising|sponsored(?: content)?|anzeige|werbung|publicité|publicidade?|"
    r"pubblicità|реклама|annons|annonse|annonce|reklame|reklama|reklam|advertentie|mainos|διαφήμιση|hirdetés|"
    r"publicitate|広告|广告|廣告|광고)"
)
_GOES_ON = (
    r"(?:the\s)?(?:story|article|post|text) continues(?: below| after)?(?:\s(?:the|this))?"
    r"(?:\s(?:advertisement|advert|ad|video|photo|image|gallery))?(?:\sbelow)?|"
    r"(?:continue|keep) reading below|scroll (?:down )?to continue(?: (?:with content|reading))?|"
    r"la suite (?:de (?:l['’]article|votre article) )?après (?:la|cette) (?:publicité|pub)|"
    r"(?:der )?artikel (?:wird|geht) nach der (?:anzeige|werbung) (?:fortgesetzt|weiter)|"
    r"continúa (?:leyendo )?después de la publicidad|continua (?:depois|após) (?:da|a) publicidade|"
    r"artikel gaat (?:verder|door) (?:onder|na) (?:de|deze) advertentie|продолжение после рекламы"
)
_ASKS = (
    r"listen to (?:this|the) (?:article|story)(?:\W{1,5}\d{1,3}(?::\d\d)?(?:\s?min\w{0,5})?)?|"
    r"(?:get|receive|have) .{3,60}\b(?:delivered )?(?:straight |directly |right )?(?:in|to|into) your inbox"
)
_SEE = (
    r"(?:read also|also read|read more|see also|related (?:story|stories|article|articles)|"
    r"(?:à )?lire aussi|lea también|lee también|leia (?:também|mais)|leggi anche|lees ook|les også|"
    r"läs (?:också|även)|lue myös|czytaj (?:także|też|również)|lesen sie auch|mehr zum thema|"
    r"(?:también )?te puede interesar|читайте (?:также|ещё|еще)|читайте також|"
    r"関連記事|相关阅读|相关新闻|延伸閱讀)"
    r"\s?[:：]\s?.{3,160}|(?:read|see) more (?:on|about) [^.!?:]{3,60}:"
)
"""Where to find other stories."""
_BROWSER = (
    r"(?:please )?(?:enable|turn on|activate) javascript(?: in your browser)? (?:to|for)\s.{0,80}|"
    r"javascript (?:is|must be|needs to be) (?:disabled|enabled|required|turned on)\b.{0,100}|"
    r"(?:this|our) (?:site|page|website|video) (?:requires|needs|works best with) javascript.{0,80}|"
    r"you(?:['’]re| are) using an? (?:outdated|unsupported|old) (?:version of your )?browser\b.{0,150}|"
    r"your browser is (?:outdated|not supported|out of date)\b.{0,120}|"
    r"your browser does not support (?:the |this |html5? ?)?(?:audio|video|javascript|iframes?)\b.{0,80}"
)
_AGENCY = (
    r"(?:getty(?: images)?|shutterstock|i?stock(?:photo)?|adobe ?stock|unsplash|pexels|pixabay|alamy|"
    r"picture[ -]alliance|depositphotos|dreamstime)"
)
_PICTURE = (
    rf"(?:[\w.&’' -]{{1,40}}\s?(?:/|via|\|)\s?)?{_AGENCY}(?:\s?(?:/|via|\|)\s?[\w.&’' -]{{1,40}})?|"
    r"(?:copyright )?[©ⓒ]\s?[^.!?:;]{2,60}"
)
_GIVE = (
    r"(?=.{0,200}\b(?:our|independent|local|quality|good) (?:journalism|work|reporting|newsroom)\b)"
    r"(?=.{0,220}\b(?:consider (?:giving|supporting|donating|making a|becoming)|support us|donate (?:today|"
    r"now|here)|become a (?:member|supporter|subscriber)|chip in)\b)[^\"“”„«»]{20,250}"
)
_LABELS = re.compile(
    rf"[\W_]{{0,6}}(?:{_AD}(?:\W{{1,5}}(?:{_GOES_ON}))?|(?:{_GOES_ON})|{_ASKS})[\W_]{{0,6}}",
    re.IGNORECASE,
)
_SEES = re.compile(rf"[\W_]{{0,6}}(?:{_SEE})[\W_]{{0,6}}", re.IGNORECASE)
_MESSAGES = re.compile(
    rf"(?:{_BROWSER}|{_PICTURE}|{_GIVE}|{SIGN_UP}|"
    rf"(?:please )?(?=.{{0,60}}\b(?:(?-i:us)|our)\b)(?:{FOLLOW}))[\W_]?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\d{1,3}(?::\d\d|\s?min(?:utes?)?\.?)", re.IGNORECASE)


def is_interruption(line: str) -> bool:
    """Whether a line is nothing but a label of an advertisement, a request or a message to a browser."""
    if len(line) > _LONGEST:
        return False
    if _LABELS.fullmatch(line):
        return True
    is_message = _MESSAGES.fullmatch(line) or _SEES.fullmatch(line)
    return is_message is not None and not TOLD.search(line)


def without_interruptions(paragraphs: list[str]) -> list[str]:
    """A story without such paragraphs, and without the length of a recording right behind one; lines of
    tables and lists stay.

    Nothing is dropped where nothing else would be left.
    """
    kept: list[str] = []
    is_behind = False
    for paragraph in paragraphs:
        is_length = is_behind and _LENGTH.fullmatch(paragraph) is not None
        is_behind = is_interruption(paragraph)
        if not is_behind and not is_length:
            kept.append(paragraph)
    return kept or paragraphs
