"""How a URL is spelled on the wire: as its publisher wrote it, and nothing but what a URL may hold.

Only what no URL may hold is percent-encoded, and dot segments are resolved. What is encoded already stays
so: reserved characters are not equal to their encoded form (RFC 3986 §2.2), and some servers sign what they
wrote. That is what browsers do too, and so what publishers try their addresses with.
"""

from __future__ import annotations

import re
from functools import lru_cache

from yarl import URL

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Browsers take these for line breaks of the page that the URL stood in.
_BROKEN_LINES = str.maketrans("", "", "\t\r\n")
_BLANK = "".join(map(chr, range(0x21)))
# RFC 3986 §3.3 and §3.4; `%` stays, also where two digits do not follow.
_PLAIN = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
_NOT_PLAIN = re.compile(rb"[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
_DOTS = re.compile(r"/(?:\.|%2e)", re.IGNORECASE)


def spelled(text: str) -> URL | None:
    """The URL as it is asked for, without credentials, fragment, usual port, or a dot after its host.

    Bytes that came as lone surrogates (`surrogateescape`) are those bytes.

    Returns:
        None for what is no http(s) URL.

    Raises:
        ValueError: host or port make no sense, or a character can't be encoded.
        TypeError, IndexError: the same, as the library has it.
    """
    found = _PARTS.fullmatch(_cleaned(text))
    if found is None:
        return None
    scheme, authority, path, query = found.groups(default="")
    place = _origin(scheme.lower(), authority)
    path = _quoted(path)
    if _DOTS.search(path):
        path = _without_dots(path)
    return URL(f"{place}{path or '/'}{_quoted(query)}", encoded=True)


def joined(base: str, location: str) -> str:
    """Where a reference in an answer of `base` leads (RFC 3986 §5.2.2), not yet spelled.

    Args:
        base: an http(s) URL.
        location: the value of a Location header, blanks around it included.
    """
    location = _cleaned(location)
    found = _PARTS.fullmatch(base)
    if found is None or _SCHEME.match(location):
        return location
    scheme, authority, path, query = found.groups(default="")
    if location.startswith("//"):
        return f"{scheme}:{location}"
    origin = f"{scheme}://{authority}"
    if location.startswith("/"):
        return origin + location
    if location[:1] in ("", "#"):
        return origin + path + query
    return origin + (path if location[0] == "?" else path[: path.rfind("/") + 1] or "/") + location


def _cleaned(text: str) -> str:
    text = text.strip(_BLANK)
    return text if text.isprintable() else text.translate(_BROKEN_LINES)


@lru_cache(maxsize=1024)
def _origin(scheme: str, authority: str) -> str:
    """Scheme, host and, where it is not the usual one, port."""
    if "\\" in authority:
        raise ValueError("browsers end the host at a backslash, others do not")
    host = authority.rpartition("@")[2]
    if not host.isascii():
        host = _ascii(host)
    url = URL(f"{scheme}://{host}")
    name = (url.host_subcomponent or "").removesuffix(".")
    if not name:
        raise ValueError("no host")
    return f"{scheme}://{name}" if url.is_default_port() else f"{scheme}://{name}:{url.port}"


def _ascii(host: str) -> str:
    """A host in its ASCII form by IDNA 2008; what that does not know is left to the library."""
    import idna

    name, colon, port = host.partition(":")
    try:
        return idna.encode(name, uts46=True).decode("ascii") + colon + port
    except idna.IDNAError:
        return host


def _quoted(text: str) -> str:
    octets = text.encode("utf-8", "surrogateescape")
    if not _PLAIN.fullmatch(octets):
        octets = _NOT_PLAIN.sub(lambda found: b"%%%02X" % found[0][0], octets)
    return octets.decode("ascii")


def _without_dots(path: str) -> str:
    """The path without `.` and `..`, encoded or not (RFC 3986 §5.2.4): a server might resolve what a rule of
    robots.txt did not see."""
    kept: list[str] = []
    *segments, last = path.split("/")[1:]
    for segment in (*segments, last):
        dots = segment.lower().replace("%2e", ".")
        if dots == "..":
            del kept[-1:]
        elif dots != ".":
            kept.append(segment)
    if last.lower().replace("%2e", ".") in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
