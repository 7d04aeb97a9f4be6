"""The lease of the lake: one settle run at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from dateline.edges.lake.store import Store
from dateline.edges.process import is_gone
from dateline.errors import LakeError, LeaseHeld

PATH = "lease.json"
RIGHT = "lease-right.json"
LASTS = timedelta(minutes=30)
"""Longer than a settle task should be silent; each task renews it."""
RENEWED = timedelta(minutes=1)
"""One that was renewed less than this ago is not written again: a day takes milliseconds, two fsyncs more."""
RIGHT_LASTS = timedelta(minutes=1)
SLACK = timedelta(minutes=5)
"""How far the clocks of two machines may lie apart before that is said to be the trouble."""


@dataclass(frozen=True)
class Held:
    """What a lease says.

    Args:
        owner: who has it, in words.
        until: when it ends unless it is renewed.
        process: the process that it ends with, as `edges.process.identity` tells; empty where it belongs
            to more than one process (an Airflow run).
    """

    owner: str
    until: datetime
    process: dict[str, str] = field(default_factory=dict)

    def ended(self, now: datetime) -> bool:
        return self.until <= now or is_gone(self.process)

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was renewed just now, by a clock that agrees with ours."""
        return LASTS - RENEWED < self.until - now <= LASTS


def take(store: Store, owner: str, now: datetime, process: dict[str, str] | None = None) -> None:
    """Take the lease, or renew it where `owner` has it; one that has ended is taken over.

    Args:
        process: the process that the lease ends with; a renewal keeps what was told at first.

    Raises:
        LeaseHeld: another owner has it and it has not ended.
    """
    data = _data(owner, now + LASTS, process or {})
    if store.put_new(PATH, data):
        return
    held = read(store)
    if held is not None and held.owner == owner:
        store.put(PATH, _data(owner, now + LASTS, process or held.process))
        return
    if held is not None and not held.ended(now):
        raise LeaseHeld(_told(store, held, now))
    _take_over(store, data, now)


def renew(store: Store, owner: str, now: datetime) -> None:
    """Renew the lease that `owner` has.

    Raises:
        LeaseHeld: it has not got it: it ended and was taken over, or was given back.
    """
    held = read(store)
    if held is None or held.owner != owner:
        has = f"; {held.owner} has it" if held is not None else ""
        raise LeaseHeld(f"{owner} does not hold the lease of this lake any more{has}")
    if not held.is_fresh(now):
        store.put(PATH, _data(owner, now + LASTS, held.process))


@contextmanager
def kept(store: Store, owner: str, now: Callable[[], datetime], every: float = 300.0) -> Iterator[None]:
    """Renew the lease as long as the block lasts, however long one day takes.

    Args:
        every: seconds between two renewals. One that fails is not told here: before anything is put in
            place the lease is looked at once more.
    """
    ended = Event()

    def beat() -> None:
        while not ended.wait(every):
            with suppress(LakeError):
                renew(store, owner, now())

    thread = Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _told(store: Store, held: Held, now: datetime) -> str:
    told = f"{held.owner} is settling this lake until {held.until:%Y-%m-%d %H:%M:%S} UTC at most"
    if held.until > now + LASTS + SLACK:
        told += (
            f", which is longer than a lease lasts: a clock has jumped, or two machines disagree (here it is "
            f"{now:%Y-%m-%d %H:%M:%S} UTC). If that run is gone, remove {store.uri}/{PATH}"
        )
    return told


def _take_over(store: Store, data: bytes, now: datetime) -> None:
    """Replace a lease that has ended; of several who try at once one wins.

    The right to replace it is a lease of its own, of a minute, that only one can create.
    """
    if not _right(store, json.loads(data)["process"], now):
        raise LeaseHeld("another run is taking over the expired lease of this lake; try again")
    try:
        held = read(store)
        if held is None or held.ended(now):
            store.put(PATH, data)
            return
        # Somebody else was quicker than our look at the old one.
        raise LeaseHeld(_told(store, held, now))
    finally:
        store.delete(RIGHT)


def _right(store: Store, process: dict[str, str], now: datetime) -> bool:
    """Get the right to take over; that of a run that died meanwhile is cleared away once.

    Two who clear it away at once may both get it: the one that is then not named by the lease is refused
    when it renews, which is before anything is put in place.
    """
    for _ in range(2):
        if store.put_new(RIGHT, _data("", now + RIGHT_LASTS, process)):
            return True
        held = read(store, RIGHT)
        if held is not None and not held.ended(now) and held.until <= now + RIGHT_LASTS + SLACK:
            return False
        store.delete(RIGHT)
    return False


def free(store: Store, owner: str) -> None:
    """Give the lease back, if `owner` has it."""
    held = read(store)
    if held is not None and held.owner == owner:
        store.delete(PATH)


def _data(owner: str, until: datetime, process: dict[str, str]) -> bytes:
    return json.dumps({"owner": owner, "until": until.isoformat(), "process": process}).encode()


def read(store: Store, path: str = PATH) -> Held | None:
    """Who has the lease; None where nobody has, or where it is torn and names nobody.

    Raises:
        LakeError: it can't be read.
    """
    try:
        values = json.loads(store.get(path))
        process = {str(key): str(value) for key, value in values.get("process", {}).items()}
        return Held(str(values["owner"]), datetime.fromisoformat(values["until"]).astimezone(UTC), process)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LakeError(f"{store.uri}/{path} can't be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
