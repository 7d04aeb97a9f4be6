"""Migrate: carry a lake across a change of schema, or of the library that writes Parquet.

Files of intake are written anew beside the old ones and the receipt is switched to them, the clean receipt
before the fetch receipt: whoever is killed in between has a clean receipt that names captures which are
about to exist, and nothing has to be cleaned again. A derived day whose rows stay as they are is replaced
by one rename; one of another schema is made again by settle.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from dateline.contracts import contract
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, lease
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.footers import Footer, library, read_written, require_version
from dateline.edges.lake.partitions import Day, day_name, sort_key
from dateline.edges.lake.receipts import Receipt
from dateline.edges.lake.rewrite import rewrite
from dateline.errors import LakeError
from dateline.intake import clean_batch
from dateline.pipeline import DERIVED_DATASETS
from dateline.report import Summary
from dateline.resources import Resources
from dateline.run import settle_all
from dateline.settings import Settings
from dateline.settle import Span, leased

SCHEMA, LIBRARY = "older schema", "other library"
"""Why a file is written anew."""

_STEPS = ("fetch", "clean")


@dataclass(frozen=True)
class Old:
    """A file that is to be written anew.

    Args:
        why: SCHEMA or LIBRARY.
        rows: how many it has.
    """

    dataset: str
    path: str
    rows: int
    why: str


@dataclass
class Plan:
    """What a lake needs to be of one piece with this dateline.

    Args:
        batches: B → its files of intake; a batch without any is there for its lost documents.
        lost: batches of which files of the clean step have vanished: they are cleaned again.
        files: derived days and `changes`, whose files are replaced one by one.
        again: days that settle makes again, because their schema is another.
    """

    batches: dict[str, list[Old]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    files: list[Old] = field(default_factory=list)
    again: set[Day] = field(default_factory=set)

    @property
    def old(self) -> list[Old]:
        """Every file that is to be written anew."""
        return [*(one for batch in self.batches.values() for one in batch), *self.files]


@dataclass(frozen=True)
class _Those(Span):
    """Just some days."""

    those: frozenset[Day] = frozenset()

    def __contains__(self, day: Day) -> bool:
        return day in self.those


def survey(lake: Lake) -> Plan:
    """Look at every file's footer; nothing is changed.

    Raises:
        NewerSchema: a file was written by a newer dateline.
        LakeError: a file can't be read, or one that can't be made again is gone.
    """
    plan = Plan()
    for step in _STEPS:
        for receipt in lake.receipts(step):
            for file in receipt.files:
                _survey_listed(lake, plan, receipt, file)
    for path in lake.store.list("changes"):
        if path.endswith(".parquet"):
            plan.files += _survey_file(lake, "changes", path)
    for dataset in DERIVED_DATASETS:
        for day in lake.days(dataset):
            path = f"{dataset}/date={day_name(day)}/part.parquet"
            if _is_other_schema(lake, dataset, path):
                plan.again.add(day)
            else:
                plan.files += _survey_file(lake, dataset, path)
    return plan


def _survey_listed(lake: Lake, plan: Plan, receipt: Receipt, file: FileFacts) -> None:
    if receipt.step == "clean" and not lake.has(file):
        plan.batches.setdefault(receipt.batch, [])
        plan.lost.add(receipt.batch)
        return
    footer, by = _written(lake, file.dataset, file.path)
    known = contract(file.dataset).version
    if footer.schema_version != known or file.schema_version != known:
        why = SCHEMA
    elif by != library():
        why = LIBRARY
    else:
        return
    plan.batches.setdefault(receipt.batch, []).append(Old(file.dataset, file.path, file.rows, why))


def _survey_file(lake: Lake, dataset: str, path: str) -> list[Old]:
    footer, by = _written(lake, dataset, path)
    rows = int(footer.row_digest.partition(":")[0])
    if footer.schema_version != contract(dataset).version:
        return [Old(dataset, path, rows, SCHEMA)]
    return [Old(dataset, path, rows, LIBRARY)] if by != library() else []


def _is_other_schema(lake: Lake, dataset: str, path: str) -> bool:
    made, (footer, _) = contract(dataset), _written(lake, dataset, path)
    return footer.schema_version != made.version or footer.versions.get("contract") != made.digest()


def _written(lake: Lake, dataset: str, path: str) -> tuple[Footer, str]:
    try:
        footer, by = read_written(lake.store.local(path))
    except FileNotFoundError as error:
        raise LakeError(f"{path} is gone; run `dateline check` to see what to do") from error
    if footer.schema_version > contract(dataset).version:
        require_version(contract(dataset), footer.schema_version, path)
    return footer, by


@contextmanager
def holding(settings: Settings) -> Iterator[Callable[[], None]]:
    """Hold the lease of the lake; gives what renews it, to be called before anything is put in place.

    Raises:
        UsageError: there is no lake.
        LeaseHeld: another run has it.
    """
    lake = Lake.open(settings.lake, create=False)
    owner = f"dateline migrate {socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"
    with leased(lake, Clock(), owner):
        yield lambda: lease.renew(lake.store, owner, Clock().now())


def carry(settings: Settings, plan: Plan, guard: Callable[[], None]) -> Iterator[Old]:
    """Write the files of a plan anew, and yield each when it is done; settle comes after it.

    Killed anywhere, every receipt lists the old files or the new ones, and the next run goes on from there.

    Args:
        guard: called before anything is put in place.

    Raises:
        LakeError: rows came out other than they were, or a batch was taken in meanwhile: what was done
            stays, this file or batch is as it was.
    """
    lake = Lake.open(settings.lake, create=False)
    for old in plan.files:
        digest = _written(lake, old.dataset, old.path)[0].row_digest
        made = rewrite(lake.store, contract(old.dataset), old.path, digest)
        try:
            guard()
            lake.store.publish(made.file, old.path)
        finally:
            lake.store.discard(made.file)
        yield old
    for batch, files in plan.batches.items():
        yield from _carry_batch(lake, batch, {old.path: old for old in files}, guard)
        if batch in plan.lost:
            receipt = lake.receipt("clean", batch)
            if receipt is not None:
                clean_batch(lake, receipt.id, Resources(settings).clean, again=True)


def _carry_batch(lake: Lake, batch: str, old: dict[str, Old], guard: Callable[[], None]) -> Iterator[Old]:
    receipts = [receipt for step in _STEPS if (receipt := lake.receipt(step, batch)) is not None]
    moved: dict[str, FileFacts] = {}
    for receipt in receipts:
        for file in receipt.files:
            if file.path in old and file.path not in moved:
                moved[file.path] = _carry_file(lake, batch, file, guard)
    for receipt in reversed(receipts):
        files = tuple(moved.get(file.path, file) for file in receipt.files)
        inputs = receipt.inputs
        if receipt.step == "clean":
            inputs = dict(_renamed(path, digest, moved) for path, digest in inputs.items())
        now = replace(receipt, files=files, inputs=inputs)
        # A batch with lost documents can't be listed as whole: it is cleaned again.
        if now != receipt and all(map(lake.has, files)):
            _switch(lake, receipt, now, guard)
    yield from old.values()


def _renamed(path: str, digest: str, moved: dict[str, FileFacts]) -> tuple[str, str]:
    return (moved[path].path, moved[path].row_digest) if path in moved else (path, digest)


def _carry_file(lake: Lake, batch: str, file: FileFacts, guard: Callable[[], None]) -> FileFacts:
    kept = contract(file.dataset)
    made = rewrite(lake.store, kept, file.path, file.row_digest)
    path = f"{file.dataset}/date={file.day}/{batch}-{made.sha256[:16]}.parquet"
    try:
        guard()
        lake.store.publish(made.file, path)
    finally:
        lake.store.discard(made.file)
    return FileFacts(
        file.dataset, file.day, path, file.rows, made.sha256, made.footer.row_digest, kept.version
    )


def _switch(lake: Lake, before: Receipt, now: Receipt, guard: Callable[[], None]) -> None:
    guard()
    lake.write_receipt(now, before)


def settle_after(settings: Settings, plan: Plan) -> Iterator[Summary]:
    """Make the days of another schema again, then whatever these and the carried documents have moved."""
    again = frozenset(plan.again)
    if again:
        yield from settle_all(settings, _Those(those=again), versions=True, note="carried over by migrate")
    yield from settle_all(settings)


def days_again(plan: Plan) -> list[str]:
    """Names of the days that are made again, in order."""
    return [day_name(day) for day in sorted(plan.again, key=sort_key)]
