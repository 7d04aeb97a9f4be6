"""Where bytes lie: a small interface that a local folder keeps, and an object store can keep too."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

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
        """Make the staged file durable and put it in the place of `path` in one move."""

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
        """Paths of all whole files below a folder, sorted."""

    def changed(self, path: str) -> float:
        """When a file was last put in place, in seconds since 1970; infinite where it is gone."""

    def delete(self, path: str) -> None:
        """Remove a file; no error if it is gone already."""

    def sweep(self, older_than: float) -> int:
        """Remove staged files left by runs that died; `older_than` in seconds since 1970."""


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
            target.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target, prefix=".", suffix=STAGED)
        except OSError as error:
            raise LakeError(f"{target} can't be written: {error.strerror or error}") from error
        os.close(handle)
        return Path(name)

    def publish(self, staged: Path, path: str) -> None:
        target = self._path(path)
        try:
            staged.chmod(0o644)
            with staged.open("rb") as handle:
                os.fsync(handle.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise LakeError(f"{target} can't be written: {error.strerror or error}") from error

    def local(self, path: str) -> Path:
        found = self._path(path)
        if not found.is_file():
            raise FileNotFoundError(path)
        return found

    def get(self, path: str) -> bytes:
        return self._path(path).read_bytes()

    def put(self, path: str, data: bytes) -> None:
        staged = self.stage(str(PurePosixPath(path).parent))
        staged.write_bytes(data)
        self.publish(staged, path)

    def put_new(self, path: str, data: bytes) -> bool:
        staged = self.stage(str(PurePosixPath(path).parent))
        staged.write_bytes(data)
        try:
            # A hard link fails where the name exists: creation and content come in one move.
            os.link(staged, self._path(path))
        except FileExistsError:
            return False
        finally:
            staged.unlink(missing_ok=True)
        return True

    def list(self, folder: str) -> Iterator[str]:
        base = self._path(folder)
        if not base.is_dir():
            return
        for path in sorted(base.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self._root).as_posix()

    def changed(self, path: str) -> float:
        try:
            return self._path(path).stat().st_mtime
        except FileNotFoundError:
            return math.inf

    def delete(self, path: str) -> None:
        target = self._path(path)
        target.unlink(missing_ok=True)
        if target.parent != self._root and target.parent.is_dir() and not any(target.parent.iterdir()):
            shutil.rmtree(target.parent, ignore_errors=True)

    def sweep(self, older_than: float) -> int:
        swept = 0
        for path in self._root.rglob(f".*{STAGED}"):
            if path.is_file() and path.stat().st_mtime < older_than:
                path.unlink(missing_ok=True)
                swept += 1
        return swept


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
