"""Whether what came is a wall before the page that was asked for."""

from __future__ import annotations

from dateline.errors import Refused
from dateline.text.article_urls import is_list_url
from dateline.text.html.bulk import is_wide, tags
from dateline.text.html.interstitials import LARGEST, is_like_a_wall, led_astray, may_stand_before
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits
from dateline.text.normalise import word_count

MOST_ATTRIBUTES = 300
"""Of one element. Of 1,600 news pages none has 100. The parser compares each with all others."""

MOST_TAGS = 5_000
"""Start tags. Walls of consent have some hundred, with a list of partners some thousand."""


def may_be_wall(body: bytes, asked: str, there: str) -> bool:
    """Whether `wall`, which may take most of a second, is worth asking: of ordinary pages, at once no.

    Args:
        body, asked, there: as for `wall`.
    """
    return len(body) <= LARGEST and (_is_off(asked, there) or may_stand_before(body))


def wall(body: bytes, content_type: str | None, asked: str, there: str) -> str | None:
    """What a page is that stands before the one asked for, for a person; None if it is no such page.

    Of ordinary pages this is said without a parse. It errs on the side of None, also where a page is made to
    be slow: what is wrong with such a page is said where it is cleaned.

    Args:
        body: as it came.
        content_type: header as sent, None if unknown.
        asked: URL that was asked for.
        there: URL that answered.
    """
    if not may_be_wall(body, asked, there) or _is_crowded(body):
        return None
    try:
        page = read_page(body, content_type, there, None, Limits(None, None))
    except Refused:
        return None
    astray = _astray(page, asked, there)
    return page.stands_before or (astray[1] if astray and astray[0] == "interstitial" else None)


def refuse_if_astray(page: Page, asked: str | None, there: str | None) -> None:
    """Refuse what a redirect led to that neither has an article's address nor calls itself one.

    Raises:
        Refused: interstitial or not_article.
    """
    if astray := _astray(page, asked, there):
        raise Refused(*astray)


def _astray(page: Page, asked: str | None, there: str | None) -> tuple[str, str] | None:
    """Why what a redirect led to is no article, as (reason, detail); None if it may be one.

    Publishers also move stories to other names of theirs, under short addresses: a page off the site with a
    story's text and no sign of a wall is one.
    """
    found = None if page.says_article else led_astray(asked, there)
    if found is None or found[0] != "interstitial":
        return found
    shown = page.whole or page.paragraphs
    words = word_count(" ".join(shown))
    if page.stands_before or is_like_a_wall(page.title.value or "", shown, words):
        return found
    return ("not_article", "a redirect to a list or front page") if is_list_url(there or "") else None


def _is_off(asked: str, there: str) -> bool:
    """Whether a redirect led off the site to what has no article's address."""
    return there != asked and (led_astray(asked, there) or ("",))[0] == "interstitial"


def _is_crowded(body: bytes) -> bool:
    """Whether a page has more tags than a wall, or more attributes to one, by one look along its bytes.

    How deep they are nested need not be asked: the parser itself stops at 256 levels.
    """
    starts = 0
    for is_start, attributes in tags(body):
        starts += is_start
        if starts > MOST_TAGS or is_wide(attributes, MOST_ATTRIBUTES):
            return True
    return False
