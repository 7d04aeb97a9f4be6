"""A private Airflow in one folder: SQLite, no login, loopback only; nothing of it is left elsewhere.

    python scripts/airflow_home.py        the scheduler, the pages on 127.0.0.1, until Ctrl-C

For a try-out and for tests. What runs for others is in docker-compose.yaml.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("api-server", "scheduler", "dag-processor")


def environment(home: Path, port: int = 8080) -> dict[str, str]:
    """The variables that make Airflow live in `home`; they must be set before it is first imported.

    Args:
        home: absolute path of its folder.
        port: where its pages and its API are served, on loopback.
    """
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Each waiting worker costs 25 MB, and SQLite has one writer.
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": _secret(home),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home),
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "OMP_NUM_THREADS": "1",
    }


def _secret(home: Path) -> str:
    """One secret for all processes, kept in the folder; each would make up its own otherwise."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(64))
    return path.read_text()


def prepare() -> None:
    """Make or upgrade the metadata database, and the pools that the tasks want."""
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    initdb()
    for name, pool in json.loads((ROOT / "dags" / "pools.json").read_text()).items():
        Pool.create_or_update_pool(name, **pool)


@contextmanager
def running(variables: dict[str, str], logs: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Airflow's services, until the block ends; then none of their processes is left.

    `airflow standalone` would do this too, but leaves its scheduler and its workers behind when it is ended.

    Args:
        variables: as `environment` gives them, and whatever else the tasks need.
        logs: folder for what each service writes.
    """
    started: list[subprocess.Popen[bytes]] = []
    try:
        for service in SERVICES:
            with (logs / f"{service}.log").open("wb") as log:
                command = [sys.executable, "-m", "airflow", service]
                # A session of its own: Ctrl-C reaches us alone, and we end them in order.
                started.append(
                    subprocess.Popen(  # noqa: S603 - our own words
                        command, env=os.environ | variables, stdout=log, stderr=log, start_new_session=True
                    )
                )
        yield started
    finally:
        _stop(started)


def _stop(started: list[subprocess.Popen[bytes]]) -> None:
    """End what was started and all that came of it, by their numbers: first asked, then killed."""
    import psutil

    family = [psutil.Process(one.pid) for one in started if one.poll() is None]
    family += [child for parent in list(family) for child in parent.children(recursive=True)]
    for one in started:
        if one.poll() is None:
            one.terminate()
    _, alive = psutil.wait_procs(family, timeout=20)
    for process in alive:
        process.kill()
    _, alive = psutil.wait_procs(alive, timeout=20)
    if alive:
        raise RuntimeError(f"processes that can't be ended: {alive}")


def main() -> None:
    """Run Airflow until Ctrl-C, or until one of its services ends by itself."""
    port = int(os.environ.get("DATELINE_UI_PORT", "8080"))
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"port {port} is taken, maybe by an Airflow that still runs; set DATELINE_UI_PORT")
    home = ROOT / "var" / "airflow"
    os.environ.setdefault("DATELINE_LAKE", str(ROOT / "data" / "lake"))
    os.environ.update(environment(home, port))
    prepare()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running({}, home) as services:
            _say(f"Airflow comes up at http://127.0.0.1:{port}/ in half a minute; Ctrl-C ends it")
            while all(service.poll() is None for service in services):
                time.sleep(1)
            sys.exit(f"a service has ended by itself; see the logs in {home}")
    except KeyboardInterrupt:
        _say("ended")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
