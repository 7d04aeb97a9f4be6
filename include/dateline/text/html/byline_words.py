"""The words of bylines: what leads in to a name, joins names, ends them, and stands beside them."""

from __future__ import annotations

import re

_VERBS = (
    r"written|posted|published|reported|compiled|contributed|created|submitted|authored|words|story|text|report|"
    r"article|review|analysis|opinion|column|blog\s+post|blog|entry|interview|news"
)
_KINDS = (
    r"column|commentary|essay|op-?ed|perspective|dispatch|letter|post|report|story|interview|editorial|review|"
    r"feature|analysis|opinion|contribution|special"
)
_GERMAN = (
    r"geschrieben|verfasst|ver[öo]ffentlicht|eingestellt|gepostet|erstellt|gespeichert|publiziert|"
    r"(?:ein(?:e|en)?\s+)?(?:artikel|beitrag|text|bericht|kommentar|kolumne|gastbeitrag|gastkommentar|interview|"
    r"analyse|essay|reportage|rezension|glosse|pressemitteilung|blog\s?beitrag|im\s+wortlaut)"
)
_ROMANCE = (
    r"(?:un\s+(?:texte|article)\s+)?(?:publi[ée]|post[ée]|[ée]crit|r[ée]dig[ée]|propos\s+recueillis)|"
    r"(?:publicado|escrito|posteado|redactado)|(?:pubblicato|scritto|postato|inserito)|(?:postado)|un\s+art[íi]culo|texto"
)
LEAD_IN = re.compile(
    # One word of these languages that says "by": before a name it is enough.
    rf"^(?:(?:(?:{_VERBS})\s+)?by\b\s*:?|(?:(?:a|guest|special|exclusive|opinion)\s+){{1,2}}(?:{_KINDS})(?:\s+to\s+\S+(?:\s\S+)?)?\s+by\b\s*:?|"
    rf"special\s+to\s+(?:\S+\s+){{1,4}}by\b\s*:?|"
    rf"(?:{_GERMAN}\s+)?von\s+unsere[mrn]\s+[\w-]{{4,40}}\s+(?=(?-i:[^\W\d_a-z]))|(?:(?:{_GERMAN})\s+)?von\b\s*:?|(?:(?:{_ROMANCE})\s+)?(?:par|por|da|di|de)\b(?=\s*:|\s+(?-i:[^\W\d_a-z]))\s*:?|"
    r"(?:door|geschreven\s+door|av|af|skrevet\s+av|skrevet\s+af|skriven\s+av|yazan|napisał(?:a)?|napsal(?:a)?|"
    r"kirjoittanut|oleh|ditulis\s+oleh|γράφει\s+(?:ο|η)|γράφουν\s+οι|του|της|των)\b\s*:?(?=\s|$)|"
    r"(?:view\s+|see\s+|read\s+)?(?:all|more)\s+(?:posts|articles|stories|entries|content)?\s*(?:by|from|of)\b|(?:posts|articles)\s+by\b|"
    r"(?:zeige\s+)?(?:alle|weitere|mehr)\s+(?:beiträge|artikel|posts)?\s*(?:von|by)\b|voir\s+tous\s+les\s+articles\s+de\b|"
    r"ver\s+(?:todas\s+las\s+entradas|todos\s+los\s+artículos)\s+(?:de|por)\b|"
    # A label, with its colon or as a word of its own.
    r"(?:author|authors|autor|autora|autores|autorin|autoren|autor[/:*_]in|auteur|auteure|auteurs|autore|autori|autorka|"
    r"author\(s\)|autor\(in\)|verfasser|verfasserin|forfatter|f[öo]rfattare|penulis|yazar|автор|авторы|автори|συντάκτης|"
    r"συντάκτρια)(?!\w)\s*(?::|$|(?=\s(?-i:[^\W\d_a-z])))|"
    # Catalan "per" is a given name in the north, Albanian "nga" one in Vietnam.
    r"per(?:(?=\s*:)|(?-i:(?<=per)(?=\s+[^\W\d_a-z])))\s*:?|nga(?:\s*:|(?=(?:\s+(?-i:[^\W\d_a-z])[\w'’-]+){2}))|"
    r"(?:piše|szerző|írta|teksti|tác\s+giả|autorius|autorė|scris\s+de|napísal[ai]?)(?:\s*:|(?=\s(?-i:[^\W\d_a-z])))|"
    r"(?:autors|haber|muhabir|pise|raportti|foto\s+dhe\s+tekst)\s*:|"
    r"(?:skribent|journalist|journaliste|periodista|reporter|redacteur|tekst|text|texto|testo|texte|words|"
    r"te(?:x|ks)ts?\s+(?:&|und|and|och|og|et|y|e)\s+\w{3,10}|writer|byline|текст|журналист|корреспондент|κείμενο|ρεπορτάζ|"
    r"interview|interviewer|intervju|wywiad|entrevista|entretien|intervista|rozmawiał(?:a)?|rozmowa)\s*:|"
    # Scripts without capitals, where a label has its colon, or is a word that says "by the pen of".
    r"(?:كتب|كتبت|كتبه|الكاتب|إعداد|تحرير|تقرير|المحرر|نویسنده|گزارش|تحریر|כתב|כתבה|लेखक|लेखिका|रिपोर्ट|संवाददाता|"
    r"द्वारा|লেখক|প্রতিবেদক|โดย|ผู้เขียน|เรื่อง)\s*[:：]|(?:بقلم|מאת|ผู้เขียน)\s*[:：]?(?=\s)|"
    r"(?:作者|记者|記者|撰文|编辑|文|撰稿|取材・文|執筆|筆者|著者)\s*[:：/|丨]\s*|(?:(?:本报|本報)(?:记者|記者)\s*|(?:记者|記者)\s+)(?=[\u3400-\u9fff])"
    r")\s*[:：]?\s*",
    re.IGNORECASE,
)
"""What leads in to a name at the beginning of a text."""

