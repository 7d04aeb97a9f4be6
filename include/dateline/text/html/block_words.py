"""Words by which lines around a story give themselves away, in the languages of the news.

All of them begin a line. Those that sentences begin with as well are bound to what follows, or to the end of
a short line: a word too few costs little, as what stands around a block tells more than its words.
"""

from __future__ import annotations

import re

# All in lower case.
_MORE = (
    r"(?:please )?(?:also |now )?(?:read|see|watch|listen|view|check(?: out)?|explore|discover)(?: also|"
    r" more| next| now| it| the full| on| our)?\b.{0,12}:|read (?:more|next|also|on\b|the full|our)|"
    r"also(?: read| see| on| from| in| watch)?\b ?:|also (?:read|see|on)\b|see (?:also|more|all)\b|(?:see|"
    r"view) all|more(?: on| from| stories| about| news| below| in this| here)\b|more ?:|related|"
    r"don['’]?t miss|must[ -](?:read|see|watch)|trending|recommended|popular|featured|latest\b|"
    r"most (?:read|viewed|popular|commented|shared|recent|watched|active|discussed|e-?mailed|clicked|"
    r"liked)|top (?:stories|news|headlines|picks|videos|posts|\d+$)|recent(?:ly)? (?:posts|comments|news|"
    r"articles|stories)|breaking(?: news)?\b.{0,20}$|editor['’]?s['’]? (?:picks?|choice)|in (?:other news|"
    r"this (?:section|series|package))|you (?:may|might) (?:also )?(?:like|enjoy|be interested)|"
    r"what to (?:read|watch)|(?:in )?case you missed|(?:suggested|further|recommended) reading|(?:next|"
    r"previous(?:ly)?|earlier|background) ?:|learn more|load more|(?:next|previous|older|newer|other|all|"
    r"similar|more) (?:article|stor(?:y|ies)|post|entr(?:y|ies)|page|news)s?\b|(?:quick|useful|external|"
    r"site) ?(?:links|map)|(?:categor(?:y|ies)|topics|sections|archives?)\b.{0,3}$|story continues|"
    r"lesen sie|lies (?:auch|mehr)|mehr (?:zum|zur|zu|über|themen|dazu|aus|von|nachrichten)|"
    r"auch interessant|(?:das|dies\w*)(?: thema| artikel)? (?:könnte|dürfte)|passend zum|passend dazu|"
    r"siehe auch|hintergrund ?:|weitere (?:artikel|themen|infos?|informationen|meldungen|nachrichten|"
    r"beiträge|links|news|videos)|(?:ähnliche|verwandte|neueste|beliebte|meistgelesene|aktuelle|empfohlene|"
    r"top) ?(?:artikel|themen|beiträge|nachrichten|meldungen|news|videos|kommentare)|meistgelesen|"
    r"zum weiterlesen|unsere empfehlung|vorschau auf|(?:vorherig|nächst)\w* (?:artikel|beitrag|meldung)|"
    r"(?:themen|ressorts|schlagw\w+|startseite)\b.{0,3}$|lire (?:aussi|également|plus|la suite)|à (?:lire|"
    r"voir|écouter)\b|voir (?:aussi|plus|tous)|sur le même (?:sujet|thème)|dans la même rubrique|"
    r"les plus (?:lus|vus|populaires)|articles? (?:similaires|liés|récents|associés)|à la une|"
    r"en savoir plus|dernières (?:actualités|nouvelles|infos)|notre dossier|le[ea] (?:también|más|además|"
    r"aquí)|le puede interesar|te puede(?: |n )interesar|(?:puedes )?ver (?:más|también)|puedes? ver|"
    r"mir[ae] (?:también|aquí)|más (?:información|noticias|leíd|vist|sobre)|(?:noticias|"
    r"notas) relacionadas|(?:artículos? )?relacionad|últimas noticias|lo más|sigue leyendo|siga leyendo|"
    r"etiquetas|temas\b.{0,3}$|leia (?:também|mais|ainda)|veja (?:também|mais|ainda)|saiba mais|"
    r"mais (?:lidas|notícias|sobre)|confira (?:também|mais)|continua (?:após|depois)|leggi (?:anche|tutto|"
    r"di più)|(?:ti )?potrebbe interessar|articoli (?:correlati|recenti)|(?:i )?più letti|"
    r"ultime (?:notizie|news)|vedi anche|guarda anche|correlat|approfondimenti|per approfondire|"
    r"lees (?:ook|meer|verder)|meer (?:over|nieuws|van|lezen)|gerelateerd|meest gelezen|bekijk (?:ook|"
    r"meer)|zie ook|les (?:også|mer|meir)|læs (?:også|mere)|läs (?:även|mer|också)|mest (?:lest|læst|läst|"
    r"lästa|leste)|relater[at]|se (?:også|även)|siste nytt|senaste nytt|seneste nyt|lue (?:myös|lisää)|"
    r"luetuimmat|katso myös|czytaj (?:także|też|więcej|dalej|również)|zobacz\b[^.]{0,40}$|przeczytaj|"
    r"więcej (?:na|o|informacji)\b|polecam|(?:podobne|powiązane|ostatnie|najnowsze|"
    r"najpopularniejsze) (?:artykuły|tematy|wpisy|newsy|wiadomości|komentarze)|najczęściej|"
    r"warto przeczytać|čtěte|přečtěte|souvisej|čítajte|prečítajte|viac o|súvisiac|olvas(?:ta|sa)|"
    r"kapcsolódó|legfrissebb|ez is érdekelheti|citește|citiți|vezi și|pe aceeași temă|прочетете|"
    r"виж(?:те)? още|още по темата|pročitajte|vezane vijesti|najčitanije|i\u0307?lgili haber|okumaya devam|"
    r"daha fazla|son dakika|çok okunan|читайте|читай(?:те)? (?:также|ещ[её])|смотрите (?:также|ещ[её])|"
    r"см\. также|по теме|(?:другие|похожие|свежие|все|главные|последние|популярные|новые) (?:новости|"
    r"материалы|статьи|публикации|записи|комментарии|сообщения)|(?:ещ[её] )?(?:новости|материалы|"
    r"статьи)\b[^.]{0,25}$|рекомендуем|подробнее|подробности|самое (?:читаемое|популярное|интересное|"
    r"обсуждаемое)|главное$|лента новостей|связанные|разделы|рубрики|архив\b.{0,20}$|в тему|дивіться також|"
    r"за темою|схожі новини|останні новини|новини\b[^.]{0,25}$|популярні|більше новин|διαβάστε|δείτε|"
    r"σχετικ(?:ά|ές|α) (?:άρθρα|θέματα|ειδήσεις|νέα)|σχετικά$|περισσότερα|τελευταία νέα|δημοφιλ|"
    r"όλες οι ειδήσεις|baca (?:juga|selengkapnya)|lihat (?:juga|semua)|berita terkait|artikel terkait|"
    r"terpopuler|xem thêm|tin liên quan|đọc (?:thêm|tiếp|nhiều)|اقرأ|شاهد أيضا|المزيد|ذات صلة|مواضيع|"
    r"مقالات|الأكثر|اخبار مرتبط|بیشتر بخوانید|מאמרים|עוד ב|קרא(?:ו)? עוד|इसे भी पढ़ें|यह भी पढ़ें|"
    r"ये भी पढ़ें|और पढ़ें|อ่านเพิ่มเติม|อ่านต่อ|ข่าวที่เกี่ยวข้อง|相[关關](?:新[闻聞]|[阅閱][读讀]|"
    r"[报報][道導]|文章|[专專][题題]|[链鏈][接結]|推[荐薦]|[内內]容|[话話][题題]|主[题題]|搜索|[:：]|$)|"
    r"延伸[阅閱][读讀]|推[荐薦]|更多|[关關][联聯]|[热熱][点點门門]|最新(?:文章|消息|[评評][论論]|"
    r"[新][闻聞])|今日(?:[头頭][条條]|推[荐薦])|排行|猜你|[下上]一[篇页頁]|精彩|首页|首頁|あわせて|関連|"
    r"おすすめ|人気|ランキング|続きを|こんな記事|トップページ|관련|많이 본|인기|추천|더보기|이 시각|>>|"
    r"[»→►▶](?!\w)|[»→►▶]\s"
)
"""Leads to other stories."""

