"""The lease of the lake: one settle run at a time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from dateline.edges.lake.store import Store
from dateline.errors import LeaseHeld

PATH = "lease.json"
RIGHT = "lease-right.json"
LASTS = timedelta(minutes=30)
"""Longer than a settle task should be silent; each task renews it."""


def take(store: Store, owner: str, now: datetime) -> None:
    """Take the lease, or renew it where `owner` has it; an expired one is taken over.

    Raises:
        LeaseHeld: another owner has it and it has not expired.
    """
    data = json.dumps({"owner": owner, "until": (now + LASTS).isoformat()}).encode()
    if store.put_new(PATH, data):
        return
    held = _read(store)
    if held is not None and held[0] == owner:
        store.put(PATH, data)
        return
    if held is not None and held[1] > now:
        raise LeaseHeld(f"{held[0]} is settling this lake until {held[1]:%Y-%m-%d %H:%M:%S} UTC at most")
    _take_over(store, data, now)


def _take_over(store: Store, data: bytes, now: datetime) -> None:
    """Replace an expired lease; of several who try at once one wins.

    The right to replace it is a lease of its own, of a minute, that only one can create.
    """
    right = json.dumps({"owner": "", "until": (now + timedelta(minutes=1)).isoformat()}).encode()
    if not store.put_new(RIGHT, right):
        held = _read(store, RIGHT)
        if held is None or held[1] <= now:
            store.delete(RIGHT)
        raise LeaseHeld("another run is taking over the expired lease of this lake; try again")
    try:
        store.put(PATH, data)
    finally:
        store.delete(RIGHT)


def free(store: Store, owner: str) -> None:
    """Give the lease back, if `owner` has it."""
    held = _read(store)
    if held is not None and held[0] == owner:
        store.delete(PATH)


def _read(store: Store, path: str = PATH) -> tuple[str, datetime] | None:
    try:
        values = json.loads(store.get(path))
        return str(values["owner"]), datetime.fromisoformat(values["until"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        # A torn lease names nobody: it can be taken over.
        return None