INNER_LEAD_IN = re.compile(
    r"(?:(?<=\d)(?:\s?uhr)?[|·•,–-]?|[|·•])\s+(?=(?:by|von|par|por|door|av)\s+[^\W\d_])", re.IGNORECASE
)
"""Where "by" follows a day, time or bar: `6 November 2023 13:30 by Anna`."""

BARE_BY = re.compile(r"(?:by|von|par|por)\s+\S", re.IGNORECASE)

CREDIT = re.compile(
    r"^(?:(?:illustrat(?:ion|ed|or)s?|photo(?:s|graph|graphs|graphed|graphy|grapher)?|pictures?|images?|videos?|"
    r"fotos?|foto(?:graf|grafie|grafin)|bild(?:er|quelle|rechte)?|illustration(?:en)?|grafik(?:en)?|crédits?|credits?|"
    r"fotograf[íi]a|ilustraci[óo]n|crédito|фото|иллюстрация|φωτογραφία|φωτό|图|圖|摄影|攝影|"
    r"edited|editor|editors|editing|editado|edición|bearbeite[rt]|redigiert|редактор|编辑|責任編輯|责任编辑|责编|"
    r"translat(?:ed|ion|or)|übersetz(?:t|ung|er)|traduit|traducción|traducido|traduction|перевод|перевел|"
    r"reviewed|fact[- ]checked|medically\s+reviewed|produced|artwork|designed?|cover|quelle|source|fuente|"
    r"источник|"
    r"additional\s+reporting|updated|aktualisiert|with\s+inputs?|moderation|kamera|schnitt)\b"
    r"|©|\(c\)|quelle\s*:)",
    re.IGNORECASE,
)
"""Whom a text thanks for pictures, translation or editing: no author."""

STOP = re.compile(
    r"\s*(?:(?<![^\s,])(?:on|in|at|am|im|um|(?i:for|from)|für|pour|para|aus|under|unter|via|le(?=\s+\d)|el(?=\s+\d)|il(?=\s+\d)|den(?=\s+\d)|"
    r"vor(?=\s+\d)|filed|veröffentlicht|published|posted|updated|aktualisiert|modified|last|stand|publi[ée]|mis\s+à\s+jour|"
    r"publicado|actualizado|pubblicato|aggiornato|kl\.|il\s+y\s+a|with(?=\s+inputs?)|mit(?=\s+material)|"
    r"is(?=\s+an?\s)|ist(?=\s+ein)|has|covers|covering|writes|joined|studierte|leitet|опубликовано|обновлено)(?![^\s:,])"
    r"|(?<!\w)(?i:illustrat(?:ion|ed|ionen|ions)|photo(?:s|graphs?|graphy)?|fotos?)\s+(?:by|von|par|de)\b"
    r"|\s(?:稿源|来源|來源|发布|编辑|編輯|责编|责任编辑)"
    r"|(?<!\w)\d|[|•·]|\s[-–—~]\s|\s[-–—~]$|…|\.\.\.)"
)
"""Where a name ends, in lower case as names are not."""

