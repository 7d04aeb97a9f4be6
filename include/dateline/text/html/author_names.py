"""Names: whose they are, a person's or a body's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.text.html.author_words import BODY
from dateline.text.html.titles import plain

_DOMAIN = re.compile(r"(?:https?://|www\.)|\w\.(?:com|org|net|info|[a-z]{2})(?:$|[/\s])", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-ZÄÖÜА-ЯΑ-Ω0-9]{2,6}")
_MOST_WORDS = 6
_LEAST_SITE = 4


def is_person(name: str) -> bool:
    """Whether a name is a person's or an account's, not that of a desk, an agency or a publication.

    Judged by words alone, in many languages. Errs on the side of the person where no word tells, and on
    that of the body where one does (a Mr Post is taken for a paper).
    """
    bare = name.strip()
    if not bare or len(bare.split()) > _MOST_WORDS:
        return False
    return not (BODY.search(bare) or _DOMAIN.search(bare) or _ACRONYM.fullmatch(bare))


def desks(names: list[str], sites: Iterable[str] = ()) -> list[str]:
    """Those of the names that are a desk, an agency or a publication.

    Args:
        names: as `writers` gives them.
        sites: what the site, its publisher or its host is called.
    """
    known = {form for site in sites for form in site_forms(site)}
    return [name for name in names if not is_person(name) or names_site(name, known)]


def site_forms(site: str) -> set[str]:
    """The plain forms of a site's name: whole, and of a host its own label."""
    label = site.strip().removeprefix("www.").partition(".")[0] if "." in site and " " not in site else ""
    return {form for form in (plain(site), plain(label)) if form}


def names_site(name: str, known: set[str]) -> bool:
    """Whether a name is the site's: in full, or with its ending or an article more or less."""
    own = plain(name).removeprefix("the")
    for form in known:
        site = form.removeprefix("the")
        if own == site or (len(site) >= _LEAST_SITE and own.startswith(site) and len(own) <= len(site) + 3):
            return True
    return False
