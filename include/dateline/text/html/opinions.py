"""Whether a page calls itself an opinion: by its section, its title, the line over its headline, its host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from dateline.text.date_words import fold
from dateline.text.html import jsonld
from dateline.text.html.evidence import Evidence
from dateline.text.html.site_names import plain, sides, site_names

_LABELS = """opinion|opinions|op-ed|op-eds|editorial|editorials|kommentar|kommentare|meinung|
    leitartikel|opinión|editoriales|opinioni|editoriali|opinião|opinie|komentarz|komentarze|
    opinia|мнения|мнение|колонка|думка|погляд|απόψεις|γνώμες|görüş|debatt|ledare|leder|
    kronik|評論|评论|社説|社论|社論|オピニオン|사설|칼럼|오피니언|رأي|آراء|مقالات الرأي|
    letters to the editor|letter to the editor|guest column|guest essay|leserbriefe|gastkommentar"""
"""Words that stand beside a headline for nothing else."""
_OTHERS = """comment|commentary|columnists|columns|letters|tribune|tribunes|débats|idées|chroniques|
    éditorial|columnas|tribuna|commenti|colunas|columns & opinie|felietony|колонки|колумнисты|
    yazarlar"""
"""Sections too. Beside a headline such a word may be the name of a site, or begin a question."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(fold(word.strip()) for word in words.split("|"))


_LABELLED = _listed(_LABELS)
_SECTIONS = _LABELLED | _listed(_OTHERS)
_HOSTS = frozenset({"opinion", "opinions", "opinie", "meinung", "debatt", "opiniao", "opinione"})
_PARTS = re.compile(r"\s*[/>|»›]\s*")
"""Between sections in one: "Opinion / Editorial". Not "&", as in "Arts & Letters"."""
_BRACKETED = re.compile(r"[\[(（【<〈《]([^\])）】>〉》]{1,30})[\])）】>〉》]")
"""As papers in Korea and Japan open titles: `[사설] …`."""
_FRAME = " \t:;,.·•|/>»›«<[]()-–—"
_MOST_CUTS = 12
_LONGEST_TITLE = 300
_MENU = 2
"""Short lines before the one over the headline: with so many it is the last word of a menu."""
_LONGEST_WORD = 20


def says_opinion(page: Evidence) -> bool:
    """Whether the page calls itself an opinion in words."""
    return _by_section(page) or _by_host(page) or _by_title(page) or _by_kicker(page)


def _by_section(page: Evidence) -> bool:
    said = [*jsonld.texts(page.linked.get("articlesection")), *jsonld.texts(page.linked.get("genre"))]
    said += page.meta.get("article:section", [])[:1]
    parts = (part for section in said[:3] for part in (section, *_PARTS.split(section[:_LONGEST_TITLE])))
    return any(fold(part) in _SECTIONS for part in parts)


def _by_host(page: Evidence) -> bool:
    try:
        host = urlsplit(page.url or page.canonical or page.first("og:url")).hostname or ""
    except ValueError:
        return False
    first, _, rest = host.partition(".")
    # The site of a paper of that name has no more than two labels.
    return "." in rest and first in _HOSTS


def _by_title(page: Evidence) -> bool:
    """Whether a part of a title beside its headline is a label: `Opinion | Why walls fall`."""
    names = {plain(name) for name in site_names(page)}
    parts = (part for title in (page.title, page.first("og:title")) for part in _labels(title))
    return any(_is_label(part) and plain(part) not in names for part in parts)


def _labels(title: str) -> Iterator[str]:
    """The parts of a title that may be labels: before a colon the first alone, or what brackets open with."""
    title = title[:_LONGEST_TITLE].replace("：", ": ")
    if bracketed := _BRACKETED.match(title):
        yield bracketed[1]
    for number, (head, tail, is_soft) in enumerate(islice(sides(title), _MOST_CUTS)):
        if number == 0:
            yield head
        if not is_soft:
            yield tail
            yield from (first for first, _, _ in sides(tail)[:1])


def _by_kicker(page: Evidence) -> bool:
    """Whether the line over the headline, or a label inside it, says so."""
    labels = (head.text.removesuffix(head.unlabelled) for head in page.heads if head.level == 1)
    if any(_is_label(label) for label in labels):
        return True
    if not page.before or not _is_label(page.before[0]):
        return False
    beside = [line.strip(_FRAME) for line in page.before[1 : 2 + _MENU]]
    return sum(0 < len(line) <= _LONGEST_WORD for line in beside) < _MENU


def _is_label(text: str) -> bool:
    return len(text) < _LONGEST_TITLE and fold(text.strip(_FRAME)) in _LABELLED
