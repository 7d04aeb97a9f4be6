"""The news agency that a text credits: in its place line, its byline or its last line.

A mention within the story (`told Reuters`) is no credit, so only these places are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dateline.text.dateline_parts import eastern, take_apart
from dateline.text.datelines import split_dateline

_NAMES = """
    Associated Press: AP, The Associated Press, The AP, AP News, AP通信
    Reuters: Reuter, Reuters News, Thomson Reuters, رويترز, ロイター, 路透社, 路透, Рейтер
    AFP: Agence France-Presse, Agence France Presse, AFP-Jiji, AFP=時事, أ.ف.ب, 法新社, afp
    dpa: DPA, Deutsche Presse-Agentur, Deutschen Presse-Agentur, dpa-AFX, dpa-infocom, Deutsche Presseagentur
    EFE: Agencia EFE, EFE-EPA, Agencia Efe, Efe
    ANSA: Agenzia ANSA, Ansa
    UPI: United Press International
    PA Media: PA, Press Association, The Press Association, PA news agency
    Canadian Press: CP, The Canadian Press, La Presse canadienne, La Presse Canadienne
    AAP: Australian Associated Press
    PTI: Press Trust of India
    ANI: Asian News International
    IANS: Indo-Asian News Service
    UNI: United News of India
    Bloomberg: Bloomberg News
    Dow Jones: Dow Jones Newswires
    CNN: CNN Newsource, CNN Wire
    BBC: BBC News
    PAP: Polska Agencja Prasowa
    APA: Austria Presse Agentur, Austria Presseagentur, apa
    SDA: Keystone-SDA, Schweizerische Depeschenagentur, sda, Keystone-ATS, ATS
    ANP: Algemeen Nederlands Persbureau
    Belga: Agence Belga
    TT: TT Nyhetsbyrån
    NTB: Norsk Telegrambyrå
    Ritzau: Ritzaus Bureau
    STT: Suomen Tietotoimisto
    epd: EPD, Evangelischer Pressedienst
    KNA: Katholische Nachrichten-Agentur, kna
    SID: Sport-Informations-Dienst, sid
    AFX: AFX News
    Xinhua: Xinhua News Agency, 新华社, 新華社, 新华网, شينخوا
    China News Service: CNS, 中新社, 中新网
    CNA: Channel NewsAsia
    Central News Agency: 中央社, 中央通訊社
    Kyodo: Kyodo News, 共同, 共同通信, 共同通信社, 共同社
    Jiji: Jiji Press, 時事, 時事通信, 時事通信社
    Yonhap: Yonhap News Agency, Yonhap News, 연합뉴스, 聯合ニュース, 韩联社, يونهاب
    TASS: ITAR-TASS, ТАСС, ИТАР-ТАСС
    RIA Novosti: РИА Новости, РИА, RIA, Ria Novosti, РІА Новини
    Interfax: Интерфакс, Interfax.ru
    Interfax-Ukraine: Интерфакс-Украина, Інтерфакс-Україна
    RBC: РБК
    Rosbalt: Росбалт
    REGNUM: ИА REGNUM
    Ukrinform: Укринформ, Укрінформ
    UNIAN: УНИАН, УНІАН
    UNN: УНН
    BelTA: БЕЛТА, BELTA, Belta, БелТА
    Kazinform: Казинформ
    Azertac: АЗЕРТАДЖ
    Armenpress: Арменпресс
    Lusa: Agência Lusa
    Agência Brasil: Agencia Brasil
    AGI: Agenzia Italia
    Adnkronos: AdnKronos
    Askanews: askanews
    Italpress: ITALPRESS
    Télam: Telam
    Europa Press: EUROPA PRESS, Europapress
    Notimex: Agencia Notimex
    MTI: MTI-EFE
    ČTK: CTK
    BTA: БТА
    Tanjug: Танјуг
    HINA: Hina
    FENA: Fena
    MINA: Agencija MINA
    SRNA: Srna
    STA: Slovenska tiskovna agencija
    Agerpres: AGERPRES
    Mediafax: MEDIAFAX
    AMNA: ΑΠΕ-ΜΠΕ, ΑΠΕ, ΑΜΕ, ANA-MPA, APE-MPE
    Anadolu: AA, Anadolu Agency, Anadolu Ajansı
    İHA: IHA, İhlas Haber Ajansı
    DHA: Demirören Haber Ajansı
    ANKA: ANKA Haber Ajansı
    WAM: وام
    SPA: Saudi Press Agency, واس
    KUNA: Kuwait News Agency, كونا
    MENA: Middle East News Agency, أ ش أ
    QNA: Qatar News Agency, قنا
    IRNA: ایرنا
    ISNA: ایسنا
    Mehr News: MEHR, Mehr News Agency
    Fars News: FARS, Fars News Agency
    Petra News Agency: PETRA, بترا
    SANA: سانا
    NNA: National News Agency
    Antara: ANTARA News
    Bernama: BERNAMA
    VNA: Vietnam News Agency, TTXVN
    Philippine News Agency: PNA
    APP: Associated Press of Pakistan
    BSS: Bangladesh Sangbad Sangstha
    RSS: Rastriya Samachar Samiti
    APS: Algérie Presse Service
    TAP: Tunis Afrique Presse
    MAP: Maghreb Arabe Presse
    INA: Iraqi News Agency
    Cihan: CİHAN
    Andina: Agencia Andina
    Al Jazeera: AL JAZEERA
    Thomson Reuters Foundation: Openly
    InfoMigrants: infomigrants
