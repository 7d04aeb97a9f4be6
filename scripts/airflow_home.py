"""A private Airflow in one folder: SQLite, no login, loopback only; nothing of it is left elsewhere.

For `make ui` (ui.py), for the demonstration and for tests. What runs for others is in docker-compose.yaml.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import keeper

ROOT = Path(__file__).resolve().parent.parent

COMMANDS = {
    "api-server": ["api-server"],
    # Logs are read from the folder, so nobody has to serve them on a port that another Airflow may hold.
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
}
"""What runs, and with which arguments. A triggerer would be of use to deferred tasks alone."""

SERVICES = tuple(COMMANDS)


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
        # A task that was killed with an earlier instance is tried again after a minute, not after five.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        # The tasks of a scheduler that died are another's to look after only when it looks for them.
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "60",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "OMP_NUM_THREADS": "1",
    }


def _secret(home: Path) -> str:
    """One secret for all processes, kept in the folder; each would make up its own otherwise."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret"
    if path.exists() and not path.stat().st_size:
        # A power cut may leave a name without its bytes; an empty secret would be no secret, for ever.
        path.unlink()
    if not path.exists():
        # Whole or not at all, and the first one counts: another process may be making one too.
        with tempfile.NamedTemporaryFile("w", dir=home, prefix=".secret-") as staged:
            staged.write(secrets.token_hex(64))
            staged.flush()
            with suppress(FileExistsError):
                os.link(staged.name, path)
    return path.read_text()


def prepare() -> None:
    """Make or upgrade the metadata database, and the pools that the tasks want."""
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    initdb()
    for name, pool in json.loads((ROOT / "dags" / "pools.json").read_text()).items():
        Pool.create_or_update_pool(name, **pool)


@contextmanager
def running(
    variables: dict[str, str], logs: Path, held: tuple[int, ...] = ()
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Airflow's services, until the block ends; then none of their processes is left.

    Gives what was started: the keeper alone, whose children the services are, and which ends if one of them
    does (see keeper.py). `airflow standalone` would run them too, but leaves its scheduler and its workers
    behind when it is ended by anything but Ctrl-C.

    Args:
        variables: as `environment` gives them, and whatever else the tasks need.
        logs: folder for what each service writes.
        held: file descriptors that are open for as long as any of this lives.

    Raises:
        RuntimeError: a process can't be ended.
    """
    commands = {name: [sys.executable, "-m", "airflow", *words] for name, words in COMMANDS.items()}
    guard = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, keeper.__file__, str(logs), json.dumps(commands)],
        env=os.environ | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A session of its own: Ctrl-C reaches us alone, and whatever comes of it is found by it.
        start_new_session=True,
        pass_fds=held,
    )
    try:
        yield [guard]
    finally:
        if guard.stdin is not None:
            guard.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            guard.wait(keeper.GRACE + 30)
        left = keeper.end(guard.pid)
        guard.wait()
        if left:
            raise RuntimeError(f"processes that can't be ended: {left}")


if __name__ == "__main__":
    prepare()
