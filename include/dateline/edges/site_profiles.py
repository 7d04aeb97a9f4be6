"""Files of site profiles: one JSON file a source, named by it, written by a command and read by every run.

A person may take lines out of one; what is left must be whole, as a profile that is half read would change
articles in silence.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.settings import Settings
from dateline.text.site_profiles import EDGE, INSIDE, LONGEST_PARAGRAPH, Profile, Recurring

FORMAT = 1
MAX_FILE_BYTES = 4 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Slugs and names of archives; no path."""


def folder_of(settings: Settings) -> Path:
    """Where profiles lie."""
    return Path(settings.profiles) if settings.profiles else Path(settings.sources) / "profiles"


def path_of(folder: Path, source: str) -> Path:
    """The file of a source.

    Raises:
        UsageError: its name can't be that of a file.
    """
    if not _NAME.fullmatch(source):
        raise UsageError(f"{source[:80]!r} can't name a file; it has to be in A-Z, a-z, 0-9, ._-")
    return folder / f"{source}.json"


def load(folder: Path) -> tuple[tuple[str, Profile], ...]:
    """(source, its profile) of a folder, by source; none where there is no folder.

    Raises:
        UsageError: the folder or a file can't be read, or is no profile; says what to do.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"the folder of profiles can't be read: {error}") from error
    return tuple((path.stem, read(path)) for path in paths)


def read(path: Path) -> Profile:
    """The profile in a file.

    Raises:
        UsageError: it can't be read, or is none; names the file and what is wrong with it.
        FileNotFoundError: there is none.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error}") from error
    try:
        return _profile(raw)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{path} is no profile ({str(error)[:200]}); mend it, or run `dateline profile learn {path.stem}`"
        ) from error


def write(path: Path, source: str, profile: Profile) -> bool:
    """Put a profile in place, whole; whether the file is another than before.

    Raises:
        UsageError: it can't be written.
    """
    text = json.dumps(_plain(source, profile), ensure_ascii=False, indent=1) + "\n"
    data = text.encode("utf-8", "replace")
    part = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        if path.exists() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error}") from error
    return True


def _plain(source: str, profile: Profile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "source": source,
        "articles": profile.articles,
        "paragraphs": [
            {"text": one.text, "articles": one.articles, "place": one.place} for one in profile.paragraphs
        ],
        "titles": [{"text": text, "articles": count} for text, count in profile.titles],
        "authors": [{"text": name, "articles": count} for name, count in profile.names],
    }


def _profile(raw: bytes) -> Profile:
    """What a file says as a profile.

    Raises:
        ValueError: it is none.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise ValueError(f"more than {MAX_FILE_BYTES} bytes")
    value = json.loads(raw)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(f"no object of format {FORMAT}")
    unknown = value.keys() - {"format", "source", "articles", "paragraphs", "titles", "authors"}
    if unknown:
        raise ValueError(f"no such key: {min(unknown)[:80]}")
    return Profile(
        _count(value),
        tuple(Recurring(_text(one), _count(one), _place(one)) for one in _list(value, "paragraphs")),
        tuple((_text(one), _count(one)) for one in _list(value, "titles")),
        tuple((_text(one), _count(one)) for one in _list(value, "authors")),
    )


def _list(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"{key} is no list of objects")
    return found


def _text(one: dict[str, Any]) -> str:
    text = one.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_PARAGRAPH:
        raise ValueError(f"text: {repr(text)[:60]} is no text of up to {LONGEST_PARAGRAPH} characters")
    # A lone surrogate, which JSON can spell, could not be shown again.
    text.encode()
    return text


def _count(one: dict[str, Any]) -> int:
    count = one.get("articles")
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 10**9:
        raise ValueError(f"articles: {repr(count)[:60]} is no number")
    return count


def _place(one: dict[str, Any]) -> str:
    place = one.get("place", EDGE)
    if place not in (EDGE, INSIDE):
        raise ValueError(f"place: {repr(place)[:60]} is neither {EDGE} nor {INSIDE}")
    return str(place)
