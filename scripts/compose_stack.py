"""The services of docker-compose.yaml, up for the length of a block, under a project of their own."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ("POSTGRES_PASSWORD", "FERNET_KEY", "JWT_SECRET", "API_SECRET_KEY", "ADMIN_PASSWORD")
NETWORK = "203.0.113"
"""Also kept for documentation, and other than the one of a stack that a person started."""


class Failed(Exception):
    """The stack did not do what it should."""


def say(text: str) -> None:
    """One line to whoever watches."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def call(*words: str, seconds: float = 120, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says; exit code 1 where it is absent or too slow."""
    try:
        return subprocess.run(  # noqa: S603 - our own words
            words, capture_output=True, text=True, timeout=seconds, check=False, cwd=ROOT, **given
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(words, 1, "", str(error))


def obstacle() -> str | None:
    """Why the stack can't be run here within minutes, in a few words; None if it can."""
    if call("docker", "compose", "version", seconds=10).returncode:
        return "docker compose is not installed"
    if call("docker", "info", seconds=10).returncode:
        return "no Docker engine answers"
    text = (ROOT / "docker-compose.yaml").read_text("utf-8") + (ROOT / "Dockerfile").read_text("utf-8")
    for image in re.findall(r"^(?:FROM|\s+image:) ([a-z][a-z0-9/.:-]+)$", text, re.MULTILINE):
        if call("docker", "image", "inspect", image, seconds=10).returncode:
            return f"the image {image} is not on this machine"
    return None


class Stack:
    """The services of docker-compose.yaml under a project name of their own.

    Args:
        folder: for the file of secrets.
    """

    def __init__(self, folder: Path) -> None:
        self.name = f"dateline-try-{secrets.token_hex(3)}"
        self.port = _free_port()
        self._file = folder / "env"
        made = call(str(ROOT / "scripts" / "init_env.sh"), str(self._file))
        if made.returncode:
            raise Failed(f"init_env.sh: {made.stderr}")
        pairs = (line.partition("=") for line in self._file.read_text("utf-8").splitlines())
        self.secrets = {name: value for name, _, value in pairs if name in SECRETS}
        # Whatever the shell sets for the command line is not meant for this.
        self._variables = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATELINE_", "COMPOSE_")) and name not in SECRETS
        } | {
            "AIRFLOW_PORT": str(self.port),
            "DATELINE_IMAGE": "dateline-airflow:try",
            "DATELINE_SAMPLE_NET": NETWORK,
            "DATELINE_CONNECT_TO": f".test={NETWORK}.200:8731",
            # By hand only, so that what is seen is what was asked for.
            "DATELINE_INGEST_CRON": "0 0 29 2 *",
            "DATELINE_SETTLE_FOLLOWS": "0",
        }

    def compose(self, *words: str, seconds: float = 120) -> str:
        """What `docker compose …` says.

        Raises:
            Failed: it ended with an error.
        """
        command = ("docker", "compose", "--env-file", str(self._file), "--project-name", self.name, *words)
        done = call(*command, seconds=seconds, env=self._variables)
        if done.returncode:
            raise Failed(f"docker compose {' '.join(words)}: {(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def inside(self, *words: str) -> str:
        """What a command in the scheduler's container says."""
        return self.compose("exec", "-T", "scheduler", *words)

    def containers(self) -> list[dict[str, Any]]:
        """What the engine knows of the services' containers, those that have ended too."""
        ids = self.compose("ps", "--all", "--quiet").split()
        return json.loads(call("docker", "inspect", *ids).stdout)

    def left(self) -> list[str]:
        """What there is of this project: containers, networks, volumes."""
        mine = f"label=com.docker.compose.project={self.name}"
        kinds = (("ps", "--all"), ("network", "ls"), ("volume", "ls"))
        return [
            f"{kind[0]} {one}"
            for kind in kinds
            for one in call("docker", *kind, "--quiet", "--filter", mine).stdout.split()
        ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running() -> Iterator[Stack]:
    """The whole stack, healthy; nothing of it is left when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        try:
            began = time.monotonic()
            stack.compose("build", seconds=600)
            say(f"built in {time.monotonic() - began:.0f} s")
            began = time.monotonic()
            stack.compose("up", "--detach", "--wait", "--wait-timeout", "300", seconds=330)
            say(f"healthy in {time.monotonic() - began:.0f} s")
            yield stack
        except Failed:
            say(stack.compose("logs", "--no-color", "--tail", "25"))
            raise
        finally:
            stack.compose("down", "--volumes", "--timeout", "5", seconds=180)
            if left := stack.left():
                raise Failed(f"left behind: {', '.join(left)}")
