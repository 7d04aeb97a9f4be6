"""The words of notices below a story, in the languages of many papers, as parts of patterns.

All are read without regard to case but where `(?-i:` says so. None may be of more than a line, and what is
open in them is bounded.
"""

from __future__ import annotations

import re

from dateline.text.date_words import MONTHS, fold
from dateline.text.dateline_words import WEEKDAYS

_NETWORKS = (
    r"(?:twitter|facebook|instagram|youtube|telegram|whats\s?app|linkedin|tik\s?tok|threads|bluesky|"
    r"mastodon|pinterest|snapchat|viber|google\s(?:news|nieuws|noticias|notícias)|new[sz]letters?|"
    r"social\s(?:media|networks)|rss|vk|вк|вконтакте|телеграм\w{0,3}|твиттер\w{0,3}|дзен\w{0,2}|x)(?!\w)"
)

OWNED = (
    r"(?:copyright\W{0,3})?[©ⓒ].{0,200}|(?:copyright\W{0,3})?\(c\)\s?(?-i:[^\W_a-z])[^.!?;:]{0,80}.?|"
    r".{0,60}(?:版权所有|版權所有|转载请注明|轉載請註明|未[经經].{0,12}(?:不得|禁止|[严嚴]禁|[请請]勿).{0,12}"
    r"(?:[转轉][载載]|复制|複製|[摘转轉][编編发發]|[镜鏡]像|翻印|刊登)|"
    r"無断転載|無断複製|무단\s?전재|저작권자).{0,100}|"
    r"this (?:material|content) may not be (?:published|reproduced)(?:,|\sor\b|\swithout\b).{0,160}"
)
RESERVED = (
    r"all rights (?:are )?reserved|alle rechte vorbehalten|tous droits (?:de reproduction )?réservés|"
    r"(?:todos los )?derechos reservados|todos os direitos reservados|tutti i diritti (?:sono )?riservati|"
    r"riproduzione riservata|alle rechten voorbehouden|alle rettigheter|alla rättigheter|"
    r"все права защищены|усі права захищені|всі права захищені|wszelkie prawa zastrzeżone|"
    r"prawa zastrzeżone|všechna práva vyhrazena|tüm hakları saklıdır|με επιφύλαξη παντός|hak cipta|"
    r"جميع الحقوق محفوظة|כל הזכויות שמורות"
)
COPYRIGHT = (
    r"copyright[\s,:]{1,3}(?:by\s)?(?:19|20)\d\d\b|copyright(?=\s[^.!?,]{1,40}\b(?:19|20)\d\d\W{0,3}$)"
)

_AIMED = r"(?-i:(?!(?:the|a|an|your|all|these|this|that|those) (?!story|latest|author|reporter|writer)[a-z]))"
_BEHIND_NETWORK = (
    rf"(?:[^\w@]{{0,4}}(?:and\b|or\b|at\b|on\b|&|@[\w.]{{1,40}}(?![\w.])|https?://\S{{1,80}}(?!\S)|page\b|"
    rf"channel\b|account\b|\b{_NETWORKS})){{0,8}}+"
    r"\W{0,4}(?:(?:for\s(?:more|the|our|news|updates|all|breaking)|to\s(?:get|stay|keep|receive|read|see|"
    r"join)|and\s(?:sign|subscribe|never|get|read))\b.{0,100})?"
)
_OUR_CHANNEL = (
    r"(?:follow|join)\sour\s(?:\w{1,20}\s){0,2}(?:channel|page|group|feed|account|community)s?\b.{0,100}"
)
_US = (
    r"folg(?:en sie|e|t)? uns|suivez[- ]nous|s[íi]gu(?:e|a)nos|siga[- ]nos|segui(?:ci|teci)|volg ons|"
    r"följ oss|følg oss|seuraa meitä|obserwuj nas|sledujte nás|bizi takip|следите за нами|kövess minket|"
    r"urmăriți-ne|ikuti kami|تابعونا|关注我们|關注我們|(?:подписывайтесь|подпишитесь|підписуйтесь) на на[сш]"
)
_ELSE = (
    r"suivez .{1,40} sur|siga .{1,40} n[oa]s?|takip edin|подписывайтесь на|подпишитесь на|підписуйтесь на|"
    r"ακολουθήστε|עקבו|フォロー"
)
FOLLOW = (
    r"(?:please\s|you can\s)?(?:also\s)?(?:"
    rf"(?:follow|connect with|subscribe to)\s{_AIMED}[^.!?,]{{1,50}}?|"
    r"(?:like|find|join|watch)\s(?:us|me|our|the (?:conversation|discussion))\b[^.!?,]{0,50}?)"
    rf"(?:\son\s|\sat\s|\sin\s|\svia\s|@)[^.!?]{{0,60}}?{_NETWORKS}{_BEHIND_NETWORK}|"
    rf"follow\s(?:us|me|him|her)\b.{{0,60}}@\w.{{0,60}}|{_OUR_CHANNEL}|"
    rf"(?:{_US})\b.{{0,160}}|(?:{_ELSE})\b.{{0,80}}{_NETWORKS}.{{0,80}}"
)

