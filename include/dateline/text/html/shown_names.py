"""Names out of bylines as readers see them: around the headline, in marked elements, in the foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dateline.text.html.author_credits import is_agency_name
from dateline.text.html.author_names import is_person, looks_like_name, people, split_names
from dateline.text.html.author_places import is_known_place
from dateline.text.html.author_ranks import is_rank
from dateline.text.html.byline_words import BARE_BY, CREDIT, INNER_LEAD_IN, LEAD_IN
from dateline.text.html.bylines import BOUNDARY
from dateline.text.html.eastern_names import eastern_names, has_japanese_surname
from dateline.text.html.near_headline import PROSE, Run

_LINE = 9
"""Runs that a line which leads in to a name is read together with."""

_MOST_MISSES = 6
_EDGES = " ~-–—*•·|/"
_HANDLE = re.compile(r"@\w+")
_DIGIT = re.compile(r"\d")
_CONNECTOR = re.compile(
    r",?\s*(?:and|und|et|y|e|&|\+|og|och|en|и|i|with|mit|/|\||·|•|-|–|—|:)?\s*,?", re.IGNORECASE
)
_JOINING = re.compile(r"[^\s:·•|–—-]")
_DATE_LIKE = re.compile(
    r"(?:\w{2,10}[., ]{1,2}){0,2}\d{1,4}[./\- ]{1,2}(?:\d{1,2}|[^\W\d_]{3,10})\b|"
    r"[^\W\d_]{3,9}\.? \d{1,2},? \d{4}|\d{4}年|\d+ \w+ ago|vor \d+ \w+|"
    r"(?:published|updated|veröffentlicht|stand|am|publi[ée]|le \d)",
    re.IGNORECASE,
)


class _Reading:
    """A byline read piece by piece; `names` are those found so far."""

    def __init__(self, is_marked: bool, is_single: bool) -> None:
        self.names: list[str] = []
        self._is_single = is_single
        self._is_marked = is_marked
        # Whether the last piece led in to a name, joined another to it, or named whom to skip.
        self._led = self._joined = self._skips = False
        self._misses = 0

    def take(self, piece: str) -> bool:
        """Read a piece; whether the byline goes on after it."""
        lead = LEAD_IN.match(piece)
        if not lead and CREDIT.match(piece):
            # The photographer's name stands in the same piece or in the next.
            self._skips = len(piece.split()) < 3 or piece.endswith(":")
            return self._is_marked or not self.names
        if lead and piece and lead.end() == len(piece):
            self._led = True
        elif _CONNECTOR.fullmatch(piece) or _HANDLE.fullmatch(piece):
            self._joined = self._joined or _JOINING.search(piece) is not None
        elif self._skips:
            self._skips = False
        elif self.names and not self._joined and (ends := self._ends(piece)) is not None:
            return not ends
        else:
            return self._name(piece, lead is not None)
        return True

    def _ends(self, piece: str) -> bool | None:
        """Whether a piece after a name ends the byline; None if it may name another."""
        if not self._is_marked:
            return True
        if is_rank(piece):
            return False
        return True if _DIGIT.search(piece) else None

    def _is_town(self, name: str) -> bool:
        """Whether a name is the town that the one before it writes from."""
        return bool(self.names) and is_known_place(name)

    def _name(self, piece: str, leads: bool) -> bool:
        may_be_account = leads or self._led or (self._is_marked and self._is_single)
        if self.names:
            # After a whole name one word is a city or a desk.
            may_be_account = (may_be_account or self._joined) and " " not in self.names[-1]
        said = split_names(piece, is_told=self._led)
        # "By contrast, one of them": of several words in a row none is an account.
        may_be_account = may_be_account and (len(said) == 1 or all(name[:1].isupper() for name in said))
        found = [
            name
            for name in said
            if (looks_like_name(name, may_be_account=may_be_account) and not self._is_town(name))
            or (is_agency_name(name) and len(said) > 1)
            or (may_be_account and not is_person(name))
        ]
        if not found:
            self._misses += 1
            return self._is_marked and not self.names and self._misses <= _MOST_MISSES
        self.names += found
        self._led, self._joined = False, piece.endswith((",", "&"))
        return True


def shown_names(line: str, *, is_marked: bool = True) -> list[str]:
    """The names of a byline as shown: the people, without them the bodies.

    Args:
        line: `BOUNDARY` between the texts of its elements.
        is_marked: whether the page marks all of it as its byline; else what follows a name belongs to it
            only after a comma or "and", and the line must lead in to a name at once.
    """
    parts = line.split(BOUNDARY)
    reading = _Reading(is_marked, is_single=len(parts) == 1)
    for part in parts:
        if not reading.take(part.strip(_EDGES)):
            break
    persons = [name for name in reading.names if is_person(name)]
    # A body beside people is the outlet, but an agency has its share.
    return people(
        [name for name in reading.names if name in persons or is_agency_name(name)]
        if persons
        else reading.names,
        is_told=True,
    )


def first_shown(lines: Iterable[str], *, is_marked: bool = True) -> list[str]:
    """The names of the first line that has any."""
    return next((names for line in lines if (names := shown_names(line, is_marked=is_marked))), [])


def lines_near(runs: list[Run]) -> Iterator[str]:
    """Lines around the headline that lead in to a name, each with the runs that follow it."""
    for at, run in enumerate(_before_prose(runs)):
        text = run.text.strip(_EDGES)
        if inner := INNER_LEAD_IN.search(text):
            text = text[inner.end() :]
        if (names := eastern_names(text)) and not run.is_aside:
            yield BOUNDARY.join(["", *names])
            continue
        found = LEAD_IN.match(text)
        if (
            found
            and found.end() > 0
            and not run.is_aside
            and (run.is_short or not BARE_BY.match(f"{text} x"))
        ):
            yield BOUNDARY.join([text, *(after.text for after in runs[at + 1 : at + _LINE])])


def _before_prose(runs: list[Run]) -> list[Run]:
    long = [at for at, run in enumerate(runs) if len(run.text) > PROSE]
    return runs[: long[2]] if len(long) > 2 else runs


def linked_names(runs: list[Run]) -> list[str]:
    """The names that link to authors' pages, of the first group of such links."""
    names: list[str] = []
    for run in _before_prose(runs):
        if run.profile is not None and run.is_short and not run.is_aside:
            names += [name for name in split_names(run.text) if looks_like_name(name)]
        elif names and not _CONNECTOR.fullmatch(run.text):
            break
    return people(names)


def dated_names(runs: list[Run], title: str) -> list[str]:
    """A person's name that stands alone beside a date, and not in the title.

    A place or a product may stand there as well: errs on the bold side.
    """
    for at, run in enumerate(runs[:20]):
        if len(run.text) > PROSE:
            break
        around = [*runs[max(0, at - 1) : at], *runs[at + 1 : at + 3]]
        if (
            (at and runs[at - 1].text.endswith(":"))
            or run.text.casefold() in title.casefold()
            or not any(len(other.text) < 60 and _DATE_LIKE.match(other.text) for other in around)
        ):
            continue
        names = split_names(run.text)
        if names and all(
            (" " in name or has_japanese_surname(name)) and looks_like_name(name) and is_person(name)
            for name in names
        ):
            return names
    return []
