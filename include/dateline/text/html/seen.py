"""A page as an example of its site's pages, for what is learnt of the site."""

from __future__ import annotations

from dateline.errors import Refused
from dateline.text.html.authors import named_by
from dateline.text.html.charset import decode
from dateline.text.html.evidence import gather
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import read_page
from dateline.text.html.site import SiteRules
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse
from dateline.text.normalise import word_count
from dateline.text.site_profiles import Seen
from dateline.text.site_selectors import Selectors

_LEAST_WORDS = 10
_TITLES = ("og:title", "twitter:title", "title")


def see(
    article: str, body: bytes, content_type: str | None, url: str | None, selectors: Selectors | None = None
) -> Seen | None:
    """Read a page as if nothing was learnt of its site; None where it is no article.

    Args:
        article: its identity.
        body: as it came.
        content_type: header as sent, None if unknown.
        url: of the page, None if unknown.
        selectors: a person's, for what is learnt is applied behind them.
    """
    try:
        page = read_page(body, content_type, url, None, Limits(), SiteRules(selectors or Selectors()))
        refuse_unless_article(page, word_count(" ".join(page.paragraphs)), _LEAST_WORDS)
        said = gather(parse(decode(body, content_type)), url)
    except Refused:
        return None
    titles = [said.title, *(said.first(name) for name in _TITLES)]
    return Seen(
        article,
        page.title.value or "",
        tuple(dict.fromkeys(filter(None, titles))),
        tuple(page.paragraphs),
        tuple(map(tuple, named_by(said))),
    )