"""
"""Usual name: other names, as printed. In capitals each is the same; short ones count in no other case."""


def _named() -> Iterator[tuple[str, str]]:
    for line in filter(None, map(str.strip, _NAMES.splitlines())):
        name, _, others = line.partition(": ")
        for other in (name, *filter(None, others.split(", "))):
            yield other.upper(), name
            yield other, name


AGENCY_BY_NAME = dict(_named())
"""Name as printed → usual name of the agency."""

_WORDS = re.compile(r"[^\W_]+")
_FIRST_WORDS = frozenset(
    _WORDS.findall(re.sub(r"^(?:The|THE|La|LA) ", "", name))[0] for name in AGENCY_BY_NAME
)
_EASTERN = tuple(
    sorted((name for name in AGENCY_BY_NAME if re.match(r"[\u3040-\u9fff\uac00-\ud7a3]", name)), key=len)
)[::-1]
"""Written without blanks between words; the longest first."""

_HEAD, _TAIL, _LAST_LINES = 160, 240, 3

_ANY = "|".join(re.escape(name) for name in sorted(AGENCY_BY_NAME, key=len, reverse=True))
_SIGNS_OF = r"(?:[©Ⓒ]|\(c\)|copyright)(?: ?[©Ⓒ])?(?: ?\d{4}(?:[-–]\d{2,4})?,?)?(?: by)?"
_SOURCES = (
    r"sources?|quellen?|fuentes?|fontes?|fonti|fonte|kaynak|źródło|zdroj|bron|kilde|källa|источник|джерело"
    r"|πηγη|πηγή|المصدر|来源|來源|消息来源|出典|출처|credit|agency|agentur|agencia|agence"
)
_LAST = tuple(
    re.compile(pattern)
    for pattern in (
        # A line of its own: `Reuters`, `— AFP`, `(dpa/lby)`, `Source: ANSA`.
        rf"(?i:(?:{_SOURCES}) ?[:：] ?)?[-–—([（/]{{0,2}} ?(?P<name>{_ANY})(?:/\w{{1,12}})*[)\]）/]?\.?",
        # Behind the last sentence: `… on Monday. (AP)`, `… am Montag. – dpa`, `……。（新华社）`.
        rf".*[.!?…。！？»”\"'’] ?(?:[-–—] ?|[([（/])(?P<name>{_ANY})(?:/\w{{1,12}})*[)\]）/]?\.?",
        # `© 2024 AFP`, `Copyright 2024 The Associated Press. All rights reserved.`
        rf".{{0,20}}?(?i:{_SIGNS_OF}) (?P<name>{_ANY})\b(?!['’]s ).{{0,150}}",
        rf"This report by (?P<name>{_ANY}) was first published .{{3,40}}",
    )
)
_OPENING = re.compile(rf"[([（]?(?P<name>{_ANY})(?:/\w{{1,12}})?[)\]）]? ?(?:[-–—]{{1,2}}|[:：]) ")
"""An agency before the first sentence, without a place: `(AP) — `, `Reuters - `."""
_BYLINE = re.compile(r"(?i:by|von|par|por|de|da|di|door|от|автор:?) ")
_BETWEEN = re.compile(r" ?[/|,;()\[\]] ?| [-–—] | (?:and|und|et|y|e|with|of|for|via|от|für) |\n")
_ROLES = re.compile(
    r"(?i:\b(?:staff|sports?|news|business|national|foreign|senior|chief|special|science|health|medical|"
    r"political|white house|writers?|reporters?|correspondents?|editors?|agency|desk|wire|services?|"
    r"bureau)\b ?)+$"
)
_LONGEST_BYLINE = 100


def credit_of(text: str, dateline: str | None = None, authors: Iterable[str] = ()) -> str | None:
    """The usual name of the agency that a text credits; None if it credits none.

    Args:
        text: the body, with its place line or without.
        dateline: place line that was split off the text, as printed; None if there was none.
        authors: who wrote it, as names of people, desks and agencies.

    The place line comes first, then the byline, then the last lines.
    """
    if dateline is not None and (found := _of_line(dateline)):
        return found
    head = text[:_HEAD]
    names_one = _may_name(head)
    if names_one and (found := _of_opening(head)):
        return found
    for author in authors:
        if found := _of_byline(author):
            return found
    if names_one and (found := _of_first_line(head)):
        return found
    tail = text[-_TAIL:]
    return _of_last_lines(text, tail) if _may_name(tail) else None


def ends_of(text: str) -> str:
    """As much of a text as `credit_of` looks at."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _may_name(part: str) -> bool:
    """Whether it is worth a closer look: most texts name no agency at either end."""
    return not _FIRST_WORDS.isdisjoint(_WORDS.findall(part)) or any(name in part for name in _EASTERN)


