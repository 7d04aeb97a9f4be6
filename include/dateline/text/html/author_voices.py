"""What each voice of a page says of who wrote it, from its data to the lines around its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.text.html.author_names import is_person, is_rank, looks_like_name, people, split_names
from dateline.text.html.byline_words import BARE_BY, CREDIT, INNER_LEAD_IN, LEAD_IN
from dateline.text.html.bylines import BOUNDARY, Run, profile_of
from dateline.text.html.evidence import Evidence
from dateline.text.html.jsonld import texts

_META = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "byl", "byline", "article.author", "og:author",
    "og:article:author", "citation_author", "authors", "cxenseparse:author", "rbauthors", "author_name",
    "news_authors", "wp:author", "page-author", "twitter:data1:author", "article_author",
)  # fmt: skip
_LINE = 9
_HANDLE = re.compile(r"@\w+")
_DIGIT = re.compile(r"\d")
_CONNECTOR = re.compile(
    r"(?:and|und|et|y|e|&|,|\+|og|och|en|и|i|with|mit|/|\||·|•|-|–|—|:|by|von)?,?", re.IGNORECASE
)
_DATE_LIKE = re.compile(
    r"(?:\w{2,10}[., ]{1,2}){0,2}\d{1,4}[./\- ]{1,2}(?:\d{1,2}|[^\W\d_]{3,10})\b|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}|"
    r"\d{4}年|\d+ \w+ ago|vor \d+ \w+|(?:published|updated|veröffentlicht|stand|am|publi[ée]|le \d)",
    re.IGNORECASE,
)


def shown_names(line: str, *, is_marked: bool = True) -> list[str]:
    """The names of a byline as shown.

    Args:
        line: `BOUNDARY` between the texts of its elements.
        is_marked: whether the page marks all of it as its byline; else what follows a name belongs to it
            only after a comma or "and", and the line must lead in to a name at once.
    """
    names: list[str] = []
    led = joined = skips = False
    misses = 0
    for part in line.split(BOUNDARY):
        piece = part.strip(" ~-–—*•|/")
        lead = LEAD_IN.match(piece)
        if CREDIT.match(piece) and not lead:
            if names and not is_marked:
                break
            skips = len(piece.split()) < 3 or piece.endswith(":")
        elif lead and lead.end() == len(piece) and piece:
            led = True
        elif _CONNECTOR.fullmatch(piece) or _HANDLE.fullmatch(piece):
            joined = joined or bool(piece.strip(":·•|-–—"))
        elif skips:
            skips = False
        else:
            if names and (not is_marked or is_rank(piece) or _DIGIT.search(piece)) and not joined:
                if is_rank(piece) and is_marked:
                    continue
                break
            may_be_account = bool(led or lead or (joined and " " not in names[-1])) if names else bool(led or lead)
            found = [
                name for name in split_names(piece) if looks_like_name(name, may_be_account=may_be_account)
            ]
            if not found and (names or not is_marked):
                break
            names += found
            misses += not found
            if misses > 6:
                break
            led, joined = False, piece.endswith((",", "&"))
    persons = [name for name in names if is_person(name)]
    return persons or names


def lines_near(runs: list[Run]) -> Iterator[str]:
    """Lines around the headline that lead in to a name."""
    prose = 0
    for at, run in enumerate(runs):
        text = run.text.strip(" ~-–—*|•")
        prose += len(run.text) > 120
        if prose > 2:
            break
        if inner := INNER_LEAD_IN.search(text):
            text = text[inner.end() :]
        found = LEAD_IN.match(text)
        if found and found.end() > 0 and (run.is_short or not BARE_BY.match(f"{text} x")):
            yield BOUNDARY.join([text, *(after.text for after in runs[at + 1 : at + _LINE])])


def _near(runs: list[Run]) -> list[str]:
    for line in lines_near(runs):
        names = shown_names(line, is_marked=False)
        if names:
            return names
    return []


def _profiles(runs: list[Run]) -> list[str]:
    names = []
    prose = 0
    for run in runs:
        prose += len(run.text) > 120
        if prose > 2:
            break
        if run.profile is None or not run.is_short:
            if names and not _CONNECTOR.fullmatch(run.text):
                break
            continue
        names += [name for name in split_names(run.text) if looks_like_name(name)]
    return names


def _bare(runs: list[Run]) -> list[str]:
    for at, run in enumerate(runs[:20]):
        if len(run.text) > 100:
            break
        around = [other.text for other in (*runs[max(0, at - 1) : at], *runs[at + 1 : at + 3])]
        if around and around[0].endswith(":") and at:
            continue
        if any(_DATE_LIKE.match(text) and len(text) < 60 for text in around):
            names = split_names(run.text)
            if names and all(" " in name and looks_like_name(name) and is_person(name) for name in names):
                return names
    return []


def _slugs(page: Evidence) -> list[str]:
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
            r"(?i)written by|author|by\b|von|verfasst|escrito|écrit|geschrieben", page.first(f"twitter:label{number}")
        ):
            return page.meta.get(f"twitter:data{number}", [])
    return []



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
    shown = page.shown
    second = [value for name in ("creator", "contributor") for value in texts(page.linked.get(name))]
    meta = {tuple(names): names for name in _META if (names := people(page.meta.get(name, [])))}
    marked, far = shown.marked[: shown.close], shown.marked[shown.close :]
    said = [
        Voice("json-ld", "json-ld", 3.0, False, people(texts(page.linked.get("author")))),
        Voice("lead", lead_source, 5.0 if lead_source == "archive" else 2.0, False, people(lead)),
        *(Voice("meta", "meta", 1.5, False, names) for names in meta.values()),
        Voice("labelled", "meta", 1.0, False, people(_labelled(page))),
        Voice("microdata", "microdata", 2.0, True, people(shown.items)),
        Voice("second", "json-ld", 0.5, False, people(second)),
        Voice("slug", "meta", 1.0, False, _slugs(page)),
        Voice("after", "html", 3.0, True, _near(shown.after)),
        Voice("close", "html", 2.5, True, _first(marked)),
        Voice("profiles", "html", 2.5, True, _profiles(shown.after) or _profiles(shown.before)),
        Voice("signed" if shown.is_signed_close else "signed far", "html", 1.5, True, people(shown.signed[:3])),
        Voice("before", "html", 1.0, True, _near(shown.before)),
        Voice("far", "html", 0.8, True, _first(far)),
    ]
    if not any(voice.names for voice in said if voice.kind in ("after", "close", "profiles", "signed")):
        said.append(Voice("bare", "html", 0.8, True, _bare(shown.after)))
        said.append(Voice("spoken", "html", 0.8, True, _first(shown.spoken(), is_marked=False)))
    return [voice for voice in said if voice.names]


def _first(lines: list[str], *, is_marked: bool = True) -> list[str]:
    return next((names for line in lines if (names := shown_names(line, is_marked=is_marked))), [])
