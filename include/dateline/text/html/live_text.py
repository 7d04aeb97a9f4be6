"""What of a live blog's page stands outside its entries, told by runs of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.text.html.live_blocks import LEAST_BLOCKS
from dateline.text.html.live_markup import SHORT_TEXT, Update, is_time
from dateline.text.normalise import word_count, words

_RUN = 4
"""Words of which runs are compared."""
_MOSTLY = 0.7
_OPENING = 5
_ENDED = re.compile(r"(?<!\.\.)[.!?。！？][\"'”’»“)]?$")
LEAST = 10
"""Words of a lead-in: less is the name of a box."""


def count(paragraphs: Iterable[str]) -> int:
    """The words of some paragraphs."""
    return sum(map(word_count, paragraphs))


def complete(found: Sequence[Update], paragraphs: list[str]) -> None:
    """Give entries whose text the data cut short, within a sentence, the paragraph that begins with it."""
    whole: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for paragraph in paragraphs:
        said = words(paragraph)
        if len(said) > _OPENING:
            whole.setdefault(tuple(said[:_OPENING]), (paragraph, said))
    for each in found:
        if "\n\n" in each.text or _ENDED.search(each.text):
            continue
        said = words(each.text)
        paragraph, longer = whole.get(tuple(said[:_OPENING]), ("", []))
        # The last word may be cut itself.
        if len(longer) > len(said) and longer[: len(said) - 1] == said[:-1]:
            each.text = paragraph


def outside(found: Sequence[Update], paragraphs: list[str]) -> list[str]:
    """The paragraphs that no entry has, whatever extractor took which of them from where.

    Between entries also scraps go that are too short to be compared, as a name or a time of day.
    """
    runs: set[tuple[str, ...]] = set()
    lines: set[tuple[str, ...]] = set()
    for each in found:
        for text in (each.title, *each.text.split("\n\n"), *each.whole.split("\n")):
            said = words(text)
            lines.add(tuple(said))
            runs.update(_runs(said))
        runs.update(_runs(words(each.whole)))
    said_of = [words(paragraph) for paragraph in paragraphs]
    inside = [_is_inside(said, runs, lines) for said in said_of]
    first = next((at for at, is_in in enumerate(inside) if is_in), len(inside))
    return [
        paragraph
        for at, (paragraph, said, is_in) in enumerate(zip(paragraphs, said_of, inside, strict=True))
        if not is_in and said and (at < first or len(said) >= _RUN)
    ]


def without_frames(found: Sequence[Update], paragraphs: list[str]) -> list[str]:
    """A page's paragraphs without the times and bylines that stand about its entries.

    Only short lines that no entry has as its text: a time of day, a writer of an entry, what stands in
    several entries without being told by any.
    """
    own = {
        tuple(words(line)) for each in found for text in (each.title, each.text) for line in text.split("\n")
    }
    often = Counter(
        line for each in found for line in {tuple(words(line)) for line in each.whole.split("\n")}
    )
    signed = {tuple(words(line)) for each in found for line in (*each.authors, *each.published)}

    def is_frame(line: str) -> bool:
        if len(line) > SHORT_TEXT or (said := tuple(words(line))) in own:
            return False
        return is_time(line) or said in signed or often[said] >= LEAST_BLOCKS

    kept = (
        "\n".join(line for line in paragraph.split("\n") if not is_frame(line)) for paragraph in paragraphs
    )
    return [paragraph for paragraph in kept if paragraph]


def is_most(found: Sequence[Update], left: list[str], paragraphs: list[str]) -> bool:
    """Whether entries are more of a page's text than what is left without them.

    Those that the paragraphs lack count as well if they have most of the others: a reader of texts stops
    before the last, short ones. Of comments and other stories it has few or none.
    """
    runs = {run for paragraph in paragraphs for run in _runs(words(paragraph))}
    lines = {tuple(words(paragraph)) for paragraph in paragraphs}
    missed = [each.text for each in found if not _is_inside(words(each.text), runs, lines)]
    more = count(missed) if 2 * len(missed) < len(found) else 0
    return count(left) < count(paragraphs) - count(left) + more


def _runs(said: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(said[start:] for start in range(_RUN)), strict=False))


def _is_inside(said: list[str], runs: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    """Whether most words of a paragraph stand in runs that an entry has too."""
    if len(said) < _RUN:
        return tuple(said) in lines
    covered, until = 0, 0
    for start, run in enumerate(_runs(said)):
        if run in runs:
            covered += start + _RUN - max(start, until)
            until = start + _RUN
    return covered >= _MOSTLY * len(said)


def stand_in(found: Sequence[Update], title: str | None, description: str | None) -> list[str]:
    """What a blog without a lead-in says: its summary, else the headlines of its entries, else its own.

    Nothing that is the text of an entry: each text is there once.
    """
    headlines = [each.title for each in found if each.title and each.text]
    told = [description] if description else [], ["\n".join(dict.fromkeys(headlines))], [title or ""]
    for lines in told:
        left = outside([_without_title(each) for each in found], lines)
        if count(left):
            return left
    return []


def _without_title(update: Update) -> Update:
    return Update(text=update.text or update.title)
