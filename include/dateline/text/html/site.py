"""What is known of one site, put to use on one of its pages: a person's selectors, and what was learnt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.text.html.authors import people
from dateline.text.html.body import Body, read_body
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.selectors import outermost, select, values
from dateline.text.html.times import Limits, pointed_at
from dateline.text.html.tree import Tree
from dateline.text.site_profiles import NOTHING, Profile, without_boilerplate
from dateline.text.site_selectors import Selectors

_TRUST = 0.97
"""A person looked at the pages and said where it stands."""
_SOURCE = "html"
_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What is known of the site of a page.

    Args:
        selectors: of the days on which it was captured.
        profile: what recurs on its pages.
    """

    selectors: Selectors = field(default_factory=Selectors)
    profile: Profile = NOTHING


NO_SITE = SiteRules()


def introduce(page: Evidence, site: SiteRules) -> Evidence:
    """The same evidence, told what its site repeats in titles and whom it names for want of an author."""
    page.affixes = [*site.profile.affixes]
    page.house = [*site.profile.authors]
    return page


def selected(tree: Tree, page: Evidence, selectors: Selectors, limits: Limits) -> dict[str, Any]:
    """The facts (`Fact`) that the selectors find, by name; those that they do not find are missing.

    Args:
        tree: of the page; not changed.
        page: what it says of itself: its country and language tell how it writes dates.
        limits: what its times may be.
    """
    found: dict[str, Any] = {}
    if selectors.title:
        titles = (line for line in values(tree, selectors.title) if len(line) <= _LONGEST_TITLE)
        if title := next(titles, None):
            found["title"] = Fact(title, _SOURCE, _TRUST)
    if selectors.authors and (names := people(values(tree, selectors.authors), is_told=True)):
        found["authors"] = Fact(names, _SOURCE, _TRUST)
    if selectors.published and (when := pointed_at(values(tree, selectors.published), page, limits)):
        found["published"] = Fact(when, _SOURCE, _TRUST)
    return found


def body_of(
    tree: Tree, again: Callable[[], Tree], headlines: list[str], summary: str | None, site: SiteRules
) -> Body:
    """The text of a page, with what is known of its site.

    Args:
        tree: of the page; consumed.
        again: gives the tree anew.
        headlines: to drop where they open the text.
        summary: what the page says of itself in a sentence or two.
        site: what is known of its site.

    Raises:
        Refused: too_deep or parse_failure, where the extractor gives up.
    """
    known = site.selectors
    is_narrowed = _trim(tree, known)
    found = read_body(tree, headlines, summary)
    if is_narrowed and not found.paragraphs:
        # What was selected holds no text that is an article's: as if it had not been found.
        found = read_body(_trimmed(again(), Selectors(drop=known.drop)), headlines, summary)
    return replace(found, paragraphs=without_boilerplate(found.paragraphs, site.profile))


def _trimmed(tree: Tree, selectors: Selectors) -> Tree:
    _trim(tree, selectors)
    return tree


def _trim(tree: Tree, selectors: Selectors) -> bool:
    """Take out of a tree what is no text, and all around the body; whether there was a body to keep."""
    for one in selectors.drop:
        for element in outermost(select(tree, one)):
            if element.tag not in ("html", "body"):
                element.drop_tree()
    kept = outermost(select(tree, selectors.body)) if selectors.body else []
    if not kept or any(element.tag in ("html", "body") for element in kept):
        return False
    for element in kept:
        # Text behind an element would move with it.
        element.tail = None
    article, body = tree.makeelement("article"), tree.makeelement("body")
    article.extend(kept)
    body.append(article)
    # Where a page has no tag for its body, the parser takes the text for a part of the head.
    for child in [*tree] if tree.find("body") is None else tree.findall("body"):
        tree.remove(child)
    tree.append(body)
    return True
