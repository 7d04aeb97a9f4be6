"""Which shown dates are of the publication and which of a change, as the words beside them say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from dateline.text.html.evidence import Evidence
from dateline.text.html.shown_dates import shown_dates

SHORTEST_PROSE = 40
"""Characters."""
_NEXT_TO = (10, 4)
"""Lines behind and before the headline that stand next to it."""

_CUE = re.compile(
    r"(?P<changed>updat(?!es\b)|edited|modif|revis|last chang|aktuali[sz]|geändert|bearbeitet|mise? à jour"
    r"|ac?tt?uali[sz]|обновл|изменен|оновлен|aggiornat|bijgewerkt|gewijzigd|päivitet|oppdater|opdater|uppdater"
    r"|更新|수정|güncelle|diperbarui|ενημερώθ|cập nhật|تحديث)"
    r"|(?P<published>ver(?:ö|oe)ffentlich|publi(?:sh|é|ca|ce|ée|kov)|posted|erstellt|created|geplaatst"
    r"|опубликован|objavlj|opublikow|zveřejn|yayın|julkaist|erschienen|skrevet|publicer|gepubl|written on"
    r"|dato\b|datum\b|^date\b|掲載|発表|发布|發布|公開|投稿|등록|게시|입력|δημοσ)",
    re.IGNORECASE,
)
_MACHINES = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """A date as shown.

    Args:
        text: of the date.
        says: "published" or "changed" where a word beside it does, else "".
        is_bare: whether its line holds little else, or begins with it.
        is_second: whether it is of a change, and another date of its line is not.
    """

    text: str
    says: str
    is_bare: bool = False
    is_second: bool = False


@lru_cache(maxsize=1_024)
def told(line: str) -> tuple[Told, ...]:
    """The dates in a line; the whole of one without that is short, as it may tell a time from now.

    The word that stands nearest before a date speaks of it; where none stands before the first and one ends
    the line, words follow their dates. The last lines are kept: a page is asked for each of its times.
    """
    dates = [*shown_dates(line)] if any(map(str.isdecimal, line)) else []
    if not dates and len(line) > SHORTEST_PROSE:
        return ()
    cues = [(found.start(), found.end(), str(found.lastgroup)) for found in _CUE.finditer(line)]
    if not dates:
        return (Told(line, cues[-1][2] if cues else "", True),)
    # What follows a word at the end may be a time of day without its day.
    follow = bool(cues) and cues[0][0] >= dates[0][1] and cues[-1][0] >= dates[-1][1]
    if follow and any(map(str.isdecimal, line[cues[-1][1] :])):
        cues, follow = [cue for cue in cues if cue[0] < dates[-1][1]], False
    found = []
    for at, (start, end) in enumerate(dates):
        last = dates[at - 1][1] if at else 0
        following = dates[at + 1][0] if at + 1 < len(dates) else len(line)
        if follow:
            says = next((says for begin, _, says in cues if end <= begin < following), "")
        else:
            says = next((says for begin, stop, says in reversed(cues) if last <= begin and stop <= start), "")
        text = line[start:end]
        found.append(Told(text, says, 3 * len(text) > len(line) or start == 0))
    is_mixed = any(one.says != "changed" for one in found)
    return tuple(replace(one, is_second=is_mixed and one.says == "changed") for one in found)


def told_in_turn(lines: Iterable[str]) -> Iterator[list[Told]]:
    """The dates of lines that follow each other: a line of such a word alone speaks of the date behind it,
    and of the same date as it is for machines."""
    says, is_fresh = "", False
    for line in lines:
        dates = [*told(line)]
        has_digit = any(map(str.isdecimal, line))
        if dates and dates[0].says:
            says, is_fresh = dates[-1].says, not has_digit
        elif dates and has_digit and says and (is_fresh or _MACHINES.match(line)):
            dates[0] = replace(dates[0], says=says)
            is_fresh = False
        else:
            says = ""
        yield dates


def near(page: Evidence) -> list[Told]:
    """Dates around the headline, best first: in the next lines those of the publication, those that stand
    alone, and others; then what stands further off or is of a change."""
    # A frame's today may stand before.
    behind = [_as_marked(dates, page) for dates in told_in_turn(page.after)]
    before = [_as_marked(dates, page) for dates in told_in_turn(reversed(page.before))][::-1]
    pairs = zip_longest(behind[: _NEXT_TO[0]], before[: _NEXT_TO[1]])
    found = [(_rank(one, is_near=True), one) for pair in pairs for dates in pair for one in dates or ()]
    further = (*before[_NEXT_TO[1] :], *behind[_NEXT_TO[0] :])
    found += [(_rank(one, is_near=False), replace(one, is_bare=False)) for dates in further for one in dates]
    found.sort(key=lambda ranked: ranked[0])
    return [*dict.fromkeys(one for _, one in found)]


def _as_marked(dates: Iterable[Told], page: Evidence) -> list[Told]:
    return [replace(one, says="changed") if one.text in page.changed else one for one in dates]


def _rank(one: Told, *, is_near: bool) -> int:
    if one.says:
        return (0, 3)[not is_near] if one.says == "published" else (4, 6)[not is_near]
    return (1 if one.is_bare else 2) if is_near else 5


def changes_in(dates: Iterable[Told]) -> set[str]:
    """The texts of those that are of a change and of no publication.

    A change alone, or by a date of which nothing is said, may be all that a page tells of its day.
    """
    dates = list(dates)
    is_told = any(one.says == "published" for one in dates)
    others = {one.text for one in dates if one.says != "changed"}
    return {one.text for one in dates if one.says == "changed" and (is_told or one.is_second)} - others
