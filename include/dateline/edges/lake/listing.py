"""Listing a folder of a lake: all of it or an error, for what is not seen would be taken for gone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import LakeError


def files_below(base: Path, root: Path) -> list[Path]:
    """The files below a folder whose names are not hidden, sorted; none where it is not there.

    Args:
        base: the folder; the root of the lake, or below it.
        root: may be a link itself.

    Raises:
        LakeError: a folder can't be listed, or is a link.
    """
    try:
        for folder in (base, *base.parents)[: len(base.relative_to(root).parts)]:
            _refuse_link(folder)
        return sorted(_walk(base), key=lambda path: path.parts)
    except OSError as error:
        told = error.strerror or str(error)
        raise LakeError(f"{error.filename or base} can't be listed: {told}") from error


def _walk(base: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(base, onerror=_raise_unless_gone):
        for name in folders:
            _refuse_link(Path(folder, name))
        yield from (path for name in names if name[0] != "." and (path := Path(folder, name)).is_file())


def _refuse_link(folder: Path) -> None:
    # A folder behind a link would be half seen: its files exist, and a walk does not meet them.
    if folder.is_symlink():
        raise LakeError(f"{folder} is a link to a folder; a lake's folders are not links")


def _raise_unless_gone(error: OSError) -> None:
    # Another run may take an empty folder away while we look; and where there is none, there is no file.
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error
