"""Archives on disk: which files there are, into which batches they fall, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from dateline.errors import UsageError

KINDS = ("text", "html", "jsonl", "warc")
BUCKETED = ("text", "html")
"""Kinds whose files are small: they fall into 256 batches by the hash of their relative path."""
_SAMPLE = 1024 * 1024


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
        return {path: _fingerprint(Path(self.root, path), self.entries.get(path)) for path in self.paths}


def plan(
    path: Path, kind: str, archive: str | None, manifest: dict[str, dict[str, Any]] | None = None
) -> list[ArchiveBatch]:
    """The batches of one archive, sorted by id.

    Args:
        path: a folder or a file.
        kind: one of KINDS.
        archive: its name; by default the folder's or file's own.
        manifest: absolute path → entry; a file named there and missing on disk is planned too, so that
            it becomes a reject.

    Raises:
        UsageError: there is nothing at the path.
    """
    path = path.absolute()
    if not path.exists():
        raise UsageError(f"there is nothing at {path}")
    root = path if path.is_dir() else path.parent
    name = archive or path.name
    if not name or "/" in name or name in (".", ".."):
        raise UsageError(f"not a name for an archive: {name!r}")
    entries = {_relative(file, root): entry for file, entry in (manifest or {}).items()}
    found = {_relative(str(file), root) for file in _files(path)} | set(entries)
    groups: dict[str, list[str]] = {}
    for relative in sorted(found):
        groups.setdefault(_part(relative, kind), []).append(relative)
    return [
        ArchiveBatch(
            id=f"archive/{name}/{part}/all",
            archive=name,
            kind=kind,
            root=str(root),
            paths=tuple(paths),
            entries={path: entries[path] for path in paths if path in entries},
        )
        for part, paths in sorted(groups.items())
    ]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden:
            yield file


def _relative(file: str, root: Path) -> str:
    """The path inside the archive; a manifest may name files beside it, which keep their whole path."""
    try:
        return PurePosixPath(file).relative_to(root).as_posix()
    except ValueError:
        return PurePosixPath(file).as_posix()


def _part(relative: str, kind: str) -> str:
    if kind in BUCKETED:
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
