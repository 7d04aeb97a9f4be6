"""What sort of page it is: an article, an opinion, a video page, …; and what is no article at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from dateline.errors import Refused
from dateline.text.article_urls import is_article_url, is_list_url
from dateline.text.date_words import fold
from dateline.text.html import jsonld
from dateline.text.html.opinions import says_opinion
from dateline.text.html.prose import has_prose
from dateline.text.urls import is_home

if TYPE_CHECKING:
    from dateline.text.html.evidence import Evidence
    from dateline.text.html.page import Page

_MOST_LINKED = 0.4
"""Errs on the side of keeping: an article with many links in its prose reaches .2 or so."""

_SURE = 3
"""Signs of a list that outweigh prose: front pages of blogs hold whole stories."""

_TYPES = (
    ("live_blog", frozenset({"liveblogposting"})),
    ("opinion", frozenset({"opinionnewsarticle", "criticreview", "reviewnewsarticle"})),
    ("video", frozenset({"videoobject", "newsvideo"})),
    ("audio", frozenset({"audioobject", "podcastepisode", "radioepisode"})),
    ("gallery", frozenset({"imagegallery", "mediagallery"})),
)
_SEGMENTS = {
    "video": """video videos vídeo vídeos vidéo vidéos videa wideo filmy film-video видео відео βίντεο
        videolar av videogalerie video-news videoer watch""",
    "gallery": """gallery galleries photo-gallery photogallery photo-galleries photos photo-essay in-pictures
        picture-gallery slideshow slideshows fotostrecke fotostrecken bildergalerie bildergalerien
        bilderstrecke diaporama diaporamas portfolio-photos galeria galerias galería galerías
        fotogaleria fotogalerias fotogalería fotogalerías galleria gallerie fotogallery fotogalerie
        fotogalerij fotoserie photostory galeria-zdjec zdjecia foto-galeria galerie galeri
        foto-galeri fotogaleri фото фоторепортаж фотогалерея фотострічка photo-story bildspel
        billedserie""",
    "audio": "podcast podcasts audio audios listen podcasty подкаст подкасты hoeren ecouter",
    "opinion": """opinion opinions letters letters-to-the-editor op-ed opeds leserbriefe commentisfree
        editorial editorials column columns columnist columnists
        kommentar kommentare meinung opinie tribune tribunes opinião opiniao opinión editoriales
        columnas opinioni editoriali commenti komentarze komentarz opinia felietony мнение мнения
        мнения-и-анализ колонка колонки колумнистика думка думки blogi apopseis gnomes
        συνεντευξεις-αποψεις yazarlar kose-yazilari kronik kroniker debatt debat leder ledare
        mielipide vélemény velemeny publicisztika nazory komentare shasetsu""",
}  # fmt: skip
_KIND_OF_SEGMENT = {fold(word): kind for kind, words in _SEGMENTS.items() for word in words.split()}
"""A segment of a path, folded → kind. Only whole segments: `video` in a headline's words tells nothing."""

_LIVE = re.compile(
    r"live-?blog|liveticker|live-ticker|[-_/]live[-_]updates?\b|minuto-a-minuto|minute-by-minute|minute-par-minute"
    r"|relacja-na-zywo|direct-live|ao-minuto|živě-online|livecenter|live-report(?:ing)?\b"
)
_LIVE_TOO = re.compile(
    r"/(?:live|direct|en-direct|directo|diretta|ao-vivo|na-zywo|canli|онлайн|live-news)(?:[-_/]|\Z)"
)
"""May be of a stream or of a band's tour as well: believed where the page's data say live, too."""
_FORMATS = re.compile(
    r"(?:^|\s)(?:single-format|post-format|pagetype|page-type|template|contenttype|content-type|article-type|type)"
    r"[-_]{1,2}(live-?blog|video|gallery|audio|podcast|opinion|column|photo-?gallery)(?=\s|$)"
)
_FORMAT_KINDS = {
    "liveblog": "live_blog", "live-blog": "live_blog", "video": "video", "gallery": "gallery",
    "photogallery": "gallery", "photo-gallery": "gallery", "audio": "audio", "podcast": "audio",
    "opinion": "opinion", "column": "opinion",
}  # fmt: skip

