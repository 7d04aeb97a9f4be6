"""Pages with prose that are no news: what a site says of itself, things for sale, jobs, dates to go to.

Errs on the side of keeping: whatever calls itself an article anywhere is none of these, nor is what tells its
author and its day, nor what tells one of them to machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from dateline.text.date_words import fold
from dateline.text.html import jsonld
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.interstitials import titles_named
from dateline.text.html.site_names import plain
from dateline.text.when import When

_THINGS = frozenset({
    "product", "individualproduct", "productgroup", "productmodel", "jobposting", "event", "businessevent",
    "childrensevent", "comedyevent", "danceevent", "educationevent", "eventseries", "exhibitionevent",
    "festival", "foodevent", "literaryevent", "musicevent", "saleevent", "screeningevent", "socialevent",
    "theaterevent", "visualartsevent", "course", "realestatelisting", "apartment", "vehicle", "car",
})  # fmt: skip
"""Not SportsEvent, which reports of matches bear, nor places and works, which reviews are about."""
_THINGS_SHARED = ("product", "event", "job")
"""Beginnings of `og:type`."""

_OF_THE_SITE = """privacy cookie cookies terms conditions imprint impressum datenschutz datenschutzhinweise
    datenschutzerklaerung datenschutzerklärung nutzungsbedingungen agb contact contacts kontakt contacto
    contatto contatti contato confidentialite confidentialité privacidad privacidade privacybeleid
    privacyverklaring voorwaarden cookiebeleid prywatnosci prywatności regulamin advertise
    mediadaten integritetspolicy personvern tietosuojaseloste about aboutus contactus gizlilik iletisim
    iletişim kunye künye mentions aviso"""
_BESIDE = """policy policies notice statement of use service services and us our politique
    politica política de del la le les mentions legales légales legal legals aviso condiciones condicoes
    condições générales utilisation uso termini termos e algemene polityka politikasi politikası team
    form page info centre center settings company"""
_ABOVE = """legal about info information page pages pages-speciales help support company corporate static site
    service services policies footer general index.php p s"""
_SITE, _OTHERS, _FOLDERS = (
    frozenset(fold(word) for word in words.split()) for words in (_OF_THE_SITE, _BESIDE, _ABOVE)
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_PAGE_END = re.compile(r"\.(?:s?html?|php|aspx?|jsp)\Z")
_BETWEEN = re.compile(r"[-_+ ]+")
_MOST_FOLDERS = 2

_TITLES = """privacy policy|privacy notice|privacy statement|cookie policy|cookies policy|cookie notice|
    terms of use|terms of service|terms and conditions|terms & conditions|terms and conditions of use|
    privacy & cookies policy|privacy and cookies policy|privacy and cookie policy|datenschutzerklärung|
    datenschutzhinweise|impressum|allgemeine geschäftsbedingungen|nutzungsbedingungen|
    politique de confidentialité|mentions légales|conditions générales d'utilisation|politique de cookies|
    política de privacidad|política de cookies|aviso legal|términos y condiciones|política de privacitat|
    política de privacidade|termos de uso|termos e condições|informativa sulla privacy|
    privacybeleid|privacyverklaring|algemene voorwaarden|gebruiksvoorwaarden|polityka prywatności|
    integritetspolicy|personvernerklæring|privatlivspolitik|tietosuojaseloste|zásady ochrany osobních údajů|
    adatvédelmi tájékoztató|politica de confidențialitate|политика конфиденциальности|
    пользовательское соглашение|політика конфіденційності|политика за поверителност|πολιτική απορρήτου|
    όροι χρήσης|gizlilik politikası|kullanım koşulları|kebijakan privasi|chính sách bảo mật|
    سياسة الخصوصية|شروط الاستخدام|מדיניות פרטיות|תנאי שימוש|隐私政策|隱私權政策|服务条款|服務條款|
    プライバシーポリシー|利用規約|개인정보처리방침|개인정보 처리방침|이용약관"""
_NAMES = frozenset(" ".join(name.split()) for name in _TITLES.split("|"))
"""Headlines of what no reporter writes, folded as in `titles_named`."""


def other_than_news(
    page: Evidence, title: str | None, authors: Fact[list[str]], day: Fact[When | None]
) -> str | None:
    """What sort of page it is that is no news; None for what may be news.

    Args:
        page: what was gathered.
        title: its headline.
        authors: as judged.
        day: of publication, as judged. One that readers alone see may be that of the event, or the day on
            which the terms changed.
    """
    if _calls_itself_an_article(page):
        return None
    is_signed, is_dated = bool(authors.value), day.value is not None
    is_told = (is_signed and authors.source != "html") or (is_dated and day.source != "html")
    if is_told or (is_signed and is_dated):
        return None
    if _is_of_the_site(page) or _NAMES & {*titles_named(title or "")[:1]}:
        return "a page of the site about itself"
    if not is_signed and _is_of_a_thing(page, title):
        return "a page of a thing for sale, a job or an event"
    return None


def _calls_itself_an_article(page: Evidence) -> bool:
    """By types, or by its day: `og:type` alone says `article` of every page of many systems."""
    types = {name for node in page.others for name in jsonld.types(node)} | page.item_types
    return bool(types & jsonld.ARTICLE_TYPES or page.meta.get("article:published_time"))


def _is_of_the_site(page: Evidence) -> bool:
    """Whether its address has no other words than those of pages about the site."""
    try:
        path = unquote(urlsplit(page.url or page.canonical or page.first("og:url")).path)[:300]
    except ValueError:
        return False
    *folders, last = [fold(segment) for segment in path.split("/") if segment] or [""]
    if len(folders) > _MOST_FOLDERS or not all(map(_may_hold, folders)):
        return False
    words = set(_BETWEEN.split(_PAGE_END.sub("", last)))
    return bool(words & _SITE) and words <= _SITE | _OTHERS


def _may_hold(folder: str) -> bool:
    return folder in _FOLDERS or folder in _SITE or _LANGUAGE.fullmatch(folder) is not None


def _is_of_a_thing(page: Evidence, title: str | None) -> bool:
    """Whether it shares itself as a thing, or its data name one as its headline does.

    An article names the things that it is about; they are called otherwise.
    """
    shared = page.first("og:type").lower()
    if shared.startswith("article"):
        return False
    if shared.startswith(_THINGS_SHARED) or page.item_types & _THINGS:
        return True
    own = {plain(title or ""), *map(plain, page.headings)} - {""}
    return any(plain(name) in own for name in _things(page))


def _things(page: Evidence) -> Iterator[str]:
    """What the things are called that its data are about."""
    for node in page.others:
        if jsonld.types(node) & _THINGS:
            yield from jsonld.texts(node.get("name"))[:1]
            yield from jsonld.texts(node.get("title"))[:1]
