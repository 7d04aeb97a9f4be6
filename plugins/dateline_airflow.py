"""What the DAGs share: the assets, the defaults of every task, and the adapter from a step to a task.

Every Airflow process loads this file, so it imports nothing heavy: what a task needs is imported when it
runs. All logic lies in `dateline.tasks`; here stand only its names, its retries and its weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from airflow.sdk import (
    Asset,
    Context,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    get_current_context,
    task,
)
from airflow.sdk.exceptions import AirflowFailException

DOCUMENTS = Asset("documents", extra={"dataset": "documents"})
"""Something new was taken in. Its events have no key: which days they touch, the lake knows."""

ARTICLES = Asset("articles", extra={"dataset": "articles"})
"""A published day is other than before. One event a day, its partition key is the day (YYYY-MM-DD)."""

MINUTES = timedelta(minutes=10)
"""Tasks that only look."""
LONG = timedelta(hours=12)
"""Tasks over as much as an archive holds. What is done is not done twice, so a retry goes on."""

_SOON, _LATER = timedelta(minutes=2), timedelta(minutes=5)

_FAIL = RetryRule(
    exception=[
        "dateline.errors.UsageError",
        "dateline.errors.ContractBroken",
        "dateline.errors.SumsDoNotAdd",
        "dateline.errors.ResourceMissing",
        "dateline.errors.OtherSchema",
        "builtins.ImportError",
    ],
    action=RetryAction.FAIL,
    reason="it would fail in the same way again",
)
# Anything that is in neither may pass too: Airflow's own rule, `retries` and `retry_delay`.
_RETRY = [
    RetryRule(exception=names, action=RetryAction.RETRY, retry_delay=delay, reason=reason)
    for names, delay, reason in (
        (["dateline.errors.LeaseHeld"], _LATER, "another run is settling the lake"),
        (["dateline.errors.LakeError"], _LATER, "a full or absent disk may be mended"),
        (["builtins.ConnectionError", "builtins.TimeoutError"], _SOON, "networks come back"),
        (["airflow.sdk.exceptions.AirflowTaskTimeout"], _SOON, "it goes on where it was stopped"),
    )
]

DEFAULTS: dict[str, Any] = {
    "owner": "dateline",
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "execution_timeout": timedelta(hours=2),
    # By itself: not with that of all that follows, which would let a long DAG overtake a short one.
    "weight_rule": "absolute",
    "priority_weight": 5,
    "retry_policy": ExceptionRetryPolicy(rules=[_FAIL, *_RETRY]),
}

AHEAD: dict[str, Any] = {"priority_weight": 10}
"""Live news: the next free worker is its own, as feeds roll over within hours."""
BEHIND: dict[str, Any] = {"priority_weight": 1}
"""Archives and work that is done again: they have time."""

LEASE_RETRIES = 8
"""With five minutes between them, longer than a lease lasts that nobody renews."""


def owner(context: Context) -> str:
    """Who holds the lease of the lake: this DAG run."""
    run = context["dag_run"]
    return f"{run.dag_id} {run.run_id}"


def name(**labels: str) -> None:
    """What a mapped task is called in the grid, for its `map_index_template`."""
    get_current_context().update(labels)  # type: ignore[typeddict-item]


def label(names: list[str]) -> str:
    """How a group of days or sources is called in the grid."""
    return names[0] if len(names) == 1 else f"{span(names[0], names[-1])} ({len(names)})"


def span(first: str, last: str) -> str:
    """From what to what, in the 250 characters that the metadata database has for it."""
    return first[:100] if first == last else f"{first[:100]} … {last[:100]}"


def step(verb: str, doc: str, **options: Any) -> Callable[..., Any]:
    """The task of a settle step, named by its verb; its argument `days` is a group of day names."""

    @task(task_id=verb, map_index_template="{{ group }}", doc_md=doc, **options)
    def run(days: list[str]) -> None:
        from dateline.tasks import settling

        context = get_current_context()
        name(group=label(days))
        settling.work(verb, days, owner(context), dict(context["params"]))

    return run


def key_of(context: Context) -> str | None:
    """The day that a run's partition key names, as YYYY-MM-DD; None for a run without a key.

    Raises:
        AirflowFailException: the key is no real day.
    """
    return None if context["dag_run"].partition_key is None else partition_day(context).isoformat()


def partition_day(context: Context) -> date:
    """The day that a run's partition key names.

    Raises:
        AirflowFailException: there is no key, or it is no real day as YYYY-MM-DD. A key comes from
            outside (the API takes any string) and becomes a path: nothing else is let through.
    """
    key = context["dag_run"].partition_key
    if key is None:
        raise AirflowFailException("this DAG runs for one day: give its partition key, as YYYY-MM-DD")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", key):
        try:
            return date.fromisoformat(key)
        except ValueError:
            pass
    raise AirflowFailException(f"no day: {key[:40]!r}; a real day as YYYY-MM-DD is wanted")
