"""The sample newsroom: six publishers that do not exist, served on loopback under a pinned clock.

    python seeds/newsroom/serve.py --port 8731 --now 2026-03-25T06:00:00Z

The host is taken from the Host header; a client comes here by DATELINE_CONNECT_TO=.test=127.0.0.1:8731.
What is served depends on the files beside this one and on the pinned clock alone: an article appears at
its `published`, a further version of it (`NAME.2.md`) at its `updated`. See the README in seeds/.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

from publishers import Answer, Site, sites


@dataclass(frozen=True)
class Request:
    """One line of the log; `time` is the monotonic clock in seconds, header names are in lower case."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    status: int
    time: float


class Newsroom:
    """All publishers on one loopback port, in a thread, for the length of a `with` block.

    Args:
        now: instant that they live in (aware, or ISO 8601); `room.now = later` moves it.
        port: 0 takes any free one; `room.port` tells which.
        host: address to listen on; another than loopback is for a network of containers.
    """

    def __init__(self, now: datetime | str, port: int = 0, host: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self.now = now
        self.sites = sites()
        room = self

        class Handler(_Handler):
            newsroom = room

        self.server = ThreadingHTTPServer((host, port), Handler)
        self.port: int = self.server.server_address[1]
        self.connect_to = f".test=127.0.0.1:{self.port}"

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, value: datetime | str) -> None:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        if instant.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        self._now = instant.astimezone(UTC)

    def __enter__(self) -> Newsroom:
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    newsroom: Newsroom
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "newsroom", ""
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        path = urlsplit(self.path).path
        site = self.newsroom.sites.get(host)
        unknown = Answer(b"No publisher of that name here.\n", "text/plain", 421)
        answer = site.answer(path, self.newsroom.now) if site else unknown
        headers = self._validators(site, answer)
        status = 304 if answer.status == 200 and self._known(headers) else answer.status
        lowered = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, host, self.path, lowered, status, time.monotonic())
        self.newsroom.requests.append(request)
        if answer.delay:
            time.sleep(answer.delay)
        self._send(status, headers, answer, site)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _validators(self, site: Site | None, answer: Answer) -> dict[str, str]:
        offered = site.facts.get("validators", ()) if site and answer.status == 200 else ()
        headers = {}
        if "etag" in offered:
            headers["ETag"] = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if "last-modified" in offered and answer.changed is not None:
            headers["Last-Modified"] = format_datetime(answer.changed.astimezone(UTC), usegmt=True)
        return headers

    def _known(self, offered: dict[str, str]) -> bool:
        """RFC 9110 §13.2.2: If-None-Match, where given, makes If-Modified-Since count for nothing."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            names = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return "ETag" in offered and offered["ETag"] in names
        since = self.headers.get("If-Modified-Since")
        if since is None or "Last-Modified" not in offered:
            return False
        try:
            return parsedate_to_datetime(offered["Last-Modified"]) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def _send(self, status: int, headers: dict[str, str], answer: Answer, site: Site | None) -> None:
        body = b"" if status == 304 else answer.body
        if body and site and site.facts.get("gzip") and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if answer.location:
            headers["Location"] = answer.location
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header tells the pinned time too."""
        return format_datetime(self.newsroom.now, usegmt=True) if timestamp is None else ""

    def log_message(self, format: str, *args: object) -> None:
        """Requests are kept in `Newsroom.requests`, not printed."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the sample newsroom on loopback.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8731)
    parser.add_argument("--now", default="2026-03-25T06:00:00Z", help="the instant to live in, ISO 8601")
    given = parser.parse_args()
    with Newsroom(given.now, given.port, given.host) as room:
        sys.stdout.write(
            f"newsroom of {room.now:%Y-%m-%d %H:%M} UTC: DATELINE_CONNECT_TO={room.connect_to}\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("closed\n")


if __name__ == "__main__":
    main()