_TEXT = r"(?:article|story|post|report|piece|column|interview|essay|text|entry)"
ELSEWHERE = (
    rf"this {_TEXT}\b.{{0,60}}?\b(?:originally|first) (?:published|appeared|posted|ran)|"
    rf"this {_TEXT}\b.{{0,60}}?\b(?:published|appeared|posted|ran) (?:originally|first)|"
    rf"this {_TEXT} was published (?:on|in|by) |"
    r"the (?:article|story|post) .{1,160}? appeared first on |"
    r"(?:originally |first )(?:published|appeared|posted) (?:on|in|by|at)\b|published (?:on|in|by|at)\b|"
    r"(?:dieser|der|dieses) (?:artikel|beitrag|text|interview) (?:ist |wurde )?(?:zuerst|ursprünglich|"
    r"erstmals)\b|"
    r"cet(?:te)? (?:article|entretien|texte|interview) (?:est|a été) (?:initialement |d['’]abord )?(?:paru|"
    r"publié)e?\b|l['’] ?article (?:est|a été) (?:initialement |d['’]abord )(?:paru|publié)\b|"
    r"(?:este|esta) (?:artículo|artigo|nota|texto|entrevista) (?:fue|foi) (?:publicad[oa]) "
    r"(?:originalmente|por primera vez)\b|"
    r"(?:questo|quest['’]) ?(?:articolo|intervista) è (?:stat[oa] )?(?:originariamente |prima )?(?:apparso|"
    r"apparsa|pubblicat[oa])\b"
)
"""Goes on with where and when, which are names and dates."""
MORE_OF_IT = (
    r"(?:and|it) (?:is|was|has been) (?:here )?(?:re-?published|reprinted|updated)|"
    r"(?<=[.!] )(?:read|see|click|you can read)|and is filed|and tagged|(?<=[.!] )(?:bookmark|you can follow|"
    r"both)"
)
"""What may follow there."""
_BESIDE = """of the and by for from in on at under with via as a an to its our edition issue print magazine
    website newspaper blog site newsletter here www permission p.m. a.m. pm am p.m a.m uhr um im am auf von
    der dem den des die das und zu zum erschienen veröffentlicht publiziert dans le la les sur par en de du au
    aux et initialement une première fois el los las por y del lo na no da do dos e em pela pelo su il gli per
    nel nella sul sulla di vez van het een op i w z og och à h"""
BESIDE_NAMES = frozenset({fold(word) for word in _BESIDE.split()} | {*MONTHS, *WEEKDAYS})
"""Folded words in small letters that stand between names and in dates."""

ENTRY = (
    r"both comments and (?:pings|trackbacks) are\b.{0,80}|"
    r"this (?:entry|post) was (?:posted|filed) (?:on|in|under|by|at)\b.{0,80}\b(?:and is filed|and tagged|"
    r"bookmark the|filed under)\b.{0,160}|you can follow any (?:responses|comments)\b.{0,200}|"
    r"this (?:entry|post) was (?:posted|filed) (?:on|in|under|by|at)\s[^.!?]{0,80}\.?|"
    r"(?:comments|responses) are (?:currently )?(?:closed|off)(?: (?:for|on) this \w{1,12})?\W{0,3}|"
    r"(?:filed under|posted in|tagged(?: with| as)?|tags|schlagwörter|mots-clés|etiquetas|tagi|теги|метки|"
    r"标签|標籤)\s?:.{0,200}|"
    r"dieser (?:beitrag|eintrag) wurde (?:veröffentlicht|geschrieben|am)\b.{0,200}|"
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|"
    r"реклама\s?:|share this(?: article| story| post)?:?|read more:?|loading\W{0,3})|"
    r"republish (?:this|our) (?:article|story|articles|stories)\b.{0,160}|(?-i:SOURCE)\s[^.!?:]{2,60}|"
    r"[_*=~•·–—-]{2,60}"
)

