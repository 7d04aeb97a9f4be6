"""Whether a text is cut by a paywall: what the page's data say, and words that stand where the text ends.

Errs on the side of not saying so. Every page asks its readers to subscribe; only an offer to read on, right
behind a text that ends early, tells that there is more.
"""

from __future__ import annotations

import re
from typing import Any

from dateline.text.html import jsonld
from dateline.text.html.evidence import Evidence
from dateline.text.html.paywall_words import ASIDES, OFFERS
from dateline.text.normalise import clean_line, word_count

_NO = frozenset({"false", "no", "0"})
_YES = frozenset({"true", "yes", "1"})
_TIERS = ("article:content_tier", "content_tier", "article.content_tier", "article:tier", "content-tier")
_PAID = frozenset(
    {"locked", "metered", "premium", "paid", "subscriber", "subscribers", "subscription", "member"}
)
_FLAGS = ("paywall", "is_paywalled", "is_premium", "premium", "paid-content", "article:premium", "is-paid")
_SETS = frozenset({"true", "yes", "1", "premium", "paid", "hard", "locked", "paywall"})

_MARKS = re.compile(
    r"""(?:class|id)=["'][^"'<>]{0,200}?(?:paywall|regwall|subscriber-only|subscribers-only|subscription-required"""
    r"""|premium-content|premium-wall|locked-content|content-locked|paid-content|article-locked|offer-wall"""
    r"""|pay-wall|login-?wall|meter-?wall|subscription-?wall|subscriber-?wall)""",
    re.IGNORECASE,
)
_LONG = 400
"""Words. Texts in full are longer, those that are cut show a few paragraphs."""
_SHORT = 150
_LEAST = 10
"""A sentence has more."""
_TAIL = 24
_MOST_PLACES = 4
_BEHIND = 6_000
"""Characters of the page behind the text, tags included, in which an offer is about this text."""
_GAP = 1_500
_LEAST_BETWEEN = 20
"""Characters between a text and a box that are more than dots or a lock's name."""
_MOST_OF_BOX = 2
"""Paragraphs that may be the box's own."""
_LONGEST_OFFER = 300
_LONGEST_ASIDE = 120
_PROSE = 20
"""Words of a sentence of the story; lines of an offer are shorter."""
_GOES_ON = 80
"""Words of prose behind an offer that are more of the story; terms of subscriptions have fewer."""
_END = re.compile(r"[.!?。！？؟…][\"'”’»«)\]]?\s*\Z")
_CUT = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?\s*\Z")
_TAG = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_LINKED = re.compile(r"<a\b[^<>]*>[^<>]*(?:<(?!/a\b)[^<>]*>[^<>]*)*</a>", re.I)


def says_paid(page: Evidence) -> bool | None:
    """Whether the page's own data say that its text is not free; None where they say nothing."""
    nodes = [page.linked, *(node for node in page.others if jsonld.types(node) & _ABOUT)]
    said = [value for node in nodes for value in _free(node)] + page.items.get("isaccessibleforfree", [])
    words = {value.strip().rpartition("/")[2].lower() for value in said}
    tier = page.first(*_TIERS).strip().lower()
    flags = {page.first(name).strip().lower() for name in _FLAGS}
    if words & _NO or tier in _PAID or flags & _SETS:
        return True
    return False if words & _YES or tier == "free" else None


_ABOUT = jsonld.ARTICLE_TYPES | {"webpage"}


def _free(node: jsonld.Node) -> list[str]:
    """What an object and its parts say of being accessible for free."""
    said = jsonld.texts(node.get("isaccessibleforfree"))
    parts: Any = node.get("haspart")
    for part in (parts if isinstance(parts, list) else [parts])[:20]:
        if isinstance(part, dict):
            said += [
                text
                for name, value in part.items()
                if str(name).lower() == "isaccessibleforfree"
                for text in jsonld.texts(value)
            ]
    return said


def stands_behind(html: str, paragraphs: list[str]) -> bool:
    """Whether an offer to read on stands where the text ends, and the text looks cut.

    Args:
        html: the page.
        paragraphs: its text as read, which may hold the offer itself.
    """
    words = word_count(" ".join(paragraphs))
    if not words or words > _LONG:
        return False
    # What stands behind an offer is the offer's, too.
    at = next((at for at, line in enumerate(paragraphs) if _is_offer(line)), len(paragraphs))
    kept = paragraphs[:at]
    near = _near(html, kept or paragraphs) or ""
    if at == len(paragraphs) and not _has_offer(near):
        return False
    is_cut = words <= _SHORT or any(map(_looks_cut, kept[-1:])) or bool(_MARKS.search(near))
    return is_cut and (
        at < len(paragraphs) or _has_offer(clean_line(_TAG.sub(" ", _LINKED.sub(_short_link, near))))
    )


