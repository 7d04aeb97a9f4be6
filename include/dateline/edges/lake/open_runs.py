"""Live runs that have begun and not ended, one small file each, beside the receipts.

The file is put before anything is asked and taken away after the last segment. While it stands, what names
pages (feeds, sitemaps, section pages) may have come with pages that nobody has asked for yet: the next run
of the same sources reads it again from the lake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from dateline.edges.lake.receipts import batch_key
from dateline.edges.lake.store import Store
from dateline.errors import Damaged

_FOLDER = "receipts/live"
_NAME = re.compile(rf"{_FOLDER}/[0-9a-f]{{16}}\.json")


@dataclass(frozen=True)
class OpenRun:
    """A live run that was begun.

    Args:
        id: of the run; its segments are the batches `<id>/0`, `<id>/1` and so on.
        slugs: the sources whose pages may not all have been asked for.
    """

    id: str
    slugs: tuple[str, ...]


def begin(store: Store, run: OpenRun) -> None:
    """Say that a run has begun."""
    store.put(_path(run.id), json.dumps(asdict(run), indent=1, sort_keys=True).encode())


def open_runs(store: Store) -> Iterator[OpenRun]:
    """All runs that have not ended, in the order of their files.

    Raises:
        Damaged: one can't be read.
    """
    for path in store.list(_FOLDER):
        if not is_ours(path):
            continue
        try:
            values = json.loads(store.get(path))
            run = OpenRun(str(values["id"]), tuple(map(str, values["slugs"])))
        except FileNotFoundError:
            # Another run has ended it.
            continue
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Damaged(f"{path} can't be read ({error}); removed, the next poll starts afresh") from error
        yield run


def end(store: Store, slugs: set[str], configured: set[str]) -> None:
    """Say that all pages of some sources have been asked for, or put off in writing.

    Args:
        configured: slugs of all sources that there are; a run may have been of some that are no more.
    """
    for run in list(open_runs(store)):
        left = tuple(slug for slug in run.slugs if slug in configured - slugs)
        if not left:
            store.delete(_path(run.id))
        elif left != run.slugs:
            begin(store, OpenRun(run.id, left))


def is_ours(path: str) -> bool:
    """Whether a path of the lake is that of an open run."""
    return _NAME.fullmatch(path) is not None


def _path(run_id: str) -> str:
    return f"{_FOLDER}/{batch_key(run_id)}.json"