SPLIT = re.compile(
    r"\s*(?:[;|\n•·、，¦]|/(?!/)|\s[&+]\s|&amp;|\s[-–—]\s|"
    r"\b(?i:and|with|und|mit)\b|\b(?:et|y|og|och|и|та|και|dan|ve)\b|(?<=\s)(?:avec|con|com|met)(?=\s)|\b(?:i|en|e|a)\b(?=\s+[^\W\d_a-zà-ÿа-я]))\s*"
)
"""What stands between two names, but for the comma."""

ROLE = re.compile(
    r"(?:[\w-]{0,24}(?:reporter|korrespondent|redakteur|journalist|experte|expertin|autor|kolumnist)(?:in|s|en|innen)?|"
    r"correspondents?|editors?|editor-in-chief|(?:co-)?writers?|copywriter|columnists?|contributors?|contributing|"
    r"producers?|critics?|analysts?|photographers?|staff|senior|junior|chief|deputy|managing|executive|"
    r"associate|assistant|bureau|political|business|science|editorial|digital|professor|lecturer|author|authors|"
    r"chefredakteur(?:in)?|volontär(?:in)?|freier|freie|ressortleiter(?:in)?|leiter(?:in)?|herausgeber(?:in)?|"
    r"gastautor(?:in)?|journaliste|grand\s+reporter|rédact(?:eur|rice)|redactora?|periodista|giornalista|"
    r"redattore|corresponsal|enviad[oa]|envoyée?|correspondante?|director|publisher|founder|ceo|blogger(?:in)?|"
    r"корреспондент|редактор|обозреватель|журналист(?:ка)?|колумнист|спецкор|δημοσιογράφος|기자|특파원|muhabir|wartawan)",
    re.IGNORECASE,
)
"""What somebody is; a whole word of it."""

DEGREE = re.compile(
    r"^(?:m\.?d\.?|ph\.?\s?d\.?|m\.?sc\.?|b\.?sc\.?|b\.?a\.?|m\.?a\.?|ll\.?m\.?|mba|r\.?d\.?|r\.?n\.?|mph|esq\.?|dds|"
    r"facp|jd|j\.d\.|rdn?|cpa|dr\.?|prof\.?|mag\.?|dipl\.?-?\w{0,5}\.?|univ\.?|phd|do)$",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:med|rer|nat|phil|jur|iur|theol|habil|h\.\s?c|pol|oec|ing|dent|vet|päd|phil|mult|sc|agr|e\.\s?h|techn)\.?",
    re.IGNORECASE,
)
"""Of a German or Austrian doctorate."""
SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})

NOBODY = frozenset({
    "no author", "noauthor", "not set", "author name", "admin", "administrator", "author", "authors",
    "autor", "unknown", "anonymous", "guest", "user", "none", "null", "undefined", "editor", "webmaster",
    "root", "na", "n/a", "byline", "test", "by", "name", "wordpress", "default", "super user",
    "superuser", "site admin", "false", "true", "nan", "facebook", "twitter", "share", "login", "follow",
    "von", "par", "por", "me", "owner", "articles", "publisher", "profile", "profil", "more", "website",
    "instagram", "linkedin", "youtube", "view", "by author", "writer", "contributor", "contributors",
    "guest author", "guest post", "adm", "developer", "wp", "system", "api", "cms", "master",
    "article author", "und", "and", "read", "story", "text", "editors", "auteur", "autorin", "автор",
    "作者", "记者", "記者", "kommentare", "comments", "home", "menu", "published", "anzeige",
    "advertisement", "ad", "sponsored", "publicidad", "werbung", "gesponserte inhalte", "gesponsert",
    "sponsored content", "drucken", "print", "email", "e-mail",
    "登录", "昵称", "自动登录", "点击登录", "注册", "退出", "新規登録",
    "ログイン", "top", "close", "anonym",
})  # fmt: skip

NO_NAME = re.compile(
    r"\b(?:updated|published|posted|last modified|ago|min read|see more|i am|read|follow|share|"
    r"comments?|subscribe|newsletter|copyright|sign up|email|view|all|about|photos?|images?|picture|"
    r"veröffentlicht|erstellt|geschrieben|kommentar(?:e|ar)?|publié|publicado|pubblicato|uncategorized|written|uhr|archives?|"
    r"search|mehr|alle|über|artikel|beiträge|beitrag|zeige|eingestellt|edited|edition|today|yesterday|"
    r"heute|gestern|january|february|july|september|october|november|"
    r"december|januar|februar|märz|oktober|dezember|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|janvier|février|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|"
    r"octubre|diciembre|lunes|miércoles|jueves|viernes|"
    r"minutes?|minuten|lesezeit|reading|time|your|our|ich|hello|hallo|their|this|that|"
    r"these|click|here|tags?|category|kategorie|categor[ií]a|"
    r"catégorie|rubrique|sección|seção|sezione|what|why|when|who|permalink|post a|reply|antworten|"
    r"teilen|weiterlesen|subscribers?|followers?|bio|profile|website|articles?|posts?|letzte|"
    r"aktualisierung|aktualisiert|zurück|suchergebnisse(?:n)?)\b",
    re.IGNORECASE,
)
"""Words that no name has, unless it is told to be one."""

