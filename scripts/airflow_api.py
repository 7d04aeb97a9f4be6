"""Asks an Airflow on loopback, as its admin."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

NEEDED = ("metadatabase", "scheduler", "dag_processor")
"""What must be healthy before a run can be triggered and will be done."""


class Api:
    """The REST API.

    Args:
        port: where it is served on loopback.
        password: of the user `admin`; None where everyone is one.
    """

    def __init__(self, port: int, password: str | None = None) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self._login = None if password is None else {"username": "admin", "password": password}
        self._token = ""
        # No proxy: the address is our own machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(self, path: str, body: dict[str, Any] | None = None, timeout: float = 30.0) -> bytes:
        """The answer to a GET, or to a POST where there is a body.

        Raises:
            OSError: no answer, or one that is no success (`urllib.error.HTTPError`).
        """
        if not self._token and path.startswith("/api/"):
            self._token = json.loads(self.get("/auth/token", self._login))["access_token"]
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, headers)  # noqa: S310 - http, loopback
        with self._opener.open(request, timeout=timeout) as answer:
            return answer.read()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What `get` gives, as JSON."""
        return json.loads(self.get(path, body))

    def dags(self) -> list[dict[str, Any]]:
        """All DAGs."""
        return self.ask("/api/v2/dags?limit=100")["dags"]

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """The runs of a DAG, the oldest first."""
        return self.ask(f"/api/v2/dags/{dag}/dagRuns?limit=100&order_by=id")["dag_runs"]

    def trigger(self, dag: str, **given: Any) -> str:
        """Start a run; give its id."""
        return self.ask(f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None, **given})["dag_run_id"]

    def is_ready(self, dags: set[str]) -> bool:
        """Whether the services are healthy and each of these DAGs is known, or why it is not."""
        try:
            health = json.loads(self.get("/api/v2/monitor/health", timeout=5))
            if any(health[name]["status"] != "healthy" for name in NEEDED):
                return False
            known = {dag["dag_id"] for dag in self.dags()}
            return dags <= known or bool(self._import_errors())
        except (OSError, HTTPException):
            # Not yet up; a service that ends for good is found out by its end.
            return False

    def _import_errors(self) -> list[dict[str, Any]]:
        return self.ask("/api/v2/importErrors")["import_errors"]

    def worth_telling(self) -> list[str]:
        """What would keep a run from coming: files that can't be read, and DAGs that someone has paused."""
        told = [
            f"{error['filename']} can't be read: {error['stack_trace'].strip().splitlines()[-1][:300]}"
            for error in self._import_errors()
        ]
        paused = sorted(dag["dag_id"] for dag in self.dags() if dag["is_paused"])
        return told + [f"{', '.join(paused)}: paused, as it was left"] * bool(paused)
