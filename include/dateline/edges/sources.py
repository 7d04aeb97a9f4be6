"""Source files: one TOML file a publisher, named by its slug, in one flat folder.

    name = "Harbour Courier"
    home = "http://www.harbour-courier.test/"
    feeds = ["http://www.harbour-courier.test/feed.xml"]
    sitemaps = ["http://www.harbour-courier.test/news-sitemap.xml"]
    language = "en-GB"                # BCP 47
    country = "GB"                    # ISO 3166-1
    timezone = "Europe/London"        # IANA; for times that come without a zone
    enabled = true

A mistake in any file stops a run: a publisher that is left out in silence would look like one that
published nothing. Only what tells of the mistake (`survey`) goes on with the other files.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.edges.source_values import KEYS
from dateline.errors import UsageError
from dateline.text.site_selectors import Selectors

LEADS = ("feeds", "sitemaps", "sections")
"""Keys whose addresses lead to articles; a source has one of them at least."""

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
MAX_FILE_BYTES = 64 * 1024
"""A source file is a page at most; more is a file that lies in the wrong folder."""

_FIRST_TABLE = re.compile(rb"^[ \t]*\[", re.M)
_ENABLED_LINE = re.compile(rb"^(enabled[ \t]*=[ \t]*)(true|false)\b", re.M)


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher.

    Args:
        slug: stem of its file; `source` in every dataset.
        name: as readers know it.
        home: address of its front page.
        feeds: addresses of its feeds.
        language: BCP 47 tag of what it writes, where the page itself does not say.
        country: ISO 3166-1 alpha-2 code.
        timezone: IANA zone of times that it gives without a zone; None takes that of a page's
            country or language where it has one, else UTC.
        licence: terms under which its material may be used, where known.
        notes: anything a colleague should know.
        enabled: whether live runs ask it.
        valid_from: first day on which this file describes the publisher; None for ever.
        valid_until: last such day; None for ever.
        gap_seconds: least pause between two requests to it; None for the common setting.
        max_articles: most article pages asked of it in one run; None for no limit of its own.
        sitemaps: addresses of its sitemaps and sitemap indexes.
        sections: addresses of pages whose links lead to articles, for want of feeds and sitemaps.
        revisit: whether young articles are looked at again.
        selectors: where facts stand on its pages, oldest first; empty where the general rules do.

    It has a feed, sitemap or section at least.
    """

    slug: str
    name: str
    home: str
    feeds: tuple[str, ...]
    language: str
    country: str
    timezone: str | None = None
    licence: str | None = None
    notes: str | None = None
    enabled: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    gap_seconds: float | None = None
    max_articles: int | None = None
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    revisit: bool = True
    selectors: tuple[Selectors, ...] = ()

    @property
    def leads(self) -> tuple[str, ...]:
        """Every address that leads to its articles: feeds, sitemaps, sections."""
        return (*self.feeds, *self.sitemaps, *self.sections)

    def is_live(self, day: date) -> bool:
        """Whether a live run of that day asks this publisher."""
        started = self.valid_from is None or self.valid_from <= day
        ended = self.valid_until is not None and self.valid_until < day
        return self.enabled and started and not ended


def load(folder: str | Path) -> tuple[Source, ...]:
    """Every source of a folder, sorted by slug.

    Raises:
        UsageError: the folder or a file can't be read, or a value is wrong; names file and key.
    """
    sources, wrong = survey(folder)
    for mistake in wrong.values():
        raise UsageError(mistake)
    return sources


def survey(folder: str | Path) -> tuple[tuple[Source, ...], dict[str, str]]:
    """The sources of a folder that can be used, sorted by slug, and for every other file why it can't.

    Of two files that share a feed, sitemap or section the first keeps it.

    Returns:
        (sources, slug → one sentence).

    Raises:
        UsageError: the folder can't be read.
    """
    sources: list[Source] = []
    wrong: dict[str, str] = {}
    owners: dict[str, str] = {}
    for path in _files(folder):
        try:
            source = _read(path)
            refuse_shared(source, owners)
        except UsageError as error:
            wrong[path.stem] = str(error)
            continue
        owners.update(dict.fromkeys(source.leads, source.slug))
        sources.append(source)
    return tuple(sources), wrong


def refuse_shared(source: Source, owners: dict[str, str]) -> None:
    """Make sure that no other source has one of its feeds, sitemaps or sections.

    Args:
        source: the one to judge.
        owners: address → slug of the source that has it.

    Raises:
        UsageError: one has.
    """
    for key in LEADS:
        for url in getattr(source, key):
            if url in owners:
                raise UsageError(f"{source.slug}.toml: {key}: {url} stands in {owners[url]}.toml already")


