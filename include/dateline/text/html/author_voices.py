"""What each voice of a page says of who wrote it, from its data to the lines around its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.text.html.author_names import is_person, people
from dateline.text.html.bylines import Bylines
from dateline.text.html.evidence import Evidence
from dateline.text.html.jsonld import texts
from dateline.text.html.near_headline import profile_of
from dateline.text.html.shown_names import dated_names, first_shown, lines_near, linked_names

_META = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "byl", "byline", "article.author", "og:author",
    "og:article:author", "citation_author", "authors", "cxenseparse:author", "rbauthors", "author_name",
    "news_authors", "wp:author", "page-author", "twitter:data1:author", "article_author",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voice says.

    Args:
        kind: of which voice.
        source: a word of `contracts.shared.FACT_SOURCES`.
        weight: how much it counts beside others.
        is_shown: whether readers see it.
        names: the names, none twice.
    """

    kind: str
    source: str
    weight: float
    is_shown: bool
    names: list[str]


def voices(page: Evidence, lead: list[str], lead_source: str) -> list[Voice]:
    """All voices that name somebody, from the most to the least formal."""
    written = [voice for voice in _written(page, lead, lead_source) if voice.names]
    shown = [voice for voice in _shown(page.shown) if voice.names]
    if not shown:
        shown.append(Voice("bare", "html", 0.8, True, dated_names(page.shown.after, page.title)))
        if not any(is_person(name) for voice in written for name in voice.names):
            shown.append(
                Voice("spoken", "html", 0.8, True, first_shown(page.shown.spoken(), is_marked=False))
            )
    return [voice for voice in (*written, *shown) if voice.names]


def _written(page: Evidence, lead: list[str], lead_source: str) -> list[Voice]:
    """What stands in the page's data."""
    second = [value for name in ("creator", "contributor") for value in texts(page.linked.get(name))]
    meta = {tuple(names): names for name in _META if (names := people(page.meta.get(name, []), is_told=True))}
    return [
        Voice("json-ld", "json-ld", 3.0, False, people(texts(page.linked.get("author")), is_told=True)),
        Voice(
            "lead", lead_source, 5.0 if lead_source == "archive" else 2.0, False, people(lead, is_told=True)
        ),
        *(Voice("meta", "meta", 1.5, False, names) for names in meta.values()),
        Voice("labelled", "meta", 1.0, False, people(_labelled(page), is_told=True)),
        Voice("second", "json-ld", 0.5, False, people(second)),
        Voice("slug", "meta", 1.0, False, _slugs(page)),
    ]


def _shown(shown: Bylines) -> list[Voice]:
    """What readers see."""
    marked, far = shown.marked[: shown.close], shown.marked[shown.close :]
    signed = "signed" if shown.is_signed_close else "signed far"
    return [
        Voice("microdata", "microdata", 2.0, True, people(shown.items, is_told=True)),
        Voice("after", "html", 3.0, True, first_shown(lines_near(shown.after), is_marked=False)),
        Voice("close", "html", 2.5, True, first_shown(marked)),
        Voice("profiles", "html", 2.5, True, linked_names(shown.after) or linked_names(shown.before)),
        Voice(signed, "html", 1.5, True, people(shown.signed[:3])),
        Voice("before", "html", 1.0, True, first_shown(lines_near(shown.before), is_marked=False)),
        Voice("far", "html", 0.8, True, first_shown(far)),
    ]


def _slugs(page: Evidence) -> list[str]:
    """Names out of the addresses of authors' pages: `/profile/anna-quay`."""
    names = []
    for value in (*page.meta.get("article:author", []), *page.meta.get("author", [])):
        for link in value.split(","):
            if "facebook." in link or "twitter." in link:
                continue
            slug = profile_of(link.strip()) if "/" in link else None
            words = (slug or "").replace("_", "-").split("-")
            if len(words) > 1 and all(word.isalpha() and len(word) > 1 for word in words):
                names.append(" ".join(word.capitalize() for word in words))
    return people(names)


def _labelled(page: Evidence) -> list[str]:
    """`twitter:data1` beside a `twitter:label1` that says "Written by"."""
    for number in ("1", "2"):
        if re.match(
            r"(?i)written by|author|by\b|von|verfasst|escrito|écrit|geschrieben",
            page.first(f"twitter:label{number}"),
        ):
            return page.meta.get(f"twitter:data{number}", [])
    return []
