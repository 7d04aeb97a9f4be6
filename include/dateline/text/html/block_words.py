"""Words by which lines around a story give themselves away, in the languages of the news."""

from __future__ import annotations

import re

# In lower case.
_KINDS = {
    # Leads to other stories.
    "more": r"(?:please )?(?:also |now )?(?:read|see|watch|listen|view|check|explore|discover)(?: also| more| next| now| the full| on)?\b.{0,12}:|"
    r"read (?:more|next|also|on|the full|our)|also read|see also|more (?:on|from|stories|about|news)|more ?:|"
    r"related|don'?t miss|must read|trending|recommended|popular|top stories|latest (?:news|stories)|you (?:may|might) (?:also )?like|"
    r"also on|what to read|(?:suggested|further) reading|in case you missed|previous(?:ly)? ?:|next ?:|"
    r"lesen sie|mehr (?:zum|zur|zu|über|themen|dazu|aus|von)|auch interessant|das könnte|passend zum|weitere (?:artikel|themen|infos)|siehe auch|hintergrund ?:|>>|»|→|►|▶|"
    r"lire (?:aussi|également|plus)|à lire|voir aussi|sur le même sujet|lee (?:también|más|además)|lea (?:también|más)|te puede interesar|ver más|más (?:información|noticias)|"
    r"leia (?:também|mais)|veja (?:também|mais)|saiba mais|leggi (?:anche|tutto)|potrebbe interessarti|lees (?:ook|meer)|les (?:også|mer)|läs (?:även|mer|också)|læs (?:også|mere)|lue myös|"
    r"czytaj (?:także|też|więcej)|zobacz (?:także|też|również)|przeczytaj|więcej (?:na|o)|polecamy|čtěte|viac|olvasta|citește și|"
    r"читайте|читай(?:те)? (?:также|ещ[её])|смотрите|по теме|похожие|другие (?:новости|материалы)|ещ[её] по теме|новости по теме|рекомендуем|подробнее|главные новости|"
    r"διαβάστε|δείτε|σχετικά|ακόμη|i̇?lgili|okumaya|baca juga|xem thêm|اقرأ|相关|相關|延伸阅读|推荐阅读|更多|关联|關聯|あわせて|関連",
    # What a reader may do.
    "act": r"(?:please |to |you can |why not )?(?:subscribe|sign (?:up|in)|log ?in|register|follow|share|like|tweet|download|join|donate|support|get (?:the|our|in touch|more|daily|all)|stay|click|tap|scroll|print|e-?mail|send|contact|submit|tell us|let us know|help|buy|become|advertise|listen|comment|leave a|add a|post a|write a|view|show|hide|skip|back to|go to|return|report|enter|search|choose|select|loading|enable|turn on|accept|have (?:a|you))\b|"
    r"newsletter|comments?\b|no comments|advertisement|sponsored|cookies?|javascript|"
    r"abonnieren|anmelden|teilen|drucken|kommentar|anzeige|werbung|folgen sie|melden sie|newsletter|jetzt |s'abonner|abonnez|partager|imprimer|commentaires?|publicité|inscrivez|"
    r"suscr[ií]b|compartir|comentarios?|publicidad|síguenos|inscreva|compartilh|comentários?|publicidade|siga |iscriviti|condividi|commenti|pubblicità|abonneer|deel |reacties|advertentie|"
    r"подпис|поделит|комментари|версия для печати|обсудить|реклама|войти|вход|регистрация|присоединяйтесь|если вы (?:заметили|нашли)|отправить|распечатать|сообщить|добавить|"
    r"udostępnij|komentarz|reklama|zaloguj|drukuj|dodaj|polub|σχόλια|κοινοποίηση|εγγραφή|ακολουθήστε|κάντε|分享|评论|留言|订阅|登录|打印|收藏|转发|举报|点击|关注|我要|发表|コメント|シェア",
    # Whose it is.
    "rights": r"©|\(c\) ?\d|&copy|copyright|all rights|rights reserved|reproduction|terms (?:of|and)|privacy|imprint|impressum|datenschutz|alle rechte|nutzung|tous droits|todos los derechos|todos os direitos|tutti i diritti|riproduzione|issn|"
    r"все права|авторск|при (?:использовании|перепечатке|цитировании)|перепечатка|использование материалов|свидетельство|лицензи|зарегистрирован|wszelkie prawa|prawa zastrzeżone|πνευματικ|版权|版權|转载|未经|声明|免责|icp备|责任编辑|責任編輯|无断|無断|무단",
    # Who, where, when.
    "about": r"(?:written |posted |published |reported |by)\s?(?:by|on|in|at)?\b.{0,40}$|(?:last )?(?:updated|modified|published|posted|filed|tagged|categor|tags?|source|via|editor|author|reporter|photo|image|picture|video|credit|caption|with (?:reuters|ap|afp|dpa)|additional reporting|reporting by|editing by|story by)\b|"
    r"(?:von|stand|quelle|autor|foto|bild|grafik|text|erschienen|aktualisiert|veröffentlicht|mit (?:dpa|afp|material)|dieses thema|über den autor|zur person|par|publié|mis à jour|source|crédit|por|publicado|actualizado|fuente|fotos?|imagen|di|fonte|pubblicato|aggiornato|door|bron|av|kilde|källa)\b ?:?|"
    r"источник|теги|автор|фото|текст|материал|рубрик|просмотр|дата|опубликован|обновлен|по материалам|рейтинг|źródło|autor|tagi|fot\.|data|πηγή|φωτο|来源|來源|编辑|編輯|作者|记者|記者|时间|標籤|标签|关键词|浏览|图|圖|資料|资料|출처|기자|사진|入力|更新",
}
LINE_KINDS = (*_KINDS, "none")
# Without the case ignored, the words that can't be meant are told by their first letters, thrice as fast.
_LINE = re.compile(
    r"[\W_]{0,4}(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + ")"
)
_ACCOUNT = re.compile(r"[\w.]@[\w-]+\.\w|(?:^|\s)@\w{2,}")
_TELEPHONE = re.compile(r"\d[\d ()-]{8,}\d")
# What comes first is what is sought: texts without it are passed over quickly.
_TIME = re.compile(
    r"[\d年月](?:(?<=[年月])|(?<=\b.)(?:(?<=1)9\d\d\b|(?<=2)0\d\d\b|\d?(?:[:.]\d\d\b|[./-]\d{1,2}\b)))"
)
MOST = 400


def line_kind(text: str) -> str:
    """What the beginning of a line says that it is: a word of `LINE_KINDS`."""
    found = _LINE.match(text[:MOST].lower())
    return (found.lastgroup or "none") if found else "none"


def has_address(text: str) -> bool:
    """Whether a line names a web or mail address, an account or a telephone."""
    text = text[:MOST]
    return (
        "http://" in text
        or "https://" in text
        or "www." in text
        or ("@" in text and _ACCOUNT.search(text) is not None)
        or _TELEPHONE.search(text) is not None
    )


def has_time(text: str) -> bool:
    """Whether there is a date or a time of day in a line."""
    return _TIME.search(text, 0, MOST) is not None
