"""`dateline run` says what failed, and fails where nothing answered."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.cli.main import main
from dateline.cli.run import _tell_outcomes
from dateline.errors import DatelineError

FEED = b"""<rss version="2.0"><channel><title>Quay</title><item><title>Tide</title>
<pubDate>Mon, 25 Mar 2024 10:00:00 GMT</pubDate><link>http://quay.test/gone</link></item></channel></rss>"""


class _Paper(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FEED if self.path == "/feed.xml" else b"gone"
        self.send_response(200 if self.path == "/feed.xml" else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Paper) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def run(
    folder: Path, port: int, feed: str, monkeypatch: pytest.MonkeyPatch, *options: str, minute: int = 0
) -> int:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "quay.toml").write_text(
        'name = "Quay"\nhome = "http://quay.test/"\nlanguage = "en"\ncountry = "GB"\nenabled = true\n'
        f'feeds = ["http://quay.test/{feed}"]\n'
    )
    settings = {
        "LAKE": str(folder / "lake"), "SOURCES": str(sources), "CONNECT_TO": f"quay.test=127.0.0.1:{port}",
        "NOW": f"2024-03-25T12:{minute:02}:00+00:00", "HOST_GAP": "0.01", "CONTACT": "desk@quay.test",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"DATELINE_{name}", value)
    try:
        main(["run", *options])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_what_failed_is_told_by_its_outcome(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, port, "feed.xml", monkeypatch) == 0
    assert "asked: 1 captured, 1 http error\n" in capsys.readouterr().out


def test_what_is_not_due_is_asked_by_all_alone(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, port, "feed.xml", monkeypatch) == 0
    capsys.readouterr()
    assert run(tmp_path, port, "feed.xml", monkeypatch, minute=1) == 0
    assert "nothing was due; `--all` asks everything now\n" in capsys.readouterr().out
    assert run(tmp_path, port, "feed.xml", monkeypatch, "--all", minute=2) == 0
    told = capsys.readouterr().out
    assert "nothing was due" not in told
    assert " tried, 1 captured" in told


def test_nothing_answered_is_a_failure_in_one_sentence(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, port, "no-feed.xml", monkeypatch) == 1
    told = capsys.readouterr()
    assert "dateline: nothing that was asked answered (1 http error)" in told.err.splitlines()
    assert "asked: 1 http error\n" in told.out


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({}, "nothing was due; `--all` asks everything now\n"),
        ({"captured": 2, "not_modified": 1}, ""),
        ({"deferred": 2}, "asked: 2 deferred\n"),
        ({"not_modified": 1, "timeout": 2}, "asked: 1 not modified, 2 timeout\n"),
    ],
)
def test_a_run_without_failures_says_nothing_of_them(
    found: dict[str, int], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _tell_outcomes(Counter({("page", outcome): count for outcome, count in found.items()}))
    assert capsys.readouterr().out == told


VAIN = [
    # what came of what was asked, whether the run has failed
    ({("page", "too_many_requests"): 1}, False),
    ({("page", "too_many_requests"): 1, ("feed", "deferred"): 2}, False),
    ({("page", "captured"): 1, ("sitemap", "timeout"): 2}, False),
    ({("page", "too_many_requests"): 1, ("feed", "timeout"): 1}, True),
    ({("section", "http_error"): 1}, True),
]


@pytest.mark.parametrize(("found", "fails"), VAIN)
def test_a_run_fails_where_what_names_pages_was_asked_in_vain(
    found: dict[tuple[str, str], int], fails: bool
) -> None:
    with pytest.raises(DatelineError) if fails else nullcontext():
        _tell_outcomes(Counter(found))