def cut_at_box(html: str, paragraphs: list[str]) -> int | None:
    """How many paragraphs stand before a box marked as a paywall's; None if none is right behind it.

    In whatever words it offers to read on: a text that breaks off with dots, with nothing between it and the
    box, is cut. What is read behind the box may be the box's own, and no story.

    Args:
        html: the page.
        paragraphs: its text as read.
    """
    if word_count(" ".join(paragraphs)) > _LONG:
        return None
    for at in range(len(paragraphs), max(len(paragraphs) - _MOST_OF_BOX, 1) - 1, -1):
        if at < len(paragraphs) and _is_prose(paragraphs[at]):
            return None
        line = paragraphs[at - 1]
        if _CUT.search(line) and _has_box(_behind(html, _CUT.sub("", line))):
            return at
    return None


def _has_box(behind: str) -> bool:
    mark = _MARKS.search(behind[:_GAP])
    if mark is None:
        return False
    between = behind[: behind.rfind("<", 0, mark.start())]
    return len(clean_line(_TAG.sub(" ", between))) < _LEAST_BETWEEN


def without_offer(paragraphs: list[str]) -> list[str]:
    """The text of a page behind a paywall without the offer, and what else stands in its box.

    Where the story goes on behind the box, as on pages that hide it from readers alone, it is kept. So is a
    text that is nothing but an offer.
    """
    kept: list[str] = []
    is_in_box = False
    for at, line in enumerate(paragraphs):
        if kept and _is_offer(line):
            is_in_box = True
        elif is_in_box and _is_prose(line):
            is_in_box = sum(word_count(one) for one in paragraphs[at:] if _is_prose(one)) < _GOES_ON
        if not is_in_box:
            kept.append(line)
        elif len(kept) > 1 and _is_aside(kept[-1]):
            kept.pop()
    while len(kept) > 1 and _is_aside(kept[-1]):
        kept.pop()
    return kept or paragraphs


def or_summary(paragraphs: list[str], summary: str | None) -> tuple[list[str], bool]:
    """(the text of a page behind a paywall, whether it is the publisher's summary for want of a text).

    Pages that show nothing of their story leave a byline or a button at most; what the publisher says of it
    is what a reader may know.
    """
    words = word_count(" ".join(paragraphs))
    if summary and words < _LEAST and word_count(summary) > words:
        return [summary], True
    return paragraphs, False


def _is_prose(line: str) -> bool:
    return bool(_END.search(line)) and word_count(line) >= _PROSE and not _is_offer(line)


def _is_aside(line: str) -> bool:
    lowered = line.lower().replace("’", "'")
    return len(line) < _LONGEST_ASIDE and any(aside in lowered for aside in ASIDES)


def _looks_cut(line: str) -> bool:
    return bool(_CUT.search(line)) or not _END.search(line)


def _has_offer(text: str) -> bool:
    lowered = text.lower()
    return any(offer in lowered for offer in OFFERS)


def _is_offer(line: str) -> bool:
    return len(line) < _LONGEST_OFFER and _has_offer(line)


def _near(html: str, paragraphs: list[str]) -> str | None:
    """The part of a page behind its text; None where the text is not found in it.

    From the third last paragraph on: what was read last may be of the offer itself.
    """
    return next((behind for line in paragraphs[-3:] if (behind := _behind(html, line))), None)


def _behind(html: str, line: str) -> str:
    """The part of a page behind a line of its text, empty where the line is not found in it."""
    tail, at = line[-_TAIL:], len(html)
    for _ in range(_MOST_PLACES):
        at = html.rfind(tail, 0, at)
        if at < 0:
            break
        if _is_shown(html, at):
            return html[at + len(tail) : at + len(tail) + _BEHIND]
    return ""


def _is_shown(html: str, at: int) -> bool:
    """Whether a place is in the text: attributes and data of scripts hold the same words."""
    in_script = html.rfind("<script", 0, at) > html.rfind("</script", 0, at)
    return not in_script and html.rfind("<", 0, at) <= html.rfind(">", 0, at)


def _short_link(found: re.Match[str]) -> str:
    """A button is kept; a link of more words leads to another story."""
    return found[0] if len(_TAG.sub(" ", found[0]).split()) <= 8 else " "