_LIST_TYPES = frozenset({"collectionpage", "itemlist", "searchresultspage", "profilepage", "blog"})
_LIST_WORDS = re.compile(
    r"(?:^|\s)(?:home|homepage|home-page|frontpage|front-page|is-front|path-frontpage|archive|category|tag|search"
    r"|search-results|search-page|page-search|tag-page|page-tag|topic-page|category-page|page-category|section-page"
    r"|page-section|section-front|sectionpage|author-page|page-author|page-taxonomy|page-taxonomy-term"
    r"|pagetype-section|pagetype-home|type-section|error404|error-404|page-not-found|listing-page)(?=\s|$)"
)
_ONE_WORDS = re.compile(
    r"(?:^|\s)(?:single|single-post|postid-\d+|(?:page-)?node-type-(?:article|news|story|post|blog|page)|article-page"
    r"|page-article|articlepage|template-article|pagetype-article|type-article|article|story-page|page-story|story"
    r"|is-article|single-article|newsarticle|news-detail|detail-page)(?=\s|$)"
)
_ASKS = re.compile(r"(?:^|&)(?:s|q|query|search|suche|keyword|keywords|text)=")
_VIEW = re.compile(
    r"/(?:news|article|artikel|story|noticia)?_?(?:article|artikel|story|noticia|view|read|detail)s?"
    r"\.(?:s?html?|php|aspx?|jsp|do)\?\w+=\w*\d",
    re.IGNORECASE,
)
"""`article.html?oid=8976`: the page of one item."""
_LEAF = re.compile(r"[-_+ ]")


def kind_of(page: Evidence) -> str:
    """The kind, as in the contract; `article` where nothing tells another.

    The page's own data come before its address, and that before the classes of its template.
    """
    types = jsonld.types(page.linked)
    others = {name for node in page.others for name in jsonld.types(node)}
    for kind, words in _TYPES:
        if types & words:
            return kind
    if not types & jsonld.ARTICLE_TYPES and page.first("og:type").lower().startswith("video"):
        return "video"
    for kind, words in _TYPES:
        if words & page.item_types:
            return kind
    path = _path(page)
    if _LIVE.search(path) or (_LIVE_TOO.search(path) and "liveblogposting" in others):
        return "live_blog"
    if addressed := _by_address(path):
        return addressed
    return "opinion" if says_opinion(page) else _by_format(page) or "article"


def _path(page: Evidence) -> str:
    """The path of its address, folded."""
    try:
        return fold(unquote(urlsplit(page.url or page.canonical or page.first("og:url")).path))[:500]
    except ValueError:
        return ""


def _by_address(path: str) -> str | None:
    """The kind that a segment before the last names."""
    found = (_KIND_OF_SEGMENT.get(segment) for segment in path.split("/")[1:-1])
    return next((kind for kind in found if kind), None)


def _by_format(page: Evidence) -> str | None:
    found = _FORMATS.search(page.frame)
    return _FORMAT_KINDS[found[1]] if found else None


def says_article(page: Evidence) -> bool:
    """Whether the page calls itself an article."""
    kinds = {name for node in page.others for name in jsonld.types(node)} | page.item_types
    said = page.first("og:type").lower()
    return bool(
        kinds & jsonld.ARTICLE_TYPES or said.startswith("article") or page.meta.get("article:published_time")
    )


def list_signs(page: Evidence) -> int:
    """How many signs there are that it is a front page, a section, a list of results or an author's page.

    None where the page calls itself an article anywhere, or has the address or the template of one: many
    templates say `website` of all their pages.
    """
    address = page.url or page.canonical or page.first("og:url")
    if says_article(page) or (_ONE_WORDS.search(page.frame) and not _LIST_WORDS.search(page.frame)):
        return 0
    if address and (is_article_url(address) or _VIEW.search(address)):
        return 0
    kinds = {name for node in page.others for name in jsonld.types(node)} | page.item_types
    shared, is_listed = page.first("og:type").lower(), page.url is not None and _is_list_address(page.url)
    return sum(
        (
            bool(kinds & _LIST_TYPES),
            shared in ("website", "profile", "object", "blog"),
            bool(_LIST_WORDS.search(page.frame)),
            is_listed,
            # What a person's page tells of the person is prose.
            is_listed and shared == "profile",
        )
    )


def _is_list_address(url: str) -> bool:
    """Whether an address is that of a list, and not of a story that is filed under one."""
    if is_home(url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if _ASKS.search(parts.query) and len(parts.path) < 40:
        return True
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return is_list_url(url) and len(_LEAF.split(last)) <= 3


def refuse_unless_article(page: Page, words: int, least: int) -> None:
    """Refuse what has no text of an article.

    Args:
        page: as read.
        words: how many its text has.
        least: how many it must have; a text behind a paywall may have fewer, and so may a live blog.

    Raises:
        Refused: interstitial, not_article, no_text or too_short.
    """
    if page.stands_before:
        raise Refused("interstitial", page.stands_before)
    if page.is_missing:
        raise Refused("not_article", "a page that says that there is none")
    if page.entries:
        return
    if page.other_than_news:
        raise Refused("not_article", page.other_than_news)
    if not words:
        raise Refused("not_article" if page.list_signs else "no_text", "no paragraph of text")
    if page.list_signs >= _SURE or (page.list_signs and not has_prose(page.paragraphs)):
        raise Refused("not_article", "a front page, section or list")
    if page.link_share > _MOST_LINKED and not page.says_article:
        raise Refused("not_article", f"{page.link_share:.0%} of its text is links")
    if words < least and not page.is_paywalled:
        raise Refused("too_short", f"{words} words of text")
