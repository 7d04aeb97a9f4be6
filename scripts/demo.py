"""The main job, shown: a sample newsroom and archive through Airflow into a lake, without network or login.

Polls six fictional publishers twice (12 hours pass between), takes an archive in, settles, and prints what
came out. Every step runs as an Airflow task, in this one process. Run it again: what is done is not done
twice.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import airflow_home

ROOT = airflow_home.ROOT
POLLS = ("2026-03-25T06:00:00Z", "2026-03-25T18:00:00Z")
QUERY = """import duckdb; duckdb.sql(\\"SELECT date, source, title FROM '{lake}/articles/*/*.parquet' \
WHERE duplicate_of IS NULL ORDER BY published DESC LIMIT 5\\").show()"""


def say(text: str = "") -> None:
    """One line to whoever watches."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def quiet(path: Path) -> Iterator[None]:
    """Send what Airflow writes, to whatever stream, to a file."""
    sys.stdout.flush()
    kept = [os.dup(1), os.dup(2)]
    with path.open("ab") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, file in zip((1, 2), kept, strict=True):
            os.dup2(file, number)
            os.close(file)


class Failed(Exception):
    """A DAG run did not end as a success."""


def run(dag: Any, what: str, log: Path, conf: dict[str, Any] | None = None) -> None:
    """Run a DAG once and tell what became of its tasks.

    Raises:
        Failed: with the names of the tasks that failed.
    """
    began = time.monotonic()
    with quiet(log):
        done = dag.test(run_conf=conf)
        states = Counter((ti.task_id, str(ti.state)) for ti in done.get_task_instances())
    order = [task.task_id for task in dag.topological_sort()]
    told = []
    for task in order:
        mine = {state: count for (name, state), count in states.items() if name == task}
        ran = sum(count for state, count in mine.items() if state != "skipped")
        told.append(f"{task} ×{ran}" if ran > 1 else task if ran else f"({task})")
    say(f"  {dag.dag_id}: {what}")
    say(f"    {' → '.join(told)}   {done.state}, {time.monotonic() - began:.1f} s")
    if str(done.state) != "success":
        failed = sorted({name for name, state in states if state not in ("success", "skipped")})
        raise Failed(f"{dag.dag_id} failed in {', '.join(failed)}; the log is {log}")


def work(log: Path) -> None:
    """Two polls, the archive, and settling.

    Raises:
        Failed: a DAG run failed, or a DAG file can't be read.
    """
    with quiet(log):
        airflow_home.prepare()
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(dag_folder=str(ROOT / "dags"))
    if bag.import_errors:
        raise Failed(f"DAG files can't be read: {bag.import_errors}")
    sys.path.insert(0, str(ROOT / "seeds" / "newsroom"))
    from serve import Newsroom

    say("Airflow runs (in brackets: nothing to do, skipped)")
    for poll, now in enumerate(POLLS, 1):
        os.environ["DATELINE_NOW"] = now
        with Newsroom(now) as room:
            os.environ["DATELINE_CONNECT_TO"] = room.connect_to
            what = f"poll {poll} of the sample newsroom, {now[:16].replace('T', ' ')} UTC"
            run(bag.dags["news_ingest"], what, log)
            say(f"    the newsroom was asked {len(room.requests)} times")
    archive = {"path": "archive", "kind": "text", "settle": False}
    run(bag.dags["news_archive"], "the sample archive of plain texts", log, archive)
    run(bag.dags["news_settle"], "the published days made right", log)


def report() -> None:
    """What lies in the lake now."""
    from dateline.cli.ledger import print_ledger
    from dateline.cli.show import print_table
    from dateline.edges.lake import Lake
    from dateline.edges.lake.partitions import day_name
    from dateline.settings import from_environment

    settings = from_environment()
    lake = Lake.open(settings.lake, create=False)
    say()
    print_ledger(settings)
    say()
    rows = []
    for day in lake.days("articles"):
        mine = [row for batch in lake.read_day("articles", day) for row in batch.to_pylist()]
        say(f"published {day_name(day)}: {len(mine)} articles")
        rows += sorted(mine, key=lambda row: (row["published"] is None, row["published"]))
    say()
    print_table(rows, "all articles")


def main() -> int:
    """Run the demonstration; the exit code is 1 if a DAG run failed."""
    parser = argparse.ArgumentParser(description="Show the main job on sample news.")
    parser.add_argument("--lake", type=Path, default=ROOT / "data" / "lake", help="folder of the lake")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="folder of Airflow's state and log")
    given = parser.parse_args()
    began, lake, var = time.monotonic(), given.lake.absolute(), given.var.absolute()
    var.mkdir(parents=True, exist_ok=True)
    log = var / "demo.log"
    log.unlink(missing_ok=True)
    # Before Airflow is imported: it reads its settings then.
    os.environ.update(airflow_home.environment(var / "demo"))  # not the one of `make ui`, which may run
    os.environ.update(
        DATELINE_LAKE=str(lake),
        DATELINE_SOURCES=str(ROOT / "seeds" / "newsroom" / "sources"),
        DATELINE_ARCHIVES=str(ROOT / "seeds"),
        DATELINE_HOST_GAP="0.05",  # no real publisher is asked
        DATELINE_DEADLINES="0",  # nobody waits for a run that is watched
    )
    say(f"the lake is {lake}; Airflow's log is {log}")
    try:
        work(log)
    except Failed as error:
        say(f"failed: {error}")
        return 1
    report()
    near = os.path.relpath(lake) if lake.is_relative_to(Path.cwd()) else lake
    say(f"\ndone in {time.monotonic() - began:.0f} s; try next:")
    say(f'  .venv/bin/python -c "{QUERY.format(lake=near)}"')
    say(f"  .venv/bin/dateline show 2026-03-25 --lake {near}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
