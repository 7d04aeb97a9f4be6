"""Airflow's pages for a try-out: one command, no login, this machine alone, and no trace when it ends.

make ui                                        with the sample newsroom to poll
DATELINE_SOURCES=seeds/sources make ui         with your own sources and the real clock

DATELINE_UI_PORT   where the pages are served, on loopback (8080)
DATELINE_UI_HOME   folder of Airflow's database and logs (var/airflow)
DATELINE_LAKE      the lake (data/ui/lake with the sample newsroom, data/lake with your own sources)
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event
from typing import Any

import airflow_api
import airflow_home
from airflow_home import ROOT

COMES_UP = 300.0
"""Seconds that a slow machine may take; twenty are usual."""

FIRST_NEWS = """\
  1. open {url}dags/news_ingest and press Trigger: it polls the sample newsroom
  2. news_settle follows by itself and publishes; example_daily_digest runs once for each day that changed
  3. trigger news_ingest again: six hours have passed there, and there is more news, three times in all"""

OWN_NEWS = """\
  1. open {url}dags/news_ingest and press Trigger: it polls your sources
  2. then trigger news_settle: it publishes; example_daily_digest runs once for each day that changed"""


def main() -> int:
    """Run Airflow until Ctrl-C or another signal; the exit code is 0 then, and 1 if it failed."""
    if sys.argv[1:]:
        return _command_line(sys.argv[1:])
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Who starts this with nohup wants it to outlive the terminal.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stop.set())
    try:
        with ExitStack() as stack:
            _run(stack, _ended(stop))
    except Failed as failure:
        _say(f"failed: {failure}")
        return 1
    _say("ended; nothing of it runs any more")
    return 0


class Failed(Exception):
    """Airflow can't run, or runs no more; the message is for a person."""


def _run(stack: ExitStack, ended: Callable[[], bool]) -> None:
    from dateline.errors import DatelineError
    from dateline.settings import from_environment

    port, home = _port(), _home()
    held = _alone(stack, home, port)
    try:
        from_environment()
        news, theirs = _news(stack, home)
    except DatelineError as error:
        raise Failed(str(error)) from error
    variables = airflow_home.environment(home, port) | theirs
    _clear_environment()
    url = f"http://127.0.0.1:{port}/"
    _say(f"Airflow comes up at {url} (no login, this machine alone); that takes half a minute")
    _say(f"  lake {_near(variables['DATELINE_LAKE'])}   logs and database {_near(str(home))}")
    began = time.monotonic()
    if not _prepare(variables, home, ended):
        return
    (guard,) = stack.enter_context(airflow_home.running(variables, home, held))
    api = airflow_api.Api(port)
    while not (ready := api.is_ready(set(_dag_names()))) and time.monotonic() < began + COMES_UP:
        if ended():
            return
        _still_running(guard, home)
        time.sleep(0.5)
    if not ready:
        raise Failed(f"it is not ready after {COMES_UP:.0f} s{_tails(home, airflow_home.SERVICES)}")
    _say(f"ready after {time.monotonic() - began:.0f} s")
    _greet(api, url, is_sample=news is not None)
    while not ended():
        _still_running(guard, home)
        now = news.tick() if news else None
        if now is not None:
            _say(f"polled; in the sample newsroom it is now {now:%d %B %Y, %H:%M} UTC")
        time.sleep(0.5)


def _greet(api: airflow_api.Api, url: str, *, is_sample: bool) -> None:
    """What to press first, and what is worth knowing."""
    _say((FIRST_NEWS if is_sample else OWN_NEWS).format(url=url))
    if not is_sample and not os.environ.get("DATELINE_CONTACT"):
        _say("  note: DATELINE_CONTACT is not set, and without it nothing on the live web is asked")
    for fact in api.worth_telling():
        _say(f"  note: {fact}")
    _say("Ctrl-C ends it")


def _ended(stop: Event) -> Callable[[], bool]:
    """Whether it is time to end: a signal has come, or those who would pass one on are gone.

    `make` that is killed passes nothing on, and neither does it when its terminal is closed.
    """
    parent = os.getppid() if "MAKELEVEL" in os.environ else None
    terminal = select.poll()
    if sys.stdout.isatty():
        terminal.register(sys.stdout, 0)  # told of a hang-up alone
    return lambda: stop.is_set() or bool(terminal.poll(0)) or (parent is not None and os.getppid() != parent)


