"""What pages call themselves and say that stand for one that is not there, in many languages.

Folded as in `titles_named`: lower case, plain apostrophes, no signs at the ends.
"""

from __future__ import annotations

_NAMES = {
    "English": """
        page not found | not found | file not found | article not found | story not found |
        content not found | post not found | the page was not found | this page was not found |
        page could not be found | the page could not be found | this page could not be found |
        page cannot be found |
        the page cannot be found | this page cannot be found | page can't be found | page does not exist |
        this page does not exist | page doesn't exist | this page doesn't exist | page unavailable |
        this page isn't available | page no longer available | page no longer exists | nothing found |
        this page is no longer available | this story is no longer available |
        this article is no longer available | this content is no longer available |
        this post is no longer available | this video is no longer available | story no longer available |
        article no longer available | content no longer available | this content is unavailable |
        this content isn't available | this article is unavailable | this story is unavailable |
        this story has been removed | this article has been removed | this page has been removed |
        this article has expired | this story has expired""",
    "German": """
        seite nicht gefunden | nicht gefunden | artikel nicht gefunden | die seite wurde nicht gefunden |
        inhalt nicht gefunden | dokument nicht gefunden | beitrag nicht gefunden | seite existiert nicht |
        diese seite existiert nicht | die seite existiert nicht | seite nicht verfügbar |
        seite konnte nicht gefunden werden | die seite konnte nicht gefunden werden |
        diese seite ist nicht mehr verfügbar | dieser artikel ist nicht mehr verfügbar |
        dieser beitrag ist nicht mehr verfügbar | dieser inhalt ist nicht mehr verfügbar""",
    "French": """
        page non trouvée | page introuvable | page non trouvee | article introuvable | contenu introuvable |
        document introuvable | page inexistante | cette page n'existe pas | la page n'existe pas |
        cette page n'existe plus | cette page est introuvable | la page est introuvable |
        cet article n'est plus disponible | cette page n'est plus disponible |
        ce contenu n'est plus disponible""",
    "Spanish, Portuguese, Catalan": """
        página no encontrada | pagina no encontrada | no encontrado | artículo no encontrado |
        contenido no encontrado | noticia no encontrada | la página no existe | esta página no existe |
        página não encontrada | pagina não encontrada | não encontrado | artigo não encontrado |
        conteúdo não encontrado | notícia não encontrada | a página não existe | esta página não existe |
        pàgina no trobada | no s'ha trobat la pàgina |
        este artículo ya no está disponible | esta noticia ya no está disponible |
        este contenido ya no está disponible | esta página ya no está disponible |
        esta notícia não está mais disponível | este conteúdo não está mais disponível |
        esta página não está mais disponível""",
    "Italian": """
        pagina non trovata | pagina inesistente | non trovato | articolo non trovato |
        contenuto non trovato | la pagina non esiste | questa pagina non esiste |
        questo articolo non è più disponibile | questo contenuto non è più disponibile""",
    "Dutch, Danish, Swedish, Norwegian, Finnish": """
        pagina niet gevonden | niet gevonden | artikel niet gevonden | pagina bestaat niet |
        deze pagina bestaat niet | siden blev ikke fundet | siden findes ikke | side ikke fundet |
        siden kunne ikke findes | sidan hittades inte | sidan kunde inte hittas | sidan finns inte |
        artikeln hittades inte | siden ble ikke funnet | fant ikke siden | siden finnes ikke |
        side ikke funnet | sivua ei löytynyt | sivua ei löydy | sivu ei löydy |
        hakemaasi sivua ei löytynyt""",
    "Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene": """
        strona nie istnieje | nie znaleziono strony | strony nie znaleziono | nie znaleziono |
        strona nie została znaleziona | stránka nenalezena | stránka nebyla nalezena | stránka neexistuje |
        stránka sa nenašla | stránka nebola nájdená | az oldal nem található | oldal nem található |
        a keresett oldal nem található | pagina nu a fost găsită | pagina nu există | pagină negăsită |
        stranica nije pronađena | stranica ne postoji | strani ni mogoče najti""",
    "Russian, Ukrainian, Bulgarian, Serbian, Greek, Turkish": """
        страница не найдена | не найдено | страница не существует | такой страницы нет |
        материал не найден | сторінку не знайдено | сторінка не знайдена | сторінки не існує |
        страницата не е намерена | страницата не съществува | страница није пронађена |
        η σελίδα δεν βρέθηκε | η σελίδα δε βρέθηκε | δεν βρέθηκε | sayfa bulunamadı |
        aradığınız sayfa bulunamadı | haber bulunamadı""",
    "Indonesian, Vietnamese, Hindi, Persian, Arabic, Hebrew": """
        halaman tidak ditemukan | không tìm thấy trang | trang không tồn tại | पृष्ठ नहीं मिला | पेज नहीं मिला |
        صفحه یافت نشد | صفحه مورد نظر یافت نشد | الصفحة غير موجودة | لم يتم العثور على الصفحة |
        הדף לא נמצא | העמוד לא נמצא""",
    "Chinese, Japanese, Korean": """
        页面不存在 | 页面未找到 | 找不到页面 | 您访问的页面不存在 | 頁面不存在 | 找不到頁面 | 找不到網頁 |
        ページが見つかりません | ページが見つかりませんでした | お探しのページは見つかりませんでした |
        お探しのページが見つかりません | 페이지를 찾을 수 없습니다""",
}

