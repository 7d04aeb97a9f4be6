"""The headline of a page whose `<title>` sets it beside the site's name, and which has no better heading.

Old pages mark the name of the site as their main heading and the headline as a lesser one, as a bold line or
not at all.
"""

from __future__ import annotations

from itertools import islice

from dateline.text.html.evidence import Evidence
from dateline.text.html.headings import Heading
from dateline.text.html.site_names import is_named_like, plain, sides
from dateline.text.html.title_voices import BESIDE, Voice
from dateline.text.normalise import word_count

_OF_TITLE = frozenset({"title", "named"})
"""Kinds of voices that say no more than `<title>`."""
_FEWEST = 2
"""Words of a headline; one is a section's."""
_MOST_CUTS = 12


def beside_the_name(
    page: Evidence, seen: tuple[Heading, str] | None, voices: list[Voice], sites: list[str]
) -> str | None:
    """A part of `<title>` that stands on the page as a line of its own, where no voice tells better.

    Args:
        page: what was gathered.
        seen: the heading that was taken for the headline, and the form in which it was read; None for none.
        voices: all that speak of the headline.
        sites: what the site is called.
    """
    key = plain(seen[1]) if seen else ""
    if any(voice.kind not in _OF_TITLE and (not key or voice.agrees(key) >= BESIDE) for voice in voices):
        return None
    cuts = list(islice(sides(page.title), _MOST_CUTS))
    cuts += [cut for _, tail, _ in cuts[:_MOST_CUTS] for cut in islice(sides(tail), 1)]
    if seen and not _is_the_name(seen, cuts, sites):
        return None
    least = max(_FEWEST, word_count(seen[1]) + 1) if seen else _FEWEST
    if all(max(word_count(head), word_count(tail)) < least for head, tail, _ in cuts):
        return None
    shown = {
        plain(line) for line in (*(head.text for head in page.heads if not head.is_frame), *page.lines())
    }
    found = {part for part in _shown_parts(cuts, shown - {"", key}) if word_count(part) >= least}
    alike = {plain(part): part for part in sorted(found, key=lambda part: (len(part), part))}
    longest = sorted(alike.values(), key=lambda part: (-word_count(part), -len(part), part))
    if not longest or (len(longest) > 1 and word_count(longest[0]) == word_count(longest[1])):
        return None
    return longest[0]


def _is_the_name(seen: tuple[Heading, str], cuts: list[tuple[str, str, bool]], sites: list[str]) -> bool:
    """Whether a heading that is one part of the title is the site's name: as part of the frame around
    articles, by what the site is called, or because it stands behind, where sites put theirs."""
    heading, form = seen
    key = plain(form)
    if not any(key in (plain(head), plain(tail)) for head, tail, _ in cuts):
        return False
    stands_behind = any(plain(tail) == key and not is_soft for _, tail, is_soft in cuts)
    return heading.is_frame or stands_behind or is_named_like(form, sites)


def _shown_parts(cuts: list[tuple[str, str, bool]], shown: set[str]) -> list[str]:
    """The parts that are lines of the page. Of what stands around a colon both may be parts of a headline."""
    found = []
    for head, tail, is_soft in cuts:
        both = [part for part in (head, tail) if plain(part) in shown]
        if len(both) == 1 or not is_soft:
            found += both
    return found
