"""Towns that stand beside names in bylines."""

from __future__ import annotations

import re

from dateline.text.date_words import fold
from dateline.text.dateline_words import CITIES
from dateline.text.html.author_credits import is_agency_name
from dateline.text.html.author_words import BODY, UPPER

_TWO_WORDS = re.compile(
    # Words that begin names of places, and are no given names.
    rf"(?:New|Cape|Fort|Port|Mount|Los|Las|Sri|Abu|Tel|Hong|Kuala|Bad|Buenos|Addis|Saint|St\.?|North|South|East)"
    rf" {UPPER}[\w'’-]+|"
    # Saints after whom more towns are named than people.
    r"San (?:Francisco|Diego|José|Jose|Juan|Antonio|Salvador|Sebastián|Sebastian|Luis|Bernardino|Marino)|"
    r"Santa (?:Fe|Cruz|Monica|Barbara|Ana|Clara)|Santo Domingo|Rio de Janeiro|La Paz|El Paso|"
    rf"{UPPER}[\w'’-]+ (?:City|D\.? ?C\.?|Beach|Springs|Falls)|"
    # Towns by a river, a border or the sea.
    rf"{UPPER}[\w'’-]+ (?:am|an der|in der|im|ob der|auf|sur|upon|on|de la|del|nad) {UPPER}[\w'’-]+|"
    r"(?:Saudi|South|Costa|Puerto|Sierra|Papua|United|Great) "
    r"(?:Arabia|Africa|Korea|Rica|Rico|Leone|States|Kingdom|Britain|Sudan)"
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af ]+")


def is_place(piece: str) -> bool:
    """Whether what stands between commas beside whole names is mostly a town: one word, or a known form.

    Errs on the side of the town for one word, of the person for several.
    """
    if not piece[:1].isupper() or _UNSPACED.fullmatch(piece) or is_agency_name(piece):
        return False
    return is_known_place(piece) if " " in piece else not BODY.search(piece)


def is_known_place(piece: str) -> bool:
    """Whether several words are a place, by a list of cities and by how names of places are made."""
    return _TWO_WORDS.fullmatch(piece) is not None or fold(piece) in CITIES
