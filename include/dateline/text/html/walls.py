"""Whether what came is a wall before the page that was asked for."""

from __future__ import annotations

from dateline.errors import Refused
from dateline.text.html.interstitials import led_astray, may_stand_before
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits


def wall(body: bytes, content_type: str | None, asked: str, there: str) -> str | None:
    """What a page is that stands before the one asked for, for a person; None if it is no such page.

    Of ordinary pages this is said without a parse.

    Args:
        body: as it came.
        content_type: header as sent, None if unknown.
        asked: URL that was asked for.
        there: URL that answered.
    """
    astray = led_astray(asked, there) if there != asked else None
    is_off = astray is not None and astray[0] == "interstitial"
    if not is_off and not may_stand_before(body):
        return None
    try:
        page = read_page(body, content_type, there, None, Limits(None, None))
    except Refused:
        return None
    if page.stands_before or page.says_article:
        return page.stands_before
    return astray[1] if astray and is_off else None


def refuse_if_astray(page: Page, asked: str | None, there: str | None) -> None:
    """Refuse what a redirect led to that neither has an article's address nor calls itself one.

    Raises:
        Refused: interstitial or not_article.
    """
    if not page.says_article and (astray := led_astray(asked, there)):
        raise Refused(*astray)
