"""Tombstones: what was taken down, one small file each, beside the receipts: an input like any other.

A *mark* stands while the taking down is under way. It is put before anything is done and taken away when
all is done, so that a run that was killed is finished by the next.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from dateline.edges.lake.store import Store
from dateline.errors import Damaged
from dateline.text.forgotten import Forgotten

FOLDER = "receipts/forgotten"
KINDS = ("article", "source")
_NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{16}})\.json")
_MARK = re.compile(rf"{FOLDER}/([0-9a-f]{{16}})\.open")


@dataclass(frozen=True)
class Tombstone:
    """One thing that was taken down.

    Args:
        kind: article or source.
        value: the article's id; the source's slug, or the name of an archive.
        url: of the article, where it is known.
        reason: in the words of the person who asked for it.
        at: when, ISO 8601.
    """

    kind: str
    value: str
    url: str | None
    reason: str
    at: str

    @property
    def key(self) -> str:
        """16 hex digits over what it is of: the same thing has one tombstone."""
        return hashlib.sha256(f"{self.kind} {self.value}".encode()).hexdigest()[:16]


def put(store: Store, tombstone: Tombstone) -> bool:
    """Put a tombstone in place, after its mark; False, and the old one stays, if there is one already."""
    mark(store, tombstone.key, datetime.fromisoformat(tombstone.at))
    data = json.dumps(asdict(tombstone), indent=1, sort_keys=True).encode()
    return store.put_new(f"{FOLDER}/{tombstone.key}.json", data)


def tombstones(store: Store) -> Iterator[Tombstone]:
    """All tombstones, by key.

    Raises:
        Damaged: one can't be read; what it is of must not come back meanwhile.
    """
    for path in store.list(FOLDER):
        if _NAME.fullmatch(path):
            yield _read(store, path)


def known(store: Store) -> Forgotten:
    """Everything that was taken down.

    Raises:
        Damaged: a tombstone can't be read.
    """
    found = list(tombstones(store))
    return Forgotten(
        articles=frozenset(one.value for one in found if one.kind == "article"),
        sources=frozenset(one.value for one in found if one.kind == "source"),
        urls=frozenset(one.url for one in found if one.url),
    )


def mark(store: Store, key: str, at: datetime) -> None:
    """Say that a taking down has begun; what was written before `at` may hold what goes."""
    store.put(f"{FOLDER}/{key}.open", at.isoformat().encode())


def marks(store: Store) -> dict[str, datetime]:
    """Key → when it began, of all that is not finished.

    Raises:
        Damaged: one can't be read.
    """
    found = {}
    for path in store.list(FOLDER):
        if match := _MARK.fullmatch(path):
            try:
                found[match[1]] = datetime.fromisoformat(store.get(path).decode())
            except FileNotFoundError:
                # Another run has finished it.
                continue
            except ValueError as error:
                raise Damaged(
                    f"{path} can't be read; write an instant into it, as 2026-01-31T00:00:00+00:00"
                ) from error
    return found


def unmark(store: Store, key: str) -> None:
    """Say that it is finished."""
    store.delete(f"{FOLDER}/{key}.open")


def is_ours(path: str) -> bool:
    """Whether a path of the lake is that of a tombstone or a mark."""
    return bool(_NAME.fullmatch(path) or _MARK.fullmatch(path))


def _read(store: Store, path: str) -> Tombstone:
    try:
        found = Tombstone(**json.loads(store.get(path)))
        datetime.fromisoformat(found.at)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Damaged(f"the tombstone {path} can't be read ({error}); restore it from a copy") from error
    if found.kind not in KINDS or f"{FOLDER}/{found.key}.json" != path:
        raise Damaged(f"the tombstone {path} is that of another thing; restore it from a copy")
    return found
