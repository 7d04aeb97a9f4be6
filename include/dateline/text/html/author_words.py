"""The words of bylines: what leads in, joins, ends or stands beside a name, and what names no person."""

from __future__ import annotations

import re

# Words of desks, agencies, publications and other bodies. A whole word of these makes a name a body's.
# "Post", "Bureau" or "Press" are surnames too: rarely, so this errs on the side of the body.
_BODIES = (
    # desks
    "staff", "team", "teams", "desk", "newsdesk", "newsroom", "redaktion", "onlineredaktion",
    "zentralredaktion", "lokalredaktion", "sportredaktion", "nachrichtenredaktion", "redaksi",
    "redaksjonen", "redaktionen", "redaktionsnetzwerk", "redactie", "redacción", "redaccion",
    "redação", "redacao", "redazione", "rédaction", "redaction", "redakcja", "redakce", "redakcia",
    "redakcija", "redacția", "toimitus", "ritstjórn", "szerkesztőség", "editorial", "editors",
    "reporters", "contributors", "moderation", "admin", "admins", "webmaster", "newswire",
    "editorial board", "board", "web desk", "редакция", "редакція", "редакцията", "пресс-служба",
    "корреспонденты", "συντακτική", "ομάδα", "σύνταξης", "haber", "merkezi", "servisi", "编辑部",
    "編輯部", "編集部", "記者團", "取材班", "本报讯", "本報訊", "综合报道", "綜合報導", "편집부",
    "취재팀",
    # agencies
    "agency", "agencies", "agence", "agences", "agencia", "agencias", "agência", "agenzia",
    "agentur", "agenturen", "agencja", "agentura", "agence france-presse", "ajansı", "агентство",
    "πρακτορείο", "通讯社", "通信社", "新华社", "新華社", "中新社", "中央社", "共同", "時事", "연합뉴스",
    "reuters",
    "dpa-afx", "тасс", "интерфакс", "риа", "укринформ", "xinhua", "bloomberg", "jiji press",
    "yonhap", "interfax", "ukrinform", "anadolu", "associated press", "the ap", "ap news",
    "press association", "pa media", "europa press", "australian associated press", "kathpress",
    "afpbb", "télam", "telam", "αθήνα μπε", "απε-μπε", "μτι",
    # publications and broadcasters
    "press", "presse", "prensa", "news", "nachrichten", "noticias", "notícias", "notizie",
    "nyheter", "nieuws", "nouvelles", "actualités", "haberleri", "wiadomości", "новости", "новини",
    "news.com", "times", "post", "tribune", "journal", "gazette", "gazeta", "gazete", "gazzetta",
    "gaceta", "herald", "chronicle", "courier", "observer", "telegraph", "guardian", "magazine",
    "magazin", "magazyn", "revista", "revue", "rivista", "dergisi", "zeitung", "tageblatt",
    "tagblatt", "volksblatt", "anzeiger", "kurier", "blatt", "rundschau", "zeitschrift", "diario",
    "diário", "periódico", "el país", "le monde", "le figaro", "la repubblica", "газета", "журнал",
    "вести", "правда", "известия", "日报", "日報", "新闻", "新聞", "时报", "時報", "晚报", "晚報", "周刊",
    "雑誌", "通信",
    "뉴스", "신문", "εφημερίδα", "ειδήσεις", "media", "medien", "medya", "network", "netzwerk", "tv",
    "televisie", "televisión", "television", "radio", "rádio", "rundfunk", "fernsehen", "телеканал",
    "радио", "channel", "broadcasting", "wire", "service", "services", "online", "blog", "podcast",
    "website", "portal", "publishing", "publications", "verlag", "éditions", "editorial team",
    # bodies of other kinds
    "inc", "ltd", "llc", "gmbh", "e.v.", "e.v", "plc", "corp", "co.", "company", "group",
    "gruppe", "holding", "holdings", "university", "universität", "université", "universidad",
    "università", "universiteit", "institute", "institut", "instituto", "istituto", "college",
    "school", "academy", "foundation", "stiftung", "fondation", "fundación", "ministry",
    "ministerium", "ministère", "ministerio", "министерство", "department", "office", "council",
    "committee", "commission", "association", "verband", "verein", "verbraucherzentrale", "society",
    "bureau", "center", "centre", "zentrum", "partnership", "project", "collective",
    "correspondents", "communications", "kommunikation", "pressestelle", "pressemitteilung",
    "unternehmenskommunikation", "bundesverband", "landesverband", "partei", "fraktion",
    "world vision", "police", "polizei", "policía", "polícia", "feuerwehr", "customs", "protection",
    "government", "organization", "organisation", "οργανισμός", "bundesministerium", "d.o.o", "sp. z o.o",
    "collectif", "sport", "sports", "interactive", "redaktionsteam",
)  # fmt: skip

# Marks of agencies and broadcasters. Sid, Ani and Efe are given names too, so only in capitals.
_ACRONYMS = (
    "AFP", "DPA", "EFE", "ANSA", "TASS", "KYODO", "JIJI", "UPI", "APA", "SDA", "SID", "EPD", "KNA",
    "NTB", "RITZAU", "STT", "BELGA", "ANP", "PAP", "ČTK", "CTK", "MTI", "AGERPRES", "BTA", "LUSA",
    "PTI", "ANI", "IANS", "BERNAMA", "ANTARA", "SWNS", "CNN", "BBC", "NBC", "ABC", "CBS", "NPR",
    "AAP", "APN", "OTS", "ERBOL", "AG", "МТИ", "ΑΠΕ", "ΜΠΕ",
)  # fmt: skip


def whole_words(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches any of these words and phrases whole, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return r"(?<![^\W_])(?:" + "|".join(map(re.escape, ordered)) + r")(?![^\W_])"


UPPER = r"[^\W\d_a-zß-öø-ÿ]"
"""A letter that is none of the small ones of Latin-1."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

BODY = re.compile(
    "(?i:"
    + whole_words([word for word in _BODIES if not _UNSPACED.search(word)])
    # Between words of these scripts no space is written.
    + "|"
    + "|".join(word for word in _BODIES if _UNSPACED.search(word))
    + ")|"
    + whole_words(_ACRONYMS)
)
AGENCY = re.compile(whole_words([word.lower() for word in _ACRONYMS]) + r"(?:[-/]\w{1,12})?", re.IGNORECASE)
