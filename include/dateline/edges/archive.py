"""Archives on disk: which files there are, into which batches they fall, and their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from dateline.edges.archive_days import DayNames
from dateline.errors import UsageError
from dateline.text.normalise import clean_line

KINDS = ("text", "html", "jsonl", "warc")
BUCKETED = ("text", "html")
"""Kinds whose files are small: they fall into one batch a day where their paths name days, and into 256 by
the hash of their relative path otherwise."""
_SAMPLE = 1024 * 1024
_LONGEST_URL = 8192


@dataclass(frozen=True)
class ArchiveBatch:
    """A batch of an archive: plain values, so that it can be handed to another process.

    Args:
        id: archive name, relative path (or bucket) and range: the same wherever the archive lies.
        archive: name of the archive.
        kind: one of KINDS.
        root: folder that `paths` are relative to.
        paths: files of the batch, sorted.
        entries: relative path → manifest entry, for saved pages.
    """

    id: str
    archive: str
    kind: str
    root: str
    paths: tuple[str, ...]
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def fingerprints(self) -> dict[str, str]:
        """Relative path → fingerprint of what lies there now and what the manifest says of it."""
        return {path: self._fingerprint(path) for path in self.paths}

    def _fingerprint(self, path: str) -> str:
        if self.refusal(path):
            return "refused"
        return _fingerprint(Path(self.root, path), self.entries.get(path))

    def refusal(self, path: str) -> tuple[str, str] | None:
        """Reason (of `contracts.rejects.REASONS`) and detail, where a path must not be opened.

        A manifest is somebody else's: it must not lead us to files outside the archive, by no link either.
        """
        if path != path.encode("utf-8", "replace").decode():
            return "bad_path", "the name is not UTF-8"
        if path not in self.entries:
            return None
        file = os.path.normpath(Path(self.root, path))
        if _inside(file, self.root) and _inside(os.path.realpath(file), os.path.realpath(self.root)):
            return None
        return "bad_path", "the manifest names a file outside the archive"

    def url(self, path: str) -> str | None:
        """What the manifest says is the URL of a file, also of one that can't be read."""
        given = self.entries.get(path, {}).get("url")
        return clean_line(given[:_LONGEST_URL]) or None if isinstance(given, str) else None


def plan(
    path: Path,
    kind: str,
    archive: str | None,
    manifest: dict[str, dict[str, Any]] | None = None,
    *,
    days: DayNames | None = None,
    only: date | None = None,
) -> list[ArchiveBatch]:
    """The batches of one archive, sorted by id.

    A day's batches are the same ones whether the day is asked for or the whole, so that no file is in two.

    Args:
        path: a folder or a file.
        kind: one of KINDS.
        archive: its name; by default the folder's or file's own.
        manifest: absolute path (as of `absolute`) → entry; a file named there and missing on disk, or
            outside the archive, is planned too, so that it becomes a reject.
        days: how a path names its day; by default the archive is not organised by day.
        only: the day that is wanted, by `days`; all, and what belongs to none, by default.

    Raises:
        UsageError: there is nothing at the path, a folder can't be listed, or the manifest names a file
            twice.
    """
    path = absolute(path)
    root = root_of(path)
    may_hold = partial(_may_hold, root, days, only) if days and only else None
    listed = [str(file) for file in files(path, may_hold)]
    name = archive or path.name
    if not name or "/" in name or name in (".", ".."):
        raise UsageError(f"not a name for an archive: {name!r}")
    entries = _entries(manifest or {}, str(root))
    found = {os.path.relpath(file, root) for file in listed} | set(entries)
    groups: dict[str, list[str]] = {}
    for relative in sorted(found):
        day = days.day_of(relative) if days else None
        if only is None or day == only:
            groups.setdefault(_part(relative, kind, day), []).append(relative)
    made = (
        ArchiveBatch(
            id=f"archive/{name}/{part}/all",
            archive=name,
            kind=kind,
            root=str(root),
            paths=tuple(paths),
            entries={path: entries[path] for path in paths if path in entries},
        )
        for part, paths in groups.items()
    )
    return sorted(made, key=lambda batch: batch.id)


