"""Syndication: a text that another site had before, and where it was first published, as one can guess.

The guess is a pure rule over what the two texts say of themselves, so it depends on no other result.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dateline.text.agencies import credit_of
from dateline.text.urls import site_of, url_key


class Provenance(NamedTuple):
    """What a text says of where it comes from; None for what it does not say.

    Args:
        site: registrable domain of the page that has it.
        credit: news agency that it credits, by its usual name (`text.agencies`).
        canonical_site: registrable domain that its page calls the place of the text, if that is another.
    """

    site: str | None = None
    credit: str | None = None
    canonical_site: str | None = None


class Origin(NamedTuple):
    """Where a text was published first, as it is guessed.

    Args:
        name: an agency's usual name, or a registrable domain.
        why: credit, canonical or earliest: what it is guessed by, the best reason first.
    """

    name: str
    why: str


def publishing_site(url: str | None) -> str | None:
    """Registrable domain of who publishes a page, None for what is no http(s) URL; a cache of AMP pages
    publishes nothing."""
    return site_of_key(url_key(url))


def site_of_key(key: str | None) -> str | None:
    """`publishing_site` of the page with a URL key; None without one."""
    return site_of(f"https://{key.partition(':')[2]}") if key else None


def provenance_of(
    url: str | None,
    text: str,
    *,
    dateline: str | None = None,
    authors: Iterable[str] = (),
    canonical_site: str | None = None,
) -> Provenance:
    """What a text says of where it comes from.

    Args:
        url: of its page, None if unknown.
        text: the body, with its place line or without.
        dateline: place line that was split off the text, None if there was none.
        authors: who wrote it, as names of people, desks and agencies.
        canonical_site: registrable domain that the page calls the place of the text, if that is another.
    """
    return Provenance(publishing_site(url), credit_of(text, dateline, authors), canonical_site)


def origin_of(later: Provenance, earlier: Provenance) -> Origin | None:
    """The origin of a text and its earlier copy; None if it is not known that they lie on two sites.

    The agency that either credits comes first, then the site that either page points at, then the site of
    the earlier copy. The word of the earlier copy counts before that of the later: nearer to the origin.
    """
    if later.site is None or earlier.site is None or later.site == earlier.site:
        return None
    if credit := earlier.credit or later.credit:
        return Origin(credit, "credit")
    if canonical := earlier.canonical_site or later.canonical_site:
        return Origin(canonical, "canonical")
    return Origin(earlier.site, "earliest")
