"""What docker-compose.yaml, the Dockerfile and .env promise, as far as it can be told without an engine."""

from __future__ import annotations

import base64
import re
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.settings import Settings
from deadlines import deadlines

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yaml").read_text("utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
LASTING = [name for name in SERVICES if name != "init"]
OURS = [name for name in SERVICES if name != "postgres"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
SECRET = re.compile(r"PASSWORD|SECRET|KEY|SQL_ALCHEMY_CONN")
NO_SECRET = {"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"}


def _environments() -> list[tuple[str, str, str]]:
    return [
        (service, name, str(value))
        for service, facts in SERVICES.items()
        for name, value in (facts.get("environment") or {}).items()
        if value is not None
    ]


def test_every_secret_must_be_given() -> None:
    found = [
        (service, name, value)
        for service, name, value in _environments()
        if SECRET.search(name) and name not in NO_SECRET
    ]
    assert {name for _, name, _ in found} >= {
        "POSTGRES_PASSWORD",
        "ADMIN_PASSWORD",
        "AIRFLOW__CORE__FERNET_KEY",
        "AIRFLOW__API__SECRET_KEY",
        "AIRFLOW__API_AUTH__JWT_SECRET",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    }
    whole = re.compile(r"(?:postgresql\+psycopg2://airflow:)?\$\{[A-Z_]+:\?[^}]+\}(?:@postgres/airflow)?")
    for service, name, value in found:
        assert whole.fullmatch(value), f"{service}: {name} is written out, or may be missing"


def test_all_of_airflow_shares_its_secrets() -> None:
    for name in ("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__CORE__FERNET_KEY"):
        values = {SERVICES[one]["environment"][name] for one in OURS if one != "newsroom"}
        assert len(values) == 1, name
    assert not SERVICES["newsroom"]["environment"], "the newsroom needs no secret"
    told = [one for one in SERVICES if "ADMIN_PASSWORD" in (SERVICES[one].get("environment") or {})]
    assert told == ["api-server"]


def test_only_loopback_is_published() -> None:
    ports = [port for facts in SERVICES.values() for port in facts.get("ports", ())]
    assert ports == ["127.0.0.1:${AIRFLOW_PORT:-8080}:8080"]
    assert all("network_mode" not in facts and "privileged" not in facts for facts in SERVICES.values())
    assert FILE["networks"]["sample"]["internal"] is True
    assert list(SERVICES["newsroom"]["networks"]) == ["sample"]


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_of_the_host_is_mounted_read_only(service: str) -> None:
    for mount in SERVICES[service].get("volumes", ()):
        source, target, *mode = re.sub(r"\$\{\w+:-([^}]+)\}", r"\1", mount).split(":")
        if source.startswith("."):
            assert mode == ["ro"], mount
            assert (ROOT / source).is_dir(), mount
        else:
            assert source in FILE["volumes"], mount
        assert target.startswith("/"), mount


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_bounded(service: str) -> None:
    facts = SERVICES[service]
    assert re.fullmatch(r"[0-9]+[mg]", facts["mem_limit"])
    assert facts["logging"]["driver"] == "json-file"
    assert {"max-size", "max-file"} <= facts["logging"]["options"].keys()
    assert facts["restart"] == ("no" if service == "init" else "unless-stopped")


@pytest.mark.parametrize("service", LASTING)
def test_every_service_tells_its_health_cheaply(service: str) -> None:
    check = SERVICES[service]["healthcheck"]
    words = " ".join(check["test"])
    assert "airflow jobs" not in words
    assert "python" not in words
    # The engine of Debian stable does not know `start_interval`.
    assert check.keys() == {"test", "interval", "timeout", "retries", "start_period"}
    assert "stop_grace_period" in SERVICES[service]


def test_a_failed_migration_stops_everything() -> None:
    assert "airflow db migrate &&" in SERVICES["init"]["command"][-1]
    assert "||" not in SERVICES["init"]["command"][-1]
    for service in set(OURS) - {"init"}:
        after = SERVICES[service]["depends_on"]["init"]
        assert after == {"condition": "service_completed_successfully"}, service


def test_images_are_official_ones_and_airflow_is_the_pinned_one() -> None:
    (base,) = re.findall(r"^FROM (\S+)$", DOCKERFILE, re.MULTILINE)
    pinned = re.search(r"^apache-airflow==([0-9.]+) ", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned is not None
    assert base == f"apache/airflow:{pinned[1]}-python3.12"
    ours = f"${{DATELINE_IMAGE:-dateline-airflow:{pinned[1]}}}"
    assert {facts["image"] for facts in SERVICES.values()} == {ours, "postgres:17"}
    assert all(SERVICES[one]["pull_policy"] == "never" for one in OURS)


def test_the_image_is_made_of_hashed_packages_as_airflow() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"https?://|index-url|trusted-host", DOCKERFILE)
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)[-1] == "airflow"
    for name in ("requirements.txt", "requirements-docker.txt"):
        assert f"!{name}" in (ROOT / ".dockerignore").read_text().splitlines()
        pins = re.split(r"^(?=[a-z])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)


def test_the_tasks_get_every_setting() -> None:
    given = SERVICES["scheduler"]["environment"].keys()
    code = "".join(
        path.read_text("utf-8") for folder in ("dags", "plugins") for path in (ROOT / folder).glob("*.py")
    )
    named = set(re.findall(r"""["'](DATELINE_[A-Z_]+)["']""", code))
    assert named | {f"DATELINE_{field.name.upper()}" for field in fields(Settings)} <= given


OF_COMPOSE = {
    "DATELINE_ARCHIVES_DIR",
    "DATELINE_DATA",
    "DATELINE_IMAGE",
    "DATELINE_SAMPLE_NET",
    "DATELINE_SOURCES_DIR",
}
"""What the pages name that is for the file itself, not for what runs in the containers."""


@pytest.mark.parametrize("page", ["dags/README.md", "docs/docker.md", "docs/runbook.md"])
def test_what_the_pages_name_is_passed_on(page: str) -> None:
    named = set(re.findall(r"\bDATELINE_[A-Z_]+\b", (ROOT / page).read_text("utf-8")))
    assert named
    assert named - SERVICES["scheduler"]["environment"].keys() <= OF_COMPOSE


def test_what_is_for_the_file_itself_is_used_by_it() -> None:
    assert {name for name in OF_COMPOSE if f"${{{name}:-" in TEXT} == OF_COMPOSE


def test_every_deadline_can_be_set() -> None:
    wanted = {name for name, has_one in deadlines().items() if has_one}
    assert len(wanted) == 3
    for service in ("scheduler", "dag-processor"):
        assert wanted <= SERVICES[service]["environment"].keys(), service


def test_nothing_gets_more_rights_than_it_starts_with() -> None:
    for name, facts in SERVICES.items():
        assert facts["security_opt"] == ["no-new-privileges:true"], name
    assert all(SERVICES[name]["cap_drop"] == ["ALL"] for name in OURS)


def test_no_dag_needs_a_triggerer() -> None:
    for folder in ("dags", "plugins"):
        for path in (ROOT / folder).glob("*.py"):
            code = path.read_text("utf-8")
            assert not re.search(r"AsyncCallback\(|deferrable=True|poke_mode|BaseTrigger\b", code), path


# .env


def _made(path: Path) -> dict[str, str]:
    subprocess.run([ROOT / "scripts" / "init_env.sh", path], check=True, capture_output=True)
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_init_makes_every_secret_that_is_asked_for(tmp_path: Path) -> None:
    one, other = _made(tmp_path / "one"), _made(tmp_path / "other")
    required = set(re.findall(r"\$\{([A-Z_]+):\?", TEXT))
    assert required <= one.keys()
    assert all(one[name] != other[name] for name in required)
    assert len(one["JWT_SECRET"]) >= 64
    assert len(base64.urlsafe_b64decode(one["FERNET_KEY"])) == 32
    # Into an URL, a shell and JSON without quoting.
    assert all(re.fullmatch(r"[\w=-]{20,}", one[name]) for name in required)


def test_init_is_for_its_owner_and_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "env"
    before = _made(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert _made(path) == before
    assert list(tmp_path.iterdir()) == [path]
    ignored = subprocess.run(["git", "check-ignore", "-q", ".env"], cwd=ROOT, check=False)
    assert ignored.returncode == 0 or not (ROOT / ".git").exists()


def test_the_sample_newsroom_is_where_the_tasks_are_sent(tmp_path: Path) -> None:
    env = _made(tmp_path / "env")
    assert env["COMPOSE_PROFILES"] in SERVICES["newsroom"]["profiles"]
    address = SERVICES["newsroom"]["networks"]["sample"]["ipv4_address"]
    address = re.sub(r"\$\{\w+:-([^}]+)\}", r"\1", address)
    port = SERVICES["newsroom"]["command"][SERVICES["newsroom"]["command"].index("--port") + 1]
    assert env["DATELINE_CONNECT_TO"] == f".test={address}:{port}"
    assert (ROOT / env["DATELINE_SOURCES_DIR"]).is_dir()


# Where there is no engine


@pytest.fixture
def no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody")
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


@pytest.mark.usefixtures("no_engine")
def test_make_up_says_what_is_missing() -> None:
    done = subprocess.run(["make", "engine"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert re.search(r"docker compose is wanted|no Docker engine answers", done.stdout)


@pytest.mark.usefixtures("no_engine")
def test_the_real_run_is_left_out_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import try_compose

    monkeypatch.setattr("sys.argv", ["try_compose.py", "--if-possible"])
    assert try_compose.main() == 0
    assert re.fullmatch(r"Docker Compose: left out, as .+\n", capsys.readouterr().out)