_ACT = (
    r"(?:please |why not |you can )?(?:subscribe|unsubscribe|sign (?:up|in|out)|log ?(?:in|out)|register|"
    r"follow|share|tweet|download|join|donate|support|stay|click|tap|scroll|print|e-?mail|send|submit|"
    r"upload|vote|bookmark|save)\b|like (?:this|us|it|what|our|recipe)|(?:get|want) (?:the|our|in touch|"
    r"more|daily|all|updates|it)\b|contact\b|(?:tell|let) us|help\b|buy\b|become\b|advertis(?:e|ing)|"
    r"listen\b|view\b|show\b|hide\b|skip\b|back to|go to|return to|(?:leave|add|post|write|submit) an? |"
    r"(?:add|post|view|read|all|no|recent) comments?|comments?(?:$| ?[:(\d]| on| are)|report (?:this|abuse|"
    r"an?|error|comment|problem)\b|enter (?:your|the|a)|search\b(?! engine)|(?:choose|select)\b|loading|"
    r"enable|turn on|accept|advertisement|sponsored|promoted|newsletter|cookies?\b|javascript|rss\b|"
    r"podcasts?\b.{0,9}$|(?:\d[\d.,]*[km]? )(?:comments?|shares?|likes?|views?|replies|responses?|votes?|"
    r"retweets?|followers)|(?:your |friend['’]?s |first |last |full )(?:e-?mail|name|message|comment|view|"
    r"rating|password|account|location|friend)|user ?name|password|e-?mail address|remember me|forgot|"
    r"captcha|security code|required field|nick(?:name)?$|(?:we|this (?:web)?site) uses?\b|"
    r"this (?:web)?site\b|by (?:continuing|clicking|using|signing|submitting|entering)|you (?:must|need to|"
    r"are (?:here|not|currently|now)|have (?:no|to|been)\b)|be the first|thank(?:s| you) for|welcome\b|"
    r"connect\b|create (?:an?|your|new)\b|visit (?:us|our|the)|find (?:us|out more|a)\b|close\b|(?:not a|"
    r"already a) member|don['’]?t have an|have (?:an? (?:story|tip|question|comment|account|opinion)|"
    r"you (?:got|seen))|got (?:a|an) (?:tip|story)|if you (?:have|want|would like) (?:an?|any|to) (?:story|"
    r"news|tip|comment|question|contact|receive|subscribe|report)|chat with|was this|rate this|"
    r"how (?:useful|helpful)|toggle|expand|swipe|play(?: video| audio|$)|menu$|font|text size|zoom|"
    r"abonnier|anmeld|registrier|einlogg|(?:artikel |beitrag |jetzt )?(?:teilen|drucken|merken|versenden)|"
    r"kommentar|kommentier|schreib(?:e|en)? (?:sie|einen|uns|mir)|(?:deine|ihre) (?:e-mail|meinung|"
    r"nachricht|daten)|bitte\b|anzeige|werbung|folg(?:e|en) (?:sie|uns)|melden sie|jetzt\b|suche\b|"
    r"vielen dank|lust auf|wir (?:verwenden|nutzen) cookies|diese (?:website|webseite|seite)|(?:zum|"
    r"zur) (?:newsletter|seitenanfang|inhalt|archiv|startseite|übersicht)|nach oben|zurück\b.{0,25}$|"
    r"passwort|s['’]abonner|abonnez|partag|imprimer|commentaires?|publicité|inscri(?:vez|ption)|"
    r"connect(?:ez|ion)|réagir|envoyer|suivez|télécharg|mot de passe|suscr[ií]b|compart[ei]|comentarios?|"
    r"publicidad|síguenos|seguinos|iniciar sesión|regístrate|deja (?:un|tu)|contraseña|imprimir|inscreva|"
    r"compartilh|comentários?|publicidade|siga\b|assine|entre (?:em|no)|receba|deixe|senha|clique|"
    r"iscriviti|condividi|commenti|pubblicità|accedi|registrati|segui(?:ci|teci)|scarica|stampa\b.{0,9}$|"
    r"abbonati|abonneer|deel (?:dit|via|op)|delen|reacties|reageer|advertentie|inloggen|aanmelden|volg ons|"
    r"meld je|wachtwoord|del (?:artikel|på|på)|abonner|annonse|annons\b|kommentare|kommentera|skriv ut|"
    r"dela\b.{0,20}$|følg oss|logga in|tilaa|kirjaudu|jaa\b|подпи(?:с|ш)|поделит|комментар|версия для|"
    r"обсудить|реклама|войти|вход|регистрац|зарегистрир|присоединяйтесь|пароль|логин|если (?:вы|"
    r"у вас) (?:заметили|нашли|есть|хотите)|отправить|распечатать|сообщить|добавить|оставить|введите|"
    r"ваш[еа]? (?:имя|e-?mail|мнение|комментарий|отзыв|оценка)|имя$|поиск|загру(?:зка|жается)|пожалуйста|"
    r"нашли ошибку|проголос|опрос\b|следите за|скачать|підпис|поділит|коментар|надрукувати|увійти|"
    r"реєстрація|якщо ви|версія для|додати|udostępnij|podziel|komentarz|skomentuj|reklama|zaloguj|"
    r"zarejestruj|drukuj|dodaj (?:komentarz|do|swój|opini)|polub|wyślij|twoj[ea]\b|brak|hasło|szukaj|"
    r"sdílet|diskuse|přihlásit|zdieľa|diskusia|prihlás|megoszt|hozzászól|feliratkoz|distribuie|comentează|"
    r"abonează|paylaş|yorum|abone ol|giriş|σχόλι|κοινοποίηση|εγγραφή|ακολουθήστε|εκτύπωση|κάντε|σύνδεση|"
    r"αποστολή|γράψτε|bagikan|komentar|berlangganan|chia sẻ|bình luận|đăng ký|شارك|تعليق|اشترك|تابعنا|"
    r"تسجيل|اكتب|للاشتراك|اطبع|دیدگاه|ثبت نظر|שתפו|תגובות|הרשמ|साझा|टिप्पणी|แชร์|ความคิดเห็น|分享|"
    r"[评評][论論]|留言|[订訂][阅閱]|登[录錄入]|注册|註冊|打印|列印|收藏|[转轉][发發]|[举舉][报報]|"
    r"[点點][击擊]|[关關]注|我要(?:评论|留言|投稿)|[发發]表|[网網]友[评評]|用[户戶]|密[码碼]|"
    r"[验驗][证證][码碼]|字[号號]|扫(?:码|一扫)|下[载載]|返回|搜索|コメント|シェア|ツイート|フォロー|会員|"
    r"ログイン|共有|댓글|공유|구독|로그인|회원가입|인쇄|글자크기|좋아요"
)
"""What a reader may do."""

