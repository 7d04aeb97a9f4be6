"""Tombstones: what was taken down, one small file each, beside the receipts: an input like any other.

A *mark* stands while a taking down is under way. It is put before anything is done and taken away when
all is done, so that a run that was killed is finished by the next. Each has a name of its own: who finishes
one must not take away what another run has put meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from dateline.edges.lake.store import Store
from dateline.errors import Damaged
from dateline.text.forgotten import Forgotten
from dateline.text.urls import article_id

FOLDER = "receipts/forgotten"
KINDS = ("article", "source")
_NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{16}})\.json")
_MARK = re.compile(rf"{FOLDER}/([0-9a-f]{{16}}(?:-[0-9a-f]{{16}})?)\.open")


@dataclass(frozen=True)
class Tombstone:
    """One thing that was taken down: in one file, so that it is forgotten under all its names or under none.

    Args:
        kind: article or source.
        value: the article's id; the source's slug, or the name of an archive.
        url: of the article, as it was asked for; None where only its id is known.
        reason: in the words of the person who asked for it.
        at: when, ISO 8601.
        articles: further ids that the article was met under.
        urls: every address that it was met at, one for each id.
    """

    kind: str
    value: str
    url: str | None
    reason: str
    at: str
    articles: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """16 hex digits over what it is of: the same thing has one tombstone."""
        return hashlib.sha256(f"{self.kind} {self.value}".encode()).hexdigest()[:16]

    @property
    def ids(self) -> frozenset[str]:
        """All article ids; also those that its addresses have by the present rules of the URL key."""
        if self.kind != "article":
            return frozenset()
        return frozenset({self.value, *self.articles, *map(article_id, self.addresses)})

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses that are known."""
        return frozenset({*self.urls, *([self.url] if self.url else ())})

    def known_as(self, articles: Iterable[str], urls: Iterable[str]) -> Tombstone:
        """The same with further ids and addresses."""
        more, known = {*self.articles, *articles} - {self.value}, {self.url, *self.urls}
        fresh = {url for url in urls if article_id(url) not in {article_id(one) for one in known if one}}
        return replace(self, articles=tuple(sorted(more)), urls=tuple(sorted({*self.urls, *fresh})))


@dataclass(frozen=True)
class Mark:
    """A taking down that has begun.

    Args:
        at: what was written before may hold what goes.
        met: (address, what it led to or calls itself) of addresses that it was met at since.
    """

    at: datetime
    met: tuple[tuple[str, str], ...] = ()


def put(store: Store, tombstone: Tombstone) -> bool:
    """Put a tombstone in place, after its mark; False, and the old one stays, if there is one already."""
    mark(store, tombstone.key, datetime.fromisoformat(tombstone.at))
    return store.put_new(f"{FOLDER}/{tombstone.key}.json", _encoded(tombstone))


def extend(store: Store, tombstone: Tombstone) -> None:
    """Put a tombstone in the place of one that knew fewer names; only who holds the lease may."""
    store.put(f"{FOLDER}/{tombstone.key}.json", _encoded(tombstone))


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
        articles=frozenset(each for one in found for each in one.ids),
        sources=frozenset(one.value for one in found if one.kind == "source"),
        urls=frozenset(each for one in found for each in one.addresses),
    )


def mark(store: Store, key: str, at: datetime, met: Iterable[tuple[str, str]] = ()) -> str:
    """Say that a taking down has begun; what was written before `at` may hold what goes. Gives its name."""
    data = json.dumps({"at": at.isoformat(), "met": sorted(set(met))}, indent=1).encode()
    name = f"{key}-{hashlib.sha256(data).hexdigest()[:16]}"
    store.put(f"{FOLDER}/{name}.open", data)
    return name


def marks(store: Store) -> dict[str, Mark]:
    """Name → mark, of all that is not finished.

    Raises:
        Damaged: one can't be read.
    """
    found = {}
    for path in store.list(FOLDER):
        if match := _MARK.fullmatch(path):
            try:
                found[match[1]] = _mark(store.get(path))
            except FileNotFoundError:
                # Another run has finished it.
                continue
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise Damaged(
                    f"{path} can't be read; write an instant into it, as 2026-01-31T00:00:00+00:00"
                ) from error
    return found


def unmark(store: Store, name: str) -> None:
    """Say that it is finished."""
    store.delete(f"{FOLDER}/{name}.open")


def is_ours(path: str) -> bool:
    """Whether a path of the lake is that of a tombstone or a mark."""
    return bool(_NAME.fullmatch(path) or _MARK.fullmatch(path))


def _mark(data: bytes) -> Mark:
    text = data.decode()
    # A person may write a bare instant, as marks of older versions have it.
    values: dict[str, Any] = json.loads(text) if text.startswith("{") else {"at": text, "met": []}
    return Mark(
        datetime.fromisoformat(values["at"].strip()),
        tuple((str(one), str(other)) for one, other in values["met"]),
    )


def _encoded(tombstone: Tombstone) -> bytes:
    return json.dumps(asdict(tombstone), indent=1, sort_keys=True).encode()


def _read(store: Store, path: str) -> Tombstone:
    try:
        values = json.loads(store.get(path))
        for name in ("articles", "urls"):
            values[name] = tuple(map(str, values.get(name, ())))
        found = Tombstone(**values)
        datetime.fromisoformat(found.at)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Damaged(f"the tombstone {path} can't be read ({error}); restore it from a copy") from error
    if found.kind not in KINDS or f"{FOLDER}/{found.key}.json" != path:
        raise Damaged(f"the tombstone {path} is that of another thing; restore it from a copy")
    return found
