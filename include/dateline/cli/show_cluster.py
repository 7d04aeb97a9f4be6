"""How one cluster looks on a terminal: who tells it, and what each text has that the first has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cluster import Member, Told
from dateline.text.alignment import Row, Run, align
from dateline.text.urls import site_of

WIDE = 100
"""Columns from which on two texts stand beside each other."""
SHOWN = 10
"""Texts that are shown of a cluster without `--all`."""
FOLDED = 3
"""So many equal paragraphs in a row are folded."""
LONG = 60
"""Equal words in a row from which on only those at both ends are shown."""
ENDS = 12
"""… so many at each."""

_WHYS = {"credit": "its credit", "canonical": "its canonical URL", "earliest": "the earliest copy"}
_UNSEEN = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)
_UNSEEN[ord("\n")] = "\n"


def printable(text: str) -> str:
    """A text that does nothing to a terminal: U+FFFD for each control character, breaks of lines apart."""
    return text.translate(_UNSEEN)


def print_cluster(console: Console, members: list[Member], shown: int | None = SHOWN) -> None:
    """The members of a cluster, its root first, and the root's text beside that of each other one.

    Args:
        shown: how many texts are shown at most, all if None.
    """
    root, others = members[0], members[1:]
    if console.width >= WIDE:
        console.print(_table(members))
    else:
        _print_facts(console, members)
    for number, member in enumerate(others[:shown], 1):
        console.print()
        _print_beside(console, root, member, number)
    left = len(others) - len(others[:shown])
    if left:
        console.print(f"\n… {left} more texts; --all shows them")


def as_told(root: Member, member: Member) -> dict[str, Any]:
    """A member as JSON: what is known of it, and where its text differs from that of the root; null where no
    text is kept of one of them."""
    known = asdict(member)
    for facts in (known, *known["links"]):
        for name, value in facts.items():
            if isinstance(value, date):
                facts[name] = value.isoformat()
    known["differences"] = None
    if root.text and member.text:
        rows = [] if member is root else align(root.text, member.text)
        known["differences"] = [{"root": row.left, "member": row.right} for row in rows if not row.same]
    day = root.day.isoformat() if root.day else None
    return {"root_id": root.article_id, "root_date": day, **known}


def published(instant: datetime | None, precision: str, offset: int | None) -> str:
    """A time of publication as its source gave it, as exactly as it is known.

    Args:
        instant: UTC.
        precision: one of `contracts.shared.PRECISIONS`.
        offset: minutes from UTC that the source gave, None if it gave none.
    """
    if instant is None:
        return "unknown"
    if precision == "day":
        return instant.date().isoformat()
    if precision == "month":
        return instant.strftime("%Y-%m")
    if offset is not None:
        instant = instant.astimezone(timezone(timedelta(minutes=offset)))
    return instant.isoformat(timespec="minutes")


# Who they are


def _table(members: list[Member]) -> Table:
    table = Table(title=_heading(members), title_justify="left")
    for name in ("", "published", "source", "link"):
        table.add_column(name, justify="left" if name else "right", no_wrap=True)
    table.add_column("origin", ratio=2)
    table.add_column("title", ratio=3)
    for number, facts in enumerate(_facts(members)):
        table.add_row(str(number), *(Text(printable(fact)) for fact in facts))
    return table


def _print_facts(console: Console, members: list[Member]) -> None:
    for number, (*facts, title) in enumerate(_facts(members)):
        told = "  ".join(fact.replace("\n", ", ") for fact in facts if fact)
        console.print(Text(f"{number}  {printable(told)}"))
        console.print(Text(f"   {printable(title)}", style="bold"))


def _facts(members: list[Member]) -> Iterator[tuple[str, ...]]:
    """When, where, its links, origin and title of each."""
    numbers = {(member.article_id, member.day): number for number, member in enumerate(members)}
    for member in members:
        when = published(member.published, member.published_precision, member.published_offset)
        links = "\n".join(_link(link, numbers) for link in member.links) or "first"
        origins = [
            f"{link.origin} (by {_WHYS[link.origin_why]})"
            for link in member.links
            if link.origin and link.origin_why
        ]
        yield when.replace("T", " "), _source(member), links, "".join(origins), member.title or "—"


def _link(link: Told, numbers: dict[tuple[str, date | None], int]) -> str:
    """How like which other one, by its number; by the start of its id where it is of another cluster."""
    target = numbers.get((link.target, link.target_day), link.target[:8])
    return f"{_kind(link)} {target} {link.similarity:.2f}"


def _kind(link: Told) -> str:
    return link.kind or link.relation


def _heading(members: list[Member]) -> str:
    root = members[0]
    count = f"{len(members)} articles" if len(members) > 1 else "1 article"
    return f"cluster {root.article_id} of {root.day or 'no known day'}: {count}"


def _source(member: Member) -> str:
    """Source and site; once, where the source is named by its site."""
    return " ".join(dict.fromkeys(name for name in (member.source, site_of(member.url)) if name))


# What they say


def _print_beside(console: Console, root: Member, member: Member, number: int) -> None:
    title = f"0 {_source(root)} · {number} {_source(member)}, {' and '.join(map(_kind, member.links))}"
    console.rule(Text(printable(title)), align="left")
    if not root.text or not member.text:
        console.print(Text("no text is kept of one of them"))
        return
    if root.text == member.text:
        console.print(Text("the same text"))
        return
    rows = align(printable(root.text), printable(member.text))
    coloured = bool(console.color_system) and not console.no_color
    if console.width < WIDE:
        for told in folded(rows):
            console.print(told if isinstance(told, Text) else merged(told, coloured=coloured), end="\n\n")
        return
    table = Table(show_header=False, box=None, padding=(0, 2, 1, 0), expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for told in folded(rows):
        if isinstance(told, Text):
            table.add_row(told, told)
        else:
            table.add_row(*(one_side(told, right=right, coloured=coloured) for right in (False, True)))
    console.print(table)


def folded(rows: Iterable[Row]) -> Iterator[Row | Text]:
    """The rows; a long run of equal ones as a line that says how many they are."""
    for same, run in groupby(rows, lambda row: row.same):
        together = list(run)
        if same and len(together) >= FOLDED:
            yield Text(f"… {len(together)} paragraphs the same …", style="dim italic")
        else:
            yield from together


def one_side(row: Row, *, right: bool, coloured: bool) -> Text:
    """What one side of a row says; words that only it has are marked, by colour or by signs."""
    told = Text()
    for run in row.runs:
        if run.same:
            told.append(_shortened(run.right if right else run.left))
        else:
            _mark(told, Run("", run.right, False) if right else Run(run.left, "", False), coloured)
    return told


def merged(row: Row, *, coloured: bool) -> Text:
    """Both sides of a row as one paragraph: words of the left alone, then words of the right alone."""
    told = Text()
    for run in row.runs:
        if run.same:
            told.append(_shortened(run.right))
        else:
            _mark(told, run, coloured)
    return told


def _mark(told: Text, run: Run, coloured: bool) -> None:
    for words, signs, style in ((run.left, "[--]", "red strike"), (run.right, "{++}", "bold green")):
        if not words:
            continue
        shown = words.rstrip()
        told.append(shown if coloured else f"{signs[:2]}{shown}{signs[2:]}", style if coloured else None)
        told.append(words[len(shown) :] or (" " if run.right and words is run.left and not coloured else ""))


def _shortened(words: str) -> str:
    pieces = words.split(" ")
    if len(pieces) <= LONG:
        return words
    between = len(pieces) - 2 * ENDS
    return " ".join([*pieces[:ENDS], f"… {between} words the same …", *pieces[-ENDS:]])