_RIGHTS = (
    r"©|\(c\) ?\d|&copy|copyright|(?:all )?rights reserved|all rights|reproduction|(?:terms|"
    r"conditions) (?:of|and|&)|privacy|legal\b|imprint|disclaimer|powered by|(?:the )?(?:material|views?|"
    r"opinions?|comments?|content)s? (?:on|expressed|posted|above|published|of this)|"
    r".{0,20}is not responsible|no part of|registered (?:office|in|company)|a division of|"
    r"part of the \w+ (?:network|group)|impressum|datenschutz|alle rechte|nutzung|haftung|agb\b|"
    r"barrierefreiheit|tous droits|mentions légales|conditions (?:générales|d['’])|todos los derechos|"
    r"aviso legal|política de|prohibida|todos os direitos|termos de|proibida|tutti i diritti|riproduzione|"
    r"note legali|alle rechten|algemene voorwaarden|colofon|ansvarlig|alla rättigheter|ansvarig|issn|isbn|"
    r"p\.? ?iva|vat no|все права|авторск|при (?:использовании|перепечатке|цитировании|копировании|полном)|"
    r"перепечатка|использование (?:материалов|любых)|свидетельство|лицензи|зарегистрирован|"
    r"мнение (?:редакции|автора)|редакция\b|учредитель|адрес\b.{0,40}$|всі права|використання матеріалів|"
    r"wszelkie prawa|prawa zastrzeżone|regulamin|polityka|wydawca|všechna práva|minden jog|"
    r"toate drepturile|tüm hakları|gizlilik|πνευματικ|όροι χρήσης|με επιφύλαξη|hak cipta|bản quyền|حقوق|"
    r"جميع الحقوق|כל הזכויות|版[权權]|[转轉][载載]|未[经經]|[免责責]{2}|.{0,6}(?:声明|聲明)[:：]|icp[备備]|"
    r".{0,2}icp|[责責]任[编編][辑輯]|[备備]案|[违違]法|[联聯]系[我方]|[关關][于於]我|无断|無断|転載|著作権|"
    r"利用規約|プライバシー|무단|저작권|개인정보"
)
"""Whose it is."""

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|märz|mai|okt|dez)\w{0,8}"
_DAYS = (
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
)
_ABOUT = (
    r"(?:written|posted|published|reported|filed|submitted|created|added|uploaded|first published|"
    r"originally published|last (?:updated|modified|edited)|updated|modified|date|opublikowan\w+|dodan\w+|"
    r"data|aktualizacja)\b.{0,50}$|(?:tagged|filed under|tags?|source|via|editors?|authors?|reporters?|"
    r"writers?|credits?|captions?|photos?|photographer|images?|pictures?|videos?|file|illustration|graphic|"
    r"keywords|section|category|topic|location)(?: (?:by|via|from|courtesy|credits?|source|photo|pic|"
    r"image))? ?(?:[:/|©=-]|$)|(?:photo|image|picture|video|file photo|illustration)s?\b.{0,30}$|(?:with |"
    r"additional )?(?:reporting|editing|writing|story|compiled|edited) by|with (?:reuters|ap|afp|dpa|files|"
    r"inputs|agenc|wire)|to contact|contact the|about the (?:author|writer)|associated press|getty|"
    r"reuters$|afp$|dpa$|(?:this|the) (?:article|story|post|report|piece|content) (?:was|is|has|first|"
    r"originally|appeared|contains)|\d+ min(?:ute)?s?\.? (?:read|ago|lese)|(?:stand|quelle|autor(?:in)?|"
    r"foto|bild|grafik|erschienen|aktualisiert|veröffentlicht|letzte aktualisierung|redaktion|lesezeit|"
    r"fotocredit)s?\b(?: ?[:/|©=]|.{0,40}$)|mit (?:dpa|afp|material|agentur)|dieses thema im programm|"
    r"über (?:den autor|die autorin)|zur person|publié|mis à jour|modifié le|crédits? ?:|source ?:|"
    r"auteur ?:|rédigé par|publicado|actualizado|fuentes? ?:|fotos? ?[:/]|imagen ?:|redacción\b.{0,9}$|"
    r"autor ?:|fontes? ?:|pubblicato|aggiornato|di redazione|gepubliceerd|bijgewerkt|bron ?:|foto ?:|"
    r"beeld ?:|kilder? ?:|källa ?:|publisert|oppdatert|publicerad|uppdaterad|источник|теги|метки|"
    r"автор(?:ы)? ?[:©]|автор\b.{0,30}$|фото(?: ?[:©/]|\b.{0,30}$)|текст ?:|просмотр|дата\b|опубликован|"
    r"обновлен|по материалам|рейтинг|корреспондент ?:|джерело|матеріал ?:|źródło|autor\b.{0,40}$|tagi|"
    r"fot\. |πηγή|φωτο|zdroj|foto\b.{0,30}$|forrás|sursa|foto ?:|kaynak|sumber|editor ?:|penulis|[来來]源|"
    r"稿源|[编編][辑輯]|作者|[记記]者[:：/ ]|[本实實][报報网網]?[记記]者.{0,8}$|[时時][间間]|[标標][签籤]|"
    r"[关關][键鍵][词詞字]|[浏瀏][览覽]|[图圖][:：/为為]|[图圖]片|[资資]料[图圖来來]|[发發]布|[发發]表于|"
    r"[更][新]|[摄攝]影|.{0,12}[摄攝]$|출처|기자|사진|입력|수정|승인|.{2,4} 기자$|写真|撮影|更新|公開|"
    r"文[:：＝=]|記者[:：/ ]|المصدر|تاريخ|نشر|كتب[:ت]|بقلم|منبع|מאת|צילום|nguồn|theo\b.{0,30}$|ảnh ?:|"
    r"ที่มา|ภาพ|"
    rf"(?:{_DAYS})\b.{{0,12}}\d.{{0,30}}$|(?:\d{{1,2}}\W{{1,2}})?{_MONTHS}\W{{1,2}}\d.{{0,25}}$|"
    rf"\d{{1,2}}\W{{1,2}}{_MONTHS}\b.{{0,25}}$|"
    r"(?:today|yesterday|heute|gestern|сегодня|вчера|dzisiaj|wczoraj|hoy|ayer|oggi|ieri)\b.{0,20}$|"
    r"\(?end\)?$|[\W\d]{4,40}$"
)
"""Who, where, when."""

_KINDS = {"more": _MORE, "act": _ACT, "rights": _RIGHTS, "about": _ABOUT}
LINE_KINDS = (*_KINDS, "none")
_BY = r"(?:by|von|par|por|di|door|av|af|od|text|texte|words)[: ]{1,2}"
# Without the case ignored, the words that can't be meant are told by their first letters, thrice as fast.
_LINE = re.compile(
    r"[\W_]{0,4}(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + f"|{_BY})"
)
_SIGNED = re.compile(rf"[\W_]{{0,4}}(?i:{_BY})[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я@].{{0,50}}$")
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
    if found and not found.lastgroup:
        return "about" if _SIGNED.match(text, 0, MOST) else "none"
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