def _command_line(words: list[str]) -> int:
    """Airflow's, as if its variables were set; the exit code is its own."""
    try:
        variables = airflow_home.environment(_home(), _port())
    except Failed as failure:
        _say(f"failed: {failure}")
        return 1
    _clear_environment()
    return subprocess.call([sys.executable, "-m", "airflow", *words], env=os.environ | variables)  # noqa: S603


def _home() -> Path:
    return Path(os.environ.get("DATELINE_UI_HOME") or ROOT / "var" / "airflow").absolute()


def _port() -> int:
    text = os.environ.get("DATELINE_UI_PORT") or "8080"
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65536):
        raise Failed(f"DATELINE_UI_PORT is no port: {text[:40]!r}; a number from 1 to 65535 is")
    return int(text)


def _alone(stack: ExitStack, home: Path, port: int) -> tuple[int, ...]:
    """See that no other Airflow has this folder or port; give what to hold while ours lives."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = stack.enter_context((home / "lock").open("wb"))
    except OSError as error:
        raise Failed(f"the folder {home} can't be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Failed(f"an Airflow runs in {home} already, or is just ending") from error
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failed(f"port {port} can't be had ({error.strerror}); set DATELINE_UI_PORT") from error
    return (lock.fileno(),)


def _news(stack: ExitStack, home: Path) -> tuple[Any, dict[str, str]]:
    """The sample newsroom, or None where sources are set; and the variables of the tasks, paths absolute."""
    lake = os.environ.get("DATELINE_LAKE", "")
    if os.environ.get("DATELINE_SOURCES"):
        paths = {"DATELINE_LAKE": lake or str(ROOT / "data" / "lake")}
        for name in ("DATELINE_SOURCES", "DATELINE_ARCHIVES"):
            paths[name] = os.environ.get(name) or str(ROOT / "seeds")
        return None, {name: _absolute(path) for name, path in paths.items()}
    from sample_news import SampleNews

    lake = _absolute(lake or str(ROOT / "data" / "ui" / "lake"))
    news = stack.enter_context(SampleNews(home / "newsroom-now", lake))
    return news, {"DATELINE_LAKE": lake, **news.variables()}


def _absolute(path: str) -> str:
    return path if "://" in path else str(Path(path).expanduser().absolute())


def _near(path: str) -> str:
    """A path as it is shortest to type from here."""
    here = str(Path.cwd()) + os.sep
    return path.removeprefix(here)


def _clear_environment() -> None:
    """Settings of some other Airflow don't count here, and what is on loopback is reached without a proxy."""
    for name in [name for name in os.environ if name.startswith("AIRFLOW__")]:
        del os.environ[name]
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1", "localhost"]))


def _prepare(variables: dict[str, str], home: Path, ended: Callable[[], bool]) -> bool:
    """Make or upgrade the database; False if it was told to end meanwhile."""
    with (home / "prepare.log").open("wb") as log:
        command = [sys.executable, airflow_home.__file__]
        # A session of its own: it takes seconds, and is better not broken off by Ctrl-C.
        work = subprocess.Popen(  # noqa: S603 - our own words
            command, env=os.environ | variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        code = work.wait()
    finally:
        with suppress(ProcessLookupError):
            work.kill()
    if code:
        raise Failed(
            f"the database {home / 'airflow.db'} can't be made ready; if an Airflow of another version left "
            f"it, move it away and start again{_tails(home, ('prepare',), 2)}"
        )
    return not ended()


def _dag_names() -> list[str]:
    """Each file is called as its DAG."""
    return [path.stem for path in (ROOT / "dags").glob("*.py")]


def _still_running(guard: subprocess.Popen[bytes], home: Path) -> None:
    """Raise Failed, with what the service wrote last, if one has ended."""
    if guard.poll() is None:
        return
    told = guard.stdout.read().decode().split() if guard.stdout else []
    if not told:
        raise Failed("what ran Airflow's services was killed; they were ended")
    raise Failed(f"the {told[0]} has ended by itself (exit code {told[1]}){_tails(home, (told[0],))}")


def _tails(home: Path, names: tuple[str, ...], most: int = 15) -> str:
    """The last lines of some logs."""
    told = ""
    for name in names:
        log = home / f"{name}.log"
        lines = log.read_text("utf-8", "replace").splitlines()[-most:] if log.exists() else []
        told += "".join(f"\n    {line[:300]}" for line in [f"{log}:", *lines])
    return told


def _say(text: str) -> None:
    """Tell whoever watches, if there is a terminal still."""
    with suppress(OSError):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
