"""Whether a name in capitals that opens a story is a place, by what the story says of it later.

`MILLFORD — …` is a place line, `TRADE WAR — …` a label. A story from a town names the town again, in small
letters and with "in" before it; of a label it has the words, and of a person the first name or the office.
"""

from __future__ import annotations

import re

from dateline.text.date_words import fold
from dateline.text.dateline_labels import LABEL_ENDS, LABEL_STARTS, PLACE_ENDS, PLACE_STARTS

_SEEN = 4_000
"""Characters of the story that are looked at."""
_MOST_MENTIONS = 20
_STEM = 4
"""Letters of a name that stay in every case of it."""
_ENDING = 2
"""Letters of its end that may be others there, and letters more that it may have."""

_IN = re.compile(
    r"\b(?:in|at|near|outside|around|im|bei|aus|nahe|nach|à|près de|en|cerca de|a|em|te|w|we|pod|v|ve|u|i|på|"
    r"в|во|под|у|із|από|στη|στην|στο|στον)\s\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:^|(?<=[^.!?:…\"“„«\s]\s))[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*\s\Z")
"""A word that begins with a capital within a sentence, right before: a first name or an office."""
_SAYS = re.compile(
    r"\s(?:said|says|told|asked|wrote|sagte|erklärte|a dit|a déclaré|dijo|disse|ha detto|zei|sade)\b"
)


def is_named_as_place(name: str, story: str) -> bool:
    """Whether a story speaks of a name as of a place, or the name itself has a word that only places have.

    Never of one that ends, or in some languages begins, with a word that topics are called by.
    """
    words = [fold(word.strip(".")) for word in name.split()]
    if words[-1] in LABEL_ENDS or words[0] in LABEL_STARTS:
        return False
    if len(words) > 1 and (words[0] in PLACE_STARTS or words[-1] in PLACE_ENDS):
        return True
    seen = story[:_SEEN]
    mentions = 0
    for number, found in enumerate(_mentions(name).finditer(seen)):
        if number == _MOST_MENTIONS:
            break
        before = seen[max(0, found.start() - 40) : found.start()]
        if found[0] == name.lower():
            return False
        if _IN.search(before):
            mentions += 1
        elif _NAMED.search(before) or _SAYS.match(seen, found.end()):
            return False
    return mentions > 0


def _mentions(name: str) -> re.Pattern[str]:
    """Finds a name in any case, and with another ending as inflected languages give it."""
    stem = name[: max(_STEM, len(name) - _ENDING)]
    longest = len(name) - len(stem) + _ENDING
    return re.compile(rf"\b{re.escape(stem)}\w{{0,{longest}}}\b", re.IGNORECASE)