def mistakes(folder: str | Path) -> list[str]:
    """One sentence for each file of a folder that can't be used.

    Raises:
        UsageError: the folder can't be read.
    """
    return list(survey(folder)[1].values())


def enable(folder: str | Path, slugs: Sequence[str], on: bool) -> list[str]:
    """Turn sources on or off; only the line `enabled = …` of their files changes.

    Returns:
        The slugs whose file changed.

    Raises:
        UsageError: a slug is unknown (then no file is changed) or a file can't be written.
    """
    files = {path.stem: path for path in _files(folder)}
    for slug in slugs:
        if slug not in files:
            raise UsageError(_unknown(slug, sorted(files)))
    wanted = [files[slug] for slug in dict.fromkeys(slugs)]
    changed = [path for path in wanted if _read(path).enabled != on]
    texts = [_switched(path, on) for path in changed]
    for path, text in zip(changed, texts, strict=True):
        _replace(path, text)
    return [path.stem for path in changed]


def _unknown(slug: str, known: list[str]) -> str:
    near = difflib.get_close_matches(slug.lower(), known, n=3, cutoff=0.5)
    hint = f"; do you mean {' or '.join(near)}?" if near else "; `dateline sources` lists them"
    return f"no source has the slug {slug[:80]!r}{hint}"


def _files(folder: str | Path) -> list[Path]:
    try:
        return sorted(path for path in Path(folder).iterdir() if path.suffix == ".toml" and path.is_file())
    except (OSError, ValueError) as error:
        raise UsageError(f"the folder of sources can't be read: {error}") from error


def _switched(path: Path, on: bool) -> bytes:
    """The file's bytes with `enabled` set; comments, order and line ends stay."""
    old = path.read_bytes()
    word = b"true" if on else b"false"
    new, count = _ENABLED_LINE.subn(lambda found: found[1] + word, old, count=1)
    if not count:
        # Behind the first table it would be a key of that.
        table = _FIRST_TABLE.search(old)
        keys, tables = (old[: table.start()], old[table.start() :]) if table else (old, b"")
        end = b"" if keys.endswith(b"\n") or not keys else b"\n"
        new = keys + end + b"enabled = " + word + b"\n" + tables
    before, after = _table(old, path), _table(new, path)
    if after != {**before, "enabled": on}:
        # The words stood inside a multi-line string: rather ask than damage the file.
        raise UsageError(f"{path.name}: enabled: set it by hand, the line can't be told for certain")
    return new


def _replace(path: Path, text: bytes) -> None:
    """Put the file in place whole: a reader sees the old or the new one."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UsageError(f"{path.name} can't be written: {error}") from error


def _read(path: Path) -> Source:
    if not SLUG.fullmatch(path.stem):
        raise UsageError(f"{path.name}: a source file is named in a-z, 0-9 and -, from 2 to 61 characters")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path.name} can't be read: {error}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise UsageError(f"{path.name}: more than {MAX_FILE_BYTES} bytes is no source file")
    table = _table(raw, path)
    source = Source(slug=path.stem, **values_of(table, path))
    if source.valid_from and source.valid_until and source.valid_from > source.valid_until:
        raise UsageError(f"{path.name}: valid_until: lies before valid_from")
    return source


def values_of(table: dict[str, Any], path: Path) -> dict[str, Any]:
    """The arguments of `Source` but for its slug, out of what a file says.

    Raises:
        UsageError: a key is unknown or missing, or a value is wrong; names file and key.
    """
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            raise UsageError(
                f"{path.name}: {key[:80]}: no such key" + (f"; is it {near[0]}?" if near else "")
            )
        try:
            values[key] = KEYS[key](value)
        except UsageError as error:
            raise UsageError(f"{path.name}: {key}: {error}") from error
    for key in ("name", "home", "language", "country"):
        if key not in values:
            raise UsageError(f"{path.name}: {key}: is missing")
    if not any(key in values for key in LEADS):
        raise UsageError(f"{path.name}: feeds: is missing, and so are sitemaps and sections")
    return {"feeds": (), **values}


def _table(raw: bytes, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # Both errors of form are ValueErrors, and so is that of a number of more than 4,300 digits.
        raise UsageError(f"{path.name}: no TOML: {error}") from error
