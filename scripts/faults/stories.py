"""Fictional news, as much as is asked for: equal seeds give equal stories, versions, copies and excerpts."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape

FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 21
"""Longer than the window that articles are compared over, so that some days can't see each other."""

PLACES = ("Oslo", "Lima", "Perth", "Quito", "Accra", "Turin", "Osaka", "Dakar", "Leeds", "Porto")
PEOPLE = ("Maren Solberg", "Tomas Ferreira", "Ada Mensah", "Yuki Tanabe", "Ines Caldeira", "Peter Holloway")
BODIES = ("the harbour council", "the tram company", "the water board", "the fishing union", "the museum")
THINGS = ("a pier", "a tunnel", "a depot", "a reservoir", "a ferry line", "a market hall", "a footbridge")
VERBS = ("approved", "rejected", "delayed", "opened", "inspected", "promised")
SENTENCES = (
    "{Body} in {place} {verb} {thing} that will cost {n} million euros.",
    "“We have waited {n} years for this,” said {person}, who speaks for {body}.",
    "{person} told reporters in {place} that work on {thing} would last until {month} {year}.",
    "Some {n} residents signed a letter against {thing} near {place}.",
    "According to {body}, traffic fell by {n} percent after the vote on {weekday}.",
    "A report of {n} pages, seen by the newspaper, calls {thing} unsafe.",
)
MONTHS = ("May", "June", "September", "October")
WEEKDAYS = ("Monday", "Tuesday", "Thursday", "Friday")


@dataclass(frozen=True)
class Story:
    """One sighting of one article.

    Args:
        url: where it was found; None for a record without one.
        title, paragraphs: its text.
        published: when it says it was published; None where it does not say.
        captured: when it was seen; None where nobody wrote that down.
    """

    url: str | None
    title: str
    paragraphs: tuple[str, ...]
    published: datetime | None
    captured: datetime | None


def stories(count: int, seed: int) -> list[Story]:
    """So many sightings: most are articles of their own; the rest repeat, correct, copy or cut others."""
    chance = random.Random(f"stories {seed}")
    made: list[Story] = []
    for number in range(count):
        kinds = list(_AGAIN) if len(made) > 3 else []
        kind = chance.choices([None, *kinds], [70, *(30 / len(kinds) for _ in kinds)])[0]
        if kind is None:
            made.append(_first(number, chance))
        else:
            made.append(_AGAIN[kind](chance.choice(made), number, chance))
    return made


def _sentence(chance: random.Random, number: int) -> str:
    body = chance.choice(BODIES)
    return chance.choice(SENTENCES).format(
        body=body,
        Body=body[0].upper() + body[1:],
        place=chance.choice(PLACES),
        person=chance.choice(PEOPLE),
        thing=chance.choice(THINGS),
        verb=chance.choice(VERBS),
        month=chance.choice(MONTHS),
        weekday=chance.choice(WEEKDAYS),
        year=2027 + chance.randrange(9),
        n=number * 10 + chance.randrange(10),
    )


def _first(number: int, chance: random.Random) -> Story:
    published = FIRST_DAY + timedelta(minutes=chance.randrange(DAYS * 24 * 60))
    return Story(
        url=f"https://paper{number % 5}.test/{number}" if chance.random() < 0.95 else None,
        title=f"{chance.choice(PLACES)}: {chance.choice(THINGS)} is {chance.choice(VERBS)} ({number})",
        paragraphs=tuple(
            " ".join(_sentence(chance, number) for _ in range(chance.randrange(2, 5))) for _ in range(3)
        ),
        published=published if chance.random() < 0.92 else None,
        captured=published + timedelta(hours=2) if chance.random() < 0.95 else None,
    )


def _later(when: datetime | None, chance: random.Random) -> datetime | None:
    return when and when + timedelta(minutes=chance.randrange(30, 6 * 24 * 60))


def _seen_again(story: Story, _: int, chance: random.Random) -> Story:
    return replace(story, captured=_later(story.captured, chance))


def _corrected(story: Story, number: int, chance: random.Random) -> Story:
    more = f"Corrected: {_sentence(chance, number)}"
    return replace(
        story, paragraphs=(*story.paragraphs, more), captured=_later(story.captured or FIRST_DAY, chance)
    )


def _copied(story: Story, number: int, chance: random.Random) -> Story:
    when = _later(story.published, chance)
    return replace(
        story,
        url=f"https://copies.test/{number}",
        published=when,
        captured=when and when + timedelta(hours=1),
    )


def _nearly_copied(story: Story, number: int, chance: random.Random) -> Story:
    changed = f"{story.paragraphs[0]} {_sentence(chance, number)}"
    return replace(_copied(story, number, chance), paragraphs=(changed, *story.paragraphs[1:]))


def _cut(story: Story, number: int, chance: random.Random) -> Story:
    return replace(_copied(story, number, chance), paragraphs=story.paragraphs[:2])


_AGAIN = {
    "seen again": _seen_again,
    "corrected": _corrected,
    "copied": _copied,
    "nearly copied": _nearly_copied,
    "cut": _cut,
}


def page(story: Story) -> bytes:
    """The story as a publisher's page."""
    meta = (
        f'<meta property="article:published_time" content="{story.published.isoformat()}">'
        if story.published
        else ""
    )
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in story.paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(story.title)}</title>{meta}</head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{escape(story.title)}</h1>\n"
        f"{text}</article></body></html>"
    ).encode()


def record(story: Story) -> bytes:
    """The story as a line of JSON."""
    known = {
        "url": story.url,
        "title": story.title,
        "text": "\n\n".join(story.paragraphs),
        "published": story.published and story.published.isoformat(),
        "captured": story.captured and story.captured.isoformat(),
    }
    return json.dumps({name: value for name, value in known.items() if value}).encode()