_NEWSROOM = (
    r"(?:newsroom|news\s?desk|our (?:news|reporters?|editors?|team|journalists?)|the editors?|"
    r"(?:let|tell|call|e-?mail|contact) us|(?:write|get in touch|share \w{1,20}) (?:to|with) us|"
    r"send (?:it|them) to us|send us)"
)
WRITE = (
    r"(?:do you have|have you got|have you|got|have|know)\s(?:an?y?\s|some\s|more\s)?(?:\w{1,20}\s){0,3}?"
    rf"(?:stor(?:y|ies)|tips?|news|questions?|photos?|pictures?|comments?|views?|suggestions?|feedback)\b"
    rf"[^?]{{0,80}}\?(?=.{{0,120}}{_NEWSROOM}).{{0,180}}|"
    r"(?:do you have|have you got|got|have)\s(?:an?\s)?(?:good\s|news\s)?stor(?:y|ies)\b[^?]{0,40}\?"
    r".{0,60}[\w.]@[\w-]{1,60}\.\w.{0,100}|"
    r"(?:e-?mail|contact|write to|call|text|reach|send (?:us|your|an? )).{0,40}\b(?:newsroom|news\s?desk|"
    r"the (?:editor|reporter|writer|author)|us)\b.{0,40}[\w.]@[\w-]{1,60}\.\w.{0,100}|"
    r"to contact the (?:reporter|editor|author|writer|newsroom|journalist)s?\b"
    r"(?:[^.!?]{0,40}\b(?:this|the) (?:story|article|column|post|report|piece)\b|[,:]?\s(?:e-?mail|write|"
    r"call)\b).{0,160}|"
    r"(?:haben sie|hast du) [^?]{0,80}(?:hinweis|tipp|frage|anregung|kritik)\w*[^?]{0,40}\?(?=.{0,100}"
    r"(?:\buns\b|redaktion)).{0,160}"
)
WRITE_TO = (
    r"(?:you can\s)?(?:e-?mail|contact|write to|call|text|reach)\s.{0,60}(?:@|\d{3}).{0,100}|"
    r".{0,60}\b(?:can be (?:reached|contacted|followed)|is (?:reachable|available)) (?:at|by|on|"
    r"via)\b.{0,20}(?:@|\d).{0,120}"
)
"""How to reach somebody."""

_WRITER = (
    r"(?:reporter|writer|editor|columnist|correspondent|journalist|author|contributor|freelancer?|producer|"
    r"professor|fellow|lecturer|researcher)"
)
BIOGRAPHY = (
    r"(?:covers|writes|reports|edits|blogs|schreibt|berichtet)\s.{3,380}|"
    rf"is\s[^.!?]{{0,100}}\b{_WRITER}\b.{{0,300}}|"
    r"ist\s[^.!?]{0,80}(?:reporter|redakteur|journalist|autor|korrespondent)\w{0,4}.{0,300}"
)
"""What is said of an author behind the name."""

_LIST = r"(?:newsletters?|updates|alerts|inbox|podcasts?|mailing list|channel|briefing)"
SIGN_UP = (
    r"(?:click here to |please )?(?:subscribe|sign up|register|join)\b(?!.{0,60}\b(?:continue|keep|"
    rf"read on)\b)(?=.{{0,80}}\b(?:our|(?-i:us)|your inbox|(?:free|daily|weekly) newsletter)\b)"
    rf".{{0,80}}?\b{_LIST}\b.{{0,100}}|"
    r"(?:subscribe|sign up) (?:to|for) the (?:(?-i:[^\W\d_a-z])[\w'’-]{0,20}\s){1,4}newsletter\W{0,3}|"
    r"(?:download|get) our (?:\w{1,20}\s){0,3}app\b.{0,120}|"
    r"(?:abonnieren sie|jetzt) .{0,40}(?:unser|kostenlos)\w{0,3} .{0,30}newsletter.{0,100}|"
    r"(?:inscrivez-vous|abonnez-vous) à .{0,60}(?:newsletter|lettre).{0,100}|"
    r"(?:suscr[ií]bete|inscreva-se|assine|iscriviti) .{0,60}(?:newsletter|bolet[ií]n).{0,100}"
)

TOLD = re.compile(
    r"\b(?:said|says|told|tells|asked|asks|added|wrote|reads|argued|warned|announced|sagt|sagte|sagten|dit|"
    r"déclaré|affirmé|dijo|dice|afirmó|disse|detto|zei|сказал\w{0,2}|заявил\w{0,2}|сообщил\w{0,2})\b",
    re.IGNORECASE,
)
"""Somebody speaks, and the line is of the story."""
OFFICIAL = r"police|polizei|policía|polícia|polizia|politie|полици|detective|crime\s?stoppers|sheriff"
"""Whom a story, not its writer, asks to call."""
