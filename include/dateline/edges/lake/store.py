"""Where bytes lie: a small interface that a local folder keeps, and an object store can keep too."""

from __future__ import annotations

import hashlib
import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Protocol

from dateline.edges.clock import Clock
from dateline.edges.lake.holds import Holds
from dateline.edges.lake.listing import files_below
from dateline.edges.process import identity, is_alive, is_gone
from dateline.errors import LakeError, UsageError

STAGED = ".tmp"
"""Ending of files that are not yet part of the lake; readers skip them, settle sweeps them up."""


class Store(Protocol):
    """Named bytes under one root. Paths are relative, with slashes.

    A path is whole or absent: `publish` and `put` replace it in one move.
    """

    uri: str

    def stage(self, folder: str) -> Path:
        """A local file to write to, of a name that no reader looks at."""

    def publish(self, staged: Path, path: str) -> None:
        """Make the staged file durable and put it in the place of `path` in one move, or discard it."""

    def discard(self, staged: Path) -> None:
        """Remove a staged file that is not published; one that can't be removed is left to `sweep`."""

    def local(self, path: str) -> Path:
        """A local file with these bytes, for random access.

        Raises:
            FileNotFoundError: there is no such path.
        """

    def get(self, path: str) -> bytes:
        """All bytes of a small file. Raises FileNotFoundError."""

    def put(self, path: str, data: bytes) -> None:
        """Replace a small file in one move."""

    def put_new(self, path: str, data: bytes) -> bool:
        """Create a small file; False, and nothing done, if it exists."""

    def list(self, folder: str) -> Iterator[str]:
        """Paths of all whole files below a folder, sorted.

        Raises:
            LakeError: a folder can't be listed, or is a link: what is not seen would be taken for gone.
        """

    def exists(self, path: str) -> bool:
        """Whether there is a whole file of that path."""

    def changed(self, path: str) -> float:
        """When a file was last put in place, in seconds since 1970; infinite where it is gone."""

    def delete(self, path: str) -> None:
        """Remove a file; no error if it is gone already."""

    def holds(self, clock: Clock) -> Holds:
        """Names that one task at a time has to itself."""

    def sweep(self, older_than: float) -> int:
        """Remove staged files left by runs that died; `older_than` in seconds since 1970.

        Those of a process that has ended on this machine go at once, others when they are that old.
        """


def safe_path(path: str) -> str:
    """The path itself.

    Raises:
        UsageError: it is absolute, or climbs out of its folder.
    """
    parts = PurePosixPath(path).parts
    if path == ".":
        return path
    if not parts or path.startswith("/") or ".." in parts or "\0" in path or "\\" in path:
        raise UsageError(f"not a path inside the lake: {path!r}")
    return path


