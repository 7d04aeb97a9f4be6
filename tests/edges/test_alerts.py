"""An alert that is posted: to whom, what, and for how long."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from dateline.edges import alerts
from dateline.errors import DatelineError


@pytest.fixture
def listener() -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """Root address and what was asked there: (path, body)."""
    asked: list[tuple[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            status = int(self.path.strip("/").partition("?")[0])
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/200")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name that the library calls

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_text_is_posted_as_json(listener):
    root, asked = listener
    alerts.post(f"{root}/200?key=x", "späť " + "x" * 5000)
    ((path, body),) = asked
    assert path == "/200?key=x"
    assert body["text"].startswith("späť xxx")
    assert len(body["text"]) == 2000


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_what_is_not_accepted_is_told_and_no_redirect_followed(listener, status):
    root, asked = listener
    with pytest.raises(DatelineError, match=f"the answer was {status}"):
        alerts.post(f"{root}/{status}", "x")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://",
        "x",
        "http://[::1",
        "http://h:99999/",
        "http://a b/",
    ],
)
def test_an_address_that_is_none(url):
    with pytest.raises(DatelineError, match="not delivered"):
        alerts.post(url, "x")


def test_nobody_there_and_the_address_is_not_repeated():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(DatelineError, match="ConnectionRefusedError") as caught:
        alerts.post(f"http://127.0.0.1:{port}/secret", "x")
    assert "secret" not in str(caught.value)


def test_a_server_that_answers_a_byte_at_a_time_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            with server.accept()[0] as peer:
                while not done.wait(0.1):
                    try:
                        peer.sendall(b"H")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(DatelineError, match="no answer within"):
            alerts.post(f"http://127.0.0.1:{server.getsockname()[1]}/", "x", seconds=0.5)
        done.set()
        assert time.monotonic() - began < 5