@lru_cache(maxsize=1024)
def _named_by(words: str) -> str | None:
    """The agency that some words name, or the first of several (`AFP/dpa`)."""
    words = words.strip(" .,;:-–—")
    for one in (words, *words.split("/")):
        if one.strip() in AGENCY_BY_NAME:
            return AGENCY_BY_NAME[one.strip()]
    return None


def _of_line(line: str) -> str | None:
    """The agency in a place line."""
    if eastern(line):
        return next((AGENCY_BY_NAME[name] for name in _EASTERN if name in line), None)
    parts = take_apart(line)
    return _named_by(parts.agency or parts.place) if parts else _named_by(line.strip(" ()[]/"))


def _of_opening(head: str) -> str | None:
    opening = head.lstrip()
    if found := _OPENING.match(opening):
        return AGENCY_BY_NAME[found["name"]]
    line, _ = split_dateline(opening)
    return _of_line(line) if line else None


def _of_first_line(head: str) -> str | None:
    """The agency in a byline above the story."""
    first, behind, _ = head.lstrip().partition("\n")
    if not behind or len(first) > _LONGEST_BYLINE:
        return None
    return _of_byline(first) if _BYLINE.match(first) else _named_by(first)


def _of_byline(line: str) -> str | None:
    """The agency among who wrote it: `Associated Press`, `Ann Lee, Reuters`, `Von dpa`, `AFP Staff`."""
    if len(line) > _LONGEST_BYLINE or not _may_name(line):
        return None
    line = _BYLINE.sub("", line.strip(), count=1)
    for piece in (line, *_BETWEEN.split(line)):
        if found := _named_by(piece) or _named_by(_ROLES.sub("", piece)):
            return found
    return None


def _of_last_lines(text: str, tail: str) -> str | None:
    lines = [line.strip() for line in tail.splitlines()]
    if len(text) > len(tail) and len(lines) > 1:
        lines = lines[1:]  # its beginning is cut off
    for line in [line for line in reversed(lines) if line][:_LAST_LINES]:
        for pattern in _LAST:
            if found := pattern.fullmatch(line):
                return AGENCY_BY_NAME[found["name"]]
    return None
