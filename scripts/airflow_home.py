"""A private Airflow in one folder: SQLite, no login, loopback only; nothing of it is left elsewhere.

    python scripts/airflow_home.py        the scheduler, the pages on 127.0.0.1, until Ctrl-C

For a try-out and for tests. What runs for others is in docker-compose.yaml.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


def main() -> None:
    """Start Airflow in the foreground, so that Ctrl-C ends all of its processes."""
    port = int(os.environ.get("DATELINE_UI_PORT", "8080"))
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"port {port} is taken, maybe by an Airflow that still runs; set DATELINE_UI_PORT")
    os.environ.update(environment(ROOT / "var" / "airflow", port))
    os.environ.setdefault("DATELINE_LAKE", str(ROOT / "data" / "lake"))
    prepare()
    sys.stdout.write(f"Airflow comes up at http://127.0.0.1:{port}/ in half a minute; Ctrl-C ends it\n")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "airflow", "standalone"])  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()
