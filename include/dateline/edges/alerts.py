"""Telling a person: one short message to the address that a team has set up for it (a chat, a pager)."""

from __future__ import annotations

import http.client
import json
import threading
from urllib.parse import urlsplit

from dateline.errors import DatelineError

SECONDS = 10.0
"""How long it may take in all: nobody's run waits for a chat."""
_LONGEST = 2000


def post(url: str, text: str, seconds: float = SECONDS) -> None:
    """POST `{"text": …}` as JSON. Redirects are not followed, and the answer's body is not read.

    Args:
        url: http or https; its path and query may be a secret, so no error repeats it.
        text: cut after 2,000 characters.

    Raises:
        DatelineError: it was not accepted in time; says why, without the address.
    """
    said: list[str] = []
    # A server that answers a byte a second never runs into a socket's own timeout.
    sender = threading.Thread(target=lambda: said.append(_send(url, text, seconds)), daemon=True)
    sender.start()
    sender.join(seconds)
    problem = said[0] if said else f"no answer within {seconds:g} s"
    if problem:
        raise DatelineError(f"the alert was not delivered: {problem}")


def _send(url: str, text: str, seconds: float) -> str:
    """What went wrong; empty if nothing did."""
    try:
        parts = urlsplit(url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if parts.scheme not in kinds or not parts.hostname:
            return "its address is no http or https address"
        connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=seconds)
        try:
            body = json.dumps({"text": text[:_LONGEST]}).encode()
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        return type(error).__name__
    return "" if 200 <= status < 300 else f"the answer was {status}"
