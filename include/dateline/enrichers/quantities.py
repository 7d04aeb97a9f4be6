"""Numbers with their unit and what they count; dates and years are no quantities. English and figures."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.numbers import FIGURES, ORDINALS, SCALES, SPELLED, read
from dateline.text.story import PARSED, Paragraph, Story

_SCALE = "|".join(SCALES)
_NUMBER = rf"(?:(?:{FIGURES})(?:[ -](?:{_SCALE})\b)?|(?i:\b{SPELLED})(?: (?:{_SCALE})\b)?)"
_CURRENCY = {"$": "USD", "US$": "USD", "C$": "CAD", "A$": "AUD", "HK$": "HKD", "€": "EUR", "£": "GBP",
             "¥": "JPY", "₹": "INR", "₽": "RUB", "dollars": "USD", "dollar": "USD", "euros": "EUR",
             "euro": "EUR", "pounds": "GBP", "yen": "JPY", "yuan": "CNY", "rubles": "RUB", "roubles": "RUB",
             "rupees": "INR", "francs": "CHF", "won": "KRW", "pesos": "MXN"}  # fmt: skip
_SIGNS = "|".join(re.escape(sign) for sign in sorted(_CURRENCY, key=len, reverse=True) if not sign.isalpha())
_UCUM = {"kilometers": "km", "kilometres": "km", "kilometer": "km", "kilometre": "km", "km": "km",
         "miles": "[mi_i]", "mile": "[mi_i]", "meters": "m", "metres": "m", "feet": "[ft_i]",
         "foot": "[ft_i]", "inches": "[in_i]", "kilograms": "kg", "kg": "kg", "kilos": "kg", "tons": "t",
         "tonnes": "t", "acres": "[acr_us]", "hectares": "har", "liters": "L", "litres": "L",
         "barrels": "[bbl_us]", "gallons": "[gal_us]", "megawatts": "MW", "gigawatts": "GW",
         "mph": "[mi_i]/h", "degrees": "deg"}  # fmt: skip
_AFTER = "|".join(
    sorted((*_UCUM, *(word for word in _CURRENCY if word.isalpha() and len(word) > 2)), key=len, reverse=True)
)
_QUANTITY = re.compile(
    rf"(?<![\w.,/:-])(?P<sign>{_SIGNS})?(?P<low>{_NUMBER})"
    rf"(?:(?: to |-|–| and )(?P<sign2>{_SIGNS})?(?P<high>{FIGURES})(?P<scale>[ -](?:{_SCALE})\b)?(?=\W|$))?"
    rf"(?:(?P<percent> ?%|[ -](?:percent|per cent|percentage points?)\b)|[ -](?P<unit>{_AFTER})\b)?(?![\w:/])"
)
_ORDINAL = re.compile(rf"\b(?P<n>\d{{1,4}}(?:st|nd|rd|th)|(?i:{'|'.join(ORDINALS)}))\b")
_TIME_WORD = re.compile(
    r"[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|centur|a\.?m\b"
    r"|p\.?m\b|o'clock)"
)
_COUNTED = re.compile(r" (?:of )?((?:[\w.’'-]+ ){0,4}?[a-z][\w-]*s|[a-z][\w-]*(?: people| personnel)?)\b")
_OF = re.compile(r" of (?:the |its |their |all )?([A-Z][\w.-]*(?: [A-Z][\w.-]*)*|[a-z][\w-]*)")


def quantities(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: quantities, in the order of the text.

    What lies in a time expression or a name (`Channel 4`) is none. In other languages than English only
    percentages and sums of money with a sign are read, as commas and dots change their meaning.
    """
    taken = bytearray(min(len(story.text), PARSED))
    for item in (*found["temporal"], *found["mentions"]):
        taken[item["start"] : item["end"]] = b"\1" * (item["end"] - item["start"])
    made: list[dict[str, Any]] = []
    for match in _QUANTITY.finditer(story.text, 0, PARSED):
        if _TIME_WORD.match(story.text, match.end()) or _covered(match.span(), taken):
            continue
        row = _row(story, match)
        if row is not None:
            made.append(row)
    if story.english:
        made += _ordinals(story, taken)
    made.sort(key=lambda row: (row["start"], row["end"]))
    _of(story, made)
    return {"quantities": made}


def _covered(span: tuple[int, int], taken: bytearray) -> bool:
    """Whether any code point of the span is marked."""
    return any(taken[span[0] : span[1]])


def _row(story: Story, match: re.Match[str]) -> dict[str, Any] | None:
    unit, kind = _unit(match)
    low = match["low"]
    if not story.english and (kind not in ("percent", "money") or re.search(r"[.,]", low)):
        return None
    value, high = read(low), read(match["high"]) if match["high"] else None
    if value is None:
        return None
    if match["scale"] and high is not None:
        factor = SCALES[match["scale"].strip(" -").lower()]
        high *= factor
        value *= factor if value < 1000 else 1
    if kind == "count" and (low.casefold() in ("one", "zero") or _looks_like_year(low)):
        return None  # "one" mostly is a pronoun
    end = match.end() if not low[-1].isspace() else match.end("low")
    return {
        "exact": story.text[match.start() : end],
        "start": match.start(),
        "end": end,
        "value": value,
        "value_max": high if high is not None and high > value else None,
        "unit": unit,
        "kind": kind,
        "of": None,
    }


def _unit(match: re.Match[str]) -> tuple[str | None, str]:
    if match["percent"]:
        return "%", "percent"
    sign = match["sign"] or match["sign2"]
    if sign:
        return _CURRENCY[sign], "money"
    word = match["unit"]
    if word in _CURRENCY:
        return _CURRENCY[word], "money"
    return (_UCUM[word], "measure") if word else (None, "count")


def _looks_like_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1500 <= int(text) < 2100


def _ordinals(story: Story, taken: bytearray) -> list[dict[str, Any]]:
    made = []
    for match in _ORDINAL.finditer(story.text, 0, PARSED):
        word = match["n"].lower()
        if _covered(match.span(), taken):
            continue
        made.append(
            {
                "exact": match[0],
                "start": match.start(),
                "end": match.end(),
                "value": float(ORDINALS.get(word) or word[:-2]),
                "value_max": None,
                "unit": None,
                "kind": "ordinal",
                "of": None,
            }
        )
    return made


def _of(story: Story, rows: list[dict[str, Any]]) -> None:
    """What is counted: by the parse the noun that the number belongs to, else the words behind it."""
    position = 0
    for paragraph in story.paragraphs:
        while position < len(rows) and rows[position]["start"] < paragraph.end:
            row = rows[position]
            position += 1
            if row["start"] >= paragraph.start and story.english:
                row["of"] = _counted(story.text, paragraph, row)


def _counted(text: str, paragraph: Paragraph, row: dict[str, Any]) -> str | None:
    if row["kind"] in ("percent", "money", "measure"):
        match = _OF.match(text, row["end"], row["end"] + 80)
        return match[1] if match else None
    if paragraph.doc is None:
        match = _COUNTED.match(text, row["end"], row["end"] + 60)
        return match[1] if match else None
    span = paragraph.doc.char_span(
        row["start"] - paragraph.start, row["end"] - paragraph.start, alignment_mode="expand"
    )
    if span is None or not len(span):
        return None
    head = span.root.head
    if span.root.dep_ not in ("nummod", "amod") or head.i < span.end or head.i - span.end > 5:
        return None
    return str(paragraph.doc.text[paragraph.doc[span.end].idx : head.idx + len(head)])