_PHRASES = {
    "English": """
        page you requested | page you have requested | page you are looking for | page you're looking for |
        page you were looking for | page you are trying to reach | page you were trying to reach |
        article you are looking for | article you requested | story you are looking for |
        content you are looking for | can't find that page | can't find the page | cannot find the page |
        couldn't find that page | couldn't find the page | could not find the page | requested page |
        may have been moved or | has been moved or deleted | nothing was found at this location |
        the requested url | this page isn't available | this page doesn't exist""",
    "German": """
        die gewünschte seite | die von ihnen gesuchte seite | die angeforderte seite | die gesuchte seite |
        die aufgerufene seite | seite, die sie suchen | seite wurde nicht gefunden | die du suchst |
        seite konnte nicht gefunden | der gewünschte artikel | die von dir gesuchte seite""",
    "French": """
        page que vous recherchez | page que vous cherchez | la page demandée | page que vous avez demandée |
        article que vous recherchez | contenu que vous recherchez | page que vous souhaitez""",
    "Spanish, Portuguese, Catalan": """
        página que buscas | página que busca | página que estás buscando | página que está buscando |
        la página solicitada | a página solicitada | página que procura | página que você procura |
        página que está procurando | página que você está procurando | pàgina que busques""",
    "Italian": """
        pagina che cerchi | pagina che stai cercando | pagina che hai richiesto | la pagina richiesta |
        la pagina cercata | pagina che cercavi""",
    "Dutch, Danish, Swedish, Norwegian, Finnish": """
        pagina die je zoekt | pagina die u zoekt | de opgevraagde pagina | pagina die je zocht |
        siden du leder efter | siden, du leder efter | side, du leder efter | siden, du søgte |
        sidan du söker | sidan du letar efter | siden du leter etter | siden du prøver | etsimääsi sivua |
        hakemaasi sivua""",
    "Polish, Czech, Slovak, Hungarian, Romanian, Croatian": """
        strona, której szukasz | strony, której szukasz | szukana strona | podana strona |
        stránka, kterou hledáte | stránku, kterou hledáte | hledaná stránka | požadovaná stránka |
        stránka, ktorú hľadáte | a keresett oldal | pagina pe care o căutați | pagina căutată |
        pagina solicitată | stranica koju tražite""",
    "Russian, Ukrainian, Bulgarian, Greek, Turkish": """
        запрашиваемая страница | запрашиваемая вами | запрошенная страница | страница, которую вы |
        страницы, которую вы | сторінка, яку ви | сторінку, яку ви | запитувана сторінка |
        страницата, която търсите | η σελίδα που ψάχνετε | η σελίδα που ζητήσατε |
        η σελίδα που αναζητάτε | aradığınız sayfa | aradığınız haber | ulaşmak istediğiniz sayfa""",
    "Indonesian, Vietnamese, Hindi, Persian, Arabic, Hebrew": """
        halaman yang anda cari | halaman yang kamu cari | trang bạn tìm | trang bạn đang tìm |
        trang bạn yêu cầu | आप जिस पृष्ठ | صفحه مورد نظر | الصفحة التي تبحث عنها | الصفحة المطلوبة |
        הדף שחיפשת | העמוד שחיפשת""",
    "Chinese, Japanese, Korean": """
        您访问的页面 | 您要查看的页面 | 您请求的页面 | 您所访问的页面 | 您要找的页面 | 您要找的頁面 |
        您所尋找的頁面 | お探しのページ | ご指定のページ | お探しの記事 |
        요청하신 페이지 | 찾으시는 페이지""",
}


def _listed(table: dict[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for words in table.values() for one in words.split("|"))


NAMES = frozenset(_listed(_NAMES))
"""Whole titles, or what is left of one beside the site's name and the code."""

PHRASES = _listed(_PHRASES)
"""Parts of sentences. Each speaks to who asked for the page, as no reporter does."""
