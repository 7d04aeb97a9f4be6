"""Names out of author strings, and whose they are: a person's or a body's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.text.date_words import MONTHS, fold
from dateline.text.dateline_words import WEEKDAYS
from dateline.text.html.author_credits import is_agency_name, prepared, staff
from dateline.text.html.author_places import is_known_place, is_place
from dateline.text.html.author_ranks import without_rank
from dateline.text.html.author_words import AGENCY, BODY
from dateline.text.html.byline_words import (
    ARTICLES,
    CREDIT,
    DEGREE,
    LEAD_IN,
    NAME_AND_WORD,
    NO_NAME,
    NOBODY,
    PARTICLES,
    ROLE,
    SMALL_WORDS,
    SPLIT,
    STOP,
    SUFFIX,
)
from dateline.text.html.eastern_names import eastern_names
from dateline.text.html.name_letters import cased
from dateline.text.html.surnames import joined, parted
from dateline.text.html.titles import plain
from dateline.text.normalise import clean_line

_MOST = 20
_LONGEST = 500
_MOST_WORDS = 6
_LEAST_SITE = 4

_COMMA = re.compile(r"\s*,\s*")
_EMAIL = re.compile(r"[(\[<]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}[)\]>]?")
_LINK = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)\S{1,80}\.(?:com|org|net|co\.uk|html?|php)\b\S*", re.IGNORECASE
)
_DOMAIN = re.compile(r"(?:https?://|www\.)|\w\.(?:com|org|net|info|[a-z]{2})(?:$|[/\s])", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）]{0,80}[)\]）】]")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Senior|Staff|Reporter|Editor|Correspondent|Contributor|Chief|Political|Columnist|"
    r"Writer|Deputy|Associate|Managing|Published|Updated|Posted|By )(?![a-z]))"
)
_NOT_IN_NAMES = re.compile(r"[:：!?。《》%$€=<>{}]")
_DIGIT = re.compile(r"\d")
_ACCOUNT = re.compile(r"[^\W\d_][\w.-]{1,39}")
_ACRONYM = re.compile(r"[A-ZÄÖÜА-ЯΑ-Ω]{2,6}\d?")
# Three capitals or more without a vowel are no name but a mark: NDR, WSVN.
_UNSPOKEN = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,6}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Names in scripts without spaces: Chinese and Korean ones are short, Japanese ones have kana.
_UNSPACED = re.compile(
    r"[\u3400-\u9fff]{1,2}[ \u3000]?[\u3400-\u9fff]{1,3}|[\uac00-\ud7af]{1,2} ?[\uac00-\ud7af]{1,3}|"
    r"(?=.{0,10}[\u3040-\u30ff])[\u3040-\u30ff\u3400-\u9fff・]{2,12}"
)
_DAYS = MONTHS.keys() | WEEKDAYS
_EDGES = " -–—|,:;·•\"'“”„»«*~/¦→›>"


def people(values: Iterable[str], *, is_told: bool = False) -> list[str]:
    """Single names out of author strings, in order, each once, the first twenty; as `clean_name` does."""
    found: dict[str, str] = {}
    for value in list(values)[:_MOST]:
        for name in split_names(value, is_told=is_told):
            found.setdefault(plain(name), name)
    return _without_parts(list(found.values())[:_MOST])


def split_names(text: str, *, is_told: bool = False) -> list[str]:
    """The names in one author string; [] where it names nobody. `is_told` as in `clean_name`."""
    text = _LINK.sub(" ", _EMAIL.sub(" ¦ ", clean_line(text[: 4 * _LONGEST])[:_LONGEST]))
    if (body := staff(text.strip(_EDGES + "."))) is not None:
        return [body]
    if names := eastern_names(text):
        return names
    text = prepared(text.strip(_EDGES))
    text = _HANDLE.sub(" ¦ ", _BRACKETS.sub(" ", text))
    bare = LEAD_IN.sub("", text := _GLUED.sub(" ¦ ", text).strip(_EDGES))
    return _split(bare, is_told or bare != text)


def _split(text: str, is_told: bool) -> list[str]:
    """The names in a string without what led in to them."""
    names: list[str] = []
    skips = False
    for part in SPLIT.split(joined(text)):
        pieces = [parted(piece) for piece in _COMMA.split(part) if piece]
        if _is_last_first(pieces):
            pieces = [f"{pieces[1]} {pieces[0]}"]
        has_whole = any(map(_is_whole, pieces))
        for piece in pieces:
            if CREDIT.match(piece):
                # The name of the photographer stands in the same piece or in the next.
                skips = len(piece.split()) < 3
                continue
            if skips:
                skips = False
            elif piece.casefold() in SUFFIX and names:
                names[-1] += f" {piece}"
            elif has_whole and len(pieces) > 1 and is_place(piece):
                continue
            elif name := clean_name(piece, is_told=is_told):
                names.append(name)
    return names


def _is_whole(piece: str) -> bool:
    """Whether a piece can be an author beside whom single words are towns."""
    if BODY.search(piece) or _DOMAIN.search(piece) or is_agency_name(piece):
        return True
    return " " in piece and not is_known_place(piece)


def _is_last_first(pieces: list[str]) -> bool:
    """`Quay, Anna`: two single words around one comma."""
    return (
        len(pieces) == 2
        and all(
            " " not in piece and piece[:1].isupper() and piece.casefold() not in SUFFIX for piece in pieces
        )
        and not any(BODY.search(piece) or ROLE.fullmatch(piece) or DEGREE.match(piece) for piece in pieces)
    )


def clean_name(text: str, *, is_told: bool = False) -> str | None:
    """A name without what stands around it, None if the text is none.

    Args:
        text: one name.
        is_told: whether something says that it is one, as data of authors do and "by" before it. Then words
            of pages that are surnames as well are no reason to refuse it.
    """
    name = LEAD_IN.sub("", text.strip(_EDGES + ".")).strip(_EDGES)
    if STOP.match(name):
        return None
    name = _once(without_rank(_until_stop(name)))
    if not 2 <= len(name) <= 60 or len(name.split()) > _MOST_WORDS + 1 or _is_nobody(name):
        return None
    # Digits are of dates and counts, unless the name is one word: then it is an account's.
    if _DIGIT.search(name) and not _ACCOUNT.fullmatch(name):
        return None
    if NO_NAME.search(name) and not (is_told and NAME_AND_WORD.fullmatch(name)):
        return None
    if not any(map(str.isalpha, name)) or _NOT_IN_NAMES.search(name):
        return None
    return _cased(name)


def _is_nobody(name: str) -> bool:
    """Whether a name is a placeholder: `admin`, `admin3`, `No Author`."""
    return name.casefold().rstrip("0123456789_-") in NOBODY


def _once(name: str) -> str:
    """`Anna Quay Anna Quay`, of a link with a picture: one of the two."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def _until_stop(name: str) -> str:
    """`Anna Quay for the Courier`, `Anna Quay on 3 May`: what stands before."""
    found = STOP.search(name, 1)
    if found is None or _ACCOUNT.fullmatch(name):
        return name
    head = name[: found.start()].strip(_EDGES)
    if found[0].strip().isdigit() and (" " not in head or _is_day(head)):
        # `Nov 11`, `Page 2`, `Tue Mar 12`.
        return ""
    # An institute for peace is none of the sort.
    return head if is_person(head) or not BODY.search(name) else name


