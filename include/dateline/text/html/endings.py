"""What stands below a story and is no part of it: whose it is, where else to find it, whom to write to.

Templates put these lines in the same element as the story. Only its last lines are looked at, and each has to
say so from its beginning: a story may be about a copyright, too. Corrections and who else reported stay.
"""

from __future__ import annotations

import re

_LONGEST = 300
"""Characters of a line."""
_MOST = 8
"""Lines dropped."""

_NETWORKS = (
    r"(?:twitter|facebook|instagram|youtube|telegram|whats\s?app|linkedin|tik\s?tok|threads|bluesky|"
    r"mastodon|"
    r"pinterest|snapchat|viber|google\s(?:news|nieuws|noticias|notícias)|new[sz]letters?|social\s(?:media|"
    r"networks)|"
    r"rss|vk|вк|вконтакте|телеграм\w*|твиттер\w*|дзен\w*|\bx\b)"
)
_RIGHTS = (
    r"(?:copyright\W{0,3})?(?:©|\(c\)).{0,200}|copyright[\s,:]{1,3}(?:by\s)?(?:19|20)\d\d\b.{0,200}|"
    r"copyright\s[^.!?,]{1,40}\b(?:19|20)\d\d\W{0,3}|"
    r".{0,120}(?<!\w)(?:all rights (?:are )?reserved|alle rechte vorbehalten|"
    r"tous droits (?:de reproduction )?réservés|"
    r"(?:todos los )?derechos reservados|todos os direitos reservados|tutti i diritti (?:sono )?riservati|"
    r"riproduzione riservata|alle rechten voorbehouden|alle rettigheter|alla rättigheter|"
    r"все права защищены|"
    r"усі права захищені|всі права захищені|wszelkie prawa zastrzeżone|prawa zastrzeżone|"
    r"všechna práva vyhrazena|"
    r"tüm hakları saklıdır|με επιφύλαξη παντός|hak cipta|جميع الحقوق محفوظة|כל הזכויות שמורות).{0,120}|"
    r".{0,60}(?:版权所有|版權所有|转载请注明|轉載請註明|未[经經].{0,12}(?:不得|禁止|[严嚴]禁|[请請]勿)|"
    r"無断転載|無断複製|무단\s?전재|저작권자).{0,100}|"
    r"this (?:material|content) may not be (?:published|reproduced).{0,160}"
)
_FOLLOW = (
    r"(?:please\s|you can\s)?(?:also\s)?(?:(?:follow|connect with|subscribe to)\s[^.!?,]{1,50}?|"
    r"(?:like|find|join|watch)\s(?:us|me|our|the (?:conversation|discussion))\b[^.!?,]{0,50}?)"
    rf"(?:\son\s|\sat\s|\sin\s|\svia\s|@)[^.!?]{{0,60}}{_NETWORKS}.{{0,120}}|"
    r"follow\s(?:us|me|him|her)\b.{0,60}@\w.{0,60}|"
    r"(?:folg(?:en sie|e|t)? uns|suivez[- ](?:nous|.{1,40} sur)|s[íi]gu(?:e|a)nos|siga[- ]nos|"
    r"siga .{1,40} n[oa]s? |"
    r"segui(?:ci|teci)|volg ons|följ oss|følg oss|seuraa meitä|obserwuj nas|sledujte nás|bizi takip|"
    r"takip edin|"
    r"подписывайтесь на|подпишитесь на|следите за нами|підписуйтесь на|ακολουθήστε|kövess minket|"
    r"urmăriți-ne|"
    r"ikuti kami|تابعونا|عقبوا|关注我们|關注我們|フォロー)\b.{0,160}"
)
_ELSEWHERE = (
    r"(?:this|the) (?:article|story|post|report|piece|column|interview|essay|text|entry)\b.{0,120}?"
    r"(?:(?:originally|first) (?:published|appeared|posted|ran)|(?:published|appeared|posted|"
    r"ran) (?:originally|first)|"
    r"was published (?:on|in|by) )(?!.{0,200}[.!?]\s+\S.{60}).{0,160}|"
    r"(?:originally |first )(?:published|appeared|posted) (?:on|in|by|at)\b.{0,120}|"
    r"(?:dieser|der|dieses) (?:artikel|beitrag|text|interview) (?:ist |wurde )?(?:zuerst|ursprünglich|"
    r"erstmals)\b.{0,160}|"
    r"(?:cet|l['’]) ?(?:article|entretien|texte) (?:est|a été) (?:initialement |d['’]abord )?(?:paru|"
    r"publié)\b.{0,160}|"
    r"(?:este|esta) (?:artículo|artigo|nota|texto|entrevista) (?:fue|"
    r"foi) (?:publicad[oa]) (?:originalmente|por primera)\b"
    r".{0,160}|(?:questo|quest['’]) ?(?:articolo|intervista) è (?:stat[oa] )?(?:originariamente |"
    r"prima )?(?:apparso|"
    r"pubblicat[oa])\b.{0,160}"
)
_ENTRY = (
    r"this (?:entry|post) was (?:posted|written|filed)\b.{0,250}|you can follow any (?:responses|"
    r"comments)\b.{0,200}|"
    r"both comments and (?:pings|trackbacks) are\b.{0,80}|(?:comments|"
    r"responses) are (?:currently )?(?:closed|off)\b.{0,60}|"
    r"(?:filed under|posted in|tagged(?: with| as)?|tags|schlagwörter|mots-clés|etiquetas|tagi|теги|метки|"
    r"标签|標籤)\s?:.{0,200}|"
    r"(?:dieser (?:beitrag|eintrag) wurde (?:veröffentlicht|geschrieben|am))\b.{0,200}|"
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|"
    r"реклама\s?:|"
    r"share this(?: article| story| post)?:?|read more:?|loading\W{0,3})"
)
_WRITE = (
    r"(?:do you|have you|got|have|know)\s(?:have\s|got\s)?(?:an?y?|some|more)\s(?:\w+\s){0,3}?(?:story|"
    r"stories|tips?|news|"
    r"questions?|photos?|pictures?|comments?|views?|information|suggestions?|feedback)\b.{0,80}\?.{0,180}|"
    r"(?:e-?mail|contact|write to|call|text|reach|send (?:us|your|an? )).{0,60}[\w.]@[\w-]+\.\w.{0,100}|"
    r"to contact the (?:reporter|editor|author|writer|newsroom|journalist)s?\b.{0,200}|"
    r".{0,60}\b(?:can be (?:reached|contacted|followed)|is (?:reachable|available)) (?:at|by|on|"
    r"via)\b.{0,20}(?:@|\d).{0,120}|"
    r"(?:haben sie|hast du) .{0,80}(?:hinweis|tipp|frage|anregung|kritik)\w*.{0,40}\?.{0,160}"
)
_SIGN_UP = (
    r"(?:click here to |please )?(?:subscribe|sign up|register|join)\b(?!.{0,60}\b(?:continue|keep|"
    r"read on)\b).{0,80}"
    r"\b(?:newsletters?|updates|alerts|inbox|podcast|mailing list|channel)\b.{0,100}|"
    r"(?:download|get) (?:our|the) (?:\w+\s){0,3}app\b.{0,120}|"
    r"(?:abonnieren sie|jetzt) .{0,60}newsletter.{0,100}|(?:inscrivez-vous|"
    r"abonnez-vous) à .{0,60}(?:newsletter|lettre).{0,100}|"
    r"(?:suscr[ií]bete|inscreva-se|assine|iscriviti) .{0,60}(?:newsletter|bolet[ií]n).{0,100}"
)
_NOTICE = re.compile(
    rf"\W{{0,6}}(?:{_RIGHTS}|{_FOLLOW}|{_ELSEWHERE}|{_ENTRY}|{_WRITE}|{_SIGN_UP})", re.IGNORECASE
)


def without_ending(paragraphs: list[str]) -> list[str]:
    """A story without the notices that end it.

    Args:
        paragraphs: of the story, which may be of several lines.

    Nothing is dropped where nothing else would be left.
    """
    kept = [paragraph.split("\n") for paragraph in paragraphs]
    for _ in range(_MOST):
        if not kept or not is_notice(kept[-1][-1]):
            break
        kept[-1].pop()
        if not kept[-1]:
            kept.pop()
    return ["\n".join(lines) for lines in kept] or paragraphs


def is_notice(line: str) -> bool:
    """Whether a line says nothing of a story, but of its text: whose it is, whom to follow."""
    return len(line) <= _LONGEST and _NOTICE.fullmatch(line) is not None
