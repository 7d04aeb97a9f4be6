"""A signal unwinds the program: one sentence, the usual exit code, and whatever was held is given back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.cli import main as command_line


@pytest.fixture(autouse=True)
def interruptible():
    """Ctrl-C counts: a shell's background jobs, and what they start, are born ignoring it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("where", ["_register", "app"], ids=["while importing", "while running"])
def test_a_signal_unwinds(monkeypatch, capsys, number, code, where):
    freed = []

    def work(*_: object) -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            freed.append(True)

    before = signal.getsignal(number)
    command_line._register(["schema"])
    monkeypatch.setattr(command_line, where, work)
    with pytest.raises(SystemExit) as stopped:
        command_line.main(["schema"])
    assert stopped.value.code == code
    assert freed == [True]
    assert capsys.readouterr().err == f"dateline: stopped by {signal.Signals(number).name}\n"
    assert signal.getsignal(number) is before


def test_what_is_to_be_ignored_stays_ignored(monkeypatch):
    command_line._register(["schema"])
    monkeypatch.setattr(command_line, "app", lambda _: os.kill(os.getpid(), signal.SIGINT))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        command_line.main(["schema"])
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupted_command_leaves_the_output_as_it_was(tmp_path: Path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    os.mkfifo(source)
    target.write_text("before\n")
    program = [sys.executable, "-c", "from dateline.cli.main import main; main()"]
    called = subprocess.Popen(
        [*program, "extract", "--input", str(source), "--output", str(target)],
        stderr=subprocess.PIPE,
        text=True,
    )
    with called, source.open("w"):
        # The pipe is open at both ends: the command waits for its first line.
        called.send_signal(signal.SIGINT)
        told = called.communicate(timeout=30)[1]
    assert called.returncode == 130
    assert "stopped by SIGINT" in told
    assert "Traceback" not in told
    assert target.read_text() == "before\n"
    assert sorted(tmp_path.iterdir()) == [source, target]


WORK = """
import sys, time
from dateline.cli import main as command_line
from dateline.run import spread
from resting import rest

def work(*_):
    command_line.typer.echo("begun")
    list(spread(rest, [(sys.argv[1], 1), (sys.argv[1], 2)], 2))

if __name__ == "__main__":
    command_line._register([])
    command_line.app = work
    command_line.main([])
"""
REST = """
import os, time
from pathlib import Path

def rest(folder, number):
    Path(folder, f"{number}.pid").write_text(str(os.getpid()))
    time.sleep(120)
"""


def _is_alive(pid: int) -> bool:
    try:
        # A zombie that nobody has waited for is not alive.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _within(seconds: float, condition) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_workers_end_with_the_run_that_started_them(tmp_path: Path, number, code):
    (tmp_path / "resting.py").write_text(REST)
    (tmp_path / "working.py").write_text(WORK)
    run = subprocess.Popen(
        [sys.executable, str(tmp_path / "working.py"), str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    told = [tmp_path / "1.pid", tmp_path / "2.pid"]
    try:
        assert _within(60, lambda: all(path.exists() and path.read_text() for path in told))
        run.send_signal(number)
        assert run.wait(20) == code
    finally:
        run.kill()
        run.wait()
    workers = [int(path.read_text()) for path in told]
    assert _within(20, lambda: not any(map(_is_alive, workers)))