_DAY = r"(?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sonntag|Montag|Freitag|January|July)"
_GIVEN = (
    rf"(?!(?i:{NO_NAME.pattern})|(?i:the|a|an|my|guest|featured|latest|new|more|next|last|first|one|on|full|daily|"
    r"weekly|file|press|staff|web|site|blog|user|writer|author|editors?|reporter|contact|cover|stock|main|job|long|"
    r"quick|further|recommended|suggested|popular|related|sponsored|paid|admin|team|short|night|morning|evening|afternoon)\b)"
    r"[^\W\d_a-z][\w.'’-]*"
)
NAME_AND_WORD = re.compile(
    rf"{_GIVEN}(?:\s{_GIVEN})?\s(?:Post|Read|Reading|View|Bio|Photo|Time|Share|Search|Today|Profile|Click|Page|März|"
    rf"Janvier|{_DAY})|{_DAY}\s{_GIVEN}(?:\s{_GIVEN})?"
)
"""Names of two or three words, one of them a word of pages that is a surname or a given name as well."""

ARTICLES = frozenset({"der", "den", "des", "das", "dos", "do", "y", "e", "i", "og", "op", "het", "zu", "te"})
"""Those of the particles that no name begins with."""

PARTICLES = frozenset({
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la",
    "le", "el", "al", "bin", "bint", "ibn", "ben", "ter", "ten", "te", "zu", "y", "e", "af", "av", "og",
    "i", "st.", "ul", "ur", "abu", "van't", "’t", "'t", "op", "het", "dal", "degli", "dei", "lo",
})  # fmt: skip

SMALL_WORDS = PARTICLES | {
    "the", "a", "an", "my", "it", "its", "his", "her", "in", "on", "at", "am", "im", "um", "aus", "die",
    "das", "ein", "eine", "einem", "einer", "dem", "dieser", "diese", "auch", "les", "un", "une", "los",
    "las", "una", "that", "this", "now", "then", "far", "hand", "default", "design", "hier", "oben",
    "unten", "mir", "uns",
}  # fmt: skip
"""Words that follow "by" in a sentence."""

PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|in|i|a|e)?|auteurs?|by|people|profiles?|profil|contributors?|writers?|"
    r"journalists?|journalistes?|reporters?|staff|editors|redaktion|redakteure?|firmas?|columnists?|"
    r"correspondents?|bio|bios|skribent|avtor|author-profile|perfil|penulis|yazar|yazarlar)"
    r"/(?:id/)?(?:[\w-]{1,20}/)?(@?[^\W\d_][\w.%@+-]{1,80}?)(?:\.html?|,\d+)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)
"""The path of an author's page; its last part in the first group."""

BYLINE_MARK = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|(?:post|entry|article|story|meta|blog|news|the|by)?authors?|autor(?:es|en|in)?|"
    r"auteurs?|autores?|writers?|writtenby|written-by|contributors?|posted-?by|post(?:ed)?-by|verfasser|journalists?|"
    r"reporters?|signature|firma|vcard|submitted|penulis|yazar|forfatter|redakteur|redaktor|author-?name|by)"
    r"(?:[-_]{1,2}(?:names?|links?|info|text|list|title|block|data|details|meta|wrapper|box|line))*(?:$|[\s_-])|"
    r"[a-z](?:Byline|Author)(?:s|Name|Link|Info|Text|List)?(?:$|[\s_-])|(?:^|\s)(?:byline|author)[A-Z]",
)
"""Class names and ids of elements that tell the author."""

ASIDE_MARK = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|replies|sidebar|related|recommended|recommendations?|teasers?|popular|"
    r"trending|widget|most-?read|more-?stories|read-?more|promo|newsletter|carousel|caption|figcaption|"
    r"credits?|copyright|bio|biography|description)",
    re.IGNORECASE,
)

COMMENT_MARK = re.compile(
    r"(?:^|[\s_-])(?:comments|commentlist|comment-(?:list|body|author)|respond|replies)", re.IGNORECASE
)