def absolute(path: Path | str) -> Path:
    """The absolute path without `..`; links stay as they are, so that all names of a file look alike."""
    return Path(os.path.normpath(Path(path).absolute()))


def root_of(path: Path) -> Path:
    """The folder of an archive: its own, or the one that its only file lies in."""
    return path if path.is_dir() else path.parent


def _may_hold(root: Path, days: DayNames, only: date, folder: str) -> bool:
    return days.may_hold(os.path.relpath(folder, root), only)


def files(path: Path, may_hold: Callable[[str], bool] | None = None) -> Iterator[Path]:
    """The files of an archive, sorted by folder; hidden ones are none, and links to folders lead nowhere.

    Args:
        may_hold: whether a folder, by its path, is looked into; all are by default.

    Raises:
        UsageError: there is nothing at the path, or a folder can't be listed.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise UsageError(f"there is nothing at {path}") from error
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    if stat.S_ISREG(mode):
        yield path
        return
    if not stat.S_ISDIR(mode):
        raise UsageError(f"{path} is neither a file nor a folder")
    for folder, inner, names in os.walk(path, onerror=_unlisted):
        shown = (name for name in inner if not name.startswith("."))
        inner[:] = sorted(name for name in shown if may_hold is None or may_hold(f"{folder}/{name}"))
        yield from filter(_is_file, (Path(folder, name) for name in sorted(names) if name[0] != "."))


def _unlisted(error: OSError) -> None:
    raise UsageError(f"the folder {error.filename} can't be listed: {error.strerror}") from error


def _is_file(path: Path) -> bool:
    """Whether it is a file, or may be one: what can't even be looked at is told when it is opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def divide(paths: list[Path], manifest: dict[str, dict[str, Any]]) -> list[dict[str, dict[str, Any]]]:
    """The part of a manifest that belongs to each of some archives; what lies in none goes to the first."""
    parts: list[dict[str, dict[str, Any]]] = [{} for _ in paths]
    roots = [absolute(path) for path in paths]
    folders = [str(root_of(root)) for root in roots]
    numbers = {str(root): number for number, root in reversed(list(enumerate(roots)))}
    for file, entry in manifest.items():
        number = numbers.get(file)
        if number is None:
            inside = (number for number, folder in enumerate(folders) if _place(file, folder) is not None)
            number = next(inside, 0)
        parts[number][file] = entry
    return parts


def _entries(manifest: dict[str, dict[str, Any]], root: str) -> dict[str, dict[str, Any]]:
    """Path inside the archive → entry; a file outside keeps its whole path, and will be refused."""
    entries: dict[str, dict[str, Any]] = {}
    for file, entry in manifest.items():
        place = _place(file, root) or file
        if place in entries:
            raise UsageError(f"the manifest names {file} twice, under two names of one folder")
        entries[place] = entry
    return entries


def _place(file: str, root: str) -> str | None:
    """The path inside a folder, which the file's name may reach through links; None outside."""
    if _inside(file, root):
        return os.path.relpath(file, root)
    file, root = os.path.realpath(file), os.path.realpath(root)
    return os.path.relpath(file, root) if _inside(file, root) else None


def _inside(file: str, root: str) -> bool:
    return file.startswith(root.rstrip("/") + "/")


def _part(relative: str, kind: str, day: date | None) -> str:
    if kind in BUCKETED:
        if day is not None:
            return f"day-{day}"
        return f"bucket-{hashlib.sha256(relative.encode('utf-8', 'surrogateescape')).hexdigest()[:2]}"
    return relative


def _fingerprint(file: Path, entry: dict[str, Any] | None) -> str:
    """Size and a hash over the first and last megabyte: whole for small files, cheap for large ones."""
    digest = hashlib.sha256(repr(sorted((entry or {}).items())).encode("utf-8", "surrogateescape"))
    try:
        size = file.stat().st_size
        with file.open("rb") as handle:
            digest.update(handle.read(_SAMPLE))
            if size > 2 * _SAMPLE:
                handle.seek(-_SAMPLE, 2)
            digest.update(handle.read(_SAMPLE))
    except OSError as error:
        return f"unreadable: {type(error).__name__}"
    return f"{size}:{digest.hexdigest()[:32]}"