def _is_day(text: str) -> bool:
    return all(fold(word.strip(".,")) in _DAYS for word in text.split())


def _cased(name: str) -> str:
    """A person's name not in capitals all through."""
    return cased(name) if name.isupper() and len(name) > 5 and is_person(name) else name


def looks_like_name(name: str, *, may_be_account: bool = False) -> bool:
    """Whether a text of a page may be a person's name, by its form.

    Args:
        name: as `clean_name` gives it.
        may_be_account: whether one word is enough, in capitals or not.
    """
    if _CJK.search(name):
        return _UNSPACED.fullmatch(name) is not None or not is_person(name)
    words = name.split()
    if len(words) == 1:
        return may_be_account and _ACCOUNT.fullmatch(name) is not None and name.casefold() not in SMALL_WORDS
    if not 2 <= len(words) <= _MOST_WORDS or words[0] in ARTICLES:
        return False
    capitals = [word[0].isupper() or not word[0].islower() for word in words if word not in PARTICLES]
    return len(capitals) > 1 and all(capitals) and not _DIGIT.search(name)


def _without_parts(names: list[str]) -> list[str]:
    """Drop what is only a piece of another name of the list."""
    keys = [plain(name) for name in names]
    return [
        name
        for name, key in zip(names, keys, strict=True)
        if not any(key != other and key in other and len(key) < len(other) for other in keys)
    ]


def is_person(name: str) -> bool:
    """Whether a name is a person's or an account's, not that of a desk, an agency or a publication.

    Judged by words alone, in many languages. Errs on the side of the person where no word tells, and on
    that of the body where one does (a Mr Post is taken for a paper).
    """
    bare = name.strip()
    if not bare or len(bare.split()) > _MOST_WORDS:
        return False
    if any(_UNSPOKEN.fullmatch(word) for word in bare.split()):
        return False
    if AGENCY.fullmatch(bare) or _ACRONYM.fullmatch(bare):
        return False
    return not (BODY.search(bare) or _DOMAIN.search(bare))


def desks(names: list[str], sites: Iterable[str] = ()) -> list[str]:
    """Those of the names that are a desk, an agency or a publication.

    Args:
        names: as `writers` gives them.
        sites: what the site, its publisher or its host is called.
    """
    known = {form for site in sites for form in site_forms(site)}
    return [name for name in names if not is_person(name) or names_site(name, known)]


_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|il|lo|o|a|de|het)\s+(?=\S)", re.IGNORECASE)


def site_forms(site: str) -> set[str]:
    """The plain forms of a site's name: whole, without its article, and of a host its own label."""
    site = site.strip()
    label = site.removeprefix("www.").partition(".")[0] if "." in site and " " not in site else ""
    return {form for form in (plain(site), plain(_ARTICLE.sub("", site)), plain(label)) if form}


def names_site(name: str, known: set[str]) -> bool:
    """Whether a name is the site's (`site_forms`): in full, or with an article or a short ending more."""
    for own in (plain(name), plain(_ARTICLE.sub("", name))):
        if own in known:
            return True
        if any(
            len(site) >= _LEAST_SITE and own.startswith(site) and len(own) <= len(site) + 3 for site in known
        ):
            return True
    return False