class LocalStore:
    """A folder on a local disk.

    Args:
        root: the folder.
        create: make it and see that it can be written; otherwise it must be there.

    Raises:
        UsageError: the folder is not there.
        LakeError: it can't be made or written.
    """

    def __init__(self, root: Path, *, create: bool = True) -> None:
        self._root = root
        self.uri = str(root)
        if not create:
            if not root.is_dir():
                raise UsageError(f"there is no lake at {root}")
            return
        try:
            root.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=root, suffix=STAGED):
                pass
        except OSError as error:
            raise LakeError(f"the lake {root} can't be written: {error.strerror or error}") from error

    def _path(self, path: str) -> Path:
        return self._root / safe_path(path)

    def stage(self, folder: str) -> Path:
        target = self._path(folder)
        try:
            try:
                self._make(target)
                handle, name = tempfile.mkstemp(dir=target, prefix=_prefix(), suffix=STAGED)
            except FileNotFoundError:
                # Another run has just taken the empty folder away.
                self._make(target)
                handle, name = tempfile.mkstemp(dir=target, prefix=_prefix(), suffix=STAGED)
        except OSError as error:
            raise LakeError(f"{target} can't be written: {error.strerror or error}") from error
        os.close(handle)
        return Path(name)

    def _make(self, folder: Path) -> None:
        """Make a folder durably: a file that outlives a power cut in a folder that does not is lost."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)

    def publish(self, staged: Path, path: str) -> None:
        target = self._path(path)
        try:
            staged.chmod(0o644)
            with staged.open("rb") as handle:
                os.fsync(handle.fileno())
            self._make(target.parent)
            staged.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise LakeError(f"{target} can't be written: {error.strerror or error}") from error
        finally:
            # Gone already, where it is in place.
            self.discard(staged)

    def discard(self, staged: Path) -> None:
        with suppress(OSError):
            staged.unlink(missing_ok=True)

    def local(self, path: str) -> Path:
        found = self._path(path)
        if not found.is_file():
            raise FileNotFoundError(path)
        return found

    def get(self, path: str) -> bytes:
        return self._path(path).read_bytes()

    def put(self, path: str, data: bytes) -> None:
        staged = self._staged(path, data)
        try:
            self.publish(staged, path)
        finally:
            self.discard(staged)

    def put_new(self, path: str, data: bytes) -> bool:
        staged = self._staged(path, data)
        try:
            # A hard link fails where the name exists: creation and content come in one move.
            os.link(staged, self._path(path))
        except FileExistsError:
            return False
        except OSError as error:
            raise LakeError(f"{self._path(path)} can't be written: {error.strerror or error}") from error
        finally:
            self.discard(staged)
        return True

    def _staged(self, path: str, data: bytes) -> Path:
        staged = self.stage(str(PurePosixPath(path).parent))
        try:
            staged.write_bytes(data)
        except OSError as error:
            self.discard(staged)
            raise LakeError(f"{self._path(path)} can't be written: {error.strerror or error}") from error
        return staged

    def list(self, folder: str) -> Iterator[str]:
        for path in files_below(self._path(folder), self._root):
            yield path.relative_to(self._root).as_posix()

    def exists(self, path: str) -> bool:
        return self._path(path).is_file()

    def changed(self, path: str) -> float:
        try:
            return self._path(path).stat().st_mtime
        except FileNotFoundError:
            return math.inf

    def delete(self, path: str) -> None:
        target = self._path(path)
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise LakeError(f"{target} can't be removed: {error.strerror or error}") from error
        if target.parent != self._root:
            # Only an empty folder goes: another run may be about to write there.
            with suppress(OSError):
                target.parent.rmdir()

    def holds(self, clock: Clock) -> Holds:
        return Holds(self._root, clock)

    def sweep(self, older_than: float) -> int:
        swept = 0
        for path in self._root.rglob(f".*{STAGED}"):
            # Its writer may put it in place, or take it away, while we look.
            with suppress(FileNotFoundError):
                writer = _writer(path.name)
                # Of one that lives here the age says nothing: a clock may have jumped.
                if is_alive(writer) or not path.is_file():
                    continue
                if is_gone(writer) or path.stat().st_mtime < older_than:
                    path.unlink()
                    swept += 1
        return swept


def _prefix() -> str:
    """What the name of a staged file begins with: the process that writes it, where that can be told."""
    told = identity()
    return f".{_short(told['place'])}-{told['pid']}-{told['started']}-" if told else "."


def _writer(name: str) -> dict[str, str]:
    """The process on this machine that wrote a staged file; empty for one of another machine or boot."""
    place, pid, started, *_ = f"{name[1:]}---".split("-")
    here = identity()
    if not here or place != _short(here["place"]):
        return {}
    return {"place": here["place"], "pid": pid, "started": started}


def _short(place: str) -> str:
    return hashlib.sha256(place.encode()).hexdigest()[:8]


def _sync_folder(folder: Path) -> None:
    """Make a rename durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_store(uri: str, *, create: bool = True) -> Store:
    """The store that a lake URI names: a folder, or `file://` and a folder.

    Raises:
        UsageError: the scheme is not known.
        LakeError: the folder can't be written.
    """
    if not uri.strip():
        raise UsageError("the lake has no name; give a folder")
    scheme, found, rest = uri.partition("://")
    if not found:
        return LocalStore(Path(uri).expanduser(), create=create)
    if scheme == "file" and rest.startswith("/"):
        return LocalStore(Path(rest), create=create)
    raise UsageError(f"the lake {uri!r} has a scheme that is not known; a folder or file:///folder is")
