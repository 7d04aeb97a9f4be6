"""An Airflow of its own for these tests: its folder is set before anything imports Airflow."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import airflow_home
import pytest

HOME = Path(tempfile.mkdtemp(prefix="airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(airflow_home.environment(HOME))
os.environ["DATELINE_DEADLINES"] = "0"  # what runs in this process has no scheduler that could be late


@pytest.fixture(scope="session")
def dags() -> dict[str, Any]:
    """All DAGs, over a metadata database of their own."""
    from airflow.dag_processing.dagbag import DagBag

    airflow_home.prepare()
    bag = DagBag(dag_folder=str(airflow_home.ROOT / "dags"))
    assert not bag.import_errors
    return bag.dags
