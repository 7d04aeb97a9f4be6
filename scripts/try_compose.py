"""Runs docker-compose.yaml for real, on sample news, and takes everything down again.

    python scripts/try_compose.py                  about four minutes, of which one builds the image
    python scripts/try_compose.py --if-possible    leaves it out, in a line, where no engine has the images

A project, port, network and secrets of its own, so a stack that runs on this machine stays as it is; only
the image and the builder's cache are left. Nothing of the internet is wanted but the package index.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import urllib.error
from collections.abc import Callable

import airflow_api
from compose_stack import Failed, Stack, call, obstacle, running, say

DAYS = {"2026-03-22", "2026-03-23", "2026-03-24", "2026-03-25"}
"""What the sample newsroom has published by the evening of 25 March 2026."""

COUNT = "SELECT count(*) FROM 'data/lake/articles/*/*.parquet'"
COUNTED = f'import duckdb; print(duckdb.sql("{COUNT}").fetchone()[0])'


def wait(what: str, done: Callable[[], bool], seconds: float = 240) -> None:
    """Ask each second until it is so.

    Raises:
        Failed: it was not, in that time.
    """
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise Failed(f"{what}: not within {seconds:.0f} s")
        time.sleep(1)


def run(api: airflow_api.Api, dag: str, meanwhile: Callable[[str], None] | None = None) -> None:
    """One run of a DAG, from trigger to success.

    Raises:
        Failed: it failed or took too long.
    """
    began, name = time.monotonic(), api.trigger(dag)
    if meanwhile:
        meanwhile(name)

    def state() -> str:
        return next(one["state"] for one in api.runs(dag) if one["dag_run_id"] == name)

    wait(f"the end of {dag}", lambda: state() in ("success", "failed"))
    if state() != "success":
        raise Failed(f"{dag} has failed")
    say(f"{dag}: success in {time.monotonic() - began:.0f} s")


def check_doors(stack: Stack) -> None:
    """A wrong password is refused, code can't be written, and no log tells a secret.

    Raises:
        Failed: one of them is not so.
    """
    try:
        airflow_api.Api(stack.port, "wrong").dags()
    except urllib.error.HTTPError as error:
        if error.code != 401:
            raise Failed(f"a wrong password is answered with {error.code}") from error
    else:
        raise Failed("a wrong password lets in")
    for folder in ("dags", "plugins", "include", "sources", "archives"):
        if not _refused(stack, folder):
            raise Failed(f"{folder} can be written from inside")
    logs = stack.compose("logs", "--no-color")
    if told := [name for name, value in stack.secrets.items() if value in logs]:
        raise Failed(f"the logs tell {', '.join(told)}")


def _refused(stack: Stack, folder: str) -> bool:
    try:
        stack.inside("touch", f"/opt/dateline/{folder}/written")
    except Failed as error:
        return "Read-only file system" in str(error)
    return False


def check_lake(stack: Stack) -> None:
    """The days are published and the lake keeps its promises.

    Raises:
        Failed: a day is missing, or `dateline check` has something to say.
    """
    days = {name.removeprefix("date=") for name in stack.inside("ls", "data/lake/articles").split()}
    if days != DAYS:
        raise Failed(f"published days: {sorted(days)}")
    say(f"published: {stack.inside('python', '-c', COUNTED).strip()} articles of {len(days)} days")
    say(f"dateline check: {stack.inside('dateline', 'check').strip()}")


def check_containers(stack: Stack) -> None:
    """Every service is healthy (`init` has ended well), and none was restarted by a crash.

    Raises:
        Failed: one is not.
    """
    for one in stack.containers():
        name, state = one["Config"]["Labels"]["com.docker.compose.service"], one["State"]
        well = state["ExitCode"] == 0 if name == "init" else state["Health"]["Status"] == "healthy"
        if not well or one["RestartCount"] or state["OOMKilled"]:
            raise Failed(f"{name}: {state['Status']}, {one['RestartCount']} restarts, {state}")
    ids = [one["Id"] for one in stack.containers() if one["State"]["Running"]]
    say(
        call("docker", "stats", "--no-stream", "--format", "  {{.Name}}: {{.MemUsage}}", *ids).stdout.rstrip()
    )


def work(stack: Stack) -> None:
    """Poll, publish with a restart of the scheduler in the middle, and look at what came out."""
    api = airflow_api.Api(stack.port, stack.secrets["ADMIN_PASSWORD"])
    needed = {"news_ingest", "news_settle"}
    wait("the DAGs", lambda: api.is_ready(needed))
    if told := api.worth_telling():
        raise Failed("; ".join(told))
    check_doors(stack)
    run(api, "news_ingest")

    def restart(name: str) -> None:
        path = f"/api/v2/dags/news_settle/dagRuns/{name}/taskInstances?state=running&limit=1"
        wait("a task of news_settle", lambda: api.ask(path)["total_entries"] > 0, 90)
        began = time.monotonic()
        stack.compose("restart", "scheduler")
        say(f"the scheduler was restarted in the middle, in {time.monotonic() - began:.0f} s")

    run(api, "news_settle", restart)
    check_lake(stack)
    wait("the scheduler's health", lambda: api.is_ready(needed))
    wait(
        "a healthy container",
        lambda: all(one["State"].get("Health", {}).get("Status") != "starting" for one in stack.containers()),
    )
    check_containers(stack)


def main() -> int:
    """Exit code 0 if all went well, or if it can't be run here and need not be; 1 otherwise."""
    parser = argparse.ArgumentParser(description="Run docker-compose.yaml on sample news, and take it down.")
    parser.add_argument("--if-possible", action="store_true", help="leave it out where it can't be run")
    given = parser.parse_args()
    if given.if_possible and (why := obstacle()):
        say(f"Docker Compose: left out, as {why}")
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended so, it takes the stack down too
    began = time.monotonic()
    try:
        with running() as stack:
            work(stack)
    except Failed as error:
        say(f"Docker Compose: failed: {error}")
        return 1
    say(f"Docker Compose: all is well, in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
